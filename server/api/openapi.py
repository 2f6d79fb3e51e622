"""The HTTP contract as OpenAPI 3.1, written from the endpoints and the wire models.

Rule: nothing is typed twice. Paths, roles, bodies and statuses come from the endpoints, schemas
from the models, commands from the transition table. Only what the endpoints do not know, query
parameters and bodies that are not JSON, stands in the tables of this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from server.api.endpoint import BODY_LIMIT, EVERY_ROLE, Endpoint
from server.api.photo_routes import UPLOAD_TYPES
from server.api.problems import MEDIA_TYPE
from server.api.record_routes import MEDIA_TYPES
from server.api.secret_routes import ARCHIVE_TYPE
from server.assembly.photo import MediaType
from server.ballots.transitions import NEEDS_REASON, TRANSITIONS
from server.vocabulary import Command, Language
from server.wire.http import Problem, SeatToken

Schema = dict[str, Any]

REF: Final = "#/components/schemas/{model}"

COMMANDS: Final[Mapping[Command, str]] = {
    Command.ANNOUNCE: "Puts the ballot before the assembly: roll and presence are frozen. A draft "
    "is announced with a `reason` only, and needs a title in one language at least.",
    Command.OPEN: "Takes votes; announces a prepared ballot too. `seconds` starts a timer in place "
    "of the ballot's own. Without a quorum a `reason` opens it all the same.",
    Command.SUSPEND: "Interrupts: votes are kept, presses are not taken, the timer stands still. "
    "`reason` is shown in the hall.",
    Command.RESUME: "Takes votes again. Out of `in_doubt` it accepts the box as it is; where the "
    "box is missing, an empty one is opened.",
    Command.EXTEND: "Moves the closing time later by `seconds`, or starts a timer from now.",
    Command.LAST_CALL: "Rings the bell; the voting stays open.",
    Command.CLOSE: "Closes for good: what the box holds counts. A roll-call that is not "
    "complete is closed with a `reason`.",
    Command.DECLARE: "Declares the outcome by the ballot's rule.",
    Command.CERTIFY: "Signs the declared result off.",
    Command.PUBLISH: "Gives the certified result out.",
    Command.CANCEL: "Stops the ballot before a result; its partial tally is never shown.",
    Command.VOID: "Declares a fault: there is no decision, and the tally stays in the record only "
    "(that of a non-recorded ballot is withheld there, too).",
    Command.CORRECT: "Appends `text`; with `member` and `intention` a declared intention (not of a "
    "ballot that keeps from the hall who voted what). The result stands.",
    Command.SECOND_VOTE: "Prepares the second vote on a proposal that missed its special majority, "
    "and answers with the new ballot. Allowed where the outcome is `second_vote`.",
    Command.NEXT_ROUND: "Prepares the next round of an election, without the candidates "
    "`withdrawn`, and answers with the new ballot. New `candidates` come in where the rulebook "
    "lets them and the round is not restricted to those whom this one left.",
    Command.TIE_BALLOT: "Prepares a ballot between the tied candidates, and answers with it.",
    Command.LOTS: "Records lots that were drawn in public: `drawn` are the candidates' ids in the "
    "order in which they were drawn, `witnesses` at least two names.",
    Command.ASK_CHAIR: "Records how the Chair settled a tie: `names` are the candidates' ids.",
    Command.HANDS: "Enters the tellers' `counts` of a show of hands (`yes`, `no`, `abstain`). The "
    "same numbers entered again confirm and close. Operator, chair and scrutineers may enter.",
    Command.PAPER: "Enters the tellers' `counts` of papers, `invalid` ones too. The same numbers "
    "entered again confirm and close. Operator, chair and scrutineers may enter.",
    Command.CALL: "Enters the `choice` (or `pass`) of the `member` that is called; with a `reason` "
    "it changes an answer that was given.",
    Command.SECOND_CALL: "Calls those who passed again, after everybody was called once.",
    Command.RERUN: "Takes the question again and answers with the new ballot, linked to this one. "
    "One that is before the assembly is cancelled, and the new one opened, in the same step; after "
    "a cancelled or void one it is prepared.",
}
"""What each command does, for the table in the contract."""

FIELDS: Final[Mapping[Command, tuple[str, ...]]] = {
    Command.EXTEND: ("seconds",),
    Command.CORRECT: ("text",),
    Command.HANDS: ("counts",),
    Command.PAPER: ("counts",),
    Command.CALL: ("member", "choice"),
    Command.RERUN: ("mode",),
    Command.LOTS: ("drawn", "witnesses"),
    Command.ASK_CHAIR: ("names",),
}
"""The fields that a command needs; reasons are in the transition table. A `rerun` after a cancelled
or void ballot keeps the mode unless one is given."""

QUERIES: Final[Mapping[str, tuple[Schema, ...]]] = {
    "GET /api/v1/journal": (
        {
            "name": "after",
            "in": "query",
            "description": "The number of the last entry that you have; 0 from the beginning.",
            "schema": {"type": "integer", "minimum": 0, "default": 0},
        },
    ),
    "GET /api/v1/ballots/{id}/record": (
        {
            "name": "format",
            "in": "query",
            "description": "`json` is the signed record that `hemicycle verify` takes.",
            "schema": {"type": "string", "enum": [*MEDIA_TYPES], "default": "json"},
        },
        {
            "name": "lang",
            "in": "query",
            "description": "The language of names and headings, where a format has one.",
            "schema": {
                "type": "string",
                "enum": [language.value for language in Language],
                "default": Language.EN.value,
            },
        },
    ),
}
"""Query parameters, by operation."""

BODIES: Final[Mapping[str, Mapping[str, Schema]]] = {
    "GET /api/v1/ballots/{id}/record": {
        "application/json": {"type": "object", "description": "See the integrator's guide."},
        **{media.partition(";")[0]: {} for media in MEDIA_TYPES.values() if "json" not in media},
    },
    "GET /api/v1/ballots/{id}/archive": {ARCHIVE_TYPE: {}},
    "GET /api/v1/photos/{hash}": {media.value: {} for media in MediaType},
    "GET /healthz": {
        "application/json": {
            "type": "object",
            "properties": {"status": {"const": "ok"}, "version": {"type": "string"}},
            "required": ["status", "version"],
        }
    },
    "GET /readyz": {
        "application/json": {
            "type": "object",
            "properties": {"status": {"const": "ready"}},
            "required": ["status"],
        }
    },
    "GET /metrics": {"text/plain": {"type": "string"}},
}
"""What an operation answers where it is no wire model, by media type."""

UPLOADS: Final[Mapping[str, tuple[str, ...]]] = {"POST /api/v1/photos": UPLOAD_TYPES}
"""The media types of a body that is a file."""

PARAMETERS: Final[Mapping[str, Schema]] = {
    "id": {"description": "The ballot's id.", "schema": {"type": "string"}},
    "code": {"description": "The Member's code, such as `FR`.", "schema": {"type": "string"}},
    "hash": {"description": "The SHA-256 of the photo, in hex.", "schema": {"type": "string"}},
    "number": {"description": "The agenda item's number.", "schema": {"type": "string"}},
    "command": {
        "description": "The command; see the table above.",
        "schema": {"type": "string", "enum": [command.value for command in Command]},
    },
}
"""The parameters in paths."""

_WITHOUT_NULLS: Final = (list[SeatToken],)
"""Answers that leave out fields without a value, in place of null."""

_PROBLEMS: Final[Mapping[int, str]] = {
    401: "No token, or one that is unknown, expired or revoked; at sign-in, a wrong name or "
    "password.",
    403: "The token's role may not do this.",
    404: "There is no such thing: `unknown_ballot`, `unknown_member`, `unknown_command`.",
    409: "`not_allowed_now`, with the phase and the commands that are allowed; or `no_quorum`. In "
    "the key ceremony `no_such_ceremony`, `too_early` or `given_already`; for a photo "
    "`too_many_photos`.",
    413: f"`too_large`: the body has more than {BODY_LIMIT} bytes.",
    422: "`bad_field`, with each wrong field and the remedy; or `key_reused`: the "
    "Idempotency-Key was sent before with another body.",
    429: "`too_many_attempts`: wait as long as `Retry-After` says.",
    503: "`unavailable`: it is not known whether it took effect. Send it again with the same "
    "Idempotency-Key.",
}

_INTRODUCTION: Final = (
    "Commands and readings of one hall. Votes do not travel here: seats and screens use the "
    "WebSockets that `/asyncapi.json` describes. Times are milliseconds since 1970. Errors are "
    "problem documents (RFC 9457) with a stable `code`."
)


def openapi_document(endpoints: Sequence[Endpoint], version: str) -> dict[str, Any]:
    """The contract of these endpoints; `version` is the product's."""
    schemas, components = _schemas(endpoints)
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        item = paths.setdefault(endpoint.path, _path_item(endpoint.path))
        item[endpoint.method.lower()] = _operation(endpoint, schemas)
    for path, standard in (("/openapi.json", "OpenAPI"), ("/asyncapi.json", "AsyncAPI")):
        paths[path] = {"get": _contract(f"The {standard} contract")}
    return {
        "openapi": "3.1.1",
        "info": {"title": "Hemicycle", "version": version, "description": _INTRODUCTION},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": components,
            "parameters": {"IdempotencyKey": _IDEMPOTENCY_KEY},
            "responses": {f"Problem{status}": _problem(status) for status in _PROBLEMS},
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A person's token from `/api/v1/login`, or one that the "
                    "operator issued for a seat or a display.",
                }
            },
        },
    }


