"""PostgreSQL on a disk that is full: no promise, nothing lost, and on it goes when there is room.

It needs a small file system of its own, which only root may mount.
"""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.adapters.sql_database import open_database
from server.adapters.sql_journal import SqlJournal
from server.ports import Appended, StoreUnavailable
from tests.contracts.sql_stores import server_folder, started
from tests.contracts.test_journal import entry

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(120)]

MEGABYTES = 120
"""A new server takes sixty."""
A_PAGE = b"x" * 4096
ENOUGH = 500
"""Entries that do not fit into what a full disk has left in pages that are there already."""


@pytest.fixture
def small_disk() -> Iterator[Path]:
    with server_folder() as folder:
        options = f"size={MEGABYTES}m,mode=777"
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder],
            capture_output=True,
            text=True,
            check=False,
        )
        if mounted.returncode:
            pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


async def test_a_full_disk_is_an_outage_and_passes(small_disk: Path) -> None:
    data = small_disk / "data"
    data.mkdir()
    data.chmod(0o777)
    with started(data) as server:
        database = await open_database(server.get_uri())
        journal = SqlJournal(database)
        acknowledged: list[Appended] = []
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(A_PAGE)
        with pytest.raises(StoreUnavailable, match="No space left on device"):
            await append_many(journal, acknowledged)
        assert (await journal.head()).seq == len(acknowledged), "it can be read"
        filler.unlink()
        await append_many(journal, acknowledged, 1)
        assert [each.seq for each in await journal.read()] == [
            each.head.seq for each in acknowledged
        ]
        await database.close()


async def append_many(
    journal: SqlJournal, acknowledged: list[Appended], number: int = ENOUGH
) -> None:
    for _ in range(number):
        appended = await journal.append([entry(await journal.head())])
        assert isinstance(appended, Appended)
        acknowledged.append(appended)
