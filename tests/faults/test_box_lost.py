"""The store of the votes is lost, cut short or put back: the ballot is in doubt, not silently on.

The server and its Redis are dead while their files are changed, as after a failed disk or a
restored backup.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.faults.voters import Voter, Watch, check_record, held
from tests.halls import Client, HallProcess, Operator

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def marked(hall: HallProcess, ballot: str) -> int:
    """How many presses of a ballot the journal's database knows to have been receipted."""
    with sqlite3.connect(f"file:{hall.data}/hall.sqlite3?mode=ro", uri=True) as database:
        row = database.execute("SELECT n FROM high_water WHERE ballot = ?", (ballot,)).fetchone()
    database.close()
    return 0 if row is None else int(row[0])


async def mark_of(hall: HallProcess, ballot: str, n: int) -> None:
    async with asyncio.timeout(15):
        while marked(hall, ballot) < n:  # noqa: ASYNC110 - a database tells nobody of its changes
            await asyncio.sleep(0.01)


def appended(hall: HallProcess) -> Path:
    """The file that Redis appends every change to."""
    (file,) = (hall.data / "redis" / "appendonlydir").glob("*.incr.aof")
    return file


def cut(file: Path, size: int) -> None:
    assert file.stat().st_size > size
    with file.open("r+b") as opened:
        opened.truncate(size)


def kill_both(hall: HallProcess) -> None:
    hall.kill()
    hall.kill_redis()


async def refused(hall: HallProcess, token: str, ballot: str) -> tuple[str, str]:
    """Why a seat cannot vote now."""
    seat = await Client.open(f"{hall.ws}/kiosk", token)
    view = await seat.view()
    assert view["ballot"]["phase"] == "in_doubt"
    answer = await seat.press(ballot, "yes")
    await seat.close()
    return answer["reason"], answer["phase"]


async def vote(hall: HallProcess, token: str, ballot: str, choice: str) -> dict[str, Any]:
    seat = await Client.open(f"{hall.ws}/kiosk", token)
    receipt = await seat.press(ballot, choice)
    assert receipt["type"] == "receipt", receipt
    await seat.close()
    return receipt


async def place(hall: HallProcess, operator: Operator) -> tuple[str, int]:
    """What a display holds now."""
    watch = Watch()
    display = await Client.open(f"{hall.ws}/display", operator.token)
    await display.view()
    watch.look(display)
    await display.close()
    return watch.place


