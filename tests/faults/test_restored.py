"""The journal is put back from a backup: nothing goes on until somebody has said so."""

from __future__ import annotations

import asyncio
import contextlib
import io
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest

from server.cli.main import main
from tests.halls import Client, HallProcess, Operator

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]


@dataclass(frozen=True, slots=True)
class Told:
    returncode: int
    stdout: str
    stderr: str


def hemicycle(*words: object) -> Told:
    """A command, in this process; call it in a thread of its own."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(word) for word in words])
    return Told(code, out.getvalue(), err.getvalue())


async def test_a_restored_journal_goes_on_when_it_was_said(tmp_path: Path) -> None:
    hall = HallProcess(tmp_path / "data").start()
    operator = Operator(hall)
    tokens = operator.tokens(["FR", "ES"])
    kept = operator.open()
    operator.command(kept, "close")
    operator.command(kept, "declare")
    ballot = operator.open()
    copy = tmp_path / "copy.sqlite3"
    told = await asyncio.to_thread(hemicycle, "backup", copy, "--data", hall.data)
    assert told.returncode == 0, told.stderr
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    again = await asyncio.to_thread(hemicycle, "backup", copy, "--data", hall.data)
    assert (again.returncode, "exists" in again.stderr) == (2, True)
    told = await asyncio.to_thread(hemicycle, "restore", "--data", hall.data, "--reason", "x")
    assert (told.returncode, "another hall server works" in told.stderr) == (2, True)

    # Votes and steps come after the backup; then its disk is put back, without the box's.
    seat = await Client.open(f"{hall.ws}/kiosk", tokens["FR"])
    await seat.press(ballot, "yes")
    view = [frame for frame in seat.frames if frame["type"] == "view"][-1]
    await seat.close()
    operator.command(ballot, "last_call")
    assert hall.stop() == 0
    for file in hall.data.glob("hall.sqlite3*"):
        file.unlink()
    shutil.copy(copy, hall.data / "hall.sqlite3")
    with pytest.raises(AssertionError, match="restored from an older copy"):
        hall.start()

    told = await asyncio.to_thread(
        hemicycle, "restore", "--data", hall.data, "--reason", "the disk failed"
    )
    assert told.returncode == 0, told.stderr
    assert "had been seen and are lost" in told.stdout
    assert f"ballot {ballot}: the journal lost steps of it" in told.stdout
    hall.start()
    assert operator.ballot(kept)["phase"] == "declared"
    assert operator.ballot(ballot)["phase"] == "in_doubt"
    lines = operator.http.get("/journal", params={"after": 0}).json()
    assert [row["actor"] for row in lines if row["type"] == "recovered"][-1] == "server:restore"
    seat = await Client.open(f"{hall.ws}/kiosk", tokens["ES"])
    await seat.view()
    newer = [frame for frame in seat.frames if frame["type"] == "view"][-1]
    assert (newer["epoch"], newer["seq"]) > (view["epoch"], view["seq"])
    operator.command(ballot, "resume", reason="the Members vote again")
    assert (await seat.press(ballot, "no"))["n"] == 1
    await seat.close()
    operator.command(ballot, "close")
    assert operator.command(ballot, "declare")["phase"] == "declared"
    operator.close()
    assert hall.stop() == 0


def test_a_postgresql_is_backed_up_by_its_own_means(tmp_path: Path) -> None:
    told = hemicycle("backup", tmp_path / "copy", "--database", "postgresql://nowhere/hall")
    assert (told.returncode, "pg_dump" in told.stderr) == (2, True)
    missing = hemicycle("backup", tmp_path / "copy", "--data", tmp_path / "nothing")
    assert (missing.returncode, (tmp_path / "copy").exists()) == (2, False)
