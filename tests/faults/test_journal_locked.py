"""Another program holds the journal's database: commands are answered, and done once."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.faults.voters import Voter, check_record
from tests.halls import Client, HallProcess, Operator

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]


async def test_a_command_that_meets_a_locked_journal_is_done_once_under_its_key(
    hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    token = operator.tokens(["FR"])["FR"]
    ballot = operator.open()
    seat = await Client.open(f"{hall.ws}/kiosk", token)
    await seat.view()
    other = sqlite3.connect(hall.data / "hall.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    # The votes do not wait for the journal.
    first = await seat.press(ballot, "yes")
    assert first["type"] == "receipt"
    closing = asyncio.create_task(
        asyncio.to_thread(operator.try_command, ballot, "close", key="close-1")
    )
    kept = await _until_closed(seat, ballot) or first
    answer = await closing
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"]
    other.execute("ROLLBACK")
    other.close()

    for _ in range(2):
        again = operator.try_command(ballot, "close", key="close-1")
        assert (again.status_code, again.json()["phase"]) == (200, "closed"), again.text
    assert _types(hall.data / "hall.sqlite3").count("ballot_closed") == 1
    await seat.close()
    voter = Voter(hall, "FR", token, 1)
    voter.receipts[kept["press_id"]] = kept
    check_record(operator, ballot, [voter], tmp_path / "record.json")


async def _until_closed(seat: Client, ballot: str) -> dict[str, Any] | None:
    """Press until the latch refuses it; the last receipt before that, if there was one."""
    kept: dict[str, Any] | None = None
    async with asyncio.timeout(20):
        while True:
            answer = await seat.press(ballot, "no")
            if answer["type"] == "refused":
                assert answer["reason"] == "closed"
                return kept
            kept = answer
            await asyncio.sleep(0.15)


def _types(path: Path) -> list[str]:
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT json_extract(header, '$.type') FROM entries").fetchall()
    database.close()
    return [row[0] for row in rows]
