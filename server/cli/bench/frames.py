"""WebSocket frames as a client needs them (RFC 6455, section 5), for a generator that must be lean.

Rule: only what the hall sends is understood: whole frames, not masked. Anything else raises
ValueError, because a bench that misreads frames measures nothing.
"""

from __future__ import annotations

from typing import Final

TEXT: Final = 0x1
CLOSE: Final = 0x8
PING: Final = 0x9
PONG: Final = 0xA

_FINAL: Final = 0x80
_MASKED: Final = 0x80
_NO_MASK: Final = b"\0\0\0\0"


def client_frame(opcode: int, payload: bytes) -> bytes:
    """A frame from a client. The mask is zero, hence the payload stands as it is: masking
    protects proxies, and there is none here; the server unmasks it all the same."""
    size = len(payload)
    if size < 126:
        head = bytes((_FINAL | opcode, _MASKED | size))
    elif size < 1 << 16:
        head = bytes((_FINAL | opcode, _MASKED | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((_FINAL | opcode, _MASKED | 127)) + size.to_bytes(8, "big")
    return head + _NO_MASK + payload


class FrameReader:
    """Bytes in, whole frames out; keeps what is not whole yet. The pieces of a large frame are put
    together once, when the last one has come: a console's are megabytes."""

    __slots__ = ("_missing", "_rest")

    def __init__(self) -> None:
        self._rest: list[bytes] = []
        self._missing = 0
        """Bytes of the frame that has begun, as far as its length is known."""

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """The (opcode, payload) of each frame that is whole now."""
        if self._rest:
            self._rest.append(data)
            self._missing -= len(data)
            if self._missing > 0:
                return []
            data = b"".join(self._rest)
        frames: list[tuple[int, bytes]] = []
        at, end, last = 0, len(data), 0
        while end - at >= 2:
            first, size, head = data[at], data[at + 1], 2
            if first & 0xF0 != _FINAL or size & _MASKED:
                raise ValueError(f"a frame that begins {data[at : at + 2].hex()}")
            if size >= 126:
                head = 4 if size == 126 else 10
                if end - at < head:
                    break
                size = int.from_bytes(data[at + 2 : at + head], "big")
            last = at + head + size
            if last > end:
                break
            frames.append((first & 0x0F, data[at + head : last]))
            at = last
        self._rest = [data[at:]] if at < end else []
        self._missing = last - end
        return frames
