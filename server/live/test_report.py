"""What a test vote shows of the seats: which were silent, which pressed wrong, which too late.

Rule: everybody entitled is asked to press the same button, so a Member is in exactly one of
`right`, `wrong` and not voted;
who did not vote is `late` if its seat pressed after the close, else `silent`.
Nobody is named in the hall: the report is the operator's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from server.assembly.roll import RightToVote, Roll
from server.vocabulary import Choice


@dataclass(frozen=True, slots=True)
class TestReport:
    """Members by code, in the order of the roll. `late` did press, but after the close."""

    __test__ = False  # not a test, though pytest would think so by its name

    silent: tuple[str, ...]
    wrong: tuple[tuple[str, Choice], ...]
    late: tuple[str, ...]
    right: int


def report(
    asked: Choice, roll: Roll, pressed: Mapping[str, Choice], late: Collection[str]
) -> TestReport:
    """The report of a test vote. `pressed` is what counts, by Member; `late` are Members."""
    entitled = [entry.member for entry in roll.entries if entry.status is RightToVote.ENTITLED]
    without = [member for member in entitled if member not in pressed]
    return TestReport(
        silent=tuple(member for member in without if member not in late),
        wrong=tuple(
            (member, pressed[member])
            for member in entitled
            if member in pressed and pressed[member] is not asked
        ),
        late=tuple(member for member in without if member in late),
        right=sum(pressed.get(member) is asked for member in entitled),
    )
