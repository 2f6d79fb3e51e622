"""Members who are admitted to the assembly, and Members who withdraw."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from server.adapters.memory_credentials import MemoryCredentials
from server.assembly.member import Member
from server.assembly.texts import Texts
from server.ballots.life import roll_of
from server.hall.admission import Admission, admit, withdraw
from server.hall.desk import BadField, HasTheFloor
from server.hall.state import assembly_of
from server.ports import Accepted, RefusedPress, SeatCredential
from server.vocabulary import Command, RefusalReason
from tests.hall_cases.room import OPERATOR, Room

NEW = Admission(
    code="XK",
    region="europe",
    names=Texts("Kosovo", "Kosovo", "Kosovo", "كوسوفو"),
    tile=None,
    ballot=None,
    reason="by acclamation in the last session",
)


async def adopted(room: Room, decision: str = "admission") -> str:
    """A declared ballot that was adopted."""
    ballot = await room.open(decision=decision)
    await room.vote(ballot, "yes", "yes", "yes")
    await room.command(ballot, Command.CLOSE)
    await room.command(ballot, Command.DECLARE)
    return ballot


async def test_a_member_admitted_votes_from_the_next_announced_ballot_on(room: Room) -> None:
    ballot = await adopted(room)
    waiting = await room.prepare()
    await room.command(waiting, Command.ANNOUNCE)
    asked = replace(NEW, ballot=ballot, reason=None)
    assert isinstance(await admit(room.desk, OPERATOR, asked), Member)
    state = room.desk.ledger.state
    assert [member.code for member in assembly_of(state).members][-1] == "XK"
    assert [seat.id for seat in assembly_of(state).seats][-1] == "XK-1"
    (entry,) = await room.entries("member_admitted")
    assert (entry["seq"], entry["ballot"]) == (state.members_since, ballot)

    await room.command(waiting, Command.OPEN)
    early = await room.press(waiting, "XK")
    assert isinstance(early, RefusedPress)
    assert early.reason is RefusalReason.NOT_ON_ROLL
    await room.command(waiting, Command.CANCEL, reason="over")

    following = await room.open()
    roll = roll_of(room.ballot(following))
    assert roll is not None
    assert (roll.members_total, roll.entries[-1].member) == (len(room.members) + 1, "XK")
    assert isinstance(await room.press(following, "XK"), Accepted)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "a code with spaces"}, "code"),
        ({"region": "atlantis"}, "region"),
        ({"names": Texts("A name that is long", "N", "N", "N")}, "tile.en"),
        ({"reason": None}, "reason"),
        ({"ballot": "none"}, "ballot"),
    ],
)
async def test_what_is_wrong_is_named(room: Room, change: dict[str, object], field: str) -> None:
    answer = await admit(room.desk, OPERATOR, replace(NEW, **change))  # type: ignore[arg-type]  # each is the field's own type
    assert isinstance(answer, BadField)
    assert answer.field == field
    assert await room.entries("member_admitted") == []


async def test_nobody_is_a_member_twice(room: Room) -> None:
    again = await admit(room.desk, OPERATOR, replace(NEW, code=room.members[0]))
    assert isinstance(again, BadField)
    assert "already" in again.remedy


async def test_a_ballot_that_lost_admits_nobody(room: Room) -> None:
    ballot = await room.open(decision="admission")
    await room.vote(ballot, "no", "no", "yes")
    await room.command(ballot, Command.CLOSE)
    await room.command(ballot, Command.DECLARE)
    answer = await admit(room.desk, OPERATOR, replace(NEW, ballot=ballot))
    assert isinstance(answer, BadField)
    assert answer.field == "ballot"


async def test_who_withdraws_is_off_the_roll_and_its_seat_is_silenced(room: Room) -> None:
    credentials = MemoryCredentials()
    leaver = room.members[1]
    await credentials.put_seat_tokens([SeatCredential(f"{leaver}-1", leaver, "hash")])
    ballot = await room.open()
    ended: list[frozenset[str]] = []
    leave = partial(withdraw, room.desk, credentials, OPERATOR, leaver, "left", ended.append)
    assert await leave() == HasTheFloor(ballot)
    await room.command(ballot, Command.CLOSE)
    assert ended == []
    assert await leave() is None
    assert ended == [{f"{leaver}-1"}]
    assert await credentials.bearer("hash", 0) is None
    assert isinstance(await leave(), BadField)
    after = await room.prepare()
    roll = roll_of(await room.command(after, Command.ANNOUNCE))
    assert roll is not None
    assert leaver not in {entry.member for entry in roll.entries}
    assert roll.members_total == len(room.members) - 1
