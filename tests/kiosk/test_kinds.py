"""Elections, tests, quorum checks, polls and votes in the hall: what a seat says and robots do."""

from __future__ import annotations

from collections import Counter

import pytest

from kiosk_client.asking import fits
from kiosk_client.face import face
from kiosk_client.paper import Paper, PaperStep
from kiosk_client.robots import Behaviour, intentions
from kiosk_client.seat import step
from kiosk_client.seat_state import Event, Opened, Received, Seat, Send, Touched
from server.locales.speech import load_speech
from server.vocabulary import Choice, Kind, Language, Mode, Phase, RefusalReason
from server.wire.messages import Press
from server.wire.views import Calling, KioskBallot, Mine
from tests.kiosk.floor import ballot, election, receipt, refused, view, welcome

SPEECH = load_speech()
PRESS = "00000000-0000-4000-8000-000000000001"
MEMBERS = [f"M{n:03}" for n in range(196)]
AT_SEATS = (Mode.RECORDED, Mode.NON_RECORDED, Mode.SECRET)
ALOUD = [mode for mode in Mode if mode not in AT_SEATS]


def of(**change: object) -> KioskBallot:
    return ballot().model_copy(update=change)


def seated(floor: KioskBallot, *events: Event) -> tuple[Seat, list[Press]]:
    seat, sent = Seat("token"), list[Press]()
    for event in (Opened(0.0), Received(welcome(), 0.0), Received(view(1, floor), 0.0), *events):
        seat, actions = step(seat, event)
        frames = [action.frame for action in actions if isinstance(action, Send)]
        sent += [frame for frame in frames if isinstance(frame, Press)]
    return seat, sent


def test_names_are_sent_as_a_list_and_shown_by_the_receipt_alone() -> None:
    touch = Touched(("c1", "c3"), PRESS, 1.0)
    seat, (press,) = seated(election(), touch)
    assert press.choice == ["c1", "c3"]
    assert not any(row.lit for row in face(seat, 1.1, SPEECH).names)
    seat, _ = seated(election(), touch, Received(receipt(PRESS, ["c1", "c3"], 4), 1.1))
    shown = face(seat, 2.0, SPEECH)
    assert [row.number for row in shown.names if row.lit] == [1, 3]
    assert "Your vote: Candidate 1 · Candidate 3" in shown.status
    assert shown.code == "Receipt code: C-0004"
    assert shown.lamps == ()


def test_a_blank_vote_is_a_vote() -> None:
    seat, (press,) = seated(
        election(), Touched((), PRESS, 1.0), Received(receipt(PRESS, [], 4), 1.1)
    )
    assert press.choice == []
    assert seat.lit == ()
    assert "Your vote: Blank vote" in face(seat, 2.0, SPEECH).status


def test_names_that_do_not_fit_are_not_sent_and_are_refused_in_words() -> None:
    seat, sent = seated(election(), Touched(("c1", "c2", "c3"), PRESS, 1.0))
    assert sent == []
    assert "does not fit this ballot" in face(seat, 1.1, SPEECH).notice
    seat, _ = seated(
        election(),
        Touched(("c1",), PRESS, 1.0),
        Received(refused(PRESS, RefusalReason.BAD_CHOICE), 1.1),
    )
    assert "does not fit this ballot" in face(seat, 1.2, SPEECH).notice


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        (None, "0 of 2 chosen"),
        (Paper("b1", ("c1",)), "1 of 2 chosen"),
        (Paper("b1", (), "1"), "0 of 2 chosen · Number: 1"),
        (Paper("b1", ("c1", "c2"), step=PaperStep.FULL), "Take one away first"),
        (Paper("b1", ("c1",), step=PaperStep.REVIEW), "then cast it: Candidate 1"),
        (Paper("b1", (), step=PaperStep.BLANK), "A blank vote names nobody"),
    ],
)
def test_a_paper_says_where_it_stands(paper: Paper | None, words: str) -> None:
    seat, _ = seated(election(round=2, tie_ballot=True))
    shown = face(seat, 1.0, SPEECH, paper)
    assert words in shown.status
    assert shown.context.startswith("Round 2 · Tie ballot")


def test_a_closed_election_shows_the_names_that_the_box_holds() -> None:
    mine = Mine(choice=["c2"], n=3, code="C-0003")
    seat, _ = seated(election(phase=Phase.CLOSED, mine=mine))
    assert face(seat, 1.0, SPEECH).status == "Your vote: Candidate 2"


