"""The journal in memory: the executable specification of the one in SQL.

Rule: nothing here waits, so every call is atomic among the tasks of one event loop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from server.adapters.journal_checks import foothold, subject_of
from server.ports import (
    AlreadyRecorded,
    Appended,
    CommandKey,
    HeadMoved,
    HighWater,
    KeyReused,
    SeenCommand,
)
from server.record.entry import GENESIS, Entry, Head


class MemoryJournal:
    """The `Journal` of `server.ports`, gone with the process."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._commands: dict[tuple[str, str], tuple[str, SeenCommand]] = {}
        self._unique: dict[str, int] = {}
        self._marks: dict[str, HighWater] = {}

    async def reconnect(self) -> None:
        """There is no other."""

    async def head(self) -> Head:
        """The last entry's seq and hash."""
        return self._head()

    async def read(self, after: int = 0) -> Sequence[Entry]:
        """The entries behind `after`, in order."""
        return tuple(entry for entry in self._entries if entry.seq > after)

    async def append(
        self,
        entries: Sequence[Entry],
        *,
        command: CommandKey | None = None,
        unique: str | None = None,
    ) -> Appended | HeadMoved | AlreadyRecorded:
        """Write the entries behind the head that they were sealed for, all or none."""
        foot = foothold(entries)
        if unique is not None and unique in self._unique:
            return AlreadyRecorded(self._unique[unique])
        if command is not None and (command.key, command.actor) in self._commands:
            return AlreadyRecorded(self._commands[command.key, command.actor][1].seq)
        if foot != self._head():
            return HeadMoved(self._head())
        last = entries[-1]
        self._entries.extend(entries)
        if unique is not None:
            self._unique[unique] = last.seq
        if command is not None:
            seen = SeenCommand(seq=last.seq, subject=subject_of(last))
            self._commands[command.key, command.actor] = (command.body_hash, seen)
        return Appended(self._head())

    async def seen(self, command: CommandKey) -> SeenCommand | KeyReused | None:
        """What was journaled under this key."""
        known = self._commands.get((command.key, command.actor))
        if known is None:
            return None
        body_hash, seen = known
        return seen if body_hash == command.body_hash else KeyReused()

    async def note_high_water(self, mark: HighWater) -> None:
        """Keep the furthest mark of a ballot. The revision never goes back, whatever the n."""
        held = self._marks.get(mark.ballot)
        if held is None:
            self._marks[mark.ballot] = mark
            return
        further = held.incarnation != mark.incarnation or held.n < mark.n
        self._marks[mark.ballot] = replace(
            mark if further else held, revision=max(held.revision, mark.revision)
        )

    async def high_water(self, ballot: str) -> HighWater | None:
        """The furthest mark noted for a ballot."""
        return self._marks.get(ballot)

    async def highest_revision(self) -> int:
        """The highest hall revision ever noted."""
        return max((mark.revision for mark in self._marks.values()), default=0)

    def _head(self) -> Head:
        if not self._entries:
            return GENESIS
        last = self._entries[-1]
        return Head(last.seq, last.hash)
