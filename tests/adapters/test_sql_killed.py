"""What an append promised is there after the process was killed in the middle of the next one."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from server.adapters.sql_database import open_database
from server.adapters.sql_journal import SqlJournal
from server.record.chain import links_of, verify_chain
from server.record.signer import public_key_text
from tests.contracts.test_journal import KEY

ROOT = Path(__file__).parents[2]

APPEND_FOR_EVER = """
import asyncio, sys
from server.adapters.sql_database import open_database
from server.adapters.sql_journal import SqlJournal
from tests.contracts.test_journal import entry

async def run():
    journal = SqlJournal(await open_database(sys.argv[1]))
    while True:
        head = await journal.head()
        appended = await journal.append([entry(head, head.seq % 256)])
        print(appended.head.seq, flush=True)

asyncio.run(run())
"""


def append_until_killed(url: str, entries: int) -> int:
    """Let a process append, kill it after this many; returns the last seq that it had promised."""
    with subprocess.Popen(
        [sys.executable, "-c", APPEND_FOR_EVER, url], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        promised = 0
        for _ in range(entries):
            promised = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        for line in process.stdout:  # what it had printed before it died
            promised = int(line) if line.endswith("\n") else promised
    return promised


@pytest.mark.faults
async def test_kills_lose_no_promised_entry(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'hall.sqlite'}"
    for entries in (1, 7, 20):
        promised = append_until_killed(url, entries)
        database = await open_database(url)
        stored = await SqlJournal(database).read()
        await database.close()
        assert promised <= len(stored) <= promised + 1
        assert isinstance(verify_chain(links_of(stored), public_key_text(KEY)), tuple)
