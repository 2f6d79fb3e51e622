"""One HTTP operation: who may call it, what it takes, what it gives.

Rule: the list of endpoints is the only source of the routes and of `/openapi.json`, so the two
cannot differ. Checks come in one order for all: token, role, size, body, then the act.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from server.api.context import Context
from server.api.problems import (
    forbidden,
    invalid_body,
    journal_went_back,
    problem,
    unauthorised,
    unavailable,
)
from server.hall.access import who
from server.hall.ledger import JournalWentBack
from server.hall.state import assembly_of
from server.ports import Bearer, CommandKey, StoreUnavailable
from server.vocabulary import Role

log = logging.getLogger("hemicycle.api")

BODY_LIMIT: Final = 1_048_576
"""The largest request body, in bytes."""

EVERY_ROLE: Final = frozenset(Role)
OPERATOR: Final = frozenset({Role.OPERATOR})
SCRUTINEER: Final = frozenset({Role.SCRUTINEER})
STAFF: Final = frozenset({Role.OPERATOR, Role.CHAIR, Role.SCRUTINEER})


@dataclass(frozen=True, slots=True)
class Call:
    """A request that passed the checks. `bearer` is None only where no token is asked for."""

    context: Context
    request: Request
    bearer: Bearer | None
    raw: bytes
    body: Any

    @property
    def actor(self) -> str:
        """Who acts, as the journal writes it."""
        if self.bearer is None:
            return "nobody"
        return f"{self.bearer.role.value}:{self.bearer.user or self.bearer.seat or ''}"

    def key(self) -> CommandKey | None:
        """The Idempotency-Key, with what it was sent for."""
        key = self.request.headers.get("idempotency-key")
        if not key:
            return None
        asked = f"{self.request.method} {self.request.url.path}\n".encode() + self.raw
        return CommandKey(key[:200], self.actor, hashlib.sha256(asked).hexdigest())


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An operation. `roles` None asks for no token, nor does `public_display` where displays are
    public. `status` is that of success."""

    method: str
    path: str
    summary: str
    roles: frozenset[Role] | None
    act: Callable[[Call], Awaitable[Response]]
    takes: type[BaseModel] | None = None
    gives: Any = None
    status: int = 200
    public_display: bool = False
    commands: bool = False
    """Whether it takes an Idempotency-Key."""

    def route(self, context: Context) -> Route:
        """The Starlette route of this operation."""

        async def serve(request: Request) -> Response:
            return await self._serve(context, request)

        return Route(self.path, serve, methods=[self.method], name=f"{self.method} {self.path}")

    async def _serve(self, context: Context, request: Request) -> Response:
        try:
            bearer = await self._admit(context, request)
            if isinstance(bearer, Response):
                return bearer
            raw = await _body(request)
            if isinstance(raw, Response):
                return raw
            body: BaseModel | None = None
            if self.takes is not None:
                try:
                    body = self.takes.model_validate_json(raw or b"{}")
                except ValidationError as invalid:
                    return invalid_body(invalid)
            return await self.act(Call(context, request, bearer, raw, body))
        except JournalWentBack as damage:
            log.error("%s %s: %s", self.method, self.path, damage)
            return journal_went_back(str(damage))
        except StoreUnavailable as outage:
            log.warning("%s %s: %s", self.method, self.path, outage)
            context.tending.trouble()
            return unavailable()

    async def _admit(self, context: Context, request: Request) -> Bearer | Response | None:
        if self.roles is None:
            return None
        header = request.headers.get("authorization", "")
        scheme, _, token = header.partition(" ")
        if not header and self.public_display:
            assembly = assembly_of(context.desk.ledger.state)
            if assembly.settings.display_public:
                return Bearer(Role.DISPLAY)
        if scheme.lower() != "bearer" or not token:
            return unauthorised("Send `Authorization: Bearer TOKEN`.")
        bearer = await who(context.desk, context.credentials, token.strip())
        if bearer is None:
            return unauthorised("The token is unknown, expired or revoked.")
        return bearer if bearer.role in self.roles else forbidden(bearer.role.value)


def json_response(model: BaseModel, status: int = 200) -> Response:
    """A model as JSON."""
    return Response(model.model_dump_json(), status, media_type="application/json")


async def _body(request: Request) -> bytes | Response:
    too_large = problem(
        413, "too_large", "The body is too large", f"Send at most {BODY_LIMIT} bytes."
    )
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > BODY_LIMIT:
        return too_large
    chunks: list[bytes] = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > BODY_LIMIT:
                return too_large
            chunks.append(chunk)
    except ClientDisconnect:
        return problem(400, "disconnected", "The body did not arrive", "Send it again.")
    return b"".join(chunks)
