"""Many come in together: each by what it is, and nobody who may not."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.adapters.memory_credentials import MemoryCredentials
from server.api.context import Context
from server.api.entrance import Door, Entrance, Guest
from server.api.line import DirectLine
from server.api.login_limit import LoginLimit
from server.api.room import Room
from server.api.seat_requests import SeatRequests
from server.api.sockets import DISPLAY, KIOSK
from server.ballots.life import Open
from server.hall.access import token_hash
from server.hall.arriving import Doorway
from server.hall.proving import SealedDesk
from server.hall.refused_commands import RefusedCommands
from server.hall.state import SEAT_REPLACED
from server.live.connections import SeatConnection
from server.live.hub import SEATS_A_TURN
from server.live.neighbourhood import Neighbourhood
from server.live.outbox import TEXT
from server.live.session import Session
from server.live.wording import Wording
from server.ports import Bearer, Photos, SeatCredential
from server.vocabulary import Command, Role
from server.wire.close_codes import CloseCode
from tests.hall_cases.outages import Outages
from tests.live.counting_box import CountingBox
from tests.live.small_hall import CODES, SmallHall, speech
from tests.waiting import until


class Peer:
    """The far end of a line, without a network between: what it was told, and its close code."""

    is_clogged = False

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.code: int | None = None
        self.write: Callable[[int, bytes], object] = self._write
        self.when_told: Callable[[], None] = lambda: None
        self._said: list[str | None] = []
        self._hear: Callable[[str | None], None] | None = None

    def say(self, **frame: object) -> None:
        self._said.append(json.dumps(frame))
        self._go_on()

    def when_pressure_changes(self, act: Callable[[], None]) -> None: ...

    def when_gone(self, act: Callable[[], None]) -> None: ...

    def attend(self, hear: Callable[[str | None], None], ended: Callable[[], None]) -> None:
        self._hear = hear
        self._go_on()

    def pause(self) -> None:
        self._hear = None

    def _go_on(self) -> None:
        while self._hear is not None and self._said:
            self._hear(self._said.pop(0))

    def send(self, *frames: bytes) -> None:
        self.told += map(json.loads, frames)
        self.when_told()

    def _write(self, kind: int, frame: bytes) -> None:
        assert kind == TEXT
        self.send(frame)

    def close(self, code: int) -> None:
        self.code = code

    def abort(self) -> None:
        raise AssertionError("nobody is slow here")

    @property
    def types(self) -> list[str]:
        return [frame["type"] for frame in self.told]


class CountingCredentials(MemoryCredentials):
    """Counts the questions; `answered` is what happens once the nth is answered."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.answered: dict[int, Callable[[], Awaitable[None]]] = {}

    async def bearers(self, token_hashes: Sequence[str], now: int) -> list[Bearer | None]:
        self.asked += 1
        answer = await super().bearers(token_hashes, now)
        if act := self.answered.pop(self.asked, None):
            await act()
        return answer


class House:
    """A small hall, and the way into it."""

    def __init__(self, hall: SmallHall) -> None:
        self.hall = hall
        self.outages = Outages()
        self.credentials = CountingCredentials()
        ledger = hall.desk.ledger
        ledger._journal = self.outages.behind(ledger.journal)
        self.entrance = Entrance(self._context())

    @classmethod
    async def open(cls) -> House:
        house = cls(await SmallHall.open(box_type=CountingBox))
        await house.credentials.put_seat_tokens(
            [SeatCredential(f"{code}-1", code, token_hash(code)) for code in CODES]
        )
        await house.credentials.put_token(token_hash("screen"), Bearer(Role.DISPLAY), None)
        house.box.asked = 0
        return house

    @property
    def box(self) -> CountingBox:
        assert isinstance(self.hall.box, CountingBox)
        return self.hall.box

    def _context(self) -> Context:
        hall = self.hall
        return Context(
            desk=hall.desk,
            credentials=self.outages.behind(self.credentials),
            photos=cast("Photos", None),  # nobody asks for any
            hub=hall.hub,
            tending=hall.tending,
            neighbourhood=Neighbourhood(None, hall.hub, hall.desk, hall.tending),
            doorway=Doorway(hall.desk),
            press_desk=hall.press_desk,
            sealed_desk=SealedDesk(hall.desk, hall.press_desk),
            seat_requests=SeatRequests(hall.desk),
            wording=Wording(speech()),
            hasher=PasswordHasher(),
            logins=LoginLimit(),
            refused_commands=RefusedCommands(),
            signing_key=Ed25519PrivateKey.from_private_bytes(b"\x07" * 32),
            receipt_key=b"k" * 32,
            screens=Path(),
            public_url=None,
            room=Room(100),
            version="0",
            metrics=lambda: b"",
        )

    def knock(self, token: str, door: Door = KIOSK, **hello: object) -> Peer:
        """Somebody connects, and says hello."""
        peer = Peer()
        line = DirectLine(peer)
        session = Session(door.kind, self.hall.clock.monotonic())
        peer.attend(Guest(self.entrance, door, line, session).hear, lambda: None)
        peer.say(type="hello", protocol=1, token=token, **hello)
        return peer

    async def swaps(self) -> list[str]:
        """The Members whose devices were replaced, as the journal has it."""
        entries = await self.hall.desk.ledger.journal.read()
        kinds = [(json.loads(each.header)["type"], each.payload) for each in entries]
        return [json.loads(payload)["member"] for kind, payload in kinds if kind == SEAT_REPLACED]

    async def settle(self) -> None:
        """Everybody who knocked is in, or was turned away."""
        await self.entrance.drained()


