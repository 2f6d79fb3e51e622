"""What every journal asks of a group of entries before it looks at its head.

Rule: a group that does not hang together is a bug of the caller, so it raises `ValueError`; a
group that hangs together but not on the head is an expected outcome and is left to the journal.
"""

from __future__ import annotations

from collections.abc import Sequence

from server.record.entry import Entry, Head
from server.record.header import previous_hash, read_header


def foothold(entries: Sequence[Entry]) -> Head:
    """The head that the group was sealed for. Raises `ValueError` if it is not one chain."""
    if not entries:
        raise ValueError("append needs at least one entry")
    first = entries[0]
    foot = Head(first.seq - 1, previous_hash(first))
    head = foot
    for entry in entries:
        header = read_header(entry.header)
        if entry.seq != header.seq or header.seq != head.seq + 1 or header.prev != head.hash:
            raise ValueError(f"entry {entry.seq} does not follow entry {head.seq} of its group")
        head = Head(entry.seq, entry.hash)
    return foot


def subject_of(entry: Entry) -> str | None:
    """The subject that the entry's header names."""
    return read_header(entry.header).subject
