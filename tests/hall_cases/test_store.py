"""Whose store of votes this is: `recognise_store`."""

from __future__ import annotations

import pytest

from server.hall.state import epoch_text
from server.ports import HighWater, StoreUnavailable
from tests.hall_cases.conftest import Stores
from tests.hall_cases.room import Room


async def reasons(hall: Room) -> list[str]:
    return [entry["reason"] for entry in await hall.entries("recovered")]


async def test_the_first_start_begins_the_first_epoch(hall: Room) -> None:
    assert await reasons(hall) == ["first start"]
    assert epoch_text(hall.desk.ledger.state) == "00000001"


async def test_the_same_store_changes_nothing(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    await hall.mark(ballot)
    await hall.restart()
    await hall.finish()
    assert await reasons(hall) == ["first start"]


async def test_a_fresh_store_begins_an_epoch_with_higher_revisions(
    hall: Room, stores: Stores
) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    await hall.mark(ballot)
    seen = await hall.box.raise_revision(0)
    before = hall.desk.ledger.state
    await hall.restart(stores.fresh())
    await hall.finish()
    after = hall.desk.ledger.state
    assert await reasons(hall) == ["first start", "the store of the open ballots is new"]
    assert epoch_text(after) > epoch_text(before)
    assert after.incarnation != before.incarnation
    assert await hall.box.raise_revision(0) > seen


async def test_an_older_copy_begins_an_epoch(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    seen = (await hall.held(ballot)).revision
    await hall.mark(ballot, revision=seen + 500)
    await hall.restart()
    await hall.finish()
    assert await reasons(hall) == ["first start", "the store of the open ballots is an older copy"]
    assert await hall.box.raise_revision(0) > seen + 500


@pytest.mark.parametrize("outage", ["append", "raise_revision"])
async def test_an_epoch_that_an_outage_kept_back_begins_later(hall: Room, outage: str) -> None:
    ballot = await hall.open()
    await hall.mark(ballot, revision=5_000_000)
    # The first `raise_revision` only asks; the second raises.
    hall.outages.fail(outage, nth=2 if outage == "raise_revision" else 1)
    with pytest.raises(StoreUnavailable):
        await hall.finish()
    before = hall.desk.ledger.state.epoch
    hall.outages.heal()
    await hall.restart()
    await hall.finish()
    state = hall.desk.ledger.state
    assert state.epoch > 1
    assert state.epoch >= before
    assert await hall.box.raise_revision(0) > 5_000_000
    assert (await reasons(hall))[1:] != []


async def test_two_servers_that_notice_it_together_begin_one_epoch(
    hall: Room, stores: Stores
) -> None:
    await hall.journal.note_high_water(HighWater("b-none", "old", 1, "0" * 40, 10))
    hall.box = stores.fresh()
    other = await hall.beside().enter()
    await hall.restart(hall.box)
    assert len(await reasons(hall)) == 2
    assert other.desk.ledger.state.epoch == hall.desk.ledger.state.epoch == 2


async def test_two_servers_that_notice_it_in_the_same_moment_begin_one_epoch(
    hall: Room, stores: Stores
) -> None:
    hall.box = stores.fresh()
    other = hall.beside()

    async def enter() -> None:
        await other.enter()

    third = hall.beside()
    third.outages.meanwhile("append", enter)
    await third.enter()
    assert len(await reasons(hall)) == 2


async def test_a_new_server_shows_higher_revisions_than_any_before_it(hall: Room) -> None:
    """What the last second changed may be lost with the tail of a file: views must still rise."""
    shown = await hall.box.raise_revision(0)
    await hall.restart()
    assert await hall.box.raise_revision(0) >= shown + 1_000_000