async def test_a_lost_store_leaves_it_to_the_operator(
    hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    tokens = operator.tokens()
    ballot = operator.open()
    await vote(hall, tokens["FR"], ballot, "yes")
    before = await place(hall, operator)
    assert hall.stop() == 0
    shutil.rmtree(hall.data / "redis")
    hall.start()
    assert operator.ballot(ballot)["phase"] == "in_doubt"
    assert await place(hall, operator) > before
    assert await refused(hall, tokens["ES"], ballot) == ("not_open", "in_doubt")
    answer = operator.try_command(ballot, "resume")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_field")
    operator.command(ballot, "resume", reason="the Members vote again")
    voter = Voter(hall, "ES", tokens["ES"], 1)
    receipt = await vote(hall, tokens["ES"], ballot, "no")
    assert receipt["n"] == 1
    voter.receipts[receipt["press_id"]] = receipt
    operator.command(ballot, "close")
    check_record(operator, ballot, [voter], tmp_path / "record.json")

    other = operator.open()
    await vote(hall, tokens["FR"], other, "yes")
    kill_both(hall)
    shutil.rmtree(hall.data / "redis")
    hall.start()
    assert operator.ballot(other)["phase"] == "in_doubt"
    cancelled = operator.command(other, "cancel", reason="taken by roll-call")
    assert cancelled["phase"] == "cancelled"
    assert operator.open() not in (ballot, other)


async def test_a_tail_that_was_cut_off_is_noticed(hall: HallProcess, operator: Operator) -> None:
    tokens = operator.tokens(["FR", "ES", "DE"])
    ballot = operator.open()
    await vote(hall, tokens["FR"], ballot, "yes")
    whole = appended(hall).stat().st_size
    await vote(hall, tokens["ES"], ballot, "no")
    await mark_of(hall, ballot, 2)
    before = await place(hall, operator)
    kill_both(hall)
    cut(appended(hall), whole)
    hall.start()
    assert operator.ballot(ballot)["phase"] == "in_doubt"
    assert await place(hall, operator) > before
    assert await refused(hall, tokens["DE"], ballot) == ("not_open", "in_doubt")

    # The operator takes the box as it is. What is lost now is so fresh that the database does
    # not know of it: only the seat that holds the receipt can tell.
    operator.command(ballot, "resume", reason="one Member votes again")
    for attempt in range(2, 12):
        await vote(hall, tokens["FR"], ballot, "abstain")
        await mark_of(hall, ballot, attempt)
        whole = appended(hall).stat().st_size
        fresh = await vote(hall, tokens["ES"], ballot, "yes")
        kill_both(hall)
        if marked(hall, ballot) == attempt:
            break
        hall.start()
    cut(appended(hall), whole)
    hall.start()
    assert operator.ballot(ballot)["phase"] == "open"
    forged = await Client.open(
        f"{hall.ws}/kiosk", tokens["FR"], receipt={**held(fresh), "proof": "0" * 64}
    )
    assert (await forged.view())["ballot"]["phase"] == "open"
    await forged.close()
    honest = await Client.open(f"{hall.ws}/kiosk", tokens["ES"], receipt=held(fresh))
    assert (await honest.view())["ballot"]["phase"] == "in_doubt"
    await honest.close()
    assert operator.ballot(ballot)["phase"] == "in_doubt"


async def test_a_store_that_goes_back_under_a_living_server_gives_no_receipt(
    hall: HallProcess, operator: Operator
) -> None:
    """As when a replica that lagged takes over. The server is held still meanwhile."""
    tokens = operator.tokens(["FR", "ES", "DE"])
    ballot = operator.open()
    await vote(hall, tokens["FR"], ballot, "yes")
    seat = await Client.open(f"{hall.ws}/kiosk", tokens["DE"])
    await seat.view()
    whole = appended(hall).stat().st_size
    for choice in ("no", "yes", "abstain"):
        await vote(hall, tokens["ES"], ballot, choice)
    redis = hall.redis_pid()
    os.kill(hall.pid, signal.SIGSTOP)
    os.kill(redis, signal.SIGKILL)
    died(redis)
    cut(appended(hall), whole)
    os.kill(hall.pid, signal.SIGCONT)
    answers: set[str] = set()
    codes: set[int | None] = set()
    async with asyncio.timeout(60):
        while "not_open" not in answers:
            try:
                # A touch of its own each time: what the box took before the doubt stays unknown.
                answer = await seat.press(ballot, "no")
                answers.add(answer.get("reason", answer["type"]))
                assert answers <= {"unavailable", "not_open"}, seat.frames
                await asyncio.sleep(0.5)
            except ConnectionClosed as closed:
                codes.add(None if closed.rcvd is None else closed.rcvd.code)
                await seat.close()
                seat = await Client.open(f"{hall.ws}/kiosk", tokens["DE"])
    assert codes <= {4001}  # a new epoch: the hall asks every seat to come back
    assert operator.ballot(ballot)["phase"] == "in_doubt"
    await seat.close()


def died(pid: int) -> None:
    """Wait until a process is gone, or is only waited for by its parent."""
    state = Path(f"/proc/{pid}/stat")
    deadline = time.monotonic() + 10
    while state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] != "Z":
        assert time.monotonic() < deadline, "the process does not die"
        time.sleep(0.01)


async def test_a_backup_that_was_put_back_is_noticed(
    hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    tokens = operator.tokens(["FR", "ES", "DE"])
    ballot = operator.open()
    voters = {member: Voter(hall, member, tokens[member], 1) for member in ("FR", "ES")}
    receipt = await vote(hall, tokens["FR"], ballot, "yes")
    voters["FR"].receipts[receipt["press_id"]] = receipt
    shutil.copytree(hall.data / "redis" / "appendonlydir", tmp_path / "backup")
    await vote(hall, tokens["ES"], ballot, "no")
    before = await place(hall, operator)
    assert hall.stop() == 0
    shutil.rmtree(hall.data / "redis" / "appendonlydir")
    shutil.copytree(tmp_path / "backup", hall.data / "redis" / "appendonlydir")
    hall.start()
    assert operator.ballot(ballot)["phase"] == "in_doubt"
    after = await place(hall, operator)
    assert after[0] > before[0]
    assert await refused(hall, tokens["DE"], ballot) == ("not_open", "in_doubt")
    operator.command(ballot, "resume", reason="Spain votes again")
    again = await vote(hall, tokens["ES"], ballot, "abstain")
    assert again["n"] == 2
    voters["ES"].receipts[again["press_id"]] = again
    operator.command(ballot, "close")
    check_record(operator, ballot, list(voters.values()), tmp_path / "record.json")
