"""What a WebSocket server must do (RFC 6455), asked of picows and of uvicorn's own alike."""

from __future__ import annotations

import asyncio
import struct
from typing import Any

from websockets.asyncio.client import connect

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
    Stack,
    both,
    meeting,
    serving,
)

# --- the handshake


@both
async def test_a_bad_handshake_is_refused(stack: Stack) -> None:
    async with serving(stack, Echo()) as place:
        for bad in ({"Sec_WebSocket_Version": "12"}, {"Sec_WebSocket_Key": "short"},
                    {"Sec_WebSocket_Key": ""}):  # fmt: skip
            _, head = await place.ask(**bad)
            assert head.startswith(b"HTTP/1.1 400 "), bad


@both
async def test_a_request_in_pieces_is_the_same_request(stack: Stack) -> None:
    async with serving(stack, Echo()) as place:
        _, whole = await place.ask()
        place.piece = 50
        _, pieces = await place.ask()
        assert whole.startswith(b"HTTP/1.1 101 ")
        assert sorted(whole.lower().split(b"\r\n")) == sorted(pieces.lower().split(b"\r\n"))


@both
async def test_headers_are_read_as_http_reads_them(stack: Stack) -> None:
    async with serving(stack, Echo()) as place:
        for good in ({"Upgrade": "WebSocket"}, {"Connection": "upgrade"},
                     {"Connection": "Upgrade ,keep-alive"}, {"X_Empty": " "}):  # fmt: skip
            _, head = await place.ask(**good)
            assert head.startswith(b"HTTP/1.1 101 "), good
        _, head = await place.ask(X_Bad="a\0b")
        assert head.startswith(b"HTTP/1.1 400 ")


@both
async def test_the_application_may_refuse(stack: Stack) -> None:
    async with serving(stack, Echo()) as place:
        for path, status in (("/refuse", b"403"), ("/silent", b"500")):
            _, head = await place.ask(path)
            assert head.split(b" ")[1] == status, path
        peer, head = await place.ask("/busy")
        assert head.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 1" in head.lower()
        assert await peer.reader.read() == b"come back"


@both
async def test_a_subprotocol_is_named_and_a_usual_client_is_served(stack: Stack) -> None:
    async with serving(stack, Echo()) as place:
        url = f"ws://127.0.0.1:{place.port}/a%20b?c=d"
        async with connect(url, subprotocols=["hall", "other"], proxy=None) as client:  # type: ignore[list-item]  # a NewType
            assert client.subprotocol == "hall"
            for text in ("", "é", "x" * 125, "x" * 126, "x" * LIMIT):
                await client.send(text)
                assert await client.recv() == text
            await client.ping()
        assert client.close_code == 1000


# --- messages


@both
async def test_a_message_in_fragments_with_a_ping_between_is_one_message(stack: Stack) -> None:
    async with meeting(stack) as peer:
        peer.send(TEXT, "é".encode()[:1], fin=False)
        peer.send(PING, b"are you there")
        peer.send(CONTINUATION, b"", fin=False)
        assert await peer.hear() == (PONG, b"are you there")
        peer.send(CONTINUATION, "é".encode()[1:])
        assert await peer.hear() == (TEXT, "é".encode())
        peer.send(BINARY, b"\xff", fin=False)
        peer.send(CONTINUATION, b"\x00")
        assert await peer.hear() == (BINARY, b"\xff\x00")


@both
async def test_bytes_that_come_one_by_one_are_the_same_message(stack: Stack) -> None:
    async with meeting(stack) as peer:
        for byte in peer.frame(TEXT, b"x" * 130):
            peer.writer.write(bytes([byte]))
            await asyncio.sleep(0)
        assert await peer.hear() == (TEXT, b"x" * 130)


