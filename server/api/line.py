"""One connection of a seat or a screen: what it says is heard in order, what waits for it is sent.

Rule: whatever ends a line ends all of it, and one that takes nothing for five seconds is cut off.
A line works in one of two ways. Where the server offers `direct`, frames are written by whoever
puts them into the outbox and heard in the call that read them: no task wakes, and none is kept.
Elsewhere it speaks plain ASGI, with a task that hears and one that writes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from server.api.direct import DIRECT, Direct
from server.live.outbox import Outbox, drop, nobody
from server.wire.close_codes import CloseCode

CLOSE_SECONDS: Final = 2.0
"""How long the last frames of a closing connection may take."""

SEND_SECONDS: Final = 5.0
"""How long one frame may wait for a connection that takes nothing."""

Hear = Callable[[str | None], None]
"""What is done about a frame; None stands for a binary one."""


class Line(Protocol):
    """A connection that was accepted: what was said on it, and what waits to be sent."""

    outbox: Outbox

    def when_over(self, act: Callable[[], None]) -> None:
        """What to do, once, when the line has ended: nothing more is heard on it or sent."""
        ...

    def when_gone(self, act: Callable[[], None]) -> None:
        """What to do, once, when the peer has gone, too. One thing, told once."""
        ...

    def hold(self) -> None:
        """Keep what is put into the outbox until `let_go`, which sends it in one write."""
        ...

    def let_go(self) -> None:
        """Send what was kept, and go on as before."""
        ...

    async def listen(self, hear: Hear) -> None:
        """Hear each frame from now on. It may return while the line goes on by itself. May raise
        WebSocketDisconnect."""
        ...

    def pause(self) -> None:
        """Hear nothing until `go_on`; what is said meanwhile waits. Called by who hears."""
        ...

    def go_on(self, hear: Hear) -> None:
        """Hear what has waited and each frame from now on, by this."""
        ...

    async def finish(self) -> None:
        """Unless the line goes on by itself, send what waits in the outbox, then its close code
        if it has one."""
        ...


def line_of(socket: WebSocket) -> Line:
    """The line of a socket that was accepted."""
    direct: Direct | None = socket.scope.get("extensions", {}).get(DIRECT)
    return AsgiLine(socket) if direct is None else DirectLine(direct)


class DirectLine:
    """A line without tasks: the outbox is emptied by whoever fills it."""

    __slots__ = ("_at_end", "_direct", "_is_over", "_patience", "outbox")

    def __init__(self, direct: Direct) -> None:
        self._direct = direct
        self._at_end: tuple[Callable[[], None], ...] = ()
        self._is_over = False
        self._patience: asyncio.TimerHandle | None = None
        self.outbox = Outbox()
        self.let_go()
        direct.when_pressure_changes(self._send)

    def when_over(self, act: Callable[[], None]) -> None:
        """What to do, once, when the line has ended."""
        self._at_end = (*self._at_end, act)
        if self._is_over:
            self._end()

    def when_gone(self, act: Callable[[], None]) -> None:
        """What to do, once, when the peer has gone, too."""
        self._direct.when_gone(act)

    def hold(self) -> None:
        """Keep what is put into the outbox."""
        if not self._is_over:
            self.outbox.wake, self.outbox.pass_on = nobody, None

    def let_go(self) -> None:
        """Send what was kept."""
        if not self._is_over:
            self.outbox.wake, self.outbox.pass_on_both = self._send, self._direct.send
            self._send()

    async def listen(self, hear: Hear) -> None:
        """Hear each frame in the call that read it. Returns at once."""
        self._direct.attend(hear, self._end)

    def pause(self) -> None:
        """Hear nothing until `go_on`."""
        self._direct.pause()

    def go_on(self, hear: Hear) -> None:
        """Hear each frame by this."""
        if not self._is_over:
            self._direct.attend(hear, self._end)

    async def finish(self) -> None:
        """It goes on by itself."""

    def _send(self) -> None:
        if self.outbox.wake is nobody:
            return  # it is held, or over
        if not self._direct.is_clogged:
            if self._patience is not None:
                self._patience.cancel()
                self._patience = None
            if frames := self.outbox.take():
                self._direct.send(*frames)
        if self._direct.is_clogged:
            self.outbox.pass_on = None
            if self._patience is None:
                loop = asyncio.get_running_loop()
                self._patience = loop.call_later(SEND_SECONDS, self._cut_off)
        elif self.outbox.closing is not None:
            self._direct.close(self.outbox.closing)
            self._end()
        else:
            self.outbox.pass_on = self._direct.write

    def _cut_off(self) -> None:
        # It takes nothing, so no close code would arrive either.
        self.outbox.close(CloseCode.SLOW)
        self._direct.abort()

    def _end(self) -> None:
        self.outbox.wake = nobody
        self.outbox.pass_on = self.outbox.pass_on_both = drop
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        self._is_over = True
        # Not at once: whoever closes many lines must not lose them while going through them.
        at_end, self._at_end = self._at_end, ()
        for act in at_end:
            asyncio.get_running_loop().call_soon(act)


class AsgiLine:
    """A line on any ASGI server. Its writer is a task, and when that ends, so does the line."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._hear: Hear
        self._hears = asyncio.Event()
        """Cleared while it is paused."""
        self._waiting = asyncio.Event()
        self.outbox = Outbox()
        self.outbox.wake = self._waiting.set
        self._writer = asyncio.create_task(self._write())
        self._at_end: list[Callable[[], None]] = []
        self._is_over = False

    def when_over(self, act: Callable[[], None]) -> None:
        """What to do, once, when the line has ended."""
        if self._is_over:
            asyncio.get_running_loop().call_soon(act)
        else:
            self._at_end.append(act)

    def when_gone(self, act: Callable[[], None]) -> None:
        """What to do, once, when the peer has gone, too: the server below does not tell, so it is
        when the line ends."""
        self.when_over(act)

    def hold(self) -> None:
        """There is no need: the writer comes later."""

    def let_go(self) -> None:
        """There is no need."""

    def pause(self) -> None:
        """Hear nothing until `go_on`."""
        self._hears.clear()

    def go_on(self, hear: Hear) -> None:
        """Hear each frame by this."""
        self._hear = hear
        self._hears.set()

    async def listen(self, hear: Hear) -> None:
        """Hear frames until the peer or the writer ends. `hear` does not await, so the end of the
        writer interrupts nothing but the waiting."""
        self.go_on(hear)
        try:
            async with asyncio.timeout(None) as patience:

                def ended(_: asyncio.Task[None]) -> None:
                    with suppress(RuntimeError):  # the peer has ended it already
                        patience.reschedule(asyncio.get_running_loop().time())

                self._writer.add_done_callback(ended)
                try:
                    while self.outbox.closing is None:
                        await self._hears.wait()
                        self._hear(await self._receive())
                finally:
                    self._writer.remove_done_callback(ended)
        except TimeoutError:
            return

    async def finish(self) -> None:
        """Give the last frames two seconds."""
        if self.outbox.closing is None:
            self._writer.cancel()
        try:
            await asyncio.wait([self._writer], timeout=CLOSE_SECONDS)
        finally:
            self._writer.cancel()
            self._is_over = True
            for act in self._at_end:
                act()

    async def _receive(self) -> str | None:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            self._writer.cancel()
            raise WebSocketDisconnect(message.get("code", 1005))
        text: str | None = message.get("text")
        return text

    async def _write(self) -> None:
        outbox = self.outbox
        try:
            while True:
                self._waiting.clear()
                for frame in outbox.take():
                    async with asyncio.timeout(SEND_SECONDS):
                        await self._socket.send_text(frame.decode())
                if not self._waiting.is_set():
                    if outbox.closing is not None:
                        await self._socket.close(outbox.closing)
                        return
                    await self._waiting.wait()
        except TimeoutError:
            # It takes nothing, so no close code would arrive either: it is cut off.
            outbox.close(CloseCode.SLOW)
        except (WebSocketDisconnect, RuntimeError):
            # The other side is gone; the reader ends the conversation.
            return
