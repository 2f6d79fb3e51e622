"""Presses: from the seats to the box, in groups.

Rule (invariants 2 to 5): a reply says only what is on disk. All presses that arrive in one tick
of the loop go to the box in one call, one call is in flight at a time, and a press is answered
by its own outcome, in the order of arrival. The receipts of one group are written while the store
is at work on the next one: neither waits for the other. An outage answers `unavailable`: unknown,
so the seat sends the same press_id again.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from server.ballots.life import Ballot, phase_of
from server.ballots.paper import written
from server.ballots.transitions import WITHOUT_BOX
from server.hall.ledger import Ledger
from server.hall.witness import Witness
from server.ports import (
    Accepted,
    BallotBox,
    BoxPhase,
    BoxPress,
    BoxState,
    Landed,
    PressOutcome,
    RefusedPress,
    StoreUnavailable,
)
from server.record.election import is_election
from server.vocabulary import Phase, RefusalReason

log = logging.getLogger("hemicycle.press")

GROUP_CAP: Final = 500
"""The most presses in one call."""

QUEUE_CAP: Final = 50_000
"""The most presses that may wait; beyond it a press is answered `unavailable` at once."""


class Taken(NamedTuple):
    """The vote is on disk, in a box with this incarnation."""

    accepted: Accepted
    incarnation: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The press changed nothing (or, when `unavailable`, nobody knows)."""

    reason: RefusalReason
    phase: Phase | None


Reply = Taken | NotTaken


class _Waiting(NamedTuple):
    ballot: str
    press: BoxPress
    reply: Callable[[Reply], None]


class PressDesk:
    """Gathers presses and commits them. `landed` hears what a group changed, before replies."""

    def __init__(
        self,
        box: BallotBox,
        ledger: Ledger,
        witness: Witness,
        landed: Callable[[Landed], None],
        in_trouble: Callable[[], None],
    ) -> None:
        self._box = box
        self._ledger = ledger
        self._witness = witness
        self._landed = landed
        self._in_trouble = in_trouble
        self._queue: deque[_Waiting] = deque()
        self._owed: deque[tuple[_Waiting, Reply]] = deque()
        self._running: asyncio.Task[None] | None = None

    def put(self, ballot: str, press: BoxPress, reply: Callable[[Reply], None]) -> None:
        """Take a press; `reply` is called once, from the loop, when its fate is known."""
        if len(self._queue) >= QUEUE_CAP:
            reply(NotTaken(RefusalReason.UNAVAILABLE, self._phase(ballot)))
            return
        self._queue.append(_Waiting(ballot, press, reply))
        if self._running is None:
            self._running = asyncio.get_running_loop().create_task(self._run())

    async def drained(self) -> None:
        """Wait until every press taken so far is answered."""
        if self._running is not None:
            await asyncio.shield(self._running)

    async def _run(self) -> None:
        try:
            while self._queue:
                group = self._next_group()
                try:
                    await self._commit(group)
                except Exception:
                    # A bug must not leave seats without an answer: unknown is the truth.
                    log.exception("a group of presses failed")
                    self._in_trouble()
                    self._owe_all(group, NotTaken(RefusalReason.UNAVAILABLE, None))
        finally:
            self._running = None
            self._answer()

    def _next_group(self) -> list[_Waiting]:
        ballot = self._queue[0].ballot
        group: list[_Waiting] = []
        while self._queue and len(group) < GROUP_CAP and self._queue[0].ballot == ballot:
            group.append(self._queue.popleft())
        return group

    async def _commit(self, group: list[_Waiting]) -> None:
        ballot = group[0].ballot
        if ballot not in self._ledger.state.ballots:
            self._owe_all(group, NotTaken(RefusalReason.UNKNOWN_BALLOT, None))
            return
        is_over = self._phase(ballot) in _OVER
        presses = [waiting.press for waiting in group]
        try:
            outcome = await self._box.press(ballot, presses, self._answer)
        except StoreUnavailable as outage:
            log.warning("presses of ballot %s: %s", ballot, outage)
            self._in_trouble()
            self._owe_all(group, NotTaken(RefusalReason.UNAVAILABLE, self._phase(ballot)))
            return
        is_whole = outcome.state is None or self._is_whole(outcome.state, outcome.outcomes)
        late = is_over and _fresh(outcome.outcomes) > 0
        if late:
            # The box was latched before the journal said so: this is an older copy of it.
            log.error("the box of ballot %s takes votes after its end: none counts", ballot)
            self._in_trouble()
        if outcome.state is not None and is_whole and not late:
            taken = [
                (waiting.press.member, each, waiting.press.press_id)
                for waiting, each in zip(group, outcome.outcomes, strict=True)
                if isinstance(each, Accepted)
            ]
            self._landed(Landed(ballot, tuple(taken), outcome.state))
        for waiting, each in zip(group, outcome.outcomes, strict=True):
            if isinstance(each, Accepted) and not is_whole:
                reply: Reply = NotTaken(RefusalReason.UNAVAILABLE, self._phase(ballot))
            elif late and isinstance(each, Accepted) and not each.repeated:
                reply = NotTaken(RefusalReason.CLOSED, self._phase(ballot))
            else:
                reply = self._reply(ballot, each, outcome.state)
            self._owed.append((waiting, reply))

    def _owe_all(self, group: Sequence[_Waiting], reply: Reply) -> None:
        self._owed.extend((waiting, reply) for waiting in group)

    def _answer(self) -> None:
        """Give every reply that is owed."""
        while self._owed:
            waiting, reply = self._owed.popleft()
            try:
                waiting.reply(reply)
            except Exception:
                # The vote stands; this seat asks again, and the others are answered.
                log.exception("a press of %s could not be answered", waiting.press.member)

    def _is_whole(self, box: BoxState, outcomes: Sequence[PressOutcome]) -> bool:
        """Whether the box still holds all that it ever receipted; if not, nothing is receipted."""
        if self._witness.saw(box, _fresh(outcomes)):
            return True
        if self._phase(box.ballot) is not Phase.IN_DOUBT:
            log.error("the box of ballot %s went back: its presses get no receipts", box.ballot)
            self._in_trouble()
        return False

    def _reply(self, ballot: str, outcome: PressOutcome, state: BoxState | None) -> Reply:
        match outcome:
            case Accepted():
                assert state is not None, "a box that accepted has a state"  # noqa: S101  # the port says so
                return Taken(outcome, state.incarnation)
            case RefusedPress(reason=reason):
                return self._refusal(ballot, reason, state)

    def _refusal(self, ballot: str, reason: RefusalReason, state: BoxState | None) -> NotTaken:
        known = self._ledger.state.ballots.get(ballot)
        phase = None if known is None else phase_of(known.state)
        if state is not None and phase in _LIVE:
            phase = _LATCHED.get(state.phase, phase)  # the entry is being written
        if reason is RefusalReason.UNKNOWN_BALLOT and known is not None:
            reason = _without_box(known)
            if reason is RefusalReason.UNAVAILABLE:
                self._in_trouble()
        return NotTaken(reason, phase)

    def _phase(self, ballot: str) -> Phase | None:
        known = self._ledger.state.ballots.get(ballot)
        return None if known is None else phase_of(known.state)


