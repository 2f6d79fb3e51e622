"""A small hall in mid-vote: where the tests of a hub begin, and what they look at."""

from __future__ import annotations

import json
from typing import Any

from server.ports import Accepted, BoxPress, Landed
from server.vocabulary import Command, Disclosure
from tests.live.small_hall import SmallHall

PRESS = "00000000-0000-4000-8000-00000000000"


def last(hall: SmallHall, name: str) -> dict[str, Any]:
    """The last frame that somebody was sent."""
    return dict(json.loads(hall.seen[name][-1]))


async def open_hall(disclosure: Disclosure = Disclosure.INDIVIDUAL) -> tuple[SmallHall, str]:
    """The hall, and its open ballot."""
    hall = await SmallHall.open()
    ballot = await hall.prepare(disclosure)
    await hall.command(ballot, Command.OPEN)
    await hall.look()
    return hall, ballot


async def groups(hall: SmallHall, ballot: str, *presses: tuple[str, str]) -> list[Landed]:
    """What each press, a group of its own, tells the hub, before the hub is told."""
    told: list[Landed] = []
    for number, (member, choice) in enumerate(presses, 1):
        outcome = await hall.box.press(ballot, [BoxPress(member, 1, f"{PRESS}{number}", choice)])
        accepted = outcome.outcomes[0]
        assert isinstance(accepted, Accepted)
        assert outcome.state is not None
        told.append(Landed(ballot, ((member, accepted, f"{PRESS}{number}"),), outcome.state))
    return told
