"""What a box answers to presses, reason by reason."""

from __future__ import annotations

import asyncio
import hashlib

import pytest

from server.ports import (
    Accepted,
    BallotBox,
    BoxPhase,
    BoxPress,
    BoxState,
    HeldVote,
    RefusedPress,
)
from server.vocabulary import Disclosure, RefusalReason
from tests.contracts.box_worlds import BoxWorld, chain_of, look, one, opening, press


async def test_a_press_is_accepted_with_its_number(box: BallotBox) -> None:
    await box.open(opening())
    outcome = await box.press("b-1", [press("AF", "yes"), press("BE", "no")])
    assert outcome.outcomes == (
        Accepted(n=1, choice="yes", current=True, repeated=False),
        Accepted(n=2, choice="no", current=True, repeated=False),
    )
    assert outcome.state == await look(box)
    assert outcome.state is not None
    assert outcome.state.counts == {"yes": 1, "no": 1, "abstain": 0}
    assert (outcome.state.n, outcome.state.voters) == (2, 2)


async def test_votes_are_held_by_member(box: BallotBox) -> None:
    await box.open(opening())
    await box.press("b-1", [press("AF", "yes", "p1"), press("BE", "no", "p2")])
    await box.press("b-1", [press("AF", "no", "p3")])
    assert await box.votes("b-1") == {
        "AF": HeldVote("no", 3, "p3"),
        "BE": HeldVote("no", 2, "p2"),
    }
    assert (await look(box)).counts == {"yes": 0, "no": 2, "abstain": 0}


async def test_a_box_without_a_list_takes_what_the_hall_has_validated(box: BallotBox) -> None:
    await box.open(opening(choices=None))
    group = [press("AF", "ana+bo"), press("BE", "-"), press("DK", ""), press("AF", "bo", "p2")]
    outcome = await box.press("b-1", group)
    assert outcome.outcomes == (
        Accepted(n=1, choice="ana+bo", current=False, repeated=False),
        Accepted(n=2, choice="-", current=True, repeated=False),
        RefusedPress(RefusalReason.BAD_CHOICE, BoxPhase.OPEN),
        Accepted(n=3, choice="bo", current=True, repeated=False),
    )
    state = await look(box)
    assert (state.counts, state.voters, state.n) == ({}, 2, 3)
    assert {member: held.choice for member, held in (await box.votes("b-1")).items()} == {
        "AF": "bo",
        "BE": "-",
    }


async def test_the_chain_is_the_documented_hash(box: BallotBox) -> None:
    await box.open(opening(choices=("yes", "n|o", "ça")))
    presses = [press("AF", "n|o"), press("BE", "ça", "p2"), press("AF", "yes", "p3")]
    await box.press("b-1", presses)
    assert (await look(box)).chain == chain_of(*presses)


async def test_of_a_masked_box_the_chain_says_the_same_and_tells_nothing(box: BallotBox) -> None:
    presses = [press("AF", "no"), press("BE", "yes", "p2")]
    shown: list[str] = []
    for ballot, mask in (("b-1", "5ec2e7"), ("b-2", "5ec2e7"), ("b-3", "another")):
        opened = await box.open(opening(ballot, mask=mask))
        assert isinstance(opened, BoxState)
        outcomes = [await box.press(ballot, [each]) for each in presses]
        seen = (opened, *(each.state for each in outcomes), await look(box, ballot))
        assert "5ec2e7" not in repr((opening(ballot, mask=mask), *seen))
        shown += [each.chain for each in seen if each is not None]
    assert shown[:4] == shown[4:8]
    assert set(shown[:8]).isdisjoint(shown[8:])
    assert len(set(shown)) == 6
    told = {chain_of(*presses[:many]) for many in range(3)}
    assert told.isdisjoint(shown)
    key = hashlib.sha1(f"5ec2e7|{chain_of(*presses)}".encode()).hexdigest()
    assert shown[3] == key


async def test_a_refused_or_repeated_press_does_not_move_the_chain(box: BallotBox) -> None:
    await box.open(opening())
    await box.press("b-1", [press()])
    before = await look(box)
    await box.press("b-1", [press(), press("XX"), press("BE", "perhaps"), press("CL")])
    assert await look(box) == before