_LIVE: Final = frozenset({Phase.OPEN, Phase.SUSPENDED})
_OVER: Final = frozenset(
    {
        Phase.CLOSED,
        Phase.DECLARED,
        Phase.CERTIFIED,
        Phase.PUBLISHED,
        Phase.CANCELLED,
        Phase.VOID,
    }
)
_LATCHED: Final = {BoxPhase.CLOSED: Phase.CLOSED, BoxPhase.CANCELLED: Phase.CANCELLED}


def _fresh(outcomes: Sequence[PressOutcome]) -> int:
    return sum(isinstance(each, Accepted) and not each.repeated for each in outcomes)


def written_choice(ballot: Ballot, choice: str | Sequence[str]) -> str | None:
    """What the box is given for a press, or None where it is no vote of this ballot.

    A box of an election takes any paper, so papers are validated here. A motion's choice is
    validated by the box.
    """
    if is_election(ballot.question):
        return written(ballot.question, choice)
    return choice if isinstance(choice, str) else None


def _without_box(ballot: Ballot) -> RefusalReason:
    """Why a press fails when the journal knows the ballot but the store has no box for it."""
    if ballot.question.mode in WITHOUT_BOX and phase_of(ballot.state) is Phase.OPEN:
        return RefusalReason.NOT_OPEN  # the seats are not asked
    match phase_of(ballot.state):
        case Phase.DRAFT | Phase.PREPARED | Phase.ANNOUNCED | Phase.IN_DOUBT:
            return RefusalReason.NOT_OPEN
        case Phase.OPEN | Phase.SUSPENDED:
            return RefusalReason.UNAVAILABLE
        case (
            Phase.CLOSED
            | Phase.DECLARED
            | Phase.CERTIFIED
            | Phase.PUBLISHED
            | Phase.CANCELLED
            | Phase.VOID
        ):
            return RefusalReason.CLOSED
