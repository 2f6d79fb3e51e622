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
    NoBox,
    PressOutcome,
    RefusedPress,
    SealedPress,
)
from server.vocabulary import Disclosure, RefusalReason
from tests.contracts.box_worlds import BoxWorld, opening, press, sealed


async def one(box: BallotBox, a_press: BoxPress, ballot: str = "b-1") -> PressOutcome:
    (outcome,) = (await box.press(ballot, [a_press])).outcomes
    return outcome


async def look(box: BallotBox, ballot: str = "b-1") -> BoxState:
    state = await box.state(ballot)
    assert isinstance(state, BoxState)
    return state


def chain_of(*presses: BoxPress) -> str:
    """The running hash as `BoxState` documents it, written out once more."""
    chain = "0" * 40
    for each in presses:
        text = f"{chain}|{each.member}|{each.press_id}|{each.choice}"
        chain = hashlib.sha1(text.encode()).hexdigest()
    return chain


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
    assert await box.held_press("b-1", "AF", "p1") is None
    await box.open(opening())
    await box.press("b-1", [press("AF", "yes", "p1"), press("AF", "no", "p2")])
    assert await box.held_press("b-1", "AF", "p1") == 1
    assert await box.held_press("b-1", "AF", "p2") == 2
    assert await box.held_press("b-1", "AF", "p3") is None
    assert await box.held_press("b-1", "BE", "p1") is None


async def test_presses_that_are_asked_for_at_once_are_told_apart(box: BallotBox) -> None:
    for ballot, choices in (("b-1", ("yes", "no")), ("b-2", ("no",))):
        await box.open(opening(ballot))
        for choice in choices:
            await box.press(ballot, [press("BE", choice, f"first {choice}")])
        await box.press(ballot, [press("AF", "yes", "p1")])
    asked = (("b-1", "AF", "p1"), ("b-2", "AF", "p1"), ("b-9", "AF", "p1"), ("b-1", "AF", "p2"))
    told = await asyncio.gather(*(box.held_press(*each) for each in asked * 50))
    assert told == [3, 2, None, None] * 50


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


async def test_sealed_ballots_are_kept_with_their_texts_and_held_by_their_trackers(
    box: BallotBox,
) -> None:
    await box.open(opening(choices=None, disclosure=Disclosure.TURNOUT))
    group = [sealed("AF", "one"), sealed("BE", "two", "p2")]
    await box.press("b-1", group)
    await box.press("b-1", [sealed("AF", "three", "p3")])
    assert await box.votes("b-1") == {
        "AF": HeldVote("three", 3, "p3"),
        "BE": HeldVote("two", 2, "p2"),
    }
    assert await box.sealed("b-1") == (
        SealedPress(1, "AF", "p1", "one", group[0].sealed),
        SealedPress(2, "BE", "p2", "two", group[1].sealed),
        SealedPress(3, "AF", "p3", "three", sealed("AF", "three").sealed),
    )
    assert (await look(box)).chain == chain_of(*group, sealed("AF", "three", "p3"))


async def test_only_the_sealed_ballots_that_are_asked_for_are_fetched(box: BallotBox) -> None:
    await box.open(opening(choices=None))
    group = [sealed("AF", "one"), sealed("BE", "two", "p2"), sealed("AF", "three", "p3")]
    await box.press("b-1", group)
    some = await box.sealed("b-1", ["three", "unknown", "one", "one"])
    assert [(each.n, each.tracker) for each in some] == [(1, "one"), (3, "three")]
    assert some[0].text == group[0].sealed
    assert await box.sealed("b-1", []) == ()
    assert await box.sealed("b-2", ["one"]) == ()


async def test_a_sealed_ballot_is_taken_once(box: BallotBox) -> None:
    await box.open(opening(choices=None))
    first = sealed("AF", "one")
    assert await one(box, first) == Accepted(1, "one", current=True, repeated=False)
    assert await one(box, first) == Accepted(1, "one", current=True, repeated=True)
    again = RefusedPress(RefusalReason.BAD_CHOICE, BoxPhase.OPEN)
    assert await one(box, sealed("AF", "one", "p2")) == again
    assert await one(box, sealed("BE", "one", "p3")) == again
    group = [sealed("BE", "two", "p4"), sealed("DK", "two", "p5")]
    outcome = await box.press("b-1", group)
    assert outcome.outcomes == (Accepted(2, "two", current=True, repeated=False), again)
    assert [each.tracker for each in await box.sealed("b-1")] == ["one", "two"]


async def test_a_box_that_is_gone_holds_nothing_sealed(box: BallotBox) -> None:
    assert await box.sealed("b-1") == ()
    await box.open(opening(choices=None))
    await box.press("b-1", [sealed("AF", "one")])
    await box.remove("b-1")
    assert await box.sealed("b-1") == ()


async def test_what_is_disowned_leaves_the_earlier_ballot_in_force(box: BallotBox) -> None:
    await box.open(opening(choices=None, disclosure=Disclosure.TURNOUT))
    await box.press("b-1", [sealed("AF", "one"), sealed("BE", "two", "p2")])
    third = sealed("AF", "three", "p3")
    await box.press("b-1", [third])
    before = (await look(box)).revision
    state = await box.disown("b-1", "AF", [3])
    assert isinstance(state, BoxState)
    # Who has voted is the same, so nothing that the hall sees has changed.
    assert (state.voters, state.n, state.revision) == (2, 3, before)
    assert (await box.votes("b-1"))["AF"] == HeldVote("one", 1, "p1")
    assert await box.disown("b-1", "AF", [3]) == state
    assert await one(box, third) == Accepted(3, "three", current=False, repeated=True)
    gone = await box.disown("b-1", "AF", [1, 3])
    assert isinstance(gone, BoxState)
    assert (gone.voters, gone.revision) == (1, before + 1)
    assert await one(box, third) == Accepted(3, "three", current=False, repeated=True)


async def test_who_holds_nothing_may_vote_where_a_vote_is_final(box: BallotBox) -> None:
    await box.open(opening(choices=None, revocable=False))
    await box.press("b-1", [sealed("AF", "one")])
    second = sealed("AF", "two", "p2")
    assert isinstance(await one(box, second), RefusedPress)
    await box.disown("b-1", "AF", [1])
    assert await one(box, second) == Accepted(2, "two", current=True, repeated=False)


async def test_a_latched_box_and_a_counted_one_are_left_as_they_are(box: BallotBox) -> None:
    assert isinstance(await box.disown("b-1", "AF", [1]), NoBox)
    await box.open(opening())
    await box.press("b-1", [press("AF", "yes")])
    await box.disown("b-1", "AF", [1])
    assert "AF" in await box.votes("b-1")
    await box.open(opening(ballot="b-2", choices=None))
    await box.press("b-2", [sealed("AF", "one")])
    await box.close("b-2")
    await box.disown("b-2", "AF", [1])
    assert "AF" in await box.votes("b-2")
