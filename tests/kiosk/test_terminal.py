"""The terminal seat with Textual's Pilot, against a hall with a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from kiosk_client.seat_state import Ended
from kiosk_client.terminal import TerminalSeat, run_terminal
from server.locales.speech import load_speech
from server.vocabulary import Choice, Language, Phase, RefusalReason, Signal
from server.wire.messages import HandOverFrame, SetLanguage, SignalFrame
from server.wire.views import Delegation
from tests.kiosk.floor import ballot, election, receipt, refused, view, welcome
from tests.kiosk.sockets import Line, scripted_hall

SPEECH = load_speech()


def terminal(url: str, lang: Language = Language.EN) -> TerminalSeat:
    return TerminalSeat(url, "token", lang, SPEECH)


async def until(pilot: Pilot[int], reached: Callable[[], bool]) -> None:
    while not reached():
        await pilot.pause(0.01)


def said(app: TerminalSeat, place: str) -> str:
    return str(app.query_one(f"#{place}", Static).content)


def lit(app: TerminalSeat) -> list[Choice]:
    return [c for c in Choice if app.query_one(f"#lamp-{c.value}").has_class("lit")]


@pytest.mark.parametrize(
    ("key", "lang", "choice"),
    [
        ("y", Language.EN, Choice.YES),
        ("n", Language.EN, Choice.NO),
        ("a", Language.EN, Choice.ABSTAIN),
        ("1", Language.FR, Choice.YES),
        ("2", Language.ES, Choice.NO),
        ("3", Language.AR, Choice.ABSTAIN),
    ],
)
async def test_a_key_votes_and_the_lamp_waits_for_the_receipt(
    key: str, lang: Language, choice: Choice
) -> None:
    may_answer = asyncio.Event()

    async def script(line: Line) -> None:
        hello = await line.greet(ballot())
        assert hello.lang is lang
        press = await line.read_press()
        assert press.choice == choice.value
        await may_answer.wait()
        await line.send(receipt(press.press_id, choice, 12))
        await line.until_closed()

    async with scripted_hall(script) as hall:
        app = terminal(hall.url, lang)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: said(app, "headline") == SPEECH.say(lang, "kiosk-open"))
            await pilot.press(key)
            await until(pilot, lambda: said(app, "status") == SPEECH.say(lang, "kiosk-sending"))
            before = lit(app)
            may_answer.set()
            await until(pilot, lambda: lit(app) != [])
            after = lit(app)
            code = said(app, "code")
    assert before == []
    assert after == [choice]
    assert "C-0012" in code


async def test_the_lamp_comes_back_after_a_cut_and_the_cut_is_said() -> None:
    back = asyncio.Event()

    async def script(line: Line) -> None:
        if line.number > 1:
            await back.wait()
        await line.greet(ballot())
        if line.number == 1:
            await line.read_press()
            line.drop()
            return
        press = await line.read_press()
        await line.send(receipt(press.press_id, Choice.YES, 3))
        await line.until_closed()

    async with scripted_hall(script) as hall:
        app = terminal(hall.url)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: app.query_one("#lamp-yes").has_class("offered"))
            await pilot.press("y")
            await until(pilot, lambda: "No connection" in said(app, "connection"))
            await pilot.press("n")
            await until(pilot, lambda: said(app, "notice").startswith("Not sent."))
            dark = lit(app)
            back.set()
            await until(pilot, lambda: lit(app) == [Choice.YES])
            accepted = hall.accepted
    assert dark == []
    assert accepted == 2


async def test_a_refusal_is_said_and_lights_nothing() -> None:
    async def script(line: Line) -> None:
        await line.greet(ballot())
        press = await line.read_press()
        await line.send(refused(press.press_id, RefusalReason.RATE_LIMITED))
        await line.until_closed()

    async with scripted_hall(script) as hall:
        app = terminal(hall.url)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: app.query_one("#lamp-no").has_class("offered"))
            await pilot.press("2")
            await until(pilot, lambda: said(app, "notice") != "")
            assert said(app, "notice") == SPEECH.say(Language.EN, "refused-rate-limited")
            assert lit(app) == []


async def test_letters_vote_in_english_only_and_f2_changes_the_language() -> None:
    frames: list[object] = []
    told = asyncio.Event()

    async def script(line: Line) -> None:
        await line.greet(ballot())
        frames.extend([await line.read(), await line.read()])
        told.set()
        await line.until_closed()

    async with scripted_hall(script) as hall:
        app = terminal(hall.url, Language.EN)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: app.query_one("#lamp-no").has_class("offered"))
            await pilot.press("f2", "a", "f3")
            await told.wait()
            french = said(app, "lamp-yes")
    assert frames == [
        SetLanguage(type="lang", lang=Language.FR),
        SignalFrame(type="signal", signal=Signal.ASSISTANCE, on=True),
    ]
    assert french == "1  ✔  Pour"


async def test_two_keys_hand_the_vote_over_and_the_view_says_who_votes() -> None:
    frames: list[object] = []
    names = ["Ms Lune", "Mr Soleil", "Ms Étoile"]

    async def script(line: Line) -> None:
        await line.read()
        await line.send(welcome())
        await line.send(view(1, None, delegation=Delegation(names=names, votes_by="Ms Lune")))
        frames.append(await line.read())
        await line.send(view(2, None, delegation=Delegation(names=names, votes_by="Ms Étoile")))
        await line.until_closed()

    async with scripted_hall(script) as hall:
        app = terminal(hall.url)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: "Votes now: Ms Lune" in said(app, "who"))
            assert "F5 Hand the vote over" in said(app, "keys")
            # The round of the others, and nobody at its end; only F6 sends.
            await pilot.press("f5", "f5", "f5", "f6", "f5")
            assert "F6 Mr Soleil votes from now on" in said(app, "keys")
            await pilot.press("f5", "f6")
            await until(pilot, lambda: "Votes now: Ms Étoile" in said(app, "who"))
    assert frames == [HandOverFrame(type="hand_over", delegate="Ms Étoile")]


async def test_a_replaced_seat_goes_dark_says_why_and_leaves_with_one() -> None:
    async def script(line: Line) -> None:
        await line.greet(ballot())
        press = await line.read_press()
        await line.send(receipt(press.press_id, Choice.YES, 3))
        await line.read()
        await line.socket.close(4409)

    async with scripted_hall(script) as hall:
        app = terminal(hall.url)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: app.query_one("#lamp-no").has_class("offered"))
            await pilot.press("1")
            await until(pilot, lambda: lit(app) == [Choice.YES])
            await pilot.press("f3")
            await until(pilot, lambda: app.seat.link == Ended(4409))
            await pilot.pause(0.05)
            headline, lamps = said(app, "headline"), lit(app)
            await pilot.press("ctrl+q")
    assert headline == "This seat is now used on another device"
    assert lamps == []
    assert app.return_value == 1


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.CLOSED, Phase.IN_DOUBT])
async def test_everything_fits_into_80_by_24(lang: Language, phase: Phase) -> None:
    async def script(line: Line) -> None:
        await line.greet(ballot(closes_at=600_000))
        await line.send(view(2, ballot(phase=phase, closes_at=600_000)))
        await line.until_closed()

    async with scripted_hall(script) as hall:
        app = terminal(hall.url, lang)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: app.seat.seq == 2)
            await pilot.pause(0.05)
            screen = app.screen.region
            places = [place for place in app.query(Static) if place.region.area]
            outside = [p.id for p in places if not screen.contains_region(p.region)]
            cut = [
                p.id
                for p in places
                if p.get_content_height(p.size, app.size, p.size.width) > p.size.height
            ]
            rows = {p.id: p.region.y for p in places}
    assert outside == []
    assert cut == []
    assert rows["keys"] == 23
    assert rows["lamp-yes"] < rows["lamp-no"] < rows["lamp-abstain"] < rows["keys"]


@pytest.mark.parametrize("lang", list(Language))
def test_every_fixed_phrase_fits_into_its_place(lang: Language) -> None:
    """Two rows of 80 for a notice, two of about 70 beside the countdown for a headline."""
    notices = [f"refused-{reason.value.replace('_', '-')}" for reason in RefusalReason]
    notices += ["kiosk-not-sent", "kiosk-press-again"]
    headlines = ["kiosk-protocol", "kiosk-revoked", "kiosk-pair-failed", "kiosk-in-doubt"]
    headlines += ["kiosk-void", "kiosk-cancelled", "kiosk-replaced"]
    assert max(len(SPEECH.say(lang, notice)) for notice in notices) <= 150
    assert max(len(SPEECH.say(lang, headline)) for headline in headlines) <= 130


def test_a_wrong_address_is_named_with_its_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_terminal("hall:8400", "token", "en") == 2
    assert "give it as ws://HOST:PORT" in capsys.readouterr().err


async def test_an_election_is_chosen_by_number_reviewed_cast_and_changed_to_blank() -> None:
    floor = election(12, most=2)
    choices: list[object] = []

    async def script(line: Line) -> None:
        await line.greet(floor)
        for n in (1, 2):
            press = await line.read_press()
            assert isinstance(press.choice, list)
            choices.append(press.choice)
            await line.send(receipt(press.press_id, press.choice, n))
        await line.until_closed()

    async with scripted_hall(script) as hall:
        app = terminal(hall.url)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: "0 of 2 chosen" in said(app, "status"))
            await pilot.press("1", "1", "3")
            chosen = said(app, "names")
            await pilot.press("pagedown")
            further = said(app, "names")
            await pilot.press("enter")
            reviewed = said(app, "status")
            unsent = list(choices)
            await pilot.press("enter")
            await until(pilot, lambda: "C-0001" in said(app, "code"))
            recorded = said(app, "names")
            await pilot.press("b", "enter")
            await until(pilot, lambda: "C-0002" in said(app, "code"))
            blank = said(app, "status")
    assert unsent == []
    assert choices == [["c3", "c11"], []]
    assert "[x]  3  Candidate 3" in chosen
    assert "[x] 11  Candidate 11" in further
    assert "then cast it: Candidate 3 · Candidate 11" in reviewed
    assert "[■] 11  Candidate 11" in recorded
    assert "Your vote: Blank vote" in blank
