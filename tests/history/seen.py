"""What a view shows of a ballot, and what it may show.

The table is the design's (sections 2 and 3.12), written anew here so that it does not agree with
the hall by construction. A view is searched by the names of its fields, wherever they stand: a new
place that shows counts is found without being listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

OVER: Final = frozenset({"closed", "declared", "certified", "published", "cancelled", "void"})
"""The phases from which no press is taken again."""

DECLARED: Final = frozenset({"declared", "certified", "published"})

LINKLESS: Final = frozenset({"secret", "non_recorded"})
"""The modes in which nobody ever learns who voted how."""

_WHOLE: Final = {
    "outcome": "outcome",
    "undeclared": "undeclared",
    "test_report": "undeclared",
    "reconciliation": "reconciliation",
    "counts": "counts",
    "votes": "counts",
    "blank": "counts",
    "silent": "voters",
}
"""Fields that tell something of the votes, whatever is inside them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A ballot as a client was shown it. `shows` names what it told of the votes."""

    ballot: str
    phase: str
    mode: str
    disclosure: str
    shows: frozenset[str]
    voted: int | None
    counts: tuple[tuple[str, int], ...] | None
    mine: tuple[int, str, str | tuple[str, ...] | None] | None
    """(n, code, choice) of the seat's own vote; the tracker where it is sealed."""
    proved: bool = True
    """Whether `mine` counts, as far as the view tells: not while its proofs are being checked."""
    recording: bool = False
    """Closed, and the entry that says what counts is still being written."""


def seen_in(view: Mapping[str, Any]) -> Seen | None:
    """What a view of any audience shows of the ballot on the floor."""
    ballot = view.get("ballot")
    if ballot is None:
        return None
    counts = ballot.get("counts")
    turnout = ballot.get("turnout")
    return Seen(
        ballot=ballot["id"],
        phase=ballot["phase"],
        mode=ballot["mode"],
        disclosure=ballot["disclosure"],
        shows=frozenset(_told(view)) | _told_of_mine(ballot),
        voted=None if turnout is None else turnout["voted"],
        counts=None if counts is None else tuple(sorted(counts.items())),
        mine=_mine(ballot.get("mine")),
        proved=(ballot.get("mine") or {}).get("proved", True),
        recording=bool(ballot.get("recording")),
    )


def _mine(mine: Mapping[str, Any] | None) -> tuple[int, str, str | tuple[str, ...] | None] | None:
    if mine is None:
        return None
    choice = mine.get("choice") or mine.get("tracker")
    return mine["n"], mine["code"], tuple(choice) if isinstance(choice, list) else choice


def _told_of_mine(ballot: Mapping[str, Any]) -> frozenset[str]:
    """A seat is shown its own choice, but where it is sealed the hall itself must not know it."""
    mine = ballot.get("mine") or {}
    tells = ballot["mode"] == "secret" and mine.get("choice") is not None
    return frozenset({"choices"} if tells else ())


def _told(value: object) -> Iterator[str]:
    """What a part of a view tells of the votes on the floor."""
    if isinstance(value, list):
        for each in value:
            yield from _told(each)
    if not isinstance(value, Mapping):
        return
    for name, inside in value.items():
        if inside is None or name == "ballots":
            continue  # the operator's list tells the declared outcomes of others
        if name == "board":
            yield "voters"
            if set(inside) & set("yna"):
                yield "choices"
        elif name == "turnout":
            yield "turnout"
        elif name == "voted" and isinstance(inside, bool):
            yield "voters"
        elif name in _WHOLE:
            yield _WHOLE[name]
        else:
            yield from _told(inside)


def may_show(audience: str, seen: Seen) -> frozenset[str]:
    """What this audience may be told of the votes in this phase, under this disclosure."""
    match seen.phase:
        case "announced":
            granted = frozenset({"turnout"})
        case "open" | "suspended":
            granted = _while_open(seen.disclosure)
        case "closed":
            granted = _while_open(seen.disclosure) | {"turnout"}
            if audience in ("chair", "console"):
                granted |= {"undeclared", "reconciliation"}
        case "declared" | "certified" | "published":
            granted = frozenset(
                {"turnout", "voters", "counts", "choices", "outcome", "reconciliation"}
            )
            if audience == "console":
                granted |= {"undeclared"}  # the report of a test vote stays on the console
        case _:
            granted = frozenset()
    if seen.mode == "secret" and seen.phase not in DECLARED:
        granted -= {"counts", "outcome"}  # nobody has them, whatever the disclosure says
    return granted - {"choices"} if seen.mode in LINKLESS else granted


def _while_open(disclosure: str) -> frozenset[str]:
    match disclosure:
        case "turnout":
            return frozenset({"turnout", "voters"})
        case "counts":
            return frozenset({"turnout", "counts"})
        case "individual":
            return frozenset({"turnout", "voters", "counts", "choices"})
        case _:
            return frozenset()