def test_a_test_vote_asks_for_a_button_and_tells_a_wrong_one() -> None:
    mine = Mine(choice=Choice.NO, n=3, code="C-0003")
    seat, _ = seated(of(kind=Kind.TEST, asked=Choice.YES))
    shown = face(seat, 1.0, SPEECH)
    assert shown.headline == "Press: In favour"
    assert shown.context.startswith("TEST")
    seat, _ = seated(of(kind=Kind.TEST, asked=Choice.YES, mine=mine))
    assert "Another button was asked for: In favour" in face(seat, 1.0, SPEECH).status


def test_a_quorum_check_has_the_one_button_present() -> None:
    floor = of(kind=Kind.ATTENDANCE, choices=[Choice.YES])
    seat, _ = seated(floor)
    assert [lamp.label for lamp in face(seat, 1.0, SPEECH).lamps] == ["Present"]
    seat, _ = seated(floor.model_copy(update={"phase": Phase.CLOSED}))
    assert face(seat, 1.0, SPEECH).status == "Your presence was not recorded"


@pytest.mark.parametrize("mode", ALOUD)
@pytest.mark.parametrize("lang", list(Language))
def test_a_vote_in_the_hall_offers_nothing_and_says_what_happens(
    mode: Mode, lang: Language
) -> None:
    seat, sent = seated(of(mode=mode), Touched(Choice.YES, PRESS, 1.0))
    assert sent == []
    shown = face(seat, 1.0, SPEECH)
    assert shown.lamps == ()
    hint = SPEECH.say(Language.EN, f"kiosk-{mode.value.replace('_', '-')}-hint")
    assert shown.status.startswith(hint)
    assert SPEECH.say(lang, f"kiosk-{mode.value.replace('_', '-')}")
    closed, _ = seated(of(mode=mode, phase=Phase.CLOSED))
    assert face(closed, 1.0, SPEECH).status == ""


@pytest.mark.parametrize(
    ("member", "following", "passed", "headline"),
    [
        ("FR", [], [], "You are called: answer aloud"),
        ("KE", ["FR"], [], "You are next"),
        ("KE", ["QA", "FR"], [], "Answer aloud when you are called"),
        ("KE", ["QA"], ["FR"], "You passed: you will be called again"),
    ],
)
def test_a_roll_call_tells_a_member_its_turn(
    member: str, following: list[str], passed: list[str], headline: str
) -> None:
    calling = Calling(member=member, next=following, answered=3, pass_over=passed, call=2)
    seat, _ = seated(of(mode=Mode.ROLL_CALL, calling=calling))
    shown = face(seat, 1.0, SPEECH)
    assert shown.headline == headline
    assert f"Second call · Now called: {member} · 3 Members have answered" in shown.status


def test_robots_cast_papers_that_fit_the_same_ones_for_the_same_seed() -> None:
    floor = election(6, most=3)
    behaviour = Behaviour(yes=80, no=0, abstain=20, silent=10, change=0.3)
    planned = [intentions(behaviour, member, floor) for member in MEMBERS]
    assert planned == [intentions(behaviour, member, floor) for member in MEMBERS]
    assert all(fits(floor, each.choice) for plan in planned for each in plan)
    lengths = Counter(len(plan[0].choice) for plan in planned if plan)
    assert set(lengths) == {0, 1, 2, 3}
    assert {len(plan) for plan in planned} == {0, 1, 2}


def test_robots_press_what_a_test_or_a_quorum_check_asks_for() -> None:
    behaviour = Behaviour(silent=0)
    test = of(kind=Kind.TEST, asked=Choice.ABSTAIN)
    here = of(kind=Kind.ATTENDANCE, choices=[Choice.YES])
    for floor, asked in ((test, Choice.ABSTAIN), (here, Choice.YES)):
        planned = [intentions(behaviour, member, floor) for member in MEMBERS]
        assert {tuple(each.choice for each in plan) for plan in planned} == {(asked,)}
    mute = Behaviour(yes=0, no=0, abstain=0, silent=1)
    assert intentions(mute, "FR", test) == intentions(mute, "FR", election()) == ()


@pytest.mark.parametrize("mode", ALOUD)
def test_robots_do_nothing_where_the_hall_is_asked(mode: Mode) -> None:
    assert intentions(Behaviour(silent=0), "FR", of(mode=mode)) == ()
