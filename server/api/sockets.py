"""The three sockets: from a request to a connection that is heard.

Rule: a connection takes a place in the hall's room from its request to its last byte, and is heard
from the moment at which it is accepted. Who may come in is the entrance's business.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from starlette.websockets import WebSocket, WebSocketDisconnect

from server.api.context import Context
from server.api.entrance import Door, Entrance, Guest
from server.api.line import line_of
from server.api.room import full
from server.live.session import Session
from server.vocabulary import Role

KIOSK: Final = Door("seat", frozenset({Role.SEAT}))
DISPLAY: Final = Door("screen", frozenset({Role.OPERATOR, Role.CHAIR, Role.DISPLAY}))
CONSOLE: Final = Door("screen", frozenset({Role.OPERATOR}), console=True)

Serve = Callable[[WebSocket], Awaitable[None]]
"""What a socket does from its request on. Where the server offers `direct`, the connection goes on
after it."""


def sockets(context: Context, entrance: Entrance) -> dict[str, Serve]:
    """The three sockets by their paths."""
    doors = {"/ws/v1/kiosk": KIOSK, "/ws/v1/display": DISPLAY, "/ws/v1/console": CONSOLE}
    return {path: partial(_accept, context, entrance, door) for path, door in doors.items()}


async def _accept(context: Context, entrance: Entrance, door: Door, socket: WebSocket) -> None:
    room = context.room
    if not room.enter():
        await socket.send_denial_response(full(room.most))
        return
    try:
        await socket.accept()
        line = line_of(socket)
    except BaseException:
        room.leave()
        raise
    line.when_gone(room.leave)
    try:
        session = Session(door.kind, context.desk.clock.monotonic())
        await line.listen(Guest(entrance, door, line, session).hear)
    except WebSocketDisconnect:
        return
    finally:
        await line.finish()
