"""Whole runs at the console in a real browser: an election, tellers who are two, a roll-call.

The panels of each way are walked from the preparation to the record, and axe looks at every one of
them. The assembly has nine Members, so that each can be called by name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.api.small_assembly import CODES, SUSPENDED, write_assembly
from tests.assembly.pictures import PNG
from tests.hall.axe import violations
from tests.hall.desks import (
    SIGN_IN,
    Screens,
    hold_enter,
    next_button,
    phase_on,
    verify,
    vote_all,
)
from tests.hall.tablets import Tablets
from tests.halls import HallProcess, Operator

pytestmark = pytest.mark.browser

VOTERS = tuple(code for code in CODES if code != SUSPENDED)
PASSWORD = "another good password"
AGENDA = (("1", "election", "security_council"), ("2", "motion", "ordinary"))


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    """A hall by a rulebook of its own: new candidates come in until the third round."""
    folder = tmp_path_factory.mktemp("ways")
    book = (files("server.rules") / "rulebooks" / "un-general-assembly.toml").read_text("utf-8")
    book = book.replace('"twice_places" }', '"twice_places", from_round = 3 }')
    council = "[decisions.security_council]"
    book = book.replace(council, f"{council}\nnew_candidates = true")
    # Presence is not what is tried here.
    kept = [line for line in book.splitlines() if not line.startswith("quorum")]
    (folder / "own.toml").write_text("\n".join(kept), encoding="utf-8")
    file = write_assembly(
        folder,
        rulebook=str(folder / "own.toml"),
        agenda=AGENDA,
        two_person=("hands", "paper"),
    )
    process = HallProcess(folder / "data", "--assembly", str(file)).start()
    yield process
    assert process.stop() == 0


@pytest.fixture(scope="module")
def second(hall: HallProcess) -> str:
    """Another operator's name."""
    client = Operator(hall)
    body = {"user": "rosa", "password": PASSWORD, "role": "operator"}
    assert client.http.post("/users", json=body).status_code in (201, 204)
    client.close()
    return "rosa"


@pytest.fixture(autouse=True)
def signed_off(operator: Operator) -> Iterator[None]:
    """What a test declared is signed off after it, or it would come next in the following one."""
    yield
    for ballot in operator.http.get("/ballots").json()["ballots"]:
        for command in ("certify", "publish"):
            operator.try_command(ballot["id"], command)


def is_accessible(page: Page) -> None:
    assert violations(page) == []


def begin(page: Page, item: str) -> None:
    """The agenda item is looked at."""
    page.locator("nav li", has_text=f"Item {item} (en)").locator("button").first.click()


def prepare(page: Page, dialogue: Locator) -> None:
    dialogue.get_by_role("button", name="Prepare the vote").click()
    expect(dialogue).to_be_hidden()
    expect(phase_on(page)).to_have_text("Prepared")


def announce_and_open(page: Page) -> None:
    expect(next_button(page)).to_contain_text("Announce")
    page.keyboard.press("Enter")
    expect(phase_on(page)).to_have_text("Announced")
    expect(next_button(page)).to_contain_text("Open the voting")
    hold_enter(page)
    expect(phase_on(page)).to_have_text("Open")


def close_and_declare(page: Page) -> None:
    page.keyboard.press("l")
    expect(next_button(page)).to_contain_text("Close the voting")
    hold_enter(page)
    expect(phase_on(page)).to_have_text("Closed")
    declare(page)


def declare(page: Page) -> None:
    expect(next_button(page)).to_contain_text("Declare the result")
    page.keyboard.press("Enter")
    expect(phase_on(page)).to_have_text("Declared")


def newest(operator: Operator) -> str:
    return str(operator.http.get("/ballots").json()["ballots"][-1]["id"])


def recorded(operator: Operator, ballot: str, folder: Path) -> dict[str, Any]:
    path = folder / "record.json"
    path.write_bytes(operator.http.get(f"/ballots/{ballot}/record").content)
    assert verify(path).returncode == 0
    return dict(json.loads(path.read_bytes()))


