"""A ballot box together with the time that it lives in, in memory or in a real Redis.

Redis has no clock that a test could move. Time passes there by ageing what is stored: every
instant in a box and every lease moves into the past, which is the same to a script.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import Protocol

import redis

from server.adapters.memory_box import MemoryBallotBox
from server.adapters.redis_box import RedisBallotBox
from server.ports import (
    BallotBox,
    BoxChange,
    BoxOpening,
    BoxPress,
    BoxState,
    NoBox,
    PressOutcome,
    Right,
)
from server.vocabulary import Disclosure
from tests.contracts.manual_clock import ManualClock

ROLL = {"AF": Right.ENTITLED, "BE": Right.ENTITLED, "CL": Right.SUSPENDED, "DK": Right.ENTITLED}


def opening(
    ballot: str = "b-1",
    *,
    fence: int = 10,
    incarnation: str = "first",
    choices: tuple[str, ...] | None = ("yes", "no", "abstain"),
    revocable: bool = True,
    disclosure: Disclosure = Disclosure.COUNTS,
    seconds: int | None = None,
    auto_close: bool = False,
    mask: str = "",
) -> BoxOpening:
    """An opening with this assembly's roll."""
    return BoxOpening(
        ballot, fence, incarnation, ROLL, choices, revocable, disclosure, seconds, auto_close, mask
    )


def press(
    member: str = "AF", choice: str = "yes", press_id: str = "p1", generation: int = 1
) -> BoxPress:
    """A press; the first of AF unless told otherwise."""
    return BoxPress(member, generation, press_id, choice)


def sealed(member: str, tracker: str, press_id: str = "p1") -> BoxPress:
    """A sealed ballot; its text has every character that separates something somewhere."""
    return BoxPress(member, 1, press_id, tracker, f'{{"of":"{tracker}|é"}}')


COMMANDS = ("suspend", "resume", "extend", "last_call")
"""The commands that carry a fence."""


async def command(box: BallotBox, name: str, fence: int, ballot: str = "b-1") -> BoxChange:
    """Send one of the fenced commands."""
    match name:
        case "suspend":
            return await box.suspend(ballot, fence)
        case "resume":
            return await box.resume(ballot, fence)
        case "extend":
            return await box.extend(ballot, fence, 60)
        case "last_call":
            return await box.last_call(ballot, fence)
        case _:
            raise AssertionError(name)


def state_of(change: BoxChange) -> BoxState:
    """The box after a command that was carried out."""
    assert isinstance(change, BoxState)
    return change


def there(state: BoxState | NoBox) -> BoxState:
    """The box, which is there."""
    assert isinstance(state, BoxState)
    return state


async def one(box: BallotBox, a_press: BoxPress, ballot: str = "b-1") -> PressOutcome:
    """What became of one press."""
    (outcome,) = (await box.press(ballot, [a_press])).outcomes
    return outcome


async def look(box: BallotBox, ballot: str = "b-1") -> BoxState:
    """The box as it is now."""
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


class BoxWorld(Protocol):
    """A box and its time."""

    @property
    def box(self) -> BallotBox: ...

    async def let_pass(self, seconds: int) -> None: ...

    async def aclose(self) -> None: ...


class MemoryWorld:
    """The executable specification."""

    def __init__(self) -> None:
        self._clock = ManualClock()
        self.box: BallotBox = MemoryBallotBox(self._clock)

    async def let_pass(self, seconds: int) -> None:
        self._clock.advance(seconds * 1000)

    async def aclose(self) -> None:
        pass


class RedisWorld:
    """A box under a prefix of its own in a real server."""

    def __init__(self, url: str) -> None:
        self._prefix = uuid.uuid4().hex
        self._plain: redis.Redis = redis.Redis.from_url(url, decode_responses=True)
        self._redis_box = RedisBallotBox.at(url, self._prefix)
        self.box: BallotBox = self._redis_box

    async def let_pass(self, seconds: int) -> None:
        ms = seconds * 1000
        for key in self._plain.scan_iter(f"{{{self._prefix}}}:box:*", _type="hash"):
            if "|" not in key:
                self._age_box(key, ms)
        presence = f"{{{self._prefix}}}:presence"
        for member in self._plain.zrange(presence, 0, -1):
            assert isinstance(member, str)
            self._plain.zincrby(presence, -ms, member)

    def _age_box(self, key: str, ms: int) -> None:
        for field in ("opened_at", "closes_at", "closed_at", "looked"):
            if self._plain.hget(key, field):
                self._plain.hincrby(key, field, -ms)

    async def aclose(self) -> None:
        for key in self._plain.scan_iter(f"{{{self._prefix}}}:*"):
            self._plain.delete(key)
        self._plain.close()
        await self._redis_box.aclose()
