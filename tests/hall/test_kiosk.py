"""The tablet in a real browser, at a real hall.

Rule: nothing is lit but by the hall's word, nothing recorded is lost, and every state is said.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.hall.axe import violations
from tests.hall.tablets import Held, Tablets
from tests.halls import HallProcess, Operator

pytestmark = pytest.mark.browser

TITLE = {
    "en": "Draft resolution on cooperation against trafficking in cultural property",
    "fr": "Projet de résolution sur la coopération contre le trafic de biens culturels",
    "es": "Proyecto de resolución sobre la cooperación contra el tráfico de bienes culturales",
    "ar": "مشروع قرار بشأن التعاون على مكافحة الاتجار بالممتلكات الثقافية",
}
WORDS = {
    "en": ("In favour", "Your vote has been recorded", "The voting is closed"),
    "fr": ("Pour", "Votre vote a été enregistré", "Le vote est clos"),
    "es": ("A favor", "Su voto ha quedado registrado", "La votación está cerrada"),
    "ar": ("مؤيد", "سُجّل صوتكم", "أُغلق باب التصويت"),
}


def choose(page: Page, choice: str) -> None:
    page.locator(f"button[data-choice={choice}]").click()


def lit(page: Page, choice: str) -> str:
    """Waits until this choice, and no other, is lit; gives its code."""
    expect(page.locator(f"[data-lit={choice}]")).to_be_visible()
    expect(page.locator("[data-lit]")).to_have_count(1)
    code = page.locator("[data-code]").inner_text()
    assert code
    return code


def at(page: Page, screen: str) -> None:
    """Waits for a screen by its name in `seat/screen.ts`."""
    expect(page.locator(f"[data-screen={screen}]")).to_be_visible()


def says(page: Page, text: str) -> None:
    """Waits for a sentence in the middle of the screen."""
    expect(page.locator("main").get_by_text(text)).to_be_visible()


def connected(page: Page) -> None:
    expect(page.locator("header")).to_contain_text("Connected")


def row(operator: Operator, ballot: str, member: str) -> dict[str, Any]:
    """A Member's row in the record of a ballot that is closed here."""
    if operator.ballot(ballot)["phase"] == "closed":
        operator.command(ballot, "declare")
    rows = [each for each in operator.record(ballot)["roll"] if each["member"] == member]
    assert len(rows) == 1
    return dict(rows[0])


def test_a_choice_is_lit_by_its_receipt_and_not_by_the_touch(
    tablets: Tablets, operator: Operator
) -> None:
    ballot = operator.open()
    page = tablets.blank()
    line = Held(page)
    tablets.go(page, operator.tokens(["FR"])["FR"])
    at(page, "voting")
    line.from_hall = True
    choose(page, "yes")
    says(page, "Sending…")
    expect(page.locator("[data-lit]")).to_have_count(0)
    line.release()
    code = lit(page, "yes")
    says(page, "Your vote has been recorded")
    expect(page.locator(".spoken-only[role=status]")).to_contain_text("In favour")
    operator.command(ballot, "close")
    says(page, "Your vote: In favour")
    found = row(operator, ballot, "FR")
    assert (found["choice"], found["code"]) == ("yes", code)


def test_of_a_non_recorded_vote_the_tablet_keeps_nothing_after_the_close(
    tablets: Tablets, operator: Operator
) -> None:
    ballot = operator.open(mode="non_recorded", disclosure="turnout")
    page = tablets.seat(operator.tokens(["SE"])["SE"])
    kept = "localStorage.getItem('hemicycle-kiosk-receipt')"
    choose(page, "yes")
    expect(page.locator("[data-lit=yes]")).to_be_visible()
    expect(page.locator("[data-code]")).to_have_count(0)
    assert ballot in page.evaluate(kept)
    operator.command(ballot, "close")
    at(page, "closed")
    expect(page.locator("[data-lit=yes]")).to_have_count(0)
    expect(page.locator(".spoken-only[role=status]")).not_to_contain_text("In favour")
    operator.command(ballot, "declare")
    at(page, "result")
    assert page.evaluate(kept) is None


