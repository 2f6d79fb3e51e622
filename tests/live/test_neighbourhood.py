"""What a server tells the others of presses, and what it makes of what they tell."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from server.adapters.memory_neighbours import MemoryNeighbours, Street
from server.live.neighbourhood import PRESSES_CAP, Neighbourhood
from server.neighbours import Changed, Notice, Pressed, Reported
from tests.live.open_hall import groups, open_hall
from tests.live.small_hall import SmallHall


@dataclass
class Met:
    """A hall in mid-vote, its neighbourhood, and another server of it."""

    hall: SmallHall
    ballot: str
    here: Neighbourhood
    there: MemoryNeighbours
    heard: asyncio.Queue[Notice]

    async def told(self) -> Notice:
        """What the other server hears next, but for reports."""
        async with asyncio.timeout(10):
            while isinstance(notice := await self.heard.get(), Reported):
                continue
        return notice


@asynccontextmanager
async def met() -> AsyncIterator[Met]:
    hall, ballot = await open_hall()
    street = Street(hall.clock)
    here = Neighbourhood(MemoryNeighbours(street, "here"), hall.hub, hall.desk, hall.tending)
    there, heard = MemoryNeighbours(street, "there"), asyncio.Queue[Notice]()

    async def listen() -> None:
        async for notice in there.notices():
            heard.put_nowait(notice)

    listening = asyncio.create_task(listen())
    await heard.get()
    await here.start()
    await asyncio.sleep(0.05)  # its line is there
    hall.hub.is_out_of_step()
    yield Met(hall, ballot, here, there, heard)
    await here.stop()
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


async def test_what_landed_is_told_whole() -> None:
    async with met() as hall:
        first, second = await groups(hall.hall, hall.ballot, ("AA", "yes"), ("BB", "no"))
        hall.here.pressed(first)
        hall.here.pressed(second)
        assert await hall.told() == Pressed(hall.ballot, (first, second))
        hall.here.changed()
        assert await hall.told() == Changed()


async def test_what_was_asked_for_again_is_looked_for() -> None:
    """It may have landed in an outage, when this server did not know."""
    async with met() as hall:
        await groups(hall.hall, hall.ballot, ("AA", "yes"))
        (again,) = await groups(hall.hall, hall.ballot, ("AA", "yes"))
        hall.here.pressed(again)
        assert await hall.told() == Pressed(hall.ballot)
        # Where nothing was taken there is nothing to tell.
        hall.here.pressed(replace(again, presses=()))
        hall.here.changed()
        assert await hall.told() == Changed()


async def test_more_than_is_heard_in_one_go_is_looked_for() -> None:
    async with met() as hall:
        (group,) = await groups(hall.hall, hall.ballot, ("AA", "yes"))
        hall.here.pressed(replace(group, presses=group.presses * (PRESSES_CAP + 1)))
        assert await hall.told() == Pressed(hall.ballot)


async def test_what_another_server_tells_is_shown_without_a_look() -> None:
    async with met() as hall:
        told = await groups(hall.hall, hall.ballot, ("AA", "yes"), ("BB", "no"), ("CC", "no"))
        await hall.there.tell(Pressed(hall.ballot, (told[2],)))
        await hall.there.tell(Pressed(hall.ballot, (told[0], told[1])))
        await asyncio.sleep(0.05)
        assert hall.hall.hub.box == told[2].state
        assert not hall.hall.hub.is_out_of_step()
        await hall.there.tell(Pressed("another ballot"))
        await asyncio.sleep(0.05)
        assert not hall.hall.hub.is_out_of_step()
        await hall.there.tell(Pressed(hall.ballot))
        await asyncio.sleep(0.05)
        assert hall.hall.hub.is_out_of_step()
