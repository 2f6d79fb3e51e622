"""A line whose peer takes nothing: what is said of old moments does not pile up in it."""

from __future__ import annotations

import asyncio
from typing import Any

from server.api.direct import DIRECT, Direct
from server.api.line import DirectLine
from server.api.picows_protocol import PicowsProtocol
from tests.waiting import until
from tests.websocket.peer import LIMIT, TEXT, Message, meeting


class Hall:
    """Accepts one connection and keeps its line."""

    def __init__(self) -> None:
        self.lines: list[tuple[Direct, DirectLine]] = []

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        direct = scope["extensions"][DIRECT]
        line, gone = DirectLine(direct), asyncio.Event()
        line.when_gone(gone.set)
        await line.listen(lambda _: None)
        self.lines.append((direct, line))
        await gone.wait()


async def test_who_has_not_taken_all_is_shown_the_latest_view_alone_and_every_reply() -> None:
    hall = Hall()
    async with meeting(PicowsProtocol, hall) as peer:
        await until(lambda: bool(hall.lines))
        ((direct, line),) = hall.lines
        taken = 0
        while not direct.is_clogged:
            line.outbox.show(b"x" * LIMIT)
            taken += 1
        for n in range(100):
            line.outbox.show(b"view %d" % n)
            line.outbox.beat(b"beat %d" % n)
        line.outbox.reply(b"receipt", b"beat")
        for _ in range(taken):
            assert await peer.hear() == (TEXT, b"x" * LIMIT)
        heard = [await peer.hear() for _ in range(3)]
        assert heard == [(TEXT, b"receipt"), (TEXT, b"view 99"), (TEXT, b"beat")]
        line.outbox.show(b"at once again")
        assert await peer.hear() == (TEXT, b"at once again")


async def test_what_is_held_goes_out_when_the_line_is_let_go() -> None:
    hall = Hall()
    async with meeting(PicowsProtocol, hall) as peer:
        await until(lambda: bool(hall.lines))
        ((_, line),) = hall.lines
        line.hold()
        line.outbox.show(b"an older view")
        line.outbox.show(b"view")
        line.outbox.reply(b"welcome")
        line.let_go()
        line.outbox.reply(b"at once")
        heard = [await peer.hear() for _ in range(3)]
        assert heard == [(TEXT, b"welcome"), (TEXT, b"view"), (TEXT, b"at once")]
