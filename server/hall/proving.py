"""Sealed ballots are taken: admitted, stored, proved, and only then receipted.

Rule: a seat is told `received` when its ballot is on disk, and gets its receipt
when the proofs hold. A ballot whose proofs do not hold is refused and journaled, then disowned by
the box, so that the seat's earlier valid one stays in force. One ballot of a seat is proved at a
time; the newest that it presses meanwhile waits, in memory only. A verdict holds for the box that
took the ballot: if that was lost meanwhile, nothing is known, and the number may be another's.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from server.ballots.events import BallotEvent
from server.ballots.life import Ballot, InDoubt, Open, Suspended, closure_of, phase_of
from server.ballots.secret import SealedVote, Secret
from server.hall.desk import Desk
from server.hall.ledger import Plan, Refused
from server.hall.press import NotTaken, PressDesk, Reply, Taken
from server.hall.state import HallState
from server.hall.turning_away import TurningAway
from server.ports import BoxPress, ProofsUnavailable, StoreUnavailable
from server.record.entry import Event
from server.secrecy.admission import Fault, NotAdmitted, admit
from server.secrecy.ballot import tracker
from server.secrecy.election import read_election
from server.vocabulary import RefusalReason, SealedFault

log = logging.getLogger("hemicycle.proving")

ACTOR: Final = "server:proving"

PATIENCE: Final = 10
"""How many ballots without proof one Member may send in a ballot: each is work and an entry."""


@dataclass(frozen=True, slots=True)
class Received:
    """The sealed ballot is on disk; nothing is recorded yet."""

    tracker: str
    n: int


@dataclass(frozen=True, slots=True)
class _Next:
    press: BoxPress
    received: Callable[[Received], None]
    reply: Callable[[Reply], None]


@dataclass(frozen=True, slots=True)
class _Proving:
    press_id: str
    tracker: str


class SealedDesk:
    """Takes sealed ballots: admitted, stored, told as received, proved, and then answered."""

    def __init__(self, desk: Desk, press_desk: PressDesk) -> None:
        self._desk = desk
        self._press_desk = press_desk
        self._waiting: dict[tuple[str, str], _Proving] = {}
        """Each Member's ballot that is being proved, by ballot and Member."""
        self._next: dict[tuple[str, str], _Next] = {}
        """What a Member pressed meanwhile."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._turned_away = TurningAway(desk)

    def put(
        self,
        ballot: Ballot,
        press: BoxPress,
        received: Callable[[Received], None],
        reply: Callable[[Reply], None],
    ) -> None:
        """Take a sealed ballot, `press.sealed`; `received` is called when it is on disk, and
        `reply` once, when its fate is known."""
        self._put(ballot, press, received, reply)

    def _put(
        self,
        ballot: Ballot,
        press: BoxPress,
        received: Callable[[Received], None],
        reply: Callable[[Reply], None],
        *,
        has_waited: bool = False,
    ) -> None:
        whose = (ballot.id, press.member)
        tracked = tracker(press.sealed)
        waiting = self._waiting.get(whose)
        if waiting is not None and waiting.press_id != press.press_id:
            given_up = self._next.get(whose)
            self._next[whose] = _Next(press, received, reply)
            if given_up is not None and given_up.press.press_id != press.press_id:
                given_up.reply(NotTaken(RefusalReason.RATE_LIMITED, phase_of(ballot.state)))
            return
        if waiting is not None and waiting.tracker != tracked:
            # At once: the box would say it later, and the other would be taken for answered.
            reply(NotTaken(RefusalReason.PRESS_ID_REUSED, phase_of(ballot.state)))
            return
        refusal = _refusal(ballot, press)
        if isinstance(refusal, Fault):
            self._turned_away.note(ballot.id, press.member, SealedFault(refusal.value), tracked)
            refusal = RefusalReason.BAD_PROOF
        if refusal is not None:
            reply(NotTaken(refusal, phase_of(ballot.state)))
            return
        self._waiting[whose] = _Proving(press.press_id, tracked)

        def stored(outcome: Reply) -> None:
            match outcome:
                case NotTaken(reason=reason):
                    if waiting is None:  # else its first sending still waits for the proof
                        self._leave(whose, press.press_id)
                    fault = _TURNS_AWAY.get(reason)
                    # Pressed in time, and late only because another was being proved: no fault.
                    if fault is not None and not (has_waited and fault is SealedFault.LATE):
                        self._turned_away.note(ballot.id, press.member, fault, tracked)
                    reply(outcome)
                case Taken(accepted=accepted):
                    task = asyncio.get_running_loop().create_task(
                        self._prove(ballot, press, tracked, outcome, reply)
                    )
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)
                    # Last: the ballot is proved whether or not its seat can be told.
                    received(Received(tracked, accepted.n))

        self._press_desk.put(ballot.id, press._replace(choice=tracked), stored)

    async def settled(self) -> None:
        """Wait until every sealed ballot taken so far is answered."""
        while self._waiting:
            await self._press_desk.drained()
            await asyncio.gather(*self._tasks)

    async def journaled(self) -> None:
        """See that the journal has what was turned away so far, but for what has to wait."""
        await self._turned_away.settle()

    async def stop(self) -> None:
        """The server ends: journal what was turned away in its last second."""
        await self._turned_away.stop()

    async def _prove(
        self,
        ballot: Ballot,
        press: BoxPress,
        tracked: str,
        taken: Taken,
        reply: Callable[[Reply], None],
    ) -> None:
        whose, n = (ballot.id, press.member), taken.accepted.n
        phase = phase_of(ballot.state)
        secret = ballot.secret
        assert secret is not None  # noqa: S101  # it was admitted to a secret ballot
        try:
            holds = await self._desk.verdicts.of(ballot.id, secret.election, tracked, press.sealed)
            if not holds:
                refused = SealedVote(press.member, n, press.press_id, tracked, press.sealed)
                await journal_refused(self._desk, ballot.id, taken.incarnation, (refused,))
                await disown_refused(self._desk, self._desk.ledger.state.ballots[ballot.id])
            now = self._desk.ledger.state.ballots[ballot.id]
            if not _counts(now, taken.incarnation):
                reply(NotTaken(RefusalReason.UNAVAILABLE, phase_of(now.state)))
                return
            if holds:
                reply(taken)
                return
        except (ProofsUnavailable, StoreUnavailable) as outage:
            log.warning("a sealed ballot of %s could not be proved: %s", ballot.id, outage)
            reply(NotTaken(RefusalReason.UNAVAILABLE, phase))
            return
        except Exception:
            # A bug must not leave a seat without an answer: unknown is the truth.
            log.exception("a sealed ballot of %s failed", ballot.id)
            reply(NotTaken(RefusalReason.UNAVAILABLE, phase))
            return
        finally:
            self._leave(whose, press.press_id)
        reply(NotTaken(RefusalReason.BAD_PROOF, phase))
        await self._desk.changed()

    def _leave(self, whose: tuple[str, str], press_id: str) -> None:
        waiting = self._waiting.get(whose)
        if waiting is None or waiting.press_id != press_id:
            return
        del self._waiting[whose]
        following = self._next.pop(whose, None)
        if following is not None:
            now = self._desk.ledger.state.ballots[whose[0]]
            press, received, reply = following.press, following.received, following.reply
            self._put(now, press, received, reply, has_waited=True)


_TURNS_AWAY: Final = {
    RefusalReason.BAD_CHOICE: SealedFault.REPLAYED,
    RefusalReason.CLOSED: SealedFault.LATE,
}
"""What the box says of a sealed ballot that it does not take, and what that is in the journal."""


def _refusal(ballot: Ballot, press: BoxPress) -> RefusalReason | Fault | None:
    """Why a sealed ballot is not even stored, or None."""
    secret = ballot.secret
    if secret is None:
        return RefusalReason.NOT_OPEN
    public = secret.accredited.get(press.member)
    if public is None:
        return RefusalReason.NOT_ACCREDITED
    if sum(member == press.member for member in secret.refused.values()) >= PATIENCE:
        return RefusalReason.RATE_LIMITED
    admitted = admit(read_election(secret.election), press.sealed, public)
    return admitted.reason if isinstance(admitted, NotAdmitted) else None


def _counts(ballot: Ballot, incarnation: str) -> bool:
    """Whether what a box of this incarnation has taken counts, as far as the journal knows."""
    match ballot.state:
        case Open(step=step) | Suspended(step=step):
            return step.incarnation == incarnation
        case InDoubt():
            return False
        case _:
            closure = closure_of(ballot)
            return closure is None or closure.incarnation == incarnation


def refused_events(
    desk: Desk, secret: Secret, ballot: str, refused: Sequence[SealedVote]
) -> tuple[Event, ...]:
    """An entry for each ballot whose proofs do not hold, and that has none yet.

    It has the text: whoever reads the record can check that the proofs do not hold.
    """
    return tuple(
        desk.event(
            BallotEvent.SEALED_REFUSED.value,
            ballot,
            ACTOR,
            {"member": each.member, "n": each.n, "tracker": each.tracker, "text": each.text},
        )
        for each in refused
        if each.n not in secret.refused
    )


async def journal_refused(
    desk: Desk, ballot: str, incarnation: str, refused: Sequence[SealedVote]
) -> None:
    """Journal that the proofs of these ballots of a box do not hold. Idempotent. May raise
    StoreUnavailable."""

    def decide(state: HallState) -> Plan | Refused[None]:
        now = state.ballots[ballot]
        if now.secret is None or not isinstance(now.state, Open | Suspended):
            return Refused(None, state)  # the closing entry has told it, or will
        if not _counts(now, incarnation):
            return Refused(None, state)
        events = refused_events(desk, now.secret, ballot, refused)
        return Plan(events) if events else Refused(None, state)

    await desk.ledger.record(decide)


async def disown_refused(desk: Desk, ballot: Ballot) -> None:
    """See that the box holds no ballot that was refused. Idempotent. May raise StoreUnavailable."""
    refused = {} if ballot.secret is None else ballot.secret.refused
    for member in dict.fromkeys(refused.values()):
        numbers = [n for n, whose in refused.items() if whose == member]
        await desk.box.disown(ballot.id, member, numbers)


async def proved(
    desk: Desk, ballot: Ballot
) -> tuple[tuple[SealedVote, ...], tuple[SealedVote, ...]]:
    """All sealed ballots of a latched box: those whose proofs hold, and the others, in order.

    Waits for the queue. May raise StoreUnavailable, also where proofs cannot be checked now.
    """
    secret = ballot.secret
    assert secret is not None  # noqa: S101  # the caller closes a secret ballot
    presses = await desk.box.sealed(ballot.id)
    try:
        verdicts = await desk.verdicts.all(ballot.id, secret.election, presses)
    except ProofsUnavailable as outage:
        raise StoreUnavailable(f"the proofs cannot be checked: {outage}") from outage
    votes = [
        SealedVote(each.member, each.n, each.press_id, each.tracker, each.text) for each in presses
    ]
    held = tuple(vote for vote, holds in zip(votes, verdicts, strict=True) if holds)
    others = tuple(vote for vote, holds in zip(votes, verdicts, strict=True) if not holds)
    return held, others
