"""The terminal seat: three lamps, keys and words on a terminal of 80 by 24, in Textual.

Rule: the screen shows `face(seat)` and the keys touch `SeatConnection`; nothing is decided here.
Keys 1 2 3 stand for the choices in the order of every screen. Letters work in English only: in
another language the letter of one choice is the initial of another.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static
from textual.worker import Worker, WorkerCancelled

from kiosk_client.connection import SeatConnection
from kiosk_client.face import Face, Lamp, Speech, face
from kiosk_client.seat_state import Ended, Seat
from server.locales.speech import load_speech
from server.vocabulary import Choice, Language, Signal

GLYPH = {Choice.YES: "✔", Choice.NO: "✖", Choice.ABSTAIN: "●"}
NUMBER = {Choice.YES: "1", Choice.NO: "2", Choice.ABSTAIN: "3"}
LETTER = {Choice.YES: "y", Choice.NO: "n", Choice.ABSTAIN: "a"}
_REDRAW = 0.1
"""Seconds between looks at the clock: for the countdown and for "Sending…"."""


class TerminalSeat(App[int]):
    """A seat at a terminal. It returns 0, or 1 where the hall had told the seat to stop."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "touch('yes')", show=False),
        Binding("2", "touch('no')", show=False),
        Binding("3", "touch('abstain')", show=False),
        Binding("y", "letter('yes')", show=False),
        Binding("n", "letter('no')", show=False),
        Binding("a", "letter('abstain')", show=False),
        Binding("f2", "next_language", show=False),
        Binding("f3", "signal('assistance')", show=False),
        Binding("f4", "signal('point_of_order')", show=False),
        Binding("ctrl+q", "leave", show=False, priority=True),
    ]
    CSS = """
    Screen { background: #0b1526; color: #ffffff; }
    Static { height: auto; }
    .end { width: auto; padding: 0 1; }
    .bar { height: 1; }
    #head { height: 2; }
    .bar > .start { width: 1fr; }
    #top { background: #16233c; }
    #headline { text-style: bold; }
    #title { height: 3; text-style: bold; }
    #context, #rule { height: 1; color: #b9c4d8; }
    .lamp { height: 3; padding: 0 2; border: round #26324a; color: #b9c4d8; }
    .lamp.offered { color: #ffffff; }
    .lamp.yes.offered { border: round #35c98e; }
    .lamp.no.offered { border: round #c0282d; }
    .lamp.abstain.offered { border: round #ffd23f; }
    .lamp.yes.lit { background: #35c98e; border: round #35c98e; color: #000000; }
    .lamp.no.lit { background: #c0282d; border: round #c0282d; color: #ffffff; }
    .lamp.abstain.lit { background: #ffd23f; border: round #ffd23f; color: #000000; }
    .lamp.lit { text-style: bold; }
    #status { height: 3; }
    #code { text-style: bold; }
    #notice { height: 2; color: #ffd23f; text-style: bold; }
    #keys { dock: bottom; height: 1; background: #16233c; color: #b9c4d8; }
    #connection.lost { background: #c0282d; color: #ffffff; text-style: bold; }
    Screen.right-to-left Static { text-align: right; }
    Screen.right-to-left .end { dock: left; text-align: left; }
    """

    def __init__(self, url: str, token: str, lang: Language, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        seat = Seat(token, lang, device=f"terminal seat {os.uname().nodename}"[:200])
        self._hall = SeatConnection(url, seat, lambda _: self._draw())
        self._is_up = False
        self._shown: Face | None = None
        self._serving: Worker[Ended] | None = None

    @property
    def seat(self) -> Seat:
        """The seat's state now."""
        return self._hall.seat

    def compose(self) -> ComposeResult:
        """The places of the screen, top to bottom: 23 rows and the line of keys."""
        with Horizontal(id="top", classes="bar"):
            yield Static(id="who", classes="start", markup=False)
            yield Static(id="connection", classes="end", markup=False)
        with Horizontal(id="head", classes="bar"):
            yield Static(id="headline", classes="start", markup=False)
            yield Static(id="countdown", classes="end", markup=False)
        yield Static(id="context", markup=False)
        yield Static(id="title", markup=False)
        yield Static(id="rule", markup=False)
        for choice in Choice:
            yield Static(id=f"lamp-{choice.value}", classes=f"lamp {choice.value}", markup=False)
        yield Static(id="status", markup=False)
        yield Static(id="notice", markup=False)
        with Horizontal(classes="bar"):
            yield Static(id="signals", classes="start", markup=False)
            yield Static(id="code", classes="end", markup=False)
        yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Begin: connect, draw, and look at the clock now and then."""
        self._is_up = True
        self._draw()
        self.set_interval(_REDRAW, self._draw)
        self._serving = self.run_worker(self._hall.run(), name="seat")

    async def on_unmount(self) -> None:
        """Close the socket properly before the terminal is given back."""
        self._is_up = False
        if self._serving is not None and self._serving.is_running:
            self._serving.cancel()
            with suppress(WorkerCancelled):
                await self._serving.wait()

    def action_touch(self, choice: str) -> None:
        """A vote key."""
        self._hall.touch(Choice(choice))

    def action_letter(self, choice: str) -> None:
        """A letter that stands for a choice, in English only."""
        if self.seat.lang is Language.EN:
            self._hall.touch(Choice(choice))

    def action_next_language(self) -> None:
        """Go on to the next of the four languages."""
        languages = list(Language)
        self._hall.speak(languages[(languages.index(self.seat.lang) + 1) % len(languages)])

    def action_signal(self, signal: str) -> None:
        """Ask for assistance or a point of order; the same key withdraws it."""
        given = self.seat.view.signals if self.seat.view is not None else []
        self._hall.signal(Signal(signal), on=signal not in given)

    def action_leave(self) -> None:
        """Give the terminal back."""
        self.exit(1 if isinstance(self.seat.link, Ended) else 0)

    def _draw(self) -> None:
        if not self._is_up:
            return
        shown = face(self.seat, self._hall.now(), self._speech)
        if shown == self._shown:
            return
        self._shown = shown
        self.screen.set_class(shown.right_to_left, "right-to-left")
        for name, text in (
            ("who", shown.who),
            ("connection", shown.connection),
            ("headline", shown.headline),
            ("countdown", shown.countdown),
            ("context", shown.context),
            ("title", shown.title),
            ("rule", shown.rule),
            ("status", shown.status),
            ("code", shown.code),
            ("notice", shown.notice),
            ("signals", shown.signals),
            ("keys", self._keys()),
        ):
            self.query_one(f"#{name}", Static).update(text)
        self.query_one("#connection").set_class(not shown.connected, "lost")
        lamps = {lamp.choice: lamp for lamp in shown.lamps}
        for choice in Choice:
            self._draw_lamp(choice, lamps.get(choice))

    def _draw_lamp(self, choice: Choice, lamp: Lamp | None) -> None:
        place = self.query_one(f"#lamp-{choice.value}", Static)
        place.set_class(lamp is not None and lamp.lit, "lit")
        place.set_class(lamp is not None and lamp.offered, "offered")
        key = NUMBER[choice]
        if self.seat.lang is Language.EN:
            key = f"{key} {LETTER[choice]}"
        place.update(f"{key}  {GLYPH[choice]}  {lamp.label}" if lamp is not None else "")

    def _keys(self) -> str:
        said = (
            ("F2", "language-label"),
            ("F3", "kiosk-assistance"),
            ("F4", "kiosk-point-of-order"),
            ("Ctrl+Q", "hall-close"),
        )
        return "   ".join(f"{key} {self._speech.say(self.seat.lang, text)}" for key, text in said)


def run_terminal(url: str, token: str, lang: str) -> int:
    """Run a seat at this terminal until its user leaves.

    `url` is the hall's address, with or without a path (`ws://HOST:PORT`, or what `serve` prints).
    Returns 0; 1 where the hall had told the seat to stop (token unknown, seat used on another
    device) or the program failed; 2 where an argument is wrong, with the remedy on standard error.
    """
    try:
        seat = TerminalSeat(url, token, Language(lang), load_speech())
    except ValueError as wrong:
        sys.stderr.write(f"hemicycle seat: {wrong}\n")
        return 2
    left = seat.run(mouse=False)
    return left if left is not None else seat.return_code or 1
