"""What an entry's header says, read from the stored bytes.

Rule: reading is strict: exactly the known fields with the known types, and the bytes must be
the canonical ones (RFC 8785), so that one header has one spelling.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import rfc8785

from server.record.entry import ENTRY_VERSION, Entry, Json

_FIELDS: Final = {"v", "seq", "prev", "at", "actor", "type", "subject", "commitment"}


class BadHeader(ValueError):
    """The bytes are not a header; the message says why."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header: place in the chain, time (milliseconds since 1970), actor, type, subject."""

    seq: int
    prev: str
    at: int
    actor: str
    type: str
    subject: str | None
    commitment: str


def read_header(raw: bytes) -> Header:
    """The header in these bytes. Raises `BadHeader`."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadHeader(f"the header is not JSON: {error}") from None
    if not isinstance(value, dict) or set(value) != _FIELDS:
        raise BadHeader("the header does not have the fields of an entry's header")
    if value["v"] != ENTRY_VERSION:
        raise BadHeader(f"the header has version {value['v']!r}; known is {ENTRY_VERSION}")
    try:
        canonical = rfc8785.dumps(value)
    except (ValueError, RecursionError) as error:
        raise BadHeader(f"the header is not canonical JSON: {error}") from None
    if canonical != raw:
        raise BadHeader("the header is not written as canonical JSON (RFC 8785)")
    subject = value["subject"]
    return Header(
        seq=_whole(value, "seq"),
        prev=_text(value, "prev"),
        at=_whole(value, "at"),
        actor=_text(value, "actor"),
        type=_text(value, "type"),
        subject=None if subject is None else _text(value, "subject"),
        commitment=_text(value, "commitment"),
    )


def previous_hash(entry: Entry) -> str:
    """The hash of the entry that this one follows. Raises `BadHeader`."""
    return read_header(entry.header).prev


def _whole(value: dict[str, Json], name: str) -> int:
    field = value[name]
    if not isinstance(field, int) or isinstance(field, bool):
        raise BadHeader(f"the header's {name!r} is not a whole number")
    return field


def _text(value: dict[str, Json], name: str) -> str:
    field = value[name]
    if not isinstance(field, str):
        raise BadHeader(f"the header's {name!r} is not a text")
    return field
