"""`hemicycle bench press`: everybody presses within one second.

Three parts a repeat: the burst (every seat once, at random moments of the window), the flood (every
seat again as soon as it is answered: the most votes a second), and the bare baselines: the same
script on the same Redis, and the same burst at a server that only echoes.
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any, Final

from server.cli.bench.bare_redis import BareRedis
from server.cli.bench.children import ask_all
from server.cli.bench.failure import BenchFailed
from server.cli.bench.figures import Figure, Figures, Target, medians, ratios, spread
from server.cli.bench.outcome import (
    Outcome,
    flood_warnings,
    generator_figures,
    generator_warnings,
    once_each,
)
from server.cli.bench.process_cost import CpuMeter
from server.cli.bench.slow_disk import SlowDisk, tracer
from server.cli.bench.stage import HEAD_START, Plan, Stage, Tell
from server.cli.bench.votes import answers_of, check_count, choices_for, delays, evenly_random
from server.live.session import BURST, RATE

TITLE: Final = "press"

ROWS: Final = (
    Figure("start_up_s", "start-up, new hall", "s", grows=True),
    Figure("connect_s", "all seats connected", "s", grows=True),
    Figure("connect_cpu_us", "server CPU a connection made", "µs"),
    Figure("memory_per_connection_kib", "memory per idle seat", "KiB"),
    Figure("memory_per_tls_connection_kib", "memory per idle seat, with TLS", "KiB"),
    Figure("receipted", "presses receipted", ""),
    Figure("refused", "presses refused", ""),
    Figure("unanswered", "presses without an answer", ""),
    Figure("press_to_receipt_ms.p50", "press → receipt, p50", "ms"),
    Figure("press_to_receipt_ms.p99", "press → receipt, p99", "ms"),
    Figure("press_to_receipt_ms.max", "press → receipt, max", "ms"),
    Figure("press_to_display_ms.p50", "press → display, p50", "ms"),
    Figure("press_to_display_ms.p99", "press → display, p99", "ms"),
    Figure("press_to_display_ms.max", "press → display, max", "ms"),
    Figure("server_cpu_us_per_press", "server CPU a press", "µs"),
    Figure("redis_cpu_us_per_press", "Redis CPU a press", "µs"),
    Figure("server_cpu_share_idle", "server CPU at rest", "of one CPU"),
    Figure("flood.asked", "flood: presses asked", ""),
    Figure("flood.receipted", "flood: presses receipted", ""),
    Figure("flood.refused", "flood: presses refused", ""),
    Figure("flood.unanswered", "flood: presses without an answer", ""),
    Figure("flood.server_cpu_us_per_press", "flood: server CPU a press", "µs"),
    Figure("flood.redis_cpu_us_per_press", "flood: Redis CPU a press", "µs"),
    Figure("flood.generator_cpu_share", "flood: generator CPU", "of one CPU"),
    Figure("votes_per_s", "flood: votes receipted", "1/s"),
    Figure("bare_call_ms.p50", "bare: one call with fsync, p50", "ms"),
    Figure("bare_call_ms.p99", "bare: one call with fsync, p99", "ms"),
    Figure("bare_look_ms.p50", "bare: one look, p50", "ms"),
    Figure("bare_single_per_s", "bare: calls one by one", "1/s"),
    Figure("bare_grouped_per_s", "bare: groups of 100", "1/s"),
    Figure("bare_pipelined_per_s", "bare: 50 clients, pipeline 16", "1/s"),
    Figure("bare_echo_ms.p50", "bare echo, p50", "ms"),
    Figure("bare_echo_ms.p99", "bare echo, p99", "ms"),
    Figure("bare_echo_cpu_us", "bare echo, server CPU", "µs"),
    Figure("ratio.receipt_to_bare_call", "receipt p99 ÷ bare call p99", "×"),
    Figure("ratio.receipt_to_bare_echo", "receipt p99 ÷ bare echo p99", "×"),
    Figure("ratio.votes_to_bare_pipelined", "votes/s ÷ bare pipelined", "×"),
    Figure("ratio.votes_to_bare_single", "votes/s ÷ bare one by one", "×"),
    Figure("ratio.look_to_bare_call", "bare look p50 ÷ bare call p50", "×"),
    Figure("slow_disk_ms", "fsync slower by F", "ms"),
    Figure("ratio.receipt_to_slow_disk", "receipt p99 ÷ (4 F + 5 ms)", "×"),
    Figure("ratio.cpu_to_bare_echo", "CPU a press ÷ bare echo", "×"),
    Figure("generator_late_ms.p99", "generator: late, p99", "ms"),
    Figure("generator_late_ms.max", "generator: late, max", "ms"),
    Figure("generator_stall_ms", "generator: longest standstill", "ms"),
    Figure("generator_cpu_share", "generator: CPU", "of one CPU"),
)

TARGETS: Final = (
    Target("memory_per_connection_kib", 20, at_most=True),
    Target("memory_per_tls_connection_kib", 45, at_most=True),
    Target("unanswered", 0, at_most=True),
    Target("press_to_display_ms.p99", 20, at_most=True, up_to=200),
    Target("press_to_display_ms.p99", 35, at_most=True, up_to=10_000),
    Target("ratio.receipt_to_bare_call", 10, at_most=True, up_to=10_000),
    Target("ratio.receipt_to_slow_disk", 1, at_most=True),
    Target("ratio.votes_to_bare_pipelined", 1, at_most=False),
    Target("ratio.votes_to_bare_single", 15, at_most=False),
)

WINDOW: Final = 1.0
AFTER: Final = 10.0
"""Seconds after the window in which a screen may still show what was pressed."""

PATIENCE: Final = 60.0
FLOOD: Final = 20_000
"""Presses in a flood, as far as a connection's allowance goes."""

