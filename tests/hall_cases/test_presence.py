"""Who is in the hall: leases, notes by name, and the operator's corrections."""

from __future__ import annotations

import pytest

from server.hall.desk import BadField
from server.hall.presence import (
    LEASE_MS,
    TOGETHER,
    adjust,
    change_right,
    in_parts,
    note,
    renew,
)
from server.hall.state import present_now
from server.ports import PRESENCE_GRACE_MS, Accepted, RefusedPress, StoreUnavailable
from server.vocabulary import Command, Phase, RefusalReason
from tests.hall_cases.outages import When
from tests.hall_cases.room import OPERATOR, Room


async def noted(room: Room) -> list[tuple[list[str], list[str]]]:
    return [(each["arrived"], each["left"]) for each in await room.entries("presence_noted")]


async def present(room: Room) -> frozenset[str]:
    return present_now(room.desk.ledger.state, await room.box.present())


async def test_comings_and_goings_are_journaled_by_name_many_in_one_entry(room: Room) -> None:
    first, second, third = room.members[:3]
    await renew(room.desk, [second, first])
    assert await note(room.desk)
    room.clock.advance(LEASE_MS - 1)
    await renew(room.desk, [first, third])
    assert await note(room.desk)
    room.clock.advance(1)
    assert await note(room.desk)
    assert not await note(room.desk)
    assert await noted(room) == [
        (sorted([first, second]), []),
        ([third], []),
        ([], [second]),
    ]


async def test_a_seat_has_thirty_seconds_of_grace(room: Room) -> None:
    member = room.members[0]
    await renew(room.desk, [member])
    room.clock.advance(PRESENCE_GRACE_MS)
    assert await present(room) == {member}
    room.clock.advance(LEASE_MS - PRESENCE_GRACE_MS)
    assert await present(room) == frozenset()


def test_each_member_has_one_turn_in_a_round_and_the_same_in_the_next() -> None:
    members = [f"M{n}" for n in range(2 * TOGETHER + 1)]
    parts = in_parts(members)
    assert sorted(member for part in parts for member in part) == sorted(members)
    assert max(map(len, parts)) == TOGETHER
    assert in_parts(frozenset(members)) == parts
    assert in_parts([]) == []


async def test_a_correction_is_newer_than_a_coming_that_nobody_had_noted(room: Room) -> None:
    member = room.members[0]
    await renew(room.desk, [member])
    await adjust(room.desk, OPERATOR, member, "left at once", present=False)
    assert await present(room) == frozenset()
    assert not await note(room.desk)
    assert await present(room) == frozenset()


async def test_a_hall_without_connections_is_not_asked_to_renew(room: Room) -> None:
    room.outages.fail("lease_presence")
    await renew(room.desk, [])
    with pytest.raises(StoreUnavailable):
        await renew(room.desk, room.members[:1])


async def test_the_operator_corrects_a_presence_with_a_reason(room: Room) -> None:
    here, away = room.members[:2]
    await renew(room.desk, [here])
    await note(room.desk)
    assert await adjust(room.desk, OPERATOR, here, "left his tablet", present=False) is None
    assert await adjust(room.desk, OPERATOR, away, "has no tablet", present=True) is None
    assert await present(room) == {away}
    (first, second) = await room.entries("presence_adjusted")
    assert (first["member"], first["reason"], first["actor"]) == (here, "left his tablet", OPERATOR)
    assert second["present"] is True


async def test_a_correction_ends_when_the_member_comes_or_goes(room: Room) -> None:
    first, second = room.members[:2]
    await renew(room.desk, [first])
    await note(room.desk)
    await adjust(room.desk, OPERATOR, first, "left his tablet", present=False)
    await adjust(room.desk, OPERATOR, second, "has no tablet", present=True)
    # The first goes and comes back, the second comes with a tablet and goes.
    room.clock.advance(LEASE_MS)
    await renew(room.desk, [second])
    await note(room.desk)
    assert await present(room) == {second}
    room.clock.advance(LEASE_MS)
    await renew(room.desk, [first])
    await note(room.desk)
    assert await present(room) == {first}


async def test_a_correction_outlives_a_restart(room: Room) -> None:
    member = room.members[0]
    await adjust(room.desk, OPERATOR, member, "has no tablet", present=True)
    await room.restart()
    assert await present(room) == {member}


async def test_only_members_are_corrected(room: Room) -> None:
    refused = await adjust(room.desk, OPERATOR, "XX", "a guess", present=True)
    assert isinstance(refused, BadField)
    assert "XX" in refused.remedy
    assert await room.entries("presence_adjusted") == []


async def test_a_note_that_was_not_answered_is_journaled_once(room: Room) -> None:
    await renew(room.desk, room.members[:1])
    room.outages.fail("append", When.AFTER)
    assert await note(room.desk)
    assert not await note(room.desk)
    room.outages.fail("bump")
    await renew(room.desk, room.members[1:2])
    with pytest.raises(StoreUnavailable):
        await note(room.desk)
    assert not await note(room.desk)
    assert len(await noted(room)) == 2


async def test_a_right_is_frozen_with_the_roll(room: Room) -> None:
    member = room.members[0]
    ballot = await room.open()
    assert (
        await change_right(room.desk, OPERATOR, member, "contributions unpaid", suspended=True)
        is None
    )
    assert isinstance(await room.press(ballot, member), Accepted)
    await room.command(ballot, Command.CLOSE)
    following = await room.open()
    refused = await room.press(following, member)
    assert isinstance(refused, RefusedPress)
    assert refused.reason is RefusalReason.SUSPENDED_RIGHT
    assert room.phase(following) is Phase.OPEN
