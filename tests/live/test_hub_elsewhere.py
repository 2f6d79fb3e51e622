"""What a hub makes of seats and presses at other servers of the same hall."""

from __future__ import annotations

import asyncio
import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from server.live.connections import SeatConnection
from server.live.outbox import Outbox
from server.live.tending import ORDER_SECONDS
from server.neighbours import SeatOnline, SeatRefusals, ServerReport
from server.ports import BoxPhase
from server.vocabulary import Command, Disclosure, Language, RefusalReason, Signal
from server.wire.close_codes import CloseCode
from tests.live.open_hall import groups, last, open_hall


async def test_presses_of_other_servers_are_shown_whole_or_not_yet() -> None:
    """Of three presses the middle one was taken by another server, whose notice comes late."""
    hall, ballot = await open_hall()
    first, _elsewhere, third = await groups(hall, ballot, ("AA", "yes"), ("BB", "no"), ("CC", "no"))
    hall.hub.landed(first)
    await hall.look()
    hall.hub.landed(third)
    # Counts of another moment than the votes are shown to nobody; a seat sees its own receipt.
    hall.hub.publish()
    assert last(hall, "display")["view"]["ballot"]["counts"] == {"yes": 1, "no": 0, "abstain": 0}
    assert json.loads(hall.outboxes["CC"].take()[-1])["view"]["ballot"]["mine"]["choice"] == "no"
    assert hall.hub.is_out_of_step()
    await hall.tending.refresh()
    await hall.look()
    assert last(hall, "display")["view"]["ballot"]["counts"] == {"yes": 1, "no": 2, "abstain": 0}


@given(order=st.permutations(range(7)), read_after=st.integers(0, 8), twice=st.integers(0, 6))
async def test_presses_that_are_told_are_shown_in_the_order_of_their_numbers(
    order: list[int], read_after: int, twice: int
) -> None:
    """Two servers took them, and told of them in whatever order; one of them is told twice, and
    box and journal are read at some moment. Nothing else is ever read."""
    hall, ballot = await open_hall()
    hall.hub.hear_others()
    before = hall.hub.box
    assert before is not None
    asked = (("AA", "yes"), ("BB", "no"), ("AA", "no"), ("CC", "no"), ("BB", "abstain"))
    told = await groups(hall, ballot, *asked, ("AA", "abstain"), ("CC", "yes"))
    shown = before.n
    for turn, which in enumerate([*order, twice]):
        if turn == read_after:
            await hall.tending.refresh()
        hall.hub.landed(told[which])
        seen = hall.hub.snapshot()
        assert seen.box is not None
        # Whatever is shown is the hall as it was after some number of presses.
        assert seen.box.n >= shown
        shown = seen.box.n
        counted = Counter(held.choice for held in seen.votes.values())
        assert +Counter(seen.box.counts) == counted
        assert max((held.n for held in seen.votes.values()), default=before.n) == shown
        assert not hall.hub.is_out_of_step()
    assert shown == before.n + len(told)
    assert hall.hub.wanted == 0


async def test_what_nobody_tells_is_read_after_a_moment() -> None:
    hall, ballot = await open_hall()
    hall.hub.hear_others()
    await hall.tending.start()
    await asyncio.sleep(0.1)  # its loops have looked once, and look again after a second
    first, second, third = await groups(
        hall, ballot, ("AA", "yes"), ("BB", "no"), ("CC", "abstain")
    )
    hall.hub.landed(second)
    assert hall.hub.wanted == first.state.n
    await asyncio.sleep(0.1)
    # By the hall's clock no time has passed: it waits, and nobody is shown anything of it.
    await hall.look()
    assert last(hall, "display")["view"]["ballot"]["counts"] == {"yes": 0, "no": 0, "abstain": 0}
    assert hall.hub.box != second.state
    # What comes meanwhile does not make it wait for more.
    hall.clock.advance(round(ORDER_SECONDS * 1000) - 1)
    hall.hub.landed(third)
    await asyncio.sleep(0.1)
    assert hall.hub.wanted == second.state.n
    hall.clock.advance(1)
    async with asyncio.timeout(10):
        while hall.hub.box != third.state:  # noqa: ASYNC110  # nobody tells that it was read
            await asyncio.sleep(0.01)
    assert hall.hub.wanted == 0
    await hall.tending.stop()
    await hall.look()
    hall.hub.publish()
    assert last(hall, "display")["view"]["ballot"]["counts"] == {"yes": 1, "no": 1, "abstain": 1}


