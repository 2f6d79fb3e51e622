"""Elections on the tablet in a real browser, at a real hall.

Rule: names are cast only from the review, and shown as recorded only by the hall's word.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.hall.axe import violations
from tests.hall.tablets import Held, Tablets
from tests.halls import Operator

pytestmark = pytest.mark.browser

NAMES = ("amara", "bruno", "chen", "dina", "elif")


def elect(operator: Operator, most: int = 2, names: tuple[str, ...] = NAMES) -> dict[str, Any]:
    """An open election of so many among these."""
    candidates = [{"id": name, "name": name.title(), "member": None} for name in names]
    ballot = operator.prepare(
        kind="election",
        decision="executive_delegates",
        region="europe",
        candidates=candidates,
        places=most,
        names_per_ballot=most,
    )
    operator.command(ballot["id"], "open")
    return ballot


def tap(page: Page, selector: str) -> None:
    """Touches what has settled."""
    page.locator(f"{selector}[aria-disabled=false]").click()


def step(page: Page, name: str) -> None:
    expect(page.locator(f"[data-screen=election][data-step={name}]")).to_be_visible()


def test_names_are_reviewed_cast_shown_with_their_code_and_changed_until_the_close(
    tablets: Tablets, operator: Operator
) -> None:
    ballot = elect(operator)
    page = tablets.blank()
    line = Held(page)
    tablets.go(page, operator.tokens(["FR"])["FR"])
    step(page, "names")
    tap(page, "[data-choice=chen]")
    tap(page, "[data-choice=amara]")
    tap(page, "[data-choice=bruno]")
    expect(page.locator("[data-count]")).to_contain_text("2 of 2 chosen")
    expect(page.locator("[data-count]")).to_contain_text("Take one away first")
    tap(page, "[data-review-names]")
    step(page, "review")
    assert line.presses == []
    line.from_hall = True
    tap(page, "[data-cast]")
    expect(page.locator("[data-cast]")).to_have_text("Sending…")
    expect(page.locator("[data-lit]")).to_have_count(0)
    line.release()
    step(page, "recorded")
    expect(page.locator("[data-lit]")).to_contain_text("Amara")
    expect(page.locator("[data-lit]")).to_contain_text("Chen")
    assert page.locator("[data-code]").inner_text()
    tap(page, "[data-change]")
    tap(page, "[data-blank]")
    step(page, "blank")
    tap(page, "[data-cast]")
    expect(page.locator("[data-lit=blank]")).to_be_visible()
    code = page.locator("[data-code]").inner_text()
    operator.command(ballot["id"], "close")
    expect(page.locator("[data-screen=closed] [data-lit=blank]")).to_be_visible()
    operator.command(ballot["id"], "declare")
    rows = {row["member"]: row for row in operator.record(ballot["id"])["roll"]}
    assert (rows["FR"]["choice"], rows["FR"]["code"]) == ([], code)


def test_a_keyboard_alone_fills_in_a_paper_and_an_arabic_grid_reads_from_the_right(
    tablets: Tablets, operator: Operator
) -> None:
    elect(operator)
    page = tablets.seat(operator.tokens(["EG"])["EG"], lang="ar")
    step(page, "names")
    order = page.locator("[data-choice]").evaluate_all("all => all.map(e => e.dataset.choice)")
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"[data-choice={order[3]}]")).to_be_focused()
    expect(page.locator("[data-choice][aria-disabled=true]")).to_have_count(0)
    page.keyboard.press(" ")
    pressed = page.locator("[data-choice][aria-pressed=true]")
    expect(pressed).to_have_count(2)
    assert pressed.evaluate_all("all => all.map(e => e.dataset.choice)") == [order[1], order[3]]
    first, second = (page.locator(f"[data-choice={each}]").bounding_box() for each in order[:2])
    assert first is not None
    assert second is not None
    assert first["x"] > second["x"]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_many_names_scroll_with_a_cue_and_keep_the_foot_in_sight(
    tablets: Tablets, operator: Operator, lang: str
) -> None:
    elect(operator, names=tuple(f"candidate-of-a-long-name-{n}" for n in range(24)))
    page = tablets.seat(operator.tokens(["KE"])["KE"], lang=lang)
    step(page, "names")
    expect(page.locator(".pages button:not(:disabled)")).to_have_count(1)
    expect(page.locator("[data-review-names]")).to_be_in_viewport(ratio=1)
    page.locator(".pages button").last.click()
    expect(page.locator(".pages button").first).to_be_enabled()
    assert violations(page) == []
