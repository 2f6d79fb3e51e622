"""Peers that send too much or take too little, and frames that reach the application directly."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import struct
import weakref
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from server.api.picows_protocol import LOOSE_BURST, MOST_WAITING, PicowsProtocol
from tests.waiting import until
from tests.websocket.peer import (
    BINARY,
    CLOSE,
    CONTINUATION,
    LIMIT,
    PING,
    PONG,
    TEXT,
    Echo,
    Flood,
    Message,
    Peer,
    Stack,
    both,
    meeting,
    serving,
)

# --- too much


async def _gone(peer: Peer) -> None:
    """Read until the connection is cut."""
    async with asyncio.timeout(5):
        with contextlib.suppress(ConnectionError):
            while await peer.reader.read(65536):
                pass


@pytest.mark.parametrize(
    "loose",
    [(PING, b"p"), (PONG, b"p"), (CONTINUATION, b"c")],
    ids=["pings", "pongs", "fragments"],
)
async def test_frames_without_a_message_are_limited(loose: tuple[int, bytes]) -> None:
    """Stock uvicorn has no such limit; `docs/reliability.md` says so."""
    async with serving(PicowsProtocol, Echo()) as place:
        peer, _ = await place.ask()
        if loose[0] == CONTINUATION:
            peer.send(TEXT, b"begun", fin=False)
        for _ in range(20):
            peer.send(*loose, fin=loose[0] != CONTINUATION)
        if loose[0] == CONTINUATION:
            peer.send(CONTINUATION, b"", fin=True)
        peer.send(TEXT, b"still here")
        while (await peer.hear())[1] != b"still here":
            pass
        for _ in range(2 * int(LOOSE_BURST)):  # however slow the machine, more than are allowed
            peer.send(*loose, fin=loose[0] != CONTINUATION)
        await _gone(peer)


async def test_who_takes_no_answers_gets_none() -> None:
    """Pongs must not pile up for a peer that pings and reads nothing."""
    flood = Flood()
    async with serving(PicowsProtocol, flood) as place:
        peer, _ = await place.ask()
        peer.send(TEXT, b"first")
        async with asyncio.timeout(5):
            while flood.direct is None or not flood.direct.is_clogged:
                await asyncio.sleep(0.01)
                if flood.direct is not None:
                    flood.direct.send(b"x" * 100_000)
        waiting = flood.direct._transport.get_write_buffer_size  # no other way to see
        before = -1
        while before != waiting():  # until the kernel's buffers are full
            before = waiting()
            await asyncio.sleep(0.1)
        for _ in range(50):
            peer.send(PING, b"p" * 100)
        peer.send(TEXT, b"last")
        await until(lambda: flood.heard[-1:] == ["last"])
        assert waiting() == before
        peer.writer.close()


# --- back-pressure


@both
async def test_who_does_not_read_holds_the_application_up(stack: Stack) -> None:
    sent = 0

    async def app(_: Message, receive: Any, send: Any) -> None:
        nonlocal sent
        await receive()
        await send({"type": "websocket.accept"})
        while sent < 20_000:
            await send({"type": "websocket.send", "text": "x" * LIMIT})
            sent += 1

    async with meeting(stack, app) as peer:
        before = -1
        while before != sent:  # until the kernel's buffers are full
            before = sent
            await asyncio.sleep(0.1)
        assert 0 < sent < 20_000
        peer.writer.transport.abort()


# --- direct


async def direct(act: Callable[[Flood, Peer], Awaitable[None]]) -> Flood:
    app = Flood()
    async with meeting(PicowsProtocol, app) as peer:
        peer.send(TEXT, b"first")
        peer.send(TEXT, b"second")
        await until(lambda: app.direct is not None)
        await act(app, peer)
        async with asyncio.timeout(5):
            await app.over.wait()
    return app


async def test_frames_are_heard_in_order_and_sent_at_once() -> None:
    async def act(app: Flood, peer: Peer) -> None:
        peer.send(BINARY, b"\x00")
        peer.send(TEXT, b"third")
        peer.send(PING, b"")
        assert (await peer.hear())[0] == PONG
        app.direct.send("à toi".encode())
        app.direct.write(TEXT, b"to you")
        assert await peer.hear() == (TEXT, "à toi".encode())
        assert await peer.hear() == (TEXT, b"to you")
        app.direct.close(4000)
        app.direct.send(b"too late")
        app.direct.write(TEXT, b"too late")
        assert (await peer.hear()) == (CLOSE, struct.pack("!H", 4000))
        peer.send(TEXT, b"too late")
        peer.send(CLOSE, struct.pack("!H", 4000))

    app = await direct(act)
    assert app.heard == ["second", None, "third"]


async def test_who_is_paused_hears_nothing_until_it_is_attended_again() -> None:
    async def act(app: Flood, peer: Peer) -> None:
        assert app.direct is not None
        app.direct.pause()
        for text in (b"third", b"fourth", b"fifth"):
            peer.send(TEXT, text)
        await asyncio.sleep(0.1)
        assert app.heard == ["second"]
        heard: list[str | None] = []

        def hear_one(text: str | None) -> None:
            heard.append(text)
            app.direct.pause()

        app.direct.attend(hear_one, app.over.set)
        assert heard in ([], ["third"])  # what was read before it was paused is heard at once
        await until(lambda: heard)
        await asyncio.sleep(0.05)
        assert heard == ["third"]
        app.direct.attend(heard.append, app.over.set)
        await until(lambda: len(heard) == 3)
        assert heard == ["third", "fourth", "fifth"]
        peer.writer.transport.abort()

    await direct(act)


async def test_what_waits_for_who_has_paused_has_an_end() -> None:
    async def act(app: Flood, peer: Peer) -> None:
        assert app.direct is not None
        heard: list[str | None] = []

        def hear_one(text: str | None) -> None:
            heard.append(text)
            app.direct.pause()

        app.direct.pause()
        app.direct.attend(hear_one, app.over.set)
        # In one read with what makes it pause: what comes later is not even read.
        peer.writer.write(peer.frame(TEXT, b"") * (3 * MOST_WAITING))
        await until(lambda: app.direct._is_closing)
        assert app.direct._inbox.qsize() <= MOST_WAITING + 1  # and that it has ended
        await _gone(peer)
        assert heard == [""]

    await direct(act)


async def test_several_frames_in_one_write_arrive_in_order() -> None:
    sizes = (0, 1, 125, 126, 127, 65_535, 65_536, 70_000)
    frames = [bytes([65 + n]) * size for n, size in enumerate(sizes)]

    async def act(app: Flood, peer: Peer) -> None:
        app.direct.send(b"before")
        app.direct.send(*frames)
        app.direct.send(b"after")
        for frame in (b"before", *frames, b"after"):
            assert await peer.hear() == (TEXT, frame)
        app.direct.close(4000)
        app.direct.send(b"too", b"late")
        assert (await peer.hear()) == (CLOSE, struct.pack("!H", 4000))
        peer.send(CLOSE, struct.pack("!H", 4000))

    await direct(act)


async def test_what_is_sent_after_the_end_goes_nowhere() -> None:
    async def act(app: Flood, _: Peer) -> None:
        app.direct.abort()
        app.direct.send(b"too late")
        app.direct.send(b"too", b"late")
        app.direct.write(TEXT, b"too late")

    app = await direct(act)
    app.direct.write(TEXT, b"far too late")


async def test_who_is_gone_leaves_nothing_for_a_sweep() -> None:
    """In a ballot nothing is swept: who comes and goes must not fill the memory."""

    async def act(app: Flood, peer: Peer) -> None:
        peer.send(CLOSE, struct.pack("!H", 1000))
        await _gone(peer)

    gc.collect()
    gc.disable()
    try:
        app = await direct(act)
        over = weakref.ref(app.direct)
        app.direct = None
        await until(lambda: over() is None)
    finally:
        gc.enable()


async def test_a_fault_while_hearing_ends_the_connection() -> None:
    async def act(_: Flood, peer: Peer) -> None:
        peer.send(TEXT, b"fail")
        assert await peer.closing_code() == 1011

    await direct(act)


async def test_a_clogged_peer_is_told_of_and_again_when_it_has_taken_everything() -> None:
    async def act(app: Flood, peer: Peer) -> None:
        sent = 0
        while not app.direct.is_clogged:
            app.direct.send(b"x" * LIMIT)
            sent += 1
        assert app.pressures == 1
        for _ in range(sent):
            assert await peer.hear() == (TEXT, b"x" * LIMIT)
        await until(lambda: not app.direct.is_clogged)
        assert app.pressures == 2
        app.direct.abort()

    await direct(act)
