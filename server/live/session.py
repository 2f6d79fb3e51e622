"""One connection's conversation, without sockets: frames in, acts out.

Rule: the first frame is `hello`; a malformed frame is answered with an error that names the field
and the remedy, and repeated ones close the connection with a code that says stop. Nothing that a
client sends can raise out of here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from server.allowance import Allowance
from server.wire.close_codes import CloseCode
from server.wire.messages import (
    FRAME_LIMIT,
    ONE_VOTE,
    PROTOCOL,
    SCREEN_FRAME,
    SEAT_FRAME,
    Accredit,
    ErrorFrame,
    HandOverFrame,
    Hello,
    Press,
    SetLanguage,
    SignalFrame,
)

PATIENCE: Final = 5
"""How many malformed frames a connection may send before it is closed."""

RATE: Final = 10.0
"""Frames a second that a connection may send for long."""

BURST: Final = 40.0
"""Frames that it may send at once."""

FLOOD: Final = 100
"""How many presses in a row may come too fast before the connection is closed: over a thousand
a second is no hand, and each refusal costs the hall an answer."""


FORGIVEN: Final = 10
"""How many of them each frame within the rate makes up for."""


class Greet(NamedTuple):
    """A valid `hello` arrived."""

    hello: Hello


class Vote(NamedTuple):
    """A press to commit."""

    press: Press


class TooFast(NamedTuple):
    """A press beyond the connection's rate; answered `rate_limited`, not committed."""

    press: Press


@dataclass(frozen=True, slots=True)
class Register:
    """The seat names its public credential."""

    accredit: Accredit


@dataclass(frozen=True, slots=True)
class Raise:
    """A signal to raise or lower."""

    signal: SignalFrame


@dataclass(frozen=True, slots=True)
class PassOn:
    """Another delegate votes for the seat's Member."""

    hand_over: HandOverFrame


@dataclass(frozen=True, slots=True)
class Speak:
    """The connection wants another language."""

    lang: SetLanguage


@dataclass(frozen=True, slots=True)
class Object:
    """Answer with an error; then close if a code is given."""

    error: ErrorFrame
    close: CloseCode | None


Act = Greet | Vote | TooFast | Register | Raise | PassOn | Speak | Object


class Session:
    """What one connection has said so far. `kind` decides which frames it may send."""

    __slots__ = ("_allowance", "_faults", "_frames", "_greeted", "_too_fast")

    def __init__(self, kind: Literal["seat", "screen"], now: float) -> None:
        self._frames: TypeAdapter[Any] = SEAT_FRAME if kind == "seat" else SCREEN_FRAME
        self._greeted = False
        self._faults = 0
        self._allowance = Allowance(BURST, RATE, now)
        self._too_fast = 0

    def hear(self, data: str | bytes | None, now: float) -> Act:
        """What to do about one frame. `data` is None for a binary frame; `now` in seconds."""
        within_rate = self._within_rate(now)
        if data is None:
            return self._fault("not_text", "send JSON in text frames, not binary ones")
        try:
            # The limit is one of bytes, of which a letter has at most four.
            if len(data) > FRAME_LIMIT // 4 and len(_encoded(data)) > FRAME_LIMIT:
                return self._fault("too_large", f"a frame has at most {FRAME_LIMIT} bytes")
            frame = self._frames.validate_json(data)
        except ValidationError as invalid:
            return self._fault("malformed", explain(invalid))
        except (RecursionError, UnicodeError):
            return self._fault("malformed", "the frame is nested too deeply or not UTF-8")
        if isinstance(frame, Hello):
            return self._hello(frame)
        if not self._greeted:
            return self._stop("hello_first", "the first frame must be `hello`", CloseCode.PROTOCOL)
        match frame:
            case Press():
                return Vote(frame) if within_rate else self._press_too_fast(frame)
            case Accredit() | SignalFrame() | HandOverFrame() | SetLanguage() if not within_rate:
                return self._fault("rate_limited", "too many frames; send fewer")
            case Accredit():
                return Register(frame)
            case SignalFrame():
                return Raise(frame)
            case HandOverFrame():
                return PassOn(frame)
            case SetLanguage():
                return Speak(frame)
            case _:
                raise AssertionError(f"a frame of an unknown kind: {type(frame)}")

    def _hello(self, hello: Hello) -> Act:
        if self._greeted:
            return self._fault("hello_again", "`hello` is sent once a connection")
        if hello.protocol != PROTOCOL:
            detail = f"protocol {hello.protocol} is not spoken here; speak {PROTOCOL}"
            return self._stop("unsupported_protocol", detail, CloseCode.UNSUPPORTED)
        self._greeted = True
        return Greet(hello)

    def _press_too_fast(self, press: Press) -> Act:
        self._too_fast += 1
        if self._too_fast < FLOOD:
            return TooFast(press)
        return self._stop("rate_limited", "far too many presses", CloseCode.PROTOCOL)

    def _within_rate(self, now: float) -> bool:
        if not self._allowance.take(now):
            return False
        self._too_fast = max(0, self._too_fast - FORGIVEN)
        return True

    def _fault(self, code: str, detail: str) -> Object:
        self._faults += 1
        stop = CloseCode.PROTOCOL if self._faults >= PATIENCE else None
        return Object(ErrorFrame(code=code, detail=detail), stop)

    def _stop(self, code: str, detail: str, close: CloseCode) -> Object:
        return Object(ErrorFrame(code=code, detail=detail), close)


def _encoded(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


def explain(invalid: ValidationError) -> str:
    """The first thing that is wrong with a frame, by field, without echoing what was sent."""
    first: Mapping[str, Any] = invalid.errors(include_url=False, include_input=False)[0]
    if first["type"] == ONE_VOTE:
        return str(first["msg"])  # it names its fields itself
    field = ".".join(str(part) for part in first["loc"][1:] or first["loc"])
    return f"{field}: {first['msg']}" if field else str(first["msg"])
