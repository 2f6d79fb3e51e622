"""`hemicycle backup` and `hemicycle restore`.

Rule: a backup is whole and private (mode 0600). A restored journal goes on only after somebody
has said so: the entry says that it was restored and why, a new epoch begins that is above every
one that screens have seen, and what the journal cannot know any more is said.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Final

from server.adapters.clock import SystemClock
from server.adapters.ids import RandomIds
from server.cli.options import ServeOptions
from server.cli.wiring import CannotOpen, Stores, open_stores, refusals_said
from server.hall.finish import REVISION_MARGIN
from server.hall.heads import note_head, noted_head
from server.hall.ledger import Plan
from server.hall.state import RECOVERED
from server.ports import BoxState
from server.record.entry import Event

ACTOR: Final = "server:restore"

EPOCHS_UNSEEN: Final = 1000
"""How far a restored journal's epoch goes up where no store remembers how far it had come."""


def backup(options: ServeOptions, target: Path) -> int:
    """Copy the journal's database while the hall works; returns the exit status."""
    if options.database is not None and not options.database.startswith("sqlite"):
        print("hemicycle backup: back PostgreSQL up with pg_dump", file=sys.stderr)
        return 2
    source = (
        options.data / "hall.sqlite3"
        if options.database is None
        else Path(options.database.partition(":///")[2])
    )
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with (
            closing(sqlite3.connect(f"file:{source.resolve()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
            entries, head = new.execute("SELECT count(*), max(seq) FROM entries").fetchone()
    except FileExistsError:
        print(f"hemicycle backup: {target} exists; name a new file", file=sys.stderr)
        return 2
    except (OSError, sqlite3.Error) as problem:
        target.unlink(missing_ok=True)
        print(f"hemicycle backup: {source}: {problem}", file=sys.stderr)
        return 2
    print(f"{target}: {entries} entries, the last is number {head}")
    print("The signing key is not in it: keep a copy of signing-key.pem apart, under lock.")
    return 0


def restore(options: ServeOptions, reason: str) -> int:
    """Let a journal that was put back go on; returns the exit status."""
    try:
        asyncio.run(_restore(options, reason))
    except CannotOpen as refused:
        print(f"hemicycle restore: {refused}", file=sys.stderr)
        return 2
    return 0


async def _restore(options: ServeOptions, reason: str) -> None:
    async with AsyncExitStack() as stack:
        with refusals_said(options):
            stores = await open_stores(options, stack)
            if stores.neighbours is not None and await stores.neighbours.reports():
                raise CannotOpen("servers of this hall are still running: stop all of them first")
            await _go_on(stores, reason)


async def _go_on(stores: Stores, reason: str) -> None:
    ledger, box, ids = stores.ledger, stores.box, RandomIds()
    before = ledger.state
    noted = await noted_head(box)
    seen = before.epoch + EPOCHS_UNSEEN if noted is None else max(before.epoch, noted[0])
    incarnation, _ = await box.hall_incarnation(ids.incarnation())
    for ballot in before.ballots.values():
        held = await box.state(ballot.id)
        if isinstance(held, BoxState) and held.fence > before.head.seq:
            # Its last steps are in no journal, and no later step could reach it by its fence.
            await box.remove(ballot.id)
            print(f"ballot {ballot.id}: the journal lost steps of it; it will be in doubt")
    payload: dict[str, object] = {
        "epoch": seen + 1,
        "incarnation": incarnation,
        "reason": f"the journal was restored from a backup: {reason}",
    }
    event = Event(RECOVERED, None, ACTOR, SystemClock().now_ms(), payload)  # type: ignore[arg-type]  # JSON by construction
    state = (await ledger.record(lambda _: Plan((event,)))).state
    highest = max(await ledger.journal.highest_revision(), await box.raise_revision(0))
    await box.raise_revision(highest + REVISION_MARGIN)
    await note_head(box, state.epoch, state.head)
    if noted is not None and noted[1].seq > before.head.seq:
        print(f"entries {before.head.seq + 1} to {noted[1].seq} had been seen and are lost")
    print(f"the journal goes on at entry {state.head.seq}, in epoch {state.epoch}")
