"""Members at the console in a real browser: one is admitted after the vote, and its seat's code is
shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.hall.axe import violations
from tests.hall.desks import Screens
from tests.halls import Operator

pytestmark = pytest.mark.browser

NAMES = {"English": "Utopia", "French": "Utopie", "Spanish": "Utopía", "Arabic": "يوتوبيا"}


def test_the_member_that_was_admitted_gets_its_seat_in_one_action(
    screens: Screens, operator: Operator
) -> None:
    titled = dict.fromkeys(("en", "fr", "es", "ar"), "Admission of Utopia")
    ballot = operator.open(decision="admission", mode="hands", title=titled)
    for _ in range(2):
        operator.command(ballot, "hands", counts={"yes": 120, "no": 30, "abstain": 5})
    operator.command(ballot, "declare")
    operator.command(ballot, "certify")
    other = operator.prepare(title=dict.fromkeys(("en", "fr", "es", "ar"), "Another text"))["id"]
    operator.command(other, "announce")
    operator.command(other, "cancel", reason="only to take the floor")

    page = screens.desk()
    page.locator(".ballot", has_text="Admission of Utopia").click()
    page.get_by_role("button", name="Admit the Member").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_role("button", name="Admit the Member").click()
    expect(dialogue.get_by_role("alert").filter(has_text="Fill in the marked")).to_be_visible()
    dialogue.get_by_label("Code").fill("XU")
    dialogue.get_by_label("Region").select_option("europe")
    for language, name in NAMES.items():
        dialogue.get_by_label(f"Name: {language}", exact=True).fill(name)
    assert violations(page) == []
    dialogue.get_by_role("button", name="Admit the Member").click()
    expect(dialogue.get_by_text("Utopia is a Member now.")).to_be_visible()
    expect(dialogue.get_by_text("Seat XU-1")).to_be_visible()
    expect(dialogue.get_by_alt_text("Scan this code with the device")).to_be_visible()
    members = {each["code"]: each for each in operator.http.get("/members").json()}
    assert members["XU"]["name"]["ar"] == "يوتوبيا"
    assert len(members) == 197
