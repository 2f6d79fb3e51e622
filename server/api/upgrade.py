"""A request for a WebSocket, from uvicorn's HTTP side until it is accepted or refused.

Rule: `websockets` judges the request (RFC 6455, section 4.2), so that the fast stack and the stock
one take and refuse the same; the application may refuse what is well-formed, in its own words.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, MutableMapping
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import unquote

from uvicorn.config import Config
from uvicorn.protocols.utils import get_local_addr, get_remote_addr, is_ssl
from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol

Message = MutableMapping[str, Any]
"""A message, or a scope, of ASGI."""


class Upgrade:
    """A well-formed request that waits for the application's word."""

    def __init__(self, judge: ServerProtocol, request: Request) -> None:
        self._judge = judge
        self._request = request
        self._refusal: Response | None = None

    @classmethod
    def read(cls, data: bytes) -> Self | bytes:
        """The request in `data`, which is whole, or what to answer where it is not a good one."""
        judge = ServerProtocol()
        judge.receive_data(data)
        requests = [each for each in judge.events_received() if isinstance(each, Request)]
        if not requests:
            return b""
        response = judge.accept(requests[0])
        upgrade = cls(judge, requests[0])
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            return upgrade._written(response)
        return upgrade

    @property
    def key(self) -> bytes:
        """The client's Sec-WebSocket-Key."""
        return self._request.headers["Sec-WebSocket-Key"].encode("ascii")

    @property
    def is_being_refused(self) -> bool:
        """Whether the application has begun a response of its own."""
        return self._refusal is not None

    def scope(
        self,
        config: Config,
        transport: asyncio.Transport,
        app_state: dict[str, Any],
        extensions: dict[str, object],
    ) -> Message:
        """What ASGI tells the application of the request."""
        root = config.root_path
        path, _, query = self._request.path.partition("?")
        offered = self._request.headers.get_all("Sec-WebSocket-Protocol")
        return {
            "type": "websocket",
            "asgi": {"version": config.asgi_version, "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": "wss" if is_ssl(transport) else "ws",
            "server": get_local_addr(transport),
            "client": get_remote_addr(transport),
            "root_path": root,
            "path": root + unquote(path),
            "raw_path": (root + path).encode("ascii"),
            "query_string": query.encode("ascii"),
            "headers": [
                (name.lower().encode("ascii"), value.encode("latin-1"))
                for name, value in self._request.headers.raw_items()
            ],
            "subprotocols": [one.strip() for each in offered for one in each.split(",")],
            "state": app_state.copy(),
            "extensions": {"websocket.http.response": {}, **extensions},
        }

    def rejection(self, status: HTTPStatus) -> bytes:
        """A refusal without a body."""
        return self._written(self._judge.reject(status, ""))

    def refused(self, message: Message) -> bytes | None:
        """The application refuses, in one message or several: the answer once it is whole.

        Raises RuntimeError for a message that ASGI does not allow before `websocket.accept`.
        """
        match message["type"]:
            case "websocket.close" if self._refusal is None:
                return self.rejection(HTTPStatus.FORBIDDEN)
            case "websocket.http.response.start" if self._refusal is None:
                status = HTTPStatus(message["status"])
                headers = Headers(as_text(message.get("headers", ())))
                headers.setdefault("Connection", "close")
                self._refusal = Response(status, status.phrase, headers, b"")
                return None
            case "websocket.http.response.body" if self._refusal is not None:
                self._refusal.body = bytes(self._refusal.body or b"") + message.get("body", b"")
                if message.get("more_body", False):
                    return None
                self._refusal.headers.setdefault("Content-Length", str(len(self._refusal.body)))
                return self._written(self._refusal)
            case kind:
                raise RuntimeError(f"{kind} is not possible before the handshake")

    def _written(self, response: Response) -> bytes:
        self._judge.send_response(response)
        return b"".join(self._judge.data_to_send())


def as_text(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    """Headers of ASGI as texts."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
