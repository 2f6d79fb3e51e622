"""The terminal seat: three lamps, keys and words on a terminal of 80 by 24, in Textual.

Rule: the screen shows `face(seat)` and the keys touch `SeatConnection`; nothing is decided here.
Keys 1 2 3 stand for the choices in the order of every screen. Letters work in English only: in
another language the letter of one choice is the initial of another. In an election a number names
a candidate, Enter reviews and then casts, B is a blank vote, Escape goes back. Where a Member has
several delegates, F5 names another one and F6 hands the vote over to that one.
"""

from __future__ import annotations

import getpass
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, assert_never

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static
from textual.worker import Worker, WorkerCancelled

from kiosk_client.asking import Asking, asking_of
from kiosk_client.card import NoCard, Unwrapped, WrongPin, unwrap
from kiosk_client.connection import SeatConnection
from kiosk_client.face import Face, Lamp, NameRow, face
from kiosk_client.paper import Paper, back, blank, castable, digit, review, take_number
from kiosk_client.sealing import SeatKey
from kiosk_client.seat_state import CASTING, Ended, Seat
from kiosk_client.words import Speech
from server.locales.speech import load_speech
from server.vocabulary import Choice, Language, Phase, RefusalReason, Signal
from server.wire.views import KioskBallot

GLYPH = {Choice.YES: "✔", Choice.NO: "✖", Choice.ABSTAIN: "●"}
NUMBER = {Choice.YES: "1", Choice.NO: "2", Choice.ABSTAIN: "3"}
LETTER = {Choice.YES: "y", Choice.NO: "n", Choice.ABSTAIN: "a"}
NAMES_ON_PAGE = 9
_REDRAW = 0.1
"""Seconds between looks at the clock: for the countdown and for "Sending…"."""


