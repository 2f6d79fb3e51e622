"""The outbox: replies never lost nor reordered, views latest only, and the close code last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from server.live.outbox import LANE_CAP, Outbox
from server.wire.close_codes import CloseCode
from tests.live.small_hall import waiting


async def test_replies_come_in_order_before_the_view_and_the_beat() -> None:
    outbox = Outbox()
    outbox.beat("beat 1")
    outbox.show("view 1")
    outbox.reply("receipt 1")
    outbox.show("view 2")
    outbox.reply("receipt 2")
    outbox.beat("beat 2")
    assert await outbox.next() == ("receipt 1", "receipt 2", "view 2", "beat 2")
    assert await waiting(outbox) == ()


async def test_the_close_code_follows_the_last_replies() -> None:
    outbox = Outbox()
    outbox.reply("receipt")
    outbox.show("view")
    outbox.close(CloseCode.REPLACED)
    outbox.reply("too late")
    outbox.show("too late")
    assert outbox.closing is CloseCode.REPLACED
    assert await outbox.next() == ("receipt",)
    assert await outbox.next() == ()


async def test_the_first_close_code_stands() -> None:
    outbox = Outbox()
    outbox.close(CloseCode.REVOKED)
    outbox.close(CloseCode.GOING_AWAY)
    assert outbox.closing is CloseCode.REVOKED


async def test_a_full_lane_is_told_to_come_back_and_loses_nothing_before() -> None:
    outbox = Outbox()
    for n in range(LANE_CAP + 1):
        outbox.reply(str(n))
    assert outbox.closing is CloseCode.SLOW
    assert await outbox.next() == tuple(str(n) for n in range(LANE_CAP))
    assert await outbox.next() == ()


@pytest.mark.parametrize(
    ("put", "expected"),
    [
        (lambda outbox: outbox.reply("r"), ("r",)),
        (lambda outbox: outbox.show("v"), ("v",)),
        (lambda outbox: outbox.beat("b"), ("b",)),
        (lambda outbox: outbox.close(CloseCode.GOING_AWAY), ()),
    ],
)
async def test_whoever_waits_is_woken_by_each_kind(
    put: Callable[[Outbox], None], expected: tuple[str, ...]
) -> None:
    outbox = Outbox()
    writer = asyncio.ensure_future(outbox.next())
    await asyncio.sleep(0)
    assert not writer.done()
    put(outbox)
    assert await writer == expected


class OutboxMachine(RuleBasedStateMachine):
    """Whatever is put in, in whatever order: what comes out is what was promised."""

    def __init__(self) -> None:
        super().__init__()
        self.outbox = Outbox()
        self.n = 0
        self.due: list[str] = []
        self.view: str | None = None
        self.closed = False

    def _frame(self, kind: str) -> str:
        self.n += 1
        return f"{kind} {self.n}"

    @rule(times=st.integers(1, LANE_CAP // 2 + 1))
    def reply(self, times: int) -> None:
        for _ in range(times):
            frame = self._frame("reply")
            self.outbox.reply(frame)
            if self.closed:
                continue
            if len(self.due) == LANE_CAP:
                self.closed = True
            else:
                self.due.append(frame)

    @rule()
    def show(self) -> None:
        self.view = self._frame("view")
        self.outbox.show(self.view)

    @rule()
    def close(self) -> None:
        self.outbox.close(CloseCode.GOING_AWAY)
        self.closed = True

    @precondition(lambda self: self.due or self.view or self.closed)
    @rule()
    def take(self) -> None:
        taken = asyncio.run(self._next())
        shown = [self.view] if self.view is not None and not self.closed else []
        assert list(taken) == self.due + shown
        self.due, self.view = [], None

    async def _next(self) -> tuple[str, ...]:
        return await asyncio.wait_for(self.outbox.next(), 5)

    @invariant()
    def says_whether_it_closes(self) -> None:
        assert (self.outbox.closing is not None) == self.closed


TestOutboxMachine = OutboxMachine.TestCase
TestOutboxMachine.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
