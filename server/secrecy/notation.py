"""How the messages of the format are written and read.

Rule: what is written is compact JSON with the fields in the order of the specification. What is
read has exactly the fields that it should have, in that order, and not one byte more: a text is
accepted only if writing its value again gives the same text. So no two texts mean the same, and
nobody needs to write a text again in order to hash it.

Source: Belenios specification 2.0, sections 4.1 and 4.2.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, Never

import orjson
from gmpy2 import mpz

from server.secrecy.group import read_element, read_residue, read_scalar

BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class Malformed(ValueError):
    """A text is not what the specification says that it is. The message names the place."""


def compact(value: object) -> str:
    """The value as compact JSON, fields in the order in which they stand."""
    return orjson.dumps(value).decode()


def parsed(text: str) -> Any:
    """The value of a JSON text of any layout: no field twice, no number but an integer."""
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_float=_refused, parse_constant=_refused
        )
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON of this format: {error}") from None


def canonical(text: str) -> Any:
    """The value of a text in the one form that it may have.

    That rules out all that `parsed` looks for: a field that stands twice is written once.
    """
    try:
        value = orjson.loads(text)
    except ValueError as error:
        raise Malformed(f"not JSON of this format: {error}") from None
    if compact(value) != text:
        raise Malformed("not in compact form")
    return value


def fields(
    value: object, names: Sequence[str], where: str, optional: Sequence[str] = ()
) -> Mapping[str, Any]:
    """An object with these fields in this order; `optional` ones may be missing."""
    if not isinstance(value, dict):
        raise Malformed(f"{where}: not an object")
    expected = [name for name in names if name in value or name not in optional]
    if list(value) != expected:
        raise Malformed(f"{where}: its fields are not {', '.join(expected)}")
    return value


def items(value: object, where: str, length: int | None = None) -> Sequence[Any]:
    """A list, of this length if one is given."""
    if not isinstance(value, list):
        raise Malformed(f"{where}: not a list")
    if length is not None and len(value) != length:
        raise Malformed(f"{where}: {len(value)} entries instead of {length}")
    return value


def string(value: object, where: str) -> str:
    """A string."""
    if not isinstance(value, str):
        raise Malformed(f"{where}: not a string")
    return value


def small(value: object, where: str) -> int:
    """A small integer that is not negative."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise Malformed(f"{where}: not a small integer")
    return value


def scalar(value: object, where: str) -> mpz:
    """An exponent."""
    return _found(read_scalar(value), f"{where}: not an exponent in canonical decimals")


def residue(value: object, where: str) -> mpz:
    """A number below the modulus that may or may not be in the group."""
    return _found(read_residue(value), f"{where}: not a number below p in canonical decimals")


def element(value: object, where: str) -> mpz:
    """An element of the group."""
    return _found(read_element(value), f"{where}: not in the group BELENIOS-2048")


def hash_of(text: str) -> str:
    """SHA-256 of the text, in hexadecimal: how the archive names its files (section 4.4)."""
    return hashlib.sha256(text.encode()).hexdigest()


def short_hash_of(text: str) -> str:
    """SHA-256 of the text in Base64 without padding: fingerprints and trackers (section 4.15)."""
    digest = hashlib.sha256(text.encode()).digest()
    return base64.b64encode(digest).rstrip(b"=").decode()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise Malformed("a field stands twice")
    return value


def _refused(number: str) -> Never:
    raise Malformed(f"{number} is not an integer")


def _found(number: mpz | None, complaint: str) -> mpz:
    if number is None:
        raise Malformed(complaint)
    return number
