"""The same sockets over TLS, where reading, writing and back-pressure go another way."""

from __future__ import annotations

import asyncio
import ssl
import struct
from pathlib import Path

import pytest

from server.api.picows_protocol import PicowsProtocol
from server.cli.bench.certificate import write_certificate
from tests.waiting import until
from tests.websocket.peer import (
    CLOSE,
    CONTINUATION,
    LIMIT,
    PING,
    PONG,
    TEXT,
    Echo,
    Flood,
    Stack,
    both,
    meeting,
    serving,
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_certificate(tmp_path_factory.mktemp("tls") / "hall.pem")


@both
async def test_a_conversation(stack: Stack, certificate: Path) -> None:
    async with meeting(stack, certificate=certificate) as peer:
        for said in (b"", b"short", b"x" * LIMIT):
            peer.send(TEXT, said)
            assert await peer.hear() == (TEXT, said)
        peer.send(TEXT, b"in ", fin=False)
        peer.send(PING, b"now")
        peer.send(CONTINUATION, b"parts")
        assert await peer.hear() == (PONG, b"now")
        assert await peer.hear() == (TEXT, b"in parts")
        peer.send(CLOSE, struct.pack("!H", 1000))
        assert await peer.closing_code() == 1000


@both
async def test_a_request_in_pieces_is_heard(stack: Stack, certificate: Path) -> None:
    async with serving(stack, Echo(), certificate) as place:
        place.piece = 40
        peer, head = await place.ask()
        assert head.startswith(b"HTTP/1.1 101 ")
        peer.send(TEXT, b"here")
        assert await peer.hear() == (TEXT, b"here")


@both
async def test_it_is_encrypted_and_the_application_knows(stack: Stack, certificate: Path) -> None:
    schemes: list[str] = []
    echo = Echo()

    async def note(scope: dict[str, object], receive: object, send: object) -> None:
        schemes.append(str(scope["scheme"]))
        await echo(scope, receive, send)

    async with serving(stack, note, certificate) as place:
        peer, _ = await place.ask()
        encrypted = peer.writer.get_extra_info("ssl_object")
        assert encrypted.version() == "TLSv1.3"
    assert schemes == ["wss"]


async def test_a_clogged_peer_is_told_of_and_again_when_it_has_taken_everything(
    certificate: Path,
) -> None:
    app = Flood()
    async with meeting(PicowsProtocol, app, certificate=certificate) as peer:
        peer.send(TEXT, b"first")
        await until(lambda: app.direct is not None)
        for n in range(3):
            app.direct.send(b"%d" % n)
            assert not app.direct.is_clogged, "what is taken at once is no pressure"
        assert [await peer.hear() for _ in range(3)] == [(TEXT, b"%d" % n) for n in range(3)]
        sent = 0
        while not app.direct.is_clogged:
            app.direct.send(b"x" * LIMIT)
            sent += 1
        assert app.pressures == 1
        for _ in range(sent):
            assert await peer.hear() == (TEXT, b"x" * LIMIT)
        await until(lambda: not app.direct.is_clogged)
        assert app.pressures == 2
        app.direct.write(TEXT, b"one")
        app.direct.send(b"two", b"at once")
        assert [await peer.hear() for _ in range(3)] == [
            (TEXT, b"one"), (TEXT, b"two"), (TEXT, b"at once"),
        ]  # fmt: skip
        app.direct.close(4000)
        assert await peer.hear() == (CLOSE, struct.pack("!H", 4000))
        peer.send(CLOSE, struct.pack("!H", 4000))
        async with asyncio.timeout(5):
            await app.over.wait()


async def test_a_server_that_stops_says_so(certificate: Path) -> None:
    app = Flood()
    async with serving(PicowsProtocol, app, certificate) as place:
        peer, _ = await place.ask()
        peer.send(TEXT, b"first")
        await until(lambda: app.direct is not None)
        place.stop()
        assert await peer.closing_code() == 1012


async def test_who_does_not_trust_the_certificate_does_no_harm(certificate: Path) -> None:
    async with serving(PicowsProtocol, Echo(), certificate) as place:
        with pytest.raises(ssl.SSLCertVerificationError):
            await asyncio.open_connection("127.0.0.1", place.port, ssl=ssl.create_default_context())
        peer, head = await place.ask()
        assert head.startswith(b"HTTP/1.1 101 ")
        peer.send(TEXT, b"here")
        assert await peer.hear() == (TEXT, b"here")
