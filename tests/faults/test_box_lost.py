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
import uuid
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.faults.kinds import dead
from tests.faults.tally import Tally
from tests.halls import Client, HallProcess
from tests.history import History, Report, check
from tests.history.clients import Operator, held

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def marked(hall: HallProcess, ballot: str) -> int:
    """How many presses of a ballot the journal's database knows to have been receipted."""
    with sqlite3.connect(f"file:{hall.data}/hall.sqlite3?mode=ro", uri=True) as database:
        row = database.execute("SELECT n FROM high_water WHERE ballot = ?", (ballot,)).fetchone()
    database.close()
    return 0 if row is None else int(row[0])


async def mark_of(hall: HallProcess, ballot: str, n: int) -> None:
    async with asyncio.timeout(15):
        while marked(hall, ballot) < n:  # noqa: ASYNC110  # a database tells nobody of its changes
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


class Votes:
    """Seats that come, vote and go, and what they were told."""

    def __init__(self, hall: HallProcess, history: History, tokens: dict[str, str]) -> None:
        self._hall = hall
        self._history = history
        self._tokens = tokens

    async def cast(self, member: str, ballot: str, choice: str) -> dict[str, Any]:
        """One vote; its receipt."""
        seat = await Client.open(f"{self._hall.ws}/kiosk", self._tokens[member])
        press_id = str(uuid.uuid4())
        self._history.send(member, member, ballot, press_id, choice)
        receipt = await seat.press(ballot, choice, press_id)
        assert receipt["type"] == "receipt", receipt
        for frame in seat.frames:
            self._history.hear(member, "seat", frame, member)
        await seat.close()
        return receipt


async def place(hall: HallProcess, history: History, operator: Operator) -> tuple[str, int]:
    """What a display holds now."""
    display = await Client.open(f"{hall.ws}/display", operator.token)
    await display.view()
    for frame in display.frames:
        history.hear("chair", "chair", frame)
    await display.close()
    look = history.looks[-1]
    return look.epoch, look.seq


async def judge(history: History, operator: Operator, ballot: str, tally: Tally) -> Report:
    """Close, declare, and compare with what was told."""
    await operator.command(ballot, "close")
    await operator.command(ballot, "declare")
    report = check(history, {ballot: await operator.record(ballot)}, all_answered=True)
    tally.add(report)
    assert not report.violations, str(report)
    return report


async def test_a_lost_store_leaves_it_to_the_operator(
    hall: HallProcess, history: History, operator: Operator, tally: Tally
) -> None:
    tokens = await operator.tokens()
    votes = Votes(hall, history, tokens)
    ballot = await operator.open()
    await votes.cast("FR", ballot, "yes")
    before = await place(hall, history, operator)
    assert hall.stop() == 0
    shutil.rmtree(hall.data / "redis")
    tally.hit("store of the votes lost")
    hall.start()
    assert await operator.phase(ballot) == "in_doubt"
    assert await place(hall, history, operator) > before
    assert await refused(hall, tokens["ES"], ballot) == ("not_open", "in_doubt")
    answer = await operator.ask(ballot, "resume")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_field")
    await operator.command(ballot, "resume", reason="the Members vote again")
    receipt = await votes.cast("ES", ballot, "no")
    assert receipt["n"] == 1
    assert (await judge(history, operator, ballot, tally)).said == 1

    other = await operator.open()
    await votes.cast("FR", other, "yes")
    kill_both(hall)
    shutil.rmtree(hall.data / "redis")
    tally.hit("store of the votes lost")
    hall.start()
    assert await operator.phase(other) == "in_doubt"
    cancelled = await operator.command(other, "cancel", reason="taken by roll-call")
    assert cancelled["phase"] == "cancelled"
    assert await operator.open() not in (ballot, other)


