"""The sockets under bad luck and bad will: nobody else is disturbed."""

from __future__ import annotations

import asyncio
import json
import socket as plain
import sqlite3
import time
import uuid
from itertools import pairwise
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.api.conftest import Door
from tests.halls import Client, HallProcess, Operator
from tests.waiting import until


async def closing_code(client: Client) -> int:
    return await client.closed()


def gauge(operator: Operator, hall: HallProcess, name: str) -> float:
    page = operator.http.get(f"{hall.url}/metrics").text
    (line,) = [line for line in page.splitlines() if line.startswith(f"hemicycle_{name} ")]
    return float(line.split()[1])


# --- hello


async def test_who_says_nothing_is_closed_after_five_seconds(shared_hall: HallProcess) -> None:
    began = time.monotonic()
    sockets = [
        await connect(f"{shared_hall.ws}/{name}", proxy=None)
        for name in ("kiosk", "display", "console")
    ]
    codes = [await closing_code(Client(socket)) for socket in sockets]
    assert codes == [4408, 4408, 4408]
    assert time.monotonic() - began >= 4.9


async def test_another_protocol_version_is_told_and_closed(door: Door) -> None:
    client = await door("display", "", protocol=2)
    error = await client.next()
    assert (error["type"], error["code"]) == ("error", "unsupported_protocol")
    assert await client.closed() == 4426


async def test_a_first_frame_that_is_no_hello_is_closed(shared_hall: HallProcess) -> None:
    socket = await connect(f"{shared_hall.ws}/kiosk", proxy=None)
    client = Client(socket)
    await client.send({"type": "lang", "lang": "fr"})
    assert (await client.next())["code"] == "hello_first"
    assert await client.closed() == 4400


async def test_a_frame_over_a_mebibyte_ends_the_connection(operator: Operator, door: Door) -> None:
    token = operator.tokens(["NO"])["NO"]
    seat = await door("kiosk", token)
    await seat.view()
    await seat.socket.send("x" * 1_100_000)
    assert await seat.closed() == 1009
    again = await door("kiosk", token)
    assert (await again.view())["member"] == "NO"


async def test_bytes_that_are_not_utf_8_end_the_connection(operator: Operator, door: Door) -> None:
    token = operator.tokens(["NO"])["NO"]
    seat = await door("kiosk", token)
    await seat.view()
    await seat.socket.send(b'{"type":"lang\xff"}', text=True)
    assert await seat.closed() == 1007


# --- what every screen is sent


async def test_several_displays_get_identical_bytes_and_seq_never_falls(
    operator: Operator, door: Door
) -> None:
    token = operator.http.post("/displays/tokens").json()["token"]
    displays = [await door("display", token) for _ in range(3)]
    seat = await door("kiosk", operator.tokens(["DK"])["DK"])
    for display in displays:
        await display.view()
    ballot = operator.open(disclosure="individual", seconds=60)
    for choice in ("yes", "no", "abstain", "yes"):
        await seat.press(ballot, choice)
    operator.command(ballot, "close")
    operator.command(ballot, "declare")
    for display in displays:
        await display.view(lambda view: (view["ballot"] or {}).get("phase") == "declared")
        views = [frame for frame in display.frames if frame["type"] == "view"]
        stamps = [(frame["epoch"], frame["seq"]) for frame in views]
        assert stamps == sorted(stamps)
        assert len(stamps) > 3
    # Views conflate, so each display may have missed some; those that it saw are the others' too.
    told: dict[tuple[str, int], set[str]] = {}
    for display in displays:
        for frame in display.frames:
            if frame["type"] == "view" and frame["view"]["ballot"]:
                at = (frame["epoch"], frame["seq"])
                told.setdefault(at, set()).add(json.dumps(frame))
    last = max(told)
    assert len(told[last]) == 1
    assert json.loads(told[last].pop())["view"]["ballot"]["phase"] == "declared"


async def test_only_chair_and_operator_get_the_chairs_part(operator: Operator, door: Door) -> None:
    password = "a password for the chair"
    answer = operator.http.post(
        "/users", json={"user": "madam-chair", "password": password, "role": "chair"}
    )
    assert answer.status_code == 201, answer.text
    signed_in = operator.http.post("/login", json={"user": "madam-chair", "password": password})
    tokens = {
        "chair": signed_in.json()["token"],
        "operator": operator.token,
        "display": operator.http.post("/displays/tokens").json()["token"],
    }
    for role, token in tokens.items():
        screen = await door("display", token)
        view = await screen.view()
        assert (view["chair"] is not None) == (role != "display"), role
    refused = await door("console", tokens["chair"])
    assert await refused.closed() == 4403


