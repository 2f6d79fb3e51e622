"""`hemicycle serve`: one hall server.

Rule: it prints `ready http://HOST:PORT` (with TLS, https) when it accepts connections, and on
SIGTERM or SIGINT it tells every connection to come back later, then closes its parts in order. On
SIGHUP it takes a new certificate.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable, Generator
from contextlib import AsyncExitStack
from typing import Literal

import uvicorn

from server.api.doorkeeper import doorkeeper
from server.api.endpoint import BODY_LIMIT
from server.api.patient_protocol import Patience
from server.api.picows_protocol import PicowsProtocol
from server.api.tls import Certificate, UnusableCertificate, tls_doorkeeper
from server.cli.collecting import YOUNG
from server.cli.log_lines import Unrepeated
from server.cli.options import ServeOptions, WebSockets
from server.cli.wiring import NOTHING, OPERATOR, Between, CannotOpen, Hall, open_hall
from server.wire.close_codes import CloseCode

log = logging.getLogger("hemicycle.serve")

BACKLOG = 4096
"""Connections that may wait to be accepted: a whole hall that comes back at once."""

DEAF_MS = 20_000
"""How long a peer may leave data unacknowledged before the kernel ends the connection."""

SHUTDOWN_SECONDS = 5
"""How long connections may take to end."""


_WEBSOCKETS: dict[WebSockets, type[asyncio.Protocol] | Literal["websockets-sansio"]] = {
    WebSockets.PICOWS: PicowsProtocol,
    WebSockets.STOCK: "websockets-sansio",
}


class _Server(uvicorn.Server):
    """uvicorn without its signal handling: the hall closes its own parts in order.

    `started_up` is called once connections are accepted.
    """

    def __init__(self, config: uvicorn.Config, started_up: Callable[[], None]) -> None:
        super().__init__(config)
        self._started_up = started_up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept, and tell."""
        await super().startup(sockets)
        self._started_up()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave signals to `serve`."""
        yield


def serve(options: ServeOptions, between: Between = NOTHING) -> int:
    """Run until told to stop; returns the exit status."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for handler in logging.getLogger().handlers:
        handler.addFilter(Unrepeated())
    # uvicorn tells of every connection, which thousands of seats make noise, and `websockets` of
    # every request that is refused: a hostile peer must not fill the log.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    logging.getLogger("websockets.server").setLevel(logging.WARNING)
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)
    gc.set_threshold(*YOUNG)  # what a large hall is read into at the start is no garbage
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_serve(options, between))
    except CannotOpen as refused:
        print(f"hemicycle serve: {refused}", file=sys.stderr)
        return 2
    return 0


async def _serve(options: ServeOptions, between: Between) -> None:
    async with AsyncExitStack() as stack:
        certificate = _certificate(options)
        listening = _listen(options)
        stack.callback(listening.close)
        hall = await open_hall(options, stack, between)
        server = _Server(
            uvicorn.Config(
                hall.app,
                loop="none",
                http=_door(Patience(hall.room), certificate),
                ws=_WEBSOCKETS[options.websockets],
                ws_max_size=BODY_LIMIT,
                ws_per_message_deflate=False,
                lifespan="off",
                access_log=False,
                log_config=None,
                server_header=False,
                timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            ),
            lambda: _announce(hall, listening, options.host, "https" if certificate else "http"),
        )
        if certificate is not None:
            _renew_on_signal(certificate)
        _stop_on_signals(server, hall)
        await server.serve(sockets=[listening])


def _listen(options: ServeOptions) -> socket.socket:
    try:
        listening = socket.create_server((options.host, options.port), backlog=BACKLOG)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            # Accepted connections inherit it: who takes no data for so long is gone.
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAF_MS)
        return listening
    except OSError as problem:
        raise CannotOpen(
            f"cannot listen on {options.host}:{options.port}: {problem.strerror}; "
            "give another --host or --port"
        ) from problem


def _certificate(options: ServeOptions) -> Certificate | None:
    if options.tls_certificate is None:
        if options.tls_key is not None:
            raise CannotOpen("--tls-key is of no use alone: give --tls-certificate, too")
        return None
    try:
        return Certificate(options.tls_certificate, options.tls_key)
    except UnusableCertificate as refused:
        raise CannotOpen(f"--tls-certificate: {refused}") from refused


def _door(patience: Patience, certificate: Certificate | None) -> type[asyncio.Protocol]:
    return doorkeeper(patience) if certificate is None else tls_doorkeeper(patience, certificate)


def _renew_on_signal(certificate: Certificate) -> None:
    def renew() -> None:
        try:
            certificate.read()
        except UnusableCertificate as refused:
            log.error("the certificate stays as it was: %s", refused)
        else:
            log.info("new connections are shown the renewed certificate")

    if hasattr(signal, "SIGHUP"):
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, renew)


def _announce(hall: Hall, listening: socket.socket, host: str, scheme: str) -> None:
    if hall.new_password is not None:
        print(f"operator {OPERATOR!r}, password (told only now): {hall.new_password}")
    shown = f"[{host}]" if ":" in host else host
    print(f"ready {scheme}://{shown}:{listening.getsockname()[1]}", flush=True)


def _stop_on_signals(server: uvicorn.Server, hall: Hall) -> None:
    def stop() -> None:
        hall.hub.close_all(CloseCode.GOING_AWAY)
        server.should_exit = True

    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop)


def _loop_factory() -> type[asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.Loop
