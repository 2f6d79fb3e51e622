"""What the screen says in every state, in four languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk_client.face import SENDING_AFTER, face
from kiosk_client.seat import step
from kiosk_client.seat_state import (
    Closed,
    Distrusted,
    Down,
    Ended,
    Event,
    Greeting,
    Live,
    Opened,
    Quiet,
    Received,
    Seat,
    Snag,
    Touched,
)
from server.locales.speech import load_speech
from server.vocabulary import Choice, Language, OutcomeKind, Phase, RefusalReason
from server.wire.views import Counts, KioskBallot, Mine, OutcomeView
from tests.kiosk.floor import ballot, receipt, refused, texts, view, welcome

SPEECH = load_speech()
PRESS = "00000000-0000-4000-8000-000000000001"
MINE = Mine(choice=Choice.YES, n=5, code="C-0005")
OUTCOME = OutcomeView(
    outcome=OutcomeKind.ADOPTED,
    base=150,
    needed=76,
    base_name="base-yes-no",
    tied=False,
    counts=Counts(yes=100, no=50, abstain=3),
    not_voting=43,
    headline=texts("Adopted"),
    sentence=texts("The draft resolution is adopted by 100 votes to 50, with 3 abstentions."),
    explanation=texts("76 of 150"),
    head="00",
)


def seated(floor: KioskBallot | None, *events: Event) -> Seat:
    seat = Seat("token")
    for event in (
        Opened(0.0),
        Received(welcome(), 0.0),
        Received(view(1, floor), 0.0),
        *events,
    ):
        seat, _ = step(seat, event)
    return seat


def test_an_open_ballot_offers_three_dark_lamps_and_asks_for_a_choice() -> None:
    shown = face(seated(ballot()), 0.1, SPEECH)
    assert [(lamp.label, lamp.lit, lamp.offered) for lamp in shown.lamps] == [
        ("In favour", False, True),
        ("Against", False, True),
        ("Abstention", False, True),
    ]
    assert shown.who == "France · Seat 64"
    assert (shown.headline, shown.status) == ("The voting is open", "Touch your choice")
    assert shown.context == "Item 7 · Document AG/5"
    assert shown.connected


def test_sending_is_said_after_a_fifth_of_a_second_and_no_lamp_is_lit_by_it() -> None:
    seat = seated(ballot(), Touched(Choice.NO, PRESS, 1.0))
    assert face(seat, 1.0 + SENDING_AFTER - 0.01, SPEECH).status == "Touch your choice"
    late = face(seat, 1.0 + SENDING_AFTER, SPEECH)
    assert late.status == "Sending…"
    assert not any(lamp.lit for lamp in late.lamps)


def test_a_receipt_lights_one_lamp_says_recorded_and_shows_the_code() -> None:
    seat = seated(
        ballot(), Touched(Choice.NO, PRESS, 1.0), Received(receipt(PRESS, Choice.NO, 7), 1.1)
    )
    shown = face(seat, 5.0, SPEECH)
    assert [lamp.choice for lamp in shown.lamps if lamp.lit] == [Choice.NO]
    assert [lamp.label for lamp in shown.lamps if lamp.lit] == ["Against, recorded"]
    assert shown.status.startswith("Your vote has been recorded. You can change it")
    assert shown.code == "Receipt code: C-0007"
    linkless = receipt(PRESS, Choice.NO, 7).model_copy(update={"code": ""})
    seat = seated(ballot(), Touched(Choice.NO, PRESS, 1.0), Received(linkless, 1.1))
    assert face(seat, 5.0, SPEECH).code == ""


def test_a_vote_that_cannot_be_changed_offers_no_other() -> None:
    shown = face(seated(ballot(mine=MINE, revocable=False)), 0.1, SPEECH)
    assert "cannot be changed" in shown.status
    assert not any(lamp.offered for lamp in shown.lamps)


@pytest.mark.parametrize(
    ("floor", "headline", "status"),
    [
        (None, "No vote in progress", ""),
        (ballot(phase=Phase.ANNOUNCED), "Voting is not open yet", ""),
        (ballot(last_call=True), "Voting is about to close", "You have not voted"),
        (ballot(closes_at=0), "Awaiting the Chair", "Touch your choice"),
        (ballot(phase=Phase.SUSPENDED), "Voting interrupted", ""),
        (ballot(phase=Phase.SUSPENDED, mine=MINE), "Voting interrupted", "Your vote is kept"),
        (ballot(phase=Phase.CLOSED), "The voting is closed", "You did not vote"),
        (ballot(phase=Phase.CLOSED, mine=MINE), "The voting is closed", "Your vote: In favour"),
        (ballot(phase=Phase.CANCELLED), "The vote is cancelled. No vote counts.", ""),
        (ballot(phase=Phase.VOID), "The vote is void. Your vote does not count.", ""),
        (
            ballot(bar=RefusalReason.SUSPENDED_RIGHT),
            "The voting is open",
            "Your right to vote is suspended. Please call the operator.",
        ),
        (
            ballot(phase=Phase.DECLARED, mine=MINE).model_copy(update={"outcome": OUTCOME}),
            "Result: Adopted",
            f"{OUTCOME.sentence.en} Your vote: In favour",
        ),
    ],
)
def test_each_phase_has_its_words(floor: KioskBallot | None, headline: str, status: str) -> None:
    shown = face(seated(floor), 1.0, SPEECH)
    assert (shown.headline, shown.status) == (headline, status)


def test_the_countdown_rounds_up_and_stands_only_while_open() -> None:
    at_60_1 = ballot(closes_at=61_100)  # the hall's clock began at one second
    assert face(seated(at_60_1), 0.0, SPEECH).countdown == "1:01"
    assert face(seated(at_60_1), 59.2, SPEECH).countdown == "0:01"
    closed = ballot(phase=Phase.CLOSED, closes_at=61_000)
    assert face(seated(closed), 0.0, SPEECH).countdown == ""


def test_a_lost_connection_is_said_and_offers_nothing_but_keeps_the_recorded_vote() -> None:
    shown = face(seated(ballot(mine=MINE), Closed(1006, 1.0)), 1.1, SPEECH)
    assert shown.connection == "No connection"
    assert shown.headline == "No connection"
    assert not shown.connected
    assert [lamp.choice for lamp in shown.lamps if lamp.lit] == [Choice.YES]
    assert not any(lamp.offered for lamp in shown.lamps)


@pytest.mark.parametrize("before", [(), (Closed(1006, 0.5),)])
def test_a_certificate_that_is_not_trusted_is_said(before: tuple[Closed, ...]) -> None:
    shown = face(seated(ballot(), *before, Distrusted(1.0)), 1.1, SPEECH)
    assert (shown.connection, shown.connected) == ("No connection", False)
    assert shown.headline == "The hall's certificate is not trusted"
    assert "Call the operator" in shown.status
    assert not any(lamp.offered for lamp in shown.lamps)
    again = face(seated(ballot(), *before, Distrusted(1.0), Closed(1006, 1.2)), 1.3, SPEECH)
    assert again.headline == "No connection"


@pytest.mark.parametrize(
    ("code", "connection", "headline"),
    [
        (4409, "Used on another device", "This seat is now used on another device"),
        (4410, "Stopped", "This device may no longer vote. Call the operator."),
        (4401, "Stopped", "This code is not valid. Ask the operator for a new one."),
        (4400, "Stopped", "This screen is out of date. Reload it, or call the operator."),
    ],
)
def test_a_seat_that_was_told_to_stop_says_why_and_is_dark(
    code: int, connection: str, headline: str
) -> None:
    shown = face(seated(ballot(mine=MINE), Closed(code, 1.0)), 1.1, SPEECH)
    assert (shown.connection, shown.headline) == (connection, headline)
    assert shown.lamps == ()


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_every_refusal_is_said(reason: RefusalReason) -> None:
    seat = seated(ballot(), Touched(Choice.NO, PRESS, 1.0), Received(refused(PRESS, reason), 1.1))
    assert face(seat, 1.2, SPEECH).notice == SPEECH.say(
        Language.EN, f"refused-{reason.value.replace('_', '-')}"
    )


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize(
    "link", [Down(False), Down(True), Greeting(0), Live(0), Quiet(0), Ended(4409)]
)
@pytest.mark.parametrize("phase", [None, *Phase])
def test_every_state_has_a_face_in_every_language(
    lang: Language, link: object, phase: Phase | None
) -> None:
    floor = ballot(phase=phase, mine=MINE) if phase is not None else None
    assert isinstance(link, Down | Greeting | Live | Quiet | Ended)
    for notice in (None, *Snag):
        seat = replace(seated(floor), lang=lang, link=link, notice=notice)
        shown = face(seat, 1.0, SPEECH)
        assert shown.headline
        assert shown.connection
        assert shown.right_to_left is (lang is Language.AR)
