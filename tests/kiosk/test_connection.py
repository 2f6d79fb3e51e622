"""The connection over real sockets: a scripted hall that drops, falls silent, or says stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from random import Random

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from kiosk_client.connection import Pauses, SeatConnection, kiosk_address, kiosk_addresses
from kiosk_client.seat_state import Down, Ended, Live, Patience, Quiet, Seat, Unacknowledged
from server.api.tls import Certificate
from server.cli.bench.certificate import write_certificate
from server.vocabulary import Choice, Language, RefusalReason, Signal
from server.wire.close_codes import CloseCode
from server.wire.messages import Hello, SetLanguage, SignalFrame
from tests.kiosk.floor import ballot, receipt, refused
from tests.kiosk.sockets import Line, Watch, scripted_hall

SOON = Pauses(least=0.0, first=0.01, most=0.05)
STANDARD = Patience()
BRIEF = Patience(quiet=0.1, silence=0.2, press=10.0, again=0.01)


def is_live(seat: Seat) -> bool:
    return isinstance(seat.link, Live)


@asynccontextmanager
async def seated(
    url: str, patience: Patience = STANDARD
) -> AsyncIterator[tuple[SeatConnection, Watch, asyncio.Task[Ended]]]:
    watch = Watch()
    seat = SeatConnection(url, Seat("token", patience=patience), watch, pauses=SOON)
    running = asyncio.create_task(seat.run())
    try:
        yield seat, watch, running
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def test_a_certificate_that_is_not_trusted_is_said_until_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(line: Line) -> None:
        await line.greet(None)
        await line.until_closed()

    file = write_certificate(tmp_path / "hall.pem")
    async with (
        scripted_hall(script, tls=Certificate(file, None).context) as hall,
        seated(hall.url) as (_, watch, _),
    ):
        await watch.until(lambda seat: seat.link == Down(before=False, distrusts=True))
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        await watch.until(is_live)


async def test_a_hall_that_is_gone_is_no_longer_distrusted(tmp_path: Path) -> None:
    async def script(line: Line) -> None:
        raise AssertionError("nobody comes through")

    tls = Certificate(write_certificate(tmp_path / "hall.pem"), None).context
    async with AsyncExitStack() as halls:
        hall = await halls.enter_async_context(scripted_hall(script, tls=tls))
        async with seated(hall.url) as (_, watch, _):
            await watch.until(lambda seat: seat.link == Down(before=False, distrusts=True))
            await halls.aclose()
            await watch.until(lambda seat: seat.link == Down(before=False))


async def test_a_press_is_receipted_and_lights_the_lamp() -> None:
    async def script(line: Line) -> None:
        hello = await line.greet(ballot())
        assert hello.token == "token"
        press = await line.read_press()
        await line.send(receipt(press.press_id, Choice.NO, 1))
        await line.until_closed()

    async with scripted_hall(script) as hall, seated(hall.url) as (seat, watch, _):
        await watch.until(is_live)
        seat.touch(Choice.NO)
        waiting = seat.seat
        lit = await watch.until(lambda state: state.lit is not None)
    assert isinstance(waiting.press, Unacknowledged)
    assert waiting.lit is None
    assert lit.lit is Choice.NO


async def test_a_press_in_flight_is_sent_again_with_its_id_after_a_cut() -> None:
    ids: list[str] = []

    async def script(line: Line) -> None:
        hello = await line.greet(ballot())
        press = await line.read_press()
        ids.append(press.press_id)
        if line.number < 3:
            line.drop()
            return
        assert hello.receipt is None
        await line.send(receipt(press.press_id, Choice.YES, 8))
        await line.until_closed()

    async with scripted_hall(script) as hall, seated(hall.url) as (seat, watch, _):
        await watch.until(is_live)
        seat.touch(Choice.YES)
        await watch.until(lambda state: state.lit is Choice.YES)
        accepted = hall.accepted
    assert accepted == 3
    assert len(ids) == 3
    assert len(set(ids)) == 1


async def test_the_last_receipt_is_presented_after_a_reconnection() -> None:
    presented: list[Hello] = []

    async def script(line: Line) -> None:
        presented.append(await line.greet(ballot()))
        if line.number == 1:
            press = await line.read_press()
            await line.send(receipt(press.press_id, Choice.YES, 8))
            await line.read()  # a signal: the receipt has arrived
            line.drop()
            return
        await line.until_closed()

    async with scripted_hall(script) as hall, seated(hall.url) as (seat, watch, _):
        await watch.until(is_live)
        seat.touch(Choice.YES)
        await watch.until(lambda state: state.lit is Choice.YES)
        seat.signal(Signal.ASSISTANCE, on=True)
        await watch.until(lambda state: state.link == Down(before=True))
        again = await watch.until(is_live)
    assert again.lit is Choice.YES
    assert presented[0].receipt is None
    assert presented[1].receipt is not None
    assert (presented[1].receipt.n, presented[1].receipt.proof) == (8, "proof-8")


async def test_unavailable_is_answered_with_the_same_press() -> None:
    ids: list[str] = []

    async def script(line: Line) -> None:
        await line.greet(ballot())
        for _ in range(2):
            ids.append((await line.read_press()).press_id)
            await line.send(refused(ids[-1], RefusalReason.UNAVAILABLE))
        ids.append((await line.read_press()).press_id)
        await line.send(receipt(ids[-1], Choice.ABSTAIN, 3))
        await line.until_closed()

    patience = Patience(again=0.01)
    async with scripted_hall(script) as hall, seated(hall.url, patience) as (seat, watch, _):
        await watch.until(is_live)
        seat.touch(Choice.ABSTAIN)
        lit = await watch.until(lambda state: state.lit is not None)
    assert len(ids) == 3
    assert len(set(ids)) == 1
    assert lit.notice is None


@pytest.mark.parametrize(
    "code", [CloseCode.UNAUTHORISED, CloseCode.REPLACED, CloseCode.REVOKED, CloseCode.PROTOCOL]
)
async def test_a_code_that_says_stop_ends_the_run(code: CloseCode) -> None:
    async def script(line: Line) -> None:
        await line.greet(ballot())
        await line.socket.close(code)

    async with scripted_hall(script) as hall, seated(hall.url) as (seat, _, running):
        ended = await running
        accepted = hall.accepted
    assert ended == Ended(code)
    assert accepted == 1
    assert seat.seat.link == Ended(code)


@pytest.mark.parametrize("code", [CloseCode.GOING_AWAY, CloseCode.SLOW, CloseCode.UNAVAILABLE])
async def test_a_transient_code_comes_back(code: CloseCode) -> None:
    async def script(line: Line) -> None:
        await line.greet(ballot())
        if line.number == 1:
            await line.socket.close(code)
        await line.until_closed()

    async with scripted_hall(script) as hall, seated(hall.url) as (_, watch, _running):
        await watch.until(lambda state: state.link == Down(before=True))
        await watch.until(is_live)
        accepted = hall.accepted
    assert accepted == 2


async def test_a_half_open_socket_is_said_to_be_lost_then_given_up() -> None:
    async def script(line: Line) -> None:
        await line.greet(ballot())
        await line.until_closed()  # no beat, no reply: as behind a dead switch

    async with scripted_hall(script) as hall, seated(hall.url, BRIEF) as (_, watch, _running):
        await watch.until(is_live)
        await watch.until(lambda state: isinstance(state.link, Quiet))
        await watch.until(lambda state: state.link == Down(before=True))
        await watch.until(is_live)
        accepted = hall.accepted
    assert accepted >= 2


async def test_a_hall_that_is_not_up_yet_is_found_once_it_listens() -> None:
    async def script(line: Line) -> None:
        await line.greet(None)
        await line.until_closed()

    async with scripted_hall(script) as first:
        url = first.url
    port = int(url.rsplit(":", 1)[1])
    async with seated(url) as (_, watch, _running):
        await asyncio.sleep(0.05)  # some attempts are refused meanwhile; none is required
        assert watch.states == []
        async with scripted_hall(script, port):
            state = await watch.until(is_live)
    assert state.ballot is None


async def test_a_proxy_s_bad_gateway_is_transient() -> None:
    refusals = 0

    def bad_gateway_first(connection: ServerConnection, request: Request) -> Response | None:
        nonlocal refusals
        assert request.path == "/ws/v1/kiosk"
        if refusals < 2:
            refusals += 1
            return connection.respond(HTTPStatus.BAD_GATEWAY, "the hall restarts\n")
        return None

    async def serve_one(socket: ServerConnection) -> None:
        line = Line(socket, 1)
        await line.greet(ballot())
        await line.until_closed()

    async with serve(serve_one, "127.0.0.1", 0, process_request=bad_gateway_first) as server:
        (listening,) = server.sockets
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with seated(url) as (_, watch, _running):
            await watch.until(is_live)
    assert refusals == 2


@pytest.mark.parametrize("data", [b"\x00", "{", '{"type":"view"}', '{"type":"unheard-of"}'])
async def test_a_frame_that_cannot_be_read_ends_the_run(data: str | bytes) -> None:
    async def script(line: Line) -> None:
        await line.greet(ballot())
        await line.socket.send(data)
        await line.until_closed()

    async with scripted_hall(script) as hall, seated(hall.url) as (_, _watch, running):
        assert await running == Ended(CloseCode.PROTOCOL)


async def test_cancelling_closes_the_socket_properly() -> None:
    codes: list[int | None] = []
    closed = asyncio.Event()

    async def script(line: Line) -> None:
        await line.greet(ballot())
        codes.append(await line.until_closed())
        closed.set()

    async with scripted_hall(script) as hall:
        async with seated(hall.url) as (_, watch, _running):
            await watch.until(is_live)
        await closed.wait()
    assert codes == [1000]


async def test_language_and_signals_are_sent() -> None:
    frames: list[object] = []
    script_done = asyncio.Event()

    async def script(line: Line) -> None:
        await line.greet(ballot())
        frames.extend([await line.read(), await line.read()])
        script_done.set()
        await line.until_closed()

    async with scripted_hall(script) as hall, seated(hall.url) as (seat, watch, _):
        await watch.until(is_live)
        seat.speak(Language.AR)
        seat.signal(Signal.POINT_OF_ORDER, on=True)
        await script_done.wait()
    assert frames == [
        SetLanguage(type="lang", lang=Language.AR),
        SignalFrame(type="signal", signal=Signal.POINT_OF_ORDER, on=True),
    ]


async def test_what_a_listener_raises_is_not_swallowed() -> None:
    async def script(line: Line) -> None:
        await line.greet(ballot())
        await line.until_closed()

    def broken(seat: Seat) -> None:
        if is_live(seat):
            raise LookupError("the screen is broken")

    async with scripted_hall(script) as hall:
        seat = SeatConnection(hall.url, Seat("token"), broken, pauses=SOON)
        with pytest.raises(ExceptionGroup) as raised:
            await seat.run()
    assert raised.group_contains(LookupError, match="the screen is broken")


def test_pauses_grow_up_to_a_cap_and_differ_between_seats() -> None:
    pauses = Pauses(least=0.05, first=0.5, most=5.0)
    draws = [[pauses.draw(attempt, Random(n)) for n in range(200)] for attempt in range(1, 40)]
    assert all(0.05 <= draw <= 5.0 for row in draws for draw in row)
    assert max(draws[0]) <= 0.5 < max(draws[2])
    assert len(set(draws[0])) == 200


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("ws://hall:8400", "ws://hall:8400/ws/v1/kiosk"),
        ("http://127.0.0.1:8400/", "ws://127.0.0.1:8400/ws/v1/kiosk"),
        ("https://hall.example", "wss://hall.example/ws/v1/kiosk"),
        ("wss://hall.example/assembly/ws/v1/kiosk", "wss://hall.example/assembly/ws/v1/kiosk"),
    ],
)
def test_the_hall_s_address_leads_to_the_seats_socket(url: str, address: str) -> None:
    assert kiosk_address(url) == address


@pytest.mark.parametrize("url", ["hall:8400", "ftp://hall", "ws://", ""])
def test_what_is_no_address_is_named_with_its_remedy(url: str) -> None:
    with pytest.raises(ValueError, match="give it as ws://HOST:PORT"):
        kiosk_address(url)


async def test_a_seat_whose_server_dies_comes_back_at_the_next_with_its_press() -> None:
    asked: list[str] = []

    async def dies(line: Line) -> None:
        await line.greet(ballot())
        asked.append((await line.read_press()).press_id)
        line.socket.transport.abort()

    async def answers(line: Line) -> None:
        await line.greet(ballot())
        asked.append((await line.read_press()).press_id)
        await line.send(receipt(asked[-1], Choice.YES, 1))
        await line.until_closed()

    async with scripted_hall(dies) as one, scripted_hall(answers) as other:
        nobody = "ws://127.0.0.1:9"  # the discard port: nothing listens there
        async with seated(f"{one.url}, {nobody},{other.url}") as (seat, watch, _):
            await watch.until(is_live)
            seat.touch(Choice.YES)
            await watch.until(lambda state: state.lit is not None)
    assert len(asked) == 2
    assert asked[0] == asked[1]


def test_one_wrong_address_of_several_is_named() -> None:
    with pytest.raises(ValueError, match="'ftp://b' is not a hall's address"):
        kiosk_addresses("ws://a,ftp://b")
