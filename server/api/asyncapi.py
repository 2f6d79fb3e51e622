"""The sockets' contract as AsyncAPI 3.0, written from the wire models.

Rule: frames, views and enumerations come from the models; only the meaning of close and error
codes is put in words here. Operations are named from the hall's side: it receives what a client
sends.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from server.vocabulary import Choice, RefusalReason
from server.wire.close_codes import CloseCode, is_transient
from server.wire.messages import (
    FRAME_LIMIT,
    Accredit,
    Beat,
    ConsoleViewFrame,
    DisplayViewFrame,
    ErrorFrame,
    HandOverFrame,
    Hello,
    KioskViewFrame,
    Press,
    Receipt,
    Refused,
    SealedReceived,
    SetLanguage,
    SignalFrame,
    Welcome,
)

Schema = dict[str, Any]
Frames = tuple[type[BaseModel], ...]

REF: Final = "#/components/schemas/{model}"

CLOSE_CODES: Final[Mapping[CloseCode, str]] = {
    CloseCode.GOING_AWAY: "The server is stopping; it, or another, will be back.",
    CloseCode.SLOW: "The connection did not keep up; come back for a fresh view.",
    CloseCode.UNAVAILABLE: "The hall cannot serve now, or a new epoch began; come back.",
    CloseCode.PROTOCOL: "Repeated malformed frames, or a first frame that is not `hello`.",
    CloseCode.UNAUTHORISED: "The token is unknown, expired or revoked.",
    CloseCode.FORBIDDEN: "The token's role may not open this socket.",
    CloseCode.NO_HELLO: "No `hello` within five seconds.",
    CloseCode.REPLACED: "Another device took over this seat.",
    CloseCode.REVOKED: "The seat's token was issued anew or withdrawn.",
    CloseCode.UNSUPPORTED: "The protocol version is not spoken here.",
}
"""Why the hall closes a connection."""

ERROR_CODES: Final[Mapping[str, str]] = {
    "not_text": "A binary frame; send JSON in text frames.",
    "too_large": f"More than {FRAME_LIMIT} bytes.",
    "malformed": "Not JSON, an unknown field, a wrong type; `detail` names the field.",
    "hello_first": "The first frame was another than `hello`; the connection is closed.",
    "hello_again": "`hello` is sent once a connection.",
    "unsupported_protocol": "`protocol` is not spoken here; the connection is closed.",
    "bad_accreditation": "The proof of `accredit` does not hold for this hall and Member.",
    "bad_hand_over": "The `delegate` is none of this Member's delegates, or votes already.",
    "rate_limited": "Too many frames; send fewer. A flood of presses closes the connection.",
}
"""The codes of error frames. The fifth such frame on a connection closes it."""


@dataclass(frozen=True, slots=True)
class Socket:
    """One of the hall's sockets: who opens it, what each side sends."""

    name: str
    title: str
    who: str
    hears: Frames
    says: Frames


SOCKETS: Final = (
    Socket(
        "kiosk",
        "Seats",
        "A seat's token opens it. A newer connection of the same Member replaces the older one.",
        (Hello, Press, Accredit, SignalFrame, HandOverFrame, SetLanguage),
        (Welcome, KioskViewFrame, Beat, SealedReceived, Receipt, Refused, ErrorFrame),
    ),
    Socket(
        "display",
        "Hall displays and the chair",
        "Tokens of displays, chair and operator open it; `chair` in the view is null for displays. "
        "Where displays are public the token may be empty.",
        (Hello, SetLanguage),
        (Welcome, DisplayViewFrame, Beat, ErrorFrame),
    ),
    Socket(
        "console",
        "The operator's console",
        "An operator's token opens it.",
        (Hello, SetLanguage),
        (Welcome, ConsoleViewFrame, Beat, ErrorFrame),
    ),
)

