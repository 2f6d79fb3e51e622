"""Several delegates at one tablet: who votes now stands at the top, and is handed over there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from server.locales.speech import load_speech
from server.vocabulary import Language
from tests.hall.axe import violations
from tests.hall.tablets import Held, Tablets
from tests.halls import Operator

pytestmark = pytest.mark.browser

SPEECH = load_speech()
NAMES = ("Ms Lune", "Mr Soleil", "Ms Étoile")


def name(operator: Operator, code: str, *names: str) -> None:
    """Name a Member's delegation anew; the first is its head."""
    delegates = [{"name": each, "head": n == 0} for n, each in enumerate(names)]
    body = {"delegates": delegates, "reason": "credentials received"}
    assert operator.http.post(f"/members/{code}/delegation", json=body).status_code == 204


def votes(page: Page, delegate: str) -> None:
    """Waits until the tablet says at the top that this delegate votes."""
    expect(page.locator("[data-votes-by]")).to_contain_text(delegate)


def votes_by(operator: Operator, code: str) -> str | None:
    members = operator.http.get("/members").json()
    (found,) = [each["votes_by"] for each in members if each["code"] == code]
    return None if found is None else str(found)


def test_the_vote_is_handed_over_while_a_ballot_is_open(
    operator: Operator, tablets: Tablets
) -> None:
    name(operator, "FR", *NAMES)
    tokens = operator.tokens(["FR", "DE"])
    page, other = tablets.seat(tokens["FR"]), tablets.seat(tokens["DE"])
    ballot = operator.open(disclosure="individual")
    page.locator("button[data-choice=yes][aria-disabled=false]").click()
    expect(page.locator("[data-lit=yes]")).to_be_visible()
    votes(page, "Ms Lune")

    # By keys alone. One press names, and hands nothing over; and behind the list no key votes.
    confirm = page.locator("[data-hand-over-confirm]")
    page.locator("[data-hand-over]").focus()
    page.keyboard.press("Enter")
    expect(confirm).to_be_disabled()
    expect(page.locator("[data-delegate='Ms Lune']")).to_have_attribute("aria-disabled", "true")
    page.locator("[data-delegate='Mr Soleil']").focus()
    page.keyboard.press("Space")
    expect(confirm).to_contain_text("Mr Soleil votes from now on")
    page.keyboard.press("2")
    assert votes_by(operator, "FR") == "Ms Lune"
    confirm.focus()
    page.keyboard.press("Enter")
    votes(page, "Mr Soleil")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("[data-hand-over]")).to_be_focused()
    assert votes_by(operator, "FR") == "Mr Soleil"
    expect(page.locator("[data-lit=yes]")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)

    # By touch.
    page.locator("[data-hand-over]").click()
    page.locator("[data-delegate='Ms Étoile']").click()
    confirm.click()
    votes(page, "Ms Étoile")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("2")
    expect(page.locator("[data-lit=no]")).to_be_visible()

    expect(other.locator("button[data-choice=yes]")).to_be_visible()
    expect(other.locator("[data-votes-by], [data-hand-over]")).to_have_count(0)
    assert not any(each in other.content() for each in NAMES)
    operator.command(ballot, "close")
    operator.command(ballot, "declare")
    (row,) = [row for row in operator.record(ballot)["roll"] if row["member"] == "FR"]
    assert (row["choice"], row["delegates"]) == ("no", list(NAMES))


def test_the_list_has_no_barriers_in_four_languages(operator: Operator, tablets: Tablets) -> None:
    name(operator, "BR", *NAMES)
    page = tablets.seat(operator.tokens(["BR"])["BR"])
    votes(page, "Ms Lune")
    for lang in ("fr", "es", "ar", "en"):
        page.locator(f"footer button[lang={lang}]").click()
        votes(page, SPEECH.say(Language(lang), "kiosk-votes-by", {"name": ""}).strip())
        page.locator("[data-hand-over]").click()
        title = SPEECH.say(Language(lang), "kiosk-hand-over-title", {})
        expect(page.get_by_role("dialog", name=title)).to_be_visible()
        page.locator("[data-delegate='Ms Étoile']").click()
        assert violations(page) == []
        page.locator("[data-hand-over-cancel]").click()
        expect(page.locator("dialog[open]")).to_have_count(0)
        assert violations(page, "header") == []
    assert votes_by(operator, "BR") == "Ms Lune"


def test_the_list_makes_way_for_a_vote_that_begins(operator: Operator, tablets: Tablets) -> None:
    name(operator, "JP", *NAMES)
    page = tablets.seat(operator.tokens(["JP"])["JP"])
    votes(page, "Ms Lune")
    page.locator("[data-hand-over]").click()
    expect(page.locator("dialog[open]")).to_be_visible()
    ballot = operator.open()
    expect(page.locator("button[data-choice=yes]")).to_be_visible()
    expect(page.locator("dialog[open]")).to_have_count(0)
    operator.command(ballot, "cancel", reason="end of a test")


def test_a_hand_over_that_the_hall_does_not_take_is_said(
    operator: Operator, tablets: Tablets
) -> None:
    name(operator, "EG", *NAMES)
    page = tablets.blank()
    line = Held(page)
    tablets.go(page, operator.tokens(["EG"])["EG"])
    votes(page, "Ms Lune")
    page.locator("[data-hand-over]").click()
    page.locator("[data-delegate='Mr Soleil']").click()
    line.from_hall = True
    name(operator, "EG", "Ms Lune", "Ms Étoile")
    page.locator("[data-hand-over-confirm]").click()
    failed = SPEECH.say(Language.EN, "kiosk-hand-over-failed", {})
    expect(page.locator("dialog [role=status]")).to_have_text(failed)
    line.release()
    expect(page.locator("[data-delegate]")).to_have_count(2)
    assert votes_by(operator, "EG") == "Ms Lune"
