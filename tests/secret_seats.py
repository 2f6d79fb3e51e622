"""Seats that seal their votes, written from the contract alone."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from server.secrecy.credential import Credential, accreditation_proof, new_credential
from server.secrecy.election import read_election
from server.secrecy.sealing import marks_of, seal
from tests.halls import Client, HallProcess, Operator

MEMBERS = ("AF", "AL", "DZ", "AD", "AO")


class Seat:
    """A seat that seals."""

    def __init__(self, client: Client, member: str) -> None:
        self.client = client
        self.member = member
        self.credential: Credential = new_credential(secrets.randbelow)

    async def register(self, hall: str) -> None:
        proof = accreditation_proof(self.credential, hall, self.member, secrets.randbelow)
        frame = {"type": "accredit", "public": self.credential.public, "proof": proof}
        await self.client.send(frame)
        await self.client.view(lambda view: view["credential"] is not None)

    async def election(self, ballot: str) -> str:
        view = await self.client.view(
            lambda view: (
                view["ballot"] is not None
                and view["ballot"]["id"] == ballot
                and view["ballot"]["phase"] == "open"
            )
        )
        return str(view["ballot"]["secret"]["election"])

    def sealed(self, election: str, chosen: list[int]) -> str:
        held = read_election(election)
        marks = marks_of(held.question, chosen)
        return seal(held, self.credential, marks, secrets.randbelow).text

    async def send(self, ballot: str, text: str, press_id: str | None = None) -> dict[str, Any]:
        """The first answer: `received` or a refusal."""
        press_id = press_id or str(uuid.uuid4())
        await self.client.send(
            {"type": "press", "press_id": press_id, "ballot": ballot, "sealed": {"ballot": text}}
        )
        return await self.client.until(lambda frame: frame.get("press_id") == press_id)

    async def vote(self, ballot: str, text: str, press_id: str | None = None) -> dict[str, Any]:
        """The final answer."""
        answer = await self.send(ballot, text, press_id)
        if answer["type"] != "received":
            return answer
        wanted = answer["press_id"]
        return await self.client.until(lambda frame: frame.get("press_id") == wanted)


@asynccontextmanager
async def seated(hall: HallProcess, operator: Operator) -> AsyncIterator[dict[str, Seat]]:
    """The seats of some Members, registered."""
    name = operator.http.get("/secrecy").json()["hall"]
    tokens = operator.tokens(MEMBERS)
    async with AsyncExitStack() as stack:
        seats: dict[str, Seat] = {}
        for member in MEMBERS:
            client = await Client.open(f"{hall.ws}/kiosk", tokens[member])
            stack.push_async_callback(client.close)
            seats[member] = Seat(client, member)
            await seats[member].register(name)
        yield seats
