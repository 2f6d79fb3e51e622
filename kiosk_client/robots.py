"""Robots in the seats: the same client without a screen, for a demonstration and for load.

Rule: a robot is a guest. Where a person's device takes its seat (close code 4409), or the seat's
token is issued anew for one (4410), it leaves and does not come back. What it will vote and when is
drawn from a seed, the seat's Member and the ballot alone, so that the same demonstration can be
shown twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from kiosk_client.asking import Answer, Asking, asking_of
from kiosk_client.connection import SeatConnection
from kiosk_client.seat_state import Live, Notice, Seat, Snag
from server.vocabulary import Choice, Kind, Language, Phase, RefusalReason
from server.wire.close_codes import CloseCode
from server.wire.views import KioskBallot

_MOMENT: Final = 1.0
"""Seconds that a robot takes to read that its touch did not count."""

_TOUCH_AGAIN: Final[frozenset[Notice | None]] = frozenset(
    {Snag.PRESS_AGAIN, Snag.NOT_SENT, RefusalReason.RATE_LIMITED}
)


@dataclass(frozen=True, slots=True)
class RobotSeat:
    """A seat that a robot may take, with the seat's token."""

    member: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How robots vote: weights of the choices, and the times that people take.

    The weights `yes`, `no`, `abstain` and `silent` are relative to each other; `change` is the
    part (0 to 1) of those voting who vote again, with another choice. `delay` is the median time
    to a vote in seconds; the times are log-normal with the shape `spread`, as reaction times are.
    In an election `abstain` weighs blank votes against votes for candidates. In a test vote all
    who are not silent press the button that was asked for; in a quorum check, "Present".
    """

    yes: float = 62
    no: float = 24
    abstain: float = 9
    silent: float = 5
    change: float = 0.04
    delay: float = 5.0
    spread: float = 0.6
    seed: int = 1

    def __post_init__(self) -> None:
        weights = (self.yes, self.no, self.abstain, self.silent)
        if min(weights) < 0 or sum(weights) <= 0:
            raise ValueError("yes, no, abstain, silent: give weights of 0 or more, one above 0")
        if not 0 <= self.change <= 1:
            raise ValueError(f"change: {self.change} is not a part; give a number from 0 to 1")
        if self.delay < 0 or self.spread < 0:
            raise ValueError("delay, spread: give 0 or more")


@dataclass(frozen=True, slots=True)
class Intention:
    """One vote that a robot means to cast, so many seconds after it sees the ballot open."""

    after: float
    choice: Answer


@dataclass(frozen=True, slots=True)
class RobotCount:
    """What the robots have come to. Receipts count accepted presses, changes of mind included."""

    seats: int
    online: int = 0
    receipts: int = 0
    replaced: int = 0
    """Robots that left their seat to another device."""
    stopped: int = 0
    """Robots whom the hall told to stop for another reason."""


def intentions(behaviour: Behaviour, member: str, ballot: KioskBallot) -> tuple[Intention, ...]:
    """What a Member's robot will do in a ballot: nothing, a vote, or a vote and a change of it."""
    random = Random(f"{behaviour.seed}/{member}/{ballot.id}")  # noqa: S311  # a show, not a secret
    match asking_of(ballot):
        case Asking.ALOUD:
            return ()
        case Asking.NAMES:
            return _names(behaviour, random, ballot)
        case Asking.BUTTONS:
            pass
    if ballot.kind in (Kind.TEST, Kind.ATTENDANCE):
        return _asked(behaviour, random, ballot)
    weight = {Choice.YES: behaviour.yes, Choice.NO: behaviour.no, Choice.ABSTAIN: behaviour.abstain}
    offered: list[Choice | None] = [choice for choice in Choice if choice in ballot.choices]
    weights = [weight[choice] for choice in offered if choice is not None]
    (first,) = random.choices([*offered, None], [*weights, behaviour.silent])
    after = behaviour.delay * random.lognormvariate(0.0, behaviour.spread)
    if first is None:
        return ()
    vote = Intention(after, first)
    others = [choice for choice in offered if choice is not None and choice is not first]
    if not others or not ballot.revocable or random.random() >= behaviour.change:
        return (vote,)
    later = after + behaviour.delay * random.lognormvariate(0.0, behaviour.spread)
    return (vote, Intention(later, random.choice(others)))


def _is_silent(behaviour: Behaviour, random: Random) -> bool:
    speaks = behaviour.yes + behaviour.no + behaviour.abstain
    return random.random() * (speaks + behaviour.silent) >= speaks


def _asked(behaviour: Behaviour, random: Random, ballot: KioskBallot) -> tuple[Intention, ...]:
    """The one button that everybody is asked to press."""
    asked = ballot.asked or (ballot.choices[0] if ballot.choices else None)
    if asked is None or _is_silent(behaviour, random):
        return ()
    return (Intention(behaviour.delay * random.lognormvariate(0.0, behaviour.spread), asked),)


def _names(behaviour: Behaviour, random: Random, ballot: KioskBallot) -> tuple[Intention, ...]:
    """A paper with one name or more, or a blank one, and perhaps another paper in its place."""
    if _is_silent(behaviour, random):
        return ()
    first = _one_paper(behaviour, random, ballot)
    after = behaviour.delay * random.lognormvariate(0.0, behaviour.spread)
    vote = Intention(after, first)
    if not ballot.revocable or random.random() >= behaviour.change:
        return (vote,)
    second = _one_paper(behaviour, random, ballot)
    later = after + behaviour.delay * random.lognormvariate(0.0, behaviour.spread)
    return (vote,) if second == first else (vote, Intention(later, second))


