"""Tablets in a real browser, and a line to the hall that can be held back and cut.

Rule: the hall at the other end is the real one. Where a test has to hold a frame back, it stands
between the browser and the hall's own socket, and changes no frame.
"""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute

from tests.halls import HallProcess


class Tablets:
    """Devices at seats, each a browser context of its own; an error in a page fails the test."""

    def __init__(self, hall: HallProcess, browser: Browser) -> None:
        self.errors: list[str] = []
        self._hall = hall
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def blank(self, lang: str = "en", **options: Any) -> Page:
        """A device that has never seen the hall."""
        context = self._browser.new_context(
            viewport={"width": 1280, "height": 800}, locale=lang, **options
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def go(self, page: Page, token: str = "") -> Page:
        """Opens the screen, with a seat's code in the address."""
        page.goto(f"{self._hall.url}/kiosk/" + (f"#token={token}" if token else ""))
        return page

    def seat(self, token: str, lang: str = "en", **options: Any) -> Page:
        """A device that has opened its pairing address."""
        return self.go(self.blank(lang, **options), token)

    def close(self) -> None:
        for context in self._contexts:
            context.close()


class Held:
    """Stands between a page and the hall's socket, and holds frames back while told to."""

    def __init__(self, page: Page) -> None:
        self.from_hall = False
        self.from_page = False
        self.presses: list[dict[str, Any]] = []
        self._waiting: list[tuple[WebSocketRoute, str]] = []
        self._line: WebSocketRoute | None = None
        page.route_web_socket("**/ws/v1/kiosk", self._join)

    def _join(self, page: WebSocketRoute) -> None:
        self._line = page
        hall = page.connect_to_server()

        def down(message: str | bytes) -> None:
            frame = json.loads(message)
            if self.from_hall and frame["type"] in ("receipt", "view"):
                self._waiting.append((page, str(message)))
            else:
                page.send(message)

        def up(message: str | bytes) -> None:
            frame = json.loads(message)
            if frame["type"] == "press":
                self.presses.append(frame)
            if self.from_page and frame["type"] == "press":
                self._waiting.append((hall, str(message)))
            else:
                hall.send(message)

        hall.on_message(down)
        page.on_message(up)

    def release(self) -> None:
        """Lets everything through, what waited first."""
        self.from_hall = self.from_page = False
        for side, message in self._waiting:
            side.send(message)
        self._waiting.clear()

    def cut(self) -> None:
        """Cuts the line: what waited is lost, and the next connection is whole."""
        self.from_hall = self.from_page = False
        self._waiting.clear()
        assert self._line is not None
        self._line.close(code=1012)