def is_shown(picture: Locator) -> None:
    expect(picture).to_be_visible()
    picture.evaluate("image => image.decode()")
    assert picture.evaluate("image => image.naturalWidth") == 6


def test_an_election_in_two_rounds_with_a_photo_and_somebody_new(
    screens: Screens,
    tablets: Tablets,
    hall: HallProcess,
    operator: Operator,
    browser: Browser,
    tmp_path: Path,
) -> None:
    (tmp_path / "ana.png").write_bytes(PNG)
    (tmp_path / "ana.txt").write_text("no picture")
    page = screens.desk()
    begin(page, "1")
    page.get_by_role("button", name="Election on item 1").click()
    dialogue = page.get_by_role("dialog")
    for place, name in enumerate(("Ana", "Bo")):
        dialogue.get_by_role("textbox", name="Name", exact=True).nth(place).fill(name)
    dialogue.get_by_label("Places to be filled").fill("1")
    dialogue.get_by_label("Names on a ballot paper").fill("1")
    dialogue.get_by_label("Mode").select_option("recorded")
    dialogue.get_by_label("Order of the candidates").select_option("given")
    choose = dialogue.get_by_label("Choose a photo of Ana")
    choose.set_input_files(tmp_path / "ana.txt")
    expect(dialogue.get_by_role("alert")).to_contain_text("PNG, JPEG or WebP")
    choose.set_input_files(tmp_path / "ana.png")
    is_shown(dialogue.locator("img"))
    is_accessible(page)
    dialogue.get_by_role("button", name="Prepare the vote").click()
    expect(dialogue).to_be_hidden()
    announce_and_open(page)

    first = newest(operator)
    token = operator.tokens(["FR"])["FR"]
    is_shown(tablets.seat(token).locator("[data-candidates] img"))
    display = browser.new_page()
    display.goto(f"{hall.url}/display/?lang=en#token={operator.token}")
    is_shown(display.locator("li img"))
    display.close()
    is_shown(page.locator("main table img"))
    vote_all(hall, operator, first, {code: ["c1"] for code in VOTERS[:4]})
    vote_all(hall, operator, first, {code: ["c2"] for code in VOTERS[4:]})
    expect(page.locator(".turnout .number")).to_contain_text("8 of ")
    close_and_declare(page)
    expect(page.locator("footer")).to_contain_text("A further round is held between")
    is_accessible(page)

    expect(next_button(page)).to_contain_text("Next round")
    page.keyboard.press("Enter")
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_role("checkbox", name="Bo").check()
    dialogue.get_by_label("New candidates").fill("Dee\n")
    is_accessible(page)
    dialogue.get_by_role("button", name="Next round").click()
    expect(dialogue).to_be_hidden()
    expect(page.locator("main")).to_contain_text("Dee")
    announce_and_open(page)
    again = newest(operator)
    assert again != first
    vote_all(hall, operator, again, {code: ["c3"] for code in VOTERS[:7]})
    close_and_declare(page)
    expect(page.locator("main table")).to_contain_text("Elected")
    page.keyboard.press("Enter")
    expect(phase_on(page)).to_have_text("Certified")
    record = recorded(operator, again, tmp_path)
    assert record["result"]["elected"] == ["c3"]
    assert record["question"]["added"] == ["c3"]


