"""The signed record of a ballot, in each of its formats."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from server.api.endpoint import EVERY_ROLE, STAFF, Call, Endpoint
from server.api.problems import problem, refusal_problem
from server.ballots.life import Void, phase_of
from server.ballots.transitions import allowed
from server.hall.desk import UnknownBallot, find
from server.record.entry import Entry
from server.record.exports.popolo import as_popolo
from server.record.exports.roll_call_xml import as_xml
from server.record.exports.sheet import as_pdf
from server.record.exports.table import as_csv
from server.record.record import NotFinished, build_record, checkpoint_of
from server.record.sealed import archive_of
from server.vocabulary import Language

MEDIA_TYPES: Final = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xml": "application/xml",
    "popolo": "application/json",
    "pdf": "application/pdf",
    "bel": "application/x-tar",
}
"""The formats of a record. `json` is the one that `hemicycle verify` takes; `bel` is a secret
ballot's archive, for belenios-tool."""


async def record(call: Call) -> Response:
    """The record, from the declaration (or the cancellation) on."""
    context = call.context
    state = await context.desk.ledger.catch_up()
    found = find(state, str(call.request.path_params["id"]))
    if isinstance(found, UnknownBallot):
        return refusal_problem(found)
    if isinstance(found.state, Void) and call.bearer is not None and call.bearer.role not in STAFF:
        return problem(403, "forbidden", "Not for this role", "A void ballot is not published.")
    name = call.request.query_params.get("format", "json")
    if name not in MEDIA_TYPES:
        known = ", ".join(MEDIA_TYPES)
        return problem(422, "bad_field", "A field is wrong", f"format: send one of {known}.")
    lang = call.request.query_params.get("lang", Language.EN.value)
    if lang not in {each.value for each in Language}:
        return problem(422, "bad_field", "A field is wrong", "lang: send one of en, fr, es, ar.")
    if name == "bel" and found.secret is None:
        only = "only a secret ballot has an archive; send another format"
        return problem(422, "bad_field", "A field is wrong", f"format: {only}.")
    entries = await context.desk.ledger.journal.read()
    told = await run_in_threadpool(_build, call, entries, found.id)
    if isinstance(told, NotFinished):
        return problem(
            409,
            "not_allowed_now",
            "There is no record yet",
            f"The ballot is {told.phase}; its record exists once it is declared.",
            phase=told.phase,
            allowed=list(allowed(found)),
        )
    language = Language(lang)
    archive = await run_in_threadpool(archive_of, found) if name == "bel" else None
    if name == "bel" and archive is None:
        return problem(
            409,
            "not_allowed_now",
            "There is no archive",
            "The ballot was cancelled: its sealed votes are withheld.",
            phase=phase_of(found.state),
            allowed=list(allowed(found)),
        )
    body = archive or await run_in_threadpool(_write, call, name, told, language)
    return Response(
        body,
        media_type=MEDIA_TYPES[name],
        headers={
            "Content-Disposition": f'attachment; filename="{_file_name(found.id, name, language)}"'
        },
    )


def _write(call: Call, name: str, told: dict[str, Any], language: Language) -> bytes:
    match name:
        case "csv":
            return as_csv(told)
        case "xml":
            return as_xml(told, language)
        case "popolo":
            return _json(as_popolo(told, language))
        case "pdf":
            others = [each for each in Language if each is not language]
            return as_pdf(told, [language, *others], call.context.desk.speech)
        case _:
            return _json(told)


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _file_name(ballot: str, name: str, language: Language) -> str:
    match name:
        case "json" | "csv" | "bel":
            return f"record-{ballot}.{name}"
        case "popolo":
            return f"record-{ballot}-popolo-{language.value}.json"
        case _:
            return f"record-{ballot}-{language.value}.{name}"


def _build(call: Call, entries: Sequence[Entry], ballot: str) -> dict[str, Any] | NotFinished:
    """The record up to the ballot's last entry: the same bytes at every request."""
    context = call.context
    headers = [json.loads(entry.header) for entry in entries]
    last = max(header["seq"] for header in headers if header["subject"] == ballot)
    at = headers[last - 1]["at"]
    covered = entries[:last]
    checkpoint = checkpoint_of(covered, context.desk.ledger.state.hall, at, context.signing_key)
    return build_record(covered, ballot, checkpoint)


ENDPOINTS = (
    Endpoint(
        "GET",
        "/api/v1/ballots/{id}/record",
        "The signed record (format=json|csv|xml|popolo|pdf|bel, lang=en|fr|es|ar)",
        EVERY_ROLE,
        record,
    ),
)
