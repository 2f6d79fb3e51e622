"""The console in each language: what axe finds on its pages and in its dialogues.

The assembly has nine Members: two hundred rows are no other rows, and take axe ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.api.small_assembly import write_assembly
from tests.hall.axe import violations
from tests.hall.desks import LANGUAGES, Screens, vote_all
from tests.halls import HallProcess, Operator

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    """It must end well."""
    folder = tmp_path_factory.mktemp("languages")
    agenda = (("1", "motion", "ordinary"),)
    file = write_assembly(folder, agenda=agenda)
    process = HallProcess(folder / "data", "--assembly", str(file)).start()
    yield process
    assert process.stop() == 0


def test_a_key_right_after_escape_opens_its_dialogue(screens: Screens) -> None:
    page = screens.desk()
    heading = page.get_by_role("dialog").get_by_role("heading", level=2).first
    for key, other in (("j", "?"), ("?", "q"), ("q", "j")) * 3:
        page.keyboard.press(key)
        expect(heading).to_be_visible()
        first = heading.inner_text()
        page.keyboard.press("Escape")
        page.keyboard.press(other)
        expect(heading).not_to_have_text(first)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()


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
