"""A box that counts who asks it for generations, and can be away."""

from __future__ import annotations

from collections.abc import Sequence

from server.adapters.memory_box import MemoryBallotBox
from server.ports import StoreUnavailable


class CountingBox(MemoryBallotBox):
    """Counts how often it is asked for generations, and can be away."""

    asked = 0
    away = False

    async def take_generations(self, members: Sequence[str]) -> tuple[int, ...]:
        self.asked += 1
        if self.away:
            raise StoreUnavailable("away")
        return await super().take_generations(members)
