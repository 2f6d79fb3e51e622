"""A connection that was accepted is handed to picows, which wants to see the handshake itself, and
the socket."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from picows import WSListener, WSUpgradeResponse, WSUpgradeResponseWithListener
from picows.picows import WSProtocol  # type: ignore[attr-defined]  # left out of its stubs

READ_BUFFER: Final = 2048
"""Bytes to begin with; the buffer grows with what a peer sends."""

_UPGRADE: Final = (
    b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %b\r\n\r\n"
)
"""The handshake once more, as picows reads it: it knows no `Connection: keep-alive, Upgrade`."""

# picows gives each connection a logger of its own, unless it is given an adapter. It tells of
# every fault of a peer, which would let a peer fill the log.
_log = logging.LoggerAdapter(logging.getLogger("hemicycle.picows"))
_log.logger.setLevel(logging.CRITICAL)


class QuietTransport:
    """A transport as picows is to see it while it sets itself up.

    picows asks the system ten things about each socket, for a line in a log that nobody keeps, and
    sets TCP_NODELAY, which uvloop and asyncio have set, and TCP_QUICKACK, which is no use where an
    answer follows in milliseconds: a tenth of what a seat costs that comes back. What it writes
    goes straight to the transport's own `write`.
    """

    __slots__ = ("_transport",)

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def get_extra_info(self, name: str) -> object:
        """The socket is this; of the rest only TLS."""
        match name:
            case "socket":
                return self
            case "ssl_object":
                return self._transport.get_extra_info(name)
            case _:
                return None

    def fileno(self) -> int:
        """The socket's number."""
        number: int = self._transport.get_extra_info("socket").fileno()
        return number

    def setsockopt(self, *_: int) -> None:
        """It is set."""

    def getsockopt(self, *_: int) -> int:
        """It is not asked for."""
        return 0

    @property
    def write(self) -> Callable[[bytes], None]:
        """The transport's own."""
        return self._transport.write

    @property
    def get_write_buffer_size(self) -> Callable[[], int]:
        """The transport's own."""
        return self._transport.get_write_buffer_size

    def writelines(self, lines: Iterable[bytes]) -> None:
        """Write these."""
        self._transport.writelines(lines)

    def close(self) -> None:
        """Close once everything is written."""
        self._transport.close()

    def abort(self) -> None:
        """Close now."""
        self._transport.abort()


def picows_for(
    listener: WSListener, headers: Sequence[tuple[str, str]], most_bytes: int
) -> WSProtocol:
    """The protocol that reads and writes frames of at most so many bytes for this listener, and
    answers the handshake with these headers."""
    return WSProtocol(
        host_port=None,
        ws_path=None,
        is_client_side=False,
        ws_listener_factory=lambda _: WSUpgradeResponseWithListener(
            WSUpgradeResponse.create_101_response(headers), listener
        ),
        logger=_log,
        disconnect_on_exception=True,
        websocket_handshake_timeout=None,
        # Its own pings cost a task for each connection, and its pongs look at no reserved bit.
        enable_auto_ping=False,
        auto_ping_idle_timeout=0,
        auto_ping_reply_timeout=0,
        auto_ping_strategy=0,
        enable_auto_pong=False,
        max_frame_size=most_bytes,
        extra_headers=None,
        read_buffer_init_size=READ_BUFFER,
    )


def repeat_handshake(protocol: WSProtocol, key: bytes) -> None:
    """Let picows read a request for an upgrade with this key, which it answers."""
    data = _UPGRADE % key
    while data:
        room = protocol.get_buffer(-1)
        taken = min(len(room), len(data))
        room[:taken] = data[:taken]
        protocol.buffer_updated(taken)
        data = data[taken:]
