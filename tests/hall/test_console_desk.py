"""The desk in a real browser: drafts, keys, Members, the display, the Chair, four languages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect
from websockets.sync.client import connect

from tests.hall.axe import violations
from tests.hall.desks import (
    LANGUAGES,
    MESSAGE,
    Screens,
    next_button,
    phase_on,
    vote,
    vote_all,
)
from tests.halls import HallProcess, Operator

pytestmark = pytest.mark.browser


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
