"""The ASGI application of one hall server.

Rule: HTTP goes through Starlette's layers, a socket goes to its own function at once: thousands of
seats may come in together, and the layers would take a tenth of what that costs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from server.api import (
    assembly_routes,
    ballot_routes,
    health_routes,
    people_routes,
    photo_routes,
    record_routes,
    secrecy_routes,
    secret_routes,
)
from server.api.asyncapi import asyncapi_document
from server.api.context import Context
from server.api.endpoint import Endpoint
from server.api.entrance import Entrance
from server.api.openapi import openapi_document
from server.api.problems import problem
from server.api.sockets import Serve, sockets
from server.api.static import screen_routes

ENDPOINTS: tuple[Endpoint, ...] = (
    *people_routes.ENDPOINTS,
    *assembly_routes.ENDPOINTS,
    # Before the ballots: their last route takes any name for a command.
    *secret_routes.ENDPOINTS,
    *ballot_routes.ENDPOINTS,
    *record_routes.ENDPOINTS,
    *photo_routes.ENDPOINTS,
    *secrecy_routes.ENDPOINTS,
    *health_routes.ENDPOINTS,
)
"""Every HTTP operation: what is routed, and what `/openapi.json` says."""


class App:
    """Sockets by their paths, and everything else by Starlette."""

    def __init__(self, http: Starlette, sockets: Mapping[str, Serve]) -> None:
        self.http = http
        self.sockets = sockets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or connection."""
        path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        match scope["type"], self.sockets.get(path):
            case _, None:
                await self.http(scope, receive, send)
            case "websocket", serve:
                await serve(WebSocket(scope, receive, send))
            case _:
                await _upgrade_required(path)(scope, receive, send)


def create_app(context: Context, entrance: Entrance) -> App:
    """The application around one hall's parts, and the entrance to it."""
    routes: list[BaseRoute] = [endpoint.route(context) for endpoint in ENDPOINTS]
    version = context.version
    routes.append(_document("/openapi.json", lambda: openapi_document(ENDPOINTS, version)))
    routes.append(_document("/asyncapi.json", lambda: asyncapi_document(version)))
    routes.extend(screen_routes(context.screens))
    http = Starlette(
        routes=routes,
        exception_handlers={HTTPException: _http_error, Exception: _internal_error},
    )
    return App(http, sockets(context, entrance))


def _document(path: str, document: Callable[[], object]) -> Route:
    """A document that is made when it is first asked for: few ask, and every start would pay."""

    @cache
    def body() -> str:
        return json.dumps(document(), ensure_ascii=False)

    async def serve(_: Request) -> Response:
        return Response(body(), media_type="application/json")

    return Route(path, serve)


def _upgrade_required(path: str) -> Response:
    return problem(
        426,
        "upgrade_required",
        "A WebSocket is meant",
        f"{path} is a WebSocket: open it with ws:// or wss://. Behind a proxy, see that it passes "
        "the headers Upgrade and Connection on.",
        headers={"Upgrade": "websocket", "Connection": "Upgrade"},
    )


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # registered for this type only
    match error.status_code:
        case 404:
            return problem(
                404, "not_found", "Not found", f"There is nothing at {request.url.path}."
            )
        case 405:
            return problem(
                405,
                "method_not_allowed",
                "Method not allowed",
                f"{request.method} is not possible here.",
                headers=dict(error.headers or {}),
            )
        case status:
            return problem(status, "http_error", "HTTP error", error.detail)


async def _internal_error(_: Request, __: Exception) -> Response:
    # Starlette logs the exception with its trace, and raises it on to the server's log.
    return problem(
        500,
        "internal",
        "A fault in the server",
        "This is a bug. Nothing is known of the effect; look before you repeat.",
    )