MOST_ROUNDS: Final = int(BURST) - 10
CALLS: Final = 300
GROUPS: Final = 60
PIPELINED: Final = 50_000


def measure(plan: Plan, seats: int, tell: Tell) -> Outcome:
    """Run it at one size. Raises BenchFailed if anything does not add up."""
    runs: list[Figures] = []
    warnings: list[str] = []
    if plan.slow_disk is not None:
        tracer()  # before thousands of seats connect for nothing
    with Stage(plan, seats, tell) as stage:
        once = {"start_up_s": stage.start_up, **stage.seat_everybody()}
        stage.put_up_screens()
        with _disk(stage):
            for turn in range(plan.repeat):
                tell(f"{seats:,} seats press ({turn + 1} of {plan.repeat})")
                run = once | _burst(stage, seed=turn)
                warnings += generator_warnings(run, "press_to_receipt_ms")
                tell("they press as often as they are answered")
                run |= _flood(stage, turn)
                warnings += flood_warnings(run)
                tell("the same script on the bare Redis")
                bare = BareRedis(stage.hall.redis()[0], seats, plan.replicas)
                run |= bare.measure(CALLS, GROUPS, PIPELINED)
                runs.append(run)
        stage.leave()
        for turn, run in enumerate(runs):
            tell(f"the same burst at a bare server ({turn + 1} of {plan.repeat})")
            run |= _echo(stage, seed=turn)
            run |= _ratios(run) | _beside_slow_disk(run, plan.slow_disk)
    return Outcome(medians(runs), once_each(warnings, f"press, {seats:,} seats"))


def _disk(stage: Stage) -> AbstractContextManager[object]:
    """The disk that Redis waits for: as it is, or slower."""
    ms = stage.plan.slow_disk
    return nullcontext() if ms is None else SlowDisk(stage.redis_pid(), ms)


def _beside_slow_disk(run: Figures, ms: float | None) -> Figures:
    """A press may wait for the call under way and for its own, twice over, and for 5 ms."""
    if ms is None:
        return {}
    share = run["press_to_receipt_ms.p99"] / (4 * ms + 5)
    return {"slow_disk_ms": ms, "ratio.receipt_to_slow_disk": share}


def _burst(stage: Stage, seed: int) -> Figures:
    window = stage.plan.seconds or WINDOW
    rest = stage.share_at_rest(*stage.server_pids)
    ballot = stage.operator.open("counts")
    stage.watcher.ask("forget")
    stage.settle()
    server, redis = CpuMeter(*stage.server_pids), CpuMeter(stage.redis_pid())
    stage.watcher.begin("seen", voted=stage.members, patience=HEAD_START + window + AFTER)
    told = press_once(stage, ballot, seed, window)
    answers = answers_of(told)
    seen = stage.watcher.answer()
    cpu, redis_cpu = server.read()[0], redis.read()[0]
    check_count(answers, stage.operator.count(ballot))
    displays = seen["shown"][: stage.plan.displays]
    shown = [delay for each in displays for delay in delays(answers.accepted, each)]
    return {
        "receipted": len(answers.accepted),
        "refused": sum(answers.refused.values()),
        "unanswered": answers.unanswered,
        **spread("press_to_receipt_ms", answers.latencies, 1000.0),
        **spread("press_to_display_ms", shown, 1000.0),
        "server_cpu_us_per_press": cpu / stage.members * 1e6,
        "redis_cpu_us_per_press": redis_cpu / stage.members * 1e6,
        "server_cpu_share_idle": rest,
        **generator_figures(told),
    }


