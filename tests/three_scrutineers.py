"""Three scrutineers of a hall, written from the contract alone."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from gmpy2 import mpz

from server.secrecy.ceremony import combine, deal, decryption_key
from server.secrecy.decryption import partial_decryption
from server.secrecy.strict import SoundArchive, verify_archive
from server.secrecy.trustee import Place, TrusteeKeys, certificate, keys_of, new_seed, sign_list
from tests.halls import PASSWORD, HallProcess, Operator

SCRUTINEERS = ("ana", "bo", "cy")


@dataclass
class Scrutineer:
    """A scrutineer, written from the contract: all that it holds is its seed."""

    index: int
    http: httpx.Client
    keys: TrusteeKeys = field(default_factory=lambda: keys_of(new_seed(secrets.randbelow)))

    def board(self) -> dict[str, Any]:
        ceremony = self.http.get("/secrecy").json()["ceremony"]
        assert isinstance(ceremony, dict)
        return ceremony

    def texts(self, step: str) -> list[str]:
        board = self.board()
        return [board["messages"][step][name] for name in board["scrutineers"]]

    def give(self, step: str, text: str) -> httpx.Response:
        body = {"ceremony": self.board()["number"], "step": step, "text": text}
        return self.http.post("/secrecy/ceremony/messages", json=body)

    def message(self, step: str) -> str:
        if step == "certificate":
            return certificate(self.keys, Place(self.index, 3, 2), secrets.randbelow)
        certificates = self.texts("certificate")
        if step == "polynomial":
            return deal(self.keys, certificates, self.index, secrets.randbelow)
        dealings = self.texts("polynomial")
        return combine(self.keys, certificates, dealings, self.index, secrets.randbelow)

    def sign(self, ballot: str) -> httpx.Response:
        told = self.http.get(f"/ballots/{ballot}/secret").json()
        signature = sign_list(
            self.keys, told["fingerprint"], told["credentials"], secrets.randbelow
        )
        return self.http.post(f"/ballots/{ballot}/accreditation", json={"signature": signature})

    def key(self) -> mpz:
        """The share of the election key."""
        return decryption_key(
            self.keys, self.texts("certificate"), self.texts("polynomial"), self.index
        )

    def share(self, ballot: str) -> str:
        """The partial decryption, after the archive was checked."""
        sound = verify_archive(self.http.get(f"/ballots/{ballot}/archive").content)
        assert isinstance(sound, SoundArchive)
        return partial_decryption(sound.election, sound.tally, self.key(), secrets.randbelow)

    def open(self, ballot: str) -> httpx.Response:
        return self.http.post(f"/ballots/{ballot}/decryptions", json={"text": self.share(ballot)})


def registered(operator: Operator) -> None:
    """The three may sign in."""
    for name in SCRUTINEERS:
        person = {"user": name, "password": PASSWORD, "role": "scrutineer"}
        assert operator.http.post("/users", json=person).status_code == 201


@contextmanager
def three(hall: HallProcess) -> Iterator[tuple[Scrutineer, ...]]:
    """Three scrutineers who have made the key."""
    found: list[Scrutineer] = []
    with closing(Operator(hall)) as operator:
        registered(operator)
        for index, name in enumerate(SCRUTINEERS, start=1):
            http = httpx.Client(base_url=f"{hall.url}/api/v1", timeout=20, trust_env=False)
            token = http.post("/login", json={"user": name, "password": PASSWORD}).json()["token"]
            http.headers["Authorization"] = f"Bearer {token}"
            found.append(Scrutineer(index, http))
        begun = operator.http.post("/secrecy/ceremony", json={"scrutineers": list(SCRUTINEERS)})
        assert begun.status_code == 201, begun.text
    for step in ("certificate", "polynomial", "voutput"):
        for each in found:
            answer = each.give(step, each.message(step))
            assert answer.status_code == 200, answer.text
    assert found[0].board()["public_key"]
    yield tuple(found)
    for each in found:
        each.http.close()


@pytest.fixture(scope="module")
def scrutineers(hall: HallProcess) -> Iterator[tuple[Scrutineer, ...]]:
    """Of the module's hall."""
    with three(hall) as made:
        yield made


def opened_for(operator: Operator, scrutineers: tuple[Scrutineer, ...], ballot: str) -> None:
    """Announces and opens a ballot: it waits for two signatures, and is given them."""
    operator.command(ballot, "announce")
    refused = operator.try_command(ballot, "open")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_signed")
    for each in scrutineers[:2]:
        assert each.sign(ballot).status_code == 200
    operator.command(ballot, "open")