class TerminalSeat(App[int]):
    """A seat at a terminal. It returns 0, or 1 where the hall had told the seat to stop."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"number({number})", show=False) for number in range(10)),
        Binding("enter", "go_on", show=False),
        Binding("space", "take", show=False),
        Binding("b", "blank", show=False),
        Binding("escape", "go_back", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("y", "letter('yes')", show=False),
        Binding("n", "letter('no')", show=False),
        Binding("a", "letter('abstain')", show=False),
        Binding("f2", "next_language", show=False),
        Binding("f3", "signal('assistance')", show=False),
        Binding("f4", "signal('point_of_order')", show=False),
        Binding("f5", "next_delegate", show=False),
        Binding("f6", "hand_over", show=False),
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
    #names { height: 9; display: none; }
    Screen.election #names { display: block; }
    Screen.election .lamp { display: none; }
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

    def __init__(
        self, url: str, token: str, lang: Language, speech: Speech, key: SeatKey | None = None
    ) -> None:
        super().__init__()
        self._speech = speech
        seat = Seat(token, lang, device=f"terminal seat {os.uname().nodename}"[:200])
        self._hall = SeatConnection(url, seat, self._changed, key=key)
        self._paper: Paper | None = None
        self._page = 0
        self._successor: str | None = None
        self._held = seat
        self._is_up = False
        self._shown: tuple[Face, str, str | None] | None = None
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
        yield Static(id="names", markup=False)
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

    @property
    def paper(self) -> Paper | None:
        """The paper that is being filled in, if any."""
        return self._paper

    def action_number(self, number: int) -> None:
        """A choice by its number, or a digit of a candidate's."""
        election = self._election()
        if election is not None:
            self._fill(digit(self._begun(election), election, str(number)))
        elif self._floor_names() is None and 1 <= number <= len(Choice):
            self._hall.touch(list(Choice)[number - 1])

    def action_letter(self, choice: str) -> None:
        """A letter that stands for a choice, in English only; names have none."""
        if self.seat.lang is Language.EN and self._floor_names() is None:
            self._hall.touch(Choice(choice))

    def action_take(self) -> None:
        """The number that was typed is whole."""
        election = self._election()
        if election is not None and self._paper is not None:
            self._fill(take_number(self._paper, election))

    def action_go_on(self) -> None:
        """Take the number that was typed, or review the paper, or cast what was reviewed."""
        election, paper = self._election(), self._paper
        if election is None or paper is None:
            return
        names = castable(paper)
        if names is not None:
            if names == self.seat.lit and self.seat.press is None:
                self._fill(None)
            else:
                self._hall.touch(names)
        elif paper.typed:
            self._fill(take_number(paper, election))
        else:
            self._fill(review(paper))

    def action_blank(self) -> None:
        """Review a blank vote."""
        election = self._election()
        if election is not None:
            self._fill(blank(self._begun(election)))

    def action_go_back(self) -> None:
        """From the review to the names; from the names to the vote that is recorded."""
        paper = self._paper
        if paper is not None:
            self._fill(back(paper) if castable(paper) is not None else None)

    def action_page(self, by: int) -> None:
        """Show the names before or after."""
        names = self._floor_names()
        pages = -(-len(names.candidates) // NAMES_ON_PAGE) if names is not None else 1
        self._page = min(max(self._page + by, 0), pages - 1)
        self._draw()

    def action_next_language(self) -> None:
        """Go on to the next of the four languages."""
        languages = list(Language)
        self._hall.speak(languages[(languages.index(self.seat.lang) + 1) % len(languages)])

    def action_signal(self, signal: str) -> None:
        """Ask for assistance or a point of order; the same key withdraws it."""
        given = self.seat.view.signals if self.seat.view is not None else []
        self._hall.signal(Signal(signal), on=signal not in given)

    def action_next_delegate(self) -> None:
        """Name the next delegate who could vote; after the last one nobody."""
        delegation = self.seat.view.delegation if self.seat.view is not None else None
        names = [] if delegation is None else delegation.names
        others = [name for name in names if delegation and name != delegation.votes_by]
        turns = [None, *others]
        now = turns.index(self._successor) if self._successor in turns else 0
        self._successor = turns[(now + 1) % len(turns)]
        self._draw()

    def action_hand_over(self) -> None:
        """The delegate who was named votes from now on."""
        if self._successor is not None:
            self._hall.hand_over(self._successor)
        self._successor = None
        self._draw()

    def action_leave(self) -> None:
        """Give the terminal back."""
        self.exit(1 if isinstance(self.seat.link, Ended) else 0)

    def _floor_names(self) -> KioskBallot | None:
        """The ballot on the floor, where it is answered with names."""
        ballot = self.seat.ballot
        return ballot if ballot is not None and asking_of(ballot) is Asking.NAMES else None

    def _election(self) -> KioskBallot | None:
        """The election in which names can be chosen now."""
        ballot = self._floor_names()
        if ballot is None or ballot.phase is not Phase.OPEN or not ballot.may_vote:
            return None
        return ballot if ballot.revocable or self.seat.lit is None else None

    def _begun(self, election: KioskBallot) -> Paper:
        """The paper; a new one begins with the names that are recorded."""
        if self._paper is not None:
            return self._paper
        return Paper(election.id, self.seat.lit if isinstance(self.seat.lit, tuple) else ())

    def _fill(self, paper: Paper | None) -> None:
        self._paper = paper
        self._draw()

    def _changed(self, seat: Seat) -> None:
        before, self._held = self._held, seat
        ballot = seat.ballot
        if before.ballot is None or ballot is None or before.ballot.id != ballot.id:
            self._page = 0
        if self._paper is not None:
            self._paper = _paper_after(self._paper, before, seat)
        self._draw()

    def _draw(self) -> None:
        if not self._is_up:
            return
        shown = face(self.seat, self._hall.now(), self._speech, self._paper)
        names = self._names(shown.names)
        drawn = (shown, names, self._successor)
        if drawn == self._shown:
            return
        self._shown = drawn
        self.screen.set_class(bool(shown.names), "election")
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
            ("names", names),
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

    def _names(self, rows: tuple[NameRow, ...]) -> str:
        first = self._page * NAMES_ON_PAGE
        lines = []
        for row in rows[first : first + NAMES_ON_PAGE]:
            mark = "■" if row.lit and self._paper is None else "x" if row.chosen else " "
            lines.append(f"[{mark}] {row.number:>2}  {row.name}")
        return "\n".join(lines)

    def _keys(self) -> str:
        rows = self._shown[0].names if self._shown is not None else ()
        pages = -(-len(rows) // NAMES_ON_PAGE)
        if pages > 1:
            page = {"page": self._page + 1, "pages": pages}
            return self._speech.say(self.seat.lang, "kiosk-keys-pages", page)
        if self._successor is not None:
            name = {"name": self._successor}
            confirmed = self._speech.say(self.seat.lang, "kiosk-hand-over-confirm", name)
            return f"F6 {confirmed}   F5 …"
        delegation = self.seat.view.delegation if self.seat.view is not None else None
        several = delegation is not None and len(delegation.names) > 1
        said = (
            ("F2", "language-label"),
            ("F3", "kiosk-assistance"),
            ("F4", "kiosk-point-of-order"),
            *((("F5", "kiosk-hand-over"),) if several else ()),
            ("Ctrl+Q", "hall-close"),
        )
        return "   ".join(f"{key} {self._speech.say(self.seat.lang, text)}" for key, text in said)


def _paper_after(paper: Paper, before: Seat, seat: Seat) -> Paper | None:
    """A paper ends with its ballot's voting and when it is recorded; refused, it is open again."""
    ballot = seat.ballot
    lasts = ballot is not None and ballot.id == paper.ballot and ballot.phase in CASTING
    is_recorded = seat.last_receipt is not before.last_receipt and seat.press is None
    if not lasts or is_recorded:
        return None
    is_refused = seat.notice is RefusalReason.BAD_CHOICE and before.notice is not seat.notice
    return back(paper) if is_refused else paper


def _opened(card: Path) -> Unwrapped:
    """The key on a card. Raises `ValueError` with the remedy."""
    try:
        text = card.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"--card: {card}: {error}; give the file with the card's text") from None
    pin = os.environ.get("HEMICYCLE_CARD_PIN") or getpass.getpass("PIN of the card: ")
    found = unwrap(text, pin)
    match found:
        case Unwrapped():
            return found
        case WrongPin():
            raise ValueError("--card: the PIN is wrong; try again")
        case NoCard():
            raise ValueError(f"--card: {card}: not the whole text of a card; check it")
        case _:
            assert_never(found)


def run_terminal(
    url: str, token: str, lang: str, card: Path | None = None, scrutineers: str | None = None
) -> int:
    """Run a seat at this terminal until its user leaves.

    `url` is the hall's address, with or without a path (`ws://HOST:PORT`, or what `serve` prints).
    `card` is a file with the text of the delegation's card, whose PIN is in `HEMICYCLE_CARD_PIN` or
    asked for. `scrutineers` is the fingerprint of the scrutineers' key, as they told it: secret
    votes are sealed for no other.
    Returns 0; 1 where the hall had told the seat to stop (token unknown, seat used on another
    device) or the program failed; 2 where an argument is wrong, with the remedy on standard error.
    """
    try:
        key = SeatKey(None if card is None else _opened(card), scrutineers)
        seat = TerminalSeat(url, token, Language(lang), load_speech(), key)
    except ValueError as wrong:
        sys.stderr.write(f"hemicycle seat: {wrong}\n")
        return 2
    left = seat.run(mouse=False)
    return left if left is not None else seat.return_code or 1
