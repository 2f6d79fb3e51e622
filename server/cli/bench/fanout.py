"""`hemicycle bench fanout`: N screens, and the count changes ten times a second.

One Member after another votes, `--rate` times a second, and every view goes to all N displays. The
baseline is the library beneath, sending frames of the same size to as many clients, one after the
other, as often; and uWebSockets, a native server, in the place of that library.

A change costs something once (the press, its commit, the making of the view), however many watch.
So the same changes come first with one screen, and what each further screen adds is told apart.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from server.cli.bench import native_server
from server.cli.bench.children import ask_all
from server.cli.bench.figures import Figure, Figures, Target, medians, ratios, spread
from server.cli.bench.outcome import (
    Outcome,
    generator_figures,
    generator_warnings,
    late_figures,
    once_each,
)
from server.cli.bench.process_cost import CpuMeter
from server.cli.bench.stage import HEAD_START, BareServer, Plan, Stage, Tell
from server.cli.bench.votes import Answers, answers_of, check_count, choices_for, delays

TITLE: Final = "fanout"

ROWS: Final = (
    Figure("connect_s", "all screens connected", "s", grows=True),
    Figure("connect_cpu_us", "server CPU a connection made", "µs"),
    Figure("memory_per_connection_kib", "memory per idle screen", "KiB"),
    Figure("memory_per_tls_connection_kib", "memory per idle screen, with TLS", "KiB"),
    Figure("changes.asked", "changes of the count", ""),
    Figure("changes.receipted", "changes receipted", ""),
    Figure("view_bytes", "size of a view", "bytes"),
    Figure("views_per_screen", "views shown a screen", ""),
    Figure("changes.missed", "changes never shown on a screen", ""),
    Figure("press_to_display_ms.p50", "press → display, p50", "ms"),
    Figure("press_to_display_ms.p99", "press → display, p99", "ms"),
    Figure("press_to_display_ms.max", "press → display, max", "ms"),
    Figure("press_to_receipt_ms.p50", "press → receipt, p50", "ms"),
    Figure("press_to_receipt_ms.p99", "press → receipt, p99", "ms"),
    Figure("server_cpu_share", "server CPU", "of one CPU"),
    Figure("server_cpu_share_idle", "server CPU at rest", "of one CPU", grows=True),
    Figure("server_cpu_us_per_frame", "server CPU a frame, above rest", "µs"),
    Figure("server_cpu_us_per_change", "server CPU a change, one screen watching", "µs"),
    Figure("server_cpu_us_per_further_frame", "server CPU a frame of a further screen", "µs"),
    Figure("bare_broadcast_ms.p50", "bare broadcast, p50", "ms"),
    Figure("bare_broadcast_ms.p99", "bare broadcast, p99", "ms"),
    Figure("bare_cpu_us_per_frame", "bare broadcast, CPU a frame", "µs"),
    Figure("native_broadcast_ms.p50", "uWebSockets broadcast, p50", "ms"),
    Figure("native_broadcast_ms.p99", "uWebSockets broadcast, p99", "ms"),
    Figure("native_cpu_us_per_frame", "uWebSockets broadcast, CPU a frame", "µs"),
    Figure("native_cpu_us_per_further_frame", "uWebSockets, CPU a frame of a further screen", "µs"),
    Figure("ratio.display_to_bare", "display p99 ÷ bare p99", "×"),
    Figure("ratio.cpu_to_bare", "CPU a frame ÷ bare", "×"),
    Figure("ratio.display_to_native", "display p99 ÷ uWebSockets p99", "×"),
    Figure("ratio.cpu_to_native", "CPU a frame ÷ uWebSockets", "×"),
    Figure("ratio.further_cpu_to_native", "CPU of a further screen ÷ uWebSockets", "×"),
    Figure("generator_late_ms.p99", "generator: late, p99", "ms"),
    Figure("generator_stall_ms", "generator: longest standstill", "ms"),
    Figure("generator_cpu_share", "generator: CPU", "of one CPU"),
)

TARGETS: Final = (
    Target("changes.missed", 0, at_most=True),
    Target("press_to_display_ms.p99", 20, at_most=True, up_to=200),
    Target("press_to_display_ms.p99", 35, at_most=True, up_to=10_000),
    Target("ratio.further_cpu_to_native", 1.3, at_most=True),
)

SECONDS: Final = 5.0
PATIENCE: Final = 30.0


def changes_of(plan: Plan) -> int:
    """How often the count changes in a stretch; each time another Member presses."""
    return max(1, round(plan.rate * (plan.seconds or SECONDS)))


def measure(plan: Plan, seats: int, tell: Tell) -> Outcome:
    """Run it with `seats` screens. Raises BenchFailed if anything does not add up."""
    changes = changes_of(plan)
    runs: list[Figures] = []
    lacking = native_server.lacking()
    warnings = [] if lacking is None else [f"uWebSockets is not measured: {lacking}"]
    with Stage(plan, max(seats, changes), tell) as stage:
        tokens = stage.operator.seat_tokens()[:changes]
        alone = list(_stretches(stage, 1, tokens, lambda: _put_up(stage, 1)))
        once: Figures = {}
        many = _stretches(stage, seats, tokens, lambda: once.update(_put_up(stage, seats)))
        for one, stretch in zip(alone, many, strict=True):
            run = once | _figures(stretch, seats, changes) | _further("server", stretch, one)
            warnings += generator_warnings(run, "press_to_display_ms")
            runs.append(run)
        for turn, run in enumerate(runs):
            size = round(run["view_bytes"])
            tell(f"the same at a bare server ({turn + 1} of {plan.repeat})")
            run |= _broadcast(stage, "bare", seats, changes, size)
            if lacking is None:
                tell(f"the same at uWebSockets ({turn + 1} of {plan.repeat})")
                run |= _broadcast(stage, "native", seats, changes, size)
            run |= _ratios(run)
    return Outcome(medians(runs), once_each(warnings, f"fanout, {seats:,} screens"))


def _stretches(
    stage: Stage, screens: int, tokens: Sequence[str], come: Callable[[], object]
) -> Iterator[_Stretch]:
    """The screens come, and so do those who press; each stretch of the plan; everybody leaves."""
    plan = stage.plan
    come()
    stage.at_watcher("seat", stage.hall.port, "/ws/v1/kiosk", tokens)
    for turn in range(plan.repeat):
        stage.tell(f"{screens:,} screens at {plan.rate:g} Hz ({turn + 1} of {plan.repeat})")
        ballot = stage.operator.open("counts")
        stretch = _stretch(stage, stage.hall.pid, ballot, len(tokens))
        check_count(stretch.answers, stage.operator.count(ballot))
        yield stretch
    stage.leave()


def _put_up(stage: Stage, screens: int) -> Figures:
    stage.tell(f"{screens:,} screens connect")
    token = stage.operator.display_token()
    return stage.held_by("screen", "/ws/v1/display", [token] * screens)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What one measured stretch came to. `busy` and `rest` are parts of one CPU."""

    answers: Answers
    shown: list[list[tuple[int, float]]]
    views: int
    view_bytes: int
    busy: float
    rest: float
    wall: float
    generators: Figures

    @property
    def spent(self) -> float:
        """Seconds of CPU above what it takes at rest."""
        return max(0.0, self.busy - self.rest) * self.wall


