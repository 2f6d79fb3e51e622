"""A seat's credential: the key that signs its ballots, and how the seat becomes accredited.

Rule: the secret is made in the seat and stays there. What the seat registers is the public half
with a proof, bound to the hall and the Member, that it knows the other: nobody registers
another's credential as their own, and a proof that was overheard serves no other seat.

Source: Belenios specification 2.0, section 4.8. There a secret is derived from a printed code;
ours is drawn at random, and a ballot looks the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from gmpy2 import mpz

from server.secrecy.group import G, Q, Random, read_element, secret_power
from server.secrecy.notation import (
    Malformed,
    canonical,
    compact,
    element,
    items,
    short_hash_of,
)
from server.secrecy.schnorr import knowledge_holds, prove_knowledge, read_proof

_FINGERPRINT: Final = 12


@dataclass(frozen=True, slots=True)
class Credential:
    """`public` is the generator to the power of `secret`, in canonical decimals."""

    secret: mpz = field(repr=False)
    public: str


def credential_of(secret: int) -> Credential:
    """The credential with this secret, an exponent in [1, Q)."""
    return Credential(mpz(secret), str(secret_power(G, secret)))


def new_credential(random: Random) -> Credential:
    """A fresh credential."""
    return credential_of(1 + random(int(Q) - 1))


def accreditation_proof(credential: Credential, hall: str, member: str, random: Random) -> str:
    """The proof, as compact JSON, that the Member's seat knows the secret of its credential."""
    said = _accredited(credential.public, hall, member)
    return compact(prove_knowledge(credential.secret, said, random).as_json())


def accreditation_holds(public: str, proof: str, hall: str, member: str) -> bool:
    """Whether `public` is a credential, and this Member's seat in this hall knows its secret."""
    found = read_element(public)
    if found is None or found == 1:
        return False
    try:
        read = read_proof(canonical(proof), "proof")
    except Malformed:
        return False
    return knowledge_holds(found, _accredited(public, hall, member), read)


def credentials_text(publics: Sequence[str]) -> str:
    """The list of public credentials as it is published, in this order."""
    return compact(list(publics))


def read_credentials(text: str) -> tuple[str, ...]:
    """The public credentials of a list: each in the group, none twice. Raises `Malformed`."""
    found = tuple(items(canonical(text), "credentials"))
    for at, public in enumerate(found):
        if element(public, f"credentials[{at}]") == 1:
            raise Malformed(f"credentials[{at}]: everybody knows its secret")
    if len(set(found)) != len(found):
        raise Malformed("credentials: one stands twice")
    return found


def fingerprint_of(public: str) -> str:
    """A short form of a credential for people to compare: three groups of four letters."""
    code = short_hash_of(public)[:_FINGERPRINT]
    return " ".join(code[at : at + 4] for at in range(0, _FINGERPRINT, 4))


def _accredited(public: str, hall: str, member: str) -> str:
    return f"hemicycle-accreditation|{compact([hall, member])}|{public}"
