"""Seats come in: a generation and a lease each, in two calls for all who come together."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from server.adapters.memory_credentials import MemoryCredentials
from server.hall.access import issue_seats
from server.hall.arriving import Doorway
from server.ports import StoreUnavailable
from tests.live.counting_box import CountingBox
from tests.live.small_hall import SmallHall


async def test_those_who_come_together_share_a_call() -> None:
    hall = await SmallHall.open(box_type=CountingBox)
    assert isinstance(hall.box, CountingBox)
    doorway, before = Doorway(hall.desk), hall.box.asked
    taken = await asyncio.gather(doorway.come_in(["EE", "AA"]), doorway.come_in(["EE"]))
    assert list(taken) == [[2, 2], [3]]
    assert hall.box.asked == before + 1
    assert "EE" in await hall.box.present()


async def test_nobody_comes_in_while_the_store_is_away() -> None:
    hall = await SmallHall.open(box_type=CountingBox)
    assert isinstance(hall.box, CountingBox)
    doorway = Doorway(hall.desk)
    hall.box.away = True
    with pytest.raises(StoreUnavailable):
        await doorway.come_in(["EE"])
    hall.box.away = False
    assert await doorway.come_in(["EE"]) == [2]


async def test_a_reissue_that_fails_half_way_ends_the_old_devices_all_the_same() -> None:
    hall = await SmallHall.open(box_type=CountingBox)
    assert isinstance(hall.box, CountingBox)
    credentials = MemoryCredentials()
    ended: list[frozenset[str]] = []
    reissue = partial(issue_seats, hall.desk, credentials, "operator:test", ["AA"], ended.append)
    hall.box.away = True
    with pytest.raises(StoreUnavailable):
        await reissue()
    assert ended == [{"AA-1"}]
    hall.box.away = False
    issued_now = await reissue()
    assert isinstance(issued_now, tuple)
    (issued,) = issued_now
    assert (issued.seat, issued.generation) == ("AA-1", 2)
    assert ended == [{"AA-1"}] * 2
