"""One seat's connection: the asyncio shell around `seat.step`, over the `websockets` library.

Rule: this file decides nothing about votes. It feeds the machine what the socket and the fingers
do, sends what the machine says, keeps one socket at a time, and comes back after a pause, at the
hall's next server if it has several, until the hall says stop. The pauses grow and are drawn at
random, so that a hall of seats does not come back all at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random, SystemRandom
from ssl import SSLCertVerificationError
from typing import assert_never
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from pydantic import ValidationError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from kiosk_client.asking import Answer
from kiosk_client.sealing import SeatKey
from kiosk_client.seat import due, step
from kiosk_client.seat_state import (
    Abandon,
    ClientFrame,
    Closed,
    Distrusted,
    Ended,
    Event,
    HandedOver,
    LanguageChosen,
    Live,
    Opened,
    Received,
    Register,
    Report,
    Seal,
    SealedUp,
    Seat,
    Send,
    SignalGiven,
    Tick,
    Touched,
    Unreadable,
)
from server.vocabulary import Language, Signal
from server.wire.messages import KIOSK_SERVER_FRAME

KIOSK_PATH = "/ws/v1/kiosk"

_LOG = logging.getLogger("hemicycle.seat")
_VIEW_LIMIT = 1_048_576
_ABNORMAL = 1006
"""No closing frame came (RFC 6455, 7.1.5)."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long to wait before another attempt, in seconds.

    Drawn between `least` and a cap that doubles with each attempt, from `first` up to `most`.
    """

    least: float = 0.05
    first: float = 0.5
    most: float = 5.0

    def draw(self, attempt: int, random: Random) -> float:
        """The pause before attempt number `attempt` (1 is the first after a live connection)."""
        cap = min(self.most, self.first * 2.0 ** min(attempt - 1, 16))
        return random.uniform(min(self.least, cap), cap)


def kiosk_address(url: str) -> str:
    """The address of the seats' socket, from the hall's address with or without a path.

    Raises `ValueError` where the scheme is not one of ws, wss, http, https, or no host is named.
    """
    parts = urlsplit(url)
    schemes = {"ws": "ws", "wss": "wss", "http": "ws", "https": "wss"}
    if parts.scheme not in schemes or not parts.hostname:
        raise ValueError(f"url: {url!r} is not a hall's address; give it as ws://HOST:PORT")
    path = parts.path.rstrip("/") or KIOSK_PATH
    return urlunsplit((schemes[parts.scheme], parts.netloc, path, "", ""))


def kiosk_addresses(urls: str) -> tuple[str, ...]:
    """The sockets of a hall's servers, from their addresses separated by commas, in this order.

    Raises `ValueError` where one of them is not an address.
    """
    return tuple(kiosk_address(url.strip()) for url in urls.split(","))


class SeatConnection:
    """A seat that is connected, or trying to be.

    `url` may name several servers of one hall, separated by commas: it begins at the first, and
    whenever a connection ends or fails it comes back at the next.

    `on_change` is called in the event loop with the new state after every event that changed it.
    `touch`, `signal` and `speak` belong to the same loop and return at once. `random` draws only
    the pauses. `key` is what seals secret votes, a fresh one by default.
    """

    def __init__(
        self,
        url: str,
        seat: Seat,
        on_change: Callable[[Seat], None],
        *,
        random: Random | None = None,
        pauses: Pauses = Pauses(),
        key: SeatKey | None = None,
    ) -> None:
        self._addresses = deque(kiosk_addresses(url))
        self._seat = seat
        self._on_change = on_change
        self._random = random or SystemRandom()
        self._pauses = pauses
        self._socket: ClientConnection | None = None
        self._outgoing: asyncio.Queue[ClientFrame] = asyncio.Queue()
        self._key = key or SeatKey()
        self._sealing: set[asyncio.Task[None]] = set()
        self._due = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def seat(self) -> Seat:
        """The state now."""
        return self._seat

    def now(self) -> float:
        """Seconds of the clock that the seat's events are timed with."""
        return asyncio.get_running_loop().time()

    def touch(self, choice: Answer) -> None:
        """A vote button was touched, or a paper with names is cast."""
        self._take(Touched(choice, str(uuid4()), self.now()))

    def signal(self, signal: Signal, *, on: bool) -> None:
        """Ask for assistance or a point of order, or withdraw it."""
        self._take(SignalGiven(signal, on, self.now()))

    def hand_over(self, delegate: str) -> None:
        """Say which delegate of the Member votes from now on."""
        self._take(HandedOver(delegate, self.now()))

    def speak(self, lang: Language) -> None:
        """Use another language, on this seat and in what the hall sends it."""
        self._take(LanguageChosen(lang, self.now()))

    async def run(self) -> Ended:
        """Keep the seat connected until the hall says stop; cancel it to leave."""
        attempt = 0
        async with asyncio.TaskGroup() as tasks:
            ticking = tasks.create_task(self._tick())
            try:
                while True:
                    was_live = await self._one_socket()
                    if isinstance(self._seat.link, Ended):
                        return self._seat.link
                    attempt = 1 if was_live else attempt + 1
                    self._addresses.rotate(-1)
                    await asyncio.sleep(self._pauses.draw(attempt, self._random))
            finally:
                ticking.cancel()
                if self._timer is not None:
                    self._timer.cancel()

    async def _one_socket(self) -> bool:
        """Serve one socket from opening to close; tell whether it ever was live."""
        try:
            socket = await connect(
                self._addresses[0],
                compression=None,
                proxy=None,  # a hall's network is local
                open_timeout=self._seat.patience.silence,
                close_timeout=1.0,
                ping_interval=None,  # the hall's beats say more: they pass through its event loop
                max_size=_VIEW_LIMIT,
            )
        except SSLCertVerificationError as refusal:
            _LOG.info("the hall's certificate is not trusted: %s", refusal.verify_message)
            self._take(Distrusted(self.now()))
            return False
        except (OSError, InvalidHandshake) as refusal:  # a timeout is an OSError
            _LOG.info("no connection to the hall: %s", refusal)
            # If it was distrusted before, that is true no longer.
            self._take(Closed(_ABNORMAL, self.now()))
            return False
        self._socket, self._outgoing = socket, asyncio.Queue()
        try:
            async with asyncio.TaskGroup() as tasks:
                writing = tasks.create_task(_write(socket, self._outgoing))
                self._take(Opened(self.now()))
                was_live = await self._read(socket)
                writing.cancel()
            return was_live
        finally:
            self._socket = None
            await socket.close()

    async def _read(self, socket: ClientConnection) -> bool:
        was_live = False
        with suppress(ConnectionClosed):  # the code that it carries is read below
            async for data in socket:
                self._take(_parsed(data, self.now()))
                was_live = was_live or isinstance(self._seat.link, Live)
        code = socket.close_code
        self._take(Closed(code if code is not None else _ABNORMAL, self.now()))
        return was_live

    async def _tick(self) -> None:
        while True:
            await self._due.wait()
            self._due.clear()
            self._take(Tick(self.now()))

    def _take(self, event: Event) -> None:
        before = self._seat
        self._seat, actions = step(before, event)
        for action in actions:
            match action:
                case Send(frame=frame):
                    self._outgoing.put_nowait(frame)
                case Abandon():
                    if self._socket is not None:
                        self._socket.transport.abort()
                case Report(detail=detail):
                    _LOG.warning("seat: %s", detail)
                case Register(hall=hall, member=member):
                    self._outgoing.put_nowait(self._key.registration(hall, member))
                case Seal():
                    task = asyncio.get_running_loop().create_task(self._seal(action))
                    self._sealing.add(task)
                    task.add_done_callback(self._sealing.discard)
                case _:
                    assert_never(action)
        self._set_timer()
        if self._seat is not before:
            self._on_change(self._seat)

    async def _seal(self, asked: Seal) -> None:
        """Seal in a thread, so that the connection goes on; what was chosen is then forgotten."""
        text = await asyncio.to_thread(self._key.seal, asked)
        self._take(SealedUp(asked.press_id, text, self.now()))

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        at = due(self._seat)
        loop = asyncio.get_running_loop()
        self._timer = loop.call_at(at, self._due.set) if at is not None else None


async def _write(socket: ClientConnection, outgoing: asyncio.Queue[ClientFrame]) -> None:
    with suppress(ConnectionClosed):  # the reader tells the seat
        while True:
            frame = await outgoing.get()
            await socket.send(frame.model_dump_json(exclude_none=True))


def _parsed(data: str | bytes, at: float) -> Received | Unreadable:
    if isinstance(data, bytes):
        return Unreadable("a binary frame came; the hall sends text", at)
    try:
        return Received(KIOSK_SERVER_FRAME.validate_json(data), at)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "frame"
        return Unreadable(f"{where}: {first['msg']}", at)
