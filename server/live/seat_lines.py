"""The seats as the operator sees them: a line a seat, thousands of times a second.

Rule: whether a Member voted is in a line only where the disclosure shows who has. A line says
everything that its row on the wire says, so that a row is made and written once and found again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import orjson

from server.assembly.assembly import Assembly
from server.assembly.remembered import remembered
from server.ballots.life import roll_of
from server.hall.refusals import RefusalRow
from server.hall.state import assembly_of
from server.live import projection
from server.live.ballot_facts import facts_of
from server.live.snapshot import Snapshot
from server.vocabulary import Language, Signal
from server.wire import console_views

KEPT: Final = 65_536
"""Rows that are found again: a few for each seat of the largest hall."""

_NONE: Final[frozenset[Signal]] = frozenset()


class SeatLine(NamedTuple):
    """The fields of `console_views.SeatRow`."""

    seat: str
    member: str
    online: bool
    present: bool
    suspended: bool
    voted: bool | None
    assistance: bool
    point_of_order: bool
    refused: int
    lang: Language | None


def seat_lines(snapshot: Snapshot) -> list[SeatLine]:
    """A line a seat, in the order of the assembly. The list is shared: nobody changes it.

    While presses come that no line shows, it is the same list.
    """
    ballot = snapshot.ballot
    voters: frozenset[str] | None = None
    if ballot is not None and roll_of(ballot) is not None:
        facts = facts_of(snapshot, ballot)
        if projection.granted(ballot, facts).voters:
            voters = frozenset(facts.votes)
    return _lines(
        assembly_of(snapshot.state),
        snapshot.online,
        snapshot.present,
        snapshot.signals,
        snapshot.refused,
        voters,
    )


@remembered
def _lines(
    assembly: Assembly,
    online: Mapping[str, Language],
    present: frozenset[str],
    signals: Mapping[str, frozenset[Signal]],
    rows: tuple[RefusalRow, ...],
    voters: frozenset[str] | None,
) -> list[SeatLine]:
    suspended = {member.code for member in assembly.members if member.suspended}
    refused = projection.refused_by_seat(rows, voters=voters is not None)
    return [
        SeatLine(
            seat.id,
            seat.member,
            seat.id in online,
            seat.member in present,
            seat.member in suspended,
            None if voters is None else seat.member in voters,
            Signal.ASSISTANCE in (raised := signals.get(seat.id, _NONE)),
            Signal.POINT_OF_ORDER in raised,
            refused[seat.id] if refused else 0,
            online.get(seat.id),
        )
        for seat in assembly.seats
    ]


@lru_cache(KEPT)
def row_of(line: SeatLine) -> console_views.SeatRow:
    """The row of a line. It is shared: nobody changes it."""
    return console_views.SeatRow(**line._asdict())


@remembered
def written(lines: Sequence[SeatLine]) -> bytes:
    """The rows of these lines as they are sent, with commas between."""
    return b",".join(map(_written, lines))


@lru_cache(KEPT)
def _written(line: SeatLine) -> bytes:
    return orjson.dumps(line._asdict())


@remembered
def exceptions(lines: Sequence[SeatLine]) -> console_views.Exceptions:
    """The seats that the operator should look at, by Member."""
    silent = None
    if any(line.voted is not None for line in lines):
        silent = sorted(
            {
                line.member
                for line in lines
                if line.voted is False and line.present and not line.suspended
            }
        )
    return console_views.Exceptions(
        assistance=sorted({line.member for line in lines if line.assistance}),
        points_of_order=sorted({line.member for line in lines if line.point_of_order}),
        offline=sorted({line.member for line in lines if line.present and not line.online}),
        silent=silent,
        refused=sorted({line.member for line in lines if line.refused}),
    )