async def test_two_presses_of_a_member_in_one_group(box: BallotBox) -> None:
    await box.open(opening())
    outcome = await box.press("b-1", [press("AF", "yes", "p1"), press("AF", "no", "p2")])
    assert outcome.outcomes == (
        Accepted(n=1, choice="yes", current=False, repeated=False),
        Accepted(n=2, choice="no", current=True, repeated=False),
    )
    assert (await look(box)).counts == {"yes": 0, "no": 1, "abstain": 0}
    assert (await look(box)).voters == 1


async def test_a_repeat_gets_the_first_answer_again(box: BallotBox) -> None:
    await box.open(opening())
    await box.press("b-1", [press()])
    assert await one(box, press()) == Accepted(1, "yes", current=True, repeated=True)


async def test_a_repeat_within_the_same_group(box: BallotBox) -> None:
    await box.open(opening())
    outcome = await box.press("b-1", [press(), press()])
    assert outcome.outcomes == (
        Accepted(1, "yes", current=True, repeated=False),
        Accepted(1, "yes", current=True, repeated=True),
    )
    assert (await look(box)).n == 1


async def test_a_repeat_of_a_superseded_press_is_not_current(box: BallotBox) -> None:
    await box.open(opening())
    await box.press("b-1", [press("AF", "yes", "p1")])
    await box.press("b-1", [press("AF", "no", "p2")])
    assert await one(box, press("AF", "yes", "p1")) == Accepted(1, "yes", False, True)


async def test_a_repeat_in_a_group_with_a_newer_press_is_not_current(box: BallotBox) -> None:
    await box.open(opening())
    await box.press("b-1", [press("AF", "yes", "p1")])
    outcome = await box.press("b-1", [press("AF", "yes", "p1"), press("AF", "no", "p2")])
    assert outcome.outcomes == (Accepted(1, "yes", False, True), Accepted(2, "no", True, False))


@pytest.mark.parametrize("latch", ["close", "cancel"])
async def test_a_repeat_after_the_latch_still_gets_its_answer(box: BallotBox, latch: str) -> None:
    await box.open(opening())
    await box.press("b-1", [press()])
    await (box.close("b-1") if latch == "close" else box.cancel("b-1"))
    assert await one(box, press()) == Accepted(1, "yes", current=True, repeated=True)


async def test_a_repeat_while_suspended_still_gets_its_answer(box: BallotBox) -> None:
    await box.open(opening())
    await box.press("b-1", [press()])
    await box.suspend("b-1", 11)
    assert await one(box, press()) == Accepted(1, "yes", current=True, repeated=True)


async def test_the_same_press_id_with_another_choice(box: BallotBox) -> None:
    await box.open(opening())
    outcome = await box.press("b-1", [press("AF", "yes"), press("AF", "no")])
    reused = RefusedPress(RefusalReason.PRESS_ID_REUSED, BoxPhase.OPEN)
    assert outcome.outcomes[1] == reused
    assert await one(box, press("AF", "abstain")) == reused
    await box.close("b-1")
    assert await one(box, press("AF", "no")) == RefusedPress(
        RefusalReason.PRESS_ID_REUSED, BoxPhase.CLOSED
    )
    assert (await box.votes("b-1"))["AF"].choice == "yes"


async def test_a_press_id_belongs_to_its_member_and_ballot(box: BallotBox) -> None:
    await box.open(opening())
    await box.open(opening("b-2"))
    await box.press("b-1", [press("AF", "yes")])
    assert await one(box, press("BE", "no")) == Accepted(2, "no", True, False)
    assert await one(box, press("AF", "no"), "b-2") == Accepted(1, "no", True, False)


async def test_held_press(box: BallotBox) -> None:
    assert await box.held_presses([("b-1", "AF", "p1")]) == [None]
    await box.open(opening())
    await box.press("b-1", [press("AF", "yes", "p1"), press("AF", "no", "p2")])
    assert await box.held_presses([("b-1", "AF", "p1")]) == [1]
    assert await box.held_presses([("b-1", "AF", "p2")]) == [2]
    assert await box.held_presses([("b-1", "AF", "p3")]) == [None]
    assert await box.held_presses([("b-1", "BE", "p1")]) == [None]


