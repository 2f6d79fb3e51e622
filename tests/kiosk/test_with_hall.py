"""Seats and robots at a real hall server: tokens, votes, a take-over, a killed server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from kiosk_client.connection import Pauses, SeatConnection
from kiosk_client.robots import Behaviour, RobotSeat, intentions, run_robots
from kiosk_client.seat_state import Ended, Live, Patience, Seat, Unacknowledged
from kiosk_client.terminal import TerminalSeat
from server.locales.speech import load_speech
from server.vocabulary import Choice, Language, Phase
from server.wire.close_codes import CloseCode
from tests.halls import HallProcess, Operator
from tests.kiosk.floor import ballot as floor_ballot
from tests.kiosk.sockets import Counts, Watch
from tests.own_hall import hall, operator

__all__ = ["hall", "operator"]

STANDARD = Patience()
SOON = Pauses(least=0.0, first=0.05, most=0.2)


@asynccontextmanager
async def seated(
    hall: HallProcess, token: str, patience: Patience = STANDARD
) -> AsyncIterator[tuple[SeatConnection, Watch, asyncio.Task[Ended]]]:
    watch = Watch()
    seat = SeatConnection(hall.url, Seat(token, patience=patience), watch, pauses=SOON)
    running = asyncio.create_task(seat.run())
    try:
        yield seat, watch, running
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def is_open(seat: Seat) -> bool:
    live = isinstance(seat.link, Live)
    return live and seat.ballot is not None and seat.ballot.phase is Phase.OPEN


def finish(operator: Operator, ballot: str) -> dict[str, str | None]:
    """Close and declare; the choice that the record holds for each Member."""
    operator.command(ballot, "close")
    operator.command(ballot, "declare")
    return {row["member"]: row["choice"] for row in operator.record(ballot)["roll"]}


async def test_the_record_holds_what_196_robots_meant_to_vote(
    hall: HallProcess, operator: Operator
) -> None:
    behaviour = Behaviour(silent=10, change=0.2, delay=0.3, seed=7)
    tokens = operator.tokens()
    counts = Counts()
    robots = asyncio.create_task(
        run_robots(
            hall.url,
            [RobotSeat(member, token) for member, token in tokens.items()],
            behaviour,
            arrival=0.5,
            on_count=counts,
        )
    )
    await counts.until(lambda count: count.online == 196)
    ballot = await asyncio.to_thread(operator.open, disclosure="individual")
    planned = {m: intentions(behaviour, m, floor_ballot(ballot)) for m in tokens}
    presses = sum(len(each) for each in planned.values())
    await counts.until(lambda count: count.receipts == presses)
    recorded = await asyncio.to_thread(finish, operator, ballot)
    robots.cancel()
    with suppress(asyncio.CancelledError):
        await robots
    assert recorded == {m: str(each[-1].choice) if each else None for m, each in planned.items()}
    assert counts.all[-1].online == 0
    assert counts.all[-1].replaced == counts.all[-1].stopped == 0


async def test_a_person_s_device_takes_a_robot_s_seat_and_keeps_it(
    hall: HallProcess, operator: Operator
) -> None:
    token = operator.tokens(["FR"])["FR"]
    silent = Behaviour(yes=0, no=0, abstain=0, silent=1)
    counts = Counts()
    robots = asyncio.create_task(
        run_robots(hall.url, [RobotSeat("FR", token)], silent, arrival=0.0, on_count=counts)
    )
    await counts.until(lambda count: count.online == 1)
    ballot = await asyncio.to_thread(operator.open)
    async with seated(hall, token) as (seat, watch, _):
        count = await robots
        await watch.until(is_open)
        seat.touch(Choice.ABSTAIN)
        lit = await watch.until(lambda state: state.lit is not None)
        recorded = await asyncio.to_thread(finish, operator, ballot)
        declared = await watch.until(
            lambda state: state.ballot is not None and state.ballot.phase is Phase.DECLARED
        )
    assert (count.replaced, count.online) == (1, 0)
    assert lit.lit is Choice.ABSTAIN
    assert recorded["FR"] == "abstain"
    assert declared.lit is Choice.ABSTAIN


async def test_unknown_and_reissued_tokens_stop_a_seat(
    hall: HallProcess, operator: Operator
) -> None:
    token = operator.tokens(["ES"])["ES"]
    async with seated(hall, "no such token") as (_, _watch, running):
        assert await running == Ended(CloseCode.UNAUTHORISED)
    async with seated(hall, token) as (_, watch, running):
        await watch.until(lambda state: isinstance(state.link, Live))
        await asyncio.to_thread(operator.tokens, ["ES"])
        assert await running == Ended(CloseCode.REVOKED)
    async with seated(hall, operator.token) as (_, _watch, running):
        assert await running == Ended(CloseCode.FORBIDDEN)


async def test_the_terminal_votes_at_a_real_hall(hall: HallProcess, operator: Operator) -> None:
    token = operator.tokens(["DE"])["DE"]
    ballot = await asyncio.to_thread(operator.open)
    app = TerminalSeat(hall.url, token, Language.AR, load_speech())
    async with app.run_test(size=(80, 24)) as pilot:
        while not is_open(app.seat):
            await pilot.pause(0.02)
        await pilot.press("2")
        while not app.query_one("#lamp-no").has_class("lit"):
            await pilot.pause(0.02)
        code = app.seat.code
    recorded = await asyncio.to_thread(finish, operator, ballot)
    (row,) = [row for row in operator.record(ballot)["roll"] if row["member"] == "DE"]
    assert recorded["DE"] == "no"
    assert row["code"] == code


async def test_a_seat_outlives_a_killed_server_with_its_lamp_and_its_press(tmp_path: Path) -> None:
    hall = HallProcess(tmp_path / "data").start()
    operator = Operator(hall)
    try:
        token = operator.tokens(["IT"])["IT"]
        ballot = await asyncio.to_thread(operator.open)
        # A slow machine may take longer to start a server than a press may wait.
        async with seated(hall, token, Patience(press=600.0)) as (seat, watch, _):
            await watch.until(is_open)
            seat.touch(Choice.YES)
            await watch.until(lambda state: state.lit is Choice.YES)

            seat.touch(Choice.NO)
            waiting = seat.seat.press
            hall.kill()
            await watch.until(lambda state: not isinstance(state.link, Live))
            await asyncio.to_thread(hall.start)
            settled = await watch.until(lambda s: is_open(s) and s.press is None)
        operator.close()
        operator = Operator(hall)
        recorded = await asyncio.to_thread(finish, operator, ballot)
    finally:
        operator.close()
        status = hall.stop()
    assert isinstance(waiting, Unacknowledged)
    assert settled.lit is Choice.NO, settled.notice
    assert recorded["IT"] == "no"
    assert status == 0
