"""One hall process for the tests of the interface, shared since each start costs seconds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any, Protocol

import pytest

from tests.halls import Client, HallProcess
from tests.own_hall import operator

__all__ = ["operator"]


class Door(Protocol):
    """Opens a socket of the shared hall, and says hello."""

    async def __call__(self, path: str, token: str, **hello: Any) -> Client: ...


@pytest.fixture(scope="package")
def shared_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    process = HallProcess(tmp_path_factory.mktemp("shared") / "data").start()
    yield process
    assert process.stop() == 0


@pytest.fixture
def hall(shared_hall: HallProcess) -> HallProcess:
    """Where a module has none of its own."""
    return shared_hall


@pytest.fixture
async def door(shared_hall: HallProcess) -> AsyncIterator[Door]:
    """Whatever came through it is closed after the test."""
    clients: list[Client] = []

    async def enter(path: str, token: str, **hello: Any) -> Client:
        client = await Client.open(f"{shared_hall.ws}/{path}", token, **hello)
        clients.append(client)
        return client

    yield enter
    await asyncio.gather(*(client.close() for client in clients))
