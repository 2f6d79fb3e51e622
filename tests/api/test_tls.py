"""A hall that speaks TLS itself: certificates that can be used or not, and who is at its door."""

from __future__ import annotations

import asyncio
import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.api.patient_protocol import Patience
from server.api.room import LEAST_SILENT, Room
from server.api.tls import Certificate, UnusableCertificate, tls_doorkeeper
from server.cli.bench.certificate import write_certificate
from tests.api.door import standing
from tests.halls import Client, HallProcess, Operator
from tests.waiting import until

SECONDS = 0.4
"""How long somebody may take to shake hands here."""

REQUEST = b"GET / HTTP/1.1\r\nHost: hall\r\n\r\n"


# --- what it is given


def _key(password: bytes | None = None) -> bytes:
    locked = NoEncryption() if password is None else BestAvailableEncryption(password)
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("tls")
    whole = write_certificate(directory / "whole.pem").read_text()
    key, _, certificate = whole.partition("-----BEGIN CERTIFICATE")
    (directory / "key.pem").write_text(key)
    (directory / "certificate.pem").write_text(f"-----BEGIN CERTIFICATE{certificate}")
    (directory / "other-key.pem").write_bytes(_key())
    (directory / "locked-key.pem").write_bytes(_key(b"secret"))
    (directory / "nonsense.pem").write_text("no PEM")
    return directory


@pytest.mark.parametrize(
    ("certificate", "key"), [("whole.pem", None), ("certificate.pem", "key.pem")]
)
def test_a_certificate_and_its_key_may_share_a_file(
    files: Path, certificate: str, key: str | None
) -> None:
    context = Certificate(files / certificate, None if key is None else files / key).context
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize(
    ("certificate", "key", "said"),
    [
        ("certificate.pem", "other-key.pem", "key is not that of the certificate"),
        ("certificate.pem", "locked-key.pem", "the key without a password"),
        ("certificate.pem", None, "not a certificate chain and its key"),
        ("nonsense.pem", "key.pem", "not a certificate chain and its key"),
        ("missing.pem", "key.pem", "missing.pem: No such file"),
        ("certificate.pem", "missing.pem", "missing.pem: No such file"),
        (".", "key.pem", "Is a directory"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(
    files: Path, certificate: str, key: str | None, said: str
) -> None:
    with pytest.raises(UnusableCertificate, match=said):
        Certificate(files / certificate, None if key is None else files / key)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--tls-key", "key.pem"), "give --tls-certificate, too"),
        (("--tls-certificate", "missing.pem"), "--tls-certificate: missing.pem: No such file"),
    ],
)
def test_serve_says_what_to_give(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "server.cli.main", "serve", "--data", str(tmp_path), *options],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (asked.returncode, asked.stdout) == (2, "")
    assert said in asked.stderr
    assert list(tmp_path.iterdir()) == []


# --- a whole hall


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[tuple[HallProcess, Path]]:
    """A hall, and the file that its certificate is in."""
    file = write_certificate(tmp_path / "hall.pem")
    hall = HallProcess(tmp_path / "data", "--tls-certificate", str(file))
    hall.tls = ssl.create_default_context(cafile=file)
    yield hall.start(), file
    assert hall.stop() == 0
    assert "Traceback" not in hall.log()


async def test_a_hall_is_entered_voted_in_and_shown_another_certificate(
    encrypted: tuple[HallProcess, Path],
) -> None:
    hall, file = encrypted
    first = hall.tls
    assert first is not None
    assert hall.output[-1] == f"ready https://127.0.0.1:{hall.port}"
    operator = Operator(hall)
    seat = await Client.open(f"{hall.ws}/kiosk", operator.tokens(["AF"])["AF"], first)
    ballot = operator.open(disclosure="counts")
    assert (await seat.press(ballot, "yes"))["type"] == "receipt"

    old = file.read_bytes()
    file.write_text("half written")
    os.kill(hall.pid, signal.SIGHUP)
    await until(lambda: "the certificate stays as it was" in hall.log())
    await (await Client.open(f"{hall.ws}/display", operator.token, first)).close()
    file.unlink()
    assert write_certificate(file).read_bytes() != old
    os.kill(hall.pid, signal.SIGHUP)
    await until(lambda: "new connections are shown the renewed certificate" in hall.log())
    with pytest.raises(ssl.SSLCertVerificationError):
        await Client.open(f"{hall.ws}/display", operator.token, first)
    second = ssl.create_default_context(cafile=file)
    display = await Client.open(f"{hall.ws}/display", operator.token, second)
    assert (await display.view())["ballot"]["turnout"]["voted"] == 1
    # Who is in already is not disturbed.
    assert (await seat.press(ballot, "no"))["type"] == "receipt"

    for each in (seat, display):
        await each.close()
    operator.close()


# --- the door


async def _here(_: Request) -> Response:
    return PlainTextResponse("here")


@pytest.fixture
async def port(files: Path) -> AsyncIterator[int]:
    """A server of the protocol alone."""
    app = Starlette(routes=[Route("/", _here)])
    http = tls_doorkeeper(Patience(Room(10), SECONDS), Certificate(files / "whole.pem", None))
    async with standing(app, http) as port:
        yield port


async def _cut_off_after(reader: asyncio.StreamReader) -> float:
    began = time.monotonic()
    async with asyncio.timeout(10):
        with suppress(ConnectionError):
            while await reader.read(1000):
                continue  # what TLS has to say about it
    return time.monotonic() - began


async def _answer(port: int, files: Path) -> bytes:
    trusted = ssl.create_default_context(cafile=files / "whole.pem")
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusted)
    writer.write(REQUEST)
    async with asyncio.timeout(10):
        said = await reader.readuntil(b"here")
    writer.close()
    return said


@pytest.mark.parametrize("said", [b"", b"\x16", b"\x16\x03\x01\x02\x00"])
async def test_who_begins_to_shake_hands_and_stops_is_cut_off(port: int, said: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(said)
    assert 0.5 * SECONDS < await _cut_off_after(reader) < 10 * SECONDS
    writer.close()


async def test_who_shakes_hands_and_says_nothing_is_cut_off(port: int, files: Path) -> None:
    trusted = ssl.create_default_context(cafile=files / "whole.pem")
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusted)
    assert 0.5 * SECONDS < await _cut_off_after(reader) < 10 * SECONDS
    writer.close()


async def test_who_speaks_in_the_clear_is_hung_up_on(port: int, files: Path) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(REQUEST)
    assert await _cut_off_after(reader) < 0.9 * SECONDS
    writer.close()
    assert (await _answer(port, files)).startswith(b"HTTP/1.1 200 ")


async def test_who_has_not_shaken_hands_makes_room(port: int, files: Path) -> None:
    silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(LEAST_SILENT + 1)]
    assert await _cut_off_after(silent[0][0]) < 0.9 * SECONDS
    assert (await _answer(port, files)).endswith(b"here")
    for _, writer in silent:
        writer.close()


async def test_who_has_shaken_hands_is_told_that_there_is_no_room(port: int, files: Path) -> None:
    trusted = ssl.create_default_context(cafile=files / "whole.pem")
    oldest, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusted)
    silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(LEAST_SILENT)]
    async with asyncio.timeout(10):
        assert (await oldest.readline()).startswith(b"HTTP/1.1 503 ")
    assert await _cut_off_after(oldest) < 10 * SECONDS
    for _, each in (*silent, (oldest, writer)):
        each.close()
