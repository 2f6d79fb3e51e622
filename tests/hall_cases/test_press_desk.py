"""The press desk: what arrives together travels together, and everybody is answered once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from server.adapters.memory_box import MemoryBallotBox
from server.ballots.life import Open
from server.hall.finish import opening
from server.hall.press import GROUP_CAP, QUEUE_CAP, NotTaken, PressDesk, Reply, Taken
from server.ports import (
    Accepted,
    BoxOpening,
    BoxPhase,
    BoxPress,
    GroupOutcome,
    HeldVote,
    Landed,
    idle,
)
from server.vocabulary import Command, Phase, RefusalReason
from tests.hall_cases.outages import When
from tests.hall_cases.room import Room


@dataclass
class Window:
    """A press desk in a room, and everything that it says."""

    room: Room
    landed: list[Landed] = field(default_factory=list)
    troubles: int = 0
    replies: dict[str, list[Reply]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.desk = PressDesk(
            self.room.desk.box,
            self.room.desk.ledger,
            self.room.desk.witness,
            self.landed.append,
            self._trouble,
        )

    def _trouble(self) -> None:
        self.troubles += 1

    def put(self, ballot: str, member: str, choice: str = "yes", press_id: str = "p1") -> None:
        replies = self.replies.setdefault(f"{member} {press_id}", [])
        self.desk.put(ballot, BoxPress(member, 1_000, press_id, choice), replies.append)

    async def one(
        self, ballot: str, member: str, choice: str = "yes", press_id: str = "p1"
    ) -> Reply:
        self.put(ballot, member, choice, press_id)
        await self.desk.drained()
        return self.replies[f"{member} {press_id}"].pop()


@pytest.fixture
def window(room: Room) -> Window:
    return Window(room)


async def test_presses_of_one_tick_land_in_one_call(room: Room, window: Window) -> None:
    ballot = await room.open()
    for member in room.members[:5]:
        window.put(ballot, member)
    await window.desk.drained()
    (landed,) = window.landed
    assert [member for member, _, _ in landed.presses] == list(room.members[:5])
    assert [accepted.n for _, accepted, _ in landed.presses] == [1, 2, 3, 4, 5]
    assert landed.state.n == 5
    incarnation = (await room.held(ballot)).incarnation
    for member in room.members[:5]:
        (reply,) = window.replies[f"{member} p1"]
        assert isinstance(reply, Taken)
        assert reply.incarnation == incarnation


async def test_presses_that_arrive_during_a_call_wait_for_the_next(
    room: Room, window: Window
) -> None:
    ballot = await room.open()

    async def arrive() -> None:
        window.put(ballot, room.members[1])
        window.put(ballot, room.members[2])
        await asyncio.sleep(0)

    room.outages.meanwhile("press", arrive)
    window.put(ballot, room.members[0])
    await window.desk.drained()
    assert [len(each.presses) for each in window.landed] == [1, 2]


async def test_receipts_are_given_while_the_store_is_at_work_on_the_next_group(room: Room) -> None:
    ballot = await room.open()
    first, second = room.members[:2]
    answered: list[list[int]] = []

    window = Window(room)

    class Watched(MemoryBallotBox):
        async def press(
            self, ballot: str, group: Sequence[BoxPress], meanwhile: Callable[[], None] = idle
        ) -> GroupOutcome:
            if group[0].member == first:
                window.put(ballot, second)
            outcome = await room.box.press(ballot, group, meanwhile)
            told = [window.replies.get(f"{member} p1", []) for member in (first, second)]
            answered.append(list(map(len, told)))
            return outcome

    window.desk = PressDesk(
        *(Watched(room.clock), room.desk.ledger, room.desk.witness),
        *(window.landed.append, lambda: None),
    )
    window.put(ballot, first)
    await window.desk.drained()
    assert answered == [[0, 0], [1, 0]]
    assert isinstance(window.replies[f"{second} p1"].pop(), Taken)


async def test_a_group_is_of_one_ballot_and_not_too_large(room: Room, window: Window) -> None:
    first = await room.open()
    await room.command(first, Command.CLOSE)
    second = await room.open()
    for number in range(GROUP_CAP + 3):
        window.put(second, room.members[0], "yes", f"p{number}")
    window.put(first, room.members[0])
    await window.desk.drained()
    assert [(each.ballot, len(each.presses)) for each in window.landed] == [
        (second, GROUP_CAP),
        (second, 3),
        (first, 0),
    ]
    (late,) = window.replies[f"{room.members[0]} p1"][1:]
    assert late == NotTaken(RefusalReason.CLOSED, Phase.CLOSED)


async def test_a_press_is_answered_by_its_own_outcome(room: Room, window: Window) -> None:
    ballot = await room.open()
    first, second, third = room.members[:3]
    window.put(ballot, first, "yes")
    window.put(ballot, second, "perhaps")
    window.put(ballot, room.members[5], "yes")
    window.put(ballot, first, "no", "p2")
    await window.desk.drained()
    (kept,) = window.replies[f"{first} p2"]
    assert isinstance(kept, Taken)
    assert kept.accepted == Accepted(2, "no", current=True, repeated=False)
    (superseded,) = window.replies[f"{first} p1"]
    assert isinstance(superseded, Taken)
    assert not superseded.accepted.current
    assert window.replies[f"{second} p1"] == [NotTaken(RefusalReason.BAD_CHOICE, Phase.OPEN)]
    assert window.replies[f"{room.members[5]} p1"] == [
        NotTaken(RefusalReason.SUSPENDED_RIGHT, Phase.OPEN)
    ]
    assert (await room.box.votes(ballot))[first] == HeldVote("no", 2, "p2")
    assert third not in await room.box.votes(ballot)


@pytest.mark.parametrize("when", list(When))
async def test_an_outage_is_unknown_and_the_same_press_id_finds_out(
    room: Room, window: Window, when: When
) -> None:
    ballot = await room.open()
    room.outages.fail("press", when)
    for member in room.members[:3]:
        window.put(ballot, member)
    await window.desk.drained()
    for member in room.members[:3]:
        (reply,) = window.replies[f"{member} p1"]
        assert reply == NotTaken(RefusalReason.UNAVAILABLE, Phase.OPEN)
    assert window.troubles == 1
    assert window.landed == []
    again = await window.one(ballot, room.members[1])
    assert isinstance(again, Taken)
    assert again.accepted.repeated is (when is When.AFTER)
    assert again.accepted.n == (2 if when is When.AFTER else 1)


async def test_an_error_answers_every_press(room: Room, window: Window) -> None:
    """A bug in the store must not leave seats waiting, nor the desk stuck."""
    ballot = await room.open()
    window.put(ballot, room.members[0])
    window.put(ballot, room.members[1], press_id="")
    window.put(ballot, room.members[2], press_id="a|b")
    await window.desk.drained()
    told = Counter(
        reply.reason
        for replies in window.replies.values()
        for reply in replies
        if isinstance(reply, NotTaken)
    )
    assert told == {RefusalReason.UNAVAILABLE: 3}
    assert window.troubles == 1
    assert isinstance(await window.one(ballot, room.members[0]), Taken)


async def test_a_ballot_that_nobody_knows(room: Room, window: Window) -> None:
    reply = await window.one("b-nowhere", room.members[0])
    assert reply == NotTaken(RefusalReason.UNKNOWN_BALLOT, None)
    assert window.troubles == 0


async def test_a_ballot_without_a_box_is_refused_by_its_phase(room: Room, window: Window) -> None:
    ballot = await room.prepare()
    member = room.members[0]
    assert await window.one(ballot, member) == NotTaken(RefusalReason.NOT_OPEN, Phase.PREPARED)
    await room.command(ballot, Command.OPEN)
    await room.box.remove(ballot)
    assert await window.one(ballot, member) == NotTaken(RefusalReason.UNAVAILABLE, Phase.OPEN)
    assert window.troubles == 1
    await room.restart(MemoryBallotBox(room.clock))
    window = Window(room)
    assert await window.one(ballot, member) == NotTaken(RefusalReason.NOT_OPEN, Phase.IN_DOUBT)
    await room.command(ballot, Command.CANCEL, reason="taken by roll-call")
    assert await window.one(ballot, member) == NotTaken(RefusalReason.CLOSED, Phase.CANCELLED)


async def test_a_ballot_in_doubt_takes_no_press_but_repeats_its_receipts(
    room: Room, window: Window
) -> None:
    ballot = await room.open()
    first, second = room.members[:2]
    taken = await window.one(ballot, first)
    await room.mark(ballot, n=2, chain="f" * 40)
    await room.finish()
    assert await window.one(ballot, second) == NotTaken(RefusalReason.NOT_OPEN, Phase.IN_DOUBT)
    repeated = await window.one(ballot, first)
    assert isinstance(taken, Taken)
    assert isinstance(repeated, Taken)
    assert repeated.accepted.n == taken.accepted.n


@pytest.mark.parametrize(("latch", "phase"), [("close", Phase.CLOSED), ("cancel", Phase.CANCELLED)])
async def test_a_latch_is_told_before_its_entry_is_written(
    room: Room, window: Window, latch: str, phase: Phase
) -> None:
    ballot = await room.open()
    await getattr(room.box, latch)(ballot)
    assert await window.one(ballot, room.members[0]) == NotTaken(RefusalReason.CLOSED, phase)


async def test_too_long_a_queue_is_answered_at_once(room: Room, window: Window) -> None:
    ballot = await room.open()
    for _ in range(QUEUE_CAP):
        window.put(ballot, room.members[0])
    window.put(ballot, room.members[1])
    assert window.replies[f"{room.members[1]} p1"] == [
        NotTaken(RefusalReason.UNAVAILABLE, Phase.OPEN)
    ]
    await window.desk.drained()
    assert len(window.replies[f"{room.members[0]} p1"]) == QUEUE_CAP
    assert set(await room.box.votes(ballot)) == {room.members[0]}


# --- a box that went back while the server lives


def as_opened(room: Room, ballot: str) -> BoxOpening:
    opened = room.ballot(ballot).state
    assert isinstance(opened, Open)
    return opening(room.desk, room.ballot(ballot), opened.step)


async def older_copy(room: Room, first: BoxOpening, *votes: tuple[str, str]) -> None:
    """Put an older copy of the store in the place of this one: it holds these votes only."""
    ballot = first.ballot
    await room.box.remove(ballot)
    await room.box.open(first)
    for member, choice in votes:
        await room.press(ballot, member, choice)


async def test_a_box_that_went_back_gives_no_receipts_and_is_in_doubt(
    room: Room, window: Window
) -> None:
    """More presses land at once than were lost: the number alone would not show the loss."""
    ballot = await room.open()
    for member in room.members[:3]:
        assert isinstance(await window.one(ballot, member), Taken)
    await older_copy(room, as_opened(room, ballot), (room.members[0], "yes"))
    for number in range(8):
        window.put(ballot, room.members[4], "no", f"late{number}")
    await window.desk.drained()
    assert (await room.held(ballot)).n == 9
    for number in range(8):
        replies = window.replies[f"{room.members[4]} late{number}"]
        assert replies == [NotTaken(RefusalReason.UNAVAILABLE, Phase.OPEN)]
    assert window.troubles == 1
    assert len(window.landed) == 3
    await room.finish()
    assert room.phase(ballot) is Phase.IN_DOUBT
    assert (await room.held(ballot)).phase is BoxPhase.SUSPENDED
    # From now on the seats hear why, and what is unknown stays unknown.
    again = await window.one(ballot, room.members[4], "no", "again")
    assert again == NotTaken(RefusalReason.NOT_OPEN, Phase.IN_DOUBT)
    repeated = await window.one(ballot, room.members[4], "no", "late1")
    assert repeated == NotTaken(RefusalReason.UNAVAILABLE, Phase.IN_DOUBT)
    assert window.troubles == 1


async def test_a_box_that_went_back_is_in_doubt_though_nobody_presses(
    room: Room, window: Window
) -> None:
    """Within the second before the database has the mark."""
    ballot = await room.open()
    for member in room.members[:3]:
        await window.one(ballot, member)
    await older_copy(
        room, as_opened(room, ballot), (room.members[0], "yes"), (room.members[1], "yes")
    )
    await room.finish()
    assert room.phase(ballot) is Phase.IN_DOUBT


async def test_a_box_of_other_votes_is_found_out_by_a_repeat(room: Room, window: Window) -> None:
    ballot = await room.open()
    for member in room.members[:2]:
        await window.one(ballot, member)
    await older_copy(
        room, as_opened(room, ballot), (room.members[0], "yes"), (room.members[2], "yes")
    )
    reply = await window.one(ballot, room.members[0])
    assert reply == NotTaken(RefusalReason.UNAVAILABLE, Phase.OPEN)
    await room.finish()
    assert room.phase(ballot) is Phase.IN_DOUBT


async def test_after_the_operator_took_the_box_as_it_is_votes_are_receipted_again(
    room: Room, window: Window
) -> None:
    ballot = await room.open()
    for member in room.members[:3]:
        await window.one(ballot, member)
    await older_copy(room, as_opened(room, ballot), (room.members[0], "yes"))
    await room.finish()
    await room.command(ballot, Command.RESUME, reason="two Members vote again")
    reply = await window.one(ballot, room.members[1])
    assert isinstance(reply, Taken)
    assert reply.accepted.n == 2
    await room.finish()
    assert room.phase(ballot) is Phase.OPEN


async def test_another_servers_presses_in_between_are_no_loss(room: Room, window: Window) -> None:
    ballot = await room.open()
    await window.one(ballot, room.members[0])
    await room.press(ballot, room.members[1])
    assert isinstance(await window.one(ballot, room.members[2]), Taken)
    await room.press(ballot, room.members[3])
    await room.finish()
    assert room.phase(ballot) is Phase.OPEN


async def test_an_older_copy_of_a_closed_box_takes_no_votes_that_count(room: Room) -> None:
    ballot, (first, second) = await room.open(), room.members[:2]
    before = Window(room)
    told = await before.one(ballot, first)
    first_box = as_opened(room, ballot)
    await room.command(ballot, Command.CLOSE)
    await older_copy(room, first_box)
    await room.restart(room.box)  # a server that has seen nothing of the box with its own eyes
    after = Window(room)
    assert await after.one(ballot, second) == NotTaken(RefusalReason.CLOSED, Phase.CLOSED)
    assert after.landed == []
    assert after.troubles == 1
    assert isinstance(told, Taken)


async def test_a_receipt_that_was_lost_is_given_again_after_the_close(
    room: Room, window: Window
) -> None:
    ballot, member = await room.open(), room.members[0]
    told = await window.one(ballot, member)
    await room.command(ballot, Command.CLOSE)
    again = await window.one(ballot, member)
    assert isinstance(told, Taken)
    assert isinstance(again, Taken)
    assert again.accepted.n == told.accepted.n
