"""Refused commands are journaled, but a stuck key does not fill the journal."""

from __future__ import annotations

import pytest

from server.hall.refusals import BOUND, RefusalLog, RefusalRow
from server.hall.refused_commands import RefusedCommands
from server.ports import StoreUnavailable
from server.vocabulary import RefusalReason
from tests.hall_cases.room import OPERATOR, Room


async def test_each_is_an_entry_up_to_twenty_a_minute(room: Room) -> None:
    ballot = await room.prepare()
    refused = RefusedCommands()
    for _ in range(50):
        await refused.note(room.desk, OPERATOR, ballot, "close", "not_allowed_now")
    entries = await room.entries("command_refused", ballot)
    assert len(entries) == 20
    assert {(each["command"], each["code"], each["omitted"]) for each in entries} == {
        ("close", "not_allowed_now", 0)
    }


async def test_what_was_left_out_stands_in_the_next(room: Room) -> None:
    refused = RefusedCommands()
    for _ in range(27):
        await refused.note(room.desk, OPERATOR, "b-nowhere", "open", "unknown_ballot")
    room.clock.advance(3_000)
    await refused.note(room.desk, OPERATOR, "b-nowhere", "open", "unknown_ballot")
    entries = await room.entries("command_refused")
    assert [each["omitted"] for each in entries] == [0] * 20 + [7]
    assert {each["subject"] for each in entries} == {None}


async def test_an_outage_does_not_forget_what_was_left_out(room: Room) -> None:
    refused = RefusedCommands()
    for _ in range(25):
        await refused.note(room.desk, OPERATOR, "b-nowhere", "open", "unknown_ballot")
    room.clock.advance(60_000)
    room.outages.fail("append")
    with pytest.raises(StoreUnavailable):
        await refused.note(room.desk, OPERATOR, "b-nowhere", "open", "unknown_ballot")
    await refused.note(room.desk, OPERATOR, "b-nowhere", "open", "unknown_ballot")
    assert (await room.entries("command_refused"))[-1]["omitted"] == 6


def test_refused_presses_are_counted_by_seat_and_reason() -> None:
    log = RefusalLog()
    for _ in range(3):
        log.note("b-1", "AF-1", RefusalReason.CLOSED)
    log.note("b-1", "AF-1", RefusalReason.BAD_CHOICE)
    log.note("b-2", "AF-1", RefusalReason.CLOSED)
    assert log.rows("b-1") == (
        RefusalRow("b-1", "AF-1", RefusalReason.BAD_CHOICE, 1),
        RefusalRow("b-1", "AF-1", RefusalReason.CLOSED, 3),
    )
    assert log.by_seat("b-1") == {"AF-1": 4}
    assert log.digest("b-1") != log.digest("b-2")
    assert log.digest("b-3") == RefusalLog().digest("b-1")


def test_a_hostile_seat_cannot_grow_the_log_without_bound() -> None:
    log = RefusalLog()
    for number in range(BOUND + 10):
        log.note(f"b-{number}", "AF-1", RefusalReason.UNKNOWN_BALLOT)
    log.note("b-0", "AF-1", RefusalReason.UNKNOWN_BALLOT)
    assert log.by_seat("b-0") == {"AF-1": 2}
    assert log.by_seat("*") == {"*": 10}
