"""A connection that was accepted is handed to picows, which wants to see the handshake itself."""

from __future__ import annotations

import logging
from collections.abc import Sequence
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
