"""A hall server that dies, or whose Redis dies, at a chosen call to its journal or box.

Rule: it is the server of `hemicycle serve`, wired by the public wiring, with a door before each
store, and before those who check the proofs of sealed ballots. In the folder `HEMICYCLE_FAULTS` a
test leaves a `plan` (see `Plan`), also while the server runs; the door takes it up, and writes
`hit` before it kills, so that the test knows that the fault hit. Every step is noted in `calls`.
Calls of the server's own loops are let through: a plan is about what a client has asked for, or
about the erasure that follows it.

The file `clock` holds the milliseconds by which the server's wall clock is wrong. As long as there
is a file `hold`, no proof is checked: sealed ballots wait.

From the address `HEMICYCLE_FAULTS_HOST`, if one is given, it calls Redis: its host in a network
that is parted.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import inspect
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast

from tests.processes import is_dead

if TYPE_CHECKING:
    from server.ports import Clock

Store = TypeVar("Store")

STEPS: Final = frozenset(
    f"{store}.{call}"
    for store, calls in {
        "box": "open press suspend resume extend last_call close close_if_due cancel remove bump"
        " take_generations lease_presence remember disown hold erase",
        "journal": "append",
        "proofs": "hold",
    }.items()
    for call in calls.split()
)
"""The calls that change something, or that a receipt waits for. Between two of them nothing can be
told apart from outside."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Kill `victim` just before or after the `nth` step from now on whose name is `call`, or any
    step where it is empty."""

    call: str
    when: Literal["before", "after"]
    nth: int
    victim: Literal["server", "Redis"]

    def leave(self, folder: Path) -> None:
        """For the door to find, whole."""
        draft = folder / "plan.new"
        draft.write_text(json.dumps(asdict(self)))
        draft.rename(folder / "plan")


class Door:
    """Counts the calls that pass, and kills at the one that is planned."""

    def __init__(self, folder: Path, data: Path) -> None:
        self._folder = folder
        self._data = data
        self._plan: Plan | None = None
        self._left = 0

    def before(self, name: str, store: Store) -> Store:
        """The store behind this door; its calls are named `name.call`."""
        return cast(Store, _Guarded(self, name, store))

    async def pass_through(self, name: str, call: Callable[[], Awaitable[Any]]) -> Any:
        task = asyncio.current_task()
        if name == "proofs.hold":
            while (self._folder / "hold").exists():  # noqa: ASYNC110  # a test tells by a file
                await asyncio.sleep(0.02)
        asked = task is not None and task.get_name().startswith(("Task-", "erase"))
        if name not in STEPS or not asked:
            return await call()
        # A full disk may be the fault of the hour.
        with contextlib.suppress(OSError), (self._folder / "calls").open("a") as log:
            log.write(f"{name}\n")
        planned = self._take(name)
        if planned == "before":
            self._kill(name)
        answer = await call()
        if planned == "after":
            self._kill(name)
        return answer

    def _take(self, name: str) -> str | None:
        file = self._folder / "plan"
        if file.exists():
            self._plan = Plan(**json.loads(file.read_text()))
            self._left = self._plan.nth
            file.unlink()
        if self._plan is None or self._plan.call not in ("", name):
            return None
        self._left -= 1
        return self._plan.when if self._left == 0 else None

    def _kill(self, name: str) -> None:
        plan, self._plan = self._plan, None
        assert plan is not None
        (self._folder / "hit").write_text(f"{plan.when} {name}")
        if plan.victim == "server":
            os.kill(os.getpid(), signal.SIGKILL)
        redis = json.loads((self._data / "redis" / "redis.json").read_text())["pid"]
        os.kill(redis, signal.SIGKILL)
        # The loop stands still here, so what is killed is dead before anything else happens.
        while not is_dead(redis):
            time.sleep(0.001)


class _Guarded:
    def __init__(self, door: Door, name: str, store: object) -> None:
        self._door = door
        self._name = name
        self._store = store

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._store, name)
        if not inspect.iscoroutinefunction(call):
            return call

        async def guarded(*given: Any, **named: Any) -> Any:
            return await self._door.pass_through(
                f"{self._name}.{name}", lambda: call(*given, **named)
            )

        return guarded


class WrongClock:
    """A clock whose wall time jumps as the file says; its monotonic time does not."""

    def __init__(self, clock: Clock, file: Path) -> None:
        self._clock = clock
        self._file = file

    def now_ms(self) -> int:
        wrong = int(self._file.read_text()) if self._file.exists() else 0
        return self._clock.now_ms() + wrong

    def monotonic(self) -> float:
        return self._clock.monotonic()


def call_redis_from(host: str) -> None:
    """All connections to Redis and its Sentinels come from this address."""
    from redis.asyncio import Connection

    arguments = Connection._connection_arguments  # redis-py offers no other way

    def from_host(self: Connection) -> Mapping[str, Any]:
        return {**arguments(self), "local_addr": (host, 0)}

    Connection._connection_arguments = from_host  # type: ignore[method-assign]  # the same


def main() -> int:
    # Imported here: the processes that check proofs import this module, and need none of it.
    from server.cli.options import add_serve_options, serve_options
    from server.cli.serve import serve
    from server.cli.wiring import Between

    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["serve"])
    add_serve_options(parser)
    options = serve_options(parser.parse_args())
    folder = Path(os.environ["HEMICYCLE_FAULTS"])
    if os.environ.get("HEMICYCLE_FAULTS_HOST"):
        call_redis_from(os.environ["HEMICYCLE_FAULTS_HOST"])
    door = Door(folder, options.data)
    return serve(
        options,
        Between(
            clock=lambda clock: WrongClock(clock, folder / "clock"),
            journal=lambda journal: door.before("journal", journal),
            box=lambda box: door.before("box", box),
            proofs=lambda proofs: door.before("proofs", proofs),
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
