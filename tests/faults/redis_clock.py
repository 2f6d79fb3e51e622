"""A Redis whose wall clock a test sets, while its monotonic clock goes on.

Rule: it is the real server, found as the hall finds it, with libfaketime in front of the C
library's clock. The hall finds it because it comes first on the PATH.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import redis

from server.adapters.redis_server import find_server

_SECONDS_BETWEEN_LOOKS: Final = 1
"""How often libfaketime reads the file: at each call it would make Redis slow."""

PATIENCE: Final = 10.0
"""Seconds in which a Redis that lives has to show the time that was set."""


def _libfaketime() -> Path | None:
    """The library that PyPI's package carries; it is built for one kind of machine."""
    spec = find_spec("libfaketime")
    if spec is None or (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return None
    places = spec.submodule_search_locations or ()
    return next((found for each in places for found in Path(each).rglob("libfaketime.so.1")), None)


LIBRARY: Final = _libfaketime()


class RedisClock:
    """By how many seconds the clock of the Redis of one hall is wrong."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "redis-clock"
        self._programs = folder / "programs"
        self._programs.mkdir()
        self._write(0)
        program = self._programs / "redis-server"
        program.write_text(
            "#!/bin/sh\n"
            f'export LD_PRELOAD="{LIBRARY}" FAKETIME_TIMESTAMP_FILE="{self._file}"\n'
            f"export FAKETIME_CACHE_DURATION={_SECONDS_BETWEEN_LOOKS}\n"
            "export FAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1\n"
            f'exec "{find_server()}" "$@"\n'
        )
        program.chmod(0o700)

    @property
    def environment(self) -> dict[str, str]:
        """For the hall to find this Redis."""
        return {"PATH": f"{self._programs}{os.pathsep}{os.environ['PATH']}"}

    async def jump(self, seconds: int, data: Path) -> None:
        """Set it, and see that the Redis of the hall with this data shows it."""
        self._write(seconds)
        deadline = time.monotonic() + PATIENCE
        while abs(await asyncio.to_thread(_wrong_by, data) - seconds) > 60:
            assert time.monotonic() < deadline, f"the clock did not jump to {seconds:+} s"
            await asyncio.sleep(0.02)

    def _write(self, seconds: int) -> None:
        draft = self._file.with_suffix(".new")
        draft.write_text(f"{seconds:+}\n")
        draft.rename(self._file)


def _wrong_by(data: Path) -> float:
    socket = json.loads((data / "redis" / "redis.json").read_text())["socket"]
    with redis.Redis(unix_socket_path=socket) as client:
        seconds, _ = client.time()
    return float(seconds) - time.time()
