"""The seat's machine, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

import pytest

from kiosk_client.seat import due, step
from kiosk_client.seat_state import (
    Abandon,
    Action,
    ClientFrame,
    Closed,
    Down,
    Ended,
    Event,
    Greeting,
    HandedOver,
    LanguageChosen,
    Lapsed,
    Live,
    Opened,
    Quiet,
    Received,
    Report,
    Seat,
    Send,
    ServerFrame,
    SignalGiven,
    Snag,
    Tick,
    Touched,
    Unacknowledged,
    Unreadable,
)
from server.vocabulary import Choice, Language, Mode, Phase, RefusalReason, Signal
from server.wire.close_codes import CloseCode
from server.wire.messages import (
    Beat,
    ErrorFrame,
    HandOverFrame,
    Hello,
    Press,
    SetLanguage,
    SignalFrame,
    Welcome,
)
from server.wire.views import Mine
from tests.kiosk.floor import ballot, receipt, refused, view, welcome

ONE, TWO, THREE = (str(uuid4()) for _ in range(3))


def after(seat: Seat, *events: Event) -> Seat:
    for event in events:
        seat, _ = step(seat, event)
    return seat


def got(frame: ServerFrame, at: float = 0.0) -> Received:
    return Received(frame, at)


def sent(actions: Iterable[Action]) -> list[ClientFrame]:
    return [action.frame for action in actions if isinstance(action, Send)]


def live(at: float = 0.0) -> Seat:
    return after(Seat("token"), Opened(at), got(welcome(), at), got(view(1, ballot()), at))


def pressed(press_id: str = ONE, choice: Choice = Choice.YES) -> Seat:
    return after(live(), Touched(choice, press_id, 0.0))


def test_the_first_frame_is_hello_with_token_and_language() -> None:
    seat, actions = step(Seat("token", Language.FR, "unit 7"), Opened(0.0))
    assert sent(actions) == [
        Hello(type="hello", protocol=1, token="token", lang=Language.FR, device="unit 7")
    ]
    assert isinstance(seat.link, Greeting)


def test_a_touch_sends_a_press_and_lights_nothing() -> None:
    seat, actions = step(live(), Touched(Choice.NO, ONE, 0.0))
    assert sent(actions) == [Press(type="press", press_id=ONE, ballot="b1", choice="no")]
    assert seat.lit is None


def test_the_receipt_lights_the_lamp_and_shows_its_code() -> None:
    seat = after(pressed(), got(receipt(ONE, Choice.YES, 5)))
    assert seat.lit is Choice.YES
    assert seat.code == "C-0005"
    assert seat.press is None


def test_a_newer_press_replaces_the_older_and_only_it_is_sent_again() -> None:
    seat = after(pressed(), Touched(Choice.NO, TWO, 0.1), Closed(1006, 0.2), Opened(0.3))
    seat, actions = step(seat, got(view(2, ballot()), 0.4))
    assert sent(actions) == [Press(type="press", press_id=TWO, ballot="b1", choice="no")]
    assert isinstance(seat.press, Unacknowledged)


def test_the_same_choice_while_it_is_under_way_or_lit_is_not_sent_twice() -> None:
    _, again = step(pressed(), Touched(Choice.YES, TWO, 0.1))
    _, lit = step(after(pressed(), got(receipt(ONE, Choice.YES, 5))), Touched(Choice.YES, TWO, 0.1))
    assert sent(again) == sent(lit) == []


def test_a_receipt_of_an_older_number_never_changes_the_lamp() -> None:
    seat = after(
        pressed(),
        Touched(Choice.NO, TWO, 0.1),
        got(receipt(TWO, Choice.NO, 9)),
        got(receipt(ONE, Choice.YES, 5)),
    )
    assert seat.lit is Choice.NO


def test_a_receipt_that_is_not_current_puts_the_lamp_out() -> None:
    seat = after(pressed(), got(receipt(ONE, Choice.YES, 5, current=False)))
    assert seat.lit is None
    assert seat.press is None


def test_a_superseded_vote_is_lit_again_by_the_view_that_knows_the_newer_one() -> None:
    seat = after(
        pressed(),
        got(receipt(ONE, Choice.YES, 5, current=False)),
        got(view(2, ballot(mine=Mine(choice=Choice.NO, n=6, code="X")))),
    )
    assert seat.lit is Choice.NO


def test_a_receipt_for_a_ballot_that_left_the_floor_lights_nothing() -> None:
    seat = after(pressed(), got(view(2, ballot("b2"))), got(receipt(ONE, Choice.YES, 5)))
    assert seat.lit is None
    assert seat.last_receipt is None  # the hall has no more use for it


def test_a_view_drawn_up_before_the_receipt_leaves_the_lamp_lit() -> None:
    seat = after(pressed(), got(receipt(ONE, Choice.YES, 5)), got(view(2, ballot(mine=None))))
    assert seat.lit is Choice.YES


def test_after_the_close_the_box_has_the_last_word() -> None:
    seat = after(
        pressed(),
        got(receipt(ONE, Choice.YES, 5)),
        got(view(2, ballot(phase=Phase.CLOSED, mine=Mine(choice=Choice.NO, n=4, code="B")))),
    )
    assert seat.lit is Choice.NO
    assert seat.code == "B"


def test_a_later_epoch_puts_out_what_the_box_no_longer_holds() -> None:
    seat = after(
        pressed(),
        got(receipt(ONE, Choice.YES, 5)),
        got(view(1, ballot(mine=None), epoch="0000000002")),
    )
    assert seat.lit is None


@pytest.mark.parametrize("phase", [Phase.CANCELLED, Phase.VOID, Phase.IN_DOUBT])
def test_no_lamp_is_lit_where_no_vote_counts_for_sure(phase: Phase) -> None:
    mine = Mine(choice=Choice.YES, n=5, code="A")
    assert after(live(), got(view(2, ballot(phase=phase, mine=mine)))).lit is None
    assert after(live(), got(view(2, ballot(phase=Phase.SUSPENDED, mine=mine)))).lit is Choice.YES


def test_a_reconnected_seat_shows_what_the_box_holds() -> None:
    mine = Mine(choice=Choice.ABSTAIN, n=3, code="Z")
    assert after(Seat("t"), Opened(0.0), got(view(4, ballot(mine=mine)))).lit is Choice.ABSTAIN


def test_an_older_view_is_dropped_and_an_equal_one_taken() -> None:
    seat = after(live(), got(view(7, ballot("b7"))))
    older = after(seat, got(view(6, ballot("b6"))))
    earlier_epoch = after(seat, got(view(99, ballot("b6"), epoch="0000000000")))
    equal = after(seat, got(view(7, ballot("again"))))
    assert older.ballot == earlier_epoch.ballot == ballot("b7")
    assert equal.ballot == ballot("again")


def test_an_older_view_does_not_make_a_new_socket_live() -> None:
    seat = after(live(), got(view(7, ballot())), Closed(1006, 1.0), Opened(1.1))
    assert isinstance(after(seat, got(view(6, ballot()), 1.2)).link, Greeting)
    assert isinstance(after(seat, got(view(7, ballot()), 1.2)).link, Live)


@pytest.mark.parametrize(
    ("floor", "notice"),
    [
        (ballot("b2"), Snag.PRESS_AGAIN),
        (ballot(phase=Phase.SUSPENDED), Snag.PRESS_AGAIN),
        (ballot(phase=Phase.CLOSED), None),
        (ballot(phase=Phase.CANCELLED), None),
        (None, None),
    ],
)
def test_after_a_change_of_ballot_or_phase_only_a_fresh_touch_votes(
    floor: object, notice: Snag | None
) -> None:
    changed = view(2, None).model_copy(
        update={"view": view(2, None).view.model_copy(update={"ballot": floor})}
    )
    seat, actions = step(pressed(), got(changed, 1.0))
    assert sent(actions) == []
    assert seat.notice is notice
    _, resumed = step(after(seat, Closed(1006, 1.0), Opened(1.1)), got(view(3, ballot()), 1.2))
    assert sent(resumed) == []


def test_after_ten_seconds_only_a_fresh_touch_votes() -> None:
    waiting = after(pressed(), Closed(1006, 1.0), Opened(9.5))
    _, in_time = step(waiting, got(view(2, ballot()), 9.9))
    seat, late = step(waiting, got(view(2, ballot()), 10.0))
    assert len(sent(in_time)) == 1
    assert sent(late) == []
    assert seat.notice is Snag.PRESS_AGAIN
    assert isinstance(seat.press, Lapsed)


def test_a_late_receipt_of_a_lapsed_press_still_lights_the_lamp() -> None:
    seat = after(
        pressed(),
        Tick(1.9),
        got(Beat(server_time=1), 9.0),
        Tick(10.0),
        got(receipt(ONE, Choice.YES, 5), 10.1),
    )
    assert seat.lit is Choice.YES
    assert seat.notice is None


def test_after_a_lapse_the_lit_choice_can_be_touched_again() -> None:
    """The lapsed press may have been stored: its fate is unknown, so the touch says something."""
    changed = after(
        pressed(),
        got(receipt(ONE, Choice.YES, 5)),
        Touched(Choice.NO, TWO, 1.0),
        got(view(2, ballot(phase=Phase.SUSPENDED))),
        got(view(3, ballot())),
    )
    _, actions = step(changed, Touched(Choice.YES, THREE, 1.5))
    assert sent(actions) == [Press(type="press", press_id=THREE, ballot="b1", choice="yes")]


def test_unavailable_means_unknown_the_same_press_is_sent_again() -> None:
    seat = after(pressed(), got(refused(ONE, RefusalReason.UNAVAILABLE), 1.0))
    assert due(seat) == 1.5
    _, early = step(seat, Tick(1.4))
    seat, again = step(seat, Tick(1.5))
    assert sent(early) == []
    assert sent(again) == [Press(type="press", press_id=ONE, ballot="b1", choice="yes")]
    assert seat.notice is RefusalReason.UNAVAILABLE


@pytest.mark.parametrize("reason", sorted(set(RefusalReason) - {RefusalReason.UNAVAILABLE}))
def test_a_refusal_ends_the_press_and_is_shown(reason: RefusalReason) -> None:
    seat = after(pressed(), got(refused(ONE, reason)))
    assert seat.press is None
    assert seat.notice is reason
    assert seat.lit is None


def test_the_refusal_of_a_replaced_press_is_not_shown() -> None:
    seat = after(
        pressed(), Touched(Choice.NO, TWO, 0.1), got(refused(ONE, RefusalReason.BAD_CHOICE))
    )
    assert seat.notice is None
    assert isinstance(seat.press, Unacknowledged)


def test_too_late_is_read_after_the_close_whichever_frame_comes_first() -> None:
    closed, late = got(view(2, ballot(phase=Phase.CLOSED))), got(refused(ONE, RefusalReason.CLOSED))
    assert after(pressed(), closed, late).notice is RefusalReason.CLOSED
    assert after(pressed(), late, closed).notice is RefusalReason.CLOSED
    assert after(pressed(), late, closed, got(view(3, ballot("b2")))).notice is None


@pytest.mark.parametrize(
    ("floor", "reason"),
    [
        (ballot(phase=Phase.ANNOUNCED), RefusalReason.NOT_OPEN),
        (ballot(phase=Phase.SUSPENDED), RefusalReason.NOT_OPEN),
        (ballot(phase=Phase.CLOSED), RefusalReason.CLOSED),
        (ballot(bar=RefusalReason.SUSPENDED_RIGHT), RefusalReason.SUSPENDED_RIGHT),
        (
            ballot(revocable=False, mine=Mine(choice=Choice.NO, n=1, code="A")),
            RefusalReason.NOT_REVOCABLE,
        ),
        (
            ballot().model_copy(update={"choices": [Choice.NO]}),
            RefusalReason.BAD_CHOICE,
        ),
    ],
)
def test_a_touch_that_the_hall_would_refuse_is_told_at_once(
    floor: object, reason: RefusalReason
) -> None:
    frame = view(2, None)
    frame = frame.model_copy(update={"view": frame.view.model_copy(update={"ballot": floor})})
    seat, actions = step(after(live(), got(frame)), Touched(Choice.YES, ONE, 0.1))
    assert sent(actions) == []
    assert seat.notice is reason


def test_without_a_live_connection_a_touch_is_not_kept_for_later() -> None:
    seat = after(live(), Closed(1006, 1.0), Touched(Choice.YES, ONE, 1.1))
    assert seat.notice is Snag.NOT_SENT
    _, actions = step(after(seat, Opened(1.2)), got(view(2, ballot()), 1.3))
    assert sent(actions) == []


def test_two_seconds_without_a_frame_are_said_and_a_beat_ends_them() -> None:
    seat = live(at=10.0)
    assert due(seat) == 12.0
    quiet = after(seat, Tick(12.0))
    assert isinstance(after(seat, Tick(11.9)).link, Live)
    assert isinstance(quiet.link, Quiet)
    assert isinstance(after(quiet, got(Beat(server_time=1), 12.5)).link, Live)
    assert after(quiet, Touched(Choice.YES, ONE, 12.1)).notice is Snag.NOT_SENT


def test_a_socket_that_stays_silent_is_abandoned() -> None:
    seat, actions = step(after(live(), Tick(2.0)), Tick(5.0))
    assert actions == (Abandon(),)
    assert seat.link == Down(before=True)


def test_a_socket_that_never_shows_a_view_is_abandoned() -> None:
    seat = after(Seat("t"), Opened(0.0), got(welcome(), 0.1))
    assert due(seat) == 5.0
    assert step(seat, Tick(5.0))[1] == (Abandon(),)


@pytest.mark.parametrize("code", [1000, 1001, 1006, 1011, 1012, 1013, 4000, 4001])
def test_transient_close_codes_come_back(code: int) -> None:
    assert after(pressed(), Closed(code, 1.0)).link == Down(before=True)


@pytest.mark.parametrize("code", [4400, 4401, 4403, 4408, 4409, 4410, 4426, 4499])
def test_codes_that_say_stop_leave_the_seat_dark(code: int) -> None:
    seat = after(pressed(), got(receipt(ONE, Choice.YES, 5)), Closed(code, 1.0))
    assert seat.link == Ended(code)
    assert seat.lit is None
    assert due(seat) is None
    assert step(seat, Touched(Choice.NO, TWO, 2.0)) == (seat, ())


def test_hello_presents_the_last_receipt() -> None:
    seat = after(
        pressed(),
        got(receipt(ONE, Choice.YES, 9)),
        got(receipt(TWO, Choice.NO, 4)),
        Closed(1006, 1.0),
    )
    _, actions = step(seat, Opened(2.0))
    (hello,) = sent(actions)
    assert isinstance(hello, Hello)
    assert hello.receipt is not None
    assert (hello.receipt.press_id, hello.receipt.n, hello.receipt.proof) == (ONE, 9, "proof-9")


@pytest.mark.parametrize("phase", sorted(set(Phase) - {Phase.DRAFT, Phase.PREPARED}))
@pytest.mark.parametrize("recording", [False, True])
def test_a_receipt_is_kept_until_the_end_of_its_ballot_is_in_the_journal(
    phase: Phase, recording: bool
) -> None:
    going_on = phase in (Phase.ANNOUNCED, Phase.OPEN, Phase.SUSPENDED, Phase.IN_DOUBT)
    change = {"recording": recording, "mode": Mode.NON_RECORDED}
    floor = ballot(phase=phase).model_copy(update=change)
    voted = after(pressed(), got(receipt(ONE, Choice.YES, 9)))
    assert voted.last_receipt is not None
    seat = after(voted, got(view(2, floor)))
    late = after(pressed(), got(view(2, floor)), got(receipt(ONE, Choice.YES, 9)))
    for each in (seat, late):
        assert (each.last_receipt is not None) == (going_on or recording)
    assert after(voted, got(view(2, ballot("b2")))).last_receipt is None
    if not going_on and not recording:
        assert ONE not in repr((seat, step(after(seat, Closed(1006, 1.0)), Opened(2.0))))


def test_the_countdown_follows_the_hall_s_clock() -> None:
    floor = ballot(closes_at=61_000)
    seat = after(Seat("t"), Opened(100.0), got(welcome(server_time=31_000), 100.0))
    seat = after(seat, got(view(1, floor), 100.0))
    assert seat.remaining(110.0) == pytest.approx(20.0)
    assert seat.remaining(140.0) == 0.0
    assert live().remaining(1.0) is None


def test_signals_hand_overs_and_language_are_sent_while_live_and_language_is_kept() -> None:
    _, signal = step(live(), SignalGiven(Signal.ASSISTANCE, True, 0.1))
    assert sent(signal) == [SignalFrame(type="signal", signal=Signal.ASSISTANCE, on=True)]
    _, lang = step(live(), LanguageChosen(Language.AR, 0.1))
    assert sent(lang) == [SetLanguage(type="lang", lang=Language.AR)]
    _, handed = step(live(), HandedOver("Mr Soleil", 0.1))
    assert sent(handed) == [HandOverFrame(type="hand_over", delegate="Mr Soleil")]
    assert after(Seat("t"), HandedOver("Mr Soleil", 0.0)).notice is Snag.NOT_SENT
    away = after(
        Seat("t"), LanguageChosen(Language.ES, 0.0), SignalGiven(Signal.ASSISTANCE, True, 0)
    )
    assert away.notice is Snag.NOT_SENT
    (hello,) = sent(step(away, Opened(1.0))[1])
    assert isinstance(hello, Hello)
    assert hello.lang is Language.ES


def test_what_cannot_be_read_stops_the_seat_rather_than_show_something_stale() -> None:
    seat, actions = step(live(), Unreadable("view.ballot: missing", 1.0))
    assert seat.link == Ended(CloseCode.PROTOCOL)
    assert actions == (Report("view.ballot: missing"), Abandon())


def test_another_protocol_version_stops_the_seat() -> None:
    other = Welcome(protocol=2, epoch="1", server_time=1, hall="h", version="9")
    seat, actions = step(after(Seat("t"), Opened(0.0)), got(other))
    assert seat.link == Ended(CloseCode.UNSUPPORTED)
    assert Abandon() in actions


def test_an_error_frame_is_reported_and_changes_nothing() -> None:
    before = pressed()
    seat, actions = step(before, got(ErrorFrame(code="bad_frame", detail="choice: unknown")))
    assert actions == (Report("bad_frame: choice: unknown"),)
    assert seat.press == before.press


def test_the_token_is_not_in_the_repr() -> None:
    assert "s3cret" not in repr(Seat("s3cret"))


def test_a_vote_known_to_be_superseded_is_not_lit_again_by_its_own_receipt() -> None:
    seat = after(
        pressed(),
        got(receipt(ONE, Choice.YES, 5, current=False)),
        got(receipt(ONE, Choice.YES, 5, current=True)),
    )
    assert seat.lit is None
