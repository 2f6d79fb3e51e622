"""The journal as this server has read it, and the one way to add to it.

Rule (invariant 8): an append is a compare-and-swap on the head. Who loses reads on, decides
again on the new state, and tries again; nothing is ever decided on a state that has moved.
A journal that lacks what was seen of it is an older copy; before that is said, it is looked for
once more, where its address leads by then.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.hall.state import EMPTY, HallState, fold
from server.ports import (
    AlreadyRecorded,
    Appended,
    CommandKey,
    HeadMoved,
    Ids,
    Journal,
    StoreUnavailable,
)
from server.record.entry import Entry, Event, Head, seal_all
from server.record.upcast import EntryOfNewerVersion

Refusal = TypeVar("Refusal")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to journal: the events, and the thing that may be recorded only once, if any."""

    events: tuple[Event, ...]
    unique: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """The events are on disk; `seqs` are their numbers."""

    seqs: tuple[int, ...]
    state: HallState


@dataclass(frozen=True, slots=True)
class RecordedBefore:
    """The unique thing was recorded already; the state has been read up to it."""

    state: HallState


@dataclass(frozen=True, slots=True)
class Refused(Generic[Refusal]):
    """The state does not allow it; nothing was written."""

    refusal: Refusal
    state: HallState


class JournalWentBack(StoreUnavailable):
    """The journal lacks entries that this hall has seen: an older copy of its database."""


class Ledger:
    """The fold of the journal. One writer at a time in this process; others are met by CAS."""

    def __init__(self, journal: Journal, key: Ed25519PrivateKey, ids: Ids) -> None:
        self._journal = journal
        self._key = key
        self._ids = ids
        self._state = EMPTY
        self._writing = asyncio.Lock()
        self.recorded: Callable[[Head], Awaitable[None]] = _nobody_listens
        """Called with the new head after each append of this server."""

    @property
    def state(self) -> HallState:
        """The state as far as it was read."""
        return self._state

    @property
    def journal(self) -> Journal:
        """The journal beneath, for what is not an entry (keys seen, marks)."""
        return self._journal

    async def catch_up(self) -> HallState:
        """Read what others have appended. May raise StoreUnavailable."""
        async with self._writing:
            return await self._read_on()

    async def record(
        self,
        decide: Callable[[HallState], Plan | Refused[Refusal]],
        command: CommandKey | None = None,
    ) -> Recorded | RecordedBefore | Refused[Refusal]:
        """Journal what `decide` makes of the newest state. May raise StoreUnavailable.

        `decide` is pure and may be called again. After an outage in mid-append the journal is
        read again before anything else is decided, so that an append that did happen is seen.
        """
        async with self._writing:
            while True:
                plan = decide(self._state)
                if isinstance(plan, Refused):
                    return plan
                entries = seal_all(
                    self._state.head,
                    [(event, self._ids.nonce()) for event in plan.events],
                    self._key,
                )
                appended = await self._append_or_look(entries, command, plan.unique)
                match appended:
                    case Appended():
                        self._state = fold(self._state, entries)
                        await self.recorded(self._state.head)
                        return Recorded(tuple(entry.seq for entry in entries), self._state)
                    case HeadMoved():
                        await self._read_on()
                    case AlreadyRecorded():
                        return RecordedBefore(await self._read_on())

    async def _append_or_look(
        self, sealed: Sequence[Entry], command: CommandKey | None, unique: str | None
    ) -> Appended | HeadMoved | AlreadyRecorded:
        try:
            return await self._journal.append(sealed, command=command, unique=unique)
        except StoreUnavailable:
            # Unknown: it may have been written. What the journal holds decides.
            stored = await self._journal.read(self._state.head.seq)
            if [each.hash for each in stored[: len(sealed)]] == [each.hash for each in sealed]:
                return Appended(await self._journal.head())
            raise

    async def _read_on(self) -> HallState:
        try:
            return await self._read()
        except JournalWentBack:
            await self._journal.reconnect()  # this may be a database that was replaced
            return await self._read()

    async def _read(self) -> HallState:
        known = self._state.head
        if await self._journal.head() == known:
            return self._state
        entries = await self._journal.read(known.seq)
        if not entries or json.loads(entries[0].header)["prev"] != known.hash:
            raise JournalWentBack(
                f"the journal does not continue entry {known.seq}, which this hall has seen: its "
                "database was restored from an older copy. Bring back the newer one, or stop all "
                "servers and run `hemicycle restore`"
            )
        try:
            self._state = fold(self._state, entries)
        except EntryOfNewerVersion as newer:
            raise StoreUnavailable(str(newer)) from newer
        return self._state


async def _nobody_listens(_: Head) -> None:
    """Until somebody is given."""
