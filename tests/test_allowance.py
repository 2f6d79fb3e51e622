"""So many at once, so many a second for long, and no more than that after any pause."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.allowance import Allowance


def test_a_burst_is_taken_at_once_and_then_the_rate() -> None:
    allowance = Allowance(burst=3, rate=2, now=0.0)
    assert [allowance.take(0.0) for _ in range(4)] == [True, True, True, False]
    assert [allowance.take(0.5) for _ in range(2)] == [True, False]
    assert [allowance.take(100.0) for _ in range(4)] == [True, True, True, False]


@given(st.lists(st.floats(0, 5, allow_nan=False), max_size=60), st.integers(1, 5))
def test_no_stretch_of_time_gives_more_than_burst_and_rate(pauses: list[float], burst: int) -> None:
    allowance, now, taken = Allowance(burst, 1.0, 0.0), 0.0, 0
    for pause in pauses:
        now += pause
        taken += allowance.take(now)
        assert taken <= burst + now + 1e-6
