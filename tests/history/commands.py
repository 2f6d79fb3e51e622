"""What operators asked for, and what the journal says was done.

Rule (invariants 8 and 16): an acknowledged command is in the record, a refused one is not, one
without an answer is there once or not at all; a key is one command, however often it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.history.case import Case
from tests.history.violations import Violation, Violations

ONCE: Final = {
    "open": "ballot_opened",
    "close": "ballot_closed",
    "cancel": "ballot_cancelled",
    "declare": "ballot_declared",
    "certify": "ballot_certified",
    "publish": "ballot_published",
    "void": "ballot_voided",
}
"""Commands that a ballot can go through once. Two operators may both be told that it is done."""

REPEATED: Final = {
    "suspend": "ballot_suspended",
    "resume": "ballot_resumed",
    "extend": "ballot_extended",
    "last_call": "last_call_rung",
    "accreditation": "credentials_signed",
    "decryptions": "tally_decrypted",
}
"""Commands of which each one that was acknowledged is an entry of its own; a scrutineer signs, and
decrypts, under one key."""


def check_commands(case: Case) -> Iterator[Violation]:
    """Acknowledged commands are there, and nothing is there twice."""
    for command, event in (ONCE | REPEATED).items():
        done, unknown = _fates(case, command)
        entries = case.events.count(event)
        least = min(len(done), 1) if command in ONCE else len(done)
        if entries < least:
            what = f"{command}: acknowledged {len(done)} times, in the record {entries} times"
            yield Violation(Violations.COMMAND_LOST, case.ballot, what)
        most = len(done) + len(unknown)
        if command in ONCE:
            # A ballot with a timer closes unasked, and one operator's close may be another's.
            most = 1
        if entries > most:
            what = f"{command}: asked {most} times, in the record {entries} times"
            yield Violation(Violations.COMMAND_TWICE, case.ballot, what)


def _fates(case: Case, command: str) -> tuple[set[str], set[str]]:
    """The keys that were acknowledged, and those of which nobody knows."""
    sent = {
        each.key
        for each in case.history.asked
        if each.ballot == case.ballot and each.command == command
    }
    answers: dict[str, set[int | None]] = {key: set() for key in sent}
    for each in case.history.answered:
        if each.ballot == case.ballot and each.command == command:
            answers.setdefault(each.key, set()).add(each.status)
    done = {key for key, told in answers.items() if any(_is(2, status) for status in told)}
    refused = {
        key for key, told in answers.items() if told and all(_is(4, status) for status in told)
    }
    return done, set(answers) - done - refused


def _is(hundreds: int, status: int | None) -> bool:
    return status is not None and status // 100 == hundreds
