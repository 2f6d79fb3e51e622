"""Entries of earlier versions, as the newest version means them.

Rule (invariant 11): stored bytes are never rewritten, and what is hashed and signed is the stored
bytes. An entry of an earlier version is brought up in memory, a version at a time, where it is
read; an entry of a later one is not guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from server.record.entry import ENTRY_VERSION

Step = Callable[[dict[str, Any], dict[str, Any]], tuple[dict[str, Any], dict[str, Any]]]
"""Takes header and payload of one version; gives those of the next."""

STEPS: Final[Mapping[int, Step]] = {}
"""By the version that a step begins at. There is one version of entries so far."""


class EntryOfNewerVersion(ValueError):
    """The entry was written by a newer server; the message says what to do."""


def upcast(
    header: dict[str, Any],
    payload: dict[str, Any],
    *,
    steps: Mapping[int, Step] = STEPS,
    newest: int = ENTRY_VERSION,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and payload as the newest version has them. Raises `EntryOfNewerVersion`."""
    for version in range(header["v"], newest):
        header, payload = steps[version](header, payload)
    if header["v"] > newest:
        raise EntryOfNewerVersion(
            f"entry {header['seq']} of the journal has version {header['v']}, this server reads up "
            f"to {newest}: a newer server wrote it; upgrade this one"
        )
    return header, payload