def _one_paper(behaviour: Behaviour, random: Random, ballot: KioskBallot) -> tuple[str, ...]:
    """Names in the order of the ballot, or none for a blank vote."""
    speaks = behaviour.yes + behaviour.no + behaviour.abstain
    most = min(ballot.names_per_ballot, len(ballot.candidates))
    if most == 0 or random.random() * speaks >= behaviour.yes + behaviour.no:
        return ()
    ids = [candidate.id for candidate in ballot.candidates]
    named = set(random.sample(ids, random.randint(1, most)))
    return tuple(each for each in ids if each in named)


async def run_robots(
    url: str,
    seats: Sequence[RobotSeat],
    behaviour: Behaviour,
    *,
    lang: Language = Language.EN,
    arrival: float = 2.0,
    on_count: Callable[[RobotCount], None] | None = None,
) -> RobotCount:
    """Seat a robot at every seat and let them vote until all have been told to leave.

    They arrive within `arrival` seconds, not all at once. `url` may name several servers, with
    commas between: the robots are spread over them. `on_count` is called in the event loop
    whenever the count changes. Cancel the call to end it: every socket is closed first.
    """
    tally = _Tally(RobotCount(len(seats)), on_count)
    random = Random(behaviour.seed)  # noqa: S311  # spreads arrivals
    async with asyncio.TaskGroup() as tasks:
        for number, seat in enumerate(seats):
            robot = _Robot(_from(url, number), seat, behaviour, lang, tally)
            tasks.create_task(robot.run(random.uniform(0.0, arrival)), name=f"robot {seat.member}")
    return tally.count


def _from(urls: str, number: int) -> str:
    """The servers' addresses, beginning with another one for each robot."""
    addresses = urls.split(",")
    turn = number % len(addresses)
    return ",".join(addresses[turn:] + addresses[:turn])


class _Tally:
    """The count that the robots of one run keep together."""

    def __init__(self, count: RobotCount, on_count: Callable[[RobotCount], None] | None) -> None:
        self.count = count
        self._on_count = on_count

    def add(
        self, *, online: int = 0, receipts: int = 0, replaced: int = 0, stopped: int = 0
    ) -> None:
        self.count = replace(
            self.count,
            online=self.count.online + online,
            receipts=self.count.receipts + receipts,
            replaced=self.count.replaced + replaced,
            stopped=self.count.stopped + stopped,
        )
        if self._on_count is not None:
            self._on_count(self.count)


class _Robot:
    """One robot: it watches its seat's state and touches a button when its time has come."""

    def __init__(
        self, url: str, seat: RobotSeat, behaviour: Behaviour, lang: Language, tally: _Tally
    ) -> None:
        self._member = seat.member
        self._behaviour = behaviour
        self._tally = tally
        self._seen = Seat(seat.token, lang, device=f"robot {seat.member}")
        self._hall = SeatConnection(url, self._seen, self._look)
        self._ballot = ""
        self._opened_at = 0.0
        self._intentions: list[Intention] = []
        self._touched: Answer | None = None
        self._changed = asyncio.Event()

    async def run(self, arrives_after: float) -> None:
        await asyncio.sleep(arrives_after)
        try:
            async with asyncio.TaskGroup() as tasks:
                hands = tasks.create_task(self._hands())
                ended = await self._hall.run()
                hands.cancel()
        finally:
            if isinstance(self._seen.link, Live):
                self._tally.add(online=-1)
        if ended.code in (CloseCode.REPLACED, CloseCode.REVOKED):
            self._tally.add(replaced=1)
        else:
            self._tally.add(stopped=1)

    def _look(self, seat: Seat) -> None:
        before, self._seen = self._seen, seat
        online = int(isinstance(seat.link, Live)) - int(isinstance(before.link, Live))
        came = seat.last_receipt is not before.last_receipt
        receipts = int(came and seat.last_receipt is not None)
        if online or receipts:
            self._tally.add(online=online, receipts=receipts)
        if seat.notice is not before.notice and seat.notice in _TOUCH_AGAIN:
            self._touch_again()
        if online or seat.ballot is not before.ballot or seat.notice is not before.notice:
            self._changed.set()

    def _touch_again(self) -> None:
        """A person who reads that the touch did not count touches again, after a moment."""
        if self._touched is not None and not self._intentions:
            moment = self._hall.now() - self._opened_at + _MOMENT
            self._intentions.append(Intention(moment, self._touched))

    async def _hands(self) -> None:
        while True:
            self._changed.clear()
            wait = self._seconds_to_touch()
            if wait is not None and wait <= 0:
                self._touched = self._intentions.pop(0).choice
                self._hall.touch(self._touched)
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._changed.wait()

    def _seconds_to_touch(self) -> float | None:
        """How long until the next touch; null while there is nothing to touch."""
        ballot, now = self._seen.ballot, self._hall.now()
        if ballot is None or ballot.phase is not Phase.OPEN or not ballot.may_vote:
            return None
        if ballot.id != self._ballot:
            self._ballot, self._opened_at = ballot.id, now
            self._touched = None
            voted = ballot.mine is not None
            self._intentions = (
                [] if voted else list(intentions(self._behaviour, self._member, ballot))
            )
        if not isinstance(self._seen.link, Live) or not self._intentions:
            return None
        return self._opened_at + self._intentions[0].after - now
