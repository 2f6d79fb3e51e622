"""Secret ballots on the tablet in a real browser, at a real hall, up to the opened count.

Rule: what was chosen is forgotten when it is sealed, and travels sealed.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from playwright.sync_api import Page, expect

from server.locales.speech import load_speech
from server.vocabulary import Language
from tests.hall.axe import violations
from tests.hall.tablets import Held, Tablets
from tests.halls import Operator
from tests.three_scrutineers import Scrutineer, opened_for

pytestmark = pytest.mark.browser


def accredited(page: Page) -> None:
    """Waits until the hall knows the seat's key."""
    expect(page.locator("[data-credential]")).to_be_visible()


def no_choice_is_lit(page: Page) -> None:
    assert page.locator("[data-lit=yes], [data-lit=no], [data-lit=abstain]").count() == 0


def receipt_on(page: Page) -> dict[str, Any]:
    """The signed receipt that the seat offers."""
    told: dict[str, Any] = json.loads(page.locator("[data-receipt-text]").input_value())
    return told


def is_signed(told: dict[str, Any], hall: dict[str, str]) -> None:
    """A receipt's text says all that its signature is over."""
    *claim, signature = told.values()
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(hall["public_key"]))
    key.verify(bytes.fromhex(signature), rfc8785.dumps(claim))
    assert claim[:2] == ["hemicycle sealed receipt 1", hall["id"]]


def opened_count(operator: Operator, keepers: tuple[Scrutineer, ...], ballot: str) -> Any:
    operator.command(ballot, "close")
    for each in keepers[:2]:
        assert each.open(ballot).status_code == 200
    return operator.command(ballot, "declare")["view"]


def test_a_secret_motion_is_cast_changed_and_counted(
    operator: Operator, scrutineers: tuple[Scrutineer, ...], tablets: Tablets
) -> None:
    token = operator.tokens(["AF"])["AF"]
    page = tablets.blank()
    line = Held(page)
    tablets.go(page, token)
    accredited(page)
    ballot = operator.prepare(mode="secret", disclosure="turnout")["id"]
    opened_for(operator, scrutineers, ballot)
    page.locator("[data-choice=no][aria-disabled=false]").click()
    expect(page.locator("[data-lit=secret]")).to_be_visible()
    first = page.locator("[data-tracker] bdi").inner_text()
    no_choice_is_lit(page)
    # Every choice is offered again, so that nothing tells which one was taken.
    assert page.locator("button[data-choice]").count() == 3
    assert [*line.presses[0]] == ["type", "press_id", "ballot", "sealed"]
    assert violations(page) == []
    receipts = [receipt_on(page)]
    page.locator("[data-choice=yes][aria-disabled=false]").click()
    expect(page.locator("[data-tracker] bdi")).not_to_have_text(first)
    second = page.locator("[data-tracker] bdi").inner_text()
    page.reload()
    expect(page.locator("[data-lit=secret]")).to_be_visible()
    no_choice_is_lit(page)
    for lang in ("fr", "es", "ar", "en"):
        page.locator(f"footer button[lang={lang}]").click()
        page.locator("[data-receipt]").click()
        expect(page.locator("dialog[open] svg[role=img]")).to_be_visible()
        assert violations(page, "dialog[open]") == []
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    receipts.append(receipt_on(page))
    view = opened_count(operator, scrutineers, ballot)
    assert view["counts"] == {"yes": 1, "no": 0, "abstain": 0}
    expect(page.locator("[data-screen=result] [data-lit=secret]")).to_be_visible()
    receipts.append(receipt_on(page))
    assert [told["tracker"] for told in receipts] == [first, second, second]
    record = operator.http.get(f"/ballots/{ballot}/record").json()
    for told in receipts:
        assert told["ballot"] == ballot
        is_signed(told, record["hall"])


def test_a_secret_election_in_arabic_is_reviewed_cast_and_cleared(
    operator: Operator, scrutineers: tuple[Scrutineer, ...], tablets: Tablets
) -> None:
    page = tablets.blank("ar")
    line = Held(page)
    tablets.go(page, operator.tokens(["DZ"])["DZ"])
    accredited(page)
    names = [{"id": each, "name": each.title()} for each in ("ada", "bea", "cem")]
    ballot = operator.prepare(
        kind="election",
        decision="president",
        mode="secret",
        disclosure="turnout",
        candidates=names,
        order="given",
    )["id"]
    opened_for(operator, scrutineers, ballot)
    page.locator("[data-choice=bea][aria-disabled=false]").click()
    page.locator("[data-review-names]").click()
    line.from_hall = True
    page.locator("[data-cast][aria-disabled=false]").click()
    # The hall has it and is checking it: no name is left on the screen, and nothing is recorded.
    expect(page.locator("[role=status] [data-checking]")).to_be_visible()
    assert "Bea" not in page.locator("main").inner_text()
    assert page.locator("[data-lit]").count() == 0
    line.release()
    card = page.locator("[data-lit=secret]")
    say = load_speech()
    expect(card).to_contain_text(say.say(Language.AR, "kiosk-secret-recorded"))
    assert violations(page) == []
    # While a change is checked, the card says that it is the earlier vote's.
    page.locator("[data-change][aria-disabled=false]").click()
    page.locator("[data-choice=bea][aria-disabled=false]").click()
    page.locator("[data-review-names]").click()
    line.from_hall = True
    page.locator("[data-cast][aria-disabled=false]").click()
    expect(page.locator("[role=status] [data-checking]")).to_be_visible()
    expect(card).to_contain_text(say.say(Language.AR, "kiosk-check-earlier"))
    expect(card).not_to_contain_text(say.say(Language.AR, "kiosk-secret-recorded"))
    assert violations(page) == []
    line.release()
    expect(card).to_contain_text(say.say(Language.AR, "kiosk-secret-recorded"))
    counted = opened_count(operator, scrutineers, ballot)["election"]["candidates"]
    assert {each["id"]: each["votes"] for each in counted} == {"ada": 0, "bea": 1, "cem": 0}


def test_a_device_whose_key_is_not_accredited_says_so(
    operator: Operator, scrutineers: tuple[Scrutineer, ...], tablets: Tablets
) -> None:
    token = operator.tokens(["AL"])["AL"]
    page = tablets.seat(token)
    accredited(page)
    ballot = operator.prepare(mode="secret", disclosure="turnout")["id"]
    opened_for(operator, scrutineers, ballot)
    other = tablets.seat(token)
    expect(other.locator("[data-screen=barred]")).to_be_visible()
    operator.command(ballot, "cancel", reason="end of the test")
