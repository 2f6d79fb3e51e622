"""Seats come in: each takes a generation of its Member's voting right, and makes it present.

Rule (invariants 3 and 17): both are on disk before the seat is welcomed. Those who come together
share two calls to the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from server.gathering import Gathering
from server.hall.desk import Desk
from server.hall.presence import renew

TOGETHER: Final = 500
"""The most seats in one call."""


class Doorway:
    """Where seats come in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._gathering = Gathering(self._arrive, TOGETHER)

    async def come_in(self, members: Sequence[str]) -> list[int]:
        """The generation of a seat of each of these Members. May raise StoreUnavailable."""
        return await self._gathering.ask_all(members)

    async def _arrive(self, members: Sequence[str]) -> Sequence[int]:
        taken = await self._desk.box.take_generations(members)
        await renew(self._desk, members)
        return taken
