"""Desks for the browser tests of console and Chair: a hall, its operator, and their pages."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from websockets.sync.client import connect

from tests.halls import PASSWORD, HallProcess, Operator

LANGUAGES = ("en", "fr", "es", "ar")
SIGN_IN = {"en": "Sign in", "fr": "Se connecter", "es": "Iniciar sesión", "ar": "تسجيل الدخول"}
MESSAGE = {"en": "Coffee", "fr": "Café", "es": "Un café", "ar": "قهوة"}


class Screens:
    """Pages of operator and Chair, each in a context of its own; an error in one fails the test."""

    def __init__(self, hall: HallProcess, browser: Browser) -> None:
        self.errors: list[str] = []
        self._hall = hall
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def open(self, screen: str, lang: str = "en", **options: Any) -> Page:
        """The sign-in page of a screen."""
        size = options.pop("viewport", {"width": 1440, "height": 900})
        context = self._browser.new_context(viewport=size, locale=lang, **options)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{self._hall.url}/{screen}/?lang={lang}")
        return page

    def sign_in(self, page: Page, lang: str = "en", password: str = PASSWORD) -> Page:
        page.locator("input[autocomplete=username]").fill("operator")
        page.locator("input[autocomplete=current-password]").fill(password)
        page.get_by_role("button", name=SIGN_IN[lang], exact=True).click()
        return page

    def desk(self, lang: str = "en", **options: Any) -> Page:
        """The console of a signed-in operator, connected."""
        page = self.sign_in(self.open("console", lang, **options), lang)
        expect(page.locator("nav li").first).to_be_visible()
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def vote(hall: HallProcess, token: str, ballot: str, choice: str | list[str]) -> None:
    """One seat's vote over its own socket, up to the receipt."""
    with connect(f"{hall.ws}/kiosk", proxy=None) as socket:
        socket.send(json.dumps({"type": "hello", "protocol": 1, "token": token}))
        press = {"type": "press", "press_id": str(uuid.uuid4()), "ballot": ballot, "choice": choice}
        socket.send(json.dumps(press))
        while True:
            frame = json.loads(socket.recv(timeout=10))
            assert frame["type"] != "refused", frame
            if frame["type"] == "receipt":
                return


def vote_all(
    hall: HallProcess,
    operator: Operator,
    ballot: str,
    votes: Mapping[str, str | list[str]],
) -> None:
    tokens = operator.tokens(list(votes))
    for member, choice in votes.items():
        vote(hall, tokens[member], ballot, choice)


def next_button(page: Page) -> Locator:
    return page.locator("[data-next]")


def hold_enter(page: Page) -> None:
    """Hold Enter until the console says that it is no longer waiting for it."""
    page.keyboard.down("Enter")
    expect(next_button(page)).not_to_contain_text("Keep holding")
    page.keyboard.up("Enter")


def phase_on(page: Page) -> Locator:
    return page.locator("main .pill").first


def verify(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "server.cli.main", "verify", str(path), *options],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
