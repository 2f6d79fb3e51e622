"""Invariant 12 as a property: who may not know a thing sees the same bytes whether it is so or not.

Two halls get the same commands and different presses. What each audience is granted of the
presses is written down here (`granted`), from the house's design and not from the projection. As
long as an audience was granted the same in both halls, the frames it was sent (views, epochs and
`seq`) must be equal to the last byte.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.adapters.held_box import HeldBox
from server.adapters.memory_box import MemoryBallotBox
from server.live import projection
from server.live.projection import Grant
from server.ports import Accepted, BoxPress, PressOutcome
from server.vocabulary import Command, Disclosure, Phase
from tests.live.small_hall import HALF, SmallHall

VOTERS = ("AA", "BB", "CC", "DD", "EE")
LATE = frozenset({"EE"})
OFFLINE = frozenset({"DD"})
HALL = ("display", "YY", "ZZ")
STAFF = ("chair", "console")
CHOICES = ("yes", "no", "abstain")

NOMINEES = ("ana", "bo", "chi")
PAPERS = {"yes": "ana+bo", "no": "chi", "abstain": "-"}
"""What the choices are in an election: papers whose counts tell as much as those of a motion."""

Presses = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Slot:
    """What happens between two looks at the screens: presses, then a command."""

    presses: tuple[tuple[str, str], ...]
    command: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """After each slot: what each audience had been sent, and what it had been granted."""

    frames: dict[str, list[list[bytes]]]
    grants: dict[str, list[object]]


async def run(
    disclosure: Disclosure,
    slots: list[Slot],
    box_type: type[MemoryBallotBox] = MemoryBallotBox,
    *,
    papers: bool = False,
) -> Told:
    hall = await SmallHall.open(quorum=HALF, box_type=box_type)
    ballot = await hall.prepare(disclosure, seconds=300, nominees=NOMINEES if papers else ())
    await hall.command(ballot, Command.ANNOUNCE)
    await hall.look()
    await hall.command(ballot, Command.OPEN, reason="the Chair decided")
    await hall.look()
    told = Told({name: [] for name in (*HALL, *STAFF)}, {name: [] for name in (*HALL, *STAFF)})
    held: dict[str, str] = {}
    passed: list[object] = [shown(disclosure, held)]
    phase = Phase.OPEN
    for slot in slots:
        said = [(m, PAPERS[choice] if papers else choice) for m, choice in slot.presses]
        await hall.press(ballot, said)
        for member, choice in slot.presses if phase is Phase.OPEN else ():
            held[member] = choice
            _note(passed, shown(disclosure, held))
        phase = await _command(hall, ballot, slot.command, phase)
        hall.clock.advance(1000)
        await hall.look()
        for name in told.frames:
            told.frames[name].append(list(hall.seen[name]))
            told.grants[name].append(granted(name, phase, disclosure, held, passed))
    # The test would prove nothing if the hall had not taken the presses.
    if phase not in (Phase.CANCELLED,):
        kept = {m: PAPERS[choice] if papers else choice for m, choice in held.items()}
        assert {m: v.choice for m, v in (await hall.votes(ballot)).items()} == kept
    return told


def shown(disclosure: Disclosure, held: dict[str, str]) -> object:
    """What an open ballot shows of its votes (design, 3.12)."""
    match disclosure:
        case Disclosure.NONE:
            return None
        case Disclosure.TURNOUT:
            return frozenset(held)
        case Disclosure.COUNTS:
            return tuple(sorted(Counter(held.values()).items()))
        case Disclosure.INDIVIDUAL:
            return tuple(sorted(held.items()))


def granted(
    name: str, phase: Phase, disclosure: Disclosure, held: dict[str, str], passed: list[object]
) -> object:
    """What an audience may know of the presses by now: all that an open ballot showed as it went
    by, and from the close on how many voted; chair and operator the result as well, the operator
    the sums of the reconciliation."""
    if phase is not Phase.CLOSED:
        return tuple(passed)
    known: list[object] = [*passed, len(held)]
    if name in STAFF:
        # The result, and who made up the quorum: present are those of the roll and the voters.
        known += [tuple(sorted(Counter(held.values()).items())), len(LATE & set(held))]
    if name == "console":
        known += [len(OFFLINE - set(held))]
    return tuple(known)


def _note(passed: list[object], now: object) -> None:
    if passed[-1] != now:
        passed.append(now)


async def _command(hall: SmallHall, ballot: str, command: str | None, phase: Phase) -> Phase:
    match command, phase:
        case "suspend", Phase.OPEN:
            await hall.command(ballot, Command.SUSPEND, reason="a pause")
            return Phase.SUSPENDED
        case "resume", Phase.SUSPENDED:
            await hall.command(ballot, Command.RESUME)
            return Phase.OPEN
        case "last_call", Phase.OPEN:
            await hall.command(ballot, Command.LAST_CALL)
        case "doubt", Phase.OPEN | Phase.SUSPENDED:
            await hall.doubt(ballot)
            return Phase.IN_DOUBT
        case "close", Phase.OPEN | Phase.SUSPENDED:
            await hall.command(ballot, Command.CLOSE)
            return Phase.CLOSED
        case "cancel", Phase.OPEN | Phase.SUSPENDED | Phase.IN_DOUBT | Phase.CLOSED:
            await hall.command(ballot, Command.CANCEL, reason="a fault")
            return Phase.CANCELLED
        case "void", Phase.CLOSED:
            await hall.command(ballot, Command.VOID, reason="a fault")
            return Phase.VOID
        case _:
            pass
    return phase


COMMANDS = st.sampled_from(
    [None, None, "suspend", "resume", "last_call", "doubt", "close", "cancel", "void"]
)
PRESSES: st.SearchStrategy[Presses] = st.lists(
    st.tuples(st.sampled_from(VOTERS), st.sampled_from(CHOICES)), max_size=4
)


@st.composite
def pairs(draw: st.DrawFn, disclosure: Disclosure) -> tuple[list[Slot], list[Slot]]:
    """Two histories with the same commands, alike in what the disclosure shows, unlike else."""
    commands = draw(st.lists(COMMANDS, min_size=1, max_size=5))
    one = [draw(PRESSES) for _ in commands]
    match disclosure:
        case Disclosure.NONE if draw(st.booleans()):
            other = [draw(PRESSES) for _ in commands]
        case Disclosure.TURNOUT:
            other = [[(m, draw(st.sampled_from(CHOICES))) for m, _ in each] for each in one]
        case Disclosure.INDIVIDUAL:
            other = one
        case _:
            order = draw(st.permutations(VOTERS))
            renamed = dict(zip(VOTERS, order, strict=True))
            other = [[(renamed[m], choice) for m, choice in each] for each in one]
    other = [_repeated(each, draw(st.booleans())) for each in other]
    return (
        [Slot(tuple(p), c) for p, c in zip(one, commands, strict=True)],
        [Slot(tuple(p), c) for p, c in zip(other, commands, strict=True)],
    )


def _repeated(presses: Presses, twice: bool) -> Presses:
    """Everybody presses again what is lit: that shows in no disclosure."""
    return [press for each in presses for press in ([each, each] if twice else [each])]


def differences(one: Told, other: Told) -> tuple[list[tuple[str, int]], int]:
    """Where an audience was granted the same and shown something else; and how often it was not
    granted anything else, so that the comparison counted."""
    told: list[tuple[str, int]] = []
    compared = 0
    for name in one.frames:
        for slot, (first, second) in enumerate(
            zip(one.frames[name], other.frames[name], strict=True)
        ):
            if one.grants[name][: slot + 1] == other.grants[name][: slot + 1]:
                compared += 1
                if first != second:
                    told.append((name, slot))
    return told, compared


@pytest.mark.parametrize("papers", [False, True], ids=["motion", "election"])
@pytest.mark.parametrize("disclosure", list(Disclosure))
def test_who_may_not_know_sees_the_same_bytes(disclosure: Disclosure, papers: bool) -> None:
    compared = 0

    @settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(pairs(disclosure))
    def holds(pair: tuple[list[Slot], list[Slot]]) -> None:
        nonlocal compared
        one, other = asyncio.run(_both(disclosure, *pair, papers=papers))
        found, n = differences(one, other)
        assert not found
        compared += n

    holds()
    # Most pairs must be alike in what is granted, or the property would be empty.
    assert compared > 200


async def _both(
    disclosure: Disclosure,
    one: list[Slot],
    other: list[Slot],
    box_type: type[MemoryBallotBox] = MemoryBallotBox,
    *,
    papers: bool = False,
) -> tuple[Told, Told]:
    return (
        await run(disclosure, one, box_type, papers=papers),
        await run(disclosure, other, box_type, papers=papers),
    )


UNLIKE: dict[Disclosure, tuple[list[Slot], list[Slot]]] = {
    Disclosure.NONE: ([Slot((("AA", "yes"),), "last_call")], [Slot((), "last_call")]),
    Disclosure.TURNOUT: ([Slot((("AA", "yes"),), None)], [Slot((("AA", "no"),), None)]),
    Disclosure.COUNTS: ([Slot((("AA", "yes"),), None)], [Slot((("BB", "yes"),), None)]),
}
"""Pairs that differ in one withheld thing while the ballot is open."""

EVERYTHING = Grant(turnout=True, voters=True, counts=True, choices=True, outcome=False)


@pytest.mark.parametrize("papers", [False, True], ids=["motion", "election"])
@pytest.mark.parametrize("disclosure", list(UNLIKE))
async def test_a_projection_that_leaks_is_caught(
    disclosure: Disclosure, papers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = UNLIKE[disclosure]
    assert not differences(*await _both(disclosure, one, other, papers=papers))[0]
    monkeypatch.setattr(projection, "grant", lambda phase, _: EVERYTHING)
    leaks = {
        name for name, _ in differences(*await _both(disclosure, one, other, papers=papers))[0]
    }
    assert {"display", "chair", "console"} <= leaks


async def test_counts_of_candidates_do_not_tell_who_stands_together_on_a_paper() -> None:
    async def history(first: str, second: str) -> dict[str, list[bytes]]:
        hall = await SmallHall.open()
        ballot = await hall.prepare(Disclosure.COUNTS, nominees=NOMINEES)
        await hall.command(ballot, Command.OPEN)
        await hall.press(ballot, [("AA", first), ("BB", second)])
        await hall.look()
        return {name: hall.seen[name] for name in (*HALL, *STAFF)}

    assert await history("ana+bo", "chi") == await history("ana", "bo+chi")


class TellTaleBox(MemoryBallotBox):
    """A box whose revision counts every press, whatever the disclosure."""

    def _press(self, box: HeldBox | None, press: BoxPress) -> PressOutcome:
        before, outcome = self._revision, super()._press(box, press)
        if isinstance(outcome, Accepted) and not outcome.repeated:
            self._revision = before + 1
        return outcome


@pytest.mark.parametrize("disclosure", [Disclosure.NONE, Disclosure.TURNOUT])
async def test_a_seq_that_leaks_is_caught(disclosure: Disclosure) -> None:
    quiet = [Slot((("AA", "yes"),), "last_call")]
    busy = [Slot((("AA", "yes"), ("AA", "no")), "last_call")]
    assert not differences(*await _both(disclosure, quiet, busy))[0]
    leaks = {name for name, _ in differences(*await _both(disclosure, quiet, busy, TellTaleBox))[0]}
    assert leaks == {"display", "chair", "console", "YY", "ZZ"}


async def test_a_refusal_does_not_tell_the_operator_who_has_voted() -> None:
    """Where a vote cannot be changed, a second press is refused because there was a first one."""

    async def history(first: str) -> list[bytes]:
        hall = await SmallHall.open()
        ballot = await hall.prepare(Disclosure.COUNTS, revocable=False)
        await hall.command(ballot, Command.OPEN)
        await hall.press(ballot, [(first, "yes")])
        for reply in await hall.press(ballot, [(first, "no")]):
            hall.refuse(ballot, first, reply)
        await hall.look()
        return hall.seen["console"]

    assert await history("AA") == await history("BB")
