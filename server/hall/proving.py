"""Sealed ballots are taken: admitted, stored, proved, and only then receipted.

Rule: a seat is told `received` when its ballot is on disk, and gets its receipt
when the proofs hold. A ballot whose proofs do not hold is refused and journaled, and the seat's
earlier valid one stays in force. One ballot of a seat is proved at a time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from server.ballots.events import BallotEvent
from server.ballots.life import Ballot, InDoubt, Open, Suspended, phase_of
from server.ballots.secret import SealedVote, Secret
from server.hall.desk import Desk
from server.hall.ledger import Plan, Refused
from server.hall.press import NotTaken, PressDesk, Reply, Taken
from server.hall.state import HallState
from server.ports import BoxPress, ProofsUnavailable, StoreUnavailable
from server.record.entry import Event
from server.secrecy.admission import NotAdmitted, admit
from server.secrecy.ballot import tracker
from server.secrecy.election import read_election
from server.vocabulary import RefusalReason

log = logging.getLogger("hemicycle.proving")

ACTOR: Final = "server:proving"


@dataclass(frozen=True, slots=True)
class Received:
    """The sealed ballot is on disk; nothing is recorded yet."""

    tracker: str
    n: int


class SealedDesk:
    """Takes sealed ballots: admitted, stored, told as received, proved, and then answered."""

    def __init__(self, desk: Desk, press_desk: PressDesk) -> None:
        self._desk = desk
        self._press_desk = press_desk
        self._waiting: dict[tuple[str, str], str] = {}
        """The press_id of each Member's ballot that is being proved, by ballot and Member."""
        self._highest: dict[tuple[str, str], int] = {}
        """The highest number of a Member's ballots that were proved."""
        self._tasks: set[asyncio.Task[None]] = set()

    def put(
        self,
        ballot: Ballot,
        press: BoxPress,
        received: Callable[[Received], None],
        reply: Callable[[Reply], None],
    ) -> None:
        """Take a sealed ballot, `press.sealed`; `received` is called when it is on disk, and
        `reply` once, when its fate is known."""
        refusal = self._refusal(ballot, press)
        if refusal is not None:
            reply(NotTaken(refusal, phase_of(ballot.state)))
            return
        tracked = tracker(press.sealed)
        whose = (ballot.id, press.member)
        self._waiting[whose] = press.press_id

        def stored(outcome: Reply) -> None:
            match outcome:
                case NotTaken():
                    self._leave(whose, press.press_id)
                    reply(outcome)
                case Taken(accepted=accepted):
                    received(Received(tracked, accepted.n))
                    task = asyncio.get_running_loop().create_task(
                        self._prove(ballot, press, tracked, outcome, reply)
                    )
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)

        self._press_desk.put(ballot.id, replace(press, choice=tracked), stored)

    def _refusal(self, ballot: Ballot, press: BoxPress) -> RefusalReason | None:
        secret = ballot.secret
        if secret is None:
            return RefusalReason.NOT_OPEN
        public = secret.accredited.get(press.member)
        if public is None:
            return RefusalReason.NOT_ACCREDITED
        if self._waiting.get((ballot.id, press.member), press.press_id) != press.press_id:
            return RefusalReason.RATE_LIMITED
        admitted = admit(read_election(secret.election), press.sealed, public)
        return RefusalReason.BAD_PROOF if isinstance(admitted, NotAdmitted) else None

    async def _prove(
        self,
        ballot: Ballot,
        press: BoxPress,
        tracked: str,
        taken: Taken,
        reply: Callable[[Reply], None],
    ) -> None:
        whose, n = (ballot.id, press.member), taken.accepted.n
        secret = ballot.secret
        assert secret is not None  # noqa: S101  # it was admitted to a secret ballot
        try:
            holds = await self._desk.verdicts.of(ballot.id, secret.election, tracked, press.sealed)
            if holds:
                self._highest[whose] = max(n, self._highest.get(whose, 0))
                current = self._highest[whose] == n
                reply(Taken(replace(taken.accepted, current=current), taken.incarnation))
                return
            refused = SealedVote(press.member, n, press.press_id, tracked, "")
            await journal_refused(self._desk, ballot.id, (refused,))
        except (ProofsUnavailable, StoreUnavailable) as outage:
            log.warning("a sealed ballot of %s could not be proved: %s", ballot.id, outage)
            reply(NotTaken(RefusalReason.UNAVAILABLE, phase_of(ballot.state)))
            return
        finally:
            self._leave(whose, press.press_id)
        reply(NotTaken(RefusalReason.BAD_PROOF, phase_of(ballot.state)))
        await self._desk.changed()

    def _leave(self, whose: tuple[str, str], press_id: str) -> None:
        if self._waiting.get(whose) == press_id:
            del self._waiting[whose]


def refused_events(
    desk: Desk, secret: Secret, ballot: str, refused: Sequence[SealedVote]
) -> tuple[Event, ...]:
    """An entry for each ballot whose proofs do not hold, and that has none yet."""
    return tuple(
        desk.event(
            BallotEvent.SEALED_REFUSED.value,
            ballot,
            ACTOR,
            {"member": each.member, "n": each.n, "tracker": each.tracker},
        )
        for each in refused
        if each.n not in secret.refused
    )


async def journal_refused(desk: Desk, ballot: str, refused: Sequence[SealedVote]) -> None:
    """Journal that these ballots' proofs do not hold. Idempotent. May raise StoreUnavailable."""

    def decide(state: HallState) -> Plan | Refused[None]:
        now = state.ballots[ballot]
        if now.secret is None or not isinstance(now.state, Open | Suspended | InDoubt):
            return Refused(None, state)  # the closing entry has told it
        events = refused_events(desk, now.secret, ballot, refused)
        return Plan(events) if events else Refused(None, state)

    await desk.ledger.record(decide)


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
