"""The hub: who holds a Member's right, what is newer, and who is sent what."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from server.adapters.memory_box import MemoryBallotBox
from server.hall import presence
from server.hall.press import NotTaken
from server.live.connections import ScreenConnection, SeatConnection
from server.live.outbox import LANE_CAP, Outbox
from server.live.snapshot import OnAir
from server.live.tending import put_on_air
from server.ports import BoxPress, BoxState, HeldVote
from server.vocabulary import Command, Disclosure, Language, RefusalReason, Role, Signal
from server.wire.close_codes import CloseCode
from tests.live.open_hall import PRESS, groups, last, open_hall
from tests.live.small_hall import ONLINE, SmallHall

# --- whose right it is


async def test_a_newer_device_replaces_the_older_one() -> None:
    hall, _ = await open_hall()
    older = hall.outboxes["AA"]
    (hall.generations["AA"],) = await hall.box.take_generations(["AA"])
    hall.join_seat("AA")
    assert older.closing is CloseCode.REPLACED
    assert older.take() == []
    view = json.loads(hall.outboxes["AA"].take()[-1])
    assert view["view"]["member"] == "AA"


async def test_a_device_that_was_overtaken_at_the_door_does_not_replace_the_newer_one() -> None:
    """Two devices say hello at once; the one with the older generation arrives last."""
    hall, _ = await open_hall()
    current = hall.outboxes["AA"]
    overtaken = SeatConnection(Outbox(), "AA-1", "AA", 0, Language.EN)
    hall.hub.join_seat(overtaken)
    assert overtaken.outbox.closing is CloseCode.UNAVAILABLE
    assert current.closing is None
    hall.hub.leave_seat(overtaken)
    assert "AA" in hall.hub.online_members()


async def test_leaving_late_does_not_take_the_newer_device_off_the_hall() -> None:
    hall, _ = await open_hall()
    older = hall.seats["AA"]
    hall.generations["AA"] = 2
    newer = hall.join_seat("AA")
    hall.hub.leave_seat(older)
    assert "AA" in hall.hub.online_members()
    hall.hub.leave_seat(newer)
    assert "AA" not in hall.hub.online_members()
    assert hall.hub.connections() == (len(ONLINE) - 1, 3)


async def test_only_the_named_seats_are_closed() -> None:
    hall, _ = await open_hall()
    hall.hub.close_seats(frozenset({"AA-1", "ZZ-1", "nowhere"}), CloseCode.REVOKED)
    closed = {name for name, outbox in hall.outboxes.items() if outbox.closing is not None}
    assert closed == {"AA", "ZZ"}
    hall.hub.close_all(CloseCode.GOING_AWAY)
    assert hall.outboxes["AA"].closing is CloseCode.REVOKED
    assert hall.outboxes["display"].closing is CloseCode.GOING_AWAY


# --- what is newer


async def test_groups_that_land_out_of_order_end_as_the_box_holds_them() -> None:
    hall, ballot = await open_hall()
    first, second = await groups(hall, ballot, ("AA", "yes"), ("AA", "no"))
    hall.hub.landed(second)
    hall.hub.landed(first)
    await hall.look()
    shown = last(hall, "display")["view"]["ballot"]
    assert shown["counts"] == {"yes": 0, "no": 1, "abstain": 0}
    assert last(hall, "AA")["view"]["ballot"]["mine"]["choice"] == "no"


async def test_what_landed_between_the_read_and_its_adoption_stays() -> None:
    hall, ballot = await open_hall()
    before = await hall.box.state(ballot)
    assert isinstance(before, BoxState)
    (landed,) = await groups(hall, ballot, ("BB", "yes"))
    hall.hub.landed(landed)
    state = hall.desk.ledger.state
    hall.hub.adopt(state, before, {}, frozenset(), OnAir(), before.revision)
    await hall.look()
    shown = last(hall, "display")
    assert shown["view"]["ballot"]["turnout"]["voted"] == 1
    assert shown["seq"] == landed.state.revision


async def test_an_adopted_state_that_is_newer_replaces_what_landed() -> None:
    hall, ballot = await open_hall()
    first, second = await groups(hall, ballot, ("BB", "yes"), ("BB", "no"))
    hall.hub.landed(first)
    votes = {"BB": HeldVote("no", 2, f"{PRESS}2")}
    hall.hub.adopt(
        hall.desk.ledger.state, second.state, votes, frozenset(), OnAir(), second.state.revision
    )
    hall.hub.landed(first)
    await hall.look()
    shown = last(hall, "display")["view"]["ballot"]
    assert shown["counts"] == {"yes": 0, "no": 1, "abstain": 0}


async def test_seq_never_runs_backwards_when_the_hall_looks_at_another_ballot() -> None:
    """A group lands after the revision was read, and by then the ballot is no longer in focus."""
    hall, ballot = await open_hall()
    revision = await hall.box.raise_revision(0)
    (landed,) = await groups(hall, ballot, ("AA", "yes"))
    hall.hub.landed(landed)
    await hall.look()
    before = last(hall, "display")["seq"]
    assert before == landed.state.revision > revision
    elsewhere = replace(hall.desk.ledger.state, focus=None)
    hall.hub.adopt(elsewhere, None, {}, frozenset(), OnAir(), revision)
    await hall.look()
    assert last(hall, "display")["view"]["ballot"] is None
    assert last(hall, "display")["seq"] >= before


async def test_a_group_in_a_box_that_is_not_known_yet_asks_for_a_fresh_look() -> None:
    hall, ballot = await open_hall()
    (landed,) = await groups(hall, ballot, ("AA", "yes"))
    other = replace(landed, state=replace(landed.state, ballot="b-new"), ballot="b-new")
    hall.hub.landed(other)
    assert hall.hub.is_out_of_step()
    assert not hall.hub.is_out_of_step()


async def test_late_presses_in_a_closed_ballot_make_no_work_for_the_hall() -> None:
    """A crowd that presses too late, or one hostile seat, must not make every screen anew."""
    hall, ballot = await open_hall()
    await hall.press(ballot, [("AA", "yes")])
    await hall.command(ballot, Command.CLOSE)
    await hall.look()
    sent = {name: len(frames) for name, frames in hall.seen.items()}
    await hall.press(ballot, [("BB", "no"), ("AA", "no")])
    assert not hall.hub.is_out_of_step()
    await hall.look()
    assert {name: len(frames) for name, frames in hall.seen.items()} == sent


# --- who is sent what


async def test_a_press_is_shown_to_the_screens_and_its_own_seat_only() -> None:
    hall, ballot = await open_hall(Disclosure.INDIVIDUAL)
    sent = {name: len(frames) for name, frames in hall.seen.items()}
    await hall.press(ballot, [("AA", "yes")])
    await hall.look()
    told = {name for name, frames in hall.seen.items() if len(frames) > sent[name]}
    assert told == {"display", "chair", "console", "AA"}


async def test_views_conflate_and_a_slow_outbox_does_not_grow() -> None:
    hall, ballot = await open_hall()
    slow = hall.outboxes.pop("display")
    hall.seen.pop("display")
    for n in range(3 * LANE_CAP):
        await hall.press(ballot, [("AA", ("yes", "no")[n % 2])])
        hall.hub.publish()
        frame = b'{"type":"beat","server_time":%d}' % n
        slow.beat(frame)
    view, beat = slow.take()
    assert json.loads(view)["view"]["ballot"]["counts"]["no"] == 1
    assert json.loads(beat)["server_time"] == 3 * LANE_CAP - 1
    assert slow.closing is None


async def test_who_comes_and_goes_is_no_news_for_the_seats() -> None:
    hall, ballot = await open_hall()
    await hall.look()
    before = {code: len(hall.seen[code]) for code in ONLINE}
    hall.hub.leave_seat(hall.seats["CC"])
    await hall.box.end_presence(["CC"])
    hall.clock.advance(60_000)
    assert await presence.note(hall.desk)
    await hall.tending.refresh()
    await hall.look()
    assert {code: len(hall.seen[code]) for code in ONLINE} == before
    assert last(hall, "console")["view"]["present"] == 5
    # What another server's seats pressed reaches the seat whose vote it is; a pause reaches all.
    await hall.box.press(ballot, [BoxPress("AA", hall.generations["AA"], PRESS + "7", "no")])
    await hall.tending.refresh()
    await hall.look()
    assert last(hall, "AA")["view"]["ballot"]["mine"]["choice"] == "no"
    assert len(hall.seen["BB"]) == before["BB"]
    await hall.command(ballot, Command.SUSPEND, reason="a pause")
    await hall.look()
    assert last(hall, "BB")["view"]["ballot"]["phase"] == "suspended"
    assert len(hall.seen["BB"]) == before["BB"] + 1
    await put_on_air(hall.desk, OnAir(item="1"))
    await hall.look()
    assert len(hall.seen["BB"]) == before["BB"] + 2


async def test_screens_of_one_kind_are_sent_the_same_bytes() -> None:
    hall, ballot = await open_hall()
    hall.join_screen("second display", Role.DISPLAY, console=False)
    hall.join_screen("operator's display", Role.OPERATOR, console=False)
    await hall.press(ballot, [("AA", "yes"), ("BB", "no")])
    await hall.look()
    assert hall.seen["second display"][-1] == hall.seen["display"][-1]
    assert hall.seen["operator's display"][-1] == hall.seen["chair"][-1]
    assert last(hall, "display")["view"]["chair"] is None
    assert last(hall, "chair")["view"]["chair"]["sentence"]["en"]


async def test_a_signal_is_the_seats_own_and_the_staffs() -> None:
    hall, _ = await open_hall()
    sent = len(hall.seen["BB"])
    hall.hub.signal("AA-1", Signal.ASSISTANCE, on=True)
    await hall.look()
    assert last(hall, "AA")["view"]["signals"] == ["assistance"]
    assert last(hall, "chair")["view"]["chair"]["assistance"] == ["AA"]
    assert last(hall, "console")["view"]["exceptions"]["assistance"] == ["AA"]
    assert len(hall.seen["BB"]) == sent
    assert b"assistance" not in hall.seen["display"][-1]
    hall.hub.signal("AA-1", Signal.ASSISTANCE, on=False)
    await hall.look()
    assert last(hall, "AA")["view"]["signals"] == []


async def test_a_language_is_changed_for_one_seat() -> None:
    hall, _ = await open_hall()
    sent = len(hall.seen["BB"])
    hall.hub.speak(hall.seats["AA"], Language.AR)
    await hall.look()
    assert last(hall, "AA")["view"]["lang"] == "ar"
    assert len(hall.seen["BB"]) == sent


async def test_an_outage_of_the_store_is_said_to_the_operator_once() -> None:
    hall, _ = await open_hall()
    assert hall.hub.store_answers()
    hall.hub.store_is("unavailable")
    await hall.look()
    assert last(hall, "console")["view"]["server_store"] == "unavailable"
    assert last(hall, "console")["view"]["alarms"]
    assert not hall.hub.store_answers()
    sent = len(hall.seen["console"])
    hall.hub.store_is("unavailable")
    await hall.look()
    assert len(hall.seen["console"]) == sent


async def test_what_the_hall_looks_at_stays_while_a_ballot_is_open() -> None:
    """Signing off an earlier ballot must not take the open one off seats and screens."""
    hall, earlier = await open_hall()
    await hall.press(earlier, [("AA", "yes")])
    await hall.command(earlier, Command.CLOSE)
    await hall.command(earlier, Command.DECLARE)
    ballot = await hall.prepare()
    await hall.command(ballot, Command.OPEN)
    for command in (Command.CERTIFY, Command.PUBLISH):
        await hall.command(earlier, command)
        await hall.look()
        assert last(hall, "display")["view"]["ballot"]["id"] == ballot
        assert last(hall, "AA")["view"]["ballot"]["id"] == ballot
    await hall.command(ballot, Command.CLOSE)
    await hall.look()
    assert last(hall, "display")["view"]["ballot"]["phase"] == "closed"


# --- what must not go back, and who is not disturbed


class SlowReading(MemoryBallotBox):
    """Something happens between the reading of the box and what is read after it."""

    meanwhile: Callable[[], Awaitable[None]] | None = None

    async def present(self) -> frozenset[str]:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            await meanwhile()
        return await super().present()


async def test_a_box_that_a_late_press_latched_is_not_opened_again_by_an_older_reading() -> None:
    hall = await SmallHall.open(box_type=SlowReading)
    ballot = await hall.prepare(seconds=60, auto_close=True)
    await hall.command(ballot, Command.OPEN)
    await hall.press(ballot, [("AA", "yes")])
    hall.clock.advance(58_000)
    await hall.desk.time.look(hall.box, hall.clock, ballot)
    await hall.look()
    for seen in hall.seen.values():
        seen.clear()

    async def too_late() -> None:
        hall.clock.advance(3_000)
        (reply,) = await hall.press(ballot, [("BB", "no")])
        assert isinstance(reply, NotTaken)
        await hall.look()

    assert isinstance(hall.box, SlowReading)
    hall.box.meanwhile = too_late
    await hall.tending.refresh()
    await hall.look()
    for name in ("AA", "display", "console"):
        phases = [json.loads(each)["view"]["ballot"]["phase"] for each in hall.seen[name]]
        assert phases, name
        assert set(phases) == {"closed"}, name


async def test_a_refused_press_is_news_for_the_operator_and_for_nobody_else() -> None:
    hall, ballot = await open_hall(Disclosure.COUNTS)
    for seen in hall.seen.values():
        seen.clear()
    (reply,) = await hall.press(ballot, [("ZZ", "yes")])
    hall.refuse(ballot, "ZZ", reply)
    await hall.look()
    assert {name for name, seen in hall.seen.items() if seen} == {"console"}
    assert last(hall, "console")["view"]["exceptions"]["refused"] == ["ZZ"]


async def test_a_console_cannot_count_votes_by_the_views_that_say_nothing_new() -> None:
    hall, ballot = await open_hall(Disclosure.NONE)
    for seen in hall.seen.values():
        seen.clear()
    hall.hub.queue_moved()
    await hall.look()
    await hall.press(ballot, [("AA", "yes")])
    hall.desk.refusals.note(ballot, "AA-1", RefusalReason.PRESS_ID_REUSED)
    hall.hub.refused()
    await hall.look()
    assert hall.seen["console"] == []
    assert hall.seen["display"] == []


async def test_after_a_fault_the_seats_that_saw_nothing_are_shown_it_the_next_time() -> None:
    hall, ballot = await open_hall()
    await hall.press(ballot, [("AA", "yes"), ("BB", "no")])
    for seen in hall.seen.values():
        seen.clear()
    broken = hall.seats["BB"].outbox
    show, broken.wake = broken.wake, _fail
    with pytest.raises(RuntimeError, match="a fault"):
        await hall.look()
    broken.wake = show
    await hall.look()
    mine = {name: last(hall, name)["view"]["ballot"]["mine"]["choice"] for name in ("AA", "BB")}
    assert mine == {"AA": "yes", "BB": "no"}


def _fail() -> None:
    raise RuntimeError("a fault")


async def test_a_screen_whose_token_was_ended_is_closed_and_no_other() -> None:
    hall, _ = await open_hall()
    mine, public = Outbox(), Outbox()
    hall.hub.screens.join(ScreenConnection(mine, Role.OPERATOR, console=True, token="one"))
    hall.hub.screens.join(ScreenConnection(public, Role.DISPLAY, console=False))
    assert hall.hub.screens.tokens() == {"one"}
    hall.hub.screens.close({"two"}, CloseCode.REVOKED)
    assert mine.closing is None
    hall.hub.screens.close({"one"}, CloseCode.REVOKED)
    assert mine.closing is CloseCode.REVOKED
    assert public.closing is None
