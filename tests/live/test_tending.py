"""The loops around a hub end when they are told to, whatever happens in the same moment."""

from __future__ import annotations

import asyncio

from server.hall.refusals import RefusalLog
from server.live.hub import Hub
from server.live.tending import Tending
from server.live.wording import Wording
from tests.hall_cases.room import Room, read_words


async def test_an_end_is_not_lost_in_trouble_that_comes_at_once() -> None:
    words = read_words()
    room = await Room(words).enter()
    tending = Tending(Hub(Wording(words.speech, words.rulebook), RefusalLog()), room.desk)
    await tending.start()
    await asyncio.sleep(0.2)  # every loop waits for its next round
    tending.trouble()
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await tending.stop()
    left = {task.get_name() for task in asyncio.all_tasks()}
    assert left.isdisjoint({"finish", "beat", "renew presence", "note presence", "mark", "show"})
