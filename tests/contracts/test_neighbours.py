"""Servers of one hall tell each other: the same in memory and through a real Redis."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator, Callable

import pytest

from server.adapters.memory_neighbours import MemoryNeighbours, Street
from server.adapters.redis_box_calls import connect
from server.adapters.redis_neighbours import RedisNeighbours
from server.neighbours import (
    Changed,
    Fenced,
    Missed,
    Neighbours,
    Notice,
    Pressed,
    Reported,
    SeatOnline,
    SeatRefusals,
    ServerReport,
)
from server.ports import Accepted, BoxPhase, BoxState, Landed
from server.vocabulary import Language, RefusalReason, Signal
from tests.contracts.manual_clock import ManualClock

REPORT = ServerReport(
    epoch=3,
    online=(SeatOnline("FR-1", "FR", 7, Language.FR, frozenset({Signal.ASSISTANCE})),),
    refusals=(SeatRefusals("b-1", "ES-1", RefusalReason.CLOSED, 2),),
)

Meet = Callable[[str], Neighbours]


@pytest.fixture(params=["memory", "redis"])
async def meet(request: pytest.FixtureRequest) -> AsyncIterator[Meet]:
    """Makes the neighbours of one hall, by name."""
    street, hall = Street(ManualClock()), uuid.uuid4().hex
    async with contextlib.AsyncExitStack() as stack:

        def one(name: str) -> Neighbours:
            if request.param == "memory":
                return MemoryNeighbours(street, name)
            url: str = request.getfixturevalue("redis_url")
            there = RedisNeighbours(connect(url), hall, name)
            stack.push_async_callback(there.aclose)
            return there

        yield one


@contextlib.asynccontextmanager
async def listening(who: Neighbours) -> AsyncIterator[asyncio.Queue[Notice]]:
    """What it hears, from when its line is there."""
    heard: asyncio.Queue[Notice] = asyncio.Queue()

    async def listen() -> None:
        async for notice in who.notices():
            heard.put_nowait(notice)

    task = asyncio.create_task(listen())
    assert await asyncio.wait_for(heard.get(), 10) == Missed()
    yield heard
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_notices_reach_the_others_and_not_oneself(meet: Meet) -> None:
    here, there = meet("here"), meet("there")
    state = BoxState(
        "b-1",
        BoxPhase.OPEN,
        4,
        "0f",
        2,
        "ab",
        1,
        {"yes": 0, "no": 1},
        17,
        None,
        None,
        None,
        False,
        9,
    )
    presses = (
        ("FR", Accepted(1, "yes", current=False, repeated=False), "id-1"),
        ("FR", Accepted(2, "no", current=True, repeated=False), "id-2"),
    )
    pressed = Pressed("b-1", (Landed("b-1", presses, state), Landed("b-1", presses, state)))
    notices: list[Notice] = [
        pressed,
        Pressed("b-1"),
        Changed(),
        Reported(),
        Fenced(3, {"FR": 7}, "FR-1"),
    ]
    async with listening(here) as own, listening(there) as heard:
        for notice in notices:
            await here.tell(notice)
        assert [await asyncio.wait_for(heard.get(), 10) for _ in notices] == notices
        await there.tell(Fenced(3, {"FR": 8, "ES": 1}, None))
        assert await asyncio.wait_for(own.get(), 10) == Fenced(3, {"FR": 8, "ES": 1}, None)
        assert own.empty()


async def test_a_report_is_whole_and_the_latest_counts(meet: Meet) -> None:
    here, there = meet("here"), meet("there")
    assert await there.reports() == {}
    await here.report(REPORT)
    assert await there.reports() == {"here": REPORT}
    assert await here.reports() == {}
    await here.report(REPORT)
    assert await there.reports() == {"here": REPORT}
    await here.report(ServerReport(epoch=3))
    assert await there.reports() == {"here": ServerReport(epoch=3)}
    await here.leave()
    await here.leave()
    assert await there.reports() == {}


async def test_a_report_lapses_with_its_server() -> None:
    clock = ManualClock()
    street = Street(clock)
    here, there = MemoryNeighbours(street, "here"), MemoryNeighbours(street, "there")
    await here.report(REPORT)
    clock.advance(3_999)
    assert await there.reports() == {"here": REPORT}
    clock.advance(1)
    assert await there.reports() == {}


async def test_a_report_in_redis_lapses_and_comes_back(redis_url: str) -> None:
    hall = uuid.uuid4().hex
    here, there = (RedisNeighbours(connect(redis_url), hall, name) for name in ("here", "there"))
    await here.report(REPORT)
    assert await there.reports() == {"here": REPORT}
    plain = connect(redis_url, connections=1)
    # As if four seconds had passed: both the report and its line in the list are gone.
    await plain.delete(f"{{{hall}}}:report:here", f"{{{hall}}}:servers")
    assert await there.reports() == {}
    await here.report(REPORT)
    assert await there.reports() == {"here": REPORT}
    for each in (here, there):
        await each.aclose()
    await plain.aclose(close_connection_pool=True)


async def test_a_line_that_was_cut_is_made_anew(redis_url: str) -> None:
    hall = uuid.uuid4().hex
    here, there = (RedisNeighbours(connect(redis_url), hall, name) for name in ("here", "there"))
    plain = connect(redis_url, connections=1)
    async with listening(there) as heard:
        await plain.client_kill_filter(_type="pubsub")
        assert await asyncio.wait_for(heard.get(), 10) == Missed()
        await here.tell(Changed())
        assert await asyncio.wait_for(heard.get(), 10) == Changed()
        # A line on which nothing is heard, not even oneself, is cut too.
        assert await asyncio.wait_for(heard.get(), 15) == Missed()
    for each in (here, there):
        await each.aclose()
    await plain.aclose(close_connection_pool=True)


async def test_what_a_newer_server_says_is_left_out(redis_url: str) -> None:
    hall = uuid.uuid4().hex
    there = RedisNeighbours(connect(redis_url), hall, "there")
    newer = connect(redis_url, connections=1)
    async with listening(there) as heard:
        await newer.publish(f"{{{hall}}}:notices", b'["new","unheard-of",1]')
        await newer.publish(f"{{{hall}}}:notices", b'["new","pressed","b-1","more"]')
        assert await asyncio.wait_for(heard.get(), 10) == Pressed("b-1")
        # What it says was pressed is told in another way: then it is looked for.
        await newer.publish(f"{{{hall}}}:notices", b'["new","pressed","b-1",[[{"n":1},[],3]]]')
        assert await asyncio.wait_for(heard.get(), 10) == Pressed("b-1")
        await newer.publish(f"{{{hall}}}:notices", b'["new","pressed","b-1",[[{"phase":"?"},[]]]]')
        assert await asyncio.wait_for(heard.get(), 10) == Pressed("b-1")
    await there.aclose()
    await newer.aclose(close_connection_pool=True)
