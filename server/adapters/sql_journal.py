"""The journal in SQL.

Rule: an append is one transaction. It compares the head with the one that the entries were
sealed for; where two appenders read the same head, the unique `prev_hash` lets one of them in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, exc, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.adapters.journal_checks import foothold, subject_of
from server.adapters.sql_database import SqlDatabase
from server.adapters.sql_tables import COMMANDS, ENTRIES, HIGH_WATER
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


@dataclass(frozen=True, slots=True)
class SqlJournal:
    """The `Journal` of `server.ports` on an open database."""

    database: SqlDatabase

    async def reconnect(self) -> None:
        """Leave the connections that there are; new ones lead to where the address leads now."""
        self.database.connections.leave()

    async def head(self) -> Head:
        """The last entry's seq and hash."""
        async with self.database.asking() as connection:
            return await _head(connection)

    async def read(self, after: int = 0) -> Sequence[Entry]:
        """The entries behind `after`, in order."""
        columns = ENTRIES.c
        query = (
            select(
                columns.seq,
                columns.hash,
                columns.header,
                columns.payload,
                columns.nonce,
                columns.signature,
            )
            .where(columns.seq > after)
            .order_by(columns.seq)
        )
        async with self.database.asking() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            Entry(
                seq=row.seq,
                hash=row.hash,
                header=row.header,
                payload=row.payload,
                nonce=row.nonce,
                signature=row.signature,
            )
            for row in rows
        )

    async def append(
        self,
        entries: Sequence[Entry],
        *,
        command: CommandKey | None = None,
        unique: str | None = None,
    ) -> Appended | HeadMoved | AlreadyRecorded:
        """Write the entries behind the head that they were sealed for, all or none.

        `unique` and `command` point to the last entry. A command that is already there under
        its key is `AlreadyRecorded`, like a `unique` that is.
        """
        foot = foothold(entries)
        last = entries[-1]
        try:
            async with self.database.writing() as connection:
                refusal = await _refusal(connection, foot, command, unique)
                if refusal is not None:
                    return refusal
                await connection.execute(insert(ENTRIES), _rows(entries, foot, unique))
                if command is not None:
                    await connection.execute(
                        insert(COMMANDS).values(
                            key=command.key,
                            actor=command.actor,
                            body_hash=command.body_hash,
                            seq=last.seq,
                            subject=subject_of(last),
                        )
                    )
        except exc.IntegrityError:
            # Somebody else's transaction committed after our look at the head: look again.
            async with self.database.reading() as connection:
                refusal = await _refusal(connection, foot, command, unique)
            if refusal is None:
                raise
            return refusal
        return Appended(Head(last.seq, last.hash))

    async def seen(self, command: CommandKey) -> SeenCommand | KeyReused | None:
        """What was journaled under this key."""
        query = select(COMMANDS.c.body_hash, COMMANDS.c.seq, COMMANDS.c.subject).where(
            COMMANDS.c.key == command.key, COMMANDS.c.actor == command.actor
        )
        async with self.database.asking() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        if row.body_hash != command.body_hash:
            return KeyReused()
        return SeenCommand(seq=row.seq, subject=row.subject)

    async def note_high_water(self, mark: HighWater) -> None:
        """Keep the furthest mark of a ballot. The revision never goes back, whatever the n."""
        async with self.database.writing() as connection:
            values, changed = _keep_furthest(mark)
            await connection.execute(self.database.upsert(HIGH_WATER, values, "ballot", changed))

    async def high_water(self, ballot: str) -> HighWater | None:
        """The furthest mark noted for a ballot."""
        async with self.database.asking() as connection:
            row = (
                await connection.execute(select(HIGH_WATER).where(HIGH_WATER.c.ballot == ballot))
            ).one_or_none()
        if row is None:
            return None
        return HighWater(
            ballot=row.ballot,
            incarnation=row.incarnation,
            n=row.n,
            chain=row.chain,
            revision=row.revision,
        )

    async def highest_revision(self) -> int:
        """The highest hall revision ever noted."""
        async with self.database.asking() as connection:
            highest = await connection.scalar(select(func.max(HIGH_WATER.c.revision)))
        return highest or 0


async def _head(connection: AsyncConnection) -> Head:
    query = select(ENTRIES.c.seq, ENTRIES.c.hash).order_by(ENTRIES.c.seq.desc()).limit(1)
    row = (await connection.execute(query)).one_or_none()
    return GENESIS if row is None else Head(row.seq, row.hash)


async def _refusal(
    connection: AsyncConnection, foot: Head, command: CommandKey | None, unique: str | None
) -> HeadMoved | AlreadyRecorded | None:
    """Why the entries cannot be written now, the more telling reason first."""
    if unique is not None:
        seq = await connection.scalar(select(ENTRIES.c.seq).where(ENTRIES.c.unique_key == unique))
        if seq is not None:
            return AlreadyRecorded(seq)
    if command is not None:
        seq = await connection.scalar(
            select(COMMANDS.c.seq).where(
                COMMANDS.c.key == command.key, COMMANDS.c.actor == command.actor
            )
        )
        if seq is not None:
            return AlreadyRecorded(seq)
    head = await _head(connection)
    return None if head == foot else HeadMoved(head)


def _rows(entries: Sequence[Entry], foot: Head, unique: str | None) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    prev_hash = foot.hash
    for entry in entries:
        rows.append(
            {
                "seq": entry.seq,
                "prev_hash": prev_hash,
                "hash": entry.hash,
                "header": entry.header,
                "payload": entry.payload,
                "nonce": entry.nonce,
                "signature": entry.signature,
                "unique_key": unique if entry is entries[-1] else None,
            }
        )
        prev_hash = entry.hash
    return rows


def _keep_furthest(mark: HighWater) -> tuple[dict[str, Any], dict[str, Any]]:
    """The row of a mark, and what changes where there is one."""
    values = {
        "ballot": mark.ballot,
        "incarnation": mark.incarnation,
        "n": mark.n,
        "chain": mark.chain,
        "revision": mark.revision,
    }
    held = HIGH_WATER.c
    further = (held.incarnation != mark.incarnation) | (held.n < mark.n)
    changed = {
        "incarnation": mark.incarnation,
        "n": case((further, mark.n), else_=held.n),
        "chain": case((further, mark.chain), else_=held.chain),
        "revision": case((held.revision < mark.revision, mark.revision), else_=held.revision),
    }
    return values, changed