_IDEMPOTENCY_KEY: Final[Schema] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A UUID made once for each press of a button. The same key with the same body "
    "answers again and does nothing twice; with another body it is `key_reused`.",
    "schema": {"type": "string", "maxLength": 200},
}


def commands_table() -> str:
    """Each command with the phases that allow it and the fields that it needs, as Markdown."""
    lines = ["| command | allowed in | needs | |", "|---|---|---|---|"]
    for command, what in COMMANDS.items():
        phases = [phase for phase, row in TRANSITIONS.items() if command in row]
        if not phases:
            lines.append(f"| `{command}` | – | – | Not carried out yet. |")
            continue
        with_reason = [phase for phase in phases if command in NEEDS_REASON.get(phase, ())]
        fields = [f"`{field}`" for field in FIELDS.get(command, ())]
        if with_reason == phases:
            fields.insert(0, "`reason`")
        elif with_reason:
            fields.insert(0, f"`reason` in {', '.join(with_reason)}")
        needed = ", ".join(fields) or "–"
        lines.append(f"| `{command}` | {', '.join(phases)} | {needed} | {what} |")
    return "\n".join(lines)


def _schemas(endpoints: Sequence[Endpoint]) -> tuple[Mapping[str, Schema], dict[str, Schema]]:
    """A reference for each body by its key, and the components that they refer to."""
    wanted: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        ("problem", "validation", TypeAdapter(Problem))
    ]
    for endpoint in endpoints:
        if endpoint.takes is not None:
            wanted.append((_asked(endpoint), "validation", TypeAdapter(endpoint.takes)))
        if endpoint.gives is not None:
            mode: JsonSchemaMode = (
                "validation" if endpoint.gives in _WITHOUT_NULLS else "serialization"
            )
            wanted.append((_given(endpoint), mode, TypeAdapter(endpoint.gives)))
    found, definitions = TypeAdapter.json_schemas(wanted, ref_template=REF)
    return {key: schema for (key, _), schema in found.items()}, definitions["$defs"]


