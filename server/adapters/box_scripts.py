"""The scripts of the ballot box, in every version that an open box may need.

Rule (invariant 11): a box is worked on by the scripts of the version that it was opened with, as
long as it lives. `lua/` holds the newest version, which new boxes are opened with; before a
script changes what it means for a box, the folder is copied to `lua/vN`, where N is its `VERSION`,
and `VERSION` is raised. All versions take the same keys and arguments, newer ones more at the end.
A box of a version that is not here was opened by a newer server: it is refused, not guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, Self

from server.adapters.redis_box_calls import Script

CODE: Final = "BOXVERSION"
"""The first word with which a script refuses a box of another version; the version follows."""

_VERSION: Final = re.compile(r"^local VERSION = '(\d+)'$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class BoxScripts:
    """One version's scripts on a box."""

    version: str
    open: Script
    press: Script
    change: Script

    @classmethod
    def load(cls, folder: Traversable) -> Self:
        """The version in this folder."""
        found = _VERSION.search((folder / "box.lua").read_text(encoding="utf-8"))
        if found is None:
            raise ValueError(f"{folder}: box.lua has no line local VERSION = 'N'")
        names = ("open", "press", "change")
        return cls(found[1], *(Script.load(name, folder) for name in names))


def newest_scripts() -> BoxScripts:
    """The version that boxes are opened with."""
    return BoxScripts.load(files("server.adapters") / "lua")


def known_scripts() -> dict[str, BoxScripts]:
    """Every version that this program can work on a box with."""
    lua = files("server.adapters") / "lua"
    folders = [each for each in lua.iterdir() if each.is_dir()]
    loaded = [BoxScripts.load(each) for each in (*folders, lua)]
    return {each.version: each for each in loaded}


def version_wanted(error: Exception) -> str | None:
    """The version of the box that a script refused for its version; None for another error."""
    told = getattr(error, "status_code", None)
    words = f"{told} {error}" if told == CODE else str(error)
    found = re.match(rf"(?:{CODE} )+(\d+)", words)
    return None if found is None else found[1]
