"""The operator of a bench: the hall's HTTP interface, as any operator uses it."""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any, Final

from server.cli.bench.children import PASSWORD
from server.cli.bench.failure import BenchFailed

PATIENCE: Final = 600
"""Seconds that one call may take: tokens for ten thousand seats are one call."""

TITLE: Final = dict.fromkeys(("en", "fr", "es", "ar"), "Bench")


class Operator:
    """Signed in at a hall."""

    def __init__(self, url: str, certificate: Path | None) -> None:
        self._url = f"{url}/api/v1"
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=certificate)),
        )
        self.token = ""
        told = self._ask("/login", {"user": "operator", "password": PASSWORD})
        self.token = told["token"]

    def seat_tokens(self) -> list[str]:
        """A token for every seat, in the order of the Members."""
        issued = self._ask("/seats/tokens", {"members": "all"})
        return [row["token"] for row in sorted(issued, key=lambda row: str(row["member"]))]

    def display_token(self) -> str:
        """A token for displays."""
        return str(self._ask("/displays/tokens", {})["token"])

    def open(self, disclosure: str) -> str:
        """Prepare and open a ballot; its id."""
        told = self._ask("/ballots", {"title": TITLE, "disclosure": disclosure})
        self.command(told["id"], "open")
        return str(told["id"])

    def command(self, ballot: str, command: str, **body: Any) -> None:
        """Give a command."""
        self._ask(f"/ballots/{ballot}/{command}", body)

    def count(self, ballot: str) -> dict[str, int]:
        """Close and declare a ballot; its votes by choice."""
        self.command(ballot, "close")
        self.command(ballot, "declare")
        told = self._ask(f"/ballots/{ballot}", None)
        return {choice: int(votes) for choice, votes in told["view"]["counts"].items()}

    def _ask(self, path: str, body: dict[str, Any] | None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data)  # noqa: S310  # our own address
        request.add_header("Content-Type", "application/json")
        request.add_header("Idempotency-Key", str(uuid.uuid4()))
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            raise BenchFailed(f"{path}: {refused.read().decode()}") from refused
        except OSError as problem:
            raise BenchFailed(f"{path}: the hall does not answer: {problem}") from problem
