"""The three sockets: what a connection of a seat or a screen does from `hello` to its end.

Rule: it connects. What a frame means is the session's business, what a screen sees the
projection's, how frames come and go the line's. The Member's lease and generation are on disk
before `welcome`, so whoever was welcomed is present.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, Literal, assert_never

from starlette.websockets import WebSocket, WebSocketDisconnect

from server.api.arrivals import Arrivals
from server.api.context import Context
from server.api.line import Line, line_of
from server.api.presses import refuse, take_press
from server.api.room import Room, full
from server.hall.access import token_hash, who
from server.hall.receipts import PresentedReceipt, examine
from server.hall.state import SEAT_REPLACED, assembly_of, epoch_text
from server.live.connections import ScreenConnection, SeatConnection
from server.live.outbox import Outbox
from server.live.session import (
    Act,
    Greet,
    Object,
    PassOn,
    Raise,
    Register,
    Session,
    Speak,
    TooFast,
    Vote,
)
from server.ports import Bearer, StoreUnavailable
from server.vocabulary import RefusalReason, Role
from server.wire.close_codes import CloseCode
from server.wire.messages import Hello, Welcome

log = logging.getLogger("hemicycle.sockets")

HELLO_SECONDS: Final = 5.0
"""How long a connection may stay silent before `hello`."""

SCREEN_ROLES: Final = frozenset({Role.OPERATOR, Role.CHAIR, Role.DISPLAY})


Serve = Callable[[WebSocket], Awaitable[None]]
"""What a socket does, from its request to its end."""


def sockets(context: Context) -> dict[str, Serve]:
    """The three sockets by their paths."""
    arrivals = Arrivals()
    room = context.room

    async def kiosk(socket: WebSocket) -> None:
        await _converse(context, room, socket, "seat", frozenset({Role.SEAT}), _seat(arrivals))

    async def display(socket: WebSocket) -> None:
        await _converse(context, room, socket, "screen", SCREEN_ROLES, _screen(console=False))

    async def console(socket: WebSocket) -> None:
        await _converse(
            context, room, socket, "screen", frozenset({Role.OPERATOR}), _screen(console=True)
        )

    return {"/ws/v1/kiosk": kiosk, "/ws/v1/display": display, "/ws/v1/console": console}


_Serve = Callable[[Context, Line, Bearer, Hello], Awaitable[None]]


async def _converse(
    context: Context,
    room: Room,
    socket: WebSocket,
    kind: Literal["seat", "screen"],
    roles: frozenset[Role],
    serve: _Serve,
) -> None:
    if not room.enter():
        await socket.send_denial_response(full(room.most))
        return
    try:
        await socket.accept()
        line = line_of(socket, Session(kind, context.desk.clock.monotonic()))
    except BaseException:
        room.leave()
        raise
    line.when_gone(room.leave)
    try:
        hello = await _greeting(context, line)
        if hello is not None:
            bearer = await _bearer(context, hello, roles)
            if bearer is None:
                line.outbox.close(CloseCode.UNAUTHORISED)
            elif bearer.role not in roles:
                line.outbox.close(CloseCode.FORBIDDEN)
            else:
                await serve(context, line, bearer, hello)
    except StoreUnavailable as outage:
        log.warning("a connection could not be served: %s", outage)
        context.tending.trouble()
        line.outbox.close(CloseCode.UNAVAILABLE)
    except WebSocketDisconnect:
        return
    finally:
        await line.finish()


async def _bearer(context: Context, hello: Hello, roles: frozenset[Role]) -> Bearer | None:
    if hello.token:
        return await who(context.desk, context.credentials, hello.token)
    is_public = assembly_of(context.desk.ledger.state).settings.display_public
    return Bearer(Role.DISPLAY) if is_public and Role.DISPLAY in roles else None


async def _greeting(context: Context, line: Line) -> Hello | None:
    deadline = context.desk.clock.monotonic() + HELLO_SECONDS
    while line.outbox.closing is None:
        left = deadline - context.desk.clock.monotonic()
        try:
            async with asyncio.timeout(max(left, 0.0)):
                data = await line.receive()
        except TimeoutError:
            line.outbox.close(CloseCode.NO_HELLO)
            return None
        act = line.session.hear(data, context.desk.clock.monotonic())
        if isinstance(act, Greet):
            return act.hello
        if isinstance(act, Object):
            _object(line.outbox, act)
    return None


def _seat(arrivals: Arrivals) -> _Serve:
    async def serve(context: Context, line: Line, bearer: Bearer, hello: Hello) -> None:
        assert bearer.seat is not None  # noqa: S101  # a seat's token names its seat
        assert bearer.member is not None  # noqa: S101  # and its Member
        member = bearer.member
        if not arrivals.may_come(member, context.desk.clock.monotonic()):
            line.outbox.close(CloseCode.SLOW)
            return
        generation = await context.doorway.come_in(member)
        context.neighbourhood.fenced({member: generation}, bearer.seat)
        if hello.receipt is not None:
            held = hello.receipt
            await examine(
                context.desk,
                context.receipt_key,
                member,
                PresentedReceipt(held.ballot, held.press_id, held.n, held.proof),
            )
        await context.neighbourhood.up_to_date()
        # Reissuing stores the new token, then takes a generation, then closes connections. Whoever
        # came in between has a generation that is too new to be fenced: ask once more. Nothing
        # awaits from here to `join_seat`, so whoever is revoked later is found and closed.
        if await who(context.desk, context.credentials, hello.token) != bearer:
            line.outbox.close(CloseCode.REVOKED)
            return
        connection = SeatConnection(line.outbox, bearer.seat, member, generation, hello.lang)
        line.hold()
        _welcome(context, line)
        line.when_over(partial(context.hub.leave_seat, connection))
        replaces = context.hub.join_seat(connection)
        line.let_go()
        if replaces:
            await _journal_replacement(context, connection)
        await _listen(context, line, connection)

    return serve


def _screen(*, console: bool) -> _Serve:
    async def serve(context: Context, line: Line, bearer: Bearer, hello: Hello) -> None:
        token = token_hash(hello.token) if hello.token else None
        connection = ScreenConnection(line.outbox, bearer.role, console, token)
        await context.neighbourhood.up_to_date()
        _welcome(context, line)
        line.when_over(partial(context.hub.screens.leave, connection))
        context.hub.screens.join(connection)
        await _listen(context, line, None)

    return serve


async def _listen(context: Context, line: Line, seat: SeatConnection | None) -> None:
    """From now on do what the connection asks."""
    outbox, session, monotonic = line.outbox, line.session, context.desk.clock.monotonic

    def hear(data: str | None) -> None:
        if outbox.closing is None:
            _act(context, line, seat, session.hear(data, monotonic()))

    await line.listen(hear)


def _act(context: Context, line: Line, seat: SeatConnection | None, act: Act) -> None:
    match act:
        case Vote(press=press) if seat is not None:
            take_press(context, seat, press)
        case Object():
            _object(line.outbox, act)
        case TooFast(press=press) if seat is not None:
            refuse(context, seat, press, RefusalReason.RATE_LIMITED, None)
        case Register(accredit=frame) if seat is not None:
            context.seat_requests.accredit(seat, frame)
        case Raise(signal=frame) if seat is not None:
            context.hub.signal(seat.seat, frame.signal, on=frame.on)
        case PassOn(hand_over=frame) if seat is not None:
            context.seat_requests.hand_over(seat, frame)
        case Speak(lang=frame):
            if seat is not None:
                context.hub.speak(seat, frame.lang)
        case Greet() | Vote() | TooFast() | Register() | Raise() | PassOn():
            raise AssertionError("the session lets no such frame through here")
        case _:
            assert_never(act)


def _object(outbox: Outbox, act: Object) -> None:
    outbox.reply(act.error.model_dump_json().encode())
    if act.close is not None:
        outbox.close(act.close)


def _welcome(context: Context, line: Line) -> None:
    state = context.desk.ledger.state
    welcome = Welcome(
        epoch=epoch_text(state),
        server_time=context.desk.clock.now_ms(),
        hall=state.hall,
        version=context.version,
    )
    line.outbox.reply(welcome.model_dump_json().encode())
    beating = context.tending.beating
    beating.begin(line.outbox)
    line.when_over(partial(beating.end, line.outbox))


async def _journal_replacement(context: Context, connection: SeatConnection) -> None:
    desk = context.desk
    payload: dict[str, object] = {"member": connection.member, "seat": connection.seat}
    await desk.journal(desk.event(SEAT_REPLACED, None, f"seat:{connection.seat}", payload))
