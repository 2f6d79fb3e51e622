"""A ballot in progress survives a rolling upgrade: servers are stopped and started as the next
version, one after the other, while seats vote.

The next version is this one's own source with the scripts of its ballot box changed and renumbered,
and the earlier scripts beside them, as `server/adapters/box_scripts.py` says.
"""

from __future__ import annotations

import asyncio
import random
import re
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

import server
from server.adapters.box_scripts import BoxScripts, known_scripts, newest_scripts
from server.adapters.redis_box import RedisBallotBox, UnknownBoxVersion
from server.adapters.redis_box_calls import connect
from server.ports import Accepted, BoxPhase, BoxState
from tests.contracts.box_worlds import opening, press
from tests.faults.tally import Tally
from tests.halls import HallProcess
from tests.history import History, check
from tests.history.clients import Operator, Seat, voting, watching
from tests.many.conftest import Cluster, anywhere

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(600)]

NEXT = "2"
SEATS = 12


def next_scripts(folder: Path) -> Path:
    """The scripts as the next version has them: new boxes say so, older ones stay theirs."""
    this = files("server.adapters") / "lua"
    assert newest_scripts().version == "1"
    scripts = folder / "lua"
    shutil.copytree(str(this), scripts)
    shutil.copytree(str(this), scripts / "v1")
    text = (scripts / "box.lua").read_text()
    changed = text.replace("local VERSION = '1'", f"local VERSION = '{NEXT}'")
    assert changed != text
    (scripts / "box.lua").write_text(changed)
    return scripts


@pytest.fixture(scope="module")
def next_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the next version's package, to be put before this one's."""
    folder = tmp_path_factory.mktemp("next")
    here = Path(server.__file__).parent
    shutil.copytree(
        here, folder / "server", ignore=shutil.ignore_patterns("__pycache__", "screens")
    )
    lua = folder / "server" / "adapters" / "lua"
    shutil.rmtree(lua)
    next_scripts(lua.parent)
    return folder


async def test_a_ballot_survives_a_rolling_upgrade(
    cluster: Cluster, two: tuple[HallProcess, HallProcess], next_version: Path, tally: Tally
) -> None:
    history = History()
    chance = random.Random(1)
    async with Operator(history, anywhere(two)) as operator:
        tokens = sorted((await operator.tokens()).items())[:SEATS]
        seats = [Seat(history, anywhere(two, "ws"), *each, chance) for each in tokens]
        display = await operator.display()
        ballot = await operator.open(disclosure="individual")
        async with (
            watching(history, anywhere(two, "ws"), "display", display),
            voting(seats, ballot),
        ):
            for each in two:
                await asyncio.gather(*(seat.more(1) for seat in seats))
                assert await asyncio.to_thread(each.stop) == 0
                tally.hit("one of two servers upgraded")
                each.environment |= {"PYTHONPATH": str(next_version), "PYTHONSAFEPATH": "1"}
                await asyncio.to_thread(each.start)
                # Old and new at once: commands and votes at both.
                await operator.command(ballot, "extend", seconds=60)
                async with asyncio.timeout(60):
                    await asyncio.gather(*(seat.more(2) for seat in seats))
        await operator.command(ballot, "close")
        await operator.command(ballot, "declare")
        # The next ballot is opened by the new scripts.
        other = await operator.open()
        async with voting(seats, other):
            await asyncio.gather(*(seat.more(1) for seat in seats))
        await operator.command(other, "close")
        await operator.command(other, "declare")
        records = {each: await operator.record(each) for each in (ballot, other)}
        report = check(history, records, all_answered=True)
    tally.add(report)
    assert not report.violations, str(report)
    box = connect(cluster.redis)
    keys = [key async for key in box.scan_iter("*:box:*") if re.search(rb":box:[^|]*$", key)]
    assert {key.rsplit(b":", 1)[1].decode(): await box.hget(key, "version") for key in keys} == {
        ballot: b"1",
        other: NEXT.encode(),
    }
    await box.aclose(close_connection_pool=True)


async def test_a_box_keeps_the_scripts_that_it_was_opened_with(
    redis_url: str, tmp_path: Path
) -> None:
    old, fresh = newest_scripts(), BoxScripts.load(next_scripts(tmp_path))
    assert known_scripts() == {"1": old}
    now, later = (
        RedisBallotBox(connect(redis_url), connect(redis_url), "upgrade", scripts=scripts)
        for scripts in ((old,), (fresh, old))
    )
    await now.open(opening("b-1"))
    await later.open(opening("b-2"))
    for ballot in ("b-1", "b-2"):
        (answer,) = (await later.press(ballot, [press()])).outcomes
        assert isinstance(answer, Accepted)
        state = await later.close(ballot)
        assert isinstance(state, BoxState)
        assert (state.n, state.phase) == (1, BoxPhase.CLOSED)
    assert isinstance(await now.state("b-1"), BoxState)
    # The older server does not guess at what the newer one opened.
    for call in (now.press("b-2", [press("BE")]), now.state("b-2"), now.close("b-2")):
        with pytest.raises(UnknownBoxVersion, match=r"version 2.*a newer server.*upgrade this one"):
            await call
    assert (await later.votes("b-2")).keys() == {"AF"}
    for box in (now, later):
        await box.aclose()
