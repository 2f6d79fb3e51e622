"""The operator's console and the Chair's page in a real browser, at a real hall.

Rule: whatever the operator does is done with keys, buttons and words that stand on the screen; what
came of it is read from the screen, from the hall, or from the record. Seats vote by real sockets.
"""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # no stubs
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from websockets.sync.client import connect

from tests.halls import PASSWORD, HallProcess, Operator

pytestmark = pytest.mark.browser

ENDED = {"closed", "declared", "certified", "published", "cancelled", "void"}
LANGUAGES = ("en", "fr", "es", "ar")
SIGN_IN = {"en": "Sign in", "fr": "Se connecter", "es": "Iniciar sesión", "ar": "تسجيل الدخول"}
MESSAGE = {"en": "Coffee", "fr": "Café", "es": "Un café", "ar": "قهوة"}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    process = HallProcess(tmp_path_factory.mktemp("console") / "data").start()
    yield process
    assert process.stop() == 0


@pytest.fixture
def operator(hall: HallProcess) -> Iterator[Operator]:
    """The same operator without a screen, who leaves no ballot open behind a test."""
    client = Operator(hall)
    yield client
    # What is left prepared would come next in the following test: it is brought to an end.
    for ballot in client.http.get("/ballots").json()["ballots"]:
        if ballot["phase"] in ("draft", "prepared"):
            client.command(ballot["id"], "announce", reason="end of a test")
            client.command(ballot["id"], "cancel", reason="end of a test")
        elif ballot["phase"] not in ENDED:
            client.command(ballot["id"], "cancel", reason="end of a test")
    client.close()


class Screens:
    """Pages of operator and Chair, each in a context of its own; an error in one fails the test."""

    def __init__(self, hall: HallProcess, browser: Browser) -> None:
        self.errors: list[str] = []
        self._hall = hall
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def open(self, screen: str, lang: str = "en", **options: Any) -> Page:
        """The sign-in page of a screen."""
        size = options.pop("viewport", {"width": 1440, "height": 900})
        context = self._browser.new_context(viewport=size, locale=lang, **options)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{self._hall.url}/{screen}/?lang={lang}")
        return page

    def sign_in(self, page: Page, lang: str = "en", password: str = PASSWORD) -> Page:
        page.locator("input[autocomplete=username]").fill("operator")
        page.locator("input[autocomplete=current-password]").fill(password)
        page.get_by_role("button", name=SIGN_IN[lang], exact=True).click()
        return page

    def desk(self, lang: str = "en", **options: Any) -> Page:
        """The console of a signed-in operator, connected."""
        page = self.sign_in(self.open("console", lang, **options), lang)
        expect(page.locator("nav li").first).to_be_visible()
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def screens(hall: HallProcess, browser: Browser) -> Iterator[Screens]:
    made = Screens(hall, browser)
    yield made
    made.close()
    assert made.errors == []


def vote(hall: HallProcess, token: str, ballot: str, choice: str) -> None:
    """One seat's vote over its own socket, up to the receipt."""
    with connect(f"{hall.ws}/kiosk", proxy=None) as socket:
        socket.send(json.dumps({"type": "hello", "protocol": 1, "token": token}))
        press = {"type": "press", "press_id": str(uuid.uuid4()), "ballot": ballot, "choice": choice}
        socket.send(json.dumps(press))
        while True:
            frame = json.loads(socket.recv(timeout=10))
            assert frame["type"] != "refused", frame
            if frame["type"] == "receipt":
                return


def vote_all(hall: HallProcess, operator: Operator, ballot: str, votes: dict[str, str]) -> None:
    tokens = operator.tokens(list(votes))
    for member, choice in votes.items():
        vote(hall, tokens[member], ballot, choice)


def next_button(page: Page) -> Locator:
    return page.locator("[data-next]")


def hold_enter(page: Page) -> None:
    """Hold Enter until the console says that it is no longer waiting for it."""
    page.keyboard.down("Enter")
    expect(next_button(page)).not_to_contain_text("Keep holding")
    page.keyboard.up("Enter")


def phase_on(page: Page) -> Locator:
    return page.locator("main .pill").first


