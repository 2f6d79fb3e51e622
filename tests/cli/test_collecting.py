"""Garbage is looked for when no votes are taken, and only then."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from server.cli.collecting import A_WHILE, MANY, MOST_YOUNG, WHILE_SECONDS, YOUNG, Collecting


@dataclass
class Hall:
    busy: bool = False
    connections: int = 0
    timer: float = 0.0
    """Seconds; it runs on at each look by what a sweep takes."""
    takes: float = 0.0

    def time(self) -> float:
        self.timer += self.takes
        return self.timer


class Knot:
    """Garbage that only a sweep frees."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
async def hall() -> Hall:
    return Hall()


@pytest.fixture
async def collecting(hall: Hall) -> AsyncIterator[Collecting]:
    before = gc.get_threshold()
    swept = Collecting(lambda: hall.busy, lambda: hall.connections, hall.time)
    yield swept
    await swept.stop()
    assert gc.get_threshold() == before
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


async def test_nothing_is_swept_while_votes_are_taken(hall: Hall, collecting: Collecting) -> None:
    assert collecting.look(0.0)
    hall.busy, hall.connections = True, 10 * MANY
    assert not collecting.look(10 * WHILE_SECONDS)
    hall.busy = False
    assert collecting.look(10 * WHILE_SECONDS)


async def test_not_even_the_youngest_are_swept_while_votes_are_taken(
    hall: Hall, collecting: Collecting
) -> None:
    hall.busy = True
    assert not collecting.look(0.0)
    knot = Knot()
    told = weakref.ref(knot)
    del knot
    grown: list[list[int]] = [[] for _ in range(2 * gc.get_threshold()[0])]
    assert told() is not None
    hall.busy = False
    assert collecting.look(1.0)
    assert told() is None
    assert gc.isenabled()
    del grown


async def test_memory_has_an_end_while_votes_are_taken(hall: Hall, collecting: Collecting) -> None:
    hall.busy = True
    assert not collecting.look(0.0)
    knot = Knot()
    told = weakref.ref(knot)
    del knot
    grown: list[list[int]] = [[] for _ in range(MOST_YOUNG + 1)]
    assert not collecting.look(1.0)
    assert told() is None
    assert not gc.isenabled()
    del grown


async def test_a_few_who_left_a_large_hall_are_not_looked_for(
    hall: Hall, collecting: Collecting
) -> None:
    hall.connections = 10 * MANY
    assert collecting.look(0.0)
    hall.connections = 8 * MANY
    assert not collecting.look(1.0)
    assert not collecting.look(2.0)
    hall.connections = 5 * MANY
    assert not collecting.look(3.0)
    assert collecting.look(4.0)


async def test_it_is_swept_when_many_came_or_after_a_while(
    hall: Hall, collecting: Collecting
) -> None:
    assert collecting.look(0.0)
    assert not collecting.look(1.0)
    hall.connections = MANY
    assert not collecting.look(2.0)
    assert collecting.look(3.0)
    assert not collecting.look(WHILE_SECONDS - 1.0)
    assert collecting.look(WHILE_SECONDS)


async def test_what_takes_long_is_done_seldom(hall: Hall, collecting: Collecting) -> None:
    hall.takes = 2 * WHILE_SECONDS / A_WHILE
    assert collecting.look(0.0)
    assert not collecting.look(1.5 * WHILE_SECONDS)
    assert collecting.look(2 * WHILE_SECONDS)


async def test_nothing_is_swept_while_they_come(hall: Hall, collecting: Collecting) -> None:
    assert collecting.look(0.0)
    for second in range(1, 60):
        hall.connections += MANY
        assert not collecting.look(second)
    assert collecting.look(60.0)


async def test_who_never_stops_coming_and_going_is_swept_after_a_while(
    hall: Hall, collecting: Collecting
) -> None:
    assert collecting.look(0.0)
    for second in range(1, int(WHILE_SECONDS)):
        hall.connections = MANY * (second % 7)
        assert not collecting.look(second)
    hall.connections += 1
    assert collecting.look(WHILE_SECONDS)


async def test_who_came_is_swept_without_another_look_at_all_the_others(
    hall: Hall, collecting: Collecting
) -> None:
    old = Knot()
    told = weakref.ref(old)
    assert collecting.look(0.0)
    young = Knot()
    told_young = weakref.ref(young)
    del old, young
    hall.connections = MANY
    assert not collecting.look(1.0)
    assert collecting.look(2.0)
    assert told() is not None
    assert told_young() is None
    hall.connections = 0
    assert not collecting.look(3.0)
    assert collecting.look(4.0)
    assert told() is None


async def test_what_was_set_aside_is_freed_once_it_is_garbage(collecting: Collecting) -> None:
    knot = Knot()
    told = weakref.ref(knot)
    assert collecting.look(0.0)
    assert gc.get_freeze_count() > 0
    del knot
    assert told() is not None
    assert collecting.look(2 * WHILE_SECONDS)
    assert told() is None


async def test_it_goes_on_by_itself(hall: Hall, collecting: Collecting) -> None:
    await collecting.start()
    assert gc.get_threshold() == YOUNG
    await asyncio.sleep(0.05)
    assert gc.get_freeze_count() > 0
