"""A frame that is written in parts says what its view says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.hall.press import NotTaken
from server.hall.state import epoch_text
from server.live.console_frame import console_frame
from server.live.console_view import console_view
from server.live.hub import Hub
from server.live.kiosk_frames import kiosk_frames
from server.live.kiosk_projection import kiosk_projection
from server.live.wording import Wording
from server.vocabulary import Command, Disclosure, Language, RefusalReason, Signal
from server.wire.messages import KIOSK_SERVER_FRAME, ConsoleViewFrame, KioskViewFrame
from tests.live.small_hall import CODES, SmallHall, speech

STEPS: tuple[Command | None, ...] = (
    None, Command.ANNOUNCE, Command.OPEN, Command.SUSPEND, Command.RESUME, Command.CLOSE,
    Command.DECLARE, Command.CERTIFY, Command.PUBLISH,
)  # fmt: skip


def both_ways(hub: Hub) -> list[tuple[Any, Any]]:
    """Each seat's frame in parts, and as the models write it."""
    wording, snapshot = Wording(speech()), hub.snapshot()
    epoch, seq = epoch_text(snapshot.state), snapshot.revision
    in_parts = kiosk_frames(wording, snapshot, epoch, seq)
    projection = kiosk_projection(wording, snapshot)
    pairs = []
    for code in (*CODES, "unknown"):
        for lang in Language:
            view = projection.view(f"{code}-1", code, lang)
            whole = KioskViewFrame(epoch=epoch, seq=seq, view=view).model_dump_json()
            frame = in_parts(f"{code}-1", code, lang)
            KIOSK_SERVER_FRAME.validate_json(frame)
            pairs.append((json.loads(frame), json.loads(whole)))
    return pairs


@pytest.mark.parametrize("nominees", [(), ("ana", "bo", "chi")], ids=["motion", "election"])
async def test_a_frame_says_what_the_view_says(nominees: tuple[str, ...]) -> None:
    hall = await SmallHall.open()
    for frame, view in both_ways(hall.hub):
        assert frame == view
        assert frame["view"]["ballot"] is None
    ballot = await hall.prepare(Disclosure.COUNTS, nominees=nominees)
    for step in STEPS:
        if step is not None:
            await hall.command(ballot, step, reason='a "test" \\ of it', seconds=30)
        if step in (Command.OPEN, Command.RESUME):
            voted = [("AA", "ana" if nominees else "yes"), ("BB", "bo" if nominees else "no")]
            await hall.press(ballot, voted)
            hall.hub.signal("AA-1", Signal.ASSISTANCE, on=True)
        pairs = both_ways(hall.hub)
        assert pairs
        for frame, view in pairs:
            assert frame == view, step
    mine = {frame["view"]["member"]: frame["view"]["ballot"]["mine"] for frame, _ in pairs}
    assert mine["AA"]["n"] > 2
    assert mine["CC"] is None


async def test_a_console_s_frame_says_what_its_view_says() -> None:
    hall = await SmallHall.open()
    ballot = await hall.prepare(Disclosure.INDIVIDUAL)
    for step in STEPS:
        if step is not None:
            await hall.command(ballot, step, reason="a test of it", seconds=30)
        if step is Command.OPEN:
            hall.refuse(ballot, "CC", NotTaken(RefusalReason.BAD_CHOICE, None))
            hall.hub.signal("BB-1", Signal.POINT_OF_ORDER, on=True)
        if step is Command.RESUME:
            await hall.press(ballot, [("AA", "yes")])
        wording, snapshot = Wording(speech()), hall.hub.snapshot()
        frame = console_frame(wording, snapshot, "00000001", 7)
        view = console_view(wording, snapshot)
        whole = ConsoleViewFrame(epoch="00000001", seq=7, view=view).model_dump_json()
        assert json.loads(frame) == json.loads(whole), step
        assert len(json.loads(frame)["view"]["seats"]) == len(CODES)


async def test_what_was_written_once_is_written_anew_when_anything_changes() -> None:
    hall = await SmallHall.open()
    ballot = await hall.prepare()
    await hall.command(ballot, Command.OPEN)
    await hall.press(ballot, [("AA", "yes")])
    await hall.look()
    hall.join_seat("BB")
    await hall.look()
    told = json.loads(hall.seen["BB"][-1])
    assert told["view"]["ballot"]["mine"] is None
    await hall.press(ballot, [("BB", "no")])
    hall.join_seat("BB")
    await hall.look()
    told = json.loads(hall.seen["BB"][-1])
    assert told["view"]["ballot"]["mine"]["choice"] == "no"
    await hall.command(ballot, Command.SUSPEND, reason="a pause")
    hall.join_seat("AA")
    await hall.look()
    assert json.loads(hall.seen["AA"][-1])["view"]["ballot"]["phase"] == "suspended"
