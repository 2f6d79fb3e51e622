"""A request for a WebSocket, from uvicorn's HTTP side until it is accepted or refused.

Rule: `websockets` judges the request (RFC 6455, section 4.2), so that the fast stack and the stock
one take and refuse the same; the application may refuse what is well-formed, in its own words. A
request without anything unusual in it, which `websockets` would take (a test asks it), is not
shown to it: reading a request twice would be a seventh of what a seat costs that comes back.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, MutableMapping, Sequence
from http import HTTPStatus
from typing import Any, Final, Self
from urllib.parse import unquote

from uvicorn.config import Config
from uvicorn.protocols.utils import is_ssl
from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol

Message = MutableMapping[str, Any]
"""A message, or a scope, of ASGI."""


_HEAD: Final = re.compile(
    rb"GET ([!-~]+) HTTP/1\.1\r\n((?:[-!#$%&'*+.^_`|~0-9a-zA-Z]+:[\t -~]*\r\n){1,60})\r\n"
)
_KEY: Final = re.compile(rb"[A-Za-z0-9+/]{22}==")
_OPTIONS: Final = re.compile(rb"(?:[a-z-]+[ \t]*,[ \t]*)*upgrade(?:[ \t]*,[ \t]*[a-z-]+)*", re.I)
_UNUSUAL: Final = frozenset({b"transfer-encoding", b"content-length", b"sec-websocket-protocol"})

_LONGEST: Final = 4096
"""Bytes of a usual request."""

Fields = Sequence[tuple[bytes, bytes]]
"""Names, in small letters, and values."""


class Upgrade:
    """A well-formed request that waits for the application's word."""

    def __init__(self, path: str, headers: Fields, key: bytes) -> None:
        self._path = path
        self._headers = headers
        self.key = key
        """The client's Sec-WebSocket-Key."""
        self._refusal: Response | None = None

    @classmethod
    def read(cls, data: bytes) -> Self | bytes:
        """The request in `data`, which is whole, or what to answer where it is not a good one."""
        return cls.usual(data) or cls.judged(data)

    @classmethod
    def usual(cls, data: bytes) -> Self | None:
        """The request, if it has nothing in it that only `websockets` should judge."""
        head = _HEAD.fullmatch(data) if len(data) <= _LONGEST else None
        if head is None:
            return None
        lines = [line.partition(b":") for line in head[2][:-2].split(b"\r\n")]
        headers = [(name.lower(), value.strip(b" \t")) for name, _, value in lines]
        named = dict(headers)
        if len(named) < len(headers) or not _UNUSUAL.isdisjoint(named):
            return None
        key = named.get(b"sec-websocket-key", b"")
        if (
            named.get(b"upgrade", b"").lower() != b"websocket"
            or named.get(b"sec-websocket-version") != b"13"
            or not _KEY.fullmatch(key)
            or not _OPTIONS.fullmatch(named.get(b"connection", b""))
        ):
            return None
        return cls(head[1].decode("ascii"), headers, key)

    @classmethod
    def judged(cls, data: bytes) -> Self | bytes:
        """The request as `websockets` reads it, or its refusal."""
        judge = ServerProtocol()
        judge.receive_data(data)
        requests = [each for each in judge.events_received() if isinstance(each, Request)]
        if not requests:
            return b"".join(judge.data_to_send())
        request = requests[0]
        response = judge.accept(request)
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            return _written(judge, response)
        return cls(
            request.path,
            [
                (name.lower().encode("ascii"), value.encode("latin-1"))
                for name, value in request.headers.raw_items()
            ],
            request.headers["Sec-WebSocket-Key"].encode("ascii"),
        )

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
        path, _, query = self._path.partition("?")
        offered = [
            value.decode("latin-1")
            for name, value in self._headers
            if name == b"sec-websocket-protocol"
        ]
        return {
            "type": "websocket",
            "asgi": {"version": config.asgi_version, "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": "wss" if is_ssl(transport) else "ws",
            # Addresses, which a scope may lack, cost two calls to the system each; nobody asks.
            "server": None,
            "client": None,
            "root_path": root,
            "path": root + unquote(path),
            "raw_path": (root + path).encode("ascii"),
            "query_string": query.encode("ascii"),
            "headers": list(self._headers),
            "subprotocols": [one.strip() for each in offered for one in each.split(",")],
            "state": app_state.copy(),
            "extensions": {"websocket.http.response": {}, **extensions},
        }

    def rejection(self, status: HTTPStatus) -> bytes:
        """A refusal without a body."""
        judge = ServerProtocol()
        return _written(judge, judge.reject(status, ""))

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
                return _written(ServerProtocol(), self._refusal)
            case kind:
                raise RuntimeError(f"{kind} is not possible before the handshake")


def _written(judge: ServerProtocol, response: Response) -> bytes:
    judge.send_response(response)
    return b"".join(judge.data_to_send())


def as_text(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    """Headers of ASGI as texts."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
