"""TLS at the door: a hall that needs no proxy in front.

Rule: a connection counts and has its patience from its first byte, as without TLS: who begins a
handshake and does not end it is silent. TLS 1.2 or newer, with the ciphers that Python chooses.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
from asyncio.sslproto import SSLProtocol
from pathlib import Path
from typing import Any, Final, cast

from uvicorn.config import Config
from uvicorn.server import ServerState

from server.api.doorkeeper import Doorkeeper, doorkeeper
from server.api.patient_protocol import Patience

PARTING_SECONDS: Final = 2.0
"""How long a peer may take to say that it has heard the end, before the connection is cut."""


class UnusableCertificate(Exception):
    """The certificate or its key cannot be used; the message says why, and what to give."""


class TlsDoorkeeper(asyncio.Protocol):
    """One connection, until it has shaken hands; behind it stands the doorkeeper of all others."""

    __slots__ = ("_inner", "_loop", "_state", "_timer", "_transport")

    inner: type[Doorkeeper]
    hands: type[Any]
    context: ssl.SSLContext

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._loop = _loop or asyncio.get_running_loop()
        self._state = server_state
        self._inner = self.inner(config, server_state, app_state, self._loop)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there."""
        # uvloop's transport is none by inheritance.
        self._transport = tcp = cast("asyncio.Transport", transport)
        self._state.connections.add(self)  # type: ignore[arg-type]  # a closed union of its own
        self._timer = self._loop.call_later(self.inner.patience.head_seconds, self._end)
        self.inner.patience.room.wait(self, self._end)
        shaken: asyncio.Future[None] = self._loop.create_future()
        shaken.add_done_callback(self._go_on)
        # Not `start_tls`, which a peer's first bytes would outrun, and not the server's `ssl`,
        # with which nobody hears of a connection before its hands are shaken.
        hands = self.hands(
            self._loop, self._inner, self.context, shaken,
            server_side=True, ssl_shutdown_timeout=PARTING_SECONDS,
        )  # fmt: skip
        # What a peer does not take stays above TLS, where a newer view replaces it.
        tcp.set_write_buffer_limits(high=1, low=0)
        tcp.set_protocol(hands)
        hands.connection_made(tcp)

    def shutdown(self) -> None:
        """The server stops (called by uvicorn)."""
        self._end()

    def _go_on(self, shaken: asyncio.Future[None] | None = None) -> None:
        if shaken is not None and not shaken.cancelled():
            shaken.exception()  # the peer's fault, or its end: TLS has told it which
        self._timer.cancel()
        self.inner.patience.room.go_on(self)
        self._state.connections.discard(self)

    def _end(self) -> None:
        self._go_on()
        self._transport.abort()


def _tls_of(loop: asyncio.AbstractEventLoop) -> type[Any]:
    """What the loop's own `create_server` would use."""
    if sys.platform != "win32":
        import uvloop
        from uvloop.loop import SSLProtocol as Fast  # type: ignore[attr-defined]  # not in its stubs

        if isinstance(loop, uvloop.Loop):
            return cast("type[Any]", Fast)
    return SSLProtocol


def tls_doorkeeper(patience: Patience, context: ssl.SSLContext) -> type[TlsDoorkeeper]:
    """The protocol of a server whose connections are encrypted, and have this patience.

    It is for the running loop.
    """
    hands = _tls_of(asyncio.get_running_loop())
    what = {"inner": doorkeeper(patience), "hands": hands, "context": context}
    return type("TlsDoorkeeper", (TlsDoorkeeper,), what)


def tls_context(certificate: Path, key: Path | None) -> ssl.SSLContext:
    """What hands are shaken with. Without `key`, the certificate's file holds it, too.

    Raises UnusableCertificate.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    context.num_tickets = 1  # a seat comes back once; a second ticket is a tenth of the handshake
    load(context, certificate, key)
    return context


def load(context: ssl.SSLContext, certificate: Path, key: Path | None) -> None:
    """Take certificate and key from their files; connections that are made already keep theirs.

    Raises UnusableCertificate; the context is as it was then.
    """
    try:
        # Into another one first: half of a new pair must not replace half of the old one.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, _no_password)
        context.load_cert_chain(certificate, key, _no_password)
    except ssl.SSLError as problem:
        files = str(certificate) if key is None else f"{certificate} and {key}"
        wrong = (
            "the key is not that of the certificate"
            if problem.reason == "KEY_VALUES_MISMATCH"
            else "not a certificate chain and its key as PEM, the key without a password"
        )
        raise UnusableCertificate(f"{files}: {wrong}") from problem
    except OSError as problem:
        # Python does not say which of the two.
        files = f"{certificate}" if key is None or not certificate.is_file() else f"{key}"
        raise UnusableCertificate(f"{files}: {problem.strerror}") from problem


def _no_password() -> str:
    # OpenSSL would ask for it on the terminal, where nobody may be.
    return ""
