"""A network of hosts that can be parted from each other.

Rule: each host is a loopback address. Whoever is on it calls from there, and is reached through a
proxy at a port of 127.0.0.1, which looks where a call comes from. Parted hosts are not told: what
is sent between them is kept until they are joined, as TCP does it, and then comes late.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Self

from tests.faults.wire import Wire


class Network:
    """Its proxies run in a thread of their own, so that what waits for a host holds nobody up."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._wires: list[tuple[str, Wire]] = []
        self._hosts = 10

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for _host, wire in self._wires:
            asyncio.run_coroutine_threadsafe(wire.__aexit__(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def host(self) -> str:
        """One more host's address."""
        self._hosts += 1
        return f"127.0.0.{self._hosts}"

    def reach(self, host: str, at: int | Path, caller: str = "") -> int:
        """Where the others find what listens at this port, or socket, of a host; or where one
        `caller` does, that cannot choose the address that it calls from."""
        wire = Wire(lambda: at, caller=caller)
        asyncio.run_coroutine_threadsafe(wire.__aenter__(), self._loop).result()
        self._wires.append((host, wire))
        return wire.port

    def part(self, *sides: Collection[str]) -> None:
        """Nothing gets from one of these sides to another any more. Who is on none sees all."""

        def away_from(host: str) -> Callable[[str], bool]:
            if not any(host in side for side in sides):
                return frozenset[str]().__contains__
            away = {each for side in sides if host not in side for each in side}
            return away.__contains__

        self._at_once(lambda wire, host: wire.part(away_from(host)))

    def join(self) -> None:
        """What was kept comes now."""
        self._at_once(lambda wire, _: wire.join())

    def _at_once(self, work: Callable[[Wire, str], None]) -> None:
        async def all_of_them() -> None:
            for host, wire in self._wires:
                work(wire, host)

        asyncio.run_coroutine_threadsafe(all_of_them(), self._loop).result()
