"""Neighbours in one process: the executable specification of those in Redis.

A hall with a store of its own has no neighbours: a `MemoryNeighbours` on a street of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from server.neighbours import LEASE_MS, Missed, Notice, ServerReport
from server.ports import Clock


@dataclass(slots=True, eq=False)
class Street:
    """Where the servers of one hall live: their reports with the time when they lapse."""

    clock: Clock
    reports: dict[str, tuple[ServerReport, int]] = field(default_factory=dict)
    lines: dict[str, asyncio.Queue[Notice]] = field(default_factory=dict)


class MemoryNeighbours:
    """`server.neighbours.Neighbours` for the server of this name on a street."""

    def __init__(self, street: Street, name: str) -> None:
        self._street = street
        self._name = name

    async def tell(self, notice: Notice) -> None:
        """Put the notice before everybody else who listens."""
        for name, line in self._street.lines.items():
            if name != self._name:
                line.put_nowait(notice)

    async def report(self, report: ServerReport) -> None:
        """Replace or renew this server's report."""
        self._street.reports[self._name] = (report, self._street.clock.now_ms() + LEASE_MS)

    async def reports(self) -> Mapping[str, ServerReport]:
        """The others' reports that have not lapsed."""
        now = self._street.clock.now_ms()
        return {
            name: report
            for name, (report, until) in self._street.reports.items()
            if name != self._name and until > now
        }

    async def notices(self) -> AsyncIterator[Notice]:
        """What the others tell from now on."""
        line: asyncio.Queue[Notice] = asyncio.Queue()
        self._street.lines[self._name] = line
        yield Missed()
        try:
            while True:
                yield await line.get()
        finally:
            self._street.lines.pop(self._name, None)

    async def leave(self) -> None:
        """Take back this server's report."""
        self._street.reports.pop(self._name, None)