def _stretch(stage: Stage, pid: int, ballot: str, changes: int) -> _Stretch:
    ask_all(stage.generators, "forget", [{}] * len(stage.generators))
    rest = stage.share_at_rest(pid)
    start = time.monotonic() + HEAD_START
    times = [start + i / stage.plan.rate for i in range(changes)]
    patience = HEAD_START + changes / stage.plan.rate + PATIENCE
    for generator in stage.generators:
        generator.begin("seen", voted=changes, patience=patience)
    meter = CpuMeter(pid)
    told = stage.watcher.ask(
        "press",
        ballot=ballot, times=times, choices=choices_for(changes, 1), patience=PATIENCE, seed=1,
    )  # fmt: skip
    seen = [generator.answer() for generator in stage.generators]
    cpu, wall = meter.read()
    generators = generator_figures(seen)
    return _Stretch(
        answers=answers_of([told]),
        shown=[screen for each in seen for screen in each["shown"]],
        views=sum(each["views"] for each in seen),
        view_bytes=max(each["bytes"] for each in seen),
        busy=cpu / wall,
        rest=rest,
        wall=wall,
        # The one who presses is late, the ones who watch are busy.
        generators={**generators, **late_figures([told])},
    )


def _figures(stretch: _Stretch, screens: int, changes: int) -> Figures:
    accepted = stretch.answers.accepted
    shown = [delays(accepted, screen) for screen in stretch.shown]
    return {
        "changes.asked": changes,
        "changes.receipted": len(accepted),
        "view_bytes": stretch.view_bytes,
        "views_per_screen": stretch.views / screens,
        "changes.missed": sum(len(accepted) - len(each) for each in shown),
        **spread("press_to_display_ms", [delay for each in shown for delay in each], 1000.0),
        **spread("press_to_receipt_ms", stretch.answers.latencies, 1000.0),
        "server_cpu_share": stretch.busy,
        "server_cpu_share_idle": stretch.rest,
        **_per_frame("server_cpu_us_per_frame", stretch),
        **stretch.generators,
    }


