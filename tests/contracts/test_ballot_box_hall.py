"""What a box keeps for the whole hall: identity, revision, generations, presence, settings."""

from __future__ import annotations

from server.ports import BallotBox
from tests.contracts.box_worlds import BoxWorld


async def test_the_incarnation_is_set_once(box: BallotBox) -> None:
    assert await box.hall_incarnation("one") == ("one", True)
    assert await box.hall_incarnation("two") == ("one", False)


async def test_now_follows_the_clock(world: BoxWorld) -> None:
    before = await world.box.now()
    assert before > 1_700_000_000_000
    assert await world.box.now() >= before


async def test_the_revision_only_rises(box: BallotBox) -> None:
    assert await box.bump() == 1
    assert await box.bump() == 2
    assert await box.raise_revision(7) == 7
    assert await box.raise_revision(7) == 7
    assert await box.raise_revision(3) == 7
    assert await box.bump() == 8


async def test_a_large_revision_stays_exact(box: BallotBox) -> None:
    large = 2**53 - 2
    assert await box.raise_revision(large) == large
    assert await box.bump() == large + 1


async def test_generations_are_counted_by_member(box: BallotBox) -> None:
    assert await box.take_generations(["AF", "BE", "AF"]) == (1, 1, 2)
    assert await box.take_generations(["AF"]) == (3,)
    assert await box.take_generations([]) == ()
    assert await box.generations(["BE", "CL"]) == {"BE": 1}


async def test_a_lease_ends_by_itself(world: BoxWorld) -> None:
    assert await world.box.present() == frozenset()
    await world.box.lease_presence(["AF", "BE"], 60_000)
    await world.box.lease_presence(["CL"], 120_000)
    assert await world.box.present() == {"AF", "BE", "CL"}
    await world.let_pass(60)
    assert await world.box.present() == {"CL"}
    await world.box.lease_presence(["AF"], 60_000)
    assert await world.box.present() == {"AF", "CL"}


async def test_whose_lease_ran_out_and_who_came_instead_are_told_apart(world: BoxWorld) -> None:
    await world.box.lease_presence(["AF"], 60_000)
    await world.box.lease_presence(["CL"], 300_000)
    assert await world.box.present() == {"AF", "CL"}
    await world.let_pass(60)
    await world.box.lease_presence(["BE"], 300_000)
    assert await world.box.present() == {"BE", "CL"}, "as many as before"
    await world.box.end_presence(["BE"])
    await world.box.lease_presence(["AF"], 60_000)
    assert await world.box.present() == {"AF", "CL"}
    await world.let_pass(60)
    assert await world.box.present() == {"CL"}, "nothing but time has passed"


async def test_a_longer_lease_stays(world: BoxWorld) -> None:
    await world.box.lease_presence(["AF"], 600_000)
    await world.box.lease_presence(["AF"], 60_000)
    await world.let_pass(300)
    assert await world.box.present() == {"AF"}


async def test_a_lease_from_before_the_clock_went_back_is_shortened(world: BoxWorld) -> None:
    await world.box.lease_presence(["AF", "BE"], 35_000)
    await world.let_pass(-3600)
    await world.box.lease_presence(["BE"], 35_000)
    assert await world.box.present() == {"AF", "BE"}
    await world.let_pass(36)
    assert await world.box.present() == frozenset()


async def test_a_lease_can_be_ended(box: BallotBox) -> None:
    await box.lease_presence({"AF", "BE"}, 60_000)
    await box.end_presence(["AF", "CL"])
    await box.end_presence(["AF"])
    assert await box.present() == {"BE"}


async def test_nobody_is_nobody(box: BallotBox) -> None:
    await box.lease_presence([], 60_000)
    await box.end_presence([])
    assert await box.present() == frozenset()


async def test_a_setting_is_kept(box: BallotBox) -> None:
    assert await box.recall("scene") is None
    await box.remember("scene", "board")
    await box.remember("scene", "café|\n")
    await box.remember("other", "")
    assert await box.recall("scene") == "café|\n"
    assert await box.recall("other") == ""
