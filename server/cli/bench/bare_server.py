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

from server.api.direct import DIRECT, Direct
from server.api.picows_protocol import PicowsProtocol

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HELLO_VIEW = b'{"type":"view","view":{}}'


def view_of(voted: int, size: int) -> bytes:
    """A frame of `size` bytes that says how many have voted."""
    head = b'{"type":"view","view":{"turnout":{"voted":%d,"entitled":0},"pad":"' % voted
    return head + b"x" * max(0, size - len(head) - 3) + b'"}}'


class Bare:
    """The ASGI application."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._screens: set[Direct] = set()
        self._presses = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "websocket":
            raise ValueError("the bare server speaks WebSocket only")
        await receive()
        await send({"type": "websocket.accept"})
        direct: Direct = scope["extensions"][DIRECT]
        path = scope["path"]

        def hear(text: str | None) -> None:
            if text is not None and path == "/echo":
                direct.send(text.encode())
            elif text is not None and path == "/voter":
                self._press(text, direct)

        over = asyncio.Event()
        direct.attend(hear, over.set)
        if path == "/screen":
            self._screens.add(direct)
            direct.send(HELLO_VIEW)
        try:
            await over.wait()
        finally:
            self._screens.discard(direct)

    def _press(self, press: str, direct: Direct) -> None:
        self._presses += 1
        view = view_of(self._presses, self._size)
        for screen in self._screens:
            screen.send(view)
        receipt = {"type": "receipt", "press_id": orjson.loads(press)["press_id"]}
        direct.send(orjson.dumps(receipt | {"n": self._presses}))


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
            ws=PicowsProtocol,
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
