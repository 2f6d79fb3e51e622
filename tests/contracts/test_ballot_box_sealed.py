"""What a box keeps of sealed ballots, and how one is disowned."""

from __future__ import annotations

from server.ports import (
    Accepted,
    BallotBox,
    BoxPhase,
    BoxState,
    HeldVote,
    NoBox,
    RefusedPress,
    SealedPress,
)
from server.vocabulary import Disclosure, RefusalReason
from tests.contracts.box_worlds import chain_of, look, one, opening, press, sealed


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
