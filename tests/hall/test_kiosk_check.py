"""The check of a seat (a Benaloh challenge) on the tablet, and the page that answers it.

Rule: the fingerprint comes first, then the decision; what is opened is never signed nor cast, and
what is cast is the ballot whose fingerprint was shown. The page checks on a device of its own, and
so does the command.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.cli.check_ballot import HOLDS, WRONG, check_ballot
from tests.hall.axe import violations
from tests.hall.conftest import ROOT
from tests.hall.tablets import Held, Tablets
from tests.halls import HallProcess, Operator
from tests.three_scrutineers import Scrutineer, opened_for

pytestmark = pytest.mark.browser

OTHERS = ("fr", "es", "ar")
NAMES = ("Ada <b>Lovelace</b>", "Bea", "Cem")


def seated(operator: Operator, tablets: Tablets, member: str) -> tuple[Page, Held]:
    """An accredited seat, and its line to the hall."""
    page = tablets.blank()
    line = Held(page)
    tablets.go(page, operator.tokens([member])[member])
    expect(page.locator("[data-credential]")).to_be_visible()
    return page, line


def fingerprint_on(page: Page) -> str:
    return page.locator("[data-sealed] bdi").first.inner_text()


def touch(page: Page, what: str) -> None:
    page.locator(f"[{what}][aria-disabled=false]").click()


def accessible(page: Page, *languages: str) -> None:
    """What stands there, in these languages; it ends in English."""
    for lang in (*languages, "en"):
        page.locator(f"button[lang={lang}]").click()
        expect(page.locator(f"html[lang={lang}]")).to_be_attached()
        assert violations(page, "main") == [], lang


def command_says(path: Path, text: str) -> tuple[int, str]:
    """What `hemicycle check-ballot` answers to a file with this text."""
    path.write_text(text, "utf-8")
    said = io.StringIO()
    return check_ballot(str(path), said, said), said.getvalue()


def test_a_seat_is_checked_and_then_the_delegate_votes(
    operator: Operator,
    scrutineers: tuple[Scrutineer, ...],
    tablets: Tablets,
    tmp_path: Path,
) -> None:
    page, line = seated(operator, tablets, "AF")
    ballot = operator.prepare(mode="secret", disclosure="turnout")["id"]
    opened_for(operator, scrutineers, ballot)
    touch(page, "data-check-seat")
    expect(page.locator("[data-way=checking]")).to_be_visible()
    accessible(page, "ar")
    touch(page, "data-choice=no")
    expect(page.locator("[data-step=shown]")).to_be_visible()
    spent = fingerprint_on(page)
    accessible(page, *OTHERS)
    expect(page.locator("[data-counts-now]")).to_have_text("You have not voted")
    touch(page, "data-open-shown")
    expect(page.locator("[data-step=opened]")).to_be_visible()
    assert fingerprint_on(page) == spent
    accessible(page, *OTHERS)
    text = page.locator("[data-check-text]").input_value()
    touch(page, "data-copy")
    expect(page.get_by_text("Copied")).to_be_visible()

    # Another device reads the code.
    address = page.locator("[data-address]").get_attribute("data-address") or ""
    other = tablets.blank()
    asked: list[str] = []
    other.on("request", lambda request: asked.append(request.url))
    other.goto(address)
    expect(other.locator("[data-verdict=holds]")).to_be_focused()
    expect(other.locator("[data-holds]")).to_have_text("Against")
    assert fingerprint_on(other) == spent
    assert not [url for url in asked if "/api/" in url or address.partition("#")[2] in url]
    accessible(other, *OTHERS)
    for given in (text, address):
        status, said = command_says(tmp_path / "check.txt", given)
        assert (status, spent in said) == (HOLDS, True), said

    # Back at the seat: again the checking way, and this ballot is cast.
    touch(page, "data-check-end")
    expect(page.locator("[data-screen=voting]")).to_be_visible()
    assert line.presses == []
    touch(page, "data-check-seat")
    touch(page, "data-choice=yes")
    expect(page.locator("[data-step=shown]")).to_be_visible()
    shown = fingerprint_on(page)
    touch(page, "data-cast-shown")
    expect(page.locator("[data-lit=secret]")).to_be_visible()
    (sent,) = [press["sealed"]["ballot"] for press in line.presses]
    assert json.loads(sent)["signature"]["hash"] == shown != spent
    expect(page.locator("[data-tracker] bdi")).to_have_text(digest(sent))

    operator.command(ballot, "close")
    for each in scrutineers[:2]:
        assert each.open(ballot).status_code == 200
    view = operator.command(ballot, "declare")["view"]
    assert view["counts"] == {"yes": 1, "no": 0, "abstain": 0}
    archive = operator.http.get(f"/ballots/{ballot}/archive").content
    assert (shown.encode() in archive, spent.encode() in archive) == (True, False)
    (tmp_path / "election.bel").write_bytes(archive)
    other.locator("[data-archive]").set_input_files(tmp_path / "election.bel")
    expect(other.locator("[data-standing=absent]")).to_be_visible()


def test_a_check_of_an_election_ends_with_the_ballot_and_nothing_counts(
    operator: Operator, scrutineers: tuple[Scrutineer, ...], tablets: Tablets, tmp_path: Path
) -> None:
    page, line = seated(operator, tablets, "DZ")
    names = [{"id": name[:3].lower(), "name": name} for name in NAMES]
    ballot = operator.prepare(
        kind="election",
        decision="president",
        mode="secret",
        disclosure="turnout",
        candidates=names,
        order="given",
    )["id"]
    opened_for(operator, scrutineers, ballot)
    touch(page, "data-check-seat")
    touch(page, "data-choice=ada")
    touch(page, "data-review-names")
    accessible(page, "ar")
    expect(page.locator("[data-way=checking]")).to_be_visible()  # not lost, on a busy machine
    page.keyboard.press("Escape")
    expect(page.locator("[data-way=checking]")).to_have_count(0)
    touch(page, "data-check-seat")
    touch(page, "data-cast")
    expect(page.locator("[data-step=shown]")).to_be_visible()
    touch(page, "data-open-shown")
    expect(page.locator("[data-answer]")).to_contain_text(NAMES[0])
    address = page.locator("[data-address]").get_attribute("data-address") or ""
    text = page.locator("[data-check-text]").input_value()

    # A saved copy of the page, without any hall.
    saved = tablets.blank()
    saved.goto(f"{(ROOT / 'server/screens/check/index.html').as_uri()}#{address.split('#')[1]}")
    expect(saved.locator("[data-holds]")).to_have_text(NAMES[0])

    marks = {**json.loads(text), "marks": [0, 0, 1, 0]}
    wrong = json.dumps(marks, separators=(",", ":"), ensure_ascii=False)
    for given, verdict in ((wrong, "wrong"), (text[:-9], "fault"), (text, "holds")):
        saved.locator("textarea").fill(given)
        saved.locator("[data-check]").click()
        expect(saved.locator(f"[data-verdict={verdict}]")).to_be_focused()
        accessible(saved, *OTHERS)
        status, said = command_says(tmp_path / "check.txt", given)
        assert status == (HOLDS if verdict == "holds" else WRONG), said

    operator.command(ballot, "close")
    expect(page.locator("[data-screen=closed] [data-own=not_voted]")).to_be_visible()
    assert line.presses == []
    assert NAMES[0] not in page.locator("main").inner_text()


def test_the_page_that_checks_may_talk_to_nobody(operator: Operator, hall: HallProcess) -> None:
    policies = {
        name: operator.http.get(f"{hall.url}/{name}/").headers["Content-Security-Policy"]
        for name in ("check", "kiosk")
    }
    assert "connect-src 'none';" in policies["check"]
    assert "connect-src 'self' ws: wss:;" in policies["kiosk"]
    assert {policy.partition(";")[0] for policy in policies.values()} == {"default-src 'self'"}


def digest(text: str) -> str:
    """The tracker of a sealed ballot."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