async def test_those_who_come_together_share_the_calls_and_each_sees_its_own_seat() -> None:
    house = await House.open()
    peers = {code: house.knock(code) for code in CODES}
    await house.settle()
    for code, peer in peers.items():
        assert peer.types == ["welcome", "view"]
        assert peer.told[1]["view"]["member"] == code
        assert peer.code is None
    assert house.credentials.asked == 2  # before they come in, and once more
    assert house.box.asked == 1
    assert house.hall.hub.online_members() == set(CODES)


async def test_who_may_not_come_in_is_told_why_and_the_others_come_in() -> None:
    house = await House.open()
    seat, nobody, screen = house.knock("AA"), house.knock("no token"), house.knock("screen")
    shown, unasked = house.knock("screen", DISPLAY), house.knock("", DISPLAY)
    voter = house.knock("BB", DISPLAY)
    await house.settle()
    assert nobody.code == CloseCode.UNAUTHORISED
    assert screen.code == CloseCode.FORBIDDEN
    assert unasked.code == CloseCode.UNAUTHORISED
    assert voter.code == CloseCode.FORBIDDEN
    assert all(peer.told == [] for peer in (nobody, screen, unasked, voter))
    assert (seat.code, seat.types) == (None, ["welcome", "view"])
    assert (shown.code, shown.types) == (None, ["welcome", "view"])


async def test_of_two_devices_that_come_together_the_later_one_has_the_seat() -> None:
    house = await House.open()
    first, second = house.knock("EE"), house.knock("EE")
    await house.settle()
    assert first.code == CloseCode.REPLACED
    assert (second.code, second.types) == (None, ["welcome", "view"])
    assert await house.swaps() == ["EE"]


async def test_a_device_that_takes_over_is_heard_once_that_is_in_the_journal() -> None:
    house = await House.open()
    second = house.knock("AA")
    second.say(type="nonsense")

    async def look() -> None:
        assert second.types == ["welcome", "view"]

    house.outages.meanwhile("append", look)
    await house.settle()
    assert second.types == ["welcome", "view", "error"]
    assert await house.swaps() == ["AA"]


async def test_a_device_whose_taking_over_is_not_in_the_journal_is_not_heard() -> None:
    house = await House.open()
    second, other = house.knock("AA"), house.knock("EE")
    second.say(type="nonsense")
    house.outages.fail("append")
    await house.settle()
    assert (second.code, second.types) == (CloseCode.UNAVAILABLE, ["welcome", "view"])
    assert (other.code, other.types) == (None, ["welcome", "view"])
    assert await house.swaps() == []


async def test_what_took_over_is_journaled_although_the_store_goes_away_for_the_rest() -> None:
    house = await House.open()
    first = [house.knock("AA") for _ in range(SEATS_A_TURN)]
    last = house.knock("EE")
    first[-1].when_told = lambda: house.hall.hub.withdrawn(None)  # the last one is asked for again
    house.outages.fail("bearers", nth=3)
    await house.settle()
    assert (first[-1].code, first[-1].types) == (None, ["welcome", "view"])
    assert (last.code, last.told) == (CloseCode.UNAVAILABLE, [])
    assert await house.swaps() == ["AA"] * SEATS_A_TURN


async def test_a_receipt_that_no_hall_gave_keeps_nobody_out() -> None:
    house = await House.open()
    ballot = await house.hall.prepare()
    await house.hall.command(ballot, Command.OPEN)
    told = {"ballot": ballot, "press_id": str(uuid.uuid4())}
    strange = house.knock("AA", receipt={**told, "n": 1, "proof": "é"})
    large = house.knock("BB", receipt={**told, "n": 2**53 - 1, "proof": "00"})
    too_large = house.knock("CC", receipt={**told, "n": 2**53, "proof": "00"})
    other = house.knock("EE")
    await house.settle()
    for peer in (strange, large, other):
        assert (peer.code, peer.types) == (None, ["welcome", "view"])
    assert (too_large.types, too_large.told[0]["code"]) == (["error"], "malformed")
    assert isinstance(house.hall.desk.ledger.state.ballots[ballot].state, Open)


