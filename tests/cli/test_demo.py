"""`hemicycle demo` as somebody who looks at it runs it: a secret motion comes to its result."""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from server.cli.demo_scrutineers import NAMES
from tests.halls import PASSWORD, Client, HallProcess, Operator

ROBOTS = 8


class Demo:
    """A running demonstration, and what it printed."""

    def __init__(self, data: Path) -> None:
        self.lines: list[str] = []
        self._told: queue.Queue[str | None] = queue.Queue()
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "server.cli.main", "demo",
                "--data", str(data), "--port", "0", "--robots", str(ROBOTS),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "HEMICYCLE_OPERATOR_PASSWORD": PASSWORD},
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._told.put(line.rstrip())
        self._told.put(None)

    def says(self, words: str, seconds: float = 60) -> str:
        deadline = time.monotonic() + seconds
        while True:
            line = self._told.get(timeout=max(0.1, deadline - time.monotonic()))
            assert line is not None, self.lines
            self.lines.append(line)
            if words in line:
                return line

    def stop(self) -> int:
        self._process.send_signal(signal.SIGINT)
        status = self._process.wait(timeout=30)
        self._reader.join(timeout=10)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return status


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    running = Demo(tmp_path / "data")
    yield running
    with contextlib.suppress(ProcessLookupError):
        os.kill(running.pid, signal.SIGTERM)


def children_of(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(each) for each in told.split()]


def until(reached: Callable[[], Any], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.2)


async def seats_have_keys(hall: HallProcess, token: str) -> None:
    client = await Client.open(f"{hall.ws}/console", token)
    await client.view(lambda view: view["secret"]["credentials"] == ROBOTS, seconds=40)
    await client.close()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
def test_a_secret_motion_of_the_demonstration_comes_to_its_result(
    demo: Demo, tmp_path: Path
) -> None:
    hall = HallProcess(tmp_path / "data")
    hall.port = int(demo.says("Console").split(":")[-1].removesuffix("/console/"))
    demo.says("Secret ballots can be held")
    demo.says("DEMONSTRATION only")
    operator = Operator(hall)
    told = operator.http.get("/secrecy").json()["ceremony"]
    assert tuple(told["scrutineers"]) == NAMES
    assert told["reason"].startswith("DEMONSTRATION")
    asyncio.run(seats_have_keys(hall, operator.token))
    ballot = operator.prepare(mode="secret", disclosure="turnout")["id"]

    def view() -> Any:
        return operator.ballot(ballot)["view"]

    operator.command(ballot, "announce")
    until(lambda: len(view()["secret"]["signed"]) >= 2)
    operator.command(ballot, "open")
    until(lambda: view()["turnout"]["voted"] >= 3)
    operator.command(ballot, "close")
    until(lambda: view()["secret"]["is_open"])
    declared = operator.command(ballot, "declare")["view"]
    assert sum(declared["counts"].values()) == declared["turnout"]["voted"] >= 3
    assert declared["outcome"]["outcome"] in {"adopted", "not_adopted", "tie"}
    assert set(declared["secret"]["opened"]) <= set(NAMES)
    operator.close()
    children = children_of(demo.pid)
    assert len(children) == 1 + len(NAMES)
    files = sorted(each.parent.name for each in (tmp_path / "data").rglob("key.json"))
    assert files == sorted(NAMES)
    assert demo.stop() == 0
    assert not [each for each in children if Path(f"/proc/{each}").exists()]
