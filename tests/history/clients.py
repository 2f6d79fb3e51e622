"""Clients that come back whatever dies, and note all that they send and hear.

They are written from the contract alone: a press that was not answered is sent again under the
same press_id after the seat has reconnected, the last receipt goes into `hello`, a command that
was not answered is sent again under the same key. `where` is asked before each connection, so the
servers may be many and may change.
"""

from __future__ import annotations

import asyncio
import random
import uuid
from collections import deque
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

import httpx
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.halls import PASSWORD, TITLE, Client
from tests.history.told import History

PAUSE: Final = 0.05
"""Seconds between two attempts to connect."""

GONE: Final = (OSError, ConnectionClosed, InvalidHandshake, TimeoutError, EOFError)
"""How a connection to a killed server ends, or fails to begin."""

BEATLESS: Final = 4.0
"""Seconds without a frame, beats included, after which a seat comes anew."""

Where = Callable[[], str]
"""The address of a server: `http://…` for operators, `ws://…/ws/v1` for sockets."""


class Seat:
    """One Member's seat, which votes and votes again. `choices` is what it may press, `fickle` how
    likely it presses anew, instead of insisting, when nobody knows what became of a press."""

    def __init__(
        self,
        history: History,
        where: Where,
        member: str,
        token: str,
        chance: random.Random,
        *,
        choices: Sequence[Any] = ("yes", "no", "abstain"),
        pause: tuple[float, float] = (0.1, 0.2),
        device: str = "",
        beatless: float = BEATLESS,
        fickle: float = 0.3,
    ) -> None:
        self.member = member
        self.name = f"seat {member}{device}"
        self.connections = 0
        self.answers = 0
        self.closed_with: set[int | None] = set()
        self._history = history
        self._where = where
        self._token = token
        self._chance = chance
        self._choices = choices
        self._pause = pause
        self._beatless = beatless
        self._fickle = fickle
        self._seen: dict[str, Any] = {}
        self._last: dict[str, Any] | None = None
        self._unanswered: tuple[str, Any] | None = None
        self._earlier: deque[tuple[str, Any]] = deque(maxlen=8)
        self._answered = asyncio.Event()

    async def run(self, ballot: str, stopping: asyncio.Event) -> None:
        """Vote until told to stop, and until the last press is answered."""
        while not (stopping.is_set() and self._unanswered is None):
            try:
                client = await self.connect()
            except GONE:
                await asyncio.sleep(PAUSE)
                continue
            try:
                await self._vote(client, ballot, stopping)
            except GONE:
                self.closed_with.add(client.close_code)
                await asyncio.sleep(PAUSE)
            finally:
                await _closed(client)

    async def connect(self) -> Client:
        """A new connection; the last receipt is presented."""
        held = {} if self._last is None else {"receipt": self._last}
        client = await Client.open(f"{self._where()}/kiosk", self._token, **held)
        self.connections += 1
        return client

    async def _vote(self, client: Client, ballot: str, stopping: asyncio.Event) -> None:
        await self._until(
            client, lambda frame: _shows(frame, ballot), seconds=max(15, self._beatless)
        )
        while self._unanswered is not None or not stopping.is_set():
            if self._unanswered is None:
                self._unanswered = (str(uuid.uuid4()), self._draw(ballot))
            press_id, choice = self._unanswered
            await self.press(client, ballot, press_id, choice)
            if self._unanswered and not stopping.is_set() and self._chance.random() < self._fickle:
                self._history.given_up.add(press_id)
                self._unanswered = None
            await asyncio.sleep(self._chance.uniform(*self._pause))
            if self._earlier and self._chance.random() < 0.1:
                await self.repeat(client, ballot)

    async def press(
        self, client: Client, ballot: str, press_id: str, choice: Any
    ) -> dict[str, Any]:
        """Send a press and hear its answer; a definite one settles it."""
        await self._send(client, ballot, press_id, choice)
        answer = await self._until(
            client,
            lambda frame: frame.get("press_id") == press_id and frame["type"] != "received",
            seconds=max(15, self._beatless),
        )
        if answer["type"] == "receipt":
            if answer["current"]:
                self._last = held(answer)
            self._earlier.append((press_id, choice))
        if answer.get("reason") != "unavailable":
            self.answers += 1
            self._answered.set()
            if self._unanswered is not None and self._unanswered[0] == press_id:
                self._unanswered = None
        return answer

    def _draw(self, ballot: str) -> Any:
        """What is pressed next."""
        return self._chance.choice(self._choices)

    async def _send(self, client: Client, ballot: str, press_id: str, choice: Any) -> None:
        self._history.send(self.name, self.member, ballot, press_id, choice)
        await client.send(
            {"type": "press", "press_id": press_id, "ballot": ballot, "choice": choice}
        )

    def another_device(self, where: Where) -> Seat:
        """A device that comes with the same Member's token."""
        return Seat(
            self._history,
            where,
            self.member,
            self._token,
            self._chance,
            choices=self._choices,
            device=" (another device)",
        )

    async def vote_once(self, ballot: str) -> None:
        """Press once, and insist until there is a definite answer."""
        goal = self.answers + 1
        self._unanswered = (str(uuid.uuid4()), self._draw(ballot))
        stopping = asyncio.Event()
        stopping.set()
        await self.run(ballot, stopping)
        assert self.answers >= goal

    async def repeat(self, client: Client, ballot: str) -> None:
        """Replay an earlier press, as a proxy or a confused device would."""
        await self.press(client, ballot, *self._chance.choice(self._earlier))

    async def _until(
        self, client: Client, wanted: Callable[[dict[str, Any]], bool], seconds: float
    ) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            while True:
                frame = await client.next(self._beatless)
                self._history.hear(self.name, "seat", frame, self.member)
                client.frames.clear()
                if frame["type"] == "view":
                    self._seen = frame["view"]
                if wanted(frame):
                    return frame

    async def more(self, answers: int) -> None:
        """Wait until so many more presses have had a definite answer."""
        goal = self.answers + answers
        while self.answers < goal:
            self._answered.clear()
            await self._answered.wait()


