"""Verdicts on sealed ballots: whether their proofs hold.

Rule: a verdict is a pure function of what is stored, so it is remembered and never kept: after any
crash it is made again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

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
        self._known: dict[tuple[str, str], bool] = {}
        self._running: dict[tuple[str, str], asyncio.Task[bool]] = {}

    def waiting(self, ballot: str) -> int:
        """How many sealed ballots wait for their verdict."""
        return sum(of == ballot for of, _ in self._running)

    async def of(self, ballot: str, election: str, tracked: str, text: str) -> bool:
        """Whether the proofs hold; asked twice, it is worked out once. May raise
        ProofsUnavailable."""
        key = (ballot, tracked)
        if key in self._known:
            return self._known[key]
        running = self._running.get(key)
        if running is None:
            running = asyncio.create_task(self._proofs.hold(election, text))
            self._running[key] = running
            running.add_done_callback(lambda _: self._running.pop(key, None))
        # Whoever stops waiting must not take the verdict from those who still do.
        verdict = await asyncio.shield(running)
        self._known[key] = verdict
        return verdict

    async def all(
        self, ballot: str, election: str, presses: Sequence[SealedPress]
    ) -> tuple[bool, ...]:
        """The verdicts on all of these. May raise ProofsUnavailable."""
        return tuple(
            await asyncio.gather(
                *(self.of(ballot, election, each.tracker, each.text) for each in presses)
            )
        )

    def forget(self, ballot: str) -> None:
        """Forget a ballot that is over."""
        self._known = {key: value for key, value in self._known.items() if key[0] != ballot}
