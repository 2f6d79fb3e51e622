"""The outbox: replies never lost nor reordered, views latest only, and the close code last."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from server.live.outbox import LANE_CAP, TEXT, Outbox
from server.wire.close_codes import CloseCode


def test_replies_come_in_order_before_the_view_and_the_beat() -> None:
    outbox = Outbox()
    outbox.beat(b"beat 1")
    outbox.show(b"view 1")
    outbox.reply(b"receipt 1")
    outbox.show(b"view 2")
    outbox.reply(b"receipt 2")
    outbox.beat(b"beat 2")
    assert outbox.take() == [b"receipt 1", b"receipt 2", b"view 2", b"beat 2"]
    assert outbox.take() == []


def test_a_frame_is_passed_on_at_once_or_waits() -> None:
    outbox = Outbox()
    sent: list[bytes] = []

    def pass_on(kind: int, frame: bytes) -> None:
        assert kind == TEXT
        sent.append(frame)

    outbox.pass_on = pass_on
    outbox.pass_on_both = lambda *frames: sent.extend(frames)
    outbox.reply(b"receipt 1")
    outbox.show(b"view 1")
    outbox.beat(b"beat 1")
    outbox.reply(b"receipt 2", b"beat 2")
    assert sent == [b"receipt 1", b"view 1", b"beat 1", b"receipt 2", b"beat 2"]
    assert outbox.take() == []
    outbox.pass_on = None
    outbox.reply(b"receipt 3", b"beat 3")
    outbox.show(b"view 2")
    assert outbox.take() == [b"receipt 3", b"view 2", b"beat 3"]
    outbox.pass_on = pass_on
    outbox.close(CloseCode.REPLACED)
    outbox.reply(b"too late")
    outbox.show(b"too late")
    outbox.beat(b"too late")
    assert len(sent) == 5
    assert outbox.take() == []


def test_the_close_code_follows_the_last_replies() -> None:
    outbox = Outbox()
    outbox.reply(b"receipt")
    outbox.show(b"view")
    outbox.close(CloseCode.REPLACED)
    outbox.reply(b"too late")
    outbox.show(b"too late")
    assert outbox.closing is CloseCode.REPLACED
    assert outbox.take() == [b"receipt"]
    assert outbox.take() == []


def test_the_first_close_code_stands() -> None:
    outbox = Outbox()
    outbox.close(CloseCode.REVOKED)
    outbox.close(CloseCode.GOING_AWAY)
    assert outbox.closing is CloseCode.REVOKED


def test_a_full_lane_is_told_to_come_back_and_loses_nothing_before() -> None:
    outbox = Outbox()
    for n in range(LANE_CAP + 1):
        outbox.reply(b"%d" % n)
    assert outbox.closing is CloseCode.SLOW
    assert outbox.take() == [b"%d" % n for n in range(LANE_CAP)]
    assert outbox.take() == []


@pytest.mark.parametrize(
    ("put", "expected"),
    [
        (lambda outbox: outbox.reply(b"r"), [b"r"]),
        (lambda outbox: outbox.show(b"v"), [b"v"]),
        (lambda outbox: outbox.beat(b"b"), [b"b"]),
        (lambda outbox: outbox.close(CloseCode.GOING_AWAY), []),
    ],
)
def test_whoever_takes_is_woken_by_each_kind_when_it_is_there(
    put: Callable[[Outbox], None], expected: list[bytes]
) -> None:
    outbox = Outbox()
    taken: list[list[bytes]] = []
    outbox.wake = lambda: taken.append(outbox.take())
    put(outbox)
    assert taken == [expected]


class OutboxMachine(RuleBasedStateMachine):
    """Whatever is put in, in whatever order: what comes out is what was promised."""

    def __init__(self) -> None:
        super().__init__()
        self.outbox = Outbox()
        self.n = 0
        self.due: list[bytes] = []
        self.view: bytes | None = None
        self.closed = False

    def _frame(self, kind: str) -> bytes:
        self.n += 1
        return f"{kind} {self.n}".encode()

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

    @rule()
    def take(self) -> None:
        taken = self.outbox.take()
        shown = [self.view] if self.view is not None and not self.closed else []
        assert taken == self.due + shown
        self.due, self.view = [], None

    @invariant()
    def says_whether_it_closes(self) -> None:
        assert (self.outbox.closing is not None) == self.closed


TestOutboxMachine = OutboxMachine.TestCase
TestOutboxMachine.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