def _per_frame(name: str, stretch: _Stretch) -> Figures:
    return {name: stretch.spent / stretch.views * 1e6} if stretch.views else {}


def _further(server: str, stretch: _Stretch, alone: _Stretch) -> Figures:
    """What a change costs with one screen, and what the frames of further screens add to that."""
    changes = len(alone.answers.accepted)
    told = {f"{server}_cpu_us_per_change": alone.spent / changes * 1e6} if changes else {}
    more = stretch.views - alone.views
    if more > 0:
        added = max(0.0, stretch.spent - alone.spent)
        told[f"{server}_cpu_us_per_further_frame"] = added / more * 1e6
    return told


def _broadcast(stage: Stage, server: BareServer, screens: int, changes: int, size: int) -> Figures:
    alone, stretch = (
        _at_bare_server(stage, server, watching, changes, size) for watching in (1, screens)
    )
    shown = [
        delay for screen in stretch.shown for delay in delays(stretch.answers.accepted, screen)
    ]
    return {
        **spread(f"{server}_broadcast_ms", shown, 1000.0),
        **_per_frame(f"{server}_cpu_us_per_frame", stretch),
        **_further(server, stretch, alone),
    }


def _at_bare_server(
    stage: Stage, server: BareServer, screens: int, changes: int, size: int
) -> _Stretch:
    """One stretch at a server of its own, which counts from the beginning."""
    with ExitStack() as stack:
        port, child = stage.bare_server(stack, size, server)
        stage.connect("screen", [port], "/screen", [""] * screens)
        stage.at_watcher("bare", port, "/voter", [""] * changes)
        stretch = _stretch(stage, child.pid, "bare", changes)
        stage.leave()
    return stretch


def _ratios(run: Figures) -> Figures:
    return ratios(
        run,
        {
            "ratio.display_to_bare": ("press_to_display_ms.p99", "bare_broadcast_ms.p99"),
            "ratio.cpu_to_bare": ("server_cpu_us_per_frame", "bare_cpu_us_per_frame"),
            "ratio.display_to_native": ("press_to_display_ms.p99", "native_broadcast_ms.p99"),
            "ratio.cpu_to_native": ("server_cpu_us_per_frame", "native_cpu_us_per_frame"),
            "ratio.further_cpu_to_native": (
                "server_cpu_us_per_further_frame",
                "native_cpu_us_per_further_frame",
            ),
        },
    )
