"""A Redis with replicas, for a hall whose receipts wait for them, or for several servers.

Rule: all of them are set as the hall's own Redis is, on this machine, each with a file of its own
on the same disk. `--slow-disk` holds up the primary only.
"""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote

from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from server.adapters.redis_server import arguments, find_server
from server.cli.bench.failure import BenchFailed

HOST: Final = "127.0.0.1"

PATIENCE: Final = 30.0
"""Seconds in which all replicas have to have their first copy, and in which all have to end."""

FORCED: Final = ("--shutdown-on-sigterm", "force")
"""A replica that writes its first file ends, too."""


class ReplicatedRedis:
    """While it is entered: a primary on a unix socket, and so many replicas that follow it. Without
    any, nothing reaches it by network."""

    def __init__(self, folder: Path, replicas: int) -> None:
        self.replicas = replicas
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []

    @property
    def socket(self) -> Path:
        """Where the primary answers."""
        return self._folder / "primary" / "s"

    @property
    def url(self) -> str:
        """The same, for `serve`."""
        return "unix://" + quote(str(self.socket))

    @property
    def pid(self) -> int:
        """The primary's process."""
        return self._processes[0].pid

    def __enter__(self) -> Self:
        port = _free_port() if self.replicas else 0
        enough = ("--min-replicas-to-write", str(self.replicas))
        at_once = ("--port", str(port), "--bind", HOST, "--repl-diskless-sync-delay", "0")
        try:
            self._start("primary", *at_once, *enough)
            for number in range(self.replicas):
                self._start(f"replica-{number}", "--replicaof", f"{HOST} {port}")
            self._settle()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.terminate()
        for process in self._processes:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, name: str, *options: str) -> None:
        directory = self._folder / name
        directory.mkdir(parents=True)
        own = arguments(directory, directory / "s", directory / "log")
        self._processes.append(
            subprocess.Popen(  # noqa: S603  # found on the path, our own arguments
                [find_server(), *own, *FORCED, *options],
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        )

    def _settle(self) -> None:
        deadline = time.monotonic() + PATIENCE
        with Redis(unix_socket_path=str(self.socket)) as client:
            while not self._is_followed(client):
                dead = any(process.poll() is not None for process in self._processes)
                if dead or time.monotonic() > deadline:
                    raise BenchFailed(f"Redis does not work, or a replica: {self._said()}")
                time.sleep(0.05)

    def _is_followed(self, client: Redis) -> bool:
        """Whether the primary answers, and all replicas follow it."""
        try:
            told = client.info("replication")
        except RedisConnectionError:
            return False
        # It tells their number only where some have to follow.
        return int(told.get("min_slaves_good_slaves", 0)) >= self.replicas

    def _said(self) -> str:
        logs = sorted(self._folder.glob("*/log"))
        return "\n".join(log.read_text("utf-8", "replace")[-500:].strip() for log in logs)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
