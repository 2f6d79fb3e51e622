"""What RFC 6455 (the WebSocket protocol) says in numbers, and picows leaves to its user."""

from __future__ import annotations

from typing import Final

from picows.picows import WSCloseInfo

NORMAL: Final = 1000
PROTOCOL_ERROR: Final = 1002
NO_CODE: Final = 1005
ABNORMAL: Final = 1006
INVALID_TEXT: Final = 1007
MESSAGE_TOO_BIG: Final = 1009
INTERNAL_ERROR: Final = 1011
SERVICE_RESTART: Final = 1012
"""Close codes (section 7.4.1)."""


def text_head(text: bytes) -> bytes:
    """What stands before a whole text in one frame from a server (section 5.2)."""
    size = len(text)
    if size < 126:
        return bytes((0x81, size))
    if size < 0x10000:
        return b"\x81\x7e" + size.to_bytes(2)
    return b"\x81\x7f" + size.to_bytes(8)


def code_of(told: WSCloseInfo | None) -> int:
    """The code of a close as it is told to an application; None where none came (section 7.1.5)."""
    code = ABNORMAL if told is None else int(told.code)  # type: ignore[call-overload]  # an IntEnum
    return code or NO_CODE
