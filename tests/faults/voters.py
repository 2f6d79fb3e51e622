"""Seats that keep voting whatever dies, and remember all that they were told.

They are written from the contract alone: a press that was not answered is sent again under the
same press_id after the seat has reconnected, and the last receipt goes into `hello`.
"""

from __future__ import annotations

import asyncio
import io
import json
import random
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from server.cli.verify import verify
from tests.halls import Client, HallProcess, Operator

PAUSE = 0.05
"""Seconds between two attempts to connect."""

GONE = (OSError, ConnectionClosed, InvalidHandshake, TimeoutError, EOFError)
"""How a connection to a killed server ends, or fails to begin."""


class Watch:
    """Views as one client saw them, across all its connections: they never run backwards."""

    def __init__(self) -> None:
        self.place = ("", -1)
        self.ran_back: list[tuple[tuple[str, int], tuple[str, int]]] = []
        self.connections = 0
        self.view: dict[str, Any] | None = None

    def look(self, client: Client) -> None:
        for frame in client.frames:
            if frame["type"] == "view":
                place = (frame["epoch"], frame["seq"])
                if place < self.place:
                    self.ran_back.append((self.place, place))
                self.place = place
                self.view = frame["view"]
        client.frames.clear()


class Voter:
    """One Member's seat."""

    def __init__(self, hall: HallProcess, member: str, token: str, seed: int) -> None:
        self.member = member
        self.watch = Watch()
        self.receipts: dict[str, dict[str, Any]] = {}
        self.broken: list[str] = []
        self.refused: list[str] = []
        self._hall = hall
        self._token = token
        self._random = random.Random(seed)
        self._last: dict[str, Any] | None = None
        self._unanswered: dict[str, Any] | None = None
        self._answered = asyncio.Event()

    async def run(self, ballot: str, stopping: asyncio.Event) -> None:
        """Vote, and vote again, until told to stop and until the last press is answered."""
        while not (stopping.is_set() and self._unanswered is None):
            try:
                client = await self.connect()
            except GONE:
                await asyncio.sleep(PAUSE)
                continue
            try:
                await self._vote(client, ballot, stopping)
            except GONE:
                self.watch.look(client)
                await asyncio.sleep(PAUSE)
            finally:
                await client.close()

    async def connect(self) -> Client:
        held = {} if self._last is None else {"receipt": self._last}
        client = await Client.open(f"{self._hall.ws}/kiosk", self._token, **held)
        self.watch.connections += 1
        return client

    async def _vote(self, client: Client, ballot: str, stopping: asyncio.Event) -> None:
        await client.view(lambda view: (view["ballot"] or {}).get("id") == ballot)
        self.watch.look(client)
        while self._unanswered is not None or not stopping.is_set():
            if self._unanswered is None:
                choice = self._random.choice(["yes", "no", "abstain"])
                self._unanswered = {"press_id": str(uuid.uuid4()), "choice": choice}
            pressed = self._unanswered
            reply = await client.press(ballot, pressed["choice"], pressed["press_id"])
            self.watch.look(client)
            if reply["type"] == "receipt":
                self._keep(reply)
                self._unanswered = None
            elif reply["reason"] != "unavailable":
                self.refused.append(reply["reason"])
                self._unanswered = None
            await asyncio.sleep(self._random.uniform(0.1, 0.2))

    def _keep(self, receipt: dict[str, Any]) -> None:
        earlier = self.receipts.get(receipt["press_id"])
        if earlier is not None and (earlier["n"], earlier["code"]) != (
            receipt["n"],
            receipt["code"],
        ):
            self.broken.append(f"{earlier} became {receipt}")
        self.receipts[receipt["press_id"]] = receipt
        self._last = held(receipt)
        self._answered.set()

    async def more(self, answers: int) -> None:
        """Wait until so many more presses have been answered."""
        goal = len(self.receipts) + answers
        while len(self.receipts) < goal:
            self._answered.clear()
            await self._answered.wait()

    @property
    def last(self) -> dict[str, Any] | None:
        """The receipt with the highest number."""
        return max(self.receipts.values(), key=lambda each: int(each["n"]), default=None)


def held(receipt: dict[str, Any]) -> dict[str, Any]:
    """A receipt as a seat presents it in `hello`."""
    return {field: receipt[field] for field in ("ballot", "press_id", "n", "proof")}


@asynccontextmanager
async def voting(voters: list[Voter], ballot: str) -> AsyncIterator[None]:
    """The voters vote meanwhile; at the end everybody has the answer to the last press."""
    stopping = asyncio.Event()
    tasks = [asyncio.create_task(voter.run(ballot, stopping)) for voter in voters]
    try:
        yield
        stopping.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 40)
    finally:
        stopping.set()  # a cancellation that meets an answer is lost in it
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def watching(hall: HallProcess, operator: Operator) -> AsyncIterator[Watch]:
    """A display that comes back after every cut."""
    watch = Watch()

    async def run() -> None:
        while True:
            try:
                client = await Client.open(f"{hall.ws}/display", operator.token)
            except GONE:
                await asyncio.sleep(PAUSE)
                continue
            watch.connections += 1
            try:
                while True:
                    await client.next(30)
                    watch.look(client)
            except GONE:
                await asyncio.sleep(PAUSE)
            finally:
                await client.close()

    task = asyncio.create_task(run())
    try:
        yield watch
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def check_record(operator: Operator, ballot: str, voters: list[Voter], path: Path) -> None:
    """Every voter's highest receipt is what the declared record holds, and nothing else is."""
    operator.command(ballot, "declare")
    raw = operator.http.get(f"/ballots/{ballot}/record").content
    rows = {row["member"]: row for row in json.loads(raw)["roll"]}
    told = {row["member"]: (row["choice"], row["code"]) for row in rows.values() if row["choice"]}
    wanted = {
        voter.member: (voter.last["choice"], voter.last["code"])
        for voter in voters
        if voter.last is not None
    }
    assert told == wanted
    path.write_bytes(raw)
    out, err = io.StringIO(), io.StringIO()
    assert verify(str(path), None, None, out, err) == 0, err.getvalue()


def check_voters(voters: list[Voter]) -> None:
    """Nobody was told a thing and then another, or shown something older."""
    for voter in voters:
        assert voter.broken == []
        assert voter.watch.ran_back == [], voter.member
        assert voter.refused == [], voter.member
        assert voter.receipts, voter.member
