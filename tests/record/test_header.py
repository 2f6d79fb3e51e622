"""Headers, payloads and keys are read strictly: one spelling each."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785

from server.record.entry import GENESIS, commitment
from server.record.events import BadPayload, open_entry, recorded
from server.record.header import BadHeader, previous_hash, read_header
from server.record.signer import fingerprint, is_signer, public_key_text, read_public_key
from tests.record.sitting import KEY, certified, sealed

ENTRIES = sealed(certified())
HEADER: dict[str, Any] = json.loads(ENTRIES[0].header)


def test_a_header_says_what_was_sealed() -> None:
    header = read_header(ENTRIES[1].header)
    assert (header.seq, header.prev) == (2, ENTRIES[0].hash)
    assert (header.type, header.subject, header.actor) == ("recovered", None, "operator:op")
    assert previous_hash(ENTRIES[0]) == GENESIS.hash


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"no JSON", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "does not have the fields"),
        (rfc8785.dumps({**HEADER, "more": 1}), "does not have the fields"),
        (rfc8785.dumps({**HEADER, "v": 2}), "has version 2"),
        (rfc8785.dumps({**HEADER, "seq": "1"}), "'seq' is not a whole number"),
        (rfc8785.dumps({**HEADER, "at": True}), "'at' is not a whole number"),
        (rfc8785.dumps({**HEADER, "actor": None}), "'actor' is not a text"),
        (rfc8785.dumps({**HEADER, "subject": 7}), "'subject' is not a text"),
        (json.dumps(HEADER).encode(), "not written as canonical JSON"),
        (json.dumps({**HEADER, "at": 2**60}).encode(), "not canonical JSON"),
    ],
)
def test_another_header_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(BadHeader, match=why):
        read_header(raw)


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (b"no JSON", "not JSON"),
        (b"[]", "not an object"),
        (b'{"a": 1}', "not written as canonical JSON"),
        (b'{"b":1,"a":1}', "not written as canonical JSON"),
    ],
)
def test_another_payload_is_refused_even_if_it_was_committed_to(payload: bytes, why: str) -> None:
    header = rfc8785.dumps({**HEADER, "commitment": commitment(b"n" * 32, payload)})
    with pytest.raises(BadPayload, match=why):
        recorded(header, payload, b"n" * 32)


def test_a_payload_needs_its_own_nonce() -> None:
    first = ENTRIES[0]
    assert open_entry(first).payload is not None
    with pytest.raises(BadPayload, match="commits to"):
        recorded(first.header, first.payload, b"n" * 32)


def test_a_public_key_has_one_spelling_and_its_fingerprint_has_groups() -> None:
    text = public_key_text(KEY)
    assert public_key_text(read_public_key(text)) == text
    for other in (text.upper(), text[:-1], f" {text}", ""):
        with pytest.raises(ValueError, match="64 lower-case hex digits"):
            read_public_key(other)
    assert fingerprint(text).count("-") == 15
    assert is_signer(text, fingerprint(text).replace("-", ":").upper())
    assert not is_signer(text, fingerprint(text)[:-1])
    assert not is_signer(text, "")
