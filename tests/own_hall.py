"""Fixtures: a hall of a module's own, as it is by default, and the operator of whatever hall it is.

A module takes them by importing them, or from the `conftest.py` of its folder.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.halls import HallProcess, Operator


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    """It must end well."""
    process = HallProcess(tmp_path_factory.mktemp("hall") / "data").start()
    yield process
    assert process.stop() == 0


@pytest.fixture
def operator(hall: HallProcess) -> Iterator[Operator]:
    """The operator; whatever ballot a test leaves on the floor is cancelled after it."""
    client = Operator(hall)
    yield client
    client.clear_the_floor()
    client.close()
