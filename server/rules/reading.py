"""Reading plain JSON or TOML values into the rules' own types, strictly.

Rule: an unknown key, a missing one or a value of another type is an error that names the key by
its path and says what to write instead. A figure is a whole number: `true`, `1.0` and "1" are not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)

_SHOWN = 60
"""Longest piece of somebody's input that an error repeats, in characters."""


_MOST = 10**1000
"""Above this, a number is an attack on the arithmetic and not a count."""


class Malformed(ValueError):
    """A value that is not a rule, a count or a rulebook.

    `path` is where it stands ("rule.majority.of"), `problem` says what is wrong and the remedy.
    """

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}" if path else problem)
        self.path = path
        self.problem = problem

    def within(self, outer: str) -> Malformed:
        """Return the same problem, seen from the table that `path` is inside of."""
        return Malformed(joined(outer, self.path), self.problem)


def joined(path: str, key: str) -> str:
    """Return the path of `key` inside `path`."""
    return f"{path}.{key}" if path and key else path or key


def shown(value: object) -> str:
    """Return a value as an error repeats it: short, and on one line."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # an integer of thousands of digits, or deep nesting
        return f"a {type(value).__name__}"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def table(
    value: object, path: str, required: Collection[str], optional: Collection[str] = ()
) -> Mapping[str, object]:
    """Return `value` as an object that has all required keys and no unknown one."""
    if not isinstance(value, dict):
        raise Malformed(path, f"expected an object with keys, got {shown(value)}")
    for key in value:
        if key not in required and key not in optional:
            raise Malformed(path, _unknown(key, (*required, *optional)))
    for key in required:
        if key not in value:
            raise Malformed(joined(path, key), "missing; add it")
    return value


def _unknown(key: object, known: Collection[str]) -> str:
    close = get_close_matches(str(key)[:_SHOWN], known, n=1)
    remedy = f'did you mean "{close[0]}"?' if close else "remove it"
    return f"unknown key {shown(key)}; {remedy} (known keys: {', '.join(known)})"


def whole(value: object, path: str, least: int = 0) -> int:
    """Return `value` as a whole number of at least `least`, of a thousand digits at most."""
    if type(value) is not int or value < least:
        quotes = "; write it without quotes" if isinstance(value, str) else ""
        problem = f"expected a whole number of at least {least}, got {shown(value)}{quotes}"
        raise Malformed(path, problem)
    if value > _MOST:
        raise Malformed(path, "expected a whole number of at most 1000 digits")
    return value


def flag(value: object, path: str) -> bool:
    """Return `value` as a boolean."""
    if type(value) is not bool:
        raise Malformed(path, f"expected true or false, got {shown(value)}")
    return value


def text(value: object, path: str) -> str:
    """Return `value` as a text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise Malformed(path, f"expected a text that is not empty, got {shown(value)}")
    return value


def one_of(value: object, path: str, words: type[E]) -> E:
    """Return `value` as a member of an enumeration."""
    if isinstance(value, str):
        try:
            return words(value)
        except ValueError:
            pass
    raise Malformed(path, f"expected one of {', '.join(words)}; got {shown(value)}")


def sequence(value: object, path: str) -> list[object]:
    """Return `value` as a list with at least one entry."""
    if not isinstance(value, list) or not value:
        raise Malformed(path, f"expected a list with at least one entry, got {shown(value)}")
    return value


def fraction(value: object, path: str) -> tuple[int, int]:
    """Return `[n, d]` as a pair with 1 <= n <= d."""
    problem = f"expected [n, d] with whole numbers 1 <= n <= d, such as [2, 3]; got {shown(value)}"
    if not isinstance(value, list) or len(value) != 2:
        raise Malformed(path, problem)
    numerator, denominator = value
    if type(numerator) is not int or type(denominator) is not int:
        raise Malformed(path, problem)
    if not 1 <= numerator <= denominator <= _MOST:
        raise Malformed(path, problem)
    return numerator, denominator
