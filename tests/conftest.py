"""A real Redis for the tests that need one; the table of faults at the end of a run.

Rule: the server is ours, on a unix socket in a directory of the test run, set as a hall's own is;
it is never the machine's. Tests share it, so each works under a prefix of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from server.adapters.redis_server import find_server
from tests.contracts.real_redis import RealRedis
from tests.faults.plugin import (
    pytest_configure,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)

__all__ = [
    "pytest_configure",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
    "pytest_testnodedown",
    "redis_url",
]


# Machines are shared and noisy: how long an example takes is no reason to fail.
settings.register_profile("hall", deadline=None)
settings.load_profile("hall")


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the Redis server that a hall would run on this machine."""
    redis = RealRedis(find_server(), tmp_path_factory.mktemp("redis"))
    redis.start()
    yield redis.url
    redis.stop()
