"""Verdicts on sealed ballots: whether their proofs hold.

Rule: a verdict is a pure function of what is stored, so it is remembered and never kept: after any
crash it is made again. It is remembered as long as its ballot can take votes. Until there is one,
nobody may say that the ballot counts, or that it does not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence

from server.ports import Proofs, SealedPress
from server.secrecy.admission import proofs_hold
from server.secrecy.election import read_election


class InlineProofs:
    """`server.ports.Proofs` in this very process: right, and slow for a whole hall."""

    async def hold(self, election: str, text: str) -> bool:
        """Whether every proof of a sealed ballot holds."""
        return proofs_hold(read_election(election), text)


class Verdicts:
    """What is known of sealed ballots, by ballot and tracker; `waiting` is the queue's length."""

    def __init__(self, proofs: Proofs | None = None) -> None:
        self._proofs: Proofs = proofs or InlineProofs()
        self._known: dict[str, dict[str, bool]] = {}
        self._running: dict[tuple[str, str], asyncio.Task[bool]] = {}
        self.told: Callable[[str, str], None] = lambda ballot, tracked: None
        """Called with each new verdict's ballot and tracker, before whoever waits goes on."""

    def waiting(self, ballot: str) -> int:
        """How many sealed ballots wait for their verdict."""
        return sum(of == ballot for of, _ in self._running)

    def holds(self, ballot: str, tracked: str) -> bool | None:
        """Whether the proofs hold, as far as it is known: None while there is no verdict."""
        return self._known.get(ballot, {}).get(tracked)

    def is_waiting(self, ballot: str, tracked: str) -> bool:
        """Whether the proofs are being checked."""
        return (ballot, tracked) in self._running

    async def of(self, ballot: str, election: str, tracked: str, text: str) -> bool:
        """Whether the proofs hold; asked twice, it is worked out once. May raise
        ProofsUnavailable."""
        known = self.holds(ballot, tracked)
        if known is not None:
            return known
        key = (ballot, tracked)
        running = self._running.get(key)
        if running is None:
            running = asyncio.create_task(self._work_out(ballot, election, tracked, text))
            self._running[key] = running
        # Whoever stops waiting must not take the verdict from those who still do.
        return await asyncio.shield(running)

    async def all(
        self, ballot: str, election: str, presses: Sequence[SealedPress]
    ) -> tuple[bool, ...]:
        """The verdicts on all of these. May raise ProofsUnavailable."""
        return tuple(
            await asyncio.gather(
                *(self.of(ballot, election, each.tracker, each.text) for each in presses)
            )
        )

    def keep(self, ballots: Collection[str]) -> None:
        """Forget all other ballots: they are over."""
        if not self._known.keys() <= set(ballots):
            self._known = {each: of for each, of in self._known.items() if each in ballots}

    async def _work_out(self, ballot: str, election: str, tracked: str, text: str) -> bool:
        try:
            holds = await self._proofs.hold(election, text)
        finally:
            del self._running[ballot, tracked]
        self._known.setdefault(ballot, {})[tracked] = holds
        self.told(ballot, tracked)
        return holds
