"""A receipt's frame, written without making its model first.

Rule: `Receipt` says what a receipt is, and these are the bytes that it would write (a test compares
them). Ten thousand seats may be waiting for theirs at once, and the model takes most of the time
that a receipt takes.
"""

from __future__ import annotations

import orjson


def receipt_frame(
    *,
    press_id: str,
    ballot: str,
    choice: str | list[str] | None = None,
    tracker: str | None = None,
    signature: str | None = None,
    code: str,
    n: int,
    current: bool,
    server_time: int,
    proof: str,
) -> bytes:
    """The frame; what is None is left out. `server_time` is in milliseconds since 1970."""
    said: dict[str, object] = {"type": "receipt", "press_id": press_id, "ballot": ballot}
    if choice is not None:
        said["choice"] = choice
    if tracker is not None:
        said["tracker"] = tracker
    if signature is not None:
        said["signature"] = signature
    said["code"] = code
    said["n"] = n
    said["current"] = current
    said["server_time"] = server_time
    said["proof"] = proof
    return orjson.dumps(said)
