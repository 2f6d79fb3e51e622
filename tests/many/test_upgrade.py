"""A box keeps the scripts that it was opened with; and what the next version of this program is.

The next version is this one's own source with the scripts of its ballot box renumbered, and the
earlier scripts beside them, as `server/adapters/box_scripts.py` says.
"""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

import server
from server.adapters.box_scripts import BoxScripts, known_scripts, newest_scripts
from server.adapters.redis_box import RedisBallotBox, UnknownBoxVersion
from server.adapters.redis_box_calls import connect
from server.ports import Accepted, BoxPhase, BoxState, Latched
from tests.contracts.box_worlds import opening, press

THIS = "2"
NEXT = "3"


def next_package(folder: Path) -> Path:
    """A folder with the next version's package, to be put before this one's."""
    here = Path(server.__file__).parent
    shutil.copytree(
        here, folder / "server", ignore=shutil.ignore_patterns("__pycache__", "screens")
    )
    adapters = folder / "server" / "adapters"
    shutil.rmtree(adapters / "lua")
    next_scripts(adapters)
    return folder


def next_scripts(folder: Path) -> Path:
    """The scripts as the next version has them: new boxes say so, older ones stay theirs."""
    this = files("server.adapters") / "lua"
    assert newest_scripts().version == THIS
    scripts = folder / "lua"
    shutil.copytree(str(this), scripts)
    shutil.copytree(str(this), scripts / f"v{THIS}", ignore=shutil.ignore_patterns("v*"))
    text = (scripts / "box.lua").read_text()
    changed = text.replace(f"local VERSION = '{THIS}'", f"local VERSION = '{NEXT}'")
    assert changed != text
    (scripts / "box.lua").write_text(changed)
    return scripts


async def test_a_box_keeps_the_scripts_that_it_was_opened_with(
    redis_url: str, tmp_path: Path
) -> None:
    old, fresh = newest_scripts(), BoxScripts.load(next_scripts(tmp_path))
    assert known_scripts().keys() == {"1", THIS}
    assert known_scripts()[THIS] == old
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
    too_new = rf"version {NEXT}.*a newer server.*upgrade this one"
    for call in (now.press("b-2", [press("BE")]), now.state("b-2"), now.close("b-2")):
        with pytest.raises(UnknownBoxVersion, match=too_new):
            await call
    assert (await later.votes("b-2")).keys() == {"AF"}
    for box in (now, later):
        await box.aclose()


async def test_a_box_of_the_version_before_is_closed_erased_and_never_made_anew(
    redis_url: str,
) -> None:
    scripts = known_scripts()
    before, now = (
        RedisBallotBox(connect(redis_url), connect(redis_url), "before", scripts=each)
        for each in ((scripts["1"],), (scripts[THIS], scripts["1"]))
    )
    first = opening("b-1", mask="5ec2e7")  # the version before knows no masks
    await before.open(first)
    (answer,) = (await now.press("b-1", [press()])).outcomes
    assert isinstance(answer, Accepted)
    state = await now.open(first)
    assert isinstance(state, BoxState)
    assert (state.n, state) == (1, await before.state("b-1"))
    assert (await now.open(opening("b-1", fence=12, incarnation="second", mask="5ec2e7"))) != state
    assert isinstance((await now.press("b-1", [press("BE")])).outcomes[0], Accepted)
    await now.close("b-1")
    await now.erase("b-1")
    left = await now.open(first)
    assert isinstance(left, Latched)
    assert (left.state.n, left.state.phase) == (0, BoxPhase.CLOSED)
    assert await before.open(first) == left
    for box in (before, now):
        await box.aclose()