EXAMPLES: Final[tuple[BaseModel, ...]] = (
    Hello(type="hello", protocol=1, token="TOKEN"),  # noqa: S106  # a word in its place, no secret
    Press(
        type="press",
        press_id="0b7a2c1e-5d3f-4e7a-9c55-3f1f5a4f1d11",
        ballot="BALLOT",
        choice=Choice.YES.value,
    ),
    Receipt(
        press_id="0b7a2c1e-5d3f-4e7a-9c55-3f1f5a4f1d11",
        ballot="BALLOT",
        choice=Choice.YES,
        code="7H2K-9QXD",
        n=12,
        current=True,
        server_time=1_790_000_000_000,
        proof="5f" * 32,
    ),
    Refused(
        press_id="0b7a2c1e-5d3f-4e7a-9c55-3f1f5a4f1d11",
        reason=RefusalReason.UNAVAILABLE,
        phase=None,
    ),
    Beat(server_time=1_790_000_000_000),
)
"""Frames as they travel, for the messages that a client has to get right."""

_INTRODUCTION: Final = (
    "JSON text frames, each with `type`. A client sends `hello` within five seconds; the hall "
    "answers `welcome`, then a whole view at once and at each change, and a beat at least every "
    "second. Replace the view that you hold unless (epoch, seq) is older: epochs are compared as "
    "text, seqs as numbers. Unknown fields in a client's frame are refused by name."
)


def asyncapi_document(version: str) -> dict[str, Any]:
    """The contract of the three sockets; `version` is the product's."""
    frames = _frames()
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Hemicycle sockets", "version": version, "description": _INTRODUCTION},
        "defaultContentType": "application/json",
        "channels": {socket.name: _channel(socket) for socket in SOCKETS},
        "operations": {
            name: operation
            for socket in SOCKETS
            for name, operation in (
                (f"{socket.name}_hears", _operation(socket, "receive", socket.hears)),
                (f"{socket.name}_says", _operation(socket, "send", socket.says)),
            )
        },
        "components": {
            "messages": {frame.__name__: _message(frame) for frame in frames},
            "schemas": _schemas(frames),
        },
    }


def _frames() -> list[type[BaseModel]]:
    """Every frame once, in the order of the sockets."""
    every = [frame for socket in SOCKETS for frame in (*socket.hears, *socket.says)]
    return list(dict.fromkeys(every))


def _channel(socket: Socket) -> dict[str, Any]:
    return {
        "address": f"/ws/v1/{socket.name}",
        "title": socket.title,
        "description": socket.who,
        "messages": {
            frame.__name__: {"$ref": f"#/components/messages/{frame.__name__}"}
            for frame in (*socket.hears, *socket.says)
        },
        "x-close-codes": [
            {
                "code": code.value,
                "name": code.name.lower(),
                "reconnect": is_transient(code),
                "description": meaning,
            }
            for code, meaning in CLOSE_CODES.items()
        ],
        "x-error-codes": [
            {"code": code, "description": meaning} for code, meaning in ERROR_CODES.items()
        ],
    }


def _operation(socket: Socket, action: str, frames: Frames) -> dict[str, Any]:
    channel = f"#/channels/{socket.name}"
    return {
        "action": action,
        "channel": {"$ref": channel},
        "messages": [{"$ref": f"{channel}/messages/{frame.__name__}"} for frame in frames],
    }


def _message(frame: type[BaseModel]) -> dict[str, Any]:
    schema = frame.model_json_schema()
    described = inspect.getdoc(frame) or ""
    message: dict[str, Any] = {
        "name": schema["properties"]["type"]["const"],
        "title": frame.__name__,
        "summary": described.splitlines()[0],
        "description": described,
        "payload": {"$ref": REF.format(model=frame.__name__)},
    }
    examples = [
        {"payload": example.model_dump(mode="json")}
        for example in EXAMPLES
        if isinstance(example, frame)
    ]
    return {**message, "examples": examples} if examples else message


def _schemas(frames: list[type[BaseModel]]) -> dict[str, Schema]:
    """What a client may leave out is optional; what the hall sends is always there."""
    heard = {frame for socket in SOCKETS for frame in socket.hears}
    wanted: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        (
            frame.__name__,
            "validation" if frame in heard else "serialization",
            TypeAdapter(frame),
        )
        for frame in frames
    ]
    _, definitions = TypeAdapter.json_schemas(wanted, ref_template=REF)
    schemas: dict[str, Schema] = definitions["$defs"]
    return schemas
