"""`hemicycle demo` as somebody who looks at it runs it: a secret motion comes to its result."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.cli.demo_scrutineers import NAMES
from tests.halls import PASSWORD, Client, HallProcess, Operator
from tests.spoken import Spoken
from tests.waiting import wait_until

ROBOTS = 8


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Spoken]:
    """A running demonstration."""
    command = [
        sys.executable, "-m", "server.cli.main", "demo",
        "--data", str(tmp_path / "data"), "--port", "0", "--robots", str(ROBOTS),
    ]  # fmt: skip
    running = Spoken(command, {**os.environ, "HEMICYCLE_OPERATOR_PASSWORD": PASSWORD})
    yield running
    if running.process.poll() is None:
        running.process.terminate()
        running.ends(30)


def children_of(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(each) for each in told.split()]


def knows_password(pid: int) -> bool:
    return b"HEMICYCLE_OPERATOR_PASSWORD" in Path(f"/proc/{pid}/environ").read_bytes()


async def seats_have_keys(hall: HallProcess, token: str) -> None:
    client = await Client.open(f"{hall.ws}/console", token)
    await client.view(lambda view: view["secret"]["credentials"] == ROBOTS, seconds=40)
    await client.close()


pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="looks at processes in /proc"
)


def test_a_secret_motion_of_the_demonstration_comes_to_its_result(
    demo: Spoken, tmp_path: Path
) -> None:
    hall = HallProcess(tmp_path / "data")
    hall.port = int(demo.says("Console", 60).split(":")[-1].removesuffix("/console/"))
    demo.says("Secret ballots can be held", 60)
    demo.says("DEMONSTRATION only", 60)
    operator = Operator(hall)
    told = operator.http.get("/secrecy").json()["ceremony"]
    assert tuple(told["scrutineers"]) == NAMES
    assert told["reason"].startswith("DEMONSTRATION")
    asyncio.run(seats_have_keys(hall, operator.token))
    ballot = operator.prepare(mode="secret", disclosure="turnout")["id"]

    def view() -> Any:
        return operator.ballot(ballot)["view"]

    operator.command(ballot, "announce")
    wait_until(lambda: len(view()["secret"]["signed"]) >= 2)
    operator.command(ballot, "open")
    wait_until(lambda: view()["turnout"]["voted"] >= 3)
    operator.command(ballot, "close")
    wait_until(lambda: view()["secret"]["is_open"])
    declared = operator.command(ballot, "declare")["view"]
    assert sum(declared["counts"].values()) == declared["turnout"]["voted"] >= 3
    assert declared["outcome"]["outcome"] in {"adopted", "not_adopted", "tie"}
    assert set(declared["secret"]["opened"]) <= set(NAMES)
    operator.close()
    children = children_of(demo.process.pid)
    assert len(children) == 1 + len(NAMES)
    files = sorted(each.parent.name for each in (tmp_path / "data").rglob("key.json"))
    assert files == sorted(NAMES)
    assert [knows_password(each) for each in children] == [True, False, False, False]
    # Killed, it cannot end them: they see to it themselves.
    demo.process.kill()
    demo.ends(30)
    wait_until(lambda: not any(Path(f"/proc/{each}").exists() for each in children))


def test_a_demonstration_that_is_told_to_ends_with_its_programs(demo: Spoken) -> None:
    demo.says("The hall is open", 60)
    children = children_of(demo.process.pid)
    assert children
    demo.process.send_signal(signal.SIGINT)
    assert demo.ends(30) == 0
    assert not [each for each in children if Path(f"/proc/{each}").exists()]
