"""Stores that fail at chosen calls: the real memory stores behind a door that a test can shut.

A call fails *before* its effect (nothing happened) or *after* it (it happened, nobody was told):
`StoreUnavailable` does not say which, and the hall has to cope with both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any, TypeVar, cast

from server.ports import StoreUnavailable

Store = TypeVar("Store")


class When(StrEnum):
    """Where a call breaks off."""

    BEFORE = "before"
    AFTER = "after"


class Outages:
    """Which calls fail, by name and count; what happens while a call is on its way."""

    def __init__(self) -> None:
        self._planned: dict[tuple[str, int], When] = {}
        self._meanwhile: dict[tuple[str, int], Callable[[], Awaitable[None]]] = {}
        self._drawn: list[When | None] = []
        self._calls: Counter[str] = Counter()

    def fail(self, call: str, when: When = When.BEFORE, *, nth: int = 1) -> None:
        """Let the nth call of this name from now on fail."""
        self._planned[call, self._calls[call] + nth] = when

    def meanwhile(self, call: str, act: Callable[[], Awaitable[None]], *, nth: int = 1) -> None:
        """Do something just before the nth call of this name from now on reaches the store."""
        self._meanwhile[call, self._calls[call] + nth] = act

    def draw(self, fates: list[When | None]) -> None:
        """Let the next calls, whatever they are, have these fates."""
        self._drawn = list(reversed(fates))

    def heal(self) -> None:
        """Nothing fails any more."""
        self._planned.clear()
        self._drawn.clear()

    def behind(self, store: Store) -> Store:
        """The store behind this door."""
        return cast(Store, _Door(self, store))

    async def carry_out(self, name: str, call: Callable[[], Awaitable[Any]]) -> Any:
        self._calls[name] += 1
        place = (name, self._calls[name])
        act = self._meanwhile.pop(place, None)
        if act is not None:
            await act()
        fate = self._planned.pop(place, None) or (self._drawn.pop() if self._drawn else None)
        if fate is When.BEFORE:
            raise StoreUnavailable(f"{name} was not carried out")
        answer = await call()
        if fate is When.AFTER:
            raise StoreUnavailable(f"{name} was carried out, but not answered")
        return answer


class _Door:
    def __init__(self, outages: Outages, store: object) -> None:
        self._outages = outages
        self._store = store

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        call = getattr(self._store, name)

        async def guarded(*given: Any, **named: Any) -> Any:
            return await self._outages.carry_out(name, lambda: call(*given, **named))

        return guarded
