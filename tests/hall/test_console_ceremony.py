"""The key ceremony at the console in a real browser: begun, followed, done, and begun again."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from server.locales.speech import load_speech
from server.vocabulary import Language
from tests.hall.axe import violations
from tests.hall.desks import Screens
from tests.hall.python_seats import python_seats
from tests.halls import PASSWORD, HallProcess, Operator
from tests.three_scrutineers import SCRUTINEERS, Scrutineer

pytestmark = pytest.mark.browser


@pytest.fixture
def people(hall: HallProcess) -> Iterator[tuple[Scrutineer, ...]]:
    """Three scrutineers who can sign in as soon as the console has added them."""
    clients = [httpx.Client(base_url=f"{hall.url}/api/v1", timeout=20) for _ in SCRUTINEERS]
    yield tuple(Scrutineer(index, http) for index, http in enumerate(clients, start=1))
    for http in clients:
        http.close()


def sign_in(scrutineer: Scrutineer) -> None:
    asked = {"user": SCRUTINEERS[scrutineer.index - 1], "password": PASSWORD}
    token = scrutineer.http.post("/login", json=asked).json()["token"]
    scrutineer.http.headers["Authorization"] = f"Bearer {token}"


def give(scrutineer: Scrutineer, step: str) -> None:
    answer = scrutineer.give(step, scrutineer.message(step))
    assert answer.status_code == 200, answer.text


def words(lang: str, message: str) -> str:
    return load_speech().say(Language(lang), message, {})


def devices(page: Page, lang: str = "en") -> tuple[Locator, Locator]:
    """The dialogue of devices and people, and the ceremony's part of it."""
    page.get_by_role("button", name=words(lang, "console-devices")).click()
    dialogue = page.get_by_role("dialog")
    heading = page.get_by_role("heading", name=words(lang, "console-ceremony-title"))
    return dialogue, dialogue.locator("section", has=heading)


def test_a_ceremony_is_begun_followed_and_begun_again(
    hall: HallProcess, screens: Screens, operator: Operator, people: tuple[Scrutineer, ...]
) -> None:
    page = screens.desk()
    dialogue, pane = devices(page)
    for name in SCRUTINEERS:
        dialogue.get_by_label("User", exact=True).fill(name)
        dialogue.get_by_label("Password", exact=True).fill(PASSWORD)
        dialogue.get_by_role("combobox", name="Role").select_option("scrutineer")
        dialogue.get_by_role("button", name="Add the person").click()
        expect(dialogue.get_by_role("checkbox", name=name, exact=True)).to_be_visible()
    begin = pane.get_by_role("button", name="Begin the key ceremony")
    for name in SCRUTINEERS[:2]:
        pane.get_by_role("checkbox", name=name, exact=True).check()
    begin.click()
    expect(pane.locator("p[role=alert]")).to_have_text("Choose three people.")
    assert operator.http.get("/secrecy").json()["ceremony"] is None
    assert violations(page, "dialog") == []
    pane.get_by_role("checkbox", name="cy", exact=True).check()
    begin.click()
    expect(pane.locator("p[role=alert]")).to_have_count(0)

    for each in people:
        sign_in(each)
    steps = pane.get_by_role("status").get_by_role("listitem")
    names = ("certificate", "shares", "confirmation")
    for row, name in enumerate(names):
        expect(steps.nth(row)).to_contain_text(f"{name}: 0 / 3")
    give(people[0], "certificate")
    expect(steps.nth(0)).to_contain_text("1 / 3")
    expect(steps.nth(0)).to_contain_text("missing: bo · cy")
    for each in people[1:]:
        give(each, "certificate")
    expect(steps.nth(0)).to_contain_text("3 / 3")
    expect(steps.nth(0)).not_to_contain_text("missing")
    for step in ("polynomial", "voutput"):
        for each in people:
            give(each, step)
    expect(pane.get_by_text("The key is made")).to_be_visible()
    assert violations(page, "dialog") == []

    again = pane.get_by_role("button", name="Begin the ceremony again")
    again.click()
    expect(pane.locator("p[role=alert]")).to_contain_text("Say why")
    reason = pane.get_by_label("Why it is begun again")
    expect(reason).to_have_attribute("aria-invalid", "true")
    assert operator.http.get("/secrecy").json()["ceremony"]["public_key"] is not None

    # Not while a ballot waits that only the present key opens.
    with python_seats(hall, operator.tokens(["AF"])) as seats:
        seats["AF"].accredited()
        ballot = operator.prepare(mode="secret", disclosure="turnout")["id"]
        operator.command(ballot, "announce")
    reason.fill("cy lost the file")
    again.click()
    expect(pane.get_by_role("alert").last).to_contain_text("only the present key opens")
    assert violations(page, "dialog") == []
    operator.command(ballot, "cancel", reason="a test")
    again.click()
    expect(steps.nth(0)).to_contain_text("0 / 3")
    expect(pane.get_by_text("cy lost the file")).to_be_visible()
    expect(pane.get_by_text("The key is made")).to_have_count(0)

    for lang in ("fr", "es", "ar"):
        _, pane = devices(page := screens.desk(lang), lang)
        pane.get_by_role("button", name=words(lang, "console-ceremony-again")).click()
        needs = words(lang, "console-ceremony-needs-three")
        expect(pane.locator("p[role=alert]")).to_have_text(needs)
        expect(pane.get_by_role("status").get_by_role("listitem")).to_have_count(3)
        assert violations(page, "dialog") == []
