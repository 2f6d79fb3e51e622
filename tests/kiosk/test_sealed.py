"""A seat in a secret ballot: it registers, seals, forgets, and shows one neutral lamp."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk_client.asking import places_of, shown_answers
from kiosk_client.face import face
from kiosk_client.sealing import SeatKey, scrutineers_key
from kiosk_client.seat import step
from kiosk_client.seat_state import (
    Action,
    Event,
    Opened,
    Received,
    Register,
    Seal,
    SealedUp,
    Sealing,
    Seat,
    Send,
    Snag,
    Touched,
    Unacknowledged,
)
from server.locales.speech import load_speech
from server.secrecy.admission import Admitted, admit, proofs_hold
from server.secrecy.ballot import tracker
from server.secrecy.credential import accreditation_holds, fingerprint_of
from server.vocabulary import Choice, Mode, Phase, RefusalReason
from server.wire.messages import KioskViewFrame, Press, Receipt, SealedReceived
from server.wire.views import KioskSecret, Mine
from tests.kiosk.floor import ballot, election, refused, view, welcome
from tests.secrecy.elections import MOTION
from tests.secrecy.elections import election as sealed_election

HELD = sealed_election(MOTION)
P1 = "00000000-0000-4000-8000-000000000001"
P2 = "00000000-0000-4000-8000-000000000002"


def boxed(text: str, n: int) -> Mine:
    return Mine(choice=None, n=n, code=f"C-{n}", tracker=tracker(text))


def open_view(
    seq: int, phase: Phase = Phase.OPEN, told: Mine | None = None, election: str = HELD.text
) -> KioskViewFrame:
    secret = KioskSecret(election=election, fingerprint=HELD.fingerprint, credential="1")
    floor = ballot(phase=phase, mine=told).model_copy(
        update={"mode": Mode.SECRET, "secret": secret}
    )
    frame = view(seq, floor)
    shown = frame.view.model_copy(update={"secret_ballots": True})
    return frame.model_copy(update={"view": shown})


def after(seat: Seat, *events: Event) -> tuple[Seat, list[Action]]:
    done: list[Action] = []
    for event in events:
        seat, actions = step(seat, event)
        done += actions
    return seat, done


def live() -> Seat:
    seat, actions = after(
        Seat("token"), Opened(0), Received(welcome(), 0), Received(open_view(1), 0)
    )
    assert Register("hall", "FR") in actions
    return seat


def receipt(press_id: str, n: int, text: str = "TEXT") -> Receipt:
    return Receipt(
        press_id=press_id, ballot="b1", tracker=tracker(text), signature="s", code=f"C-{n}", n=n,
        current=True, server_time=1_000, proof="p",
    )  # fmt: skip


def test_a_vote_is_sealed_sent_checked_and_recorded_without_its_choice() -> None:
    seat, actions = after(live(), Touched(Choice.NO, P1, 1))
    (asked,) = actions
    assert isinstance(asked, Seal)
    assert (asked.press_id, asked.election, asked.chosen) == (P1, HELD.text, (1,))
    assert isinstance(seat.press, Sealing)
    seat, actions = after(seat, SealedUp(P1, "TEXT", 1))
    (sent,) = actions
    assert isinstance(sent, Send)
    assert isinstance(sent.frame, Press)
    assert sent.frame.sealed is not None
    assert (sent.frame.sealed.ballot, sent.frame.choice) == ("TEXT", None)
    assert isinstance(seat.press, Unacknowledged)
    assert seat.press.choice is None
    stored = SealedReceived(press_id=P1, ballot="b1", tracker="t", n=1)
    seat, _ = after(seat, Received(stored, 1))
    speech = load_speech()
    assert "checked" in face(seat, 1, speech).status
    assert (seat.is_sealed, seat.code) == (False, None)
    seat, _ = after(seat, Received(receipt(P1, 1), 2))
    assert (seat.is_sealed, seat.lit, seat.code, seat.press) == (True, None, "C-1", None)
    shown = face(seat, 2, speech)
    assert "Your vote is secret" in shown.status
    assert not any(lamp.lit for lamp in shown.lamps)
    assert "no" not in repr(seat.confirmed)


def test_a_receipt_for_another_sealed_vote_lights_nothing_and_says_so() -> None:
    sent, _ = after(live(), Touched(Choice.NO, P1, 1), SealedUp(P1, "TEXT", 1))
    seat, _ = after(sent, Received(receipt(P1, 2, "OLD"), 2))
    speech = load_speech()
    assert (seat.press, seat.notice, seat.is_sealed) == (None, Snag.OTHER_BALLOT, False)
    assert "another sealed vote" in face(seat, 2, speech).notice
    # Nor is it believed when the views say so, up to the end of the ballot.
    for seq, phase in enumerate((Phase.OPEN, Phase.SUSPENDED, Phase.CLOSED), start=2):
        seat, _ = after(seat, Received(open_view(seq, phase, boxed("OLD", 2)), 3))
        assert (seat.is_sealed, seat.code) == (False, None)
    assert "another sealed vote" in face(seat, 3, speech).status


def test_a_receipt_for_what_this_seat_did_not_seal_lights_nothing() -> None:
    sent, _ = after(live(), Touched(Choice.NO, P1, 1), SealedUp(P1, "TEXT", 1))
    seat, _ = after(sent, Received(receipt(P2, 7), 2))
    assert (seat.press, seat.confirmed, seat.is_sealed) == (sent.press, None, False)


def test_a_receipt_for_the_next_vote_ends_the_doubt() -> None:
    seat, _ = after(live(), Touched(Choice.NO, P1, 1), SealedUp(P1, "TEXT", 1))
    seat, _ = after(seat, Received(receipt(P1, 1, "OLD"), 2))
    seat, _ = after(seat, Touched(Choice.NO, P2, 3), SealedUp(P2, "NEXT", 3))
    seat, _ = after(seat, Received(receipt(P2, 2, "NEXT"), 4))
    assert (seat.is_sealed, seat.code, seat.notice) == (True, "C-2", None)


def test_it_is_registered_once_a_connection() -> None:
    seat = live()
    _, actions = after(seat, Received(open_view(2), 1))
    assert actions == []
    seat, actions = after(seat, Received(welcome(), 2), Received(open_view(3), 2))
    assert actions == [Register("hall", "FR")]


def test_the_same_sealed_text_is_sent_again() -> None:
    seat, _ = after(live(), Touched(Choice.NO, P1, 1), SealedUp(P1, "TEXT", 1))
    seat, actions = after(seat, Received(refused(P1, RefusalReason.UNAVAILABLE), 1))
    assert actions == []
    seat, actions = after(seat, Opened(2), Received(welcome(), 2), Received(open_view(4), 2))
    presses = [each.frame for each in actions if isinstance(each, Send)]
    again = [frame for frame in presses if isinstance(frame, Press)]
    assert [frame.sealed.ballot for frame in again if frame.sealed is not None] == ["TEXT"]


def test_what_a_newer_touch_replaced_is_not_sent() -> None:
    seat, _ = after(live(), Touched(Choice.NO, P1, 1), Touched(Choice.YES, P2, 1))
    seat, actions = after(seat, SealedUp(P1, "OLD", 1))
    assert actions == []
    _, actions = after(seat, SealedUp(P2, "NEW", 1))
    assert len(actions) == 1


def test_what_cannot_be_sealed_asks_for_a_fresh_touch() -> None:
    seat, _ = after(live(), Touched(Choice.NO, P1, 1), SealedUp(P1, None, 1))
    assert (seat.press, seat.notice) == (None, Snag.NOT_SEALED)


def test_a_refused_proof_is_said() -> None:
    seat, _ = after(live(), Touched(Choice.NO, P1, 1), SealedUp(P1, "TEXT", 1))
    seat, _ = after(seat, Received(refused(P1, RefusalReason.BAD_PROOF), 1))
    assert seat.notice is RefusalReason.BAD_PROOF


def with_mine(seq: int, mine: Mine | None, phase: Phase = Phase.OPEN) -> KioskViewFrame:
    frame = open_view(seq)
    assert frame.view.ballot is not None
    floor = frame.view.ballot.model_copy(update={"mine": mine, "phase": phase})
    return frame.model_copy(update={"view": frame.view.model_copy(update={"ballot": floor})})


def mine(n: int, *, proved: bool) -> Mine:
    return Mine(choice=None, n=n, code=f"C-{n}", tracker="t", proved=proved)


def sent() -> Seat:
    seat, _ = after(
        live(),
        Touched(Choice.NO, P1, 1),
        SealedUp(P1, "TEXT", 1),
        Received(SealedReceived(press_id=P1, ballot="b1", tracker="t", n=1), 1),
    )
    return seat


def test_what_is_not_proved_lights_nothing_and_a_refusal_leaves_nothing_lit() -> None:
    speech = load_speech()
    seat, _ = after(sent(), Received(with_mine(5, mine(1, proved=False)), 1.1))
    assert (seat.is_sealed, seat.code) == (False, None)
    seat, _ = after(seat, Received(refused(P1, RefusalReason.BAD_PROOF), 2))
    seat, _ = after(seat, Received(with_mine(6, None), 2.1))
    assert (seat.is_sealed, seat.code) == (False, None)
    assert "secret" not in face(seat, 3, speech).status


def test_a_seat_that_comes_back_says_that_its_vote_is_being_checked() -> None:
    """It was pressed before, or by another device: the seat itself waits for nothing."""
    speech = load_speech()
    for phase in (Phase.OPEN, Phase.SUSPENDED, Phase.CLOSED):
        seat, _ = after(live(), Received(with_mine(5, mine(1, proved=False), phase), 1))
        assert not seat.is_sealed, phase
        assert "checked" in face(seat, 1, speech).status, phase
        seat, _ = after(seat, Received(with_mine(6, mine(1, proved=True), phase), 2))
        assert (seat.is_sealed, seat.code) == (True, "C-1"), phase


def test_the_receipt_lights_before_a_view_has_the_verdict() -> None:
    seat, _ = after(sent(), Received(receipt(P1, 1), 2))
    for seq, named in ((5, None), (6, mine(1, proved=False)), (7, mine(1, proved=True))):
        seat, _ = after(seat, Received(with_mine(seq, named), 3))
        assert (seat.is_sealed, seat.is_proving) == (True, False)
    # While a change is proved, the earlier vote is the one that is recorded.
    seat, _ = after(seat, Received(with_mine(8, mine(2, proved=False)), 4))
    assert (seat.is_sealed, seat.code, seat.is_proving) == (True, "C-1", True)
    seat, _ = after(seat, Received(with_mine(9, mine(2, proved=True)), 5))
    assert (seat.code, seat.is_proving) == ("C-2", False)


def test_what_the_hall_no_longer_names_is_out() -> None:
    seat, _ = after(
        sent(), Received(receipt(P1, 2), 2), Received(with_mine(5, mine(2, proved=True)), 3)
    )
    earlier, _ = after(seat, Received(with_mine(6, mine(1, proved=True)), 4))
    assert earlier.code == "C-1"
    none, _ = after(seat, Received(with_mine(6, None), 4))
    assert (none.is_sealed, none.code) == (False, None)


def test_the_seats_key_makes_what_the_hall_admits() -> None:
    key = SeatKey()
    frame = key.registration("hall", "FR")
    assert accreditation_holds(frame.public, frame.proof, "hall", "FR")
    shown = tuple(frozenset({answer}) for answer in MOTION.answers)
    text = key.seal(Seal(P1, HELD.text, (2,), shown))
    assert text is not None
    assert isinstance(admit(HELD, text, frame.public), Admitted)
    assert proofs_hold(HELD, text)
    assert key.seal(Seal(P1, HELD.text, (0, 1), shown)) is None
    assert key.seal(Seal(P1, "no election", (0,), shown)) is None


def test_nothing_is_sealed_for_an_election_that_asks_another_thing() -> None:
    shown = tuple(frozenset({answer}) for answer in MOTION.answers)
    swapped = (shown[1], shown[0], shown[2])
    assert SeatKey().seal(Seal(P1, HELD.text, (0,), swapped)) is None
    assert SeatKey().seal(Seal(P1, HELD.text, (0,), shown[:2])) is None


def test_the_key_that_is_sealed_for_is_shown_from_the_text_itself() -> None:
    key = fingerprint_of(str(HELD.public_key))
    assert face(live(), 1, load_speech()).context.startswith(f"Scrutineers' key {key} · ")
    assert scrutineers_key(HELD.text) == key
    assert scrutineers_key("no election") is None
    vector = json.loads((Path(__file__).parents[1] / "secrecy" / "ballots.json").read_text("utf-8"))
    # tests/kiosk_client/secret.test.ts shows the same.
    assert scrutineers_key(vector["elections"][0]["election"]) == "EzWi Y9no mLTY"


def test_nothing_is_sealed_once_another_election_took_the_place_of_the_one_shown() -> None:
    other = HELD.text.replace(HELD.uuid, "AnotherE1ection")
    seat, _ = after(live(), Received(open_view(2, election=other), 1))
    seat, actions = after(seat, Touched(Choice.NO, P1, 2))
    assert (actions, seat.press, seat.notice) == ([], None, Snag.OTHER_ELECTION)
    assert "Nothing was sent" in face(seat, 2, load_speech()).notice
    seat, _ = after(seat, Received(open_view(3), 3))
    _, (asked,) = after(seat, Touched(Choice.NO, P1, 4))
    assert isinstance(asked, Seal)
    assert asked.election == HELD.text


def test_a_seat_that_was_told_the_scrutineers_key_seals_for_no_other() -> None:
    key = fingerprint_of(str(HELD.public_key))
    shown = tuple(frozenset({answer}) for answer in MOTION.answers)
    asked = Seal(P1, HELD.text, (2,), shown)
    for told in (key, key.replace(" ", "")):
        assert SeatKey(scrutineers=told).seal(asked) is not None
    assert SeatKey(scrutineers="AAAA BBBB CCCC").seal(asked) is None
    with pytest.raises(ValueError, match="twelve characters"):
        SeatKey(scrutineers="AAAA BBBB")


def test_places_follow_the_ballot() -> None:
    assert places_of(ballot(), Choice.ABSTAIN) == (2,)
    assert places_of(election(4), ("c3", "c1")) == (0, 2)
    assert places_of(election(4), ()) == ()


def test_a_seat_shows_choices_by_their_words_and_candidates_by_their_names() -> None:
    assert [set(names) for names in shown_answers(ballot())] == [{"yes"}, {"no"}, {"abstain"}]
    for n, names in enumerate(shown_answers(election(3)), start=1):
        assert {f"c{n}", f"Candidate {n}"} <= names
