"""The seat as a state machine: events in, a new state and actions out, no I/O and no clock.

Rule: a lamp is lit by what the hall confirmed, never by a touch. A seat holds at most one
unacknowledged press, in memory only. A newer press replaces it; it is sent again under the same
`press_id` after a reconnection or when its fate is unknown; after a change of ballot or phase, or
ten seconds, only a fresh touch votes. Numbers `n` and pairs `(epoch, seq)` never run backwards.

Theory of operation. `step(seat, event)` is the whole machine. The shell in `connection.py` feeds
it what the socket and the fingers do, carries out the actions, and calls it with a `Tick` no later
than `due(seat)`. Times `at` are seconds of one monotonic clock.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, assert_never

from kiosk_client.asking import Answer, fits, places_of, shown_answers
from kiosk_client.lamps import confirmed_by_receipt, confirmed_by_view, may_be_doubted
from kiosk_client.seat_state import (
    CASTING,
    Abandon,
    Action,
    Closed,
    Distrusted,
    Down,
    Ended,
    Event,
    Greeting,
    HandedOver,
    LanguageChosen,
    Lapsed,
    Live,
    Notice,
    Opened,
    Quiet,
    Received,
    Register,
    Report,
    Seal,
    SealedUp,
    Sealing,
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
from server.secrecy.ballot import tracker
from server.vocabulary import Choice, Phase, RefusalReason
from server.wire.close_codes import CloseCode, is_transient
from server.wire.messages import (
    PROTOCOL,
    Beat,
    ErrorFrame,
    HandOverFrame,
    HeldReceipt,
    Hello,
    KioskViewFrame,
    Press,
    Receipt,
    Refused,
    SealedBallot,
    SealedReceived,
    SetLanguage,
    SignalFrame,
    Welcome,
)
from server.wire.views import KioskBallot

_LASTING: Final = frozenset({Snag.PRESS_AGAIN, Snag.OTHER_BALLOT, Snag.OTHER_ELECTION})
"""Notices that outlast a change of phase as long as votes may still come."""

Stepped = tuple[Seat, tuple[Action, ...]]


def step(seat: Seat, event: Event) -> Stepped:
    """Take one event. An ended seat takes none: it stays dark until a new one is made."""
    if isinstance(seat.link, Ended):
        return seat, ()
    seat = _lapse_if_old(seat, event.at)
    match event:
        case Opened(at=at):
            return replace(seat, link=Greeting(at)), (Send(_hello(seat)),)
        case Received(frame=frame, at=at):
            return _received(seat, frame, at)
        case Unreadable(detail=detail):
            return _end(seat, CloseCode.PROTOCOL), (Report(detail), Abandon())
        case Distrusted():
            return _down(seat, distrusts=True), ()
        case Closed(code=code):
            return _closed(seat, code), ()
        case Touched():
            return _touched(seat, event)
        case SealedUp():
            return _sealed(seat, event)
        case SignalGiven(signal=signal, on=on):
            if not isinstance(seat.link, Live):
                return replace(seat, notice=Snag.NOT_SENT), ()
            return seat, (Send(SignalFrame(type="signal", signal=signal, on=on)),)
        case HandedOver(delegate=delegate):
            if not isinstance(seat.link, Live):
                return replace(seat, notice=Snag.NOT_SENT), ()
            return seat, (Send(HandOverFrame(type="hand_over", delegate=delegate)),)
        case LanguageChosen(lang=lang):
            spoken = replace(seat, lang=lang)
            if not isinstance(seat.link, Live):  # the next `hello` carries it
                return spoken, ()
            return spoken, (Send(SetLanguage(type="lang", lang=lang)),)
        case Tick(at=at):
            return _ticked(seat, at)
        case _:
            assert_never(event)


def due(seat: Seat) -> float | None:
    """When the seat next needs a `Tick`; null while nothing can become due."""
    waits: list[float] = []
    match seat.link:
        case Live(heard_at=heard_at):
            waits.append(heard_at + seat.patience.quiet)
        case Quiet(heard_at=heard_at):
            waits.append(heard_at + seat.patience.silence)
        case Greeting(since=since):
            waits.append(since + seat.patience.silence)
        case Ended():
            return None
        case Down():
            pass
        case _:
            assert_never(seat.link)
    if isinstance(seat.press, Unacknowledged | Sealing):
        waits.append(seat.press.touched_at + seat.patience.press)
    again_at = seat.press.again_at if isinstance(seat.press, Unacknowledged) else None
    if again_at is not None and isinstance(seat.link, Live):
        waits.append(again_at)
    return min(waits, default=None)


def _hello(seat: Seat) -> Hello:
    last = seat.last_receipt
    held = (
        HeldReceipt(ballot=last.ballot, press_id=last.press_id, n=last.n, proof=last.proof)
        if last is not None
        else None
    )
    return Hello(
        type="hello",
        protocol=PROTOCOL,
        token=seat.token,
        lang=seat.lang,
        device=seat.device,
        receipt=held,
    )


def _press_frame(press: Unacknowledged) -> Send:
    answer = press.choice
    if answer is None:
        sealed = SealedBallot(ballot=press.sealed or "")
        frame = Press(type="press", press_id=press.press_id, ballot=press.ballot, sealed=sealed)
        return Send(frame)
    choice = answer.value if isinstance(answer, Choice) else list(answer)
    return Send(Press(type="press", press_id=press.press_id, ballot=press.ballot, choice=choice))


def _end(seat: Seat, code: int) -> Seat:
    return replace(seat, link=Ended(code), press=None)


def _closed(seat: Seat, code: int) -> Seat:
    if not is_transient(code):
        return _end(seat, code)
    return _down(seat)


def _down(seat: Seat, *, distrusts: bool = False) -> Seat:
    before = not isinstance(seat.link, Down) or seat.link.before
    link = Down(before, distrusts)
    return seat if seat.link == link else replace(seat, link=link)  # one more try is no change


def _received(seat: Seat, frame: ServerFrame, at: float) -> Stepped:
    seat = _heard(seat, at)
    match frame:
        case Welcome(protocol=protocol) if protocol != PROTOCOL:
            report = Report(f"the hall speaks protocol {protocol}, this seat {PROTOCOL}")
            return _end(seat, CloseCode.UNSUPPORTED), (report, Abandon())
        case Welcome(server_time=server_time, hall=hall):
            skew = server_time - at * 1000
            return replace(seat, skew=skew, hall=hall, registered=None), ()
        case Beat(server_time=server_time):
            return replace(seat, skew=server_time - at * 1000), ()
        case KioskViewFrame():
            return _viewed(seat, frame, at)
        case SealedReceived(press_id=press_id):
            # On disk, but not recorded: the receipt follows the proof.
            press = seat.press
            if not isinstance(press, Unacknowledged) or press.press_id != press_id:
                return seat, ()
            return replace(seat, press=replace(press, received=True)), ()
        case Receipt():
            return _receipted(seat, frame), ()
        case Refused():
            return _refused(seat, frame, at), ()
        case ErrorFrame(code=code, detail=detail):
            return seat, (Report(f"{code}: {detail}"),)
        case _:
            assert_never(frame)


def _heard(seat: Seat, at: float) -> Seat:
    """Any frame shows that hall and connection live, as a beat does."""
    match seat.link:
        case Live() | Quiet():
            return replace(seat, link=Live(at))
        case Down() | Greeting() | Ended():
            return seat
        case _:
            assert_never(seat.link)


def _viewed(seat: Seat, frame: KioskViewFrame, at: float) -> Stepped:
    if (frame.epoch, frame.seq) < (seat.epoch, seat.seq):
        return seat, ()
    before, floor = seat.ballot, frame.view.ballot
    first, last = isinstance(seat.link, Greeting), seat.last_receipt
    seat = replace(
        seat,
        link=Live(at) if first else seat.link,
        epoch=frame.epoch,
        seq=frame.seq,
        view=frame.view,
        confirmed=confirmed_by_view(seat.confirmed, floor, frame.epoch),
        last_receipt=last if last is not None and may_be_doubted(last.ballot, floor) else None,
        notice=_notice_on_floor(seat, before, floor),
        attended=_attended(seat, floor),
    )
    seat, actions = _registering(seat)
    match seat.press:
        case (Unacknowledged() | Sealing()) as press if not _takes(floor, press.ballot):
            return _lapse(seat, press), actions
        case Unacknowledged() as press if first:
            again = replace(press, again_at=None)
            return replace(seat, press=again), (*actions, _press_frame(again))
        case Lapsed(ballot=ballot) if floor is None or floor.id != ballot:
            return replace(seat, press=None), actions
        case Unacknowledged() | Sealing() | Lapsed() | None:
            return seat, actions
        case _:
            assert_never(seat.press)


def _registering(seat: Seat) -> Stepped:
    """Register the credential once a connection, where the hall holds secret ballots."""
    view = seat.view
    if view is None or not view.secret_ballots or seat.registered == view.member:
        return seat, ()
    return replace(seat, registered=view.member), (Register(seat.hall, view.member),)


def _attended(seat: Seat, floor: KioskBallot | None) -> tuple[str, str] | None:
    if floor is None or floor.secret is None:
        return seat.attended
    if seat.attended is not None and seat.attended[0] == floor.id:
        return seat.attended
    return floor.id, floor.secret.election


def _takes(floor: KioskBallot | None, ballot: str) -> bool:
    """Whether a press for `ballot` may still be sent, as far as the seat knows."""
    return floor is not None and floor.id == ballot and floor.phase is Phase.OPEN


def _notice_on_floor(
    seat: Seat, before: KioskBallot | None, floor: KioskBallot | None
) -> Notice | None:
    """A notice speaks of one ballot in one phase; some outlast a change of phase."""
    if before is None or floor is None or before.id != floor.id:
        return None if before is not floor else seat.notice
    if before.phase is floor.phase:
        return seat.notice
    if seat.notice in _LASTING and floor.phase in CASTING:
        return seat.notice
    return seat.notice if seat.notice is RefusalReason.CLOSED else None


def _lapse(seat: Seat, press: Unacknowledged | Sealing) -> Seat:
    """From here on only a fresh touch votes, and it is asked for where there is a vote to cast."""
    again = seat.ballot is not None and seat.ballot.phase in CASTING
    lapsed = Lapsed(press.press_id, press.ballot)
    return replace(seat, press=lapsed, notice=Snag.PRESS_AGAIN if again else None)


def _lapse_if_old(seat: Seat, at: float) -> Seat:
    press = seat.press
    if isinstance(press, Unacknowledged | Sealing) and at >= press.touched_at + seat.patience.press:
        return _lapse(seat, press)
    return seat


def _receipted(seat: Seat, receipt: Receipt) -> Seat:
    """A receipt for a sealed vote counts only where it names what this seat sealed."""
    own = dict(seat.sealed).get(receipt.press_id)
    if own == receipt.tracker:
        clears = own is not None and receipt.current and seat.doubted == receipt.ballot
        return _stored(replace(seat, doubted=None) if clears else seat, receipt)
    if own is None:
        return seat
    answered = seat.press is not None and seat.press.press_id == receipt.press_id
    return replace(
        seat,
        press=None if answered else seat.press,
        notice=Snag.OTHER_BALLOT,
        doubted=receipt.ballot,
    )


def _stored(seat: Seat, receipt: Receipt) -> Seat:
    answered = seat.press is not None and seat.press.press_id == receipt.press_id
    last = seat.last_receipt
    older = last is not None and last.ballot == receipt.ballot and receipt.n < last.n
    on_floor = seat.ballot is not None and seat.ballot.id == receipt.ballot
    newest = last is None or (not older if last.ballot == receipt.ballot else on_floor)
    newest = newest and may_be_doubted(receipt.ballot, seat.ballot)
    return replace(
        seat,
        press=None if answered else seat.press,
        notice=None if answered else seat.notice,
        confirmed=confirmed_by_receipt(seat.confirmed, receipt, seat.ballot, seat.epoch),
        last_receipt=receipt if newest else last,
    )


def _refused(seat: Seat, refused: Refused, at: float) -> Seat:
    press = seat.press
    if press is None or press.press_id != refused.press_id:
        return seat  # a press that a newer one replaced: the newer one's answer counts
    if refused.reason is not RefusalReason.UNAVAILABLE:
        return replace(seat, press=None, notice=refused.reason)
    match press:
        case Unacknowledged():
            again = replace(press, again_at=at + seat.patience.again)
            return replace(seat, press=again, notice=RefusalReason.UNAVAILABLE)
        case Lapsed() | Sealing():
            return seat
        case _:
            assert_never(press)


def _touched(seat: Seat, touch: Touched) -> Stepped:
    ballot = seat.ballot
    if not isinstance(seat.link, Live):
        return replace(seat, notice=Snag.NOT_SENT), ()
    if ballot is None:
        return seat, ()
    why_not = _why_not(seat, ballot, touch)
    if why_not is not None:
        return replace(seat, notice=why_not), ()
    if _standing(seat) == touch.choice:  # the same choice again adds nothing
        return seat, ()
    if ballot.secret is not None:
        if seat.attended != (ballot.id, ballot.secret.election):
            return replace(seat, notice=Snag.OTHER_ELECTION), ()
        sealing = Sealing(touch.press_id, ballot.id, touch.choice, touch.at)
        seal = Seal(
            touch.press_id,
            ballot.secret.election,
            places_of(ballot, touch.choice),
            shown_answers(ballot),
        )
        return replace(seat, press=sealing, notice=None), (seal,)
    press = Unacknowledged(touch.press_id, ballot.id, touch.choice, touch.at)
    return replace(seat, press=press, notice=None), (_press_frame(press),)


def _sealed(seat: Seat, sealed: SealedUp) -> Stepped:
    """The vote is sealed: from here on the seat does not know what was chosen."""
    press = seat.press
    if not isinstance(press, Sealing) or press.press_id != sealed.press_id:
        return seat, ()  # a newer touch replaced it, or it has lapsed
    if sealed.text is None:
        return replace(seat, press=None, notice=Snag.NOT_SEALED), ()
    sent = Unacknowledged(press.press_id, press.ballot, None, press.touched_at, sealed=sealed.text)
    named = (*seat.sealed, (press.press_id, tracker(sealed.text)))
    # Without a connection it is sent with the first view of the next one.
    actions = (_press_frame(sent),) if isinstance(seat.link, Live) else ()
    return replace(seat, press=sent, sealed=named), actions


def _standing(seat: Seat) -> Answer | None:
    """The answer that holds or is under way; null where a lapsed press leaves that unknown."""
    match seat.press:
        case Unacknowledged(choice=choice) | Sealing(choice=choice):
            return choice
        case Lapsed():
            return None
        case None:
            return seat.lit
        case _:
            assert_never(seat.press)


def _why_not(seat: Seat, ballot: KioskBallot, touch: Touched) -> RefusalReason | None:
    """The hall's own rules, told at once where the view already shows the answer."""
    if ballot.phase is Phase.CLOSED:
        return RefusalReason.CLOSED
    if ballot.phase is not Phase.OPEN:
        return RefusalReason.NOT_OPEN
    if not ballot.may_vote:
        return ballot.bar or RefusalReason.NOT_ON_ROLL
    if not fits(ballot, touch.choice):
        return RefusalReason.BAD_CHOICE
    is_cast = seat.is_sealed or seat.lit not in (None, touch.choice)
    if not ballot.revocable and is_cast:
        return RefusalReason.NOT_REVOCABLE
    return None


def _ticked(seat: Seat, at: float) -> Stepped:
    match seat.link:
        case Greeting(since=since) if at >= since + seat.patience.silence:
            return replace(seat, link=Down(before=True)), (Abandon(),)
        case Quiet(heard_at=heard_at) | Live(heard_at=heard_at) if (
            at >= heard_at + seat.patience.silence
        ):
            return replace(seat, link=Down(before=True)), (Abandon(),)
        case Live(heard_at=heard_at) if at >= heard_at + seat.patience.quiet:
            return replace(seat, link=Quiet(heard_at)), ()
        case Live():
            return _send_again(seat, at)
        case Down() | Greeting() | Quiet() | Ended():
            return seat, ()
        case _:
            assert_never(seat.link)


def _send_again(seat: Seat, at: float) -> Stepped:
    press = seat.press
    if not isinstance(press, Unacknowledged) or press.again_at is None or at < press.again_at:
        return seat, ()
    again = replace(press, again_at=None)
    return replace(seat, press=again), (_press_frame(again),)
