"""What a run injected and checked: the table at its end, and in `docs/reliability.md`.

Rule: a fault counts when it is known to have hit (a process is dead, a call did not return, a
frame was cut), not when it was meant to.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self

from tests.history import Report

FIGURES = ("ballots", "commands", "presses", "repeats", "receipts", "unknown", "views", "said")


@dataclass
class Tally:
    """Faults by kind, and the sums of the checkers' reports."""

    faults: Counter[str] = field(default_factory=Counter)
    checked: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def hit(self, kind: str, times: int = 1) -> None:
        """A fault has hit."""
        self.faults[kind] += times

    def add(self, report: Report) -> None:
        """A history was checked."""
        self.checked["histories"] += 1
        for figure in FIGURES:
            self.checked[figure] += getattr(report, figure)
        self.violations += [str(each) for each in report.violations]

    def merge(self, other: Self) -> None:
        """Another process's tally."""
        self.faults += other.faults
        self.checked += other.checked
        self.violations += other.violations

    def as_json(self) -> dict[str, Any]:
        """What one process tells another."""
        return {
            "faults": dict(self.faults),
            "checked": dict(self.checked),
            "violations": self.violations,
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """The other way."""
        return cls(Counter(told["faults"]), Counter(told["checked"]), list(told["violations"]))

    def table(self) -> list[str]:
        """The table, as lines; a fault at different places ("fault, place") is one row."""
        kinds: Counter[str] = Counter()
        places: Counter[str] = Counter()
        for fault, times in self.faults.items():
            kind, _, place = fault.partition(", ")
            kinds[kind] += times
            places[kind] += bool(place)
        rows = [
            (f"{kind} ({places[kind]} places)" if places[kind] else kind, f"{times:,}")
            for kind, times in sorted(kinds.items())
        ]
        rows.append(("all faults", f"{self.faults.total():,}"))
        rows += [(NAMES[name], f"{self.checked[name]:,}") for name in ("histories", *FIGURES)]
        rows.append(("violations found", f"{len(self.violations):,}"))
        width = max(len(name) for name, _ in rows)
        return [
            f"| {'Fault or figure':<{width}} | {'Number':>9} |",
            f"|{'-' * (width + 2)}|{'-' * 10}:|",
            *(f"| {name:<{width}} | {number:>9} |" for name, number in rows),
        ]


NAMES = {
    "histories": "histories checked",
    "ballots": "ballots checked",
    "commands": "commands checked",
    "presses": "presses checked",
    "repeats": "presses sent again",
    "receipts": "presses receipted",
    "unknown": "presses without an answer",
    "views": "views checked",
    "said": "votes lost and said to be lost",
}