def test_a_vote_is_changed_until_the_close_and_a_reload_keeps_it(
    tablets: Tablets, operator: Operator
) -> None:
    ballot = operator.open()
    page = tablets.seat(operator.tokens(["DE"])["DE"])
    choose(page, "yes")
    first = lit(page, "yes")
    choose(page, "no")
    second = lit(page, "no")
    assert second != first
    page.reload()
    assert lit(page, "no") == second
    operator.command(ballot, "last_call")
    says(page, "Voting is about to close")
    page.keyboard.press("3")
    third = lit(page, "abstain")
    operator.command(ballot, "close")
    at(page, "closed")
    assert lit(page, "abstain") == third
    expect(page.locator("button[data-choice]")).to_have_count(0)
    operator.command(ballot, "declare")
    at(page, "result")
    found = row(operator, ballot, "DE")
    assert (found["choice"], found["code"]) == ("abstain", third)


def test_a_press_after_the_close_is_said_to_be_too_late(
    tablets: Tablets, operator: Operator
) -> None:
    ballot = operator.open()
    page = tablets.blank()
    line = Held(page)
    tablets.go(page, operator.tokens(["KE"])["KE"])
    at(page, "voting")
    line.from_page = True
    choose(page, "yes")
    says(page, "Sending…")
    operator.command(ballot, "close")
    at(page, "closed")
    line.release()
    says(page, "Too late: not counted")
    says(page, "You did not vote")
    assert row(operator, ballot, "KE")["choice"] is None


def test_a_press_whose_answer_was_lost_is_sent_again_under_its_press_id(
    tablets: Tablets, operator: Operator
) -> None:
    ballot = operator.open()
    page = tablets.blank()
    line = Held(page)
    tablets.go(page, operator.tokens(["BR"])["BR"])
    at(page, "voting")
    line.from_hall = True
    choose(page, "no")
    says(page, "Sending…")
    line.cut()
    lit(page, "no")
    while len(line.presses) < 2:
        page.wait_for_timeout(50)
    first, second = line.presses
    assert first == second
    operator.command(ballot, "close")
    says(page, "Your vote: Against")
    assert row(operator, ballot, "BR")["n"] == 1


def test_the_newer_device_replaces_the_older_which_can_take_the_seat_back(
    tablets: Tablets, operator: Operator
) -> None:
    operator.open()
    token = operator.tokens(["JP"])["JP"]
    older = tablets.seat(token)
    choose(older, "yes")
    code = lit(older, "yes")
    newer = tablets.seat(token)
    assert lit(newer, "yes") == code
    says(older, "This seat is now used on another device")
    expect(older.locator("button[data-choice]")).to_have_count(0)
    older.get_by_role("button", name="Use this device").click()
    assert lit(older, "yes") == code
    expect(newer.locator("[data-stop=replaced]")).to_be_visible()


def test_a_reissued_code_stops_the_device_and_a_new_code_starts_it(
    tablets: Tablets, operator: Operator
) -> None:
    old = operator.tokens(["EG"])["EG"]
    page = tablets.seat(old)
    connected(page)
    new = operator.tokens(["EG"])["EG"]
    says(page, "This device may no longer vote")
    page.locator("[data-stop=revoked]").click()
    page.get_by_label("Seat code").fill(old)
    page.get_by_role("button", name="Connect").click()
    says(page, "This code is not valid")
    page.get_by_label("Seat code").fill(new)
    page.get_by_role("button", name="Connect").click()
    connected(page)


def test_the_token_leaves_the_address_bar_and_is_kept(tablets: Tablets, operator: Operator) -> None:
    token = operator.tokens(["MX"])["MX"]
    page = tablets.seat(token)
    connected(page)
    assert token not in page.url
    assert "#" not in page.url
    tablets.go(page)
    connected(page)
    expect(page.locator("header")).to_contain_text("MX-1")


def test_a_vote_outlives_the_server(tmp_path: Any, browser: Browser) -> None:
    hall = HallProcess(tmp_path / "data").start()
    tablets = Tablets(hall, browser)
    operator = Operator(hall)
    try:
        ballot = operator.open()
        page = tablets.seat(operator.tokens(["FJ"])["FJ"])
        choose(page, "yes")
        code = lit(page, "yes")
        hall.kill()
        at(page, "lost")
        expect(page.locator("header")).to_contain_text("No connection")
        expect(page.locator("button[data-choice]")).to_have_count(0)
        page.keyboard.press("2")
        says(page, "Not sent.")
        hall.start()
        at(page, "voting")
        assert lit(page, "yes") == code
        choose(page, "abstain")
        lit(page, "abstain")
        operator.command(ballot, "close")
        says(page, "Your vote: Abstention")
        assert tablets.errors == []
    finally:
        operator.close()
        tablets.close()
        hall.stop()


