"""The hall display in a real browser, at a real hall with real votes.

Rule: what the hall reads is looked for as text, in its language; nothing is asked of the page's
inside. The order of the tests is no matter: each has a ballot of its own and ends it.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from websockets.sync.client import ClientConnection, connect

from tests.hall.axe import violations
from tests.halls import HallProcess, Operator

pytestmark = pytest.mark.browser

TITLE = {
    "en": "Police co-operation against online fraud",
    "fr": "Coopération policière contre les escroqueries en ligne",
    "es": "Cooperación policial contra las estafas en línea",
    "ar": "التعاون الشرطي لمكافحة الاحتيال على الإنترنت",
}
OPEN = ("announced", "open", "suspended", "in_doubt")


@dataclass(frozen=True, slots=True)
class World:
    """A hall, its operator, and the tokens of its seats."""

    hall: HallProcess
    operator: Operator
    tokens: Mapping[str, str]

    def open(self, **fields: Any) -> str:
        """Open a ballot; its id."""
        return self.operator.open(title=TITLE, **fields)

    def vote(self, ballot: str, choices: Mapping[str, str]) -> None:
        """Members vote through sockets of their own; returns when all votes are receipted."""
        with ExitStack() as stack:
            for member, choice in choices.items():
                seat = connect(f"{self.hall.ws}/kiosk", proxy=None, max_size=None)
                stack.enter_context(seat)
                _say(seat, type="hello", protocol=1, token=self.tokens[member])
                _press(seat, ballot, choice)

    def show(self, scene: str, **fields: Any) -> None:
        """Put a scene on the display."""
        answer = self.operator.http.post("/display", json={"scene": scene, **fields})
        assert answer.status_code < 300, answer.text

    def clear(self) -> None:
        """End whatever ballot is on the floor, and let the display follow the ballot again."""
        for row in self.operator.http.get("/ballots").json()["ballots"]:
            if row["phase"] in OPEN:
                self.operator.command(row["id"], "cancel", reason="the test is over")
        self.show("auto")


def _say(seat: ClientConnection, **frame: Any) -> None:
    seat.send(json.dumps(frame))


def _press(seat: ClientConnection, ballot: str, choice: str) -> None:
    _say(seat, type="press", press_id=str(uuid.uuid4()), ballot=ballot, choice=choice)
    while True:
        frame = json.loads(seat.recv(timeout=20))
        if frame["type"] in ("receipt", "refused", "error"):
            assert frame["type"] == "receipt", frame
            return


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    hall = HallProcess(tmp_path_factory.mktemp("display") / "data").start()
    operator = Operator(hall)
    yield World(hall, operator, operator.tokens())
    operator.close()
    assert hall.stop() == 0


class Displays:
    """Screens in the hall; what a page complains about fails the test."""

    def __init__(self, hall: HallProcess, operator: Operator, browser: Browser) -> None:
        self._hall = hall
        answer = operator.http.post("/displays/tokens", json={})
        assert answer.status_code == 201, answer.text
        self._token = answer.json()["token"]
        self._browser = browser
        self._stack = ExitStack()
        self.complaints: list[str] = []

    def open(self, query: str = "lang=en", width: int = 1920, height: int = 1080) -> Page:
        context = self._browser.new_context(viewport={"width": width, "height": height})
        self._stack.callback(context.close)
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{self._hall.url}/display/?{query}#token={self._token}")
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        # A hall that was killed refuses connections: the browser says so, and so does the screen.
        if message.type == "error" and "ERR_CONNECTION_REFUSED" not in message.text:
            self.complaints.append(message.text)

    def close(self) -> None:
        self._stack.close()


@pytest.fixture
def displays(world: World, browser: Browser) -> Iterator[Displays]:
    made = Displays(world.hall, world.operator, browser)
    yield made
    made.close()
    world.clear()
    assert made.complaints == []


def tile(page: Page, member: str, said: str) -> None:
    """Waits until this Member's tile says this to whoever listens."""
    expect(
        page.get_by_role("listitem").filter(has_text=re.compile(rf"\b{member}\s*:\s*{said}\s*$"))
    ).to_be_visible()


def no_violations(page: Page) -> None:
    assert violations(page) == []


def fits(page: Page) -> None:
    """Nothing stands outside the screen, and no text is wider than its place."""
    clipped = page.evaluate(
        """() => [...document.querySelectorAll('main *, footer *')]
            .filter((e) => !(e instanceof SVGElement) && !e.closest('.spoken-only'))
            .filter((e) => {
              const box = e.getBoundingClientRect();
              const inline = getComputedStyle(e).display === 'inline';
              return box.left < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1
                || (!inline && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 2);
            })
            .map((e) => `${e.tagName} ${e.textContent.trim().slice(0, 60)}`)"""
    )
    assert clipped == []