def press_once(stage: Stage, ballot: str, seed: int, window: float) -> list[dict[str, Any]]:
    """Every seat presses once within a window that begins in a moment; what each generator says."""
    start = time.monotonic() + HEAD_START
    times = stage.shares(evenly_random(start, window, stage.members, seed))
    choices = stage.shares(choices_for(stage.members, seed))
    return ask_all(
        stage.generators,
        "press",
        [
            {"ballot": ballot, "times": at, "choices": what, "patience": PATIENCE, "seed": seed}
            for at, what in zip(times, choices, strict=True)
        ],
    )


def _flood(stage: Stage, turn: int) -> Figures:
    rounds = max(2, min(MOST_ROUNDS, FLOOD // stage.members))
    if turn > 0:
        # The seats' allowance has to come back, or the hall would rightly refuse them.
        time.sleep(rounds / RATE)
    ballot = stage.operator.open("counts")
    stage.settle()
    server, redis = CpuMeter(*stage.server_pids), CpuMeter(stage.redis_pid())
    at = time.monotonic() + HEAD_START
    what = {"ballot": ballot, "rounds": rounds, "at": at, "patience": PATIENCE}
    told = ask_all(stage.generators, "flood", [what] * len(stage.generators))
    cpu, redis_cpu = server.read()[0], redis.read()[0]
    counted = sum(stage.operator.count(ballot).values())
    accepted = sum(int(each["accepted"]) for each in told)
    if accepted == rounds * stage.members and counted != stage.members:
        raise BenchFailed(f"all of {stage.members} Members voted, and {counted} were declared")
    if not accepted:
        raise BenchFailed("no press of the flood was receipted")
    took = max(float(each["ended"]) for each in told) - at
    return {
        "votes_per_s": accepted / took,
        "flood.generator_cpu_share": max(float(each["cpu_seconds"]) for each in told) / took,
        "flood.server_cpu_us_per_press": cpu / (rounds * stage.members) * 1e6,
        "flood.redis_cpu_us_per_press": redis_cpu / (rounds * stage.members) * 1e6,
        "flood.asked": rounds * stage.members,
        "flood.receipted": accepted,
        "flood.refused": sum(sum(each["refused"].values()) for each in told),
        "flood.unanswered": sum(int(each["unanswered"]) for each in told),
    }


def _echo(stage: Stage, seed: int) -> Figures:
    with ExitStack() as stack:
        port, server = stage.bare_server(stack, size=0)
        stage.connect("bare", [port], "/echo", [""] * stage.members)
        stage.settle()
        meter = CpuMeter(server.pid)
        told = press_once(stage, "bare", seed, stage.plan.seconds or WINDOW)
        cpu = meter.read()[0]
        stage.leave()
    latencies = [
        answered - scheduled
        for each in told
        for scheduled, answered in zip(each["scheduled"], each["answered"], strict=True)
        if answered
    ]
    return {
        **spread("bare_echo_ms", latencies, 1000.0),
        "bare_echo_cpu_us": cpu / stage.members * 1e6,
    }


def _ratios(run: Figures) -> Figures:
    return ratios(
        run,
        {
            "ratio.receipt_to_bare_call": ("press_to_receipt_ms.p99", "bare_call_ms.p99"),
            "ratio.receipt_to_bare_echo": ("press_to_receipt_ms.p99", "bare_echo_ms.p99"),
            "ratio.votes_to_bare_pipelined": ("votes_per_s", "bare_pipelined_per_s"),
            "ratio.votes_to_bare_single": ("votes_per_s", "bare_single_per_s"),
            "ratio.look_to_bare_call": ("bare_look_ms.p50", "bare_call_ms.p50"),
            "ratio.cpu_to_bare_echo": ("server_cpu_us_per_press", "bare_echo_cpu_us"),
        },
    )
