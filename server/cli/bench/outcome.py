"""What one subcommand found at one size, and when its generator is not to be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from server.cli.bench.figures import Figures, spread

CPU_LIMIT: Final = 0.85
"""The part of a CPU above which a generator is taken to be what limits the run."""

LATE_LIMIT: Final = 0.25
"""The part of a latency that may be the generator's own lateness."""

LATE_FLOOR: Final = 2.0
"""Milliseconds of lateness that are never warned of."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Medians over the repeats, and what must be said beside them."""

    figures: Figures
    warnings: tuple[str, ...]


def generator_figures(answers: Sequence[Mapping[str, Any]]) -> Figures:
    """The generators' own lateness, CPU share (of one CPU each, the highest) and standstill."""
    return {
        **late_figures(answers),
        "generator_cpu_share": max(float(answer["cpu"]) for answer in answers),
        "generator_stall_ms": max(float(answer["stall"]) for answer in answers) * 1000.0,
    }


def late_figures(answers: Sequence[Mapping[str, Any]]) -> Figures:
    """How late those who pressed were."""
    late = [each for answer in answers for each in answer.get("late", ())]
    return spread("generator_late_ms", late, 1000.0)


def generator_warnings(figures: Figures, latency: str) -> list[str]:
    """Whether the generator limited the run whose latency is `latency` (in ms)."""
    warnings: list[str] = []
    share = figures["generator_cpu_share"]
    if share > CPU_LIMIT:
        warnings.append(_bottleneck("", share))
    late = figures.get("generator_late_ms.p99", 0.0)
    if late > max(LATE_FLOOR, LATE_LIMIT * figures.get(f"{latency}.p99", 0.0)):
        warnings.append(
            f"the generator pressed up to {late:.1f} ms late (p99), which is part of the latencies"
        )
    return warnings


def flood_warnings(figures: Figures) -> list[str]:
    """Whether the generator limited a flood."""
    own = figures["flood.generator_cpu_share"]
    return [_bottleneck("in the flood ", own)] if own > CPU_LIMIT else []


def _bottleneck(when: str, share: float) -> str:
    return (
        f"{when}the generator used {share:.0%} of a CPU: it was the bottleneck; "
        "give more --generators, on a machine with more CPUs"
    )


def once_each(warnings: Iterable[str], context: str) -> tuple[str, ...]:
    """Warnings with where they arose, none twice."""
    return tuple(dict.fromkeys(f"{context}: {each}" for each in warnings))