def test_an_interruption_keeps_the_vote_and_a_cancelled_ballot_says_so(
    tablets: Tablets, operator: Operator
) -> None:
    ballot = operator.prepare(title=TITLE)["id"]
    operator.command(ballot, "announce")
    page = tablets.seat(operator.tokens(["IN"])["IN"])
    says(page, "Voting is not open yet")
    expect(page.locator("button[data-choice]")).to_have_count(0)
    operator.command(ballot, "open")
    choose(page, "no")
    code = lit(page, "no")
    operator.command(ballot, "suspend", reason="A point of order")
    says(page, "Voting interrupted")
    assert lit(page, "no") == code
    operator.command(ballot, "resume")
    at(page, "voting")
    operator.command(ballot, "cancel", reason="The motion is withdrawn")
    says(page, "The vote is cancelled. No vote counts.")


def test_a_final_vote_cannot_be_touched_again(tablets: Tablets, operator: Operator) -> None:
    operator.open(revocable=False)
    page = tablets.seat(operator.tokens(["CA"])["CA"])
    choose(page, "yes")
    lit(page, "yes")
    says(page, "This vote cannot be changed")
    expect(page.locator("button[data-choice]")).to_have_count(0)


def test_who_may_not_vote_is_told_why(tablets: Tablets, operator: Operator) -> None:
    right = {"suspended": True, "reason": "Arrears"}
    assert operator.http.post("/members/SN/voting_right", json=right).status_code == 204
    operator.open()
    page = tablets.seat(operator.tokens(["SN"])["SN"])
    says(page, "Your right to vote is suspended")
    says(page, "Please call the operator")
    expect(page.locator("button[data-choice]")).to_have_count(0)


def test_a_touch_begins_and_ends_inside(tablets: Tablets, operator: Operator) -> None:
    operator.open()
    page = tablets.seat(operator.tokens(["PE"])["PE"])
    expect(page.locator("button[data-choice=yes]")).to_be_enabled()
    yes = page.locator("button[data-choice=yes]").bounding_box()
    no = page.locator("button[data-choice=no]").bounding_box()
    assert yes is not None
    assert no is not None
    assert yes["height"] >= 128
    page.mouse.move(yes["x"] + 40, yes["y"] + 40)
    page.mouse.down()
    page.mouse.move(no["x"] + 40, no["y"] + 40)
    page.mouse.up()
    says(page, "Touch your choice")
    page.mouse.down()
    page.mouse.move(yes["x"] + 40, yes["y"] + 40)
    page.mouse.move(no["x"] + 200, no["y"] + 20)
    page.mouse.up()
    lit(page, "no")


def test_calls_for_help_are_lit_by_the_hall_and_outlive_a_reload(
    tablets: Tablets, operator: Operator
) -> None:
    page = tablets.seat(operator.tokens(["TH"])["TH"])
    connected(page)
    call = page.locator("[data-signal=assistance]")
    call.click()
    expect(call).to_have_attribute("aria-pressed", "true")
    expect(call).to_contain_text("Assistance is on its way")
    page.reload()
    expect(call).to_have_attribute("aria-pressed", "true")
    call.click()
    expect(call).to_have_attribute("aria-pressed", "false")
    order = page.locator("[data-signal=point_of_order]")
    order.click()
    expect(order).to_contain_text("the Chair has been told")


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
def test_four_languages_without_a_violation(
    tablets: Tablets, operator: Operator, lang: str
) -> None:
    favour, recorded, closed = WORDS[lang]
    ballot = operator.prepare(title=TITLE, disclosure="counts")["id"]
    page = tablets.seat(operator.tokens(["NO"])["NO"], bypass_csp=True)
    for name in ("English", "Français", "Español", "العربية"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    page.locator(f"footer button[lang={lang}]").click()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if lang == "ar" else "ltr")
    operator.command(ballot, "announce")
    at(page, "announced")
    sound(page)
    operator.command(ballot, "open")
    expect(page.locator("h1")).to_contain_text(TITLE[lang])
    words = page.locator("button[data-choice]")
    expect(words).to_have_count(3)
    assert [each.get_attribute("data-choice") for each in words.all()] == ["yes", "no", "abstain"]
    expect(words.first).to_contain_text(favour)
    sound(page)
    choose(page, "yes")
    says(page, recorded)
    sound(page)
    operator.command(ballot, "close")
    expect(page.get_by_role("heading", name=closed)).to_be_visible()
    sound(page)
    operator.command(ballot, "declare")
    at(page, "result")
    sound(page)


def sound(page: Page) -> None:
    """No violation that axe knows, and nothing wider than the screen."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
