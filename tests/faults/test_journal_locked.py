"""Another program holds the journal's database: commands are answered, and done once."""

from __future__ import annotations

import asyncio
import sqlite3
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.faults.tally import Tally
from tests.halls import Client, HallProcess
from tests.history import History, check
from tests.history.clients import Operator

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]


async def test_a_command_that_meets_a_locked_journal_is_done_once_under_its_key(
    hall: HallProcess, history: History, operator: Operator, tally: Tally
) -> None:
    token = (await operator.tokens(["FR"]))["FR"]
    ballot = await operator.open()
    seat = await Client.open(f"{hall.ws}/kiosk", token)
    await seat.view()
    other = sqlite3.connect(hall.data / "hall.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    # The votes do not wait for the journal.
    assert (await _press(history, seat, ballot, "yes"))["type"] == "receipt"
    closing = asyncio.create_task(operator.ask_once(ballot, "close", "close-1"))
    await _until_closed(history, seat, ballot)
    answer = await closing
    assert answer is not None
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"]
    tally.hit("journal locked")
    other.execute("ROLLBACK")
    other.close()

    for _ in range(2):
        again = await operator.ask(ballot, "close", "close-1")
        assert (again.status_code, again.json()["phase"]) == (200, "closed"), again.text
    assert _types(hall.data / "hall.sqlite3").count("ballot_closed") == 1
    await seat.close()
    await operator.command(ballot, "declare")
    report = check(history, {ballot: await operator.record(ballot)}, all_answered=True)
    tally.add(report)
    assert not report.violations, str(report)


async def _press(history: History, seat: Client, ballot: str, choice: str) -> dict[str, Any]:
    press_id = str(uuid.uuid4())
    history.send("FR", "FR", ballot, press_id, choice)
    answer = await seat.press(ballot, choice, press_id)
    for frame in seat.frames:
        history.hear("FR", "seat", frame, "FR")
    seat.frames.clear()
    return answer


async def _until_closed(history: History, seat: Client, ballot: str) -> None:
    """Press until the latch refuses it."""
    async with asyncio.timeout(20):
        while True:
            answer = await _press(history, seat, ballot, "no")
            if answer["type"] == "refused":
                assert answer["reason"] == "closed"
                return
            await asyncio.sleep(0.15)


def _types(path: Path) -> list[str]:
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT json_extract(header, '$.type') FROM entries").fetchall()
    database.close()
    return [row[0] for row in rows]
