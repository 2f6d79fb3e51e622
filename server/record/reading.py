"""A record file read from bytes, strictly.

Rule: one value has one spelling here. Keys that stand twice, fractions, exponents, minus zero and
bytes that are not UTF-8 are refused, because readers disagree on what they mean. Every error
names the place in the file.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, NoReturn

from server.record.chain import Link
from server.record.checkpoint import Checkpoint, Countersignature
from server.rules.reading import Malformed, shown, table, whole

_HEX: Final = re.compile(r"(?:[0-9a-f]{2})*")


def read_document(raw: bytes) -> dict[str, Any]:
    """The JSON object in these bytes. Raises `Malformed`."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("", f"the file is not UTF-8 text: byte {error.start} is wrong") from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
            parse_int=_integer,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Malformed("", f"the file is not JSON: {error.msg} at {place}") from None
    except RecursionError:
        raise Malformed("", "the file is nested too deeply to be a record") from None
    if not isinstance(value, dict):
        raise Malformed("", "the file is JSON, but not an object")
    return value


def read_links(value: object) -> tuple[Link, ...]:
    """The chain of a record. Raises `Malformed`."""
    if not isinstance(value, list) or not value:
        raise Malformed("chain", "expected a list with at least one entry")
    return tuple(_link(each, f"chain[{at}]") for at, each in enumerate(value))


def read_checkpoint(value: object, path: str = "checkpoint") -> Checkpoint:
    """A checkpoint. Raises `Malformed`."""
    fields = table(
        value, path, ("origin", "size", "head", "root", "at", "signature", "countersignatures")
    )
    beneath = fields["countersignatures"]
    if not isinstance(beneath, list):
        raise Malformed(f"{path}.countersignatures", "expected a list")
    return Checkpoint(
        origin=_text(fields["origin"], f"{path}.origin"),
        size=whole(fields["size"], f"{path}.size", least=1),
        head=_digits(fields["head"], f"{path}.head", 32),
        root=_digits(fields["root"], f"{path}.root", 32),
        at=whole(fields["at"], f"{path}.at"),
        signature=_digits(fields["signature"], f"{path}.signature", 64),
        countersignatures=tuple(
            _countersignature(each, f"{path}.countersignatures[{at}]")
            for at, each in enumerate(beneath)
        ),
    )


def read_key(document: dict[str, Any]) -> str:
    """The public key that a record names, as text. Raises `Malformed`."""
    hall = document.get("hall")
    if not isinstance(hall, dict):
        raise Malformed("hall", "missing, or not an object")
    return _digits(hall.get("public_key"), "hall.public_key", 32)


def _countersignature(value: object, path: str) -> Countersignature:
    fields = table(value, path, ("name", "public_key", "signature"))
    return Countersignature(
        name=_text(fields["name"], f"{path}.name"),
        public_key=_digits(fields["public_key"], f"{path}.public_key", 32),
        signature=_digits(fields["signature"], f"{path}.signature", 64),
    )


def _link(value: object, path: str) -> Link:
    fields = table(value, path, ("header", "signature"), ("payload", "nonce"))
    if ("payload" in fields) != ("nonce" in fields):
        raise Malformed(path, "payload and nonce are there together or not at all")
    disclosed = "payload" in fields
    return Link(
        header=_bytes(fields["header"], f"{path}.header"),
        signature=bytes.fromhex(_digits(fields["signature"], f"{path}.signature", 64)),
        payload=_bytes(fields["payload"], f"{path}.payload") if disclosed else None,
        nonce=bytes.fromhex(_digits(fields["nonce"], f"{path}.nonce", 32)) if disclosed else None,
    )


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise Malformed(path, f"expected a text, got {shown(value)}")
    return value


def _bytes(value: object, path: str) -> bytes:
    try:
        return _text(value, path).encode("utf-8")
    except UnicodeEncodeError:
        raise Malformed(path, "the text holds half a character") from None


def _digits(value: object, path: str, size: int) -> str:
    text = _text(value, path)
    if len(text) != 2 * size or not _HEX.fullmatch(text):
        raise Malformed(path, f"expected {2 * size} lower-case hex digits, got {shown(value)}")
    return text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Malformed("", f"the key {shown(twice)} stands twice in one object")
    return value


def _integer(text: str) -> int:
    if text == "-0" or len(text) > 20:
        _refuse_number(text)
    return int(text)


def _refuse_number(text: str) -> NoReturn:
    raise Malformed("", f"a record holds whole numbers only, not {shown(text)}")