FAULTS: list[tuple[list[tuple[int, bytes, dict[str, Any]]], int]] = [
    ([(CONTINUATION, b"x", {})], 1002),
    ([(TEXT, b"x", {"fin": False}), (TEXT, b"y", {})], 1002),
    ([(TEXT, b"x", {"mask": False})], 1002),
    ([(TEXT, b"x", {"bits": 4})], 1002),
    ([(PING, b"x", {"bits": 1})], 1002),
    ([(3, b"x", {})], 1002),
    ([(PING, b"x", {"fin": False})], 1002),
    ([(PING, b"x" * 126, {})], 1002),
    ([(CLOSE, b"x", {})], 1002),
    ([(CLOSE, struct.pack("!H", 999), {})], 1002),
    ([(CLOSE, struct.pack("!H", 1000) + b"\xff", {})], 1007),
    ([(TEXT, b"\xc3", {})], 1007),
    ([(TEXT, b"x", {"fin": False}), (CONTINUATION, b"\xff", {})], 1007),
    ([(TEXT, b"x" * (LIMIT + 1), {})], 1009),
    ([(TEXT, b"x" * LIMIT, {"fin": False}), (CONTINUATION, b"x", {})], 1009),
]


@both
async def test_a_fault_ends_its_own_connection_with_its_code(stack: Stack) -> None:
    app = Echo()
    async with serving(stack, app) as place:
        other, _ = await place.ask()
        for frames, code in FAULTS:
            peer, _ = await place.ask()
            for opcode, payload, named in frames:
                peer.send(opcode, payload, **named)
            assert await peer.closing_code() == code, frames
        other.send(TEXT, b"still here")
        assert await other.hear() == (TEXT, b"still here")
    assert len(app.ends) == len(FAULTS) + 1


# --- the end


@both
async def test_a_close_is_answered_and_told_to_the_application(stack: Stack) -> None:
    app = Echo()
    async with meeting(stack, app) as peer:
        peer.send(CLOSE, struct.pack("!H", 4009) + b"bye")
        assert await peer.closing_code() == 4009
    assert app.ends == [4009]


@both
async def test_an_empty_close_is_answered(stack: Stack) -> None:
    app = Echo()
    async with meeting(stack, app) as peer:
        peer.send(CLOSE)
        assert await peer.closing_code() in (0, 1000)
    assert app.ends in ([1000], [1005])


@both
async def test_the_application_closes_and_the_peer_agrees(stack: Stack) -> None:
    app = Echo()
    async with meeting(stack, app) as peer:
        peer.send(TEXT, b"quit")
        opcode, payload = await peer.hear()
        assert (opcode, payload) == (CLOSE, struct.pack("!H", 4001) + b"as you wish")
        peer.send(CLOSE, payload[:2])
        assert await asyncio.wait_for(peer.reader.read(), 5) == b""
    assert app.ends[0] == 4001


@both
async def test_a_peer_that_vanishes_is_told_to_the_application(stack: Stack) -> None:
    app = Echo()
    async with meeting(stack, app) as peer:
        peer.writer.transport.abort()
        await until(lambda: bool(app.ends))
    assert app.ends[0] in (1005, 1006)


@both
async def test_a_fault_of_the_application_ends_its_connection(stack: Stack) -> None:
    async with meeting(stack) as peer:
        peer.send(TEXT, b"fail")
        assert await asyncio.wait_for(peer.reader.read(), 5) in (
            b"",
            peer.frame(CLOSE, b"\x03\xf3", mask=False),
        )


@both
async def test_a_server_that_stops_says_so(stack: Stack) -> None:
    async with serving(stack, Echo()) as place:
        peer, _ = await place.ask()
        peer.send(TEXT, b"x")
        await peer.hear()
        place.stop()
        assert await peer.closing_code() == 1012


@both
async def test_a_peer_that_answers_pings_stays_and_one_that_does_not_goes(stack: Stack) -> None:
    async with serving(stack, Echo(), ws_ping_interval=0.1, ws_ping_timeout=0.2) as place:
        living, _ = await place.ask()
        dead, _ = await place.ask()
        for _ in range(5):
            opcode, payload = await living.hear()
            assert opcode == PING
            living.send(PONG, payload)
        assert (await dead.hear())[0] == PING
        assert await dead.closing_code() == 1011
