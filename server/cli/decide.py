"""`hemicycle decide FILE`: decide cases of the rule format, one JSON line in, one JSON line out.

Rule: answers stand in the order of the cases. A malformed line gets `{"id","error"}` in its
place and the rest are still answered.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

import orjson

from server.rules.decide import Rule, decide_case, rule_from_json
from server.rules.reading import Malformed, shown

ALL_ANSWERED = 0
SOME_MALFORMED = 1
UNREADABLE = 2

_REMEMBERED = 1_000
"""Rules kept at once: a batch repeats a handful, a hostile one must not fill the memory."""

_DIGITS = 2_000
"""Longest number that is read at all; what a count may say is judged by its key."""


def decide(path: str, out: TextIO, err: TextIO) -> int:
    """Answer every case in the file at `path` ("-" is standard input) on `out`.

    Returns the exit status: 0, 1 if a line was malformed, 2 if the file cannot be read.
    """
    if path == "-":
        return _answer(sys.stdin.buffer, out)
    with ExitStack() as opened:
        try:
            source = opened.enter_context(Path(path).open("rb"))
        except OSError as problem:
            print(f"hemicycle decide: {path}: {problem.strerror}; give a file, or -", file=err)
            return UNREADABLE
        return _answer(source, out)


def _answer(lines: Iterable[bytes], out: TextIO) -> int:
    status = ALL_ANSWERED
    for answer, well_formed in answers(lines):
        out.write(answer)
        if not well_formed:
            status = SOME_MALFORMED
    out.flush()
    return status


def answers(lines: Iterable[bytes]) -> Iterator[tuple[str, bool]]:
    """Yield an answer line for each case, and whether the case was well formed.

    Empty lines at the end are no cases; one between cases is malformed.
    """
    rules = RuleMemory()
    empty = 0
    for line in lines:
        if not line.strip():
            empty += 1
            continue
        for _ in range(empty):
            yield _error(None, "the line is empty; remove it, or put a case there")
        empty = 0
        yield _answer_line(line, rules)


class RuleMemory:
    """Reads each distinct rule of a batch once."""

    def __init__(self) -> None:
        self._read: dict[bytes, Rule] = {}

    def __call__(self, value: object) -> Rule:
        """Return the rule, read now or before; raises `Malformed`."""
        try:
            key = orjson.dumps(value)
        except TypeError:  # an integer beyond 64 bits: rare, and no reason to refuse it here
            return rule_from_json(value)
        rule = self._read.get(key)
        if rule is None:
            rule = rule_from_json(value)
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            self._read[key] = rule
        return rule


def _answer_line(line: bytes, rules: RuleMemory) -> tuple[str, bool]:
    quick = _read_quickly(line)
    if quick is not None:
        try:
            return _written(decide_case(quick, rules)), True
        except Malformed:
            pass  # the quick reader turns huge integers into floats: let the thorough one judge
    faults: dict[str, str] = {}
    try:
        case = _read(line, faults)
    except Malformed as problem:
        return _error(None, str(problem))
    if faults:
        # Of a key that stands twice one value is lost, and nobody knows which one was meant.
        named = None if "id" in faults else _id_of(case)
        return _error(named, next(iter(faults.values())))
    try:
        return _written(decide_case(case, rules)), True
    except Malformed as problem:
        return _error(_id_of(case), str(problem))


def _read(line: bytes, faults: dict[str, str]) -> object:
    """Read one JSON value; what JSON lets pass or cannot hold is noted in `faults` by its name."""

    def without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
        unique: dict[str, object] = {}
        for key, value in pairs:
            if key in unique:
                faults[key] = f"the key {shown(key)} stands twice in one object; remove one"
            unique[key] = value
        return unique

    def no_number(name: str) -> None:
        faults.setdefault("", f"{name} is no number in JSON; write a whole number")

    def short_integer(digits: str) -> int | None:
        if len(digits) <= _DIGITS:
            return int(digits)
        faults.setdefault("", f"a number of {len(digits)} digits; {_DIGITS} are the most")
        return None

    try:
        value: object = json.loads(
            line,
            object_pairs_hook=without_repeats,
            parse_constant=no_number,
            parse_int=short_integer,
        )
    except RecursionError:
        raise Malformed("", "nested too deeply for a case") from None
    except ValueError as problem:  # not JSON, or not UTF-8
        raise Malformed("", f"not a JSON value: {problem}") from None
    return value


def _read_quickly(line: bytes) -> object | None:
    """Return the value of an ordinary line, or `None` for one that needs the thorough reader.

    Written again without a backslash in it, a value has the same colons as the line, unless a
    key stood twice and one was lost.
    """
    if b"\\" in line:
        return None
    try:
        value: object = orjson.loads(line)
        written = orjson.dumps(value)
    except (orjson.JSONDecodeError, TypeError):  # the latter: nested deeper than it writes
        return None
    return value if written.count(b":") == line.count(b":") else None


def _id_of(case: object) -> object:
    named = case.get("id") if isinstance(case, dict) else None
    return named if isinstance(named, str) or type(named) is int else None


def _error(named: object, problem: str) -> tuple[str, bool]:
    return _written({"id": named, "error": problem}), False


def _written(answer: dict[str, object]) -> str:
    """Return an answer as one line of ASCII, which every terminal and file takes."""
    try:
        line = orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # an integer beyond 64 bits, or half of a surrogate pair
        return json.dumps(answer) + "\n"
    return line.decode() if line.isascii() else json.dumps(answer) + "\n"