def _asked(endpoint: Endpoint) -> str:
    return f"asked {_name(endpoint)}"


def _given(endpoint: Endpoint) -> str:
    return f"given {_name(endpoint)}"


def _name(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path}"


def _names_in(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


def _path_item(path: str) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, **PARAMETERS[name]}
        for name in _names_in(path)
    ]
    return {"parameters": parameters} if parameters else {}


def _operation(endpoint: Endpoint, schemas: Mapping[str, Schema]) -> dict[str, Any]:
    name = _name(endpoint)
    operation: dict[str, Any] = {
        "operationId": endpoint.act.__name__,
        "summary": endpoint.summary,
        "description": _description(endpoint),
        "security": _security(endpoint),
    }
    parameters: list[Schema] = [*QUERIES.get(name, ())]
    if endpoint.commands:
        parameters.append({"$ref": "#/components/parameters/IdempotencyKey"})
    if parameters:
        operation["parameters"] = parameters
    if endpoint.takes is not None:
        operation["requestBody"] = {
            "required": _needs_a_body(endpoint.takes),
            "content": {"application/json": {"schema": schemas[_asked(endpoint)]}},
        }
    elif name in UPLOADS:
        operation["requestBody"] = {
            "required": True,
            "content": {media: {} for media in UPLOADS[name]},
        }
    operation["responses"] = _responses(endpoint, schemas)
    return operation


