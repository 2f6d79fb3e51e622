"""The bare server: the library beneath the hall with nothing on it, for comparison.

Rule: uvicorn is set as `serve` sets it; the application does the least that the same traffic
asks for. `/echo` sends each frame back. A press on `/voter` goes to every `/screen` as one frame of
`--size` bytes, written once, then comes back as a receipt with its number. It ends when its
standard input does.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import socket
import sys
from collections.abc import Awaitable, Callable, Generator, MutableMapping
from typing import Any

import orjson
import uvicorn
import uvloop

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HELLO_VIEW = '{"type":"view","view":{}}'


class Bare:
    """The ASGI application."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._screens: dict[object, Send] = {}
        self._presses = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "websocket":
            raise ValueError("the bare server speaks WebSocket only")
        await receive()
        await send({"type": "websocket.accept"})
        me = object()
        if scope["path"] == "/screen":
            self._screens[me] = send
            await send({"type": "websocket.send", "text": HELLO_VIEW})
        try:
            while (message := await receive())["type"] == "websocket.receive":
                if scope["path"] == "/echo":
                    await send({"type": "websocket.send", "text": message["text"]})
                elif scope["path"] == "/voter":
                    await self._press(message["text"], send)
        finally:
            self._screens.pop(me, None)

    async def _press(self, press: str, send: Send) -> None:
        self._presses += 1
        number = self._presses
        frame: Message = {"type": "websocket.send", "text": self._view(number)}
        for screen in list(self._screens.values()):
            await screen(frame)
        receipt = {"type": "receipt", "press_id": orjson.loads(press)["press_id"], "n": number}
        await send({"type": "websocket.send", "text": orjson.dumps(receipt).decode()})

    def _view(self, voted: int) -> str:
        head = f'{{"type":"view","view":{{"turnout":{{"voted":{voted},"entitled":0}},"pad":"'
        return f'{head}{"x" * max(0, self._size - len(head) - 3)}"}}}}'


class _Server(uvicorn.Server):
    """uvicorn without its signal handling: the process ends with its input."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave signals alone."""
        yield


async def _main(size: int) -> None:
    loop = asyncio.get_running_loop()
    listening = socket.create_server(("127.0.0.1", 0), backlog=4096)
    server = _Server(
        uvicorn.Config(
            Bare(size),
            loop="none",
            http="httptools",
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
    )
    orders = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    print(f"ready http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    await orders.read()
    server.should_exit = True
    await serving


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=0)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_main(parser.parse_args().size))
