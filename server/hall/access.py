"""Who may speak: people with passwords, seats and displays with tokens.

Rule (invariant 16): tokens are random, told once, stored hashed; issuing a seat's token anew
revokes the earlier ones, and takes a new generation so that presses on the way are refused.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.assembly.assembly import codes_of
from server.assembly.seat import Seat
from server.hall.desk import BadField, Desk
from server.hall.state import DISPLAY_PAIRED, SEATS_PAIRED, USER_ADDED, assembly_of
from server.ports import Bearer, Credentials, SeatCredential
from server.vocabulary import Role

SESSION_MS: Final = 16 * 3600 * 1000
"""How long a person stays signed in: a long day's sitting."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person's new token, in clear; `expires_at` in milliseconds since 1970."""

    token: str
    role: Role
    expires_at: int


@dataclass(frozen=True, slots=True)
class IssuedSeat:
    """A seat's new token, in clear, and the generation that ends what came before it."""

    seat: str
    member: str
    token: str
    generation: int


def token_hash(token: str) -> str:
    """How a token is stored. It has 256 bits of its own, so a plain hash does."""
    return hashlib.sha256(token.encode()).hexdigest()


async def sign_in(
    desk: Desk, credentials: Credentials, hasher: PasswordHasher, user: str, password: str
) -> SignedIn | None:
    """A new session, or None: the answer does not say whether the name or the password is wrong."""
    found = await credentials.password_hash(user)
    # An unknown user costs the same time as a wrong password.
    stored = found[0] if found is not None else await asyncio.to_thread(hasher.hash, "nobody")
    try:
        await asyncio.to_thread(hasher.verify, stored, password)
    except (VerificationError, InvalidHashError):
        return None
    if found is None:
        return None
    token = desk.ids.token()
    expires_at = desk.clock.now_ms() + SESSION_MS
    await credentials.put_token(token_hash(token), Bearer(found[1], user=user), expires_at)
    return SignedIn(token, found[1], expires_at)


async def who(desk: Desk, credentials: Credentials, token: str) -> Bearer | None:
    """Whom a token speaks for, or None."""
    if not token:
        return None
    return await credentials.bearer(token_hash(token), desk.clock.now_ms())


async def whose(desk: Desk, credentials: Credentials, tokens: Sequence[str]) -> list[Bearer | None]:
    """Whom each of these tokens, none of them empty, speaks for. May raise StoreUnavailable."""
    return await credentials.bearers([token_hash(each) for each in tokens], desk.clock.now_ms())


async def add_user(
    desk: Desk,
    credentials: Credentials,
    hasher: PasswordHasher,
    actor: str,
    user: str,
    password: str,
    role: Role,
) -> None:
    """Add a person, or give one a new password and role."""
    await credentials.put_user(user, await asyncio.to_thread(hasher.hash, password), role)
    await desk.journal(desk.event(USER_ADDED, None, actor, {"user": user, "role": role.value}))
    await desk.changed()


async def issue_seats(
    desk: Desk,
    credentials: Credentials,
    actor: str,
    members: Collection[str] | None,
    end: Callable[[frozenset[str]], None],
) -> tuple[IssuedSeat, ...] | BadField:
    """New tokens for all seats of these Members (None: of all). Earlier ones stop at once.

    `end` ends the connections of these seats; once their tokens are replaced it is called, whatever
    fails then. May raise StoreUnavailable.
    """
    assembly = assembly_of(desk.ledger.state)
    known = codes_of(assembly)
    for code in members or ():
        if code not in known:
            return BadField("members", f"no Member has the code {code}")
    seats: list[Seat] = [
        seat for seat in assembly.seats if members is None or seat.member in set(members)
    ]
    fresh = [(seat, desk.ids.token()) for seat in seats]
    await credentials.put_seat_tokens(
        [SeatCredential(seat.id, seat.member, token_hash(token)) for seat, token in fresh]
    )
    try:
        holders = list(dict.fromkeys(seat.member for seat in seats))
        taken = dict(zip(holders, await desk.box.take_generations(holders), strict=True))
        payload: dict[str, object] = {"seats": [seat.id for seat in seats]}
        await desk.journal(desk.event(SEATS_PAIRED, None, actor, payload))
        await desk.changed()
    finally:
        end(frozenset(seat.id for seat in seats))
    return tuple(
        IssuedSeat(seat.id, seat.member, token, taken[seat.member]) for seat, token in fresh
    )


async def issue_display(desk: Desk, credentials: Credentials, actor: str) -> str:
    """A new token for a hall display."""
    token = desk.ids.token()
    await credentials.put_token(token_hash(token), Bearer(Role.DISPLAY), None)
    await desk.journal(desk.event(DISPLAY_PAIRED, None, actor, {}))
    await desk.changed()
    return token
