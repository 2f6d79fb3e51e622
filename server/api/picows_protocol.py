"""WebSockets for uvicorn with frames read and written by picows.

Rule: to the application it is an ASGI server like any other, and offers `direct` besides. The
handshake is `upgrade`'s; masks, lengths and control frames are picows's; what picows leaves to its
user is done here: fragments, reserved bits, UTF-8, the two closes, pings and back-pressure
(RFC 6455). A peer's fault ends its own connection only, and what a peer may have for nothing
(pings, pongs, fragments) is limited: reading and answering them would stop the hall.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, cast

from picows import (
    WSFrame,
    WSListener,
    WSMsgType,
    WSTransport,
)
from uvicorn.config import Config
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.server import ServerState

from server.allowance import Allowance
from server.api import rfc6455
from server.api.direct import DIRECT
from server.api.picows_handshake import QuietTransport, picows_for, repeat_handshake
from server.api.upgrade import Message, Upgrade, as_text

log = logging.getLogger("hemicycle.websocket")

CLOSE_SECONDS: Final = 10.0
"""How long a peer may take to answer a close."""

FAULT_SECONDS: Final = 0.05
"""How long a peer that broke the protocol has to read why; then the connection is cut."""

MOST_WAITING: Final = 100
"""Messages that may wait for who has paused. One read may hold hundreds of thousands."""

LOOSE_RATE: Final = 10.0
LOOSE_BURST: Final = 100.0
"""Frames without a message of their own (pings, pongs, fragments) that a peer may send a second
for long, and at once. A frame of the largest size in pieces of two kilobytes fits."""

_TEXT: Final = WSMsgType.TEXT
_WHOLE: Final = frozenset({WSMsgType.TEXT, WSMsgType.BINARY, WSMsgType.CLOSE})
"""What is a message, or the end of all messages, when it comes in one frame."""


class PicowsProtocol(WSListener, asyncio.Protocol):
    """One connection: uvicorn's protocol until the application accepts, picows's listener then."""

    __slots__ = (
        *("_app_state", "_config", "_loop", "_state", "_transport", "_upgrade", "_picows"),
        *("_inbox", "_writable", "_parts", "_parts_are_text", "_is_closing", "_is_over"),
        *("_timer", "_pinged", "_loose", "_hear", "_pressure", "_ended", "_gone"),
        *("is_clogged", "write"),
    )

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._config = config
        self._app_state = app_state
        self._loop = _loop or asyncio.get_running_loop()
        self._state = server_state
        self._transport: asyncio.Transport
        self._upgrade: Upgrade | None = None
        self._picows: WSTransport | None = None
        self._inbox: asyncio.Queue[Message] | None = asyncio.Queue()
        self._writable: asyncio.Event | None = None
        self.is_clogged = False
        """Whether the peer has not taken all that was sent."""
        self.write: Callable[[int, bytes], object]
        """Set with the handshake; picows itself sends nothing more after the end."""
        self._parts: bytearray | None = None
        self._parts_are_text = False
        self._is_closing = False
        self._is_over = False
        self._timer: asyncio.TimerHandle | None = None
        self._pinged: bytes | None = None
        self._loose = Allowance(LOOSE_BURST, LOOSE_RATE, self._loop.time())
        self._hear: Callable[[str | None], None] | None = None
        self._pressure: Callable[[], None] | None = None
        self._ended: Callable[[], None] | None = None
        self._gone: Callable[[], None] | None = None

    # --- until the application accepts: a protocol of uvicorn

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Uvicorn's HTTP protocol hands its transport over."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by inheritance
        self._state.connections.add(self)  # type: ignore[arg-type]  # a closed union of its own

    def data_received(self, data: bytes) -> None:
        """The request, whole. Nothing more is read until the application has accepted."""
        self._transport.pause_reading()
        upgrade = Upgrade.read(data)
        if isinstance(upgrade, bytes):
            self._transport.write(upgrade)
            self._transport.close()
            return
        self._upgrade = upgrade
        self._put({"type": "websocket.connect"})
        scope = upgrade.scope(self._config, self._transport, self._app_state, {DIRECT: self})
        task = self._loop.create_task(self._run(scope))
        task.add_done_callback(self._state.tasks.discard)
        self._state.tasks.add(task)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection ended before the application accepted."""
        self._end(rfc6455.ABNORMAL, "")

    def shutdown(self) -> None:
        """The server stops (called by uvicorn)."""
        if self._upgrade is not None:
            self._refuse(self._upgrade.rejection(HTTPStatus.INTERNAL_SERVER_ERROR))
        elif self._picows is not None:
            self._send_close(rfc6455.SERVICE_RESTART, "")
            if self.is_clogged:
                self.abort()  # it would not be told, and the others would wait for it
            else:
                self._picows.disconnect()

    def _refuse(self, answer: bytes) -> None:
        self._upgrade = None
        self._transport.write(answer)
        self._transport.close()

    # --- ASGI

    async def _run(self, scope: Message) -> None:
        try:
            await self._config.loaded_app(scope, self._receive, self._send)
        except ClientDisconnected:
            return
        except Exception:
            log.exception("the application failed")
        finally:
            if self._upgrade is not None:
                self._refuse(self._upgrade.rejection(HTTPStatus.INTERNAL_SERVER_ERROR))
            elif self._picows is not None and not self._is_closing and self._ended is None:
                self._picows.disconnect()

    async def _receive(self) -> Message:
        assert self._inbox is not None, "frames are heard directly"  # noqa: S101  # a misuse
        message = await self._inbox.get()
        if self._inbox.empty() and self._picows is not None:
            self._transport.resume_reading()
        return message

    async def _send(self, message: Message) -> None:
        if self._writable is not None:
            await self._writable.wait()
        if self._is_over:
            raise ClientDisconnected
        kind = message["type"]
        if self._upgrade is not None:
            self._answer(self._upgrade, message)
        elif self._picows is None or self._is_closing:
            raise RuntimeError(f"{kind} is not possible after the close")
        elif kind == "websocket.send":
            data, text = message.get("bytes"), message.get("text")
            binary = data is not None
            self._picows.send(WSMsgType.BINARY if binary else WSMsgType.TEXT, data or text)
        elif kind == "websocket.close":
            self.close(message.get("code", 1000), message.get("reason") or "")
        else:
            raise RuntimeError(f"{kind} is not possible after the handshake")

    def _answer(self, upgrade: Upgrade, message: Message) -> None:
        if message["type"] == "websocket.accept" and not upgrade.is_being_refused:
            self._accept(upgrade, message)
        elif (refusal := upgrade.refused(message)) is not None:
            self._put({"type": "websocket.disconnect", "code": rfc6455.ABNORMAL})
            self._refuse(refusal)

    def _accept(self, upgrade: Upgrade, message: Message) -> None:
        headers = as_text([*self._state.default_headers, *message.get("headers", ())])
        if message.get("subprotocol"):
            headers.append(("Sec-WebSocket-Protocol", message["subprotocol"]))
        self._upgrade = None
        protocol = picows_for(self, headers, self._config.ws_max_size)
        # What is not taken at once is told of, so that views wait where newer ones replace them.
        # Not 0, which TLS takes for "even if nothing waits".
        self._transport.set_write_buffer_limits(high=1, low=0)
        self._transport.set_protocol(protocol)
        protocol.connection_made(QuietTransport(self._transport))
        repeat_handshake(protocol, upgrade.key)
        self._transport.resume_reading()

    def _put(self, message: Message) -> None:
        if self._inbox is not None:
            self._inbox.put_nowait(message)

    # --- direct

    def when_pressure_changes(self, act: Callable[[], None]) -> None:
        """What to do whenever the peer does not take all, and when it has taken everything."""
        self._pressure = act

    def when_gone(self, act: Callable[[], None]) -> None:
        """What to do once the connection is over at both ends."""
        if self._is_over:
            act()
        else:
            self._gone = act

    def attend(self, hear: Callable[[str | None], None], ended: Callable[[], None]) -> None:
        """From now on hear frames as they are read."""
        inbox = self._inbox
        assert inbox is not None  # noqa: S101  # attended once, and once after each pause
        self._hear, self._ended = hear, ended
        while self._hear is not None and not inbox.empty():  # hearing may pause it
            message = inbox.get_nowait()
            if message["type"] == "websocket.receive":
                self._deliver(message.get("text"), None)
        if self._is_over:
            self._inbox = self._hear = self._ended = None
            ended()
        elif self._hear is not None:
            self._inbox = None
            if not self._transport.is_closing():
                self._transport.resume_reading()

    def pause(self) -> None:
        """Hear nothing more until `attend` is called again."""
        self._hear = None
        if self._inbox is None:
            self._inbox = asyncio.Queue()
        self._transport.pause_reading()

    def send(self, *frames: bytes) -> None:
        """Send text frames; several of them in one write."""
        if self._picows is None or self._is_closing:
            return
        if len(frames) == 1:
            self._picows.send(_TEXT, frames[0])
        else:
            self._transport.write(b"".join([rfc6455.text_head(each) + each for each in frames]))

    def close(self, code: int, reason: str = "") -> None:
        """Send a close; the peer has a while to answer it."""
        if self._picows is None or self._is_closing:
            return
        self._send_close(code, reason)
        if self._ended is not None:
            self._inbox = None  # nobody will hear what has waited
        self._put({"type": "websocket.disconnect", "code": code, "reason": reason})
        self._transport.resume_reading()
        self._timer = self._loop.call_later(CLOSE_SECONDS, self.abort)

    def abort(self) -> None:
        """End the connection now."""
        self._transport.abort()

    # --- once the application has accepted: a listener of picows

    def on_ws_connected(self, transport: WSTransport) -> None:
        """The handshake is done."""
        self._picows = transport
        self.write = transport.send  # type: ignore[assignment]  # a number will do
        # Those who came in at once are not all to be asked at once.
        self._ping_later(random.random())  # noqa: S311  # it is no secret

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        """The connection ended."""
        told = transport.close_handshake
        told_by = None if told is None else (told.recv or told.sent)
        self._end(rfc6455.code_of(told_by), getattr(told_by, "reason", None) or "")

    def pause_writing(self) -> None:
        """The peer does not take what is sent."""
        self._writable = asyncio.Event()
        self.is_clogged = True
        if self._pressure is not None:
            self._pressure()

    def resume_writing(self) -> None:
        """The peer has taken everything."""
        if self._writable is not None:
            self._writable.set()
            self._writable = None
            self.is_clogged = False
        if self._pressure is not None:
            self._pressure()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """A frame was read."""
        if frame.rsv1 or frame.rsv2 or frame.rsv3:
            self._fail(rfc6455.PROTOCOL_ERROR, "a reserved bit is set")
            return
        kind, is_whole = frame.msg_type, frame.fin
        if kind is _TEXT and is_whole and self._parts is None:
            self._hear_text(frame.get_payload_as_bytes())  # what nearly all frames are
            return
        is_loose = not (is_whole and kind in _WHOLE)
        if is_loose and not self._loose.take(self._loop.time()):
            # Not even a close: this peer is read no longer.
            self.abort()
            return
        match kind:
            case WSMsgType.TEXT | WSMsgType.BINARY if self._parts is not None:
                self._fail(rfc6455.PROTOCOL_ERROR, "a message within a message")
            case WSMsgType.BINARY if is_whole:
                self._deliver(None, frame.get_payload_as_bytes())
            case WSMsgType.TEXT | WSMsgType.BINARY:
                self._parts_are_text = kind is _TEXT
                self._parts = bytearray(frame.get_payload_as_memoryview())
            case WSMsgType.CONTINUATION:
                self._continue(frame)
            case WSMsgType.PING if self.is_clogged:
                pass  # a later one may be answered for all (section 5.5.3)
            case WSMsgType.PING:
                transport.send_pong(frame.get_payload_as_bytes())
            case WSMsgType.PONG:
                if frame.get_payload_as_bytes() == self._pinged:
                    self._pinged = None
            case WSMsgType.CLOSE:
                self._hear_close(transport)

    def _continue(self, frame: WSFrame) -> None:
        if self._parts is None:
            self._fail(rfc6455.PROTOCOL_ERROR, "nothing to continue")
            return
        self._parts += frame.get_payload_as_memoryview()
        if len(self._parts) > self._config.ws_max_size:
            self._fail(rfc6455.MESSAGE_TOO_BIG, "")
        elif frame.fin:
            whole, self._parts = bytes(self._parts), None
            if self._parts_are_text:
                self._hear_text(whole)
            else:
                self._deliver(None, whole)

    def _hear_text(self, payload: bytes) -> None:
        try:
            text = payload.decode()
        except UnicodeDecodeError:
            self._fail(rfc6455.INVALID_TEXT, "not UTF-8")
            return
        self._deliver(text, None)

    def _deliver(self, text: str | None, data: bytes | None) -> None:
        if self._is_closing:
            return  # the application has said its last word
        if self._hear is None:
            self._keep(text, data)
            return
        try:
            self._hear(text)
        except Exception:
            log.exception("the application failed at a frame")
            self._fail(rfc6455.INTERNAL_ERROR, "")

    def _keep(self, text: str | None, data: bytes | None) -> None:
        """Nobody hears it now."""
        inbox = self._inbox
        if self._ended is not None and inbox is not None and inbox.qsize() >= MOST_WAITING:
            self._is_closing = True  # the rest of what was read is dropped
            self.abort()
            return
        said = {"bytes": data} if text is None else {"text": text}
        self._put({"type": "websocket.receive", **said})
        self._transport.pause_reading()

    def _hear_close(self, transport: WSTransport) -> None:
        told = transport.close_handshake.recv
        assert told is not None  # noqa: S101  # picows has just read it
        if not self._is_closing:
            # picows cannot send a close without a code, with which an empty one is answered.
            code = rfc6455.code_of(told)
            self._send_close(rfc6455.NORMAL if code == rfc6455.NO_CODE else code, "")
        transport.disconnect()

    def _fail(self, code: int, reason: str) -> None:
        self._parts = None
        if not self._is_closing and self._picows is not None:
            self._send_close(code, reason)
            self._loop.call_later(FAULT_SECONDS, self._picows.disconnect)
            self._timer = self._loop.call_later(CLOSE_SECONDS, self.abort)

    def _send_close(self, code: int, reason: str) -> None:
        assert self._picows is not None  # noqa: S101  # callers have looked
        self._is_closing = True
        self._forget_timer()
        self._picows.send_close(code, reason.encode())  # type: ignore[arg-type]  # a number will do

    def _end(self, code: int, reason: str) -> None:
        self._is_over = self._is_closing = True
        self._forget_timer()
        self._state.connections.discard(self)
        if self._writable is not None:
            self._writable.set()  # nobody else would wake who waits to write
        self._put({"type": "websocket.disconnect", "code": code, "reason": reason})
        ended, self._ended = self._ended, None
        self._hear = self._pressure = self._picows = None
        if ended is not None:
            ended()
        gone, self._gone = self._gone, None
        if gone is not None:
            gone()

    # --- pings: a peer whose machine answers but whose program does not is found out

    def _ping_later(self, part: float = 1.0) -> None:
        if self._config.ws_ping_interval:
            seconds = self._config.ws_ping_interval * part
            self._timer = self._loop.call_later(seconds, self._ping)

    def _ping(self) -> None:
        assert self._picows is not None  # noqa: S101  # the timer ends with the connection
        self._pinged = random.randbytes(4)  # noqa: S311  # it tells pongs apart, no more
        self._picows.send_ping(self._pinged)
        patience = self._config.ws_ping_timeout
        if patience:
            self._timer = self._loop.call_later(patience, self._look_for_pong)
        else:
            self._ping_later()

    def _look_for_pong(self) -> None:
        if self._pinged is None:
            self._ping_later()
        else:
            self._fail(rfc6455.INTERNAL_ERROR, "no pong came")

    def _forget_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
