"""The ledger: one head, and whoever loses the race for it decides again."""

from __future__ import annotations

import pytest

from server.hall.ledger import Plan, Recorded, RecordedBefore, Refused
from server.hall.state import HallState
from server.ports import StoreUnavailable
from tests.hall_cases.outages import When
from tests.hall_cases.room import Room


def plan_of(hall: Room, kind: str = "test_event", unique: str | None = None) -> Plan:
    return Plan((hall.desk.event(kind, None, "server:test", {}),), unique)


async def record(
    hall: Room, kind: str = "test_event", unique: str | None = None
) -> Recorded | RecordedBefore | Refused[None]:
    def decide(_: HallState) -> Plan | Refused[None]:
        return plan_of(hall, kind, unique)

    return await hall.desk.ledger.record(decide)


async def test_the_loser_reads_on_and_decides_again(room: Room) -> None:
    other = await room.beside().enter()
    seen: list[int] = []

    def decide(state: HallState) -> Plan | Refused[None]:
        seen.append(state.head.seq)
        return plan_of(room)

    async def first() -> None:
        await record(other)

    start = (await room.desk.ledger.catch_up()).head.seq
    room.outages.meanwhile("append", first)
    outcome = await room.desk.ledger.record(decide)
    assert isinstance(outcome, Recorded)
    assert seen == [start, start + 1]
    assert outcome.seqs == (start + 2,)


async def test_the_loser_may_be_refused_by_what_it_reads(room: Room) -> None:
    other = await room.beside().enter()
    start = (await room.desk.ledger.catch_up()).head.seq

    def decide(state: HallState) -> Plan | Refused[str]:
        return plan_of(room) if state.head.seq == start else Refused("somebody else spoke", state)

    async def first() -> None:
        await record(other)

    room.outages.meanwhile("append", first)
    outcome = await room.desk.ledger.record(decide)
    assert isinstance(outcome, Refused)
    assert outcome.refusal == "somebody else spoke"
    assert (await room.journal.head()).seq == start + 1


async def test_what_may_be_recorded_once_is_read_by_the_loser(room: Room) -> None:
    other = await room.beside().enter()
    await record(other, unique="once")
    outcome = await record(room, unique="once")
    assert isinstance(outcome, RecordedBefore)
    assert outcome.state.head == other.desk.ledger.state.head
    assert len(await room.entries("test_event")) == 1


async def test_an_append_that_was_written_but_not_answered_is_seen(room: Room) -> None:
    room.outages.fail("append", When.AFTER)
    outcome = await record(room)
    assert isinstance(outcome, Recorded)
    assert len(await room.entries("test_event")) == 1
    again = await record(room)
    assert isinstance(again, Recorded)
    assert again.seqs == (outcome.seqs[0] + 1,)


async def test_an_append_that_was_not_written_is_an_outage(room: Room) -> None:
    before = await room.journal.head()
    room.outages.fail("append", When.BEFORE)
    with pytest.raises(StoreUnavailable):
        await record(room)
    assert await room.journal.head() == before


async def test_an_append_that_nobody_could_look_at_is_read_before_the_next(room: Room) -> None:
    room.outages.fail("append", When.AFTER)
    room.outages.fail("read")
    with pytest.raises(StoreUnavailable):
        await record(room)
    outcome = await record(room)
    assert isinstance(outcome, Recorded)
    assert len(await room.entries("test_event")) == 2
    assert (await room.journal.head()) == room.desk.ledger.state.head


async def test_a_written_append_with_somebody_elses_behind_it_is_seen(room: Room) -> None:
    other = await room.beside().enter()

    async def then_another() -> None:
        await other.desk.ledger.catch_up()
        await record(other, "another_event")

    room.outages.fail("append", When.AFTER)
    room.outages.meanwhile("read", then_another)
    assert isinstance(await record(room), Recorded)
    state = await room.desk.ledger.catch_up()
    assert state.head == await room.journal.head()
    assert [line.type for line in state.lines[-2:]] == ["test_event", "another_event"]
