"""The arithmetic of the bench: pure, over plain numbers.

Rule: a figure is a number under a dotted name (`press_to_receipt_ms.p99`), so that medians,
tables and JSON need to know nothing about what was measured. A quantile is a value that was
measured (nearest rank), never one between two.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Figures = dict[str, float]
"""What one run at one size came to, by dotted name. What could not be measured is left out."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How a figure is told. `grows` marks a cost of the whole hall, which may grow at most
    as fast as the hall does."""

    name: str
    label: str
    unit: str
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure should come to, for halls of up to `up_to` seats."""

    name: str
    limit: float
    at_most: bool
    up_to: int = 1_000_000

    def is_met(self, value: float) -> bool:
        """Whether a value reaches the target."""
        return value <= self.limit if self.at_most else value >= self.limit

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.limit:g}"


def target_for(targets: Sequence[Target], name: str, seats: int) -> Target | None:
    """The strictest target that speaks about a hall of this size: the one for the fewest seats."""
    apply = [each for each in targets if each.name == name and seats <= each.up_to]
    return min(apply, key=lambda each: each.up_to, default=None)


def quantile(values: Sequence[float], part: float) -> float:
    """The nearest-rank quantile: at least `part` (0 to 1) of the values are not above it.

    Raises ValueError if there are no values.
    """
    if not values:
        raise ValueError("values: a quantile needs at least one")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def spread(name: str, values: Sequence[float], scale: float = 1.0) -> Figures:
    """p50, p99 and max of values times `scale`, under `name`; nothing if there are none."""
    if not values:
        return {}
    scaled = [value * scale for value in values]
    return {
        f"{name}.p50": quantile(scaled, 0.50),
        f"{name}.p99": quantile(scaled, 0.99),
        f"{name}.max": max(scaled),
    }


def ratio(figures: Mapping[str, float], above: str, below: str) -> float | None:
    """One figure by another, or None if either is missing or the lower one is zero."""
    if above not in figures or not figures.get(below):
        return None
    return figures[above] / figures[below]


def ratios(figures: Mapping[str, float], wanted: Mapping[str, tuple[str, str]]) -> Figures:
    """The ratios that can be had: name → (figure above the line, figure below it)."""
    found = {name: ratio(figures, above, below) for name, (above, below) in wanted.items()}
    return {name: value for name, value in found.items() if value is not None}


def medians(runs: Sequence[Mapping[str, float]]) -> Figures:
    """The median of each figure over the runs that have it."""
    names = dict.fromkeys(name for run in runs for name in run)
    return {name: statistics.median(run[name] for run in runs if name in run) for name in names}


def growth(smaller: tuple[int, float], larger: tuple[int, float]) -> float | None:
    """The exponent by which a cost grew from (seats, cost) to (seats, cost): 1 is linear."""
    (few, little), (many, much) = smaller, larger
    if few >= many or little <= 0 or much <= 0:
        return None
    return math.log(much / little) / math.log(many / few)


def nested(figures: Mapping[str, float]) -> dict[str, Any]:
    """Dotted names as nested objects, for JSON."""
    tree: dict[str, Any] = {}
    for name, value in figures.items():
        *path, last = name.split(".")
        branch = tree
        for part in path:
            branch = branch.setdefault(part, {})
        branch[last] = value
    return tree