def verify(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "server.cli.main", "verify", str(path), *options],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def violations(page: Page, within: str = "") -> list[tuple[str, Sequence[Any]]]:
    """What axe finds, without the sprite of flags, which is drawn from and never read."""
    context: dict[str, Any] = {"exclude": [["[aria-hidden=true]"]]}
    if within:
        context["include"] = [[within]]
    results = Axe().run(page, context=context)
    return [
        (found["id"], [node["target"] for node in found["nodes"]])
        for found in results.response["violations"]
    ]


def test_a_wrong_password_is_said_and_the_right_one_opens_the_desk(screens: Screens) -> None:
    page = screens.sign_in(screens.open("console"), password="not the password")
    expect(page.get_by_role("alert").filter(has_text="User or password is wrong")).to_be_visible()

    password = page.locator("input[autocomplete=current-password]")
    page.get_by_role("button", name="Show the password").click()
    expect(password).to_have_attribute("type", "text")
    screens.sign_in(page)
    expect(page.get_by_role("heading", name="Agenda")).to_be_visible()
    assert page.evaluate("location.href + document.cookie").count("token") == 0

    page.reload()
    expect(page.get_by_role("heading", name="Agenda")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to the console")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Sign in to the console")).to_be_visible()


def test_a_session_that_ended_elsewhere_asks_to_sign_in_again(
    screens: Screens, hall: HallProcess
) -> None:
    page = screens.desk()
    page.evaluate(
        """async () => {
          const { token } = JSON.parse(sessionStorage.getItem('hemicycle.session'));
          await fetch('/api/v1/logout', {
            method: 'POST', headers: { authorization: `Bearer ${token}` } });
        }"""
    )
    page.keyboard.press("0")
    expect(page.get_by_role("alert").filter(has_text="Sign in again")).to_be_visible()
    screens.sign_in(page)
    expect(page.get_by_role("heading", name="Agenda")).to_be_visible()