@pytest.mark.parametrize(
    ("mode", "word", "beside"),
    [
        ("hands", "Enter a show of hands", {}),
        ("paper", "Enter the count of the papers", {"Invalid papers": 1}),
    ],
)
def test_two_tellers_count(
    screens: Screens,
    operator: Operator,
    second: str,
    mode: str,
    word: str,
    beside: dict[str, int],
    tmp_path: Path,
) -> None:
    page = screens.desk()
    begin(page, "2")
    page.get_by_role("button", name="Motion on item 2").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_label("Mode").select_option(mode)
    prepare(page, dialogue)
    announce_and_open(page)
    other = screens.open("console")
    other.locator("input[autocomplete=username]").fill(second)
    other.locator("input[autocomplete=current-password]").fill(PASSWORD)
    other.get_by_role("button", name=SIGN_IN["en"], exact=True).click()
    expect(phase_on(other)).to_have_text("Open")

    def enter(desk: Page, *, yes: int) -> Locator:
        expect(next_button(desk)).to_contain_text(word)
        next_button(desk).click()
        sheet = desk.get_by_role("dialog")
        for label, n in {"In favour": yes, "Against": 2, "Abstention": 1, **beside}.items():
            sheet.get_by_label(label).fill(str(n))
        is_accessible(desk)
        sheet.get_by_role("button", name=word).click()
        return sheet

    expect(enter(page, yes=4)).to_be_hidden()
    waits = "operator has entered a first count"
    expect(page.locator("main")).to_contain_text(waits)
    # The same person cannot confirm it.
    sheet = enter(page, yes=4)
    expect(sheet.get_by_role("alert")).to_contain_text("takes two people")
    page.keyboard.press("Escape")
    # Other numbers drop both.
    expect(other.locator("main")).to_contain_text(waits)
    sheet = enter(other, yes=3)
    expect(sheet.get_by_role("alert")).to_contain_text("The two counts differ")
    other.keyboard.press("Escape")
    expect(page.locator("main")).not_to_contain_text(waits)
    expect(enter(page, yes=4)).to_be_hidden()
    expect(other.locator("main")).to_contain_text(waits)
    expect(enter(other, yes=4)).to_be_hidden()
    expect(phase_on(page)).to_have_text("Closed")
    declare(page)
    expect(page.locator(".headline")).to_have_text("Adopted")
    is_accessible(page)
    record = recorded(operator, newest(operator), tmp_path)
    assert record["counts"] == {"yes": 4, "no": 2, "abstain": 1}
    assert record["tally"]["invalid"] == len(beside)
    assert {row["status"] for row in record["roll"]} == {"unnamed", "suspended"}


def test_a_roll_call_with_passes_a_second_call_and_a_changed_answer(
    screens: Screens, operator: Operator, tmp_path: Path
) -> None:
    page = screens.desk()
    begin(page, "2")
    page.get_by_role("button", name="Motion on item 2").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_label("Mode").select_option("roll_call")
    prepare(page, dialogue)
    announce_and_open(page)
    panel = page.get_by_role("region", name="First call")
    expect(panel).to_contain_text("Called next")
    is_accessible(page)
    called: list[str] = []
    for n in range(len(VOTERS)):
        name = panel.locator(".called span")
        if called:
            expect(name).not_to_have_text(called[-1])
        called.append(name.inner_text())
        # Two pass, by key and by touch; the others answer in turn.
        if n == 0:
            page.keyboard.press("4")
        elif n == 1:
            panel.get_by_role("button", name="Pass").click()
        else:
            page.keyboard.press("1" if n % 2 == 0 else "2")
    assert len(set(called)) == len(VOTERS)
    expect(panel).to_contain_text("Everybody has been called")
    expect(next_button(page)).to_contain_text("Second call")
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Second call")
    for name_of in called[:2]:
        expect(panel.locator(".called span")).to_have_text(name_of)
        page.keyboard.press("3")
    expect(next_button(page)).to_contain_text("Close the voting")
    is_accessible(page)

    # An answer that was heard wrongly is changed with a reason.
    page.get_by_role("button", name="More commands").click()
    page.get_by_role("button", name="Enter the answer").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_label("Member").select_option(label=called[0])
    dialogue.get_by_label("Answer").select_option("yes")
    dialogue.get_by_label("Reason").fill("It was heard wrongly")
    is_accessible(page)
    dialogue.get_by_role("button", name="Enter the answer").click()
    expect(dialogue).to_be_hidden()
    hold_enter(page)
    expect(phase_on(page)).to_have_text("Closed")
    declare(page)
    record = recorded(operator, newest(operator), tmp_path)
    assert record["counts"] == {"yes": 4, "no": 3, "abstain": 1}
    assert record["result"]["outcome"] == "adopted"