async def test_beats_come_at_least_each_second(
    shared_hall: HallProcess, operator: Operator
) -> None:
    screen = await connect(f"{shared_hall.ws}/display", proxy=None)
    await screen.send(json.dumps({"type": "hello", "protocol": 1, "token": operator.token}))
    times: list[int] = []
    while len(times) < 4:
        frame = json.loads(await asyncio.wait_for(screen.recv(), 5))
        if frame["type"] == "beat":
            times.append(frame["server_time"])
    # The server's own stamps, so that a busy test machine does not decide.
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert sorted(gaps)[len(gaps) // 2] <= 1000
    await screen.close()


# --- slow, half-open and hostile


async def test_a_screen_that_never_reads_is_dropped_while_others_vote(
    shared_hall: HallProcess, operator: Operator, door: Door
) -> None:
    members = [row["code"] for row in operator.http.get("/members").json()][:50]
    tokens = operator.tokens(members)
    seats = [await door("kiosk", tokens[code]) for code in members]
    for seat in seats:
        await seat.view()
    before = gauge(operator, shared_hall, "screens_connected")
    deaf = _deaf_console(shared_hall, operator.token)
    await until(lambda: gauge(operator, shared_hall, "screens_connected") == before + 1)
    ballot = operator.open(disclosure="individual")
    presses = 0
    deadline = time.monotonic() + 40
    while gauge(operator, shared_hall, "screens_connected") > before:
        assert time.monotonic() < deadline, "the deaf screen is still there"
        replies = await asyncio.gather(
            *(seat.press(ballot, ("yes", "no")[presses % 2]) for seat in seats)
        )
        assert {each["type"] for each in replies} == {"receipt"}
        presses += 1
        await asyncio.sleep(0.2)
    deaf.close()
    assert presses > 1
    operator.command(ballot, "cancel", reason="the test is over")


def _deaf_console(hall: HallProcess, token: str) -> plain.socket:
    """A console that says hello and then reads nothing, with as little room as the system gives."""
    line = plain.socket()
    line.setsockopt(plain.SOL_SOCKET, plain.SO_RCVBUF, 2048)
    line.connect(("127.0.0.1", hall.port))
    line.sendall(
        b"GET /ws/v1/console HTTP/1.1\r\nHost: hall\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    assert line.recv(12) == b"HTTP/1.1 101"
    hello = json.dumps({"type": "hello", "protocol": 1, "token": token}).encode()
    assert len(hello) < 126  # one byte of length; a mask of zeros leaves the text as it is
    line.sendall(bytes([0x81, 0x80 | len(hello)]) + bytes(4) + hello)
    return line


@pytest.mark.parametrize("socket", ["kiosk", "display", "console"])
def test_a_socket_that_is_asked_for_without_an_upgrade_says_what_it_is(
    shared_hall: HallProcess, socket: str
) -> None:
    answer = httpx.get(f"{shared_hall.url}/ws/v1/{socket}", trust_env=False)
    assert (answer.status_code, answer.headers["Upgrade"]) == (426, "websocket")
    assert answer.json()["code"] == "upgrade_required"
    assert f"/ws/v1/{socket} is a WebSocket" in answer.json()["detail"]


async def test_a_client_that_vanishes_is_forgotten(
    shared_hall: HallProcess, operator: Operator, door: Door
) -> None:
    token = operator.tokens(["FI"])["FI"]
    before = gauge(operator, shared_hall, "seats_connected")
    seat = await door("kiosk", token)
    await seat.view()
    assert gauge(operator, shared_hall, "seats_connected") == before + 1
    seat.socket.transport.abort()
    await until(lambda: gauge(operator, shared_hall, "seats_connected") == before)


async def test_a_client_that_only_stops_writing_is_closed(
    shared_hall: HallProcess, operator: Operator, door: Door
) -> None:
    """A half-open close: its end of the stream arrives, ours is still open."""
    token = operator.tokens(["FI"])["FI"]
    before = gauge(operator, shared_hall, "seats_connected")
    seat = await door("kiosk", token)
    await seat.view()
    seat.socket.transport.write_eof()
    await until(lambda: gauge(operator, shared_hall, "seats_connected") == before)


async def test_two_devices_that_fight_over_a_seat_do_not_fill_the_journal(
    operator: Operator, door: Door
) -> None:
    token = operator.tokens(["IS"])["IS"]

    def replaced() -> int:
        lines = operator.http.get("/journal").json()
        while len(lines) % 500 == 0 and lines:
            lines += operator.http.get("/journal", params={"after": len(lines)}).json()
        return sum(line["type"] == "seat_replaced" for line in lines)

    before = replaced()
    clients = [await door("kiosk", token) for _ in range(40)]
    # All but the one that holds the seat are closed.
    ends = [asyncio.create_task(client.closed(20)) for client in clients]
    await until(lambda: sum(end.done() for end in ends) == len(ends) - 1)
    codes = {end.result() for end in ends if end.done()}
    for end in ends:
        end.cancel()
    await asyncio.gather(*ends, return_exceptions=True)
    assert 4000 in codes
    assert 4409 in codes
    assert replaced() - before < 30
    # The others are not kept waiting, and the seat itself may come back after a pause.
    other = await door("kiosk", operator.tokens(["IE"])["IE"])
    assert (await other.view())["member"] == "IE"


async def test_a_flood_of_presses_is_closed_and_others_get_their_receipts(
    operator: Operator, door: Door
) -> None:
    tokens = operator.tokens(["SE", "EE"])
    hostile = await door("kiosk", tokens["SE"])
    honest = await door("kiosk", tokens["EE"])
    await hostile.view()
    ballot = operator.open()
    frame = {"type": "press", "ballot": ballot, "choice": "yes"}
    for _ in range(400):
        try:
            await hostile.send({**frame, "press_id": str(uuid.uuid4())})
        except ConnectionClosed:
            break
    assert (await honest.press(ballot, "no"))["type"] == "receipt"
    assert await hostile.closed() in (4400, 4000)
    reasons = {each["reason"] for each in hostile.frames if each["type"] == "refused"}
    assert reasons == {"rate_limited"}


async def test_ballots_that_a_seat_makes_up_do_not_count_as_refusals_of_this_one(
    operator: Operator, door: Door
) -> None:
    tokens = operator.tokens(["LT"])
    console = await door("console", operator.token)
    seat = await door("kiosk", tokens["LT"])
    await seat.view()
    ballot = operator.open(disclosure="turnout")
    for name in ("b-nowhere", "*", "b-else"):
        assert (await seat.press(name, "yes"))["reason"] == "unknown_ballot"
    assert (await seat.press(ballot, "maybe"))["reason"] == "bad_choice"

    def refused(view: dict[str, Any]) -> dict[str, int]:
        return {row["member"]: row["refused"] for row in view["seats"] if row["refused"]}

    view = await console.view(
        lambda view: (view["ballot"] or {}).get("id") == ballot and bool(refused(view))
    )
    assert refused(view) == {"LT": 1}


async def test_an_outage_at_the_door_leaves_no_ghost_in_the_seat(
    shared_hall: HallProcess, operator: Operator, door: Door
) -> None:
    """The journal cannot note that a device was replaced: the new one is told to come back, and
    the Member does not stay online without a device."""
    token = operator.tokens(["LV"])["LV"]
    first = await door("kiosk", token)
    await first.view()
    before = gauge(operator, shared_hall, "seats_connected")
    blocker = sqlite3.connect(shared_hall.data / "hall.sqlite3", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    try:
        second = await door("kiosk", token)
        assert await first.closed() == 4409
        assert await second.closed(30) == 4001
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
    await until(lambda: gauge(operator, shared_hall, "seats_connected") == before - 1)
    third = await door("kiosk", token)
    assert (await third.view())["member"] == "LV"


@pytest.mark.parametrize("path", ["kiosk", "display", "console"])
async def test_a_stolen_look_is_not_given_without_a_token(path: str, door: Door) -> None:
    assert await (await door(path, "")).closed() == 4401


async def test_who_signs_out_is_shown_the_hall_no_longer(shared_hall: HallProcess) -> None:
    leaver, stays = Operator(shared_hall), Operator(shared_hall)
    consoles = []
    for person in (leaver, stays):
        socket = await connect(f"{shared_hall.ws}/console", proxy=None)
        await socket.send(json.dumps({"type": "hello", "protocol": 1, "token": person.token}))
        consoles.append(Client(socket))
    answer = leaver.http.post("/logout", headers={"Authorization": f"Bearer {leaver.token}"})
    assert answer.status_code == 204
    assert await consoles[0].closed() == 4410
    ballot = stays.open(disclosure="counts")
    await consoles[1].view(lambda view: (view["ballot"] or {}).get("id") == ballot)
    stays.command(ballot, "cancel", reason="the test is over")
    stays.http.close()
    leaver.http.close()
    await consoles[1].socket.close()
