"""A room with scrutineers and accredited seats, and what they do in a secret ballot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from server.ballots.secret import Secret
from server.hall.accrediting import Registration, register_credentials, sign_list
from server.hall.ceremony import CEREMONY_BEGUN, CEREMONY_FINISHED
from server.hall.desk import Done, Refusal
from server.hall.opening import give_share
from server.hall.press import NotTaken, PressDesk, Reply, Taken
from server.hall.proving import Received, SealedDesk
from server.ports import BoxPress, Landed
from server.record.sealed import tally_in
from server.secrecy.ceremony import read_trustees
from server.secrecy.credential import Credential, accreditation_proof, new_credential
from server.secrecy.decryption import partial_decryption
from server.secrecy.election import SecretElection, read_election
from server.secrecy.sealing import marks_of, seal
from server.secrecy.trustee import sign_list as signed_by
from server.vocabulary import Command, Disclosure, Mode
from tests.hall_cases.room import Room
from tests.secrecy.ceremonies import ceremony
from tests.secrecy.elections import rng

SCRUTINEERS = ("ana", "bo", "cy")
SECRET = {"mode": Mode.SECRET, "disclosure": Disclosure.TURNOUT}


class SecretRoom:
    """Scrutineers, seats and the desks of one server in a room."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.random = rng(17)
        self.credentials: dict[str, Credential] = {}
        self.told: dict[str, list[Received | Reply]] = {}
        self.landed: list[Landed] = []
        self.desks()

    def desks(self) -> None:
        """The desks of the server that is in the room now."""
        desk = self.room.desk
        self.presses = PressDesk(
            desk.box, desk.ledger, desk.witness, self.landed.append, lambda: None
        )
        self.sealed = SealedDesk(desk, self.presses)

    async def restart(self) -> None:
        """Another server takes over: nothing that was in memory is left."""
        await self.room.restart()
        self.told = {}
        self.desks()

    async def ready(self, members: Collection[str] | None = None) -> SecretRoom:
        """The key is made, and the seats of these Members (by default all) are accredited."""
        desk, held = self.room.desk, ceremony()
        begun: dict[str, object] = {"scrutineers": list(SCRUTINEERS), "reason": None}
        trustees = read_trustees(held.text)
        made: dict[str, object] = {
            "trustees": held.text,
            "public_key": trustees.public_key,
            "signature_keys": [str(each) for each in trustees.signing_keys],
        }
        await desk.journal(desk.event(CEREMONY_BEGUN, None, "operator:op", begun))
        made["ceremony"] = desk.ledger.state.head.seq
        await desk.journal(desk.event(CEREMONY_FINISHED, None, "server:ceremony", made))
        await self.accredit(self.room.members if members is None else members)
        await self.room.box.lease_presence(self.room.members, 3_600_000)
        return self

    async def accredit(self, members: Collection[str]) -> None:
        """The seats of these Members make a credential and register it."""
        hall = self.room.desk.ledger.state.hall
        asked = []
        for member in members:
            made = new_credential(self.random)
            self.credentials[member] = made
            proof = accreditation_proof(made, hall, member, self.random)
            asked.append(Registration(member, f"s-{member}", made.public, proof))
        assert set(await register_credentials(self.room.desk, asked)) <= {None}

    async def announced(self, **fields: Any) -> str:
        """An announced secret ballot."""
        ballot = await self.room.prepare(**{**SECRET, **fields})
        await self.room.command(ballot, Command.ANNOUNCE)
        return ballot

    async def open(self, **fields: Any) -> str:
        """An open secret ballot, its list signed by two."""
        ballot = await self.announced(**fields)
        for name in SCRUTINEERS[:2]:
            assert isinstance(await self.sign(ballot, name), Done)
        await self.room.command(ballot, Command.OPEN)
        return ballot

    async def sign(self, ballot: str, name: str) -> Done | Refusal:
        """A scrutineer signs who may vote."""
        secret = self.secret(ballot)
        keys = ceremony().keys[SCRUTINEERS.index(name)]
        fingerprint = self.election(ballot).fingerprint
        signature = signed_by(keys, fingerprint, secret.credentials, self.random)
        return await sign_list(self.room.desk, name, ballot, signature, None)

    async def share(self, ballot: str, name: str) -> Done | Refusal:
        """A scrutineer gives a share of the opening."""
        text = self.share_text(ballot, name)
        return await give_share(self.room.desk, name, ballot, text, None)

    def share_text(self, ballot: str, name: str) -> str:
        """The partial decryption of a scrutineer."""
        held = self.room.ballot(ballot)
        assert held.secret is not None
        texts = tuple(each.text for each in held.state.closure.sealed)  # type: ignore[union-attr]  # it is closed
        share = ceremony().share(SCRUTINEERS.index(name) + 1)
        tally = tally_in(held.secret.election, texts)
        return partial_decryption(self.election(ballot), tally, share, self.random)

    def secret(self, ballot: str) -> Secret:
        """What the ballot has besides."""
        secret = self.room.ballot(ballot).secret
        assert secret is not None
        return secret

    def election(self, ballot: str) -> SecretElection:
        """The ballot as an election."""
        return read_election(self.secret(ballot).election)

    def ballot_of(self, ballot: str, member: str, *chosen: int) -> str:
        """What the Member's seat seals."""
        election = self.election(ballot)
        marks = marks_of(election.question, chosen)
        return seal(election, self.credentials[member], marks, self.random).text

    def put(self, ballot: str, member: str, press_id: str, text: str) -> None:
        """A sealed press."""
        told = self.told.setdefault(press_id, [])
        press = BoxPress(member, 1_000, press_id, "", sealed=text)
        self.sealed.put(self.room.ballot(ballot), press, told.append, told.append)

    async def answers(self, press_id: str) -> list[Received | Reply]:
        """What a press was told, after everything is answered; asking forgets it."""
        await self.sealed.settled()
        return self.told.pop(press_id)

    async def vote(self, ballot: str, member: str, press_id: str, *chosen: int) -> Taken:
        """A vote that is receipted."""
        self.put(ballot, member, press_id, self.ballot_of(ballot, member, *chosen))
        received, taken = await self.answers(press_id)
        assert isinstance(received, Received), received
        assert isinstance(taken, Taken), taken
        return taken


def refusals(told: Sequence[Received | Reply]) -> list[str]:
    """The reasons among these answers."""
    return [each.reason.value for each in told if isinstance(each, NotTaken)]
