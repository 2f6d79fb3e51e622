"""A real Chromium for the tests of the screens.

Rule: the browser is the one that `tests.chromium` finds. It runs for this folder only: Playwright's
synchronous interface keeps an event loop in the thread, and a test with a loop of its own cannot
run beside it. Hence these tests are synchronous, and use `browser`, never
pytest-playwright's `page` or `context`, which live for the whole session.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.chromium import ARGUMENTS, find
from tests.hall.desks import Screens
from tests.hall.tablets import Tablets
from tests.halls import HallProcess, Operator
from tests.own_hall import hall
from tests.three_scrutineers import scrutineers

__all__ = ["hall", "scrutineers"]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all tests of the screens; each test makes contexts of its own."""
    for screen in ("display", "kiosk", "console", "chair", "check"):
        page = ROOT / "server" / "screens" / screen / "index.html"
        assert page.is_file(), f"{page} is not built: run `npm ci && npm run build`"
    own = find()
    assert own is not None, "there is no Chromium: run `make tools`"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(own), args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="package", autouse=True)
def patience() -> Iterator[None]:
    """A loaded machine may take long; a wrong screen stays wrong."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def operator(hall: HallProcess) -> Iterator[Operator]:
    """The operator without a screen, who leaves no ballot before the assembly behind a test."""
    client = Operator(hall)
    yield client
    client.clear_the_floor()
    # What is left prepared would come next in the following test: it is brought to an end.
    for ballot in client.http.get("/ballots").json()["ballots"]:
        if ballot["phase"] in ("draft", "prepared"):
            client.command(ballot["id"], "announce", reason="end of a test")
            client.command(ballot["id"], "cancel", reason="end of a test")
    client.close()


@pytest.fixture
def screens(hall: HallProcess, browser: Browser) -> Iterator[Screens]:
    """Pages of operator and Chair at the module's hall; an error in a page fails the test."""
    made = Screens(hall, browser)
    yield made
    made.close()
    assert made.errors == []


@pytest.fixture
def tablets(hall: HallProcess, browser: Browser) -> Iterator[Tablets]:
    """Tablets at the module's hall; an error in a page fails the test."""
    made = Tablets(hall, browser)
    yield made
    made.close()
    assert made.errors == []
