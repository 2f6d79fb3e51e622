"""The sample assembly: an annual police general assembly of 196 Members.

Rule: it is read by the same reader as anybody's file, and has no problems.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from server.assembly.assembly import Assembly
from server.assembly.files import parse_assembly
from server.assembly.problems import AssemblyProblems

PARTS: Final = ("assembly.toml", "members.toml")
"""The sample's files; one after the other they are one assembly file."""


def load_sample() -> Assembly:
    """The sample assembly that comes with the package."""
    text = "\n".join(
        files(__package__).joinpath(part).read_text(encoding="utf-8") for part in PARTS
    )
    read = parse_assembly(text, "the sample assembly")
    if isinstance(read, AssemblyProblems):
        raise AssertionError(f"the package's sample is broken:\n{read}")
    return read
