"""Several real servers of one hall, on one Redis and one PostgreSQL."""

from __future__ import annotations

import itertools
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from server.adapters.redis_server import find_server
from server.adapters.signing_key import FILE_NAME
from tests.contracts.real_redis import RealRedis
from tests.contracts.sql_stores import postgres_server, psycopg_url
from tests.faults.plugin import KEY
from tests.faults.tally import Tally
from tests.halls import HallProcess, Operator

__all__ = ["postgres_server"]


@pytest.fixture(scope="session")
def rounds() -> int:
    """How often each killing is repeated; HEMICYCLE_FAULT_ROUNDS asks for more."""
    return int(os.environ.get("HEMICYCLE_FAULT_ROUNDS", "1"))


class Cluster:
    """The servers of one hall, each with a data directory of its own.

    They stand behind the doors of `tests.faults.doomed`, which is told in that directory what to
    do, and does nothing until then.
    """

    def __init__(self, folder: Path, redis: str, database: str) -> None:
        self.folder = folder
        self.redis = redis
        self.database = database
        self.servers: list[HallProcess] = []
        self._operators: list[Operator] = []

    def server(self, *options: str, with_key: bool = True, host: str = "") -> HallProcess:
        """One more server, not started; it has the founder's key unless it shall not. From `host`
        it calls Redis, if one is given."""
        data = self.folder / f"server-{len(self.servers)}"
        data.mkdir(mode=0o700)
        if with_key and self.servers:
            shutil.copy(self.servers[0].data / FILE_NAME, data / FILE_NAME)
        stores = ("--redis", self.redis, "--database", self.database)
        process = HallProcess(
            data,
            *stores,
            *options,
            program="tests.faults.doomed",
            environment={"HEMICYCLE_FAULTS": str(data), "HEMICYCLE_FAULTS_HOST": host},
        )
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


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> Tally:
    """What this run injected and checked."""
    return request.config.stash[KEY]


@contextmanager
def empty_database(postgres_server: str) -> Iterator[str]:
    """Its URL; it is gone afterwards."""
    name = f"hall_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    yield psycopg_url(postgres_server, name)
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="module")
def database(postgres_server: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, for the tests of one module."""
    with empty_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Cluster]:
    """No server yet, on a Redis and a database of their own."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "redis").mkdir()
    redis = RealRedis(find_server(), folder / "redis")
    redis.start()
    hall = Cluster(folder, redis.url, database)
    yield hall
    hall.stop()
    redis.stop()


@pytest.fixture(scope="module")
def two(cluster: Cluster) -> tuple[HallProcess, HallProcess]:
    """Two servers of one hall; every test leaves them working."""
    return cluster.server().start(), cluster.server().start()


def anywhere(servers: Sequence[HallProcess], path: str = "") -> Callable[[], str]:
    """The addresses of the servers in turn: who is cut off comes back at the next one."""
    turn = itertools.cycle(servers)

    def where() -> str:
        server = next(turn)
        return server.ws if path == "ws" else server.url

    return where