async def test_a_tail_that_was_cut_off_is_noticed(
    hall: HallProcess, history: History, operator: Operator, tally: Tally
) -> None:
    tokens = await operator.tokens(["FR", "ES", "DE"])
    votes = Votes(hall, history, tokens)
    ballot = await operator.open()
    await votes.cast("FR", ballot, "yes")
    whole = appended(hall).stat().st_size
    await votes.cast("ES", ballot, "no")
    await mark_of(hall, ballot, 2)
    before = await place(hall, history, operator)
    kill_both(hall)
    cut(appended(hall), whole)
    tally.hit("tail of Redis's file cut off")
    hall.start()
    assert await operator.phase(ballot) == "in_doubt"
    assert await place(hall, history, operator) > before
    assert await refused(hall, tokens["DE"], ballot) == ("not_open", "in_doubt")

    # The operator takes the box as it is. What is lost now is so fresh that the database does
    # not know of it: only the seat that holds the receipt can tell.
    await operator.command(ballot, "resume", reason="one Member votes again")
    for attempt in range(2, 12):
        await votes.cast("FR", ballot, "abstain")
        await mark_of(hall, ballot, attempt)
        whole = appended(hall).stat().st_size
        fresh = await votes.cast("ES", ballot, "yes")
        kill_both(hall)
        if marked(hall, ballot) == attempt:
            break
        hall.start()
    cut(appended(hall), whole)
    tally.hit("tail of Redis's file cut off")
    hall.start()
    assert await operator.phase(ballot) == "open"
    forged = await Client.open(
        f"{hall.ws}/kiosk", tokens["FR"], receipt={**held(fresh), "proof": "0" * 64}
    )
    assert (await forged.view())["ballot"]["phase"] == "open"
    await forged.close()
    honest = await Client.open(f"{hall.ws}/kiosk", tokens["ES"], receipt=held(fresh))
    assert (await honest.view())["ballot"]["phase"] == "in_doubt"
    await honest.close()
    assert await operator.phase(ballot) == "in_doubt"
    await operator.command(ballot, "resume", reason="the same Member votes again")
    await votes.cast("DE", ballot, "no")
    assert (await judge(history, operator, ballot, tally)).said == 1


async def test_a_store_that_goes_back_under_a_living_server_gives_no_receipt(
    hall: HallProcess, history: History, operator: Operator, tally: Tally
) -> None:
    """As when a replica that lagged takes over. The server is held still meanwhile."""
    tokens = await operator.tokens(["FR", "ES", "DE"])
    votes = Votes(hall, history, tokens)
    ballot = await operator.open()
    await votes.cast("FR", ballot, "yes")
    seat = await Client.open(f"{hall.ws}/kiosk", tokens["DE"])
    await seat.view()
    whole = appended(hall).stat().st_size
    for choice in ("no", "yes", "abstain"):
        await votes.cast("ES", ballot, choice)
    redis = hall.redis_pid()
    os.kill(hall.pid, signal.SIGSTOP)
    os.kill(redis, signal.SIGKILL)
    await dead(redis)
    cut(appended(hall), whole)
    tally.hit("store went back under a living server")
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
    assert await operator.phase(ballot) == "in_doubt"
    await seat.close()


async def test_a_backup_that_was_put_back_is_noticed(
    hall: HallProcess, history: History, operator: Operator, tally: Tally, tmp_path: Path
) -> None:
    tokens = await operator.tokens(["FR", "ES", "DE"])
    votes = Votes(hall, history, tokens)
    ballot = await operator.open()
    await votes.cast("FR", ballot, "yes")
    shutil.copytree(hall.data / "redis" / "appendonlydir", tmp_path / "backup")
    await votes.cast("ES", ballot, "no")
    before = await place(hall, history, operator)
    assert hall.stop() == 0
    shutil.rmtree(hall.data / "redis" / "appendonlydir")
    shutil.copytree(tmp_path / "backup", hall.data / "redis" / "appendonlydir")
    tally.hit("older copy of the store put back")
    hall.start()
    assert await operator.phase(ballot) == "in_doubt"
    after = await place(hall, history, operator)
    assert after[0] > before[0]
    assert await refused(hall, tokens["DE"], ballot) == ("not_open", "in_doubt")
    await operator.command(ballot, "resume", reason="Spain votes again")
    again = await votes.cast("ES", ballot, "abstain")
    assert again["n"] == 2
    # Spain has voted again, so that nobody's vote is missing in the end.
    assert (await judge(history, operator, ballot, tally)).said == 0
