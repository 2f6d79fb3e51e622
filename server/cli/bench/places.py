"""Who sits at a connection: a seat, a screen, or a client of the bare server.

Rule: a place outlives its connections. What it was told last is all that it keeps.
"""

from __future__ import annotations

import asyncio
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable
from ssl import SSLContext
from typing import Any, Final, NamedTuple, Self

import orjson

from server.cli.bench.frames import TEXT, client_frame
from server.cli.bench.line import Line
from server.wire.messages import PROTOCOL

_VIEW: Final = b'{"type":"view"'
_TURNOUT: Final = b'"turnout":{"voted":'
_BEAT: Final = b'{"type":"beat"'


class _Connection(Line):
    """A line that hands on to its place."""

    def __init__(self, place: Place) -> None:
        super().__init__(f"{place.host}:{place.port}", place.path)
        self._place = place

    def opened(self) -> None:
        """Greet."""
        self._place.greet(self)

    def hear(self, payload: bytes, at: float) -> None:
        """Hand on."""
        self._place.hear(payload, at)

    def closed(self) -> None:
        """Hand on."""
        self._place.closed(self)


class Place(ABC):
    """A place at the server. `settled` is set once it was shown its first view, or its
    connection has ended."""

    def __init__(self, host: str, port: int, path: str, token: str) -> None:
        self.host, self.port, self.path = host, port, path
        self._token = token
        self.tls: SSLContext | None = None
        self._line: _Connection | None = None
        self._fault = ""
        self.settled = asyncio.Event()
        self.first_size = 0
        """Bytes of the first view."""

    @property
    def is_connected(self) -> bool:
        """Whether the connection has not ended."""
        return self._line is not None and self._line.ended is None

    def new_line(self) -> _Connection:
        """A line for the next try to connect."""
        self.settled.clear()
        self._line = _Connection(self)
        return self._line

    def say(self, payload: bytes) -> None:
        """Send a text frame."""
        if self._line is not None:
            self._line.say(payload)

    def leave(self) -> None:
        """End the connection."""
        if self._line is not None:
            self._line.hang_up()

    def why_not(self) -> str:
        """Why the last connection ended."""
        return self._fault or "it was not accepted"

    def greet(self, line: Line) -> None:
        """The connection is open."""
        line.say(orjson.dumps(self.hello()))

    def hello(self) -> dict[str, Any]:
        """The first frame."""
        return {"type": "hello", "protocol": PROTOCOL, "token": self._token}

    @abstractmethod
    def hear(self, payload: bytes, at: float) -> None:
        """A text frame arrived."""

    def closed(self, line: Line) -> None:
        """A connection has ended."""
        if line is self._line:
            self._fault = line.fault or f"closed with {line.ended}"
            self.settled.set()

    def _was_shown(self, size: int) -> None:
        if not self.settled.is_set():
            self.first_size = size
            self.settled.set()


class PreparedPress(NamedTuple):
    """A fresh press, and its whole frame: what can be done before the clock runs is."""

    press_id: str
    frame: bytes

    @classmethod
    def of(cls, ballot: str, choice: str) -> Self:
        """A vote in this ballot."""
        press_id = str(uuid.uuid4())
        said = {"type": "press", "press_id": press_id, "ballot": ballot, "choice": choice}
        return cls(press_id, client_frame(TEXT, orjson.dumps(said)))


class Voter(Place):
    """A place that presses, one press at a time."""

    def __init__(self, host: str, port: int, path: str, token: str) -> None:
        super().__init__(host, port, path, token)
        self._press_id = ""
        self.answered = 0.0
        """When the last press was answered, by the monotonic clock; 0 if it is not yet."""
        self.n = 0
        self.reason: str | None = None
        self.on_answer: Callable[[], None] | None = None

    @property
    def held_choice(self) -> str | None:
        """The choice that was last receipted, where receipts tell it."""
        return None

    def press(self, prepared: PreparedPress) -> None:
        """Press, and wait for the answer."""
        self._press_id = prepared.press_id
        self.answered, self.n, self.reason = 0.0, 0, None
        if self._line is not None:
            self._line.write(prepared.frame)

    def _answer(self, frame: dict[str, Any], at: float) -> None:
        if frame.get("press_id") != self._press_id or self.answered:
            return
        self.answered = at
        self.n = frame.get("n", 0)
        self.reason = frame.get("reason")
        if self.on_answer is not None:
            self.on_answer()


class Seat(Voter):
    """A seat of the hall."""

    def __init__(self, host: str, port: int, path: str, token: str) -> None:
        super().__init__(host, port, path, token)
        self._receipt: dict[str, Any] | None = None
        self._view = b""

    @property
    def held_choice(self) -> str | None:
        """The choice of the last receipt."""
        return None if self._receipt is None else str(self._receipt["choice"])

    def hello(self) -> dict[str, Any]:
        """The first frame, with the last receipt."""
        held = self._receipt
        if held is None:
            return super().hello()
        told = {name: held[name] for name in ("ballot", "press_id", "n", "proof")}
        return {**super().hello(), "receipt": told}

    def hear(self, payload: bytes, at: float) -> None:
        """Note an answer; of views only the last."""
        if payload.startswith(_VIEW):
            self._view = payload
            self._was_shown(len(payload))
        elif not payload.startswith(_BEAT):
            frame = orjson.loads(payload)
            if frame["type"] == "receipt":
                self._receipt = frame
            self._answer(frame, at)

    def holds_receipt(self) -> bool:
        """Whether the last view shows the vote that was last receipted (or none was)."""
        if self._receipt is None:
            return True
        ballot = orjson.loads(self._view)["view"]["ballot"]
        mine = None if ballot is None else ballot["mine"]
        return mine is not None and mine["n"] == self._receipt["n"]


class Bare(Voter):
    """A client of the bare server: no `hello`; a press comes back as it is, or as a receipt."""

    def greet(self, line: Line) -> None:
        """There is nothing to say."""
        self._was_shown(0)

    def hear(self, payload: bytes, at: float) -> None:
        """Note an answer."""
        self._answer(orjson.loads(payload), at)


class Screen(Place):
    """A display, chair or console, of the hall or of the bare server."""

    def __init__(self, host: str, port: int, path: str, token: str) -> None:
        super().__init__(host, port, path, token)
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.voted = 0
        self.shown: list[tuple[int, float]] = []
        self.views = 0
        self.last_size = 0

    def hear(self, payload: bytes, at: float) -> None:
        """Note how many votes a view shows, if it shows more than the one before."""
        if not payload.startswith(_VIEW):
            return
        self.views += 1
        self.last_size = len(payload)
        found = payload.find(_TURNOUT)
        if found >= 0:
            begin = found + len(_TURNOUT)
            voted = int(payload[begin : payload.index(b",", begin)])
            if voted > self.voted:
                self.voted = voted
                self.shown.append((voted, at))
        self._was_shown(len(payload))