@asynccontextmanager
async def voting(seats: Collection[Seat], ballot: str, seconds: float = 60) -> AsyncIterator[None]:
    """The seats vote meanwhile; at the end each has the answer to its last press."""
    stopping = asyncio.Event()
    tasks = [asyncio.create_task(seat.run(ballot, stopping)) for seat in seats]
    try:
        yield
        stopping.set()
        async with asyncio.timeout(seconds):
            await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def watching(
    history: History, where: Where, audience: str, token: str, name: str = ""
) -> AsyncIterator[None]:
    """A display or console that comes back after every cut, and notes every view.

    `audience` is `display` (with a token of the display's role), `chair` (any other token that may
    open a display) or `console`.
    """
    client_name = name or audience
    path = "console" if audience == "console" else "display"

    async def run() -> None:
        while True:
            try:
                client = await Client.open(f"{where()}/{path}", token)
            except GONE:
                await asyncio.sleep(PAUSE)
                continue
            try:
                while True:
                    history.hear(client_name, audience, await client.next(30))
                    client.frames.clear()
            except GONE:
                await asyncio.sleep(PAUSE)
            finally:
                await _closed(client)

    task = asyncio.create_task(run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class Operator:
    """An operator who notes every command, and asks again until there is a definite answer."""

    def __init__(self, history: History, where: Where, user: str = "operator") -> None:
        self.token = ""
        self._history = history
        self._where = where
        self._user = user
        self._http = httpx.AsyncClient(timeout=30, trust_env=False)

    async def __aenter__(self) -> Operator:
        await self.sign_in()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def sign_in(self, password: str = PASSWORD) -> None:
        """Get a token."""
        answer = await self._insist("POST", "login", {"user": self._user, "password": password})
        self.token = answer.json()["token"]
        self._http.headers["Authorization"] = f"Bearer {self.token}"

    async def get(self, path: str) -> httpx.Response:
        """Read something, however often it takes."""
        return await self._insist("GET", path)

    async def display(self) -> str:
        """A token for a hall display."""
        return str((await self._insist("POST", "displays/tokens", {})).json()["token"])

    async def tokens(self, members: Sequence[str] | str = "all") -> dict[str, str]:
        """New seats' tokens, by Member."""
        asked = members if isinstance(members, str) else list(members)
        answer = await self._insist("POST", "seats/tokens", {"members": asked})
        return {row["member"]: row["token"] for row in answer.json()}

    async def prepare(self, **fields: Any) -> str:
        """A prepared ballot's id."""
        body = {"title": TITLE, "decision": "ordinary", "disclosure": "counts", **fields}
        answer = await self._insist("POST", "ballots", body, key=str(uuid.uuid4()))
        assert answer.status_code == 201, answer.text
        ballot = str(answer.json()["id"])
        self._history.prepared.append(ballot)
        return ballot

    async def open(self, **fields: Any) -> str:
        """An open ballot's id."""
        ballot = await self.prepare(**fields)
        await self.command(ballot, "open")
        return ballot

    async def command(self, ballot: str, command: str, **body: Any) -> dict[str, Any]:
        """Carry a command out; insist under one key until it is done. A refusal is an error."""
        answer = await self.ask(ballot, command, **body)
        assert answer.status_code in (200, 202), answer.text
        return dict(answer.json())

    async def ask(
        self, ballot: str, command: str, key: str | None = None, **body: Any
    ) -> httpx.Response:
        """The first definite answer to a command, which may be a refusal."""
        key = key or str(uuid.uuid4())
        while True:
            answer = await self.ask_once(ballot, command, key, **body)
            if answer is not None and answer.status_code < 500:
                return answer
            await asyncio.sleep(0.1)

    async def ask_once(
        self, ballot: str, command: str, key: str, **body: Any
    ) -> httpx.Response | None:
        """Send a command once; None where the connection ended before an answer."""
        self._history.ask(key, ballot, command)
        answer: httpx.Response | None = None
        with suppress(httpx.TransportError):
            answer = await self._http.post(
                f"{self._where()}/api/v1/ballots/{ballot}/{command}",
                json=body,
                headers={"Idempotency-Key": key},
            )
        status = None if answer is None else answer.status_code
        self._history.answer(key, ballot, command, status)
        return answer

    async def phase(self, ballot: str) -> str:
        """The ballot's phase now."""
        return str((await self.get(f"ballots/{ballot}")).json()["phase"])

    async def archive(self, ballot: str) -> bytes:
        """The archive of a closed secret ballot."""
        answer = await self.get(f"ballots/{ballot}/archive")
        assert answer.status_code == 200, answer.text
        return answer.content

    async def record(self, ballot: str) -> bytes:
        """The signed record, as its bytes."""
        answer = await self.get(f"ballots/{ballot}/record")
        assert answer.status_code == 200, answer.text
        return answer.content

    async def clear_the_floor(self) -> None:
        """Cancel what is before the assembly."""
        for row in (await self.get("ballots")).json()["ballots"]:
            if row["phase"] in ("announced", "open", "suspended", "in_doubt"):
                await self.command(row["id"], "cancel", reason="the floor is cleared")

    async def known(self) -> list[str]:
        """The ids of all ballots."""
        return [row["id"] for row in (await self.get("ballots")).json()["ballots"]]

    async def _insist(
        self, method: str, path: str, body: object = None, key: str | None = None
    ) -> httpx.Response:
        headers = {} if key is None else {"Idempotency-Key": key}
        while True:
            with suppress(httpx.TransportError):
                answer = await self._http.request(
                    method, f"{self._where()}/api/v1/{path}", json=body, headers=headers
                )
                if answer.status_code < 500:
                    return answer
            await asyncio.sleep(0.1)


def held(receipt: Mapping[str, Any]) -> dict[str, Any]:
    """A receipt as a seat presents it in `hello`."""
    return {field: receipt[field] for field in ("ballot", "press_id", "n", "proof")}


async def _closed(client: Client) -> None:
    """Close a connection whose other end may be dead: without waiting for its farewell."""
    client.socket.transport.abort()
    with suppress(*GONE):
        await client.close()


def _shows(frame: dict[str, Any], ballot: str) -> bool:
    return frame["type"] == "view" and (frame["view"]["ballot"] or {}).get("id") == ballot