async def test_presses_that_are_asked_for_at_once_are_told_apart(box: BallotBox) -> None:
    for ballot, choices in (("b-1", ("yes", "no")), ("b-2", ("no",))):
        await box.open(opening(ballot))
        for choice in choices:
            await box.press(ballot, [press("BE", choice, f"first {choice}")])
        await box.press(ballot, [press("AF", "yes", "p1")])
    asked = (("b-1", "AF", "p1"), ("b-2", "AF", "p1"), ("b-9", "AF", "p1"), ("b-1", "AF", "p2"))
    told = await asyncio.gather(*(box.held_presses([each, *asked]) for each in asked * 50))
    assert told == [[each, 3, 2, None, None] for each in (3, 2, None, None)] * 50


async def test_no_box(box: BallotBox) -> None:
    outcome = await box.press("b-9", [press(), press("BE")])
    assert outcome.outcomes == (RefusedPress(RefusalReason.UNKNOWN_BALLOT, None),) * 2
    assert outcome.state is None


async def test_a_replaced_generation_is_refused_before_anything_else(box: BallotBox) -> None:
    replaced = RefusalReason.REPLACED
    await box.open(opening())
    assert await box.take_generations(["AF"]) == (1,)
    await box.press("b-1", [press(generation=1)])
    assert await box.take_generations(["AF"]) == (2,)
    assert await one(box, press(generation=1)) == RefusedPress(replaced, BoxPhase.OPEN)
    assert await one(box, press(generation=1), "b-9") == RefusedPress(replaced, None)
    await box.close("b-1")
    assert await one(box, press(generation=1)) == RefusedPress(replaced, BoxPhase.CLOSED)
    assert await one(box, press(generation=2)) == Accepted(1, "yes", True, True)


async def test_no_press_while_suspended(box: BallotBox) -> None:
    await box.open(opening())
    await box.suspend("b-1", 11)
    assert await one(box, press()) == RefusedPress(RefusalReason.NOT_OPEN, BoxPhase.SUSPENDED)
    await box.resume("b-1", 12)
    assert await one(box, press()) == Accepted(1, "yes", True, False)


async def test_no_press_after_the_close(box: BallotBox) -> None:
    await box.open(opening())
    await box.close("b-1")
    assert await one(box, press()) == RefusedPress(RefusalReason.CLOSED, BoxPhase.CLOSED)
    await box.cancel("b-1")
    assert await one(box, press()) == RefusedPress(RefusalReason.CLOSED, BoxPhase.CANCELLED)


async def test_who_may_not_vote(box: BallotBox) -> None:
    await box.open(opening())
    assert await one(box, press("XX")) == RefusedPress(RefusalReason.NOT_ON_ROLL, BoxPhase.OPEN)
    assert await one(box, press("CL", "perhaps")) == RefusedPress(
        RefusalReason.SUSPENDED_RIGHT, BoxPhase.OPEN
    )


@pytest.mark.parametrize("choice", ["perhaps", "", "YES", "ye", "\ud800", "yes\n", "yes\x00"])
async def test_what_is_not_on_the_ballot(box: BallotBox, choice: str) -> None:
    await box.open(opening(revocable=False))
    bad = RefusedPress(RefusalReason.BAD_CHOICE, BoxPhase.OPEN)
    assert await one(box, press("AF", choice)) == bad
    await box.press("b-1", [press("AF", "yes", "p2")])
    assert await one(box, press("AF", choice)) == bad
    assert await one(box, press("AF", choice, "p2")) == RefusedPress(
        RefusalReason.PRESS_ID_REUSED, BoxPhase.OPEN
    )


async def test_a_vote_that_cannot_be_changed(box: BallotBox) -> None:
    await box.open(opening(revocable=False))
    group = [press("AF", "yes", "p1"), press("AF", "no", "p2")]
    fixed = RefusedPress(RefusalReason.NOT_REVOCABLE, BoxPhase.OPEN)
    assert (await box.press("b-1", group)).outcomes == (Accepted(1, "yes", True, False), fixed)
    assert await one(box, press("AF", "yes", "p3")) == fixed
    assert await one(box, press("AF", "yes", "p1")) == Accepted(1, "yes", True, True)


