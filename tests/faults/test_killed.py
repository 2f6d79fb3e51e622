"""Server and Redis are killed while seats vote: no receipted vote is lost, none is made up.

`HEMICYCLE_FAULT_ROUNDS` repeats every killing that often.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from tests.faults.voters import Voter, check_record, check_voters, voting, watching
from tests.halls import HallProcess, Operator

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

SEATS = 12
DISCLOSURES = ("counts", "none", "turnout", "individual")


def seats(hall: HallProcess, tokens: dict[str, str], count: int) -> list[Voter]:
    chosen = sorted(tokens.items())[:count]
    return [Voter(hall, member, token, seed) for seed, (member, token) in enumerate(chosen)]


async def kill_server(hall: HallProcess) -> None:
    hall.kill()
    await asyncio.to_thread(hall.start)


async def kill_redis(hall: HallProcess) -> None:
    """The server lives, and starts its Redis again."""
    hall.kill_redis()


async def kill_both(hall: HallProcess) -> None:
    hall.kill_redis()
    hall.kill()
    await asyncio.to_thread(hall.start)


async def test_whatever_is_killed_every_receipted_vote_counts(
    hall: HallProcess, operator: Operator, rounds: int, tmp_path: Path
) -> None:
    chance = random.Random(rounds)
    tokens = operator.tokens()
    killings: list[Callable[[HallProcess], Awaitable[None]]] = [kill_server, kill_redis, kill_both]
    for number in range(rounds):
        voters = seats(hall, tokens, SEATS)
        ballot = operator.open(disclosure=DISCLOSURES[number % len(DISCLOSURES)])
        async with watching(hall, operator) as watch, voting(voters, ballot):
            for kill in chance.sample(killings, k=len(killings)):
                await asyncio.sleep(chance.uniform(0.2, 1.3))
                await kill(hall)
                await asyncio.wait_for(asyncio.gather(*(each.more(2) for each in voters)), 40)
            assert operator.ballot(ballot)["phase"] == "open"
        operator.command(ballot, "close")
        check_voters(voters)
        assert watch.ran_back == []
        assert watch.connections >= 3
        check_record(operator, ballot, voters, tmp_path / "record.json")


async def test_a_close_that_is_killed_is_finished_or_never_began(
    hall: HallProcess, operator: Operator, rounds: int, tmp_path: Path
) -> None:
    tokens = operator.tokens()
    chance = random.Random(rounds)
    for number in range(3 * rounds):
        voters = seats(hall, tokens, 4)
        ballot = operator.open()
        async with voting(voters, ballot):
            await asyncio.gather(*(each.more(1) for each in voters))
        key = f"close-{number}"
        closing = asyncio.create_task(asyncio.to_thread(close, hall, operator, ballot, key))
        await asyncio.sleep(chance.uniform(0.01 * (number % 3), 0.01 * (number % 3 + 1)))
        if number % 3 == 1:
            hall.kill_redis()
        hall.kill()
        answered = await closing
        await asyncio.to_thread(hall.start)
        found = operator.ballot(ballot)["phase"]
        assert found in (("closed",) if answered == 200 else ("open", "closed"))
        again = operator.try_command(ballot, "close", key=key)
        assert (again.status_code, again.json()["phase"]) == (200, "closed"), again.text
        check_voters(voters)
        check_record(operator, ballot, voters, tmp_path / "record.json")


def close(hall: HallProcess, operator: Operator, ballot: str, key: str) -> int | None:
    """The status of the answer, None where the server died before it."""
    try:
        with httpx.Client(trust_env=False, timeout=20) as http:
            return http.post(
                f"{hall.url}/api/v1/ballots/{ballot}/close",
                json={},
                headers={
                    "Authorization": operator.http.headers["Authorization"],
                    "Idempotency-Key": key,
                },
            ).status_code
    except httpx.TransportError:
        return None
