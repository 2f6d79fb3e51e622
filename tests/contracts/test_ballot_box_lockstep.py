"""Memory and Redis do the same, whatever is done to them, in whatever order.

Timers are multiples of ten minutes and time passes in steps of five: a step is therefore never
within milliseconds of an end, and instants are compared in whole steps.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from server.ports import (
    Accepted,
    BallotBox,
    BoxOpening,
    BoxPress,
    BoxState,
    GroupOutcome,
    Latched,
    NoBox,
)
from server.vocabulary import Disclosure
from tests.contracts.box_worlds import ROLL, MemoryWorld, RedisWorld

STEP_SECONDS = 300
BALLOTS = ("b-1", "b-2")
MEMBERS = ("AF", "BE", "CL", "DK", "XX")
PRESS_IDS = ("p1", "p2", "p3")

ballots = st.sampled_from(BALLOTS)
members = st.sampled_from(MEMBERS)
fences = st.integers(1, 12)
MASK = "5ec2e7"
timers = st.sampled_from([600, 1200])
presses = st.builds(
    BoxPress,
    member=members,
    generation=st.integers(1, 3),
    press_id=st.sampled_from(PRESS_IDS),
    choice=st.sampled_from(["yes", "no", "perhaps", "y|s", ""]),
    sealed=st.just(""),
)
sealed_presses = st.builds(
    BoxPress,
    member=members,
    generation=st.integers(1, 3),
    press_id=st.sampled_from(PRESS_IDS),
    choice=st.sampled_from(["one", "two", "three"]),
    sealed=st.sampled_from(['{"ballot":"a|b"}', ""]),
)
openings = st.builds(
    BoxOpening,
    ballot=ballots,
    fence=fences,
    incarnation=st.sampled_from(["first", "second"]),
    roll=st.just(ROLL),
    choices=st.sampled_from([("yes", "no"), ("no", "yes", "y|s"), None]),
    revocable=st.booleans(),
    disclosure=st.sampled_from(Disclosure),
    seconds=st.none() | timers,
    auto_close=st.booleans(),
    mask=st.sampled_from(["", MASK]),
)


class Lockstep(RuleBasedStateMachine):
    """Each rule is applied to both boxes; their answers must be equal."""

    url: str

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.memory = MemoryWorld()
        self.redis = self.runner.run(self._connect())
        self.accepted: dict[str, list[tuple[int, BoxPress]]] = {}
        self.disowned: dict[str, set[tuple[str, int]]] = {}

    async def _connect(self) -> RedisWorld:
        return RedisWorld(self.url)

    def teardown(self) -> None:
        try:
            for ballot in BALLOTS:
                self.compare_held(ballot)
                self.compare_state(ballot)
                self.verify_state(ballot)
        finally:
            self.runner.run(self.redis.aclose())
            self.runner.close()

    def both(self, call: Callable[[BallotBox], Awaitable[Any]]) -> Any:
        """The answer of the memory box, after the other one gave the same."""

        async def answers() -> tuple[Any, Any]:
            expected = comparable(await call(self.memory.box), await self.memory.box.now())
            return expected, comparable(await call(self.redis.box), await self.redis.box.now())

        expected, found = self.runner.run(answers())
        assert found == expected
        return expected

    @rule(opening=openings)
    def open(self, opening: BoxOpening) -> None:
        answer = self.both(lambda box: box.open(opening))
        if isinstance(answer, BoxState) and answer.n == 0:
            self.accepted[opening.ballot] = []
            self.disowned[opening.ballot] = set()

    @rule(ballot=ballots, group=st.lists(presses | sealed_presses, max_size=8))
    def press(self, ballot: str, group: list[BoxPress]) -> None:
        outcome = self.both(lambda box: box.press(ballot, group))
        assert isinstance(outcome, GroupOutcome)
        for press, each in zip(group, outcome.outcomes, strict=True):
            if isinstance(each, Accepted) and not each.repeated:
                self.accepted[ballot].append((each.n, press))

    @rule(ballot=ballots, fence=fences)
    def suspend(self, ballot: str, fence: int) -> None:
        self.both(lambda box: box.suspend(ballot, fence))

    @rule(ballot=ballots, fence=fences, incarnation=st.none() | st.just("second"))
    def resume(self, ballot: str, fence: int, incarnation: str | None) -> None:
        self.both(lambda box: box.resume(ballot, fence, incarnation))

    @rule(ballot=ballots, fence=fences, seconds=timers)
    def extend(self, ballot: str, fence: int, seconds: int) -> None:
        self.both(lambda box: box.extend(ballot, fence, seconds))

    @rule(ballot=ballots, fence=fences)
    def last_call(self, ballot: str, fence: int) -> None:
        self.both(lambda box: box.last_call(ballot, fence))

    @rule(ballot=ballots)
    def close(self, ballot: str) -> None:
        self.both(lambda box: box.close(ballot))

    @rule(ballot=ballots)
    def cancel(self, ballot: str) -> None:
        self.both(lambda box: box.cancel(ballot))

    @rule(ballot=ballots, exact=st.booleans())
    def close_if_due(self, ballot: str, exact: bool) -> None:
        async def expected_or_not(box: BallotBox) -> Any:
            seen = await box.close_if_due(ballot, 1)
            if not exact or not isinstance(seen, BoxState) or seen.closes_at is None:
                return seen
            return await box.close_if_due(ballot, seen.closes_at)

        self.both(expected_or_not)

    @rule(ballot=ballots, elapsed=st.none() | st.integers(0, 3_600_000))
    def keep_time(self, ballot: str, elapsed: int | None) -> None:
        self.both(lambda box: box.keep_time(ballot, elapsed))

    @rule(ballot=ballots, member=members, numbers=st.sets(st.integers(1, 6)))
    def disown(self, ballot: str, member: str, numbers: set[int]) -> None:
        before = self.both(lambda box: box.votes(ballot))
        numbers |= {n for whose, n in self.disowned.get(ballot, ()) if whose == member}
        state = self.both(lambda box: box.disown(ballot, member, numbers))
        after = self.both(lambda box: box.votes(ballot))
        if isinstance(state, BoxState) and before != after:
            assert not state.counts
            # Only what was disowned while it held is out for good: see `verify_state`.
            self.disowned[ballot] |= {(member, n) for n in numbers if n <= state.n}

    @rule(ballot=ballots)
    def remove(self, ballot: str) -> None:
        self.both(lambda box: box.remove(ballot))
        self.accepted.pop(ballot, None)
        self.disowned.pop(ballot, None)

    @rule(steps=st.integers(1, 3))
    def let_pass(self, steps: int) -> None:
        self.runner.run(self.memory.let_pass(steps * STEP_SECONDS))
        self.runner.run(self.redis.let_pass(steps * STEP_SECONDS))

    @rule(taking=st.lists(members, max_size=4))
    def take_generations(self, taking: list[str]) -> None:
        self.both(lambda box: box.take_generations(taking))

    @rule(least=st.integers(0, 60))
    def raise_revision(self, least: int) -> None:
        self.both(lambda box: box.raise_revision(least))

    @rule()
    def bump(self) -> None:
        self.both(lambda box: box.bump())

    @rule(who=st.sets(members), seconds=timers)
    def lease_presence(self, who: set[str], seconds: int) -> None:
        self.both(lambda box: box.lease_presence(who, seconds * 1000 - 1))

    @rule(who=st.sets(members))
    def end_presence(self, who: set[str]) -> None:
        self.both(lambda box: box.end_presence(who))

    @rule()
    def present(self) -> None:
        self.both(lambda box: box.present())

    @rule(fresh=st.sampled_from(["one", "two"]))
    def hall_incarnation(self, fresh: str) -> None:
        self.both(lambda box: box.hall_incarnation(fresh))

    @rule(ballot=ballots)
    def compare_state(self, ballot: str) -> None:
        self.both(lambda box: box.state(ballot))

    @rule(ballot=ballots)
    def compare_held(self, ballot: str) -> None:
        self.both(lambda box: box.votes(ballot))
        self.both(lambda box: box.sealed(ballot))
        for member, press_id in product(MEMBERS, PRESS_IDS):
            self.both(partial(held_press, ballot=ballot, member=member, press_id=press_id))

    @rule(ballot=ballots)
    def verify_state(self, ballot: str) -> None:
        """What holds of every box, reckoned from the accepted presses alone."""
        state = self.both(lambda box: box.state(ballot))
        if isinstance(state, NoBox):
            return
        votes, chain = {}, "0" * 40
        for number, (n, press) in enumerate(self.accepted[ballot], start=1):
            assert n == number
            if (press.member, n) not in self.disowned[ballot]:
                votes[press.member] = press.choice
            text = f"{chain}|{press.member}|{press.press_id}|{press.choice}"
            chain = hashlib.sha1(text.encode()).hexdigest()
        masked = hashlib.sha1(f"{MASK}|{chain}".encode()).hexdigest()
        assert state.n == len(self.accepted[ballot])
        assert state.chain in (chain, masked)
        assert state.voters == len(votes)
        assert not state.counts or sum(state.counts.values()) == len(votes)
        assert set(votes) <= set(ROLL)
        held = self.both(lambda box: box.votes(ballot))
        assert {member: vote.choice for member, vote in held.items()} == votes


async def held_press(box: BallotBox, ballot: str, member: str, press_id: str) -> list[int | None]:
    return await box.held_presses([(ballot, member, press_id)])


def comparable(answer: Any, now: int) -> Any:
    """An answer with its instants as whole steps from now."""
    match answer:
        case BoxState():
            return replace(
                answer,
                opened_at=steps(answer.opened_at - now),
                closes_at=None if answer.closes_at is None else steps(answer.closes_at - now),
                closed_at=None if answer.closed_at is None else steps(answer.closed_at - now),
                remaining=None if answer.remaining is None else steps(answer.remaining),
            )
        case Latched(state):
            return Latched(comparable(state, now))
        case GroupOutcome(outcomes, state) if state is not None:
            return GroupOutcome(outcomes, comparable(state, now))
        case _:
            return answer


def steps(ms: int) -> int:
    return round(ms / (STEP_SECONDS * 1000))


def test_memory_and_redis_in_lockstep(redis_url: str) -> None:
    class OnThisRedis(Lockstep):
        url = redis_url

    run_state_machine_as_test(
        OnThisRedis,
        settings=settings(
            max_examples=60,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
