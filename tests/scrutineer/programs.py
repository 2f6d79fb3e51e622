"""`hemicycle scrutineer` as a process of its own, that can be killed and started again."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from server.cli.main import main
from tests.halls import PASSWORD
from tests.spoken import Spoken

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
    """One scrutineer's program, taking part; it may be started again."""

    def __init__(self, hall: str, user: str, folder: Path) -> None:
        self._options = ["--hall", hall, "--user", user, "--yes"]
        self._runs: list[Spoken] = []
        self.file = folder / f"{user}.json"

    @property
    def lines(self) -> list[str]:
        """Of all its runs."""
        return [line for run in self._runs for line in run.lines]

    def start(self, *options: str) -> Program:
        arguments = command(*self._options, "--file", str(self.file), *options)
        self._runs.append(Spoken(arguments, environment()))
        return self

    def says(self, words: str, seconds: float = 40) -> str:
        """The next line with these words in it."""
        return self._runs[-1].says(words, seconds)

    def kill(self) -> None:
        """kill -9."""
        self._runs[-1].process.kill()
        self.ends()

    def ends(self, seconds: float = 60) -> int:
        """Its exit status, once it ends by itself."""
        return self._runs[-1].ends(seconds)

    def stop(self) -> None:
        """Where it was started, and still runs."""
        for run in self._runs[-1:]:
            run.process.terminate()
            run.ends(20)


def key_of(programs: Sequence[Program]) -> list[str]:
    """The fingerprint of the key that each has said to be ready."""
    found: list[str] = []
    for each in programs:
        at = next(n for n, line in enumerate(each.lines) if line.startswith("The key is made"))
        found.append(each.lines[at + 1].strip())
    return found
