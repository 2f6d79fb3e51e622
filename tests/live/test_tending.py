"""The loops around a hub end when they are told to, whatever happens in the same moment."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection
from functools import partial
from itertools import pairwise

import pytest

from server.adapters.memory_box import MemoryBallotBox
from server.adapters.memory_credentials import MemoryCredentials
from server.hall.refusals import RefusalLog
from server.live.connections import ScreenConnection
from server.live.hub import Hub
from server.live.outbox import Outbox
from server.live.tending import Tending
from server.live.wording import Wording
from server.ports import Bearer
from server.vocabulary import Command, RefusalReason, Role
from server.wire.close_codes import CloseCode
from tests.hall_cases.room import Room, read_words
from tests.live.small_hall import SmallHall
from tests.waiting import until


async def test_an_end_is_not_lost_in_trouble_that_comes_at_once() -> None:
    words = read_words()
    room = await Room(words).enter()
    tending = Tending(Hub(Wording(words.speech, words.rulebook), RefusalLog()), room.desk)
    before = asyncio.all_tasks()
    await tending.start()
    assert len(asyncio.all_tasks() - before) > 5
    await asyncio.sleep(0.2)  # every loop waits for its next round
    tending.trouble()
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await tending.stop()
    assert asyncio.all_tasks() - before == set()


class OddBox(MemoryBallotBox):
    """Fails once for each of these tasks, in a way that is no outage."""

    fails_for: frozenset[str] = frozenset()

    async def present(self) -> frozenset[str]:
        task = asyncio.current_task()
        if task is not None and task.get_name() in self.fails_for:
            self.fails_for -= {task.get_name()}
            raise RuntimeError("a bug")
        return await super().present()


def shows_open(outbox: Outbox) -> bool:
    """Whether the last view of those that wait to be sent shows an open ballot."""
    frames = [json.loads(each) for each in outbox.take()]
    views = [each["view"] for each in frames if each["type"] == "view"]
    return bool(views) and (views[-1]["ballot"] or {}).get("phase") == "open"


async def test_a_bug_in_a_look_does_not_end_the_loops_that_show() -> None:
    hall = await SmallHall.open(box_type=OddBox)
    box = hall.box
    assert isinstance(box, OddBox)
    screens = [hall.outboxes[name] for name in ("display", "console", "AA")]
    await hall.tending.start()
    try:
        box.fails_for = frozenset({"show displays", "show consoles", "show seats"})
        async with asyncio.timeout(20):
            while box.fails_for:
                # Whoever looks spares the others the look, so there is always another one due.
                hall.hub.look_again()
                await asyncio.sleep(0)
        for outbox in screens:
            outbox.take()
        ballot = await hall.prepare()
        await hall.command(ballot, Command.OPEN)
        for outbox in screens:
            await until(partial(shows_open, outbox))
    finally:
        await hall.tending.stop()


async def test_a_console_is_sent_no_more_than_a_network_carries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hall = await SmallHall.open()
    ballot = await hall.prepare()
    await hall.command(ballot, Command.OPEN)
    console = hall.outboxes["console"]
    whole = hall.hub.screens.console_bytes()
    assert whole > 1000
    monkeypatch.setattr("server.live.tending.CONSOLE_BYTES", 2 * whole)  # two views a second
    loop = asyncio.get_running_loop()
    shown: list[float] = []

    def note(*_: object) -> None:
        shown.append(loop.time())

    console.pass_on = note
    await hall.tending.start()
    try:
        deadline = loop.time() + 30
        while len(shown) < 4 and loop.time() < deadline:
            hall.hub.refused()  # there is always something new for consoles
            hall.desk.refusals.note(ballot, "AA-1", RefusalReason.RATE_LIMITED)
            await asyncio.sleep(0.02)
    finally:
        await hall.tending.stop()
    assert min(later - earlier for earlier, later in pairwise(shown[1:4])) > 0.4


async def test_who_signs_out_is_shown_the_hall_no_longer() -> None:
    hall = await SmallHall.open()
    credentials = MemoryCredentials()
    await credentials.put_token("mine", Bearer(Role.OPERATOR, user="me"), None)
    await credentials.put_token("short", Bearer(Role.CHAIR, user="you"), 1)
    tending = Tending(hall.hub, hall.desk, credentials)
    outboxes = {token: Outbox() for token in ("mine", "short")}
    for token, outbox in outboxes.items():
        hall.hub.screens.join(ScreenConnection(outbox, Role.OPERATOR, console=True, token=token))
    await tending.start()
    try:
        await until(lambda: outboxes["short"].closing is not None)
        assert outboxes["short"].closing is CloseCode.REVOKED  # it has run out
        assert outboxes["mine"].closing is None
        await credentials.revoke_token("mine")
        await until(lambda: outboxes["mine"].closing is not None)
        assert outboxes["mine"].closing is CloseCode.REVOKED
    finally:
        await tending.stop()


async def test_leases_are_renewed_in_parts_and_not_of_who_has_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    renewed: list[set[str]] = []

    class Noting(MemoryBallotBox):
        async def lease_presence(self, members: Collection[str], ms: int) -> None:
            renewed.append(set(members))
            await super().lease_presence(members, ms)

    monkeypatch.setattr("server.hall.presence.TOGETHER", 1)
    monkeypatch.setattr("server.hall.presence.RENEWAL_MS", 1_500)
    hall = await SmallHall.open(box_type=Noting)
    first, *_, last = sorted(hall.hub.online_members())
    renewed.clear()
    await hall.tending.start()
    try:
        await until(lambda: {first} in renewed)  # a round has begun, and the last turn is to come
        hall.hub.leave_seat(hall.seats[last])
        before = len(renewed)
        await until(lambda: renewed[before:].count({first}) == 2)
    finally:
        await hall.tending.stop()
    assert max(map(len, renewed)) == 1
    assert {last} not in renewed[before:]
