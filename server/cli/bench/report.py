"""What the bench prints and writes: Markdown tables, JSON, and what must be said beside them.

Rule: one table serves the terminal and `docs/performance.md`; nobody copies figures by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.cli.bench.figures import Figure, Figures, Target, growth, nested, target_for

MISSING = "–"


@dataclass(frozen=True, slots=True)
class Report:
    """What one subcommand measured: medians by number of seats, and the warnings of its runs."""

    command: str
    title: str
    rows: tuple[Figure, ...]
    targets: tuple[Target, ...]
    runs: Mapping[int, Figures]
    warnings: tuple[str, ...]


def markdown(report: Report) -> str:
    """The report as a Markdown table, one column a size, then the warnings."""
    sizes = sorted(report.runs)
    grows = len(sizes) > 1
    head = [report.title, *(f"{size:,} seats" for size in sizes), "target"]
    if grows:
        head.append("growth")
    lines = [
        _row(report, row, sizes, grows=grows)
        for row in report.rows
        if any(row.name in report.runs[size] for size in sizes)
    ]
    table = _aligned([head, *lines])
    warnings = [f"**Warning:** {each}" for each in report.warnings]
    return "\n".join([table, *(f"\n{each}" for each in warnings)])


def as_json(machine: Mapping[str, Any], plan: Mapping[str, Any], reports: Sequence[Report]) -> str:
    """All reports of a run as one JSON document."""
    told = {
        "machine": dict(machine),
        "plan": dict(plan),
        "reports": [
            {
                "command": report.command,
                "warnings": list(report.warnings),
                "runs": [
                    {
                        "seats": size,
                        "figures": nested(report.runs[size]),
                        "targets": _judged(report, size),
                    }
                    for size in sorted(report.runs)
                ],
            }
            for report in reports
        ],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _judged(report: Report, seats: int) -> list[dict[str, Any]]:
    found = report.runs[seats]
    judged: list[dict[str, Any]] = []
    for row in report.rows:
        target = target_for(report.targets, row.name, seats)
        if target is not None and row.name in found:
            value = found[row.name]
            judged.append({"figure": row.name, "target": str(target), "met": target.is_met(value)})
    return judged


def _row(report: Report, row: Figure, sizes: Sequence[int], *, grows: bool) -> list[str]:
    cells = [f"{row.label} ({row.unit})" if row.unit else row.label]
    targets: dict[str, None] = {}
    for size in sizes:
        value = report.runs[size].get(row.name)
        target = target_for(report.targets, row.name, size)
        if target is not None:
            targets[str(target)] = None
        cells.append(MISSING if value is None else _value(value, target))
    cells.append(", ".join(targets))
    if grows:
        cells.append(_growth(report, row, sizes))
    return cells


def _value(value: float, target: Target | None) -> str:
    mark = "" if target is None else " ✔" if target.is_met(value) else " ✖"
    return number(value) + mark


def number(value: float) -> str:
    """A number with three significant digits, or whole if it is large."""
    if value == 0 or abs(value) >= 100 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def _growth(report: Report, row: Figure, sizes: Sequence[int]) -> str:
    measured = [
        (size, report.runs[size][row.name]) for size in sizes if row.name in report.runs[size]
    ]
    if not row.grows or len(measured) < 2:
        return ""
    exponent = growth(measured[0], measured[-1])
    return "" if exponent is None else f"N^{exponent:.2f}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    head, *body = [
        "| " + " | ".join(_cell(text, widths[i], i) for i, text in enumerate(row)) + " |"
        for row in rows
    ]
    rule = "|".join(
        "-" * (width + 2) if i == 0 else "-" * (width + 1) + ":" for i, width in enumerate(widths)
    )
    return "\n".join([head, f"|{rule}|", *body])


def _cell(text: str, width: int, column: int) -> str:
    return text.ljust(width) if column == 0 else text.rjust(width)
