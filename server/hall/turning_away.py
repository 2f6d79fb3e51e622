"""Sealed ballots that are not taken at all: who sent them, and why, in the journal.

Rule (invariant 14): a seat gets one entry's row for each reason in a ballot, with the tracker of
the first, however often it tries; the rows of a second make one entry, behind the answers. So a
hostile seat slows nobody and fills nothing. How often is in the log of refusals, whose digest the
closing entry has. A ballot that was stored and whose proofs then failed has an entry of its own.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Final

from server.ballots.events import BallotEvent
from server.ballots.life import InDoubt, Open, State, Suspended, takes_what_was_turned_away
from server.ballots.secret import TurnedAway, turned_away_payload
from server.hall.desk import Desk
from server.hall.ledger import Plan, Refused
from server.hall.state import HallState
from server.ports import StoreUnavailable
from server.vocabulary import SealedFault

log = logging.getLogger("hemicycle.turning_away")

ACTOR: Final = "server:admission"

PAUSE: Final = 1.0
"""Seconds for which rows are gathered into one entry."""

LAST: Final = 2.0
"""Seconds that the last entry may take when the server ends."""

_Key = tuple[str, str, SealedFault]


class TurningAway:
    """Gathers who was turned away in which ballot, and journals it."""

    def __init__(self, desk: Desk, pause: float = PAUSE) -> None:
        self._desk = desk
        self._pause = pause
        self._told: set[_Key] = set()
        self._waiting: dict[_Key, str] = {}
        self._writing: asyncio.Task[None] | None = None
        self._one = asyncio.Lock()

    def note(self, ballot: str, member: str, fault: SealedFault, tracker: str) -> None:
        """A Member's sealed ballot with this tracker was not taken."""
        key = (ballot, member, fault)
        if key in self._told:
            return
        self._told.add(key)
        self._waiting[key] = tracker
        if self._writing is None:
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def settle(self) -> None:
        """Journal what is noted, now. What cannot be journaled yet goes on waiting."""
        async with self._one:
            rows, self._waiting = self._waiting, {}
            left = dict(rows)
            try:
                for ballot in dict.fromkeys(each for each, _, _ in rows):
                    if await self._is_journaled(ballot, rows):
                        done = {key: at for key, at in rows.items() if key[0] == ballot}
                        left = {key: at for key, at in left.items() if key not in done}
                        left |= self._too_early(done)
            finally:
                self._waiting = {**left, **self._waiting}

    async def _is_journaled(self, ballot: str, rows: Mapping[_Key, str]) -> bool:
        try:
            await self._journal(ballot, rows)
        except StoreUnavailable as outage:
            log.warning("who was turned away is journaled later: %s", outage)
        except Exception:
            # A bug must not lose them: each is noted once, and never again.
            log.exception("who was turned away could not be journaled")
        else:
            return True
        return False

    async def stop(self) -> None:
        """The server ends: journal what is noted, in a moment or not at all."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.wait({self._writing})
        try:
            async with asyncio.timeout(LAST):
                await self.settle()
        except TimeoutError:
            log.warning("the journal took too long for who was turned away last")
        if self._waiting:
            log.warning("%s sealed ballots were turned away unjournaled", len(self._waiting))

    async def _write(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(self._pause)
                await self.settle()
        finally:
            self._writing = None

    def _too_early(self, rows: Mapping[_Key, str]) -> dict[_Key, str]:
        """What came after the box was latched waits for the closing entry, which has to wait for
        proofs."""
        ballots = self._desk.ledger.state.ballots
        return {
            key: tracker
            for key, tracker in rows.items()
            if key[2] is SealedFault.LATE and _is_cast_in(ballots[key[0]].state)
        }

    async def _journal(self, ballot: str, rows: Mapping[_Key, str]) -> None:
        """Journal a ballot's rows. Idempotent. May raise StoreUnavailable."""

        def decide(state: HallState) -> Plan | Refused[None]:
            now = state.ballots[ballot]
            if now.secret is None or not takes_what_was_turned_away(now.state):
                return Refused(None, state)  # nothing of it belongs to the ballot any more
            known = {(each.member, each.fault) for each in now.secret.turned_away}
            fresh = [
                TurnedAway(member, fault, tracker)
                for (whose, member, fault), tracker in sorted(rows.items())
                if whose == ballot
                and (member, fault) not in known
                and not (fault is SealedFault.LATE and _is_cast_in(now.state))
            ]
            if not fresh:
                return Refused(None, state)
            kind = BallotEvent.SEALED_TURNED_AWAY.value
            return Plan((self._desk.event(kind, ballot, ACTOR, turned_away_payload(fresh)),))

        await self._desk.ledger.record(decide)
        await self._desk.changed()


def _is_cast_in(state: State) -> bool:
    """Whether, as far as the journal tells, the voting is not closed."""
    return isinstance(state, Open | Suspended | InDoubt)
