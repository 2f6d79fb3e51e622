"""What a hub makes of seats and presses at other servers of the same hall."""

from __future__ import annotations

import asyncio
import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from server.live.connections import SeatConnection
from server.live.outbox import Outbox
from server.neighbours import SeatOnline, SeatRefusals, ServerReport
from server.vocabulary import Language, RefusalReason, Signal
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
    hall.hub.hears_others()
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
    assert not hall.hub.waits_for_others


async def test_what_nobody_tells_is_read_after_a_moment() -> None:
    hall, ballot = await open_hall()
    hall.hub.hears_others()
    _lost, second = await groups(hall, ballot, ("AA", "yes"), ("BB", "no"))
    hall.hub.landed(second)
    assert hall.hub.waits_for_others
    await hall.look()
    hall.hub.publish()
    assert last(hall, "display")["view"]["ballot"]["counts"] == {"yes": 0, "no": 0, "abstain": 0}
    await hall.tending.start()
    async with asyncio.timeout(10):
        while hall.hub.waits_for_others or hall.hub.box != second.state:  # noqa: ASYNC110  # it is read
            await asyncio.sleep(0.01)
    await hall.tending.stop()
    await hall.look()
    hall.hub.publish()
    assert last(hall, "display")["view"]["ballot"]["counts"] == {"yes": 1, "no": 1, "abstain": 0}


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
