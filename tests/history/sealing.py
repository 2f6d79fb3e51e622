"""Seats that seal their votes and scrutineers who open them, and come back whatever dies.

They insist as other clients do: a sealed ballot that was not answered for good is sent again, the
same text under the same press_id, whether or not it was `received`. Now and then a seat sends a
ballot that proves nothing, which has to change nothing.
"""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from gmpy2 import mpz

from server.secrecy.credential import (
    Credential,
    accreditation_proof,
    fingerprint_of,
    new_credential,
)
from server.secrecy.decryption import partial_decryption
from server.secrecy.election import read_election
from server.secrecy.sealing import marks_of, seal
from server.secrecy.strict import SoundArchive, verify_archive
from server.secrecy.trustee import TrusteeKeys
from server.secrecy.trustee import sign_list as signature_of_list
from tests.halls import Client, HallProcess
from tests.history.bel import tracker_of
from tests.history.clients import GONE, PAUSE, Operator, Seat, Where
from tests.history.told import History
from tests.secrecy.forging import unproved
from tests.three_scrutineers import SCRUTINEERS, three

CHOICES: Final = ("yes", "no", "abstain")

MOST_SPOILT: Final = 4
"""How many ballots without proof a seat sends: the hall has patience for ten."""

Draw = tuple[str | None, str]
"""What was sealed, None where it proves nothing; and the text of the ballot."""


class SealedSeat(Seat):
    """A seat that seals. `spoilt` is how often it sends a ballot whose proofs do not hold."""

    def __init__(
        self,
        history: History,
        where: Where,
        member: str,
        token: str,
        chance: random.Random,
        *,
        spoilt: float = 0.0,
        credential: Credential | None = None,
        pause: tuple[float, float] = (0.4, 0.8),
        device: str = "",
    ) -> None:
        super().__init__(
            history, where, member, token, chance, pause=pause, device=device, fickle=0
        )
        self.credential = credential or new_credential(secrets.randbelow)
        self.spoilt = spoilt
        self._left = MOST_SPOILT
        self._elections: dict[str, str] = {}

    def another_device(self, where: Where) -> SealedSeat:
        """It has the Member's credential from the delegation's card."""
        return SealedSeat(
            self._history,
            where,
            self.member,
            self._token,
            self._chance,
            credential=self.credential,
            device=" (another device)",
        )

    async def register(self, hall: str) -> None:
        """Have the credential accredited, and be present; insist until the hall shows it."""
        proof = accreditation_proof(self.credential, hall, self.member, secrets.randbelow)
        frame = {"type": "accredit", "public": self.credential.public, "proof": proof}
        while True:
            try:
                client = await self.connect()
                try:
                    await client.send(frame)
                    await self._until(client, self._accredited, seconds=10)
                finally:
                    await client.close()
            except GONE:
                await asyncio.sleep(PAUSE)
            else:
                return

    def _accredited(self, frame: Mapping[str, Any]) -> bool:
        if frame["type"] == "error":
            raise ConnectionResetError(frame["detail"])  # a store was away: it is sent again
        shown = fingerprint_of(self.credential.public)
        return bool(frame["type"] == "view" and frame["view"]["credential"] == shown)

    async def vote_once(self, ballot: str) -> None:
        """Press once, and insist until there is a definite answer."""
        while ballot not in self._elections:
            try:
                client = await self.connect()
                try:
                    await self._until(client, lambda _: self._knows(ballot), seconds=10)
                finally:
                    await client.close()
            except GONE:
                await asyncio.sleep(PAUSE)
        await super().vote_once(ballot)

    def _knows(self, ballot: str) -> bool:
        """Whether the last view told what the ballot asks."""
        shown = self._seen.get("ballot")
        if shown is not None and shown["id"] == ballot and shown["secret"] is not None:
            self._elections[ballot] = shown["secret"]["election"]
        return ballot in self._elections

    def _draw(self, ballot: str) -> Draw:
        assert self._knows(ballot), "a vote is sealed for an election"
        election = read_election(self._elections[ballot])
        at = self._chance.randrange(len(CHOICES))
        marks = marks_of(election.question, [at])
        text = seal(election, self.credential, marks, secrets.randbelow).text
        if self._left and self._chance.random() < self.spoilt:
            self._left -= 1
            return None, unproved(self.credential, text, secrets.randbelow)
        return CHOICES[at], text

    async def _send(self, client: Client, ballot: str, press_id: str, choice: Any) -> None:
        meant, text = choice
        self._history.send(self.name, self.member, ballot, press_id, meant, tracker_of(text))
        sealed = {"ballot": text}
        await client.send(
            {"type": "press", "press_id": press_id, "ballot": ballot, "sealed": sealed}
        )


@dataclass(frozen=True, slots=True)
class Keyring:
    """What a scrutineer holds: the seed's keys, and the share of the election key."""

    name: str
    keys: TrusteeKeys
    share: mpz


def keyrings(hall: HallProcess) -> tuple[Keyring, ...]:
    """Three scrutineers make the key of a hall, which is asked once, while it lives."""
    with three(hall) as made:
        return tuple(
            Keyring(name, each.keys, each.key())
            for name, each in zip(SCRUTINEERS, made, strict=True)
        )


class Scrutineers:
    """As many scrutineers as it takes; what they ask is noted, and insisted on."""

    def __init__(self, people: Sequence[tuple[Keyring, Operator]]) -> None:
        self._people = people

    async def sign(self, ballot: str) -> None:
        """Sign who may vote."""
        for ring, person in self._people:
            told = (await person.get(f"ballots/{ballot}/secret")).json()
            signature = signature_of_list(
                ring.keys, told["fingerprint"], told["credentials"], secrets.randbelow
            )
            await person.command(ballot, "accreditation", signature=signature)

    async def open(self, ballot: str) -> None:
        """Open the tally, after the archive was checked."""
        for at in range(len(self._people)):
            await self.decrypt(ballot, at)

    async def decrypt(self, ballot: str, at: int) -> None:
        """One gives the partial decryption."""
        ring, person = self._people[at]
        raw = await person.archive(ballot)
        sound = await asyncio.to_thread(verify_archive, raw)
        assert isinstance(sound, SoundArchive), sound
        text = partial_decryption(sound.election, sound.tally, ring.share, secrets.randbelow)
        await person.command(ballot, "decryptions", text=text)


@asynccontextmanager
async def scrutinising(
    history: History, where: Where, rings: Sequence[Keyring]
) -> AsyncIterator[Scrutineers]:
    """The first two scrutineers, signed in."""
    async with AsyncExitStack() as stack:
        people = [
            (ring, await stack.enter_async_context(Operator(history, where, user=ring.name)))
            for ring in rings[:2]
        ]
        yield Scrutineers(people)


async def announced(
    operator: Operator, scrutineers: Scrutineers, seats: Sequence[SealedSeat], **fields: Any
) -> str:
    """A secret ballot for these seats, which are registered first; signed, so that it can open."""
    hall = (await operator.get("secrecy")).json()["hall"]
    await asyncio.gather(*(seat.register(hall) for seat in seats))
    ballot = await operator.prepare(**{"mode": "secret", "disclosure": "turnout", **fields})
    await operator.command(ballot, "announce")
    await scrutineers.sign(ballot)
    return ballot


async def opened(
    operator: Operator, scrutineers: Scrutineers, seats: Sequence[SealedSeat], **fields: Any
) -> str:
    """The same, open."""
    ballot = await announced(operator, scrutineers, seats, **fields)
    await operator.command(ballot, "open")
    return ballot
