"""The demonstration's hall, spoken to by HTTP as by any operator."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from typing import Any


class DemoFailed(Exception):
    """The demonstration cannot go on; the message says why."""


class HallRefused(DemoFailed):
    """The hall refused a call. `code` is the stable code of the refusal."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        try:
            told = json.loads(problem)
        except ValueError:
            told = None
        self.code = str(told.get("code", "")) if isinstance(told, dict) else ""


class DemoHall:
    """The hall's HTTP interface, as the operator."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._token: str | None = None

    def sign_in(self, password: str) -> None:
        """Sign in as the first operator."""
        answer = self.post("/login", {"user": "operator", "password": password})
        self._token = answer["token"]

    def get(self, path: str, token: str | None = None) -> Any:
        """What is at a path. May raise HallRefused."""
        return self._ask(path, None, token)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """What a call answers. May raise HallRefused."""
        return self._ask(path, json.dumps(body).encode(), None)

    def _ask(self, path: str, body: bytes | None, token: str | None) -> Any:
        request = urllib.request.Request(f"{self.url}/api/v1{path}", body)  # noqa: S310  # our own http address
        request.add_header("Content-Type", "application/json")
        request.add_header("Idempotency-Key", str(uuid.uuid4()))
        if token or self._token:
            request.add_header("Authorization", f"Bearer {token or self._token}")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=30) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            raise HallRefused(path, refused.read().decode()) from refused
