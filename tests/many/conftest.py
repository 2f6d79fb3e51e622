"""Several real servers of one hall, on one Redis and one PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.adapters.redis_server import find_server
from server.adapters.signing_key import FILE_NAME
from tests.contracts.real_redis import RealRedis
from tests.contracts.sql_stores import postgres_server, postgres_url
from tests.halls import HallProcess, Operator

__all__ = ["postgres_server", "postgres_url"]


@pytest.fixture(scope="session")
def rounds() -> int:
    """How often each killing is repeated; HEMICYCLE_FAULT_ROUNDS asks for more."""
    return int(os.environ.get("HEMICYCLE_FAULT_ROUNDS", "1"))


class Cluster:
    """The servers of one hall, each with a data directory of its own."""

    def __init__(self, folder: Path, redis: str, database: str) -> None:
        self.folder = folder
        self.redis = redis
        self.database = database
        self.servers: list[HallProcess] = []
        self._operators: list[Operator] = []

    def server(self, *options: str, with_key: bool = True) -> HallProcess:
        """One more server, not started; it has the founder's key unless it shall not."""
        data = self.folder / f"server-{len(self.servers)}"
        data.mkdir(mode=0o700)
        if with_key and self.servers:
            shutil.copy(self.servers[0].data / FILE_NAME, data / FILE_NAME)
        stores = ("--redis", self.redis, "--database", self.database)
        process = HallProcess(data, *stores, *options)
        self.servers.append(process)
        return process

    def operator(self, server: HallProcess) -> Operator:
        """An operator at this server."""
        operator = Operator(server)
        self._operators.append(operator)
        return operator

    def stop(self) -> None:
        for operator in self._operators:
            operator.close()
        for server in self.servers:
            if server.port:
                server.stop()


@pytest.fixture
def cluster(tmp_path: Path, postgres_url: str) -> Iterator[Cluster]:
    """No server yet, on a Redis and a database of their own."""
    (tmp_path / "redis").mkdir()
    redis = RealRedis(find_server(), tmp_path / "redis")
    redis.start()
    hall = Cluster(tmp_path, redis.url, postgres_url)
    yield hall
    hall.stop()
    redis.stop()


@pytest.fixture
def two(cluster: Cluster) -> tuple[HallProcess, HallProcess]:
    """Two servers of one hall, ready."""
    return cluster.server().start(), cluster.server().start()
