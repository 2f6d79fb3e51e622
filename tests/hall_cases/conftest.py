"""Halls to try the use cases on: with the memory box, and with a box in a real Redis."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest

from server.adapters.memory_box import MemoryBallotBox
from server.adapters.redis_box import RedisBallotBox
from server.ports import BallotBox
from tests.contracts.manual_clock import ManualClock
from tests.hall_cases.room import Room, Words, read_words


@pytest.fixture(scope="session")
def words() -> Words:
    return read_words()


@pytest.fixture
async def room(words: Words) -> Room:
    """A hall in memory, where time is moved by hand."""
    return await Room(words).enter()


@dataclass(frozen=True, slots=True)
class Stores:
    """Makes fresh stores of votes of one kind."""

    fresh: Callable[[], BallotBox]
    clock: ManualClock


@pytest.fixture(params=["memory", "redis"])
async def stores(request: pytest.FixtureRequest) -> AsyncIterator[Stores]:
    """Where boxes come from: every one is a store of its own."""
    clock = ManualClock()
    if request.param == "memory":
        yield Stores(lambda: MemoryBallotBox(clock), clock)
        return
    url = request.getfixturevalue("redis_url")
    made: list[RedisBallotBox] = []

    def fresh() -> BallotBox:
        made.append(RedisBallotBox.at(url, uuid.uuid4().hex))
        return made[-1]

    yield Stores(fresh, clock)
    for box in made:
        await box.aclose()


@pytest.fixture
async def hall(words: Words, stores: Stores) -> Room:
    """A hall whose box is in memory or in a real Redis."""
    return await Room(words, box=stores.fresh(), clock=stores.clock).enter()