async def test_what_is_told_late_opens_no_box_that_was_suspended() -> None:
    hall, ballot = await open_hall()
    hall.hub.hear_others()
    told = await groups(hall, ballot, ("AA", "yes"), ("BB", "no"))
    (again,) = await groups(hall, ballot, ("AA", "yes"))
    assert not again.fresh
    hall.hub.landed(again)
    assert hall.hub.wanted == 0
    await hall.command(ballot, Command.SUSPEND)
    for each in (again, *reversed(told), again):
        hall.hub.landed(each)
        box = hall.hub.box
        assert box is not None
        assert (box.phase, box.n) == (BoxPhase.SUSPENDED, told[1].state.n)
    assert not hall.hub.is_out_of_step()


async def test_a_seat_is_not_shown_less_than_its_receipt() -> None:
    """It was told that it voted; what has to come before is not there yet."""
    hall, ballot = await open_hall()
    hall.hub.hear_others()
    first, second = await groups(hall, ballot, ("AA", "yes"), ("BB", "no"))
    hall.hub.landed(second)
    for outbox in hall.outboxes.values():
        outbox.take()
    hall.hub.signal("BB-1", Signal.ASSISTANCE, on=True)
    hall.hub.publish()
    assert hall.outboxes["BB"].take() == []
    hall.hub.landed(first)
    hall.hub.publish()
    (shown,) = hall.outboxes["BB"].take()
    assert json.loads(shown)["view"]["ballot"]["mine"]["choice"] == "no"


async def test_a_press_that_shows_nothing_is_no_news_to_screens() -> None:
    """Whatever the hall's revision is by then: not even when a screen is told tells of a press."""
    hall, ballot = await open_hall(Disclosure.NONE)
    await hall.look()
    before = len(hall.seen["display"])
    await hall.box.bump()
    for each in await groups(hall, ballot, ("AA", "yes"), ("BB", "no")):
        hall.hub.landed(each)
        await hall.look()
    assert len(hall.seen["display"]) == before


async def test_a_seat_elsewhere_is_online_and_the_highest_generation_has_it() -> None:
    hall, _ = await open_hall()
    mine = hall.outboxes["AA"]
    raised = frozenset({Signal.ASSISTANCE})

    def report(generation: int, *, epoch: int = 1) -> ServerReport:
        dd = SeatOnline("DD-1", "DD", 1, Language.FR, raised)
        aa = SeatOnline("AA-1", "AA", generation, Language.ES, frozenset())
        return ServerReport(epoch, (dd, aa), (SeatRefusals("b", "DD-1", RefusalReason.CLOSED, 2),))

    assert "DD-1" not in hall.hub.snapshot().online
    hall.hub.hear({"other": report(1)})
    seen = hall.hub.snapshot()
    assert (seen.online["DD-1"], seen.online["AA-1"]) == (Language.FR, Language.EN)
    assert seen.signals["DD-1"] == raised
    assert mine.closing is None
    # A report from before the store was lost says nothing.
    hall.hub.hear({"other": report(9, epoch=0)})
    assert (mine.closing, "DD-1" in hall.hub.snapshot().online) == (None, False)
    hall.hub.hear({"other": report(9)})
    assert mine.closing is CloseCode.REPLACED
    # Who was on its way meanwhile is too late as well.
    hall.hub.leave_seat(hall.seats["AA"])
    late = SeatConnection(Outbox(), "AA-1", "AA", 8, Language.EN)
    hall.hub.join_seat(late)
    assert late.outbox.closing is CloseCode.UNAVAILABLE


async def test_a_withdrawn_token_ends_the_connection_here_too() -> None:
    hall, _ = await open_hall()
    assert hall.hub.fence(0, {"AA": 9}, CloseCode.REVOKED) == frozenset()
    assert hall.hub.fence(1, {"AA": 9, "DD": 3}, CloseCode.REVOKED) == {"AA"}
    assert hall.outboxes["AA"].closing is CloseCode.REVOKED
    assert hall.hub.fence(1, {"AA": 9}, CloseCode.REVOKED) == frozenset()


async def test_who_was_overtaken_elsewhere_is_not_let_in_because_an_older_one_is_here() -> None:
    hall, _ = await open_hall()
    epoch = hall.desk.ledger.state.epoch
    hall.hub.fence(epoch, {"AA": 70}, CloseCode.REPLACED)
    late = SeatConnection(Outbox(), "AA-1", "AA", 60, Language.EN)
    assert not hall.hub.join_seat(late)
    assert late.outbox.closing is CloseCode.UNAVAILABLE
