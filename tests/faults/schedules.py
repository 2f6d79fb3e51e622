"""Schedules of faults, drawn by Hypothesis until their time is over (`HEMICYCLE_FAULT_MINUTES`)."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Sequence

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st


def minutes() -> float:
    """How long the drawn schedules of one kind of ballot go on."""
    return float(os.environ.get("HEMICYCLE_FAULT_MINUTES", "5"))


def draw_schedules(
    of: Collection[str],
    disclosures: Sequence[str],
    play: Callable[[list[str], str, int, float], None],
) -> None:
    """Play drawn schedules: which of these faults, under which disclosure, from which seed, and how
    many seconds the slow ones last."""
    ends = time.monotonic() + 60 * minutes()

    @settings(
        max_examples=10_000,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # a history on real processes is not the same twice
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(
        faults=st.lists(st.sampled_from(sorted(of)), min_size=3, max_size=8),
        disclosure=st.sampled_from(disclosures),
        seed=st.integers(0, 2**32),
        seconds=st.sampled_from([1.0, 3.0, 10.0]),
    )
    def drawn(faults: list[str], disclosure: str, seed: int, seconds: float) -> None:
        if time.monotonic() < ends:
            event(f"{len(faults)} faults")
            play(faults, disclosure, seed, seconds)

    drawn()