def test_a_motion_from_the_question_to_the_result(world: World, displays: Displays) -> None:
    page = displays.open()
    ballot = world.operator.prepare(title=TITLE, disclosure="individual", seconds=600)["id"]
    world.operator.command(ballot, "announce")
    expect(page.get_by_role("heading", name=TITLE["en"])).to_be_visible()
    expect(page.get_by_text("Voting is about to begin").last).to_be_visible()
    expect(page.get_by_text("Simple majority")).to_be_visible()

    world.operator.command(ballot, "open")
    expect(page.get_by_role("timer")).to_be_visible()
    tile(page, "FR", "Not voting")
    expect(page.get_by_role("listitem")).to_have_count(196)

    world.vote(ballot, {"FR": "yes", "DE": "no", "KE": "abstain", "BR": "yes"})
    tile(page, "FR", "In favour")
    tile(page, "DE", "Against")
    tile(page, "KE", "Abstention")
    tile(page, "JP", "Not voting")
    world.vote(ballot, {"FR": "no"})
    tile(page, "FR", "Against")
    fits(page)
    no_violations(page)

    world.operator.command(ballot, "last_call")
    expect(page.locator("main").get_by_text("Have all Members voted?")).to_be_visible()
    world.operator.command(ballot, "close")
    expect(page.locator("main").get_by_text("The voting is closed")).to_be_visible()
    expect(page.locator("main").get_by_text("Awaiting the Chair")).to_be_visible()

    world.operator.command(ballot, "declare")
    main = page.locator("main")
    expect(main.get_by_text("Rejected")).to_be_visible()
    expect(main.get_by_text("Rejeté", exact=False)).to_be_visible()
    expect(main.get_by_text("Needed 2 of 3 (abstentions not counted)")).to_be_visible()
    expect(main.get_by_text("Not voting: 192")).to_be_visible()
    fits(page)
    no_violations(page)

    world.show("board")
    expect(page.get_by_role("listitem")).to_have_count(196)
    tile(page, "France", "Against")
    fits(page)
    no_violations(page)
    world.show("hemicycle")
    expect(page.get_by_role("img", name="Votes of the Members")).to_be_visible()
    fits(page)


def test_the_turnout_is_live_and_counts_are_not_shown_before_their_time(
    world: World, displays: Displays
) -> None:
    page = displays.open()
    ballot = world.open(disclosure="turnout")
    world.vote(ballot, {"FR": "yes", "DE": "no"})
    expect(page.get_by_text("2 of 196 Members have voted")).to_be_attached()
    tile(page, "FR", "Has voted")
    assert page.locator("main").get_by_text("In favour").count() == 0
    world.vote(ballot, {"KE": "yes"})
    expect(page.get_by_text("3 of 196 Members have voted")).to_be_attached()
    no_violations(page)


def test_counts_without_names(world: World, displays: Displays) -> None:
    page = displays.open()
    ballot = world.open(disclosure="counts")
    world.vote(ballot, {"FR": "yes", "DE": "yes", "KE": "abstain"})
    expect(page.get_by_text("3 of 196 Members have voted")).to_be_attached()
    counts = page.locator("main dl > div")
    expect(counts.nth(0)).to_have_text(re.compile(r"In favour\s*2"))
    expect(counts.nth(1)).to_have_text(re.compile(r"Against\s*0"))
    expect(counts.nth(2)).to_have_text(re.compile(r"Abstention\s*1"))
    assert page.get_by_role("listitem").count() == 0
    fits(page)


@pytest.mark.parametrize("phase", ["suspend", "cancel"])
def test_a_ballot_that_does_not_go_on_shows_no_number(
    world: World, displays: Displays, phase: str
) -> None:
    page = displays.open()
    ballot = world.open(disclosure="individual")
    world.vote(ballot, {"FR": "yes"})
    tile(page, "FR", "In favour")
    world.operator.command(ballot, phase, reason="a row of seats lost its power")
    said = {"suspend": "Voting interrupted", "cancel": "The vote is cancelled"}[phase]
    main = page.locator("main")
    expect(main.get_by_text(said, exact=True)).to_be_visible()
    assert re.search(r"\d", main.inner_text()) is None
    assert page.get_by_role("listitem").count() == 0


