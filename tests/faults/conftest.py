"""A hall that is killed and started again."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.faults.plugin import KEY
from tests.faults.stage import Stage
from tests.faults.tally import Tally
from tests.halls import HallProcess
from tests.history import History
from tests.history.clients import Operator
from tests.own_hall import hall

__all__ = ["hall"]

ROUNDS = int(os.environ.get("HEMICYCLE_FAULT_ROUNDS", "1"))
"""How often each killing is repeated; more than one asks for the long schedules too."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long schedules out of the short run."""
    if ROUNDS > 1:
        return
    long = [item for item in items if item.get_closest_marker("long") is not None]
    items[:] = [item for item in items if item not in long]
    config.hook.pytest_deselected(items=long)


@pytest.fixture(scope="session")
def rounds() -> int:
    """How often each killing is repeated."""
    return ROUNDS


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> Tally:
    """What this run injected and checked."""
    return request.config.stash[KEY]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, tally: Tally) -> Iterator[Stage]:
    """One hall for a module, whose processes can be made to die at a step."""
    stage = Stage(tmp_path_factory.mktemp("stage"), tally)
    yield stage
    assert stage.hall.stop() == 0


@pytest.fixture
def history() -> History:
    """What is told in one test."""
    return History()


@pytest.fixture
async def operator(hall: HallProcess, history: History) -> AsyncIterator[Operator]:
    """An operator who clears the floor afterwards."""
    async with Operator(history, lambda: hall.url) as operator:
        yield operator
        await operator.clear_the_floor()
