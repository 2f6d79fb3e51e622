"""The operator's console and the Chair's page in a real browser, at a real hall.

Rule: whatever the operator does is done with keys, buttons and words that stand on the screen; what
came of it is read from the screen, from the hall, or from the record. Seats vote by real sockets.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.hall.desks import (
    LANGUAGES,
    Screens,
    hold_enter,
    next_button,
    phase_on,
    verify,
    vote_all,
)
from tests.halls import HallProcess, Operator

pytestmark = pytest.mark.browser


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


def intercept(page: Page, address: str, act: Callable[[Route], object]) -> None:
    """Stand between page and hall. A page that is loaded already may send one more request past
    it: Chromium gives it its new way to the network a moment later."""
    page.route(address, act)
    page.reload()


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

    intercept(page, "**/announce", lose_the_first_answer)
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


def wait_for_answer(page: Page, held: Sequence[object]) -> None:
    """Until the server's answer is held: what it did may be on the screen before."""
    for _ in range(500):
        if held:
            return
        page.wait_for_timeout(20)
    raise AssertionError("the server gave no answer")


def test_a_key_that_is_pressed_before_the_answer_is_kept(
    screens: Screens, operator: Operator
) -> None:
    """The view of a command often comes before its answer: what is pressed then is not lost."""
    ballot = operator.open()
    operator.command(ballot, "close")
    page = screens.desk()
    expect(next_button(page)).to_contain_text("Declare the result")
    held: list[tuple[Route, Any]] = []
    intercept(page, "**/declare", lambda route: held.append((route, route.fetch())))
    expect(next_button(page)).to_contain_text("Declare the result")
    page.keyboard.press("Enter")
    expect(phase_on(page)).to_have_text("Declared")
    expect(next_button(page)).to_contain_text("Certify")
    page.keyboard.press("Enter")
    expect(next_button(page)).to_contain_text("Please wait")
    assert operator.ballot(ballot)["phase"] == "declared"
    wait_for_answer(page, held)
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

    intercept(page, "**/declare", lose_the_answer)
    expect(next_button(page)).to_contain_text("Declare the result")
    page.keyboard.press("Enter")
    expect(next_button(page)).to_contain_text("Certify")
    page.keyboard.press("Enter")
    expect(next_button(page)).to_contain_text("Please wait")
    wait_for_answer(page, held)
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
