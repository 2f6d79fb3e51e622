"""`hemicycle bench board`: what a full board costs at N Members.

Everybody votes in a ballot whose disclosure is `individual`, so the board has a mark for each
Member. Then displays, consoles and seats join one after the other (each is shown a whole view at
once), and at last one display, and one console, watch votes change ten times a second. Every view
is made anew for that, so CPU a view is what the hall pays each time anything moves.
"""

from __future__ import annotations

import time
from typing import Final

from server.cli.bench.children import ask_all
from server.cli.bench.failure import BenchFailed
from server.cli.bench.figures import Figure, Figures, medians, spread
from server.cli.bench.outcome import Outcome, late_figures
from server.cli.bench.press import press_once
from server.cli.bench.process_cost import CpuMeter
from server.cli.bench.stage import HEAD_START, Plan, Stage, Tell
from server.cli.bench.votes import answers_of

TITLE: Final = "board"

AUDIENCES: Final = (
    ("display", "screen", "/ws/v1/display"),
    ("console", "screen", "/ws/v1/console"),
    ("seat", "seat", "/ws/v1/kiosk"),
)
"""Who, what kind of place, and its socket."""


def _rows() -> tuple[Figure, ...]:
    rows = [Figure("votes", "marks on the board", "")]
    for who, _, _ in AUDIENCES:
        rows += [
            Figure(f"{who}.view_bytes", f"{who}: size of a view", "bytes", grows=True),
            Figure(f"{who}.join_ms.p50", f"{who}: hello → view, p50", "ms", grows=True),
            Figure(f"{who}.join_ms.max", f"{who}: hello → view, max", "ms"),
            Figure(f"{who}.join_cpu_us", f"{who}: server CPU a join", "µs", grows=True),
        ]
    for who, _, _ in AUDIENCES[:2]:
        rows += [
            Figure(f"{who}.live_views_per_s", f"{who}: views a second, live", "1/s"),
            Figure(f"{who}.live_cpu_us", f"{who}: server CPU a live view", "µs", grows=True),
        ]
    rows.append(Figure("generator_late_ms.p99", "generator: late, p99", "ms"))
    return tuple(rows)


ROWS: Final = _rows()
TARGETS: Final = ()
JOINS: Final = 20
WINDOW: Final = 1.0
SECONDS: Final = 3.0
PATIENCE: Final = 30.0


def measure(plan: Plan, seats: int, tell: Tell) -> Outcome:
    """Run it at one size. Raises BenchFailed if anything does not add up."""
    changes = max(1, min(seats, round(plan.rate * (plan.seconds or SECONDS))))
    runs: list[Figures] = []
    with Stage(plan, seats, tell) as stage:
        tokens = stage.operator.seat_tokens()
        display = stage.operator.display_token()
        by_audience = {"display": display, "console": stage.operator.token, "seat": tokens[-1]}
        for turn in range(plan.repeat):
            tell(f"{seats:,} Members fill the board ({turn + 1} of {plan.repeat})")
            stage.connect("seat", [stage.hall.port], "/ws/v1/kiosk", tokens)
            ballot = stage.operator.open("individual")
            answers = answers_of(press_once(stage, ballot, turn, WINDOW))
            stage.leave()
            run: Figures = {"votes": len(answers.accepted)}
            for who, kind, path in AUDIENCES:
                tell(f"{JOINS} times a {who} joins")
                run |= _joins(stage, who, kind, path, by_audience[who])
            for who, kind, path in AUDIENCES[:2]:
                tell(f"a {who} watches")
                token = by_audience[who]
                run |= _live(stage, who, kind, path, token, ballot, tokens[:changes])
            if not answers.unanswered and not answers.refused:
                check_board(sum(stage.operator.count(ballot).values()), seats)
            runs.append(run)
    return Outcome(medians(runs), ())


def check_board(counted: int, seats: int) -> None:
    """Everybody voted, hence everybody is counted. Raises BenchFailed."""
    if counted != seats:
        raise BenchFailed(f"{seats} Members voted, and {counted} were declared")


def _joins(stage: Stage, who: str, kind: str, path: str, token: str) -> Figures:
    rest = stage.share_at_rest(stage.hall.pid)
    meter = CpuMeter(stage.hall.pid)
    took: list[float] = []
    size = 0
    for _ in range(JOINS):
        told = stage.at_watcher(kind, stage.hall.port, path, [token])
        took.append(told["arrived"][0] - told["began"])
        size = told["bytes"][0]
        stage.watcher.ask("hang_up")
    cpu, wall = meter.read()
    return {
        f"{who}.view_bytes": size,
        **spread(f"{who}.join_ms", took, 1000.0),
        f"{who}.join_cpu_us": max(0.0, cpu - rest * wall) / JOINS * 1e6,
    }


def _live(
    stage: Stage, who: str, kind: str, path: str, token: str, ballot: str, voters: list[str]
) -> Figures:
    """Votes change at the plan's rate while one screen watches; what a view of it costs.

    What the same changes cost with nobody watching is taken off.
    """
    stage.connect("seat", [stage.hall.port], "/ws/v1/kiosk", voters)
    unseen, _ = _changes(stage, ballot, len(voters), "abstain")
    stage.at_watcher(kind, stage.hall.port, path, [token])
    stage.watcher.ask("forget")
    seen, late = _changes(stage, ballot, len(voters), "no")
    shown = stage.watcher.ask("seen", voted=0, patience=0.0)
    stage.leave()
    views, length = int(shown["views"]), len(voters) / stage.plan.rate
    return {
        f"{who}.live_views_per_s": views / length,
        **({f"{who}.live_cpu_us": max(0.0, seen - unseen) / views * 1e6} if views else {}),
        **late,
    }


def _changes(stage: Stage, ballot: str, voters: int, choice: str) -> tuple[float, Figures]:
    """One Member after the other presses `choice`; the server's CPU seconds, and the lateness."""
    stage.settle()
    start = time.monotonic() + HEAD_START
    times = stage.shares([start + i / stage.plan.rate for i in range(voters)])
    order = {"ballot": ballot, "patience": PATIENCE, "seed": 1}
    meter = CpuMeter(stage.hall.pid)
    told = ask_all(
        stage.generators,
        "press",
        [{**order, "times": share, "choices": [choice] * len(share)} for share in times],
    )
    time.sleep(HEAD_START)
    return meter.read()[0], late_figures(told)
