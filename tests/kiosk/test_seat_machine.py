"""The seat against a hall that loses connections at any instant, as a Hypothesis state machine.

The hall here is a specification of a ballot box of a few lines: presses by id, numbers that other
Members' votes use up too, a lane for answers and a slot for the latest view.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import assert_never
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk_client.asking import Answer
from kiosk_client.seat import due, step
from kiosk_client.seat_state import (
    CASTING,
    Abandon,
    ClientFrame,
    Closed,
    Event,
    Greeting,
    Live,
    Opened,
    Received,
    Register,
    Report,
    Seal,
    Seat,
    Send,
    ServerFrame,
    Tick,
    Touched,
    Unacknowledged,
)
from server.vocabulary import Choice, Phase, RefusalReason
from server.wire.messages import (
    Accredit,
    Beat,
    HandOverFrame,
    Hello,
    KioskViewFrame,
    Press,
    Receipt,
    SetLanguage,
    SignalFrame,
)
from server.wire.views import Mine
from tests.kiosk.floor import ballot, receipt, refused, view, welcome

CHOICES = st.sampled_from([Choice.YES, Choice.NO, Choice.ABSTAIN])


def answered(choice: Choice | list[str] | None) -> Answer:
    assert choice is not None, "these ballots are not secret"
    return choice if isinstance(choice, Choice) else tuple(choice)


@dataclass
class Hall:
    """What the hall holds for one Member, and what is under way on the one socket."""

    epoch: int = 1
    seq: int = 1
    ballot: int = 1
    phase: Phase = Phase.OPEN
    n: int = 0
    votes: list[tuple[str, Choice, int]] = field(default_factory=list)
    inbound: deque[ClientFrame] = field(default_factory=deque)
    lane: deque[ServerFrame] = field(default_factory=deque)
    slot: KioskViewFrame | None = None

    @property
    def held(self) -> tuple[str, Choice, int] | None:
        return self.votes[-1] if self.votes else None

    def view(self) -> KioskViewFrame:
        mine = None
        if self.held is not None:
            _, choice, n = self.held
            mine = Mine(choice=choice, n=n, code=f"C-{n:04}")
        floor = ballot(f"b{self.ballot}", self.phase, mine=mine)
        return view(self.seq, floor, epoch=f"{self.epoch:010}")

    def publish(self) -> None:
        self.seq += 1
        self.slot = self.view()

    def store(self, press_id: str, choice: Choice) -> None:
        self.n += 1
        self.votes.append((press_id, choice, self.n))

    def answer(self, frame: ClientFrame) -> None:
        match frame:
            case Hello():
                self.lane.append(welcome(f"{self.epoch:010}"))
                self.slot = self.view()
            case Press():
                self.lane.append(self.receipt_or_refusal(frame))
                self.publish()
            case Accredit() | SignalFrame() | HandOverFrame() | SetLanguage():
                pass
            case _:
                assert_never(frame)

    def receipt_or_refusal(self, press: Press) -> ServerFrame:
        if press.ballot != f"b{self.ballot}":
            return refused(press.press_id, RefusalReason.UNKNOWN_BALLOT)
        if press.press_id not in {press_id for press_id, _, _ in self.votes}:
            if self.phase is Phase.CLOSED:
                return refused(press.press_id, RefusalReason.CLOSED, self.phase)
            if self.phase is not Phase.OPEN:
                return refused(press.press_id, RefusalReason.NOT_OPEN, self.phase)
            assert isinstance(press.choice, str)
            self.store(press.press_id, Choice(press.choice))
        _, choice, n = next(vote for vote in self.votes if vote[0] == press.press_id)
        current = self.held is not None and self.held[0] == press.press_id
        return receipt(press.press_id, choice, n, current=current, ballot_id=press.ballot)

    def hang_up(self) -> None:
        self.inbound.clear()
        self.lane.clear()
        self.slot = None


class SeatAndHall(RuleBasedStateMachine):
    """Fingers, sockets, time and the hall interleave in every order that Hypothesis thinks of."""

    def __init__(self) -> None:
        super().__init__()
        self.seat = Seat("token")
        self.hall = Hall()
        self.at = 0.0
        self.ids = 0
        self.socket = False
        self.given_up: set[str] = set()
        self.confirmed_by_hall: set[tuple[str, Answer]] = set()
        self.superseded: set[tuple[str, str, int]] = set()
        self.past_views: list[KioskViewFrame] = []

    @initialize(choice=CHOICES)
    def sit_down(self, choice: Choice) -> None:
        self.settle()
        self.touch(choice)

    def take(self, event: Event) -> None:
        before = self.seat
        self.seat, actions = step(before, event)
        self.note_what_the_hall_said(event)
        old, new = before.press, self.seat.press
        if isinstance(old, Unacknowledged) and (
            not isinstance(new, Unacknowledged) or new.press_id != old.press_id
        ):
            self.given_up.add(old.press_id)
        for action in actions:
            match action:
                case Send(frame=frame):
                    assert self.socket
                    self.check_sent(frame)
                    self.hall.inbound.append(frame)
                case Abandon():
                    self.socket = False
                    self.hall.hang_up()
                case Report(detail=detail):
                    raise AssertionError(detail)
                case Seal() | Register():
                    raise AssertionError("this hall holds no secret ballots")
                case _:
                    assert_never(action)
        self.check_numbers(before, self.seat)
        self.check_no_lamp_is_lit_by_a_superseded_vote()

    def note_what_the_hall_said(self, event: Event) -> None:
        match event:
            case Received(frame=Receipt(current=True, ballot=said, choice=choice)):
                self.confirmed_by_hall.add((said, answered(choice)))
            case Received(frame=Receipt(current=False, ballot=said, n=n)):
                self.superseded.add((said, self.seat.epoch, n))
            case Received(frame=KioskViewFrame(view=seen)) if seen.ballot and seen.ballot.mine:
                self.confirmed_by_hall.add((seen.ballot.id, answered(seen.ballot.mine.choice)))
            case _:
                pass

    def check_sent(self, frame: ClientFrame) -> None:
        """Only the press in force is ever on its way: never two unacknowledged ones."""
        if isinstance(frame, Press):
            assert isinstance(self.seat.press, Unacknowledged)
            assert frame.press_id == self.seat.press.press_id
            assert frame.press_id not in self.given_up
            assert self.at < self.seat.press.touched_at + self.seat.patience.press
            assert isinstance(self.seat.link, Live)
            assert self.seat.ballot is not None
            assert self.seat.ballot.phase is Phase.OPEN

    @staticmethod
    def check_numbers(before: Seat, after: Seat) -> None:
        assert (after.epoch, after.seq) >= (before.epoch, before.seq)
        old, new = before.confirmed, after.confirmed
        floor = after.ballot
        if old is None or floor is None or floor.phase not in CASTING:
            return
        if (floor.id, after.epoch) == (old.ballot, old.epoch):
            assert new is not None
            assert new.n >= old.n

    # Fingers and time.

    @rule(first=CHOICES, second=CHOICES)
    def change_one_s_mind(self, first: Choice, second: Choice) -> None:
        self.touch(first)
        self.touch(second)

    @rule(choice=CHOICES)
    def touch(self, choice: Choice) -> None:
        self.ids += 1
        self.take(Touched(choice, str(UUID(int=self.ids, version=4)), self.at))

    @rule(seconds=st.sampled_from([0.1, 0.6, 2.5, 6.0]))
    def wait(self, seconds: float) -> None:
        self.at += seconds
        self.take(Tick(self.at))
        self.take(Tick(self.at))
        wait_until = due(self.seat)
        assert wait_until is None or wait_until > self.at, "the shell would spin"

    # The socket.

    @precondition(lambda self: not self.socket)
    @rule()
    def open_socket(self) -> None:
        self.socket = True
        self.take(Opened(self.at))

    @precondition(lambda self: self.socket)
    @rule()
    def lose_socket(self) -> None:
        self.socket = False
        self.hall.hang_up()
        self.take(Closed(1006, self.at))

    @precondition(lambda self: self.hall.inbound)
    @rule(view_lags=st.booleans())
    def hall_reads(self, view_lags: bool) -> None:
        """The view that follows may have been drawn up before the vote was stored."""
        self.hall.seq += 1
        lagging = self.hall.view()
        self.hall.answer(self.hall.inbound.popleft())
        if view_lags and self.hall.slot is not None:
            self.hall.slot = lagging

    @precondition(lambda self: self.hall.inbound)
    @rule()
    def hall_commits_a_group(self) -> None:
        """All that arrived is stored in one call; each answer knows what the whole group did."""
        frames = list(self.hall.inbound)
        self.hall.inbound.clear()
        for frame in frames:
            if isinstance(frame, Press):
                self.hall.receipt_or_refusal(frame)
        for frame in frames:
            self.hall.answer(frame)

    @precondition(lambda self: self.hall.inbound)
    @rule()
    def receipt_overtakes_view(self) -> None:
        self.hall_reads(view_lags=True)
        while self.hall.lane:
            self.seat_reads_answer(last_first=False)
        if self.hall.slot is not None:
            self.seat_reads_view()

    @precondition(lambda self: self.hall.inbound)
    @rule(stored=st.booleans())
    def hall_does_not_know(self, stored: bool) -> None:
        frame = self.hall.inbound.popleft()
        if not isinstance(frame, Press):
            self.hall.answer(frame)
            return
        if stored:
            self.hall.answer(frame)
            self.hall.lane.pop()
        self.hall.lane.append(refused(frame.press_id, RefusalReason.UNAVAILABLE))

    @precondition(lambda self: self.hall.lane)
    @rule(last_first=st.booleans())
    def seat_reads_answer(self, last_first: bool) -> None:
        """Answers come in order on one socket; the seat does not depend on it."""
        lane = self.hall.lane
        self.take(Received(lane.pop() if last_first else lane.popleft(), self.at))

    @precondition(lambda self: self.hall.slot is not None)
    @rule()
    def seat_reads_view(self) -> None:
        frame, self.hall.slot = self.hall.slot, None
        assert frame is not None
        self.past_views.append(frame)
        self.take(Received(frame, self.at))

    @precondition(lambda self: self.socket and self.past_views)
    @rule(data=st.data())
    def another_server_is_behind(self, data: st.DataObject) -> None:
        self.take(Received(data.draw(st.sampled_from(self.past_views)), self.at))

    @precondition(lambda self: self.hall.inbound or self.hall.lane or self.hall.slot)
    @rule(view_first=st.booleans(), last_first=st.booleans())
    def deliver_everything(self, view_first: bool, last_first: bool) -> None:
        while self.hall.inbound or self.hall.lane or self.hall.slot:
            if self.hall.inbound:
                self.hall_commits_a_group()
            if self.hall.slot is not None and (view_first or not self.hall.lane):
                self.seat_reads_view()
            while self.hall.lane:
                self.seat_reads_answer(last_first)
        if self.socket:
            self.hall.publish()
            self.seat_reads_view()
        self.check_the_lamp_tells_the_truth()

    def check_the_lamp_tells_the_truth(self) -> None:
        if isinstance(self.seat.link, Live):
            held = self.hall.held
            assert self.seat.lit is (held[1] if held is not None else None)

    @precondition(lambda self: self.socket)
    @rule()
    def beat(self) -> None:
        self.take(Received(Beat(server_time=int(self.at * 1000)), self.at))

    # The hall.

    @rule()
    def others_vote(self) -> None:
        self.hall.n += 1
        self.hall.publish()

    @precondition(lambda self: self.hall.phase in CASTING)
    @rule(choice=CHOICES)
    def vote_entered_elsewhere(self, choice: Choice) -> None:
        self.hall.store(f"oral-{self.hall.n}", choice)
        self.hall.publish()

    @rule(phase=st.sampled_from([Phase.OPEN, Phase.SUSPENDED, Phase.CLOSED]))
    def operator_moves(self, phase: Phase) -> None:
        if self.hall.phase is Phase.CLOSED:
            self.hall.ballot += 1
            self.hall.votes.clear()
            self.hall.n = 0
            self.hall.phase = Phase.OPEN
        else:
            self.hall.phase = phase
        self.hall.publish()

    @rule()
    def recover_from_an_older_box(self) -> None:
        """The operator went on with a box that is behind: a new epoch, the last vote is gone."""
        if self.socket:
            self.lose_socket()
        self.hall.epoch += 1
        self.hall.seq = 1
        if self.hall.votes:
            self.hall.votes.pop()

    @rule()
    def settle(self) -> None:
        """Whatever happened: once a socket has delivered everything, the lamp tells the truth."""
        if self.socket:
            self.lose_socket()
        self.open_socket()
        self.deliver_everything(view_first=True, last_first=False)
        assert isinstance(self.seat.link, Live)
        assert not isinstance(self.seat.press, Unacknowledged)

    @invariant()
    def a_lamp_is_lit_only_by_the_hall(self) -> None:
        if self.seat.lit is not None:
            assert self.seat.ballot is not None
            assert (self.seat.ballot.id, self.seat.lit) in self.confirmed_by_hall

    def check_no_lamp_is_lit_by_a_superseded_vote(self) -> None:
        held = self.seat.confirmed
        if held is not None and held.choice is not None and self.seat.ballot is not None:
            known = (held.ballot, held.epoch, held.n) in self.superseded
            assert not known or self.seat.ballot.phase not in CASTING

    @invariant()
    def a_seat_that_greets_or_is_down_sends_no_vote(self) -> None:
        if isinstance(self.seat.link, Greeting):
            assert not any(isinstance(frame, Press) for frame in self.hall.inbound)


TestSeatAndHall = SeatAndHall.TestCase
TestSeatAndHall.settings = settings(
    max_examples=300,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # speaks of the machine's load, not of the seat
)
