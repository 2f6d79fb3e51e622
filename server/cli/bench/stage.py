"""Where a bench takes place: one real hall of N Members, and the generators around it.

Rule: whatever is started here ends here, in reverse order, also after Ctrl-C.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Self

from server.cli.bench.assembly_file import assembly_text
from server.cli.bench.certificate import write_certificate
from server.cli.bench.children import Child, GeneratorProcess, HallServer, ask_all
from server.cli.bench.empty_database import EmptyDatabase
from server.cli.bench.figures import Figures
from server.cli.bench.operator_desk import Operator
from server.cli.bench.process_cost import CpuMeter, resident_kib
from server.cli.bench.replicated_redis import ReplicatedRedis

Tell = Callable[[str], None]
"""Says on the terminal how far the bench is."""

IN_FLIGHT: Final = 200
"""How many connections are being made at once; more would fill the kernel's queue."""

BareServer = Literal["bare", "native"]
"""The library beneath the hall with nothing on it, or uWebSockets."""

HEAD_START: Final = 0.5
"""Seconds from an order to the first moment of what it asks for."""

HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Plan:
    """What was asked for. `seconds` is the length of a measured stretch, None its own default;
    `settle` how long a server that was just busy is left alone before anything is measured;
    `slow_disk` how many milliseconds longer an fsync takes during presses; with `tls` the hall is
    spoken to in TLS; a receipt waits for so many `replicas`. So many `servers` are one hall, and
    `database` is the URL of the PostgreSQL that several of them need; None means SQLite."""

    seats: tuple[int, ...]
    seconds: float | None
    repeat: int
    generators: int
    displays: int
    consoles: int
    rate: float
    settle: float
    slow_disk: float | None = None
    tls: bool = False
    replicas: int = 0
    servers: int = 1
    database: str | None = None


