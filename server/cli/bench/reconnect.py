"""`hemicycle bench reconnect`: the server dies in mid-vote and everybody comes back.

All seats vote, the server is killed (kill -9) and started again on its data, and all seats come
back at once, each with its receipt in `hello`, as fast as the server takes them. A seat is back
when it has been shown a view; that view must hold what its receipt promised.
"""

from __future__ import annotations

import time
from typing import Final

from server.cli.bench.children import ask_all
from server.cli.bench.failure import BenchFailed
from server.cli.bench.figures import Figure, Figures, Target, medians, spread
from server.cli.bench.outcome import Outcome, generator_figures, generator_warnings, once_each
from server.cli.bench.press import press_once
from server.cli.bench.process_cost import CpuMeter, resident_kib
from server.cli.bench.stage import IN_FLIGHT, Plan, Stage, Tell
from server.cli.bench.votes import answers_of, check_count

TITLE: Final = "reconnect"

ROWS: Final = (
    Figure("connect_s", "all seats connected, first time", "s", grows=True),
    Figure("receipted", "votes receipted before", ""),
    Figure("lost", "receipted votes missing after", ""),
    Figure("restart_s", "start → ready", "s", grows=True),
    Figure("resynchronised_s.p50", "ready → a seat is back, p50", "s"),
    Figure("resynchronised_s.p99", "ready → a seat is back, p99", "s"),
    Figure("resynchronised_s.max", "ready → all are back", "s", grows=True),
    Figure("killed_to_back_s", "killed → all are back", "s", grows=True),
    Figure("reconnections_per_s", "seats back a second", "1/s"),
    Figure("server_cpu_us_per_seat", "server CPU a seat", "µs"),
    Figure("memory_per_connection_kib", "memory per seat, afterwards", "KiB"),
    Figure("memory_per_tls_connection_kib", "memory per seat, afterwards, with TLS", "KiB"),
    Figure("generator_stall_ms", "generator: longest standstill", "ms"),
    Figure("generator_cpu_share", "generator: CPU", "of one CPU"),
)

TARGETS: Final = (
    Target("lost", 0, at_most=True),
    Target("resynchronised_s.max", 4, at_most=True, up_to=10_000),
)

WINDOW: Final = 1.0
SECONDS_TO_NOTICE: Final = 30.0


def measure(plan: Plan, seats: int, tell: Tell) -> Outcome:
    """Run it at one size. Raises BenchFailed if anything does not add up."""
    runs: list[Figures] = []
    warnings: list[str] = []
    with Stage(plan, seats, tell) as stage:
        once = {"connect_s": stage.seat_everybody()["connect_s"]}
        for turn in range(plan.repeat):
            run = once | _come_back(stage, turn)
            warnings += generator_warnings(run, "resynchronised_ms")
            runs.append(run)
    return Outcome(medians(runs), once_each(warnings, f"reconnect, {seats:,} seats"))


def _come_back(stage: Stage, turn: int) -> Figures:
    seats = stage.members
    stage.tell(f"{seats:,} seats vote, the server dies ({turn + 1} of {stage.plan.repeat})")
    ballot = stage.operator.open("counts")
    stage.settle()
    answers = answers_of(press_once(stage, ballot, turn, stage.plan.seconds or WINDOW))
    everybody = len(stage.generators)
    killed = time.monotonic()
    stage.hall.kill()
    cut = ask_all(stage.generators, "cut_off", [{"patience": SECONDS_TO_NOTICE}] * everybody)
    if any(each["connected"] for each in cut):
        raise BenchFailed("the server was killed, and connections to it live on")
    stage.hall.start()
    ready = time.monotonic()
    before, meter = resident_kib(stage.hall.pid), CpuMeter(stage.hall.pid)
    stage.tell("the server is back; so are the seats")
    in_flight = max(1, IN_FLIGHT // everybody)
    order = {"port": stage.hall.port, "in_flight": in_flight}
    told = ask_all(stage.generators, "come_back", [order] * everybody)
    cpu = meter.read()[0]
    arrived = [at for each in told for at in each["arrived"]]
    last = max(arrived)
    stage.settle()
    held = resident_kib(stage.hall.pid) - before
    lost = sum(each["lost"] for each in told)
    if lost:
        raise BenchFailed(f"{lost} of {len(answers.accepted)} receipted votes are missing")
    check_count(answers, stage.operator.count(ballot))
    return {
        "receipted": len(answers.accepted),
        "refused": sum(answers.refused.values()),
        "unanswered": answers.unanswered,
        "lost": lost,
        "back": len(arrived),
        "restart_s": stage.hall.start_up,
        **spread("resynchronised_s", [at - ready for at in arrived]),
        "killed_to_back_s": last - killed,
        "reconnections_per_s": seats / (last - ready),
        "server_cpu_us_per_seat": cpu / seats * 1e6,
        stage.memory_figure: max(0, held) / seats,
        **generator_figures(told),
    }
