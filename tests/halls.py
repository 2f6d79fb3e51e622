"""A real hall server in a process of its own, and clients written from the contract alone."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import ssl
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PASSWORD = "a password for tests"
TITLE = {"en": "Motion", "fr": "Motion", "es": "Moción", "ar": "اقتراح"}


class HallProcess:
    """`hemicycle serve` on a port of its own; it can be killed and started again on its data."""

    def __init__(
        self,
        data: Path,
        *options: str,
        environment: dict[str, str] | None = None,
        program: str = "server.cli.main",
    ) -> None:
        self.data = data
        self._program = program
        self.options = options
        self.environment = environment or {}
        self.tls: ssl.SSLContext | None = None
        """What its clients trust, if it speaks TLS."""
        self._process: subprocess.Popen[str] | None = None
        self.port = 0
        self.output: list[str] = []

    @property
    def url(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}"

    @property
    def ws(self) -> str:
        return f"ws{'s' if self.tls else ''}://127.0.0.1:{self.port}/ws/v1"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> Self:
        """Start, and wait for `ready`."""
        log = (self.data.parent / f"{self.data.name}.log").open("a")
        with log:
            self._process = subprocess.Popen(
                [
                    sys.executable, "-m", self._program, "serve",
                    "--port", str(self.port), "--data", str(self.data), *self.options,
                ],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "HEMICYCLE_OPERATOR_PASSWORD": PASSWORD, **self.environment},
            )  # fmt: skip
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.output.append(line.rstrip())
            if line.startswith(("ready http://", "ready https://")):
                self.port = int(line.rsplit(":", 1)[1])
                return self
        self.kill()
        raise AssertionError(f"the server did not start: {self.log()[-2000:]}")

    def log(self) -> str:
        return (self.data.parent / f"{self.data.name}.log").read_text()

    def redis_pid(self) -> int:
        record = json.loads((self.data / "redis" / "redis.json").read_text())
        pid = record["pid"]
        assert isinstance(pid, int)
        return pid

    def kill(self) -> None:
        """kill -9 of the server; its Redis lives on."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def died(self, seconds: float = 20) -> None:
        """Wait until the server is dead, which somebody else sees to."""
        assert self._process is not None
        self._process.wait(seconds)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def kill_redis(self) -> None:
        """kill -9 of the server's Redis."""
        os.kill(self.redis_pid(), signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM, and the exit status."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.terminate()
        status = self._process.wait(timeout=20)
        if self._process.stdout is not None:
            self._process.stdout.close()
        return status


class Operator:
    """The operator, over HTTP."""

    def __init__(self, hall: HallProcess) -> None:
        self._hall = hall
        self.http = httpx.Client(
            base_url=f"{hall.url}/api/v1", timeout=20, trust_env=False, verify=hall.tls or True
        )
        self.token = ""
        self.sign_in()

    def sign_in(self) -> None:
        answer = self.http.post("/login", json={"user": "operator", "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def close(self) -> None:
        self.http.close()

    def tokens(self, members: Sequence[str] | str = "all") -> dict[str, str]:
        asked = members if isinstance(members, str) else list(members)
        answer = self.http.post("/seats/tokens", json={"members": asked})
        assert answer.status_code == 200, answer.text
        return {row["member"]: row["token"] for row in answer.json()}

    def prepare(self, **fields: Any) -> dict[str, Any]:
        body = {"title": TITLE, "decision": "ordinary", "disclosure": "counts", **fields}
        answer = self.http.post("/ballots", json=body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def command(self, ballot: str, command: str, **body: Any) -> dict[str, Any]:
        answer = self.try_command(ballot, command, **body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def try_command(
        self, ballot: str, command: str, key: str | None = None, **body: Any
    ) -> httpx.Response:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        return self.http.post(f"/ballots/{ballot}/{command}", json=body, headers=headers)

    def open(self, **fields: Any) -> str:
        ballot = self.prepare(**fields)["id"]
        self.command(ballot, "open")
        return str(ballot)

    def ballot(self, ballot: str) -> dict[str, Any]:
        return dict(self.http.get(f"/ballots/{ballot}").json())

    def clear_the_floor(self) -> None:
        """Cancel what is before the assembly."""
        for row in self.http.get("/ballots").json()["ballots"]:
            if row["phase"] in ("announced", "open", "suspended", "in_doubt"):
                self.command(row["id"], "cancel", reason="the floor is cleared")

    def record(self, ballot: str) -> dict[str, Any]:
        answer = self.http.get(f"/ballots/{ballot}/record")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@dataclass
class Client:
    """A WebSocket client that keeps everything it was told."""

    socket: ClientConnection
    frames: list[dict[str, Any]] = field(default_factory=list)
    close_code: int | None = None

    @classmethod
    async def open(
        cls, url: str, token: str, tls: ssl.SSLContext | None = None, /, **hello: Any
    ) -> Self:
        # What nobody reads must not hold up the closing handshake behind it.
        socket = await connect(url, max_size=None, max_queue=None, proxy=None, ssl=tls)
        client = cls(socket)
        try:
            await client.send({"type": "hello", "protocol": 1, "token": token, **hello})
        except ConnectionClosed:
            await client.close()
            raise
        return client

    async def send(self, frame: dict[str, Any]) -> None:
        await self.socket.send(json.dumps(frame))

    async def next(self, seconds: float = 10) -> dict[str, Any]:
        """The next frame that is no beat."""
        while True:
            try:
                # Not `wait_for`, which on Python 3.11 may swallow a cancellation.
                async with asyncio.timeout(seconds):
                    text = await self.socket.recv()
            except ConnectionClosed as closed:
                self.close_code = closed.rcvd.code if closed.rcvd is not None else 1006
                raise
            frame: dict[str, Any] = json.loads(text)
            if frame["type"] != "beat":
                self.frames.append(frame)
                return frame

    async def until(
        self, wanted: Callable[[dict[str, Any]], bool], seconds: float = 15
    ) -> dict[str, Any]:
        """The first frame for which `wanted` is true."""
        deadline = time.monotonic() + seconds
        while True:
            frame = await self.next(max(0.01, deadline - time.monotonic()))
            if wanted(frame):
                return frame

    async def view(
        self, wanted: Callable[[dict[str, Any]], bool] = lambda _: True, seconds: float = 15
    ) -> dict[str, Any]:
        """The first view for which `wanted` is true."""
        frame = await self.until(
            lambda frame: frame["type"] == "view" and wanted(frame["view"]), seconds
        )
        return dict(frame["view"])

    async def press(self, ballot: str, choice: Any, press_id: str | None = None) -> dict[str, Any]:
        """Press, and the receipt or refusal for this press."""
        press_id = press_id or str(uuid.uuid4())
        await self.send({"type": "press", "press_id": press_id, "ballot": ballot, "choice": choice})
        return await self.until(lambda frame: frame.get("press_id") == press_id)

    async def closed(self, seconds: float = 10) -> int:
        """Read on until the connection ends; the close code."""
        try:
            while True:
                await self.next(seconds)
        except ConnectionClosed:
            assert self.close_code is not None
            return self.close_code

    async def close(self) -> None:
        await self.socket.close()


@asynccontextmanager
async def connected(
    hall: HallProcess, tokens: Mapping[str, str]
) -> AsyncIterator[dict[str, Client]]:
    """A seat for each Member's token, connected; they leave at the end."""
    seats: dict[str, Client] = {}
    try:
        for member, token in tokens.items():
            seats[member] = await Client.open(f"{hall.ws}/kiosk", token)
        yield seats
    finally:
        await asyncio.gather(*(seat.close() for seat in seats.values()))
