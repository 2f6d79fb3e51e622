"""Robots: what they mean to do, and what they do at a hall with real sockets."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk_client.robots import Behaviour, RobotCount, RobotSeat, intentions, run_robots
from server.vocabulary import Choice, Phase, RefusalReason
from server.wire.views import Mine
from tests.kiosk.floor import ballot, receipt, refused, view
from tests.kiosk.sockets import Counts, Line, ScriptedHall, scripted_hall

MEMBERS = [f"M{n:03}" for n in range(196)]
EAGER = Behaviour(yes=1, no=0, abstain=0, silent=0, change=0, delay=0.0)


def seats(count: int) -> list[RobotSeat]:
    return [RobotSeat(member, f"token-{member}") for member in MEMBERS[:count]]


@settings(deadline=None)
@given(seed=st.integers(), member=st.sampled_from(MEMBERS))
def test_intentions_are_the_same_for_the_same_seed_member_and_ballot(
    seed: int, member: str
) -> None:
    behaviour = Behaviour(seed=seed, change=0.5)
    assert intentions(behaviour, member, ballot()) == intentions(behaviour, member, ballot())


@settings(deadline=None)
@given(seed=st.integers(), member=st.sampled_from(MEMBERS), change=st.floats(0, 1))
def test_intentions_are_in_order_offered_and_a_change_is_another_choice(
    seed: int, member: str, change: float
) -> None:
    planned = intentions(Behaviour(seed=seed, change=change), member, ballot())
    assert len(planned) <= 2
    assert all(intention.after >= 0 for intention in planned)
    if len(planned) == 2:
        first, second = planned
        assert first.after <= second.after
        assert first.choice is not second.choice
    narrow = ballot().model_copy(update={"choices": [Choice.NO]})
    offered = {each.choice for each in intentions(Behaviour(seed=seed, change=1), member, narrow)}
    assert offered <= {Choice.NO}


def test_the_mix_follows_the_weights() -> None:
    behaviour = Behaviour(yes=50, no=30, abstain=10, silent=10, change=0)
    planned = [intentions(behaviour, f"{n}", ballot()) for n in range(4000)]
    first = Counter(each[0].choice if each else None for each in planned)
    assert first[Choice.YES] == pytest.approx(2000, abs=150)
    assert first[Choice.NO] == pytest.approx(1200, abs=150)
    assert first[Choice.ABSTAIN] == pytest.approx(400, abs=100)
    assert first[None] == pytest.approx(400, abs=100)


def test_nobody_means_to_change_a_vote_that_cannot_be_changed() -> None:
    behaviour = Behaviour(silent=0, change=1)
    assert {len(intentions(behaviour, m, ballot(revocable=False))) for m in MEMBERS} == {1}
    assert {len(intentions(behaviour, m, ballot())) for m in MEMBERS} == {2}


@pytest.mark.parametrize(
    "wrong", [{"yes": -1}, {"yes": 0, "no": 0, "abstain": 0, "silent": 0}, {"change": 2}]
)
def test_a_wrong_behaviour_is_named(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"give"):
        Behaviour(**wrong)  # type: ignore[arg-type]  # `seed` is an int, and not among them


async def run_until(
    hall: ScriptedHall, count: int, behaviour: Behaviour, end: RobotCount
) -> Counts:
    counts = Counts()
    running = asyncio.create_task(
        run_robots(hall.url, seats(count), behaviour, arrival=0.0, on_count=counts)
    )
    await counts.until(end.__eq__)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    return counts


async def test_forty_robots_vote_once_each_and_a_cancel_closes_every_socket() -> None:
    n = 0
    tokens: set[str] = set()
    ids: set[UUID] = set()
    codes: list[int | None] = []

    async def script(line: Line) -> None:
        nonlocal n
        tokens.add((await line.greet(ballot())).token)
        press = await line.read_press()
        ids.add(UUID(press.press_id))
        n += 1
        await line.send(receipt(press.press_id, Choice(str(press.choice)), n))
        codes.append(await line.until_closed())

    async with scripted_hall(script) as hall:
        counts = await run_until(hall, 40, EAGER, RobotCount(40, online=40, receipts=40))
        accepted = hall.accepted
    assert accepted == len(tokens) == len(ids) == 40
    assert codes == [1000] * 40
    assert counts.all[-1] == RobotCount(40, online=0, receipts=40)


async def test_a_robot_whose_seat_is_taken_over_leaves_it() -> None:
    async def script(line: Line) -> None:
        await line.greet(None)
        await line.socket.close((4409, 4410, 4401)[line.number - 1])

    async with scripted_hall(script) as hall:
        count = await run_robots(hall.url, seats(3), EAGER, arrival=0.0)
        accepted = hall.accepted
    assert count == RobotCount(3, online=0, replaced=2, stopped=1)
    assert accepted == 3


async def test_robots_wait_while_a_ballot_is_interrupted_and_touch_again_when_told() -> None:
    async def script(line: Line) -> None:
        await line.greet(ballot(phase=Phase.SUSPENDED))
        await line.send(view(2, ballot(phase=Phase.SUSPENDED, last_call=True)))
        await line.send(view(3, ballot()))
        first = await line.read_press()
        await line.send(refused(first.press_id, RefusalReason.RATE_LIMITED))
        second = await line.read_press()
        assert second.press_id != first.press_id
        await line.send(receipt(second.press_id, Choice.YES, 1))
        await line.until_closed()

    async with scripted_hall(script) as hall:
        counts = await run_until(hall, 1, EAGER, RobotCount(1, online=1, receipts=1))
    assert counts.all[0] == RobotCount(1, online=1)


async def test_a_robot_whose_member_has_voted_does_not_vote_again() -> None:
    mine = Mine(choice=Choice.NO, n=4, code="C")

    async def script(line: Line) -> None:
        await line.greet(ballot(mine=mine))
        await line.send(view(2, ballot("b2")))
        press = await line.read_press()
        assert press.ballot == "b2"
        await line.send(receipt(press.press_id, Choice.YES, 1, ballot_id="b2"))
        await line.until_closed()

    patient = Behaviour(yes=1, no=0, abstain=0, silent=0, change=0, delay=0.05)
    async with scripted_hall(script) as hall:
        await run_until(hall, 1, patient, RobotCount(1, online=1, receipts=1))
        assert hall.faults == []
