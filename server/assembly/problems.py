"""What is wrong with an assembly file, each point with its place and its remedy.

Rule: reading never stops at the first problem; whoever wrote the file sees all of them at once.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One problem. `table` is where it stands ("members[3] (AF)"), `key` None for the whole."""

    table: str
    key: str | None
    what: str
    remedy: str

    def __str__(self) -> str:
        place = self.table if self.key is None else f"{self.table}, key {self.key!r}"
        return f"{place}: {self.what}. {self.remedy}."


@dataclass(frozen=True, slots=True)
class AssemblyProblems:
    """Why a file gives no assembly: its name, and at least one problem."""

    file: str
    problems: tuple[FileProblem, ...]

    def __str__(self) -> str:
        return "\n".join(f"{self.file}: {problem}" for problem in self.problems)
