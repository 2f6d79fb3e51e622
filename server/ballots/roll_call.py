"""A roll-call: every Member is asked by name, in the order of a language, and answers aloud.

Rule (the usual one of assemblies that vote by roll-call): the order is alphabetical in the chosen
language and begins with a name drawn by lot. Who passes is called a second time; who passes then
too does not vote. A Member may change its answer until the close, with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from server.assembly.assembly import Assembly, alphabetical
from server.assembly.roll import RightToVote, Roll
from server.vocabulary import Language

PASS: Final = "pass"  # noqa: S105  # an answer, no password
"""The answer that puts off the decision to the second call."""

PRESS_ID: Final = "roll-call"
"""What stands in the record in the place of a press."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a Member said; `n` counts the answers of the roll-call, `call` is 1 or 2."""

    choice: str
    n: int
    call: int


@dataclass(frozen=True, slots=True)
class RollCall:
    """A roll-call under way. `order` has the Members who may vote, first called first.

    `answers` is each Member's last answer; `said` counts all that were given.
    """

    language: Language
    order: tuple[str, ...]
    answers: Mapping[str, Answer]
    said: int
    call: int


def call_order(
    assembly: Assembly, roll: Roll, language: Language, start: str
) -> tuple[str, ...] | None:
    """The Members who may vote, in the order of the language, from `start` on and round.

    None if `start` may not vote in this ballot.
    """
    names = eligible(assembly, roll, language)
    if start not in names:
        return None
    at = names.index(start)
    return names[at:] + names[:at]


def eligible(assembly: Assembly, roll: Roll, language: Language) -> tuple[str, ...]:
    """The Members on the roll who may vote, in the order of the language."""
    entitled = {entry.member for entry in roll.entries if entry.status is RightToVote.ENTITLED}
    return tuple(
        member.code for member in alphabetical(assembly, language) if member.code in entitled
    )


def draw(names: tuple[str, ...], lot: str) -> str:
    """The name that a lot (256 random bits as hex) falls on; `names` is not empty.

    The remainder favours no name by more than 2⁻²⁴⁸.
    """
    return names[int(lot, 16) % len(names)]


def begin_call(language: Language, order: tuple[str, ...]) -> RollCall:
    """Nobody has answered yet."""
    return RollCall(language, order, {}, said=0, call=1)


def still_to_call(roll_call: RollCall) -> tuple[str, ...]:
    """Who is yet to be called in this call, the Member that is called now first."""
    if roll_call.call == 1:
        return tuple(each for each in roll_call.order if each not in roll_call.answers)
    return tuple(
        each
        for each in roll_call.order
        if each not in roll_call.answers
        or (roll_call.answers[each].choice == PASS and roll_call.answers[each].call == 1)
    )


def passed(roll_call: RollCall) -> tuple[str, ...]:
    """Who passed, in the order of the call."""
    return tuple(
        each
        for each in roll_call.order
        if each in roll_call.answers and roll_call.answers[each].choice == PASS
    )


def is_complete(roll_call: RollCall) -> bool:
    """Whether everybody has answered, those who passed twice."""
    if still_to_call(roll_call):
        return False
    return roll_call.call == 2 or not passed(roll_call)


def may_begin_second(roll_call: RollCall) -> bool:
    """Whether the first call is over and somebody has passed."""
    return roll_call.call == 1 and not still_to_call(roll_call) and bool(passed(roll_call))


def answered(roll_call: RollCall, member: str, choice: str) -> RollCall:
    """The roll-call after an answer."""
    n = roll_call.said + 1
    call = roll_call.call
    return replace(
        roll_call,
        answers={**roll_call.answers, member: Answer(choice, n, call)},
        said=n,
    )


def second_call(roll_call: RollCall) -> RollCall:
    """The second call begins."""
    return replace(roll_call, call=2)


def votes_in(roll_call: RollCall) -> tuple[tuple[str, Answer], ...]:
    """The answers that count, in the order of their numbers: all but those who passed."""
    given = (pair for pair in roll_call.answers.items() if pair[1].choice != PASS)
    return tuple(sorted(given, key=lambda pair: pair[1].n))