def _description(endpoint: Endpoint) -> str:
    said = [(endpoint.act.__doc__ or endpoint.summary).strip()]
    if endpoint.roles is not None:
        said.append(f"Roles: {', '.join(sorted(endpoint.roles))}.")
    if endpoint.public_display:
        said.append("No token is needed where the assembly's displays are public.")
    if "command" in _names_in(endpoint.path):
        said.append(commands_table())
    return "\n\n".join(said)


def _security(endpoint: Endpoint) -> list[dict[str, list[str]]]:
    if endpoint.roles is None:
        return []
    return [{"token": []}, {}] if endpoint.public_display else [{"token": []}]


def _needs_a_body(model: type[BaseModel]) -> bool:
    """An empty body counts as `{}`."""
    return any(field.is_required() for field in model.model_fields.values())


def _responses(endpoint: Endpoint, schemas: Mapping[str, Schema]) -> dict[str, Any]:
    success: dict[str, Any] = {"description": endpoint.summary}
    content = {
        media: {"schema": schema} for media, schema in BODIES.get(_name(endpoint), {}).items()
    }
    if endpoint.gives is not None:
        content = {"application/json": {"schema": schemas[_given(endpoint)]}}
    if content:
        success["content"] = content
    return {
        str(endpoint.status): success,
        **{
            str(status): {"$ref": f"#/components/responses/Problem{status}"}
            for status in _problems_of(endpoint)
        },
        "default": _problem_response("Any other problem."),
    }


def _problems_of(endpoint: Endpoint) -> list[int]:
    """The statuses of the problems that an operation may answer with, in order."""
    names = _names_in(endpoint.path)
    is_login = endpoint.path.endswith("/login")
    is_ceremony = "/secrecy/" in endpoint.path
    is_record = endpoint.path.endswith("/record")
    waits = is_record or endpoint.path.endswith("/archive")
    needs_store = endpoint.path != "/healthz"
    applies = {
        401: endpoint.roles is not None or is_login,
        403: endpoint.roles not in (None, EVERY_ROLE) or is_record,
        404: not {"id", "code", "hash"}.isdisjoint(names),
        409: is_ceremony
        or _name(endpoint) in UPLOADS
        or ("id" in names and (endpoint.commands or waits)),
        413: endpoint.takes is not None or _name(endpoint) in UPLOADS,
        422: endpoint.takes is not None or _name(endpoint) in {*QUERIES, *UPLOADS},
        429: is_login,
        503: needs_store,
    }
    return [status for status, does in applies.items() if does]


def _problem(status: int) -> Schema:
    response = _problem_response(_PROBLEMS[status])
    headers = {
        401: {"WWW-Authenticate": {"schema": {"const": "Bearer"}}},
        429: {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}},
        503: {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}},
    }
    return {**response, "headers": headers[status]} if status in headers else response


def _problem_response(description: str) -> Schema:
    schema = {"$ref": REF.format(model=Problem.__name__)}
    return {"description": description, "content": {MEDIA_TYPE: {"schema": schema}}}


def _contract(summary: str) -> dict[str, Any]:
    return {
        "summary": summary,
        "security": [],
        "responses": {
            "200": {
                "description": summary,
                "content": {"application/json": {"schema": {"type": "object"}}},
            }
        },
    }
