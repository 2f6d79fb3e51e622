"""Every contract of the ballot box runs on memory, on Redis and on Valkey."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from server.ports import BallotBox
from tests.contracts.box_worlds import BoxWorld, MemoryWorld, RedisWorld
from tests.contracts.real_redis import RealRedis, valkey_server


@pytest.fixture(scope="session")
def valkey_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a Valkey server."""
    valkey = RealRedis(valkey_server(), tmp_path_factory.mktemp("valkey"))
    valkey.start()
    yield valkey.url
    valkey.stop()


@pytest.fixture(params=["memory", "redis", "valkey"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[BoxWorld]:
    """A box and its time."""
    world: BoxWorld
    if request.param == "memory":
        world = MemoryWorld()
    else:
        world = RedisWorld(request.getfixturevalue(f"{request.param}_url"))
    yield world
    await world.aclose()


@pytest.fixture
def box(world: BoxWorld) -> BallotBox:
    """A box whose time does not matter."""
    return world.box