async def test_what_is_said_before_the_welcome_is_heard_after_it() -> None:
    house = await House.open()
    early = house.knock("AA")
    early.say(type="press", press_id=str(uuid.uuid4()), ballot="nowhere", choice="yes")
    early.say(type="nonsense")
    assert early.told == []
    await house.settle()
    assert early.types == ["welcome", "view", "refused", "error"]


async def reissued(house: House) -> None:
    """EE's seat gets another token, as `issue_seats` does it."""
    again = [SeatCredential("EE-1", "EE", token_hash("another"))]
    await house.credentials.put_seat_tokens(again)
    house.hall.hub.close_seats(frozenset({"EE-1"}), CloseCode.REVOKED)


async def test_who_is_revoked_while_others_of_its_turn_come_in_does_not_come_in() -> None:
    house = await House.open()
    before = [house.knock("AA") for _ in range(SEATS_A_TURN)]
    revoked, other = house.knock("EE"), house.knock("BB")
    began: list[asyncio.Task[None]] = []
    before[-1].when_told = lambda: began.append(asyncio.create_task(reissued(house)))
    await house.settle()
    assert began
    assert began[0].done()
    assert (revoked.code, revoked.told) == (CloseCode.REVOKED, [])
    assert (other.code, other.types) == (None, ["welcome", "view"])


async def test_who_is_revoked_while_the_answer_about_it_is_on_its_way_does_not_come_in() -> None:
    house = await House.open()
    revoked, other = house.knock("EE"), house.knock("BB")
    house.credentials.answered = {2: partial(reissued, house)}
    await house.settle()
    assert (revoked.code, revoked.told) == (CloseCode.REVOKED, [])
    assert (other.code, other.types) == (None, ["welcome", "view"])


async def test_who_is_coming_in_is_not_kept_out_by_the_withdrawal_of_others() -> None:
    house = await House.open()
    seat, other = house.knock("EE"), house.knock("BB")

    async def withdraw() -> None:
        house.hall.hub.close_seats(frozenset({"AA-1"}), CloseCode.REVOKED)

    house.credentials.answered = {2: withdraw}
    await house.settle()
    assert house.credentials.asked == 2  # nobody was asked for again
    for peer in (seat, other):
        assert (peer.code, peer.types) == (None, ["welcome", "view"])


async def test_while_the_boxes_are_away_seats_are_told_to_come_back_and_screens_come_in() -> None:
    house = await House.open()
    house.box.away = True
    seat, screen = house.knock("EE"), house.knock("screen", DISPLAY)
    await house.settle()
    assert (seat.code, seat.told) == (CloseCode.UNAVAILABLE, [])
    assert screen.types == ["welcome", "view"]
    assert "EE" not in house.hall.hub.online_members()
    house.box.away = False
    back = house.knock("EE")
    await house.settle()
    assert back.types == ["welcome", "view"]


async def test_a_fault_in_one_seats_view_keeps_nobody_else_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = await House.open()
    send = house.hall.hub._send_seats

    def faulty(seats: list[SeatConnection]) -> None:
        if seats[0].member == "EE":
            raise RuntimeError("a bug")
        send(seats)

    monkeypatch.setattr(house.hall.hub, "_send_seats", faulty)
    unlucky, other = house.knock("EE"), house.knock("BB")
    await house.settle()
    assert unlucky.code == CloseCode.UNAVAILABLE
    assert (other.code, other.types) == (None, ["welcome", "view"])
    await until(lambda: "EE" not in house.hall.hub.online_members())


async def test_a_server_that_stops_waits_for_those_who_are_coming_in() -> None:
    house = await House.open()
    seat = house.knock("EE")
    await house.entrance.stop()
    assert seat.types == ["welcome", "view"]


@pytest.mark.parametrize(("store", "told"), [("bearers", []), ("append", ["welcome", "view"])])
async def test_a_server_that_stops_does_not_wait_for_ever(
    monkeypatch: pytest.MonkeyPatch, store: str, told: list[str]
) -> None:
    monkeypatch.setattr("server.api.entrance.LAST_SECONDS", 0.1)
    house = await House.open()
    seat = house.knock("AA")  # which replaces another device, and that is journaled
    never = asyncio.Event()

    async def hang() -> None:
        await never.wait()

    for nth in (1, 2, 3):
        house.outages.meanwhile(store, hang, nth=nth)
    async with asyncio.timeout(5):
        await house.entrance.stop()
    await until(lambda: seat.code == CloseCode.UNAVAILABLE)
    assert seat.types == told
