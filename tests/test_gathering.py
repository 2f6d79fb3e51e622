"""What many ask at one moment is answered by few calls, each by its own answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from server.gathering import Gathering


class Oracle:
    """Doubles numbers, one call at a time; says no to whole calls with a 13 in them."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.under_way = 0
        self.began = asyncio.Event()

    async def double(self, numbers: Sequence[int]) -> list[int]:
        self.calls.append(list(numbers))
        self.began.set()
        self.under_way += 1
        assert self.under_way == 1
        await asyncio.sleep(0.001)
        self.under_way -= 1
        if 13 in numbers:
            raise ValueError("thirteen")
        return [2 * number for number in numbers]


async def test_who_asks_together_shares_a_call_and_gets_its_own_answer() -> None:
    oracle = Oracle()
    gathering = Gathering(oracle.double, most=4)
    assert await asyncio.gather(*map(gathering.ask, range(6))) == [0, 2, 4, 6, 8, 10]
    assert oracle.calls == [[0, 1, 2, 3], [4, 5]]


async def test_who_asks_while_a_call_is_under_way_is_answered_by_the_next() -> None:
    oracle = Oracle()
    gathering = Gathering(oracle.double, most=4)
    first = asyncio.create_task(gathering.ask(1))
    await oracle.began.wait()
    answers = await asyncio.gather(first, gathering.ask(1), gathering.ask(2))
    assert list(answers) == [2, 2, 4]
    assert oracle.calls == [[1], [1, 2]]


async def test_who_comes_soon_after_a_call_goes_along_with_those_who_came_during_it() -> None:
    oracle = Oracle()
    gathering = Gathering(oracle.double, most=4)
    first = asyncio.create_task(gathering.ask(1))
    await oracle.began.wait()
    second = asyncio.create_task(gathering.ask(2))
    assert await first == 2  # the call is over; the second one waits a moment for company
    assert await gathering.ask(3) == 6
    assert await second == 4
    assert oracle.calls == [[1], [2, 3]]


async def test_who_asks_much_is_answered_in_its_order_by_as_many_calls_as_it_takes() -> None:
    oracle = Oracle()
    gathering = Gathering(oracle.double, most=4)
    many, some, one = await asyncio.gather(
        gathering.ask_all(range(7)), gathering.ask_all((20, 21)), gathering.ask(30)
    )
    assert (many, some, one) == ([2 * each for each in range(7)], [40, 42], 60)
    assert oracle.calls == [[0, 1, 2, 3], [20, 21, 30], [4, 5, 6]]
    assert await gathering.ask_all(()) == []


async def test_a_call_that_fails_fails_those_who_shared_it_and_nobody_else() -> None:
    gathering = Gathering(Oracle().double, most=2)
    answers = await asyncio.gather(*map(gathering.ask, (1, 13, 2, 3)), return_exceptions=True)
    assert [type(each) for each in answers] == [ValueError, ValueError, int, int]
    assert await gathering.ask(5) == 10


async def test_who_goes_away_takes_nobody_along() -> None:
    gathering = Gathering(Oracle().double, most=4)
    gone, stays = (asyncio.create_task(gathering.ask(each)) for each in (1, 2))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == 4
    with pytest.raises(asyncio.CancelledError):
        await gone


async def test_a_call_with_too_few_answers_answers_nobody() -> None:
    async def forgets(numbers: Sequence[int]) -> list[int]:
        return list(numbers)[1:]

    with pytest.raises(ValueError, match="0 answers to 1"):
        await Gathering(forgets, most=4).ask(1)
