"""Proofs that somebody knows a secret exponent: of credentials, keys and signatures.

Rule: the challenge covers what is said, and every use of a proof says something of its own kind
first, so that a proof made for one purpose never serves another.

Source: Belenios specification 2.0, sections 4.5 (pok), 4.6.1 (sigmsg) and 4.14 (sig), which are
one scheme: C.-P. Schnorr, Efficient signature generation by smart cards, J. Cryptology 4 (1991).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gmpy2 import mpz

from server.secrecy.group import (
    G,
    P,
    Q,
    Random,
    generator,
    hash_to_scalar,
    power,
    random_scalar,
    secret_power,
)
from server.secrecy.notation import fields, scalar


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and the response to it (section 4.3)."""

    challenge: mpz
    response: mpz

    def as_json(self) -> dict[str, str]:
        """The proof as a message carries it."""
        return {"challenge": str(self.challenge), "response": str(self.response)}


def read_proof(value: Any, where: str) -> Proof:
    """A proof from its JSON value; raises `Malformed`."""
    found = fields(value, ("challenge", "response"), where)
    return Proof(
        scalar(found["challenge"], f"{where}.challenge"),
        scalar(found["response"], f"{where}.response"),
    )


def prove_knowledge(secret: mpz, said: str, random: Random) -> Proof:
    """A proof that whoever says `said` knows `secret`, the logarithm of their public key."""
    nonce = random_scalar(random)
    challenge = hash_to_scalar(f"{said}|{secret_power(G, nonce)}")
    return Proof(challenge, (nonce - secret * challenge) % Q)


def knowledge_holds(public: mpz, said: str, proof: Proof) -> bool:
    """Whether who knows the logarithm of `public`, an element of the group, said this."""
    commitment = generator() ** proof.response * power(public, proof.challenge) % P
    return hash_to_scalar(f"{said}|{commitment}") == proof.challenge
