"""`hemicycle bench`: the subcommands, their options, and what comes out.

Rule: progress goes to standard error, tables to standard output, JSON to a file; a figure that
contradicts a receipt ends the bench with status 1, a slow one does not.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import Any, Final

from server.adapters.redis_server import NoRedisServer, find_server
from server.cli.bench import board, fanout, press, reconnect, secret
from server.cli.bench.failure import BenchFailed
from server.cli.bench.figures import Figure, Target
from server.cli.bench.limits import allow_connections
from server.cli.bench.options import ALL
from server.cli.bench.outcome import Outcome
from server.cli.bench.report import Report, as_json, markdown
from server.cli.bench.stage import Plan, Tell, is_machine_busy

Measure = Callable[[Plan, int, Tell], Outcome]


@dataclass(frozen=True, slots=True)
class _Subject:
    """One subcommand. If it `connects`, each seat needs an open file."""

    name: str
    rows: tuple[Figure, ...]
    targets: tuple[Target, ...]
    measure: Measure
    connects: bool = True


SUBJECTS: Final = (
    _Subject("press", press.ROWS, press.TARGETS, press.measure),
    _Subject("fanout", fanout.ROWS, fanout.TARGETS, fanout.measure),
    _Subject("reconnect", reconnect.ROWS, reconnect.TARGETS, reconnect.measure),
    _Subject("board", board.ROWS, board.TARGETS, board.measure),
    _Subject("secret", secret.ROWS, secret.TARGETS, secret.measure, connects=False),
)


def bench(parsed: argparse.Namespace) -> int:
    """Run a bench; returns the exit status."""
    plan = Plan(
        seats=parsed.seats,
        seconds=parsed.seconds,
        repeat=parsed.repeat,
        generators=parsed.generators,
        displays=parsed.displays,
        consoles=parsed.consoles,
        rate=parsed.rate,
        settle=parsed.settle,
        slow_disk=parsed.slow_disk,
        tls=parsed.tls,
        replicas=parsed.replicas,
        servers=parsed.servers,
        database=parsed.database,
    )
    subjects = [each for each in SUBJECTS if parsed.subject in (each.name, ALL)]
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        _refuse_what_does_not_go_together(plan, parsed.subject)
        if any(each.connects for each in subjects):
            screens = plan.displays + plan.consoles
            allow_connections(max(plan.seats) + screens + fanout.changes_of(plan))
        _run(subjects, plan, parsed.json)
    except (BenchFailed, NoRedisServer) as failed:
        print(f"hemicycle bench: {failed}", file=sys.stderr)
        return 1
    finally:
        signal.signal(signal.SIGTERM, before)
    return 0


def _refuse_what_does_not_go_together(plan: Plan, subject: str) -> None:
    if plan.servers == 1 and plan.database is None:
        return
    if subject != "press":
        raise BenchFailed(
            f"--servers and --database are for `bench press`: leave them out of `bench {subject}`"
        )
    if plan.database is None:
        raise BenchFailed(
            f"--servers {plan.servers} needs a PostgreSQL that they share: make an empty database "
            "(createdb bench) and give it with --database postgresql://USER@HOST/bench; "
            "the bench fills it, and empties it again"
        )


def _run(subjects: list[_Subject], plan: Plan, file: Path | None) -> None:
    began = time.monotonic()

    def tell(what: str) -> None:
        print(f"[{time.monotonic() - began:6.1f} s] {what}", file=sys.stderr, flush=True)

    busy = is_machine_busy()
    if busy is not None:
        tell(f"warning: {busy}")
    machine = _machine()
    reports: list[Report] = []
    for subject in subjects:
        outcomes = {seats: subject.measure(plan, seats, tell) for seats in sorted(plan.seats)}
        warnings = [each for outcome in outcomes.values() for each in outcome.warnings]
        report = Report(
            command=subject.name,
            title=subject.name,
            rows=subject.rows,
            targets=subject.targets,
            runs={seats: outcome.figures for seats, outcome in outcomes.items()},
            warnings=tuple(warnings if busy is None else [busy, *warnings]),
        )
        reports.append(report)
        print(f"\n{markdown(report)}\n", flush=True)
        if file is not None:
            # After each subject: a long run that is stopped keeps what it has.
            file.write_text(as_json(machine, plan_told(plan), reports), encoding="utf-8")
    print(_machine_line(machine, plan, subjects), flush=True)


def plan_told(plan: Plan) -> dict[str, Any]:
    """The plan as JSON tells it."""
    return {
        "seconds": plan.seconds,
        "repeat": plan.repeat,
        "generators": plan.generators,
        "displays": plan.displays,
        "consoles": plan.consoles,
        "rate": plan.rate,
        "settle": plan.settle,
        "slow_disk": plan.slow_disk,
        "tls": plan.tls,
        "replicas": plan.replicas,
        "servers": plan.servers,
        # Not its URL, which may hold a password.
        "database": "sqlite" if plan.database is None else "postgresql",
    }


def _machine() -> dict[str, Any]:
    return {
        "cpus": os.cpu_count(),
        "load_before": os.getloadavg()[0],
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "hemicycle": version("hemicycle"),
        "store": find_server().name,
        "at": time.strftime("%Y-%m-%dT%H:%MZ", time.gmtime()),
    }


def _machine_line(machine: dict[str, Any], plan: Plan, subjects: list[_Subject]) -> str:
    where = (
        f"{machine['at']}, hemicycle {machine['hemicycle']}, {machine['cpus']} CPUs, "
        f"{machine['system']}, Python {machine['python']}, {machine['store']}; "
        f"medians of {plan.repeat}"
    )
    if not any(each.connects for each in subjects):
        return where
    servers = f"; {plan.servers} servers of one hall" if plan.servers > 1 else ""
    return (
        f"{where}; {plan.displays} displays and {plan.consoles} consoles during "
        f"presses; {plan.generators} load generator(s) on the same machine"
        f"{'; over TLS' if plan.tls else ''}"
        f"{servers}{'' if plan.database is None else '; on PostgreSQL'}"
    )


def _stop(_: int, __: FrameType | None) -> None:
    # Like Ctrl-C: every process that was started is ended on the way out.
    raise KeyboardInterrupt
