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
from server.ports import Accepted, BoxPhase, BoxState
from tests.contracts.box_worlds import opening, press

NEXT = "2"


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
    assert newest_scripts().version == "1"
    scripts = folder / "lua"
    shutil.copytree(str(this), scripts)
    shutil.copytree(str(this), scripts / "v1")
    text = (scripts / "box.lua").read_text()
    changed = text.replace("local VERSION = '1'", f"local VERSION = '{NEXT}'")
    assert changed != text
    (scripts / "box.lua").write_text(changed)
    return scripts


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
