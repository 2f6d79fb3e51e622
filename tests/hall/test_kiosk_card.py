"""The delegation's card in a real browser: a tablet fails in mid-vote, and another one votes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kiosk_client.card import Unwrapped, unwrap
from server.cli.verify import verify
from server.locales.speech import load_speech
from server.vocabulary import Language
from tests.hall.axe import violations
from tests.hall.tablets import Tablets
from tests.halls import Operator
from tests.three_scrutineers import Scrutineer, opened_for

pytestmark = pytest.mark.browser


def clean(page: Page) -> None:
    assert violations(page) == []


def accredited(page: Page) -> str:
    """Waits until the hall knows the seat's key; its fingerprint."""
    expect(page.locator("[data-credential]")).to_be_visible()
    return str(page.locator("[data-credential] bdi").inner_text())


def card_of(page: Page) -> tuple[str, str]:
    """Has a card made; its text and its PIN."""
    page.locator("[data-card-make]").click()
    expect(page.locator("[data-card]")).to_be_focused()
    expect(page.locator("[data-card] svg[role=img]")).to_be_visible()
    text = page.locator("[data-card-text]").inner_text()
    return text, page.locator("[data-card-pin]").inner_text()


def test_a_replacement_tablet_votes_with_the_card(
    operator: Operator, scrutineers: tuple[Scrutineer, ...], tablets: Tablets, tmp_path: Path
) -> None:
    first = tablets.seat(operator.tokens(["AF"])["AF"])
    key = accredited(first)
    card, pin = card_of(first)
    for lang in ("fr", "es", "ar", "en"):
        first.locator(f"footer button[lang={lang}]").click()
        title = load_speech().say(Language(lang), "kiosk-card-title", {})
        expect(first.locator("[data-card]").get_by_role("heading", name=title)).to_be_visible()
        clean(first)
    hall_name = operator.http.get("/secrecy").json()["hall"]
    found = unwrap(card, pin)
    assert isinstance(found, Unwrapped)
    assert found.belongs_to(hall_name, "AF")
    first.emulate_media(media="print")
    expect(first.locator("[data-card-text]")).to_be_visible()
    expect(first.locator("[data-card-pin]")).to_be_hidden()
    first.emulate_media(media="screen")
    first.locator("[data-card-hide]").click()
    expect(first.locator("[data-card]")).to_have_count(0)
    assert pin not in first.content()
    other = tablets.seat(operator.tokens(["AL"])["AL"])
    accredited(other)
    stranger, strangers_pin = card_of(other)

    ballot = operator.prepare(mode="secret", disclosure="turnout")["id"]
    opened_for(operator, scrutineers, ballot)
    expect(other.locator("[data-card]")).to_have_count(0)
    first.close()
    second = tablets.seat(operator.tokens(["AF"])["AF"])
    taker = second.locator("[data-card-taker]")
    expect(taker).to_be_visible()
    clean(second)
    text, digits, take = taker.locator("input").first, taker.locator("input").last, "button"
    said = taker.get_by_role("status")
    text.fill("hello")
    digits.fill(pin)
    taker.locator(take).click()
    expect(said).to_contain_text("not the whole text")
    text.fill(stranger)
    digits.fill(strangers_pin)
    taker.locator(take).click()
    expect(said).to_contain_text("another seat")
    # As a scanner types it: the text and Enter, which leads to the PIN.
    text.fill(card)
    text.press("Enter")
    expect(digits).to_be_focused()
    digits.fill("0000 0000 0000")
    digits.press("Enter")
    expect(said).to_contain_text("The PIN is wrong")
    expect(taker.locator(take)).to_have_attribute("aria-disabled", "true")
    expect(taker.get_by_text("Try again in")).to_be_visible()
    clean(second)
    digits.fill(pin)
    expect(taker.locator("button[aria-disabled=false]")).to_be_visible()
    digits.press("Enter")

    second.locator("[data-choice=yes][aria-disabled=false]").click()
    expect(second.locator("[data-lit=secret]")).to_be_visible()
    tracked = second.locator("[data-tracker] bdi").inner_text()
    assert accredited(second) == key
    second.reload()
    expect(second.locator("[data-lit=secret]")).to_be_visible()
    operator.command(ballot, "close")
    for each in scrutineers[:2]:
        assert each.open(ballot).status_code == 200
    view = operator.command(ballot, "declare")["view"]
    assert view["counts"] == {"yes": 1, "no": 0, "abstain": 0}
    record = operator.http.get(f"/ballots/{ballot}/record")
    (row,) = [row for row in record.json()["roll"] if row["member"] == "AF"]
    assert (row["status"], row["tracker"]) == ("voted", tracked)
    path = tmp_path / "record.json"
    path.write_bytes(record.content)
    out, err = (tmp_path / name for name in ("out", "err"))
    with out.open("w") as told, err.open("w") as wrong:
        assert verify(str(path), None, None, told, wrong) == 0, err.read_text()
    assert json.dumps(view).find(pin) == -1
