"""What a non-recorded ballot's box took is erased once, and again wherever it comes back."""

from __future__ import annotations

import pytest

from server.ballots.life import Open
from server.hall.erasing import erase_what_is_over
from server.hall.finish import opening
from server.ports import BoxOpening, BoxPhase, BoxState, RefusedPress
from server.vocabulary import Command, Mode, Phase, RefusalReason
from tests.hall_cases.room import Room


async def test_a_server_that_was_paused_before_it_opened_the_box_opens_none(hall: Room) -> None:
    other = await hall.beside().enter()
    ballot = await hall.prepare(mode=Mode.NON_RECORDED)

    async def meanwhile() -> None:
        await other.finish()
        await other.vote(ballot, "yes", "no")
        for command in (Command.CLOSE, Command.DECLARE):
            await other.command(ballot, command)
        assert await erase_what_is_over(other.desk)

    hall.outages.meanwhile("open", meanwhile)
    await hall.ask(ballot, Command.OPEN)
    assert await hall.press(ballot, hall.members[2]) == RefusedPress(
        RefusalReason.CLOSED, BoxPhase.CLOSED
    )
    assert await hall.box.votes(ballot) == {}
    await hall.finish()
    assert hall.phase(ballot) is Phase.DECLARED
    assert not await erase_what_is_over(hall.desk)


async def come_back(hall: Room, then: BoxOpening) -> None:
    """The store is as it was while the ballot was open."""
    await hall.box.remove(then.ballot)
    await hall.box.open(then)
    await hall.vote(then.ballot, "yes", "no")


@pytest.mark.parametrize(
    "ends",
    [
        (Command.CLOSE,),
        (Command.CLOSE, Command.DECLARE),
        (Command.CLOSE, Command.DECLARE, Command.CERTIFY),
        (Command.CANCEL,),
        (Command.CLOSE, Command.VOID),
    ],
    ids=lambda ends: str(ends[-1]),
)
@pytest.mark.parametrize("restarted", [False, True])
async def test_votes_that_come_back_are_erased_again(
    hall: Room, ends: tuple[Command, ...], restarted: bool
) -> None:
    ballot = await hall.open(mode=Mode.NON_RECORDED)
    opened = hall.ballot(ballot)
    assert isinstance(opened.state, Open)
    then = opening(hall.desk, opened, opened.state.step)
    await hall.vote(ballot, "yes", "no")
    for command in ends:
        reason = "a fault" if command in (Command.CANCEL, Command.VOID) else None
        await hall.command(ballot, command, reason=reason)
    assert await erase_what_is_over(hall.desk)
    assert await hall.entries("box_erased", ballot)

    await come_back(hall, then)
    if restarted:
        await hall.restart()
        assert await hall.box.votes(ballot), "to be removed is not to be erased"
    erasures = 0

    async def count() -> None:
        nonlocal erasures
        erasures += 1

    hall.outages.meanwhile("erase", count)
    assert not await erase_what_is_over(hall.desk), "the journal has said it"
    assert erasures == 1
    assert await hall.box.votes(ballot) == {}
    left = await hall.box.state(ballot)
    assert isinstance(left, BoxState)
    assert (left.phase, left.n) == (BoxPhase.CLOSED, 0)
    before = hall.phase(ballot)
    await hall.finish()
    assert hall.phase(ballot) is before
    hall.outages.meanwhile("erase", count)
    assert not await erase_what_is_over(hall.desk)
    assert erasures == 1
    assert len(await hall.entries("box_erased", ballot)) == 1


async def test_to_certify_leaves_votes_that_came_back_to_the_erasure(hall: Room) -> None:
    ballot = await hall.open(mode=Mode.NON_RECORDED)
    opened = hall.ballot(ballot)
    assert isinstance(opened.state, Open)
    then = opening(hall.desk, opened, opened.state.step)
    for command in (Command.CLOSE, Command.DECLARE):
        await hall.command(ballot, command)
    assert await erase_what_is_over(hall.desk)
    await come_back(hall, then)
    await hall.command(ballot, Command.CERTIFY)
    assert await hall.box.votes(ballot)
    await erase_what_is_over(hall.desk)
    assert await hall.box.votes(ballot) == {}


async def test_an_erased_box_is_forgotten_once_the_result_is_certified(hall: Room) -> None:
    ballot = await hall.open(mode=Mode.NON_RECORDED)
    await hall.vote(ballot, "yes")
    for command in (Command.CLOSE, Command.DECLARE):
        await hall.command(ballot, command)
    await erase_what_is_over(hall.desk)
    assert isinstance(await hall.box.state(ballot), BoxState)
    await hall.command(ballot, Command.CERTIFY)
    assert not isinstance(await hall.box.state(ballot), BoxState)
