"""The loops around a hub end when they are told to, whatever happens in the same moment."""

from __future__ import annotations

import asyncio
import json

from server.adapters.memory_box import MemoryBallotBox
from server.adapters.memory_credentials import MemoryCredentials
from server.hall.refusals import RefusalLog
from server.live.connections import ScreenConnection
from server.live.hub import Hub
from server.live.outbox import Outbox
from server.live.tending import Tending
from server.live.wording import Wording
from server.ports import Bearer
from server.vocabulary import Command, Role
from server.wire.close_codes import CloseCode
from tests.hall_cases.room import Room, read_words
from tests.live.small_hall import SmallHall


async def test_an_end_is_not_lost_in_trouble_that_comes_at_once() -> None:
    words = read_words()
    room = await Room(words).enter()
    tending = Tending(Hub(Wording(words.speech, words.rulebook), RefusalLog()), room.desk)
    await tending.start()
    await asyncio.sleep(0.2)  # every loop waits for its next round
    tending.trouble()
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await tending.stop()
    left = {task.get_name() for task in asyncio.all_tasks()}
    assert left.isdisjoint({"finish", "beat", "renew presence", "note presence", "mark", "show"})


class OddBox(MemoryBallotBox):
    """Fails once in a way that is no outage."""

    faults = 0

    async def present(self) -> frozenset[str]:
        if self.faults:
            self.faults -= 1
            raise RuntimeError("a bug")
        return await super().present()


async def test_a_bug_in_a_look_does_not_end_the_loops_that_show() -> None:
    hall = await SmallHall.open(box_type=OddBox)
    assert isinstance(hall.box, OddBox)
    await hall.tending.start()
    try:
        hall.box.faults = 1
        hall.hub.look_again()
        await asyncio.sleep(0.3)
        assert hall.box.faults == 0
        for name in ("display", "console", "AA"):
            hall.outboxes[name].take()
        ballot = await hall.prepare()
        await hall.command(ballot, Command.OPEN)
        await asyncio.sleep(0.5)
        for name in ("display", "console", "AA"):
            frames = [json.loads(each) for each in hall.outboxes[name].take()]
            views = [each for each in frames if each["type"] == "view"]
            assert views, name
            assert views[-1]["view"]["ballot"]["phase"] == "open"
    finally:
        await hall.tending.stop()


async def test_who_signs_out_is_shown_the_hall_no_longer() -> None:
    hall = await SmallHall.open()
    credentials = MemoryCredentials()
    await credentials.put_token("mine", Bearer(Role.OPERATOR, user="me"), None)
    await credentials.put_token("short", Bearer(Role.CHAIR, user="you"), 1)
    tending = Tending(hall.hub, hall.desk, credentials)
    outboxes = {token: Outbox() for token in ("mine", "short")}
    for token, outbox in outboxes.items():
        hall.hub.join_screen(ScreenConnection(outbox, Role.OPERATOR, console=True, token=token))
    await tending.start()
    try:
        await asyncio.sleep(0.2)
        assert outboxes["short"].closing is CloseCode.REVOKED  # it has run out
        assert outboxes["mine"].closing is None
        await credentials.revoke_token("mine")
        await asyncio.sleep(1.3)
        assert outboxes["mine"].closing is CloseCode.REVOKED
    finally:
        await tending.stop()
