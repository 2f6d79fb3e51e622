"""`hemicycle scrutineer` as a process of its own, that can be killed and started again."""

from __future__ import annotations

import contextlib
import io
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from server.cli.main import main

PASSWORD = "a password for tests"
PASSPHRASE = "four words for tests"


def environment(**more: str) -> dict[str, str]:
    """What `--yes` finds its secrets in."""
    return {
        **os.environ,
        "HEMICYCLE_SCRUTINEER_PASSWORD": PASSWORD,
        "HEMICYCLE_SCRUTINEER_PASSPHRASE": PASSPHRASE,
        **more,
    }


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "server.cli.main", "scrutineer", *arguments]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run of the program ended, and what it said."""

    status: int
    said: str


def run(*arguments: str, **more: str) -> Ended:
    """The program, run to its end in this process: the start of another one costs a second."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said):
        for name, value in environment(**more).items():
            patch.setenv(name, value)
        status = main(["scrutineer", *arguments, "--yes"])
    return Ended(status, said.getvalue())


class Program:
    """One scrutineer's program, taking part."""

    def __init__(self, hall: str, user: str, folder: Path) -> None:
        self._options = ["--hall", hall, "--user", user, "--yes"]
        self.file = folder / f"{user}.json"
        self.lines: list[str] = []

    def start(self, *options: str) -> Program:
        self._told: queue.Queue[str | None] = queue.Queue()
        self._process = subprocess.Popen(
            command(*self._options, "--file", str(self.file), *options),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(),
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._told.put(line.rstrip())
        self._told.put(None)

    def says(self, words: str, seconds: float = 40) -> str:
        """The next line with these words in it."""
        deadline = time.monotonic() + seconds
        while True:
            line = self._told.get(timeout=max(0.1, deadline - time.monotonic()))
            assert line is not None, f"it ended before it said {words!r}: {self.lines[-8:]}"
            self.lines.append(line)
            if words in line:
                return line

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._end()

    def ends(self, seconds: float = 60) -> int:
        """Its exit status, once it ends by itself."""
        status = self._process.wait(timeout=seconds)
        self._end()
        return status

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=20)
        self._end()

    def _end(self) -> None:
        self._process.wait(timeout=20)
        self._reader.join(timeout=20)
        assert self._process.stdout is not None
        self._process.stdout.close()
        while (line := self._told.get()) is not None:
            self.lines.append(line)
        self._told.put(None)


def key_of(programs: Sequence[Program]) -> list[str]:
    """The fingerprint of the key that each has said to be ready."""
    found: list[str] = []
    for each in programs:
        at = next(n for n, line in enumerate(each.lines) if line.startswith("The key is made"))
        found.append(each.lines[at + 1].strip())
    return found
