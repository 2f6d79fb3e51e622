"""A hall that is killed and started again."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.faults.plugin import KEY
from tests.faults.tally import Tally
from tests.halls import HallProcess, Operator

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
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    """One hall for a module: every test leaves it working."""
    process = HallProcess(tmp_path_factory.mktemp("faults") / "data").start()
    yield process
    assert process.stop() == 0


@pytest.fixture
def operator(hall: HallProcess) -> Iterator[Operator]:
    """An operator who clears the floor afterwards."""
    client = Operator(hall)
    yield client
    for row in client.http.get("/ballots").json()["ballots"]:
        if row["phase"] in ("announced", "open", "suspended", "in_doubt"):
            client.command(row["id"], "cancel", reason="the test is over")
    client.close()