def test_arabic_stands_from_the_right(world: World, displays: Displays) -> None:
    page = displays.open("lang=ar")
    ballot = world.open(disclosure="individual", document="GA-2027-94-REP-06", seconds=600)
    world.vote(ballot, {"FR": "yes", "EG": "no"})
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.get_by_role("heading", name=TITLE["ar"])).to_be_visible()
    symbol = page.locator("footer bdi", has_text="GA-2027-94-REP-06")
    expect(symbol).to_have_attribute("dir", "ltr")
    tiles = page.get_by_role("listitem")
    expect(tiles).to_have_count(196)
    first, last = tiles.first.bounding_box(), tiles.last.bounding_box()
    assert first is not None
    assert last is not None
    assert first["x"] > last["x"], "the first column stands at the right"
    second = tiles.nth(1).bounding_box()
    assert second is not None
    assert second["x"] == first["x"], "alphabetical down the column"
    assert second["y"] > first["y"]
    assert re.search(r"[٠-٩]", page.locator("body").inner_text()) is None, "digits are set"
    fits(page)
    no_violations(page)


@pytest.mark.parametrize(("width", "height"), [(3840, 2160), (1280, 1024)])
def test_other_screens_show_the_same_picture(
    world: World, displays: Displays, width: int, height: int
) -> None:
    page = displays.open("lang=ar", width, height)
    world.open(disclosure="individual", seconds=600)
    expect(page.get_by_role("listitem")).to_have_count(196)
    fits(page)
    rem = page.evaluate("() => parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert rem == pytest.approx(min(width / 192, height / 108), abs=0.01)


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
def test_every_picture_fits_in_every_language(world: World, displays: Displays, lang: str) -> None:
    page = displays.open(f"lang={lang}")
    world.show("idle", item="9")
    expect(page.locator("main").get_by_text("9", exact=True)).to_be_visible()
    fits(page)
    world.show("presence")
    expect(page.locator("main p").first).to_be_visible()
    fits(page)
    world.show("auto")
    ballot = world.operator.prepare(title=TITLE, disclosure="individual", seconds=600)["id"]
    world.operator.command(ballot, "announce")
    expect(page.get_by_role("heading", name=TITLE[lang])).to_be_visible()
    fits(page)
    world.operator.command(ballot, "open")
    expect(page.get_by_role("listitem")).to_have_count(196)
    fits(page)
    world.show("board")
    expect(page.get_by_role("listitem")).to_have_count(196)
    fits(page)
    world.show("hemicycle")
    expect(page.locator("main svg[role=img]")).to_be_visible()
    fits(page)


@pytest.mark.parametrize(
    ("lang", "theme"),
    [("en", "okabe-ito"), ("fr", "default"), ("es", "default"), ("ar", "okabe-ito")],
)
def test_axe_finds_nothing_in_a_result(
    world: World, displays: Displays, lang: str, theme: str
) -> None:
    page = displays.open(f"lang={lang}&theme={theme}")
    ballot = world.open(disclosure="individual")
    world.vote(ballot, {"FR": "yes", "DE": "no", "KE": "abstain"})
    expect(page.get_by_role("listitem")).to_have_count(196)
    no_violations(page)
    world.operator.command(ballot, "close")
    world.operator.command(ballot, "declare")
    expect(page.locator("main dl > div")).to_have_count(3)
    fits(page)
    no_violations(page)


def test_the_strip_for_a_broadcast_is_transparent_around_it(
    world: World, displays: Displays
) -> None:
    page = displays.open("lang=en&view=chyron&bg=transparent")
    ballot = world.open(disclosure="counts")
    world.vote(ballot, {"FR": "yes"})
    expect(page.get_by_role("heading", name=TITLE["en"])).to_be_visible()
    expect(page.get_by_text("1 of 196")).to_be_visible()
    background = page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
    assert background == "rgba(0, 0, 0, 0)"
    assert page.locator("footer").count() == 0


def test_a_display_without_its_hall_says_that_it_is_not_live(
    browser: Browser, tmp_path: Path
) -> None:
    hall = HallProcess(tmp_path / "data").start()
    operator = Operator(hall)
    displays = Displays(hall, operator, browser)
    try:
        page = displays.open()
        expect(page.locator("footer")).to_be_visible()
        expect(page.locator("h1")).to_have_count(1)  # the first view has come
        assert page.get_by_text("NOT LIVE").count() == 0
        hall.kill()
        expect(page.get_by_text("NOT LIVE")).to_be_visible()
        no_violations(page)
        hall.start()
        expect(page.get_by_text("NOT LIVE")).to_have_count(0, timeout=20_000)
        assert displays.complaints == []
    finally:
        displays.close()
        operator.close()
        hall.stop()


def test_a_token_leaves_the_address_bar_at_once(world: World, browser: Browser) -> None:
    answer = world.operator.http.post("/displays/tokens", json={})
    assert answer.status_code == 201, answer.text
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{world.hall.url}{answer.json()['pair']}")
    expect(page.locator("footer")).to_be_visible()
    assert "token" not in page.url
    page.reload()
    expect(page.locator("footer")).to_be_visible()
    context.close()
