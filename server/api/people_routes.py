"""Sign in and out, people, and tokens for seats and displays."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from functools import partial

import segno
from starlette.responses import Response

from server.api.endpoint import EVERY_ROLE, OPERATOR, Call, Endpoint, json_response
from server.api.problems import problem, refusal_problem, unauthorised
from server.hall.access import IssuedSeat, add_user, issue_display, issue_seats, sign_in, token_hash
from server.hall.desk import BadField
from server.vocabulary import Role
from server.wire.close_codes import CloseCode
from server.wire.http import (
    DisplayTokenResponse,
    LoginRequest,
    LoginResponse,
    NewUser,
    SeatToken,
    SeatTokensRequest,
    WhoAmI,
)


async def login(call: Call) -> Response:
    """Sign in; wrong names and wrong passwords look alike."""
    context, asked = call.context, call.body
    assert isinstance(asked, LoginRequest)  # noqa: S101  # the endpoint parsed it
    now = context.desk.clock.monotonic()
    if context.logins.wait(asked.user, now) > 0:
        return problem(
            429,
            "too_many_attempts",
            "Too many attempts",
            "Wait a minute before you try this name again.",
            headers={"Retry-After": "60"},
        )
    # Counted before it is tried: a hundred guesses sent at once are a hundred, not the first one.
    context.logins.failed(asked.user, now)
    signed_in = await sign_in(
        context.desk, context.credentials, context.hasher, asked.user, asked.password
    )
    if signed_in is None:
        return unauthorised("The name or the password is wrong.")
    context.logins.succeeded(asked.user)
    return json_response(
        LoginResponse(token=signed_in.token, role=signed_in.role, expires_at=signed_in.expires_at)
    )


async def logout(call: Call) -> Response:
    """End the token that was sent."""
    token = call.request.headers["authorization"].partition(" ")[2].strip()
    await call.context.credentials.revoke_token(token_hash(token))
    return Response(status_code=204)


async def me(call: Call) -> Response:
    """Whom the token speaks for."""
    bearer = call.bearer
    assert bearer is not None  # noqa: S101  # the endpoint asks for a token
    return json_response(
        WhoAmI(role=bearer.role, user=bearer.user, seat=bearer.seat, member=bearer.member)
    )


async def new_user(call: Call) -> Response:
    """Add a person, or give one a new password."""
    context, asked = call.context, call.body
    assert isinstance(asked, NewUser)  # noqa: S101  # the endpoint parsed it
    await add_user(
        context.desk,
        context.credentials,
        context.hasher,
        call.actor,
        asked.user,
        asked.password,
        Role(asked.role),
    )
    return json_response(
        WhoAmI(role=Role(asked.role), user=asked.user, seat=None, member=None), 201
    )


async def seat_tokens(call: Call) -> Response:
    """Issue seat tokens; the seats' earlier tokens and connections end at once."""
    context, asked = call.context, call.body
    assert isinstance(asked, SeatTokensRequest)  # noqa: S101  # the endpoint parsed it
    members = None if asked.members == "all" else asked.members
    end = partial(context.hub.close_seats, code=CloseCode.REVOKED)
    issued = await issue_seats(context.desk, context.credentials, call.actor, members, end)
    if isinstance(issued, BadField):
        return refusal_problem(issued)
    context.neighbourhood.fenced({each.member: each.generation for each in issued}, None)
    body = json.dumps([each.model_dump(exclude_none=True) for each in told(call, issued, asked.qr)])
    return Response(body, media_type="application/json")


def told(call: Call, issued: Sequence[IssuedSeat], qr: bool) -> list[SeatToken]:
    """New tokens as they are told, once; `qr` with a picture of each seat's address."""
    tokens: list[SeatToken] = []
    for each in issued:
        pair = f"/kiosk/#token={each.token}"
        picture = _qr(_public_url(call) + pair) if qr else None
        tokens.append(
            SeatToken(seat=each.seat, member=each.member, token=each.token, pair=pair, qr=picture)
        )
    return tokens


async def display_token(call: Call) -> Response:
    """Issue a token for a hall display."""
    token = await issue_display(call.context.desk, call.context.credentials, call.actor)
    return json_response(DisplayTokenResponse(token=token, pair=f"/display/#token={token}"), 201)


def _public_url(call: Call) -> str:
    return call.context.public_url or str(call.request.base_url).rstrip("/")


def _qr(url: str) -> str:
    svg = io.BytesIO()
    segno.make(url, error="m").save(
        svg, kind="svg", border=2, xmldecl=False, svgns=True, nl=False, omitsize=True
    )
    return svg.getvalue().decode()


ENDPOINTS = (
    Endpoint("POST", "/api/v1/login", "Sign in", None, login, LoginRequest, LoginResponse),
    Endpoint("POST", "/api/v1/logout", "Sign out", EVERY_ROLE, logout, status=204),
    Endpoint("GET", "/api/v1/me", "Whom the token speaks for", EVERY_ROLE, me, gives=WhoAmI),
    Endpoint("POST", "/api/v1/users", "Add a person", OPERATOR, new_user, NewUser, WhoAmI, 201),
    Endpoint(
        "POST",
        "/api/v1/seats/tokens",
        "Issue seat tokens",
        OPERATOR,
        seat_tokens,
        SeatTokensRequest,
        list[SeatToken],
    ),
    Endpoint(
        "POST",
        "/api/v1/displays/tokens",
        "Issue a display token",
        OPERATOR,
        display_token,
        gives=DisplayTokenResponse,
        status=201,
    ),
)
