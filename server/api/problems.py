"""Errors as problem documents (RFC 9457), each with a stable `code`.

Rule: a problem names what is wrong and the remedy; it never echoes a secret, and never says more
of a ballot than the projection grants.
"""

from __future__ import annotations

from typing import Any, assert_never

from pydantic import ValidationError
from starlette.responses import Response

from server.ballots.tellers import Entry, tally_payload
from server.hall.desk import (
    BadField,
    FloorTaken,
    HasTheFloor,
    KeyReused,
    NoQuorum,
    NotAllowed,
    NothingWaits,
    NotReady,
    OutOfOrder,
    Refusal,
    RunAgain,
    SecondPerson,
    TalliesDiffer,
    UnknownBallot,
)
from server.vocabulary import Command, Phase
from server.wire.http import Problem

MEDIA_TYPE = "application/problem+json"


def problem(
    status: int,
    code: str,
    title: str,
    detail: str,
    *,
    phase: Phase | None = None,
    allowed: list[Command] | None = None,
    errors: list[dict[str, Any]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """A problem response. `type` is a relative reference into the protocol's documentation."""
    body = Problem(
        type=f"/problems/{code}",
        title=title,
        status=status,
        detail=detail,
        code=code,
        phase=phase,
        allowed=allowed,
        errors=errors,
    )
    return Response(
        body.model_dump_json(exclude_none=True), status, media_type=MEDIA_TYPE, headers=headers
    )


def code_of(refusal: Refusal) -> str:
    """The stable code of a refusal."""
    match refusal:
        case UnknownBallot():
            return "unknown_ballot"
        case NotAllowed() | FloorTaken() | HasTheFloor():
            return "not_allowed_now"
        case BadField():
            return "bad_field"
        case NoQuorum():
            return "no_quorum"
        case KeyReused():
            return "key_reused"
        case TalliesDiffer():
            return "tallies_differ"
        case SecondPerson():
            return "second_person"
        case NothingWaits():
            return "nothing_waits"
        case RunAgain():
            return "run_again"
        case OutOfOrder():
            return "out_of_order"
        case NotReady(code=code):
            return code
        case _:
            assert_never(refusal)


def refusal_problem(refusal: Refusal) -> Response:
    """The problem that tells a refusal."""
    code = code_of(refusal)
    match refusal:
        case UnknownBallot(ballot=ballot):
            return problem(404, code, "Unknown ballot", f"There is no ballot {ballot!r}.")
        case NotAllowed(command=command, phase=phase, allowed=allowed):
            asked = "This" if command is None else f"`{command}`"
            can = ", ".join(allowed) or "nothing"
            return problem(
                409,
                code,
                "Not allowed now",
                f"{asked} is not allowed while the ballot is {phase}. Allowed: {can}.",
                phase=phase,
                allowed=list(allowed),
            )
        case FloorTaken(command=command, phase=phase, allowed=allowed, other=other):
            return problem(
                409,
                code,
                "Another ballot has the floor",
                f"`{command}` has to wait: ballot {other} is before the assembly. "
                "Close or cancel it first.",
                phase=phase,
                allowed=list(allowed),
            )
        case HasTheFloor(ballot=ballot):
            return problem(
                409,
                code,
                "A ballot has the floor",
                f"This has to wait: ballot {ballot} is before the assembly. "
                "Close or cancel it first.",
            )
        case BadField(field=field, remedy=remedy):
            return problem(
                422,
                code,
                "A field is missing or wrong",
                f"{field}: {remedy}.",
                errors=[{"field": field, "detail": remedy}],
            )
        case NoQuorum(present=present, needed=needed):
            return problem(
                409,
                code,
                "No quorum",
                f"{present} Members are present, {needed} are needed. "
                "Wait, correct the presence, or send a `reason` to open all the same.",
            )
        case KeyReused():
            return problem(
                422,
                code,
                "Idempotency-Key was used before",
                "This key was sent with another body. Make a new key for a new command.",
            )
        case TalliesDiffer(first=first, second=second):
            return problem(
                409,
                code,
                "The two counts differ",
                f"{_told(first)} {_told(second)} Neither stands: count again and enter it twice.",
                errors=[
                    {"field": "counts", "by": each.by, **tally_payload(each.tally)}
                    for each in (first, second)
                ],
            )
        case SecondPerson(command=command):
            return problem(
                409,
                code,
                "Another person has to confirm",
                f"`{command}` takes two people here: somebody else has to confirm it.",
            )
        case NothingWaits(ballot=ballot):
            return problem(
                409,
                code,
                "Nothing waits for approval",
                f"No command of ballot {ballot!r} waits for a second person. Ask for it again.",
            )
        case RunAgain(again=again):
            return problem(
                409,
                code,
                "It was run again already",
                f"Ballot {again} repeats this one. Go on with that one, or cancel it first.",
            )
        case OutOfOrder(first=before):
            return problem(
                409,
                code,
                "Other votes come first",
                f"Put to the vote first: {', '.join(before)}. "
                "Or send a `reason` to depart from the order.",
            )
        case NotReady(detail=detail):
            return problem(409, code, "The secret ballot is not ready", f"{detail}.")
        case _:
            assert_never(refusal)


def _told(entry: Entry) -> str:
    counts = ", ".join(f"{answer} {n}" for answer, n in entry.tally.counts)
    return f"{entry.by} entered {counts}; {entry.tally.voted} in all."


def invalid_body(invalid: ValidationError) -> Response:
    """The problem that names each bad field of a body."""
    errors = [
        {"field": ".".join(str(part) for part in error["loc"]) or "body", "detail": error["msg"]}
        for error in invalid.errors(include_url=False, include_input=False, include_context=False)
    ][:20]
    first = errors[0]
    return problem(
        422,
        "bad_field",
        "A field is missing or wrong",
        f"{first['field']}: {first['detail']}.",
        errors=errors,
    )


def unauthorised(detail: str) -> Response:
    """No token, or one that does not work."""
    return problem(
        401, "unauthorised", "Sign in first", detail, headers={"WWW-Authenticate": "Bearer"}
    )


def forbidden(role: str) -> Response:
    """A token whose role may not do this."""
    return problem(403, "forbidden", "Not for this role", f"The role {role} may not do this.")


def unavailable() -> Response:
    """A store did not answer: the effect is unknown."""
    return problem(
        503,
        "unavailable",
        "The hall's store does not answer",
        "It is not known whether this took effect. Send it again with the same Idempotency-Key.",
        headers={"Retry-After": "1"},
    )


def journal_went_back(detail: str) -> Response:
    """The journal's database is an older copy: nothing is decided on it."""
    return problem(
        503, "journal_went_back", "The journal lacks entries that this hall has seen", detail
    )