class Stage:
    """A hall with its operator, its generators, and one more that watches screens.

    `hall` is the server that founded it, where the operator is; where the plan has more, the seats
    are at all `servers` in turn, and the screens at the last one.
    """

    def __init__(self, plan: Plan, members: int, tell: Tell) -> None:
        self.plan = plan
        self.members = members
        self.tell = tell
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._directory = Path(
                stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))
            )
            assembly = self._directory / "assembly.toml"
            assembly.write_text(assembly_text(self.members), encoding="utf-8")
            self._certificate = (
                write_certificate(self._directory / "hall.pem") if self.plan.tls else None
            )
            self._open_hall(stack, assembly)
            self.operator = Operator(self.hall.url, self._certificate)
            self.generators = [
                stack.enter_context(GeneratorProcess(self._directory / f"generator-{number}.log"))
                for number in range(self.plan.generators)
            ]
            self.watcher = stack.enter_context(GeneratorProcess(self._directory / "watcher.log"))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _open_hall(self, stack: ExitStack, assembly: Path) -> None:
        """Start its stores, as far as no server brings its own, and its servers."""
        plan = self.plan
        database: tuple[str, ...] = ()
        if plan.database is not None:
            stack.enter_context(EmptyDatabase(plan.database))
            database = ("--database", plan.database)
        redis: ReplicatedRedis | None = None
        if plan.replicas or plan.servers > 1:
            self.tell(f"starting a Redis with {plan.replicas} replicas")
            redis = ReplicatedRedis(self._directory / "redis", plan.replicas)
            stack.enter_context(redis)
        self.tell(f"opening a hall of {self.members:,} Members")
        self.hall = HallServer(self._directory, assembly, self._certificate, redis, database)
        self.servers = [self.hall]
        for number in range(2, plan.servers + 1):
            directory = self._directory / f"server-{number}"
            directory.mkdir()
            joins = (*database, "--signing-key", str(self.hall.key))
            self.servers.append(HallServer(directory, assembly, self._certificate, redis, joins))
        for server in self.servers:
            stack.callback(server.end)
            server.start()
        self.start_up = self.hall.start_up

    def settle(self) -> None:
        """Leave the server alone for a while."""
        time.sleep(self.plan.settle)

    # --- who sits where

    def seat_everybody(self) -> Figures:
        """Put a generator's client at every seat; what that took and what it costs to hold."""
        self.tell(f"{self.members:,} seats connect")
        return self.held_by("seat", "/ws/v1/kiosk", self.operator.seat_tokens())

    def held_by(self, kind: str, path: str, tokens: Sequence[str]) -> Figures:
        """Connect these to the hall: how long it took, the CPU and the memory that each took."""
        self.settle()
        before, meter = self._resident_kib(), CpuMeter(*self.server_pids)
        took = self.connect(kind, [server.port for server in self.servers], path, tokens)
        cpu = meter.read()[0]
        self.settle()
        held = self._resident_kib() - before
        return {
            "connect_s": took,
            "connect_cpu_us": cpu / len(tokens) * 1e6,
            self.memory_figure: max(0, held) / len(tokens),
        }

    @property
    def memory_figure(self) -> str:
        """What the memory of a connection is called: with TLS it has another target."""
        return f"memory_per{'_tls' if self.plan.tls else ''}_connection_kib"

    def connect(self, kind: str, ports: Sequence[int], path: str, tokens: Sequence[str]) -> float:
        """Deal connections out to the generators, which make theirs at these ports in turn; how
        many seconds until all were shown a view."""
        began = time.monotonic()
        shares = self.shares(tokens)
        in_flight = max(1, IN_FLIGHT // len(shares))
        what = {"kind": kind, **self._way(ports), "path": path, "in_flight": in_flight}
        ask_all(self.generators, "connect", [{**what, "tokens": share} for share in shares])
        return time.monotonic() - began

    def at_watcher(self, kind: str, port: int, path: str, tokens: Sequence[str]) -> dict[str, Any]:
        """Connect a few at the process that watches; its answer."""
        return self.watcher.ask(
            "connect",
            kind=kind,
            **self._way([port]),
            path=path,
            tokens=tokens,
            in_flight=IN_FLIGHT,
        )

    def _way(self, ports: Sequence[int]) -> dict[str, Any]:
        is_hall = {server.port for server in self.servers}.issuperset(ports)
        certificate = self._certificate if is_hall else None
        told = None if certificate is None else str(certificate)
        return {"host": HOST, "ports": ports, "certificate": told}

    def put_up_screens(self) -> None:
        """Connect the plan's displays and consoles to the process that watches."""
        display, console = self.operator.display_token(), self.operator.token
        port = self.servers[-1].port
        self.at_watcher("screen", port, "/ws/v1/display", [display] * self.plan.displays)
        self.at_watcher("screen", port, "/ws/v1/console", [console] * self.plan.consoles)

    def leave(self) -> None:
        """Everybody leaves."""
        everybody = [*self.generators, self.watcher]
        ask_all(everybody, "hang_up", [{}] * len(everybody))

    def shares(self, values: Sequence[Any]) -> list[list[Any]]:
        """Values dealt out to the generators, in turn."""
        return [list(values[i :: len(self.generators)]) for i in range(len(self.generators))]

    # --- the bare server

    def bare_server(
        self, stack: ExitStack, size: int, server: BareServer = "bare"
    ) -> tuple[int, Child]:
        """Start a bare server, whose broadcasts have so many bytes; its port and process."""
        child = stack.enter_context(
            Child(
                f"server.cli.bench.{server}_server", "--size", str(size),
                log=self._directory / f"{server}.log", spoken_to=True,
            )
        )  # fmt: skip
        return child.read_port(), child

    # --- what it costs

    @property
    def server_pids(self) -> list[int]:
        """The processes of all servers, whose costs are told as one sum."""
        return [server.pid for server in self.servers]

    def _resident_kib(self) -> int:
        return sum(map(resident_kib, self.server_pids))

    def share_at_rest(self, *pids: int) -> float:
        """The part of one CPU that processes take while nothing is asked of them."""
        self.settle()
        meter = CpuMeter(*pids)
        self.settle()
        cpu, wall = meter.read()
        return cpu / wall

    def redis_pid(self) -> int:
        """The process of the hall's Redis."""
        return self.hall.redis()[1]


def is_machine_busy() -> str | None:
    """A warning if others work on this machine, which no figure survives."""
    load, cpus = os.getloadavg()[0], os.cpu_count() or 1
    if load < 0.3 * cpus:
        return None
    return f"the machine was busy when the bench began (load {load:.1f} on {cpus} CPUs)"
