"""A PostgreSQL and its synchronous standby, both real, which a test kills and promotes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.contracts.real_redis import free_port
from tests.contracts.sql_stores import POSTGRES_BIN_PATH, server_folder

STANDBY = "standby"
ANOTHER = "embedded_postgres"
"""Who runs the servers where root must not."""

PATIENCE = 60.0


class Postgres:
    """One of the two. As root it runs as another user, who owns its folder."""

    def __init__(self, folder: Path, user: str | None, *settings: str) -> None:
        self.port = free_port()
        self.folder = folder
        self._user = user
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def program(self, name: str, *arguments: str) -> None:
        """Run one of PostgreSQL's own programs."""
        subprocess.run(
            [POSTGRES_BIN_PATH / name, *arguments],
            user=self._user, cwd=self.folder.parent, stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip

    def start(self) -> None:
        options = [f"--{each}" for each in self._settings]
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    POSTGRES_BIN_PATH / "postgres", "-D", self.folder, "-p", str(self.port),
                    "-h", "127.0.0.1", "-k", "", *options,
                ],
                user=self._user, cwd=self.folder.parent, stdout=log, stderr=log,
            )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while True:
            with suppress(psycopg.OperationalError):
                self.ask("SELECT 1")
                return
            assert self._process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def ask(self, statement: str, database: str = "postgres") -> object:
        """The first value of the answer to a statement."""
        url = f"postgresql://postgres@{self.host}/{database}"
        with psycopg.connect(url, autocommit=True) as connection:
            found = connection.execute(statement.encode())
            row = found.fetchone() if found.description else None
        return None if row is None else row[0]

    def kill(self) -> None:
        """SIGKILL of the server; its own processes end when they notice."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)  # it waits for nobody's transaction
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()


class Pair:
    """A primary whose commits wait for its standby; `url` names both."""

    def __init__(self, folder: Path, user: str | None) -> None:
        waits = f"synchronous_standby_names={STANDBY}"
        self.primary = Postgres(folder / "primary", user, waits)
        self.standby = Postgres(folder / "standby", user)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@{self.primary.host},{self.standby.host}/hall"

    def start(self) -> None:
        """Both, in step."""
        first, second = self.primary, self.standby
        first.program(
            "initdb", "-D", str(first.folder), "-U", "postgres", "--auth=trust", "--encoding=utf8"
        )
        first.start()
        where = f"host=127.0.0.1 port={first.port} user=postgres application_name={STANDBY}"
        second.program("pg_basebackup", "-D", str(second.folder), "-R", "-X", "stream", "-d", where)
        second.start()
        deadline = time.monotonic() + PATIENCE
        while first.ask("SELECT sync_state FROM pg_stat_replication") != "sync":
            assert time.monotonic() < deadline
            time.sleep(0.05)
        first.ask("CREATE DATABASE hall")

    def promote(self) -> None:
        """The standby takes writes from now on; nobody tells the primary."""
        assert self.standby.ask("SELECT pg_promote()") is True

    def stop(self) -> None:
        self.standby.stop()
        self.primary.stop()


@contextmanager
def running_pair() -> Iterator[Pair]:
    """A pair, in a folder of its own. As root a server of `sql_stores` has to have been started:
    that makes the user."""
    with server_folder() as folder:
        user = ANOTHER if os.geteuid() == 0 else None
        if user is not None:
            shutil.chown(folder, user)
        pair = Pair(folder, user)
        try:
            pair.start()
            yield pair
        finally:
            pair.stop()
