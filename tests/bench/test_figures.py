from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.cli.bench.figures import (
    Figure,
    Figures,
    Target,
    growth,
    medians,
    nested,
    quantile,
    ratios,
    spread,
    target_for,
)
from server.cli.bench.report import Report, markdown

VALUES = st.lists(st.floats(0, 1e6), min_size=1, max_size=200)


@given(VALUES, st.floats(0.01, 1.0))
def test_a_quantile_was_measured_and_has_its_part_below(values: list[float], part: float) -> None:
    found = quantile(values, part)
    assert found in values
    assert sum(each <= found for each in values) >= part * len(values) - 1e-9
    assert sum(each < found for each in values) < part * len(values) + 1e-9


def test_a_quantile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        quantile([], 0.5)
    assert spread("x_ms", []) == {}


@given(VALUES)
def test_a_spread_is_in_order(values: list[float]) -> None:
    told = spread("x_ms", values, 1000.0)
    assert told["x_ms.p50"] <= told["x_ms.p99"] <= told["x_ms.max"] == max(values) * 1000.0


def test_medians_are_those_of_the_runs_that_have_a_figure() -> None:
    runs: list[Figures] = [{"a": 1, "b": 5}, {"a": 9}, {"a": 2, "b": 7}]
    assert medians(runs) == {"a": 2, "b": 6}


def test_growth_is_the_exponent() -> None:
    assert growth((10, 5.0), (1000, 500.0)) == pytest.approx(1.0)
    assert growth((10, 5.0), (100, 500.0)) == pytest.approx(2.0)
    assert growth((10, 5.0), (10, 6.0)) is None
    assert growth((10, 0.0), (100, 6.0)) is None


def test_a_ratio_needs_both_sides() -> None:
    figures = {"a": 6.0, "b": 3.0, "zero": 0.0}
    wanted = {"good": ("a", "b"), "no_base": ("a", "zero"), "missing": ("a", "c")}
    assert ratios(figures, wanted) == {"good": 2.0}


def test_dotted_names_are_nested() -> None:
    assert nested({"a.p50": 1, "a.p99": 2, "b": 3}) == {"a": {"p50": 1, "p99": 2}, "b": 3}


def test_the_strictest_target_for_the_size_counts() -> None:
    few, many = Target("x", 20, at_most=True, up_to=200), Target("x", 35, at_most=True, up_to=5000)
    assert target_for((many, few), "x", 196) == few
    assert target_for((many, few), "x", 201) == many
    assert target_for((many, few), "x", 5001) is None
    assert few.is_met(20)
    assert not few.is_met(20.1)
    assert Target("y", 15, at_most=False).is_met(16)


def test_the_table_says_what_is_met_what_grew_and_what_is_missing() -> None:
    report = Report(
        command="press",
        title="press",
        rows=(
            Figure("start_s", "start-up", "s", grows=True),
            Figure("x_ms.p99", "latency", "ms"),
            Figure("never", "not measured", ""),
            Figure("once", "measured once", ""),
        ),
        targets=(Target("x_ms.p99", 20, at_most=True),),
        runs={
            1000: {"start_s": 400.0, "x_ms.p99": 20.5},
            10: {"start_s": 4.0, "x_ms.p99": 3.256, "once": 1},
        },
        warnings=("the generator was late",),
    )
    assert markdown(report).splitlines() == [
        "| press         | 10 seats | 1,000 seats | target | growth |",
        "|---------------|---------:|------------:|-------:|-------:|",
        "| start-up (s)  |        4 |         400 |        | N^1.00 |",
        "| latency (ms)  |   3.26 ✔ |      20.5 ✖ |   ≤ 20 |        |",
        "| measured once |        1 |           – |        |        |",
        "",
        "**Warning:** the generator was late",
    ]
