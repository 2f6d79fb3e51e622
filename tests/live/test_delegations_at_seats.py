"""Who sits for a Member is told to its own seat, and to no other seat, display or chair."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.assembly.member import Delegate
from server.hall.delegations import HandOver, hand_over_at_seats, name_delegation
from server.hall.state import epoch_text
from server.live.kiosk_frames import kiosk_frames
from server.live.kiosk_projection import kiosk_projection
from server.live.wording import Wording
from server.vocabulary import Command, Disclosure, Language
from server.wire.messages import KioskViewFrame
from tests.live.small_hall import SmallHall, speech

LUNE, SOLEIL = Delegate("Ms Lune"), Delegate("Mr Soleil", head=True)


async def named() -> SmallHall:
    """A small hall in which two sit for AA."""
    hall = await SmallHall.open()
    assert await name_delegation(hall.desk, "operator:test", "AA", (LUNE, SOLEIL), "named") is None
    await hall.look()
    return hall


def told(hall: SmallHall, seat: str) -> Any:
    return json.loads(hall.seen[seat][-1])["view"]


async def hand_over(hall: SmallHall, delegate: str) -> None:
    asked = [HandOver("AA", "AA-1", delegate)]
    assert await hand_over_at_seats(hall.desk, asked) == [None]
    await hall.look()


async def test_a_seat_is_told_who_sits_for_its_member_and_who_votes() -> None:
    hall = await named()
    assert told(hall, "AA")["delegation"] == {
        "names": ["Ms Lune", "Mr Soleil"],
        "votes_by": "Mr Soleil",
    }
    assert told(hall, "BB")["delegation"] is None
    await hand_over(hall, "Ms Lune")
    assert told(hall, "AA")["delegation"]["votes_by"] == "Ms Lune"
    snapshot, wording = hall.hub.snapshot(), Wording(speech())
    epoch, seq = epoch_text(snapshot.state), snapshot.revision
    view = kiosk_projection(wording, snapshot).view("AA-1", "AA", Language.EN)
    whole = KioskViewFrame(epoch=epoch, seq=seq, view=view).model_dump_json()
    frame = kiosk_frames(wording, snapshot, epoch, seq)("AA-1", "AA", Language.EN)
    assert json.loads(frame) == json.loads(whole)


@pytest.mark.parametrize("disclosure", [Disclosure.NONE, Disclosure.INDIVIDUAL])
async def test_nobody_else_sees_to_whom_a_vote_is_handed(disclosure: Disclosure) -> None:
    """Two halls that differ in the name alone: everybody but AA and the console gets the same."""
    halls = [await named(), await named()]
    for hall, names in zip(halls, (["Ms Lune"], ["Ms Lune", "Mr Soleil"]), strict=True):
        ballot = await hall.prepare(disclosure)
        await hall.command(ballot, Command.OPEN)
        await hall.press(ballot, [("AA", "yes")])
        await hall.look()
        for name in names:
            await hand_over(hall, name)
        mine = told(hall, "AA")
        assert mine["delegation"]["votes_by"] == names[-1]
        assert mine["ballot"]["mine"]["choice"] == "yes"  # the vote stands as it stands
    for audience in ("display", "chair", "BB", "ZZ"):
        one, other = (json.loads(hall.seen[audience][-1])["view"] for hall in halls)
        assert one == other
        assert not any("Lune" in str(frame) for hall in halls for frame in hall.seen[audience])


async def test_hand_overs_of_one_moment_follow_each_other() -> None:
    hall = await named()
    asked = [HandOver("AA", "AA-1", name) for name in ("Ms Lune", "Ms Lune", "Mr Soleil", "Mx Snö")]
    asked += [HandOver("BB", "BB-1", "Ms Lune"), HandOver("QQ", "QQ-1", "Ms Lune")]
    faults = await hand_over_at_seats(hall.desk, asked)
    remedies = [None if fault is None else fault.remedy for fault in faults]
    assert remedies == [
        None,
        "Ms Lune votes for AA already",
        None,
        "not in the delegation of AA: Ms Lune, Mr Soleil",
        "nobody is named for BB; name its delegation first",
        "no Member has the code QQ",
    ]
    await hall.look()
    assert told(hall, "AA")["delegation"]["votes_by"] == "Mr Soleil"
