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

from uvicorn.protocols.utils import is_ssl

from server.api.doorkeeper import Doorkeeper
from server.api.patient_protocol import Patience

PARTING_SECONDS: Final = 2.0
"""How long a peer may take to say that it has heard the end, before the connection is cut."""


class UnusableCertificate(Exception):
    """The certificate or its key cannot be used; the message says why, and what to give."""


class Certificate:
    """A certificate chain and its key, in files that may be renewed. Without `key`, the chain's
    file holds it, too.

    Raises UnusableCertificate.
    """

    def __init__(self, chain: Path, key: Path | None) -> None:
        self._chain, self._key = chain, key
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        """What hands are shaken with."""
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.context.set_alpn_protocols(["http/1.1"])
        # A seat comes back once; a second ticket takes a tenth of the handshake.
        self.context.num_tickets = 1
        self.read()

    def read(self) -> None:
        """Take both from their files; connections that are made already keep what they have.

        Raises UnusableCertificate; everything is as it was then.
        """
        try:
            for file in (self._chain, self._key):
                if file is not None:
                    file.read_bytes()  # OpenSSL does not say which of the two it cannot read
            # Into another one first: half of a new pair must not replace half of the old one.
            self._load(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
            self._load(self.context)
        except ssl.SSLError as problem:
            files = " and ".join(str(file) for file in (self._chain, self._key) if file is not None)
            wrong = (
                "the key is not that of the certificate"
                if problem.reason == "KEY_VALUES_MISMATCH"
                else "not a certificate chain and its key as PEM, the key without a password"
            )
            raise UnusableCertificate(f"{files}: {wrong}") from problem
        except OSError as problem:
            raise UnusableCertificate(f"{problem.filename}: {problem.strerror}") from problem

    def _load(self, context: ssl.SSLContext) -> None:
        # Without an answer OpenSSL would ask for a password on the terminal, where nobody may be.
        context.load_cert_chain(self._chain, self._key, lambda: "")


class TlsDoorkeeper(Doorkeeper):
    """One connection, until it has shaken hands and its first bytes have come."""

    __slots__ = ()

    context: ssl.SSLContext
    hands: type[Any]
    """What shakes them: the protocol that the loop's own `create_server` would use."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there; and, in a second call, has shaken hands."""
        if is_ssl(cast("asyncio.Transport", transport)):
            self._transport = cast("asyncio.Transport", transport)
            return
        super().connection_made(transport)
        shaken: asyncio.Future[None] = self._loop.create_future()
        shaken.add_done_callback(self._are_shaken)
        # Not `start_tls`, which a peer's first bytes would outrun, and not the server's `ssl`,
        # with which nobody hears of a connection before its hands are shaken.
        hands = self.hands(
            self._loop, self, self.context, shaken,
            server_side=True, ssl_shutdown_timeout=PARTING_SECONDS,
        )  # fmt: skip
        # What a peer does not take stays above TLS, where a newer view replaces it.
        self._transport.set_write_buffer_limits(high=1, low=0)
        self._transport.set_protocol(hands)
        hands.connection_made(self._transport)

    def _turn_away(self) -> None:
        if is_ssl(self._transport):
            super()._turn_away()
        else:
            self._end()  # nothing can be said before hands are shaken

    def _are_shaken(self, shaken: asyncio.Future[None]) -> None:
        if shaken.cancelled() or shaken.exception() is not None:
            self._go_on()  # it has ended; TLS has told the peer why


def tls_doorkeeper(patience: Patience, certificate: Certificate) -> type[TlsDoorkeeper]:
    """The protocol of a server whose connections are encrypted, and have this patience.

    It is for the running loop.
    """
    hands = _tls_of(asyncio.get_running_loop())
    what = {"patience": patience, "context": certificate.context, "hands": hands}
    return type("TlsDoorkeeper", (TlsDoorkeeper,), what)


def _tls_of(loop: asyncio.AbstractEventLoop) -> type[Any]:
    if sys.platform != "win32":
        import uvloop
        from uvloop.loop import SSLProtocol as Fast  # type: ignore[attr-defined]  # not in its stubs

        if isinstance(loop, uvloop.Loop):
            return cast("type[Any]", Fast)
    return SSLProtocol