async def test_a_bad_press_does_not_harm_its_group(box: BallotBox) -> None:
    await box.open(opening())
    group = [press("XX"), press("AF"), press("CL"), press("BE", "\udfff"), press("DK", "no")]
    outcomes = (await box.press("b-1", group)).outcomes
    assert [type(outcome) for outcome in outcomes] == [
        RefusedPress,
        Accepted,
        RefusedPress,
        RefusedPress,
        Accepted,
    ]
    assert set(await box.votes("b-1")) == {"AF", "DK"}


@pytest.mark.parametrize(
    "malformed",
    [
        press("A|F"),
        press(press_id="p|1"),
        press(""),
        press(press_id=""),
        press("\ud800"),
        press(press_id="\ud800"),
        press(generation=0),
    ],
)
async def test_a_malformed_press_changes_nothing(box: BallotBox, malformed: BoxPress) -> None:
    await box.open(opening())
    before = await look(box)
    with pytest.raises(ValueError, match=r"member|press_id|generation"):
        await box.press("b-1", [press(), malformed, press("BE")])
    assert await look(box) == before


async def test_an_empty_group_shows_the_box(box: BallotBox) -> None:
    outcome = await box.press("b-1", [])
    assert (outcome.outcomes, outcome.state) == ((), None)
    await box.open(opening())
    outcome = await box.press("b-1", [])
    assert (outcome.outcomes, outcome.state) == ((), await look(box))


async def test_a_large_group(box: BallotBox) -> None:
    await box.open(opening())
    members = ("AF", "BE", "DK")
    group = [press(members[i % 3], ("yes", "no")[i % 2], f"p{i}") for i in range(3001)]
    outcome = await box.press("b-1", group)
    numbers = [each.n for each in outcome.outcomes if isinstance(each, Accepted)]
    assert numbers == list(range(1, 3002))
    current = [
        i
        for i, each in enumerate(outcome.outcomes)
        if each == Accepted(i + 1, group[i].choice, current=True, repeated=False)
    ]
    assert current == [2998, 2999, 3000]
    assert (await look(box)).chain == chain_of(*group)
    assert (await look(box)).voters == 3


@pytest.mark.parametrize(
    ("disclosure", "new_voter", "changed", "same_again"),
    [
        (Disclosure.NONE, 0, 0, 0),
        (Disclosure.TURNOUT, 1, 0, 0),
        (Disclosure.COUNTS, 1, 1, 0),
        (Disclosure.INDIVIDUAL, 1, 1, 0),
    ],
)
async def test_the_revision_rises_by_what_is_disclosed(
    box: BallotBox, disclosure: Disclosure, new_voter: int, changed: int, same_again: int
) -> None:
    await box.open(opening(disclosure=disclosure))
    start = (await look(box)).revision
    steps = [
        (press("AF", "yes", "p1"), new_voter),
        (press("AF", "no", "p2"), changed),
        (press("AF", "no", "p3"), same_again),
        (press("AF", "no", "p3"), 0),
        (press("XX"), 0),
    ]
    for a_press, rise in steps:
        outcome = await box.press("b-1", [a_press])
        assert outcome.state is not None
        assert outcome.state.revision == start + rise
        start += rise
    group = [press("BE", "yes", "p1"), press("DK", "no", "p1"), press("BE", "no", "p2")]
    outcome = await box.press("b-1", group)
    assert outcome.state is not None
    assert outcome.state.revision == start + 2 * new_voter + changed
    assert await box.bump() == start + 2 * new_voter + changed + 1


async def test_a_due_auto_close_latches_before_the_press(world: BoxWorld) -> None:
    await world.box.open(opening(seconds=60, auto_close=True))
    assert isinstance(await one(world.box, press()), Accepted)
    await world.let_pass(60)
    outcome = await world.box.press("b-1", [press("BE"), press()])
    assert outcome.outcomes == (
        RefusedPress(RefusalReason.CLOSED, BoxPhase.CLOSED),
        Accepted(1, "yes", current=True, repeated=True),
    )
    assert outcome.state is not None
    assert outcome.state.phase is BoxPhase.CLOSED


async def test_without_auto_close_presses_go_on_after_the_time(world: BoxWorld) -> None:
    await world.box.open(opening(seconds=60))
    await world.let_pass(61)
    assert isinstance(await one(world.box, press()), Accepted)