def test_a_motion_goes_from_its_item_to_a_record_that_verifies(
    screens: Screens, hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    page = screens.desk()
    page.locator("nav li", has_text="Annual report").locator("button").first.click()
    page.get_by_role("button", name="Motion on item").click()
    dialogue = page.get_by_role("dialog")
    expect(dialogue.get_by_label("English")).to_have_value("Annual report for 2026")
    expect(dialogue.get_by_label("العربية")).to_have_attribute("dir", "rtl")
    dialogue.get_by_label("Français").fill("")
    expect(dialogue.get_by_text("The title is missing in French")).to_be_visible()
    dialogue.get_by_label("Français").fill("Rapport annuel")
    expect(dialogue.get_by_text("The title is missing in French")).to_be_hidden()
    dialogue.get_by_label("Shown while open").select_option("counts")
    dialogue.get_by_role("button", name="Prepare the vote").click()
    expect(dialogue).to_be_hidden()
    expect(phase_on(page)).to_have_text("Prepared")

    expect(next_button(page)).to_contain_text("Announce")
    page.keyboard.press("Enter")
    expect(phase_on(page)).to_have_text("Announced")
    expect(next_button(page)).to_contain_text("Open the voting")
    page.keyboard.press("Enter")
    expect(next_button(page)).to_contain_text("Released too early")
    expect(phase_on(page)).to_have_text("Announced")
    hold_enter(page)
    expect(phase_on(page)).to_have_text("Open")

    ballot = operator.http.get("/ballots").json()["ballots"][-1]["id"]
    votes = {"FR": "yes", "KE": "yes", "JP": "no", "BR": "abstain"}
    vote_all(hall, operator, ballot, votes)
    expect(page.locator(".turnout .number")).to_contain_text("4 of ")
    expect(page.locator(".counts dd")).to_have_text(["2", "1", "1"])

    page.keyboard.press("l")
    expect(next_button(page)).to_contain_text("Close the voting")
    page.keyboard.press("p")
    expect(phase_on(page)).to_have_text("Interrupted")
    page.keyboard.press("p")
    expect(phase_on(page)).to_have_text("Open")
    next_button(page).hover()
    page.mouse.down()
    expect(next_button(page)).to_contain_text("Keep holding")
    expect(phase_on(page)).to_have_text("Closed")
    page.mouse.up()

    expect(page.get_by_text("Not yet declared")).to_be_visible()
    expect(page.get_by_text("The sum is right")).to_be_visible()
    expect(page.locator("footer")).to_contain_text("in favour 2, against 1")
    expect(next_button(page)).to_contain_text("Declare the result")
    page.keyboard.press("Enter")
    expect(phase_on(page)).to_have_text("Declared")
    expect(page.locator(".headline")).to_have_text("Adopted")
    page.keyboard.press("Enter")
    expect(phase_on(page)).to_have_text("Certified")

    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download as JSON").click()
    record = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(record)
    content = json.loads(record.read_text())
    cast = {row["member"]: row["choice"] for row in content["roll"] if row["choice"]}
    assert cast == votes
    assert verify(record).returncode == 0
    record.write_text(record.read_text().replace('"abstain"', '"no"', 1))
    changed = verify(record)
    assert changed.returncode == 1
    assert changed.stdout + changed.stderr != ""

    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download as CSV").click()
    assert "FR" in downloading.value.path().read_text()


def test_an_item_is_adopted_without_a_vote_in_one_action(
    screens: Screens, operator: Operator
) -> None:
    page = screens.desk()
    page.locator("nav li", has_text="Adoption of the agenda").locator("button").first.click()
    page.get_by_role("button", name="Adopt without a vote").click()
    dialogue = page.get_by_role("dialog")
    expect(dialogue).to_contain_text("Has the Chair heard no objection?")
    dialogue.get_by_role("button", name="Adopt without a vote").click()
    expect(dialogue).to_be_hidden()
    expect(page.locator(".headline")).to_have_text("Adopted without a vote")
    last = operator.http.get("/ballots").json()["ballots"][-1]
    assert (last["mode"], last["phase"], last["outcome"]) == ("consensus", "declared", "consensus")


def test_a_refused_command_shows_the_halls_own_words(screens: Screens, operator: Operator) -> None:
    operator.open(title=dict.fromkeys(LANGUAGES, "On the floor"))
    waiting = operator.prepare(title=dict.fromkeys(LANGUAGES, "Waiting"), item="4")
    page = screens.desk()
    page.locator("nav li", has_text="Request for admission").locator("button").first.click()
    page.locator(".ballot", has_text="Waiting").click()
    page.locator("main").get_by_role("button", name="Announce").click()
    alert = page.get_by_role("alert").filter(has_text="not_allowed_now")
    expect(alert).to_contain_text("Close or cancel it first")
    assert operator.ballot(waiting["id"])["phase"] == "prepared"
    alert.get_by_role("button", name="Close").click()
    expect(alert).to_be_hidden()


def test_a_command_without_an_answer_is_sent_again_under_its_key(
    screens: Screens, operator: Operator
) -> None:
    ballot = operator.prepare()["id"]
    page = screens.desk()
    keys: list[str | None] = []

    def lose_the_first_answer(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/announce", lose_the_first_answer)
    # Another ballot stands in the centre: NEXT goes to its own first, and commands nothing yet.
    expect(next_button(page)).to_contain_text("Go to the vote")
    page.keyboard.press("Enter")
    expect(next_button(page)).to_contain_text("Announce")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()
    expect(phase_on(page)).to_have_text("Announced")
    assert len(keys) == 2
    assert keys[0] is not None
    assert keys[0] == keys[1]
    assert operator.ballot(ballot)["phase"] == "announced"


def test_a_key_that_is_pressed_before_the_answer_is_kept(
    screens: Screens, operator: Operator
) -> None:
    """The view of a command often comes before its answer: what is pressed then is not lost."""
    ballot = operator.open()
    operator.command(ballot, "close")
    page = screens.desk()
    expect(next_button(page)).to_contain_text("Declare the result")
    held: list[tuple[Route, Any]] = []
    page.route("**/declare", lambda route: held.append((route, route.fetch())))
    page.keyboard.press("Enter")
    expect(phase_on(page)).to_have_text("Declared")
    expect(next_button(page)).to_contain_text("Certify")
    page.keyboard.press("Enter")
    expect(next_button(page)).to_contain_text("Please wait")
    assert operator.ballot(ballot)["phase"] == "declared"
    ((route, answer),) = held
    route.fulfill(response=answer)
    expect(phase_on(page)).to_have_text("Certified")


def test_a_key_that_waits_is_dropped_with_the_command_before_it(
    screens: Screens, operator: Operator
) -> None:
    ballot = operator.open()
    operator.command(ballot, "close")
    page = screens.desk()
    expect(next_button(page)).to_contain_text("Declare the result")
    held: list[Route] = []

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        held.append(route)

    page.route("**/declare", lose_the_answer)
    page.keyboard.press("Enter")
    expect(next_button(page)).to_contain_text("Certify")
    page.keyboard.press("Enter")
    expect(next_button(page)).to_contain_text("Please wait")
    held[0].abort()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    assert operator.ballot(ballot)["phase"] == "declared"


def test_interrupting_at_once_asks_nothing_and_by_the_menu_a_reason(
    screens: Screens, operator: Operator
) -> None:
    ballot = operator.open()
    page = screens.desk()
    page.get_by_role("button", name="More commands").click()
    page.get_by_role("button", name="Interrupt, with a reason…").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_label("Reason").fill("The interpretation failed")
    dialogue.get_by_role("button", name="Interrupt", exact=True).click()
    expect(dialogue).to_be_hidden()
    expect(phase_on(page)).to_have_text("Interrupted")
    expect(page.locator("main")).to_contain_text("The interpretation failed")
    page.keyboard.press("p")
    expect(phase_on(page)).to_have_text("Open")
    page.keyboard.press("p")
    expect(phase_on(page)).to_have_text("Interrupted")
    assert operator.ballot(ballot)["phase"] == "suspended"


def test_a_correction_may_name_the_member_and_what_it_meant(
    screens: Screens, operator: Operator
) -> None:
    ballot = operator.open()
    operator.command(ballot, "close")
    operator.command(ballot, "declare")
    page = screens.desk()
    page.get_by_role("button", name="More commands").click()
    page.get_by_role("button", name="Record a correction…").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_label("Text of the correction").fill("The Member meant to vote in favour")
    dialogue.get_by_label("Member (may stay empty)").select_option("FR")
    dialogue.get_by_label("Declared intention (may stay empty)").select_option("yes")
    with page.expect_request("**/correct") as sent:
        dialogue.get_by_role("button", name="Record a correction").click()
    assert sent.value.post_data_json == {
        "text": "The Member meant to vote in favour",
        "member": "FR",
        "intention": "yes",
    }
    expect(dialogue).to_be_hidden()


def test_a_person_is_added_who_can_then_sign_in(screens: Screens, hall: HallProcess) -> None:
    page = screens.desk()
    page.get_by_role("button", name="Devices").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_label("User").fill("chair-1")
    dialogue.get_by_label("Password", exact=True).fill("short")
    dialogue.get_by_label("Role").select_option("chair")
    dialogue.get_by_role("button", name="Add the person").click()
    expect(dialogue.get_by_role("alert").filter(has_text="at least 8")).to_be_visible()
    dialogue.get_by_label("Password", exact=True).fill("long enough to be one")
    dialogue.get_by_role("button", name="Add the person").click()
    expect(dialogue.locator("p", has_text="can now sign in")).to_contain_text("chair-1")
    answer = httpx.post(
        f"{hall.url}/api/v1/login",
        json={"user": "chair-1", "password": "long enough to be one"},
        trust_env=False,
    )
    assert answer.status_code == 200
    assert answer.json()["role"] == "chair"
    told = httpx.get(
        f"{hall.url}/api/v1/assembly",
        headers={"Authorization": f"Bearer {answer.json()['token']}"},
        trust_env=False,
    ).json()
    expect(dialogue.get_by_text(told["fingerprint"])).to_be_visible()


def test_an_item_that_elects_is_never_adopted_without_a_vote(screens: Screens) -> None:
    page = screens.desk()
    page.locator("nav li", has_text="President").locator("button").first.click()
    open_item = page.locator("nav li.open")
    expect(open_item).to_be_visible()
    expect(open_item.get_by_role("button", name="Adopt without a vote")).to_be_hidden()
    expect(open_item.get_by_role("button", name="Motion on item")).to_be_hidden()


def test_cancelling_needs_the_menu_and_a_reason(screens: Screens, operator: Operator) -> None:
    ballot = operator.open()
    page = screens.desk()
    expect(phase_on(page)).to_have_text("Open")
    page.get_by_role("button", name="More commands").click()
    page.get_by_role("button", name="Cancel the vote…").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_role("button", name="Cancel the vote").click()
    expect(dialogue.get_by_role("alert").filter(has_text="Give a reason")).to_be_visible()
    assert operator.ballot(ballot)["phase"] == "open"
    dialogue.get_by_label("Reason").fill("The wrong text was put")
    dialogue.get_by_role("button", name="Cancel the vote").click()
    expect(dialogue).to_be_hidden()
    expect(phase_on(page)).to_have_text("Cancelled")


def test_a_draft_says_what_is_missing_and_is_completed(
    screens: Screens, operator: Operator
) -> None:
    draft = operator.prepare(title={"en": "Only English"}, item="5", test=True)
    assert draft["phase"] == "draft"
    page = screens.desk()
    page.locator("nav li", has_text="Financial statements").locator("button").first.click()
    page.locator(".ballot", has_text="Only English").click()
    expect(page.locator("main")).to_contain_text("The title is missing in Arabic")
    page.get_by_role("button", name="Edit").click()
    dialogue = page.get_by_role("dialog")
    for label in ("Français", "Español", "العربية"):
        dialogue.get_by_label(label).fill(label)
    dialogue.get_by_label("Timer in seconds").fill("3")
    dialogue.get_by_role("button", name="Save changes").click()
    expect(dialogue.get_by_text("From 5 to 86400 seconds")).to_be_visible()
    dialogue.get_by_label("Timer in seconds").fill("60")
    dialogue.get_by_role("button", name="Save changes").click()
    expect(dialogue).to_be_hidden()
    expect(phase_on(page)).to_have_text("Prepared")
    kept = operator.ballot(draft["id"])
    assert (kept["seconds"], kept["test"], kept["title"]["fr"]) == (60, True, "Français")


def test_keys_are_off_in_text_fields_and_named_in_the_help(
    screens: Screens, operator: Operator
) -> None:
    operator.open()
    page = screens.desk()
    expect(phase_on(page)).to_have_text("Open")
    page.keyboard.press("/")
    find = page.get_by_placeholder("Find a Member")
    expect(find).to_be_focused()
    page.keyboard.type("cote l")
    expect(find).to_have_value("cote l")
    expect(phase_on(page)).to_have_text("Open")
    expect(next_button(page)).to_contain_text("Last call")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Keys are off while you type in a field")
    page.keyboard.press("l")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(next_button(page)).to_contain_text("Last call")


def test_a_member_is_found_corrected_and_given_a_code(
    screens: Screens, hall: HallProcess, operator: Operator
) -> None:
    page = screens.desk()
    page.get_by_placeholder("Find a Member").fill("cote divoire")
    page.locator("aside section li button", has_text="Côte").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_role("button", name="Mark as present").click()
    expect(dialogue.get_by_text("Give a reason")).to_be_visible()
    dialogue.get_by_label("Reason").fill("Seen by the usher")
    dialogue.get_by_role("button", name="Mark as present").click()
    expect(dialogue.get_by_role("button", name="Mark as absent")).to_be_visible()
    dialogue.get_by_role("button", name="Issue a new code").click()
    picture = dialogue.get_by_role("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 0
    address = dialogue.get_by_role("link").get_attribute("href") or ""
    assert address.startswith(f"{hall.url}/kiosk/#token=")

    ballot = operator.open()
    vote(hall, address.split("token=")[1], ballot, "yes")
    assert operator.ballot(ballot)["view"]["turnout"]["voted"] == 1

    page.emulate_media(media="print")
    expect(page.locator(".print-sheet article")).to_be_visible()
    expect(page.locator("#app")).to_be_hidden()


def test_the_display_follows_holds_and_shows_a_message(
    screens: Screens, hall: HallProcess, operator: Operator
) -> None:
    def on_air() -> dict[str, Any]:
        with connect(f"{hall.ws}/display", proxy=None) as socket:
            socket.send(json.dumps({"type": "hello", "protocol": 1, "token": operator.token}))
            while True:
                frame = json.loads(socket.recv(timeout=10))
                if frame["type"] == "view":
                    return dict(frame["view"])

    page = screens.desk()
    page.keyboard.press("0")
    expect(page.locator(".air")).to_contain_text("Blank")
    assert on_air()["scene"] == "blank"
    page.keyboard.press("f")
    expect(page.locator(".air .pill")).to_be_hidden()
    assert on_air()["chosen_scene"] == "auto"
    page.keyboard.press("d")
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_label("Message").check()
    expect(dialogue.get_by_role("button", name="Take to the display")).to_be_disabled()
    for label, lang in (
        ("English", "en"),
        ("Français", "fr"),
        ("Español", "es"),
        ("العربية", "ar"),
    ):
        dialogue.get_by_label(label).fill(MESSAGE[lang])
    dialogue.get_by_role("button", name="Take to the display").click()
    expect(page.locator(".air")).to_contain_text("Message")
    assert on_air()["message"] == MESSAGE
    dialogue.get_by_label("Follow the vote").check()
    dialogue.get_by_role("button", name="Take to the display").click()
    expect(page.locator(".air .pill")).to_be_hidden()
    assert on_air()["chosen_scene"] == "auto"


def test_the_chair_reads_the_sentence_and_the_result_before_it_is_declared(
    screens: Screens, hall: HallProcess, operator: Operator
) -> None:
    ballot = operator.open(disclosure="turnout")
    tablet = {"width": 1280, "height": 800}
    page = screens.sign_in(screens.open("chair", viewport=tablet))
    expect(page.locator(".sentence")).to_contain_text("The voting is open")
    vote_all(hall, operator, ballot, {"FR": "yes", "DE": "no", "IT": "no"})
    expect(page.locator(".facts")).to_contain_text("3 of ")
    expect(page.locator(".banner")).to_be_hidden()
    operator.command(ballot, "close")
    expect(page.locator(".banner")).to_have_text("NOT YET DECLARED")
    expect(page.locator(".counts dd")).to_have_text(["1", "2", "0"])
    expect(page.locator(".sentence")).to_contain_text("in favour 1, against 2")
    operator.command(ballot, "declare")
    expect(page.locator(".banner")).to_have_text("DECLARED")
    small = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
          .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3
            && node.textContent.trim() !== '') && each.getClientRects().length > 0
            && !each.closest('.spoken-only') && each.tagName !== 'OPTION')
          .filter((each) => parseFloat(getComputedStyle(each).fontSize) < 32)
          .map((each) => each.outerHTML.slice(0, 80))"""
    )
    assert small == []
    assert violations(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_in_any_language(
    screens: Screens, hall: HallProcess, operator: Operator, lang: str
) -> None:
    page = screens.open("console", lang)
    assert violations(page) == []
    ballot = operator.open(disclosure="individual")
    vote_all(hall, operator, ballot, {"FR": "yes", "DE": "no"})
    screens.sign_in(page, lang)
    expect(page.locator(".counts dd")).to_have_text(["1", "1", "0"])
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    assert violations(page) == []
    for key in ("d", "?", "j", "q"):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        assert violations(page, "dialog") == [], key
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator("nav .head button").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page, "dialog") == []
    page.keyboard.press("Escape")
    operator.command(ballot, "close")
    expect(page.locator(".banner")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_next_stands_in_its_corner_and_nothing_is_wider_than_the_screen(
    screens: Screens, operator: Operator, lang: str
) -> None:
    operator.open(disclosure="counts")
    page = screens.desk(lang)
    expect(page.locator(".counts dd").first).to_be_visible()
    for width, height in ((1920, 1080), (1440, 900), (1180, 820), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box = next_button(page).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height
        # The corner where a line of the language ends: bottom right, in Arabic bottom left.
        end = box["x"] if lang == "ar" else width - box["x"] - box["width"]
        assert end < 40
