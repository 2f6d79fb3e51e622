"""What tellers count: a show of hands, or papers.

Rule: no count stands on one word. A first entry waits until the same numbers are entered again;
where the assembly asks for two people, the second entry is another person's. Different numbers
drop the first entry and both are shown. A count never exceeds those who may vote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

INVALID: Final = "invalid"
SPOILT: Final = "spoilt"
BLANK: Final = "blank"
BALLOTS: Final = "ballots"
RESERVED: Final = frozenset({INVALID, SPOILT, BLANK, BALLOTS})
"""Keys of a sheet that are no answers; a candidate on paper cannot have one as its id."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A count. `counts` has every answer or candidate, in the ballot's order.

    `ballots` are the papers (or hands) with a valid answer; `blank` and `invalid` papers stand
    beside them. Where a paper names one candidate or answer, `ballots` is the sum of `counts`.
    """

    counts: tuple[tuple[str, int], ...]
    ballots: int
    blank: int
    invalid: int

    @property
    def voted(self) -> int:
        """How many have voted, blank and invalid papers included."""
        return self.ballots + self.blank + self.invalid

    def __getitem__(self, answer: str) -> int:
        return dict(self.counts)[answer]


@dataclass(frozen=True, slots=True)
class Entry:
    """A tally as somebody entered it; `by` is the actor (`role:name`)."""

    tally: Tally
    by: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two entries that differ: both are dropped. `seq` is the journal entry that says so."""

    first: Entry
    second: Entry
    seq: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What tellers fill in.

    `answers` are the choices or the candidates' ids in ballot order. `names` is the most names on
    a paper of an election, None for a motion. Only a sheet for papers has invalid ones.
    """

    answers: tuple[str, ...]
    papers: bool
    names: int | None = None


@dataclass(frozen=True, slots=True)
class WrongSheet:
    """What is wrong with the numbers: the field, and what to send."""

    field: str
    remedy: str


def read_tally(sheet: Sheet, counts: Mapping[str, int] | None, entitled: int) -> Tally | WrongSheet:
    """The tally in these numbers, which must add up. `entitled` are those who may vote."""
    if not counts:
        return WrongSheet("counts", f"give the numbers of {_listed(_keys(sheet))}")
    for key in counts:
        if key not in _keys(sheet):
            return WrongSheet(f"counts.{key}", f"not on this sheet; it has {_listed(_keys(sheet))}")
    for answer in sheet.answers:
        if answer not in counts:
            return WrongSheet(f"counts.{answer}", "give the number, 0 if there is none")
    if any(n < 0 for n in counts.values()):
        negative = next(key for key, n in counts.items() if n < 0)
        return WrongSheet(f"counts.{negative}", "give a whole number from 0")
    tally = _tally(sheet, counts)
    if isinstance(tally, WrongSheet):
        return tally
    if tally.voted > entitled:
        return WrongSheet(
            "counts", f"{tally.voted} are counted, but only {entitled} may vote: count again"
        )
    return tally


def _tally(sheet: Sheet, counts: Mapping[str, int]) -> Tally | WrongSheet:
    answers = tuple((answer, counts[answer]) for answer in sheet.answers)
    named = sum(n for _, n in answers)
    if sheet.names is None:
        return Tally(answers, named, blank=0, invalid=counts.get(INVALID, 0))
    if sheet.names > 1 and BALLOTS not in counts:
        return WrongSheet("counts.ballots", "give the number of papers with at least one name")
    ballots = counts.get(BALLOTS, named)
    most = max((n for _, n in answers), default=0)
    if not most <= ballots <= named <= ballots * sheet.names:
        return WrongSheet(
            "counts.ballots",
            f"{named} names cannot stand on {ballots} papers with 1 to {sheet.names} names each",
        )
    return Tally(answers, ballots, counts.get(BLANK, 0), counts.get(SPOILT, 0))


def _keys(sheet: Sheet) -> tuple[str, ...]:
    if sheet.names is not None:
        return (*sheet.answers, BLANK, SPOILT, BALLOTS)
    return (*sheet.answers, INVALID) if sheet.papers else sheet.answers


def _listed(keys: tuple[str, ...]) -> str:
    return ", ".join(keys)


@dataclass(frozen=True, slots=True)
class First:
    """The entry is the first: it waits for the second."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The numbers are the same: the count stands."""


@dataclass(frozen=True, slots=True)
class Differs:
    """The numbers differ from the first entry's."""


@dataclass(frozen=True, slots=True)
class SamePerson:
    """The first entry was this person's; somebody else has to confirm it."""


def weigh(
    first: Entry | None, second: Entry, *, two_people: bool
) -> First | Confirmed | Differs | SamePerson:
    """What an entry means after the first one."""
    if first is None:
        return First()
    if first.tally != second.tally:
        return Differs()
    if two_people and person(first.by) == person(second.by):
        return SamePerson()
    return Confirmed()


def person(actor: str) -> str:
    """Who acts, whatever the role: the name in `role:name`."""
    return actor.partition(":")[2]


def tally_payload(tally: Tally) -> dict[str, Any]:
    """The tally as the journal keeps it."""
    return {
        "counts": dict(tally.counts),
        "ballots": tally.ballots,
        "blank": tally.blank,
        "invalid": tally.invalid,
    }


def tally_from_payload(payload: Mapping[str, Any], answers: tuple[str, ...]) -> Tally:
    """The tally that the journal kept; KeyError if it lacks one of the ballot's answers."""
    return Tally(
        counts=tuple((answer, payload["counts"][answer]) for answer in answers),
        ballots=payload["ballots"],
        blank=payload["blank"],
        invalid=payload["invalid"],
    )
