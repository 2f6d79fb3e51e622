"""A sealed ballot: what a seat sends, byte for byte.

Rule: a ballot is its exact text. It is written once, in the seat; whoever reads it afterwards
takes parts of the text itself wherever something is hashed.

Source: Belenios specification 2.0, sections 4.11, 4.14 and 4.15.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from server.secrecy.election import SecretElection, SecretQuestion
from server.secrecy.elgamal import Ciphertext, total
from server.secrecy.notation import (
    Malformed,
    canonical,
    fields,
    items,
    residue,
    short_hash_of,
    string,
)
from server.secrecy.schnorr import Proof, read_proof

_SIGNATURE: Final = ',"signature":'


@dataclass(frozen=True, slots=True)
class SealedBallot:
    """A ballot as it was read: its form is right, and nothing else is known yet.

    `choices` are numbers below the modulus that need not be in the group; each of
    `individual_proofs` has a proof that the choice is 0 and one that it is 1. `blank_proof` is
    empty where no blank vote is asked for. `signed` is the hash that the signature is over.
    """

    text: str
    election_uuid: str
    election_hash: str
    credential: str
    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[tuple[Proof, ...], ...]
    overall_proof: tuple[Proof, ...]
    blank_proof: tuple[Proof, ...]
    signed: str
    signed_hash: str
    signature: Proof


def tracker(text: str) -> str:
    """The tracker of a ballot: what its voter finds again in the published archive (4.15)."""
    return short_hash_of(text)


def longest(question: SecretQuestion) -> int:
    """More characters than any ballot on this question has."""
    proofs = 2 * question.choices + (question.max - question.min + 1) + 1 + 2
    return 1800 + 1300 * question.choices + 200 * proofs


def read_ballot(question: SecretQuestion, text: str) -> SealedBallot:
    """The ballot that a text is, on this question. Raises `Malformed` with the place."""
    if len(text) > longest(question):
        raise Malformed("ballot: too long")
    found = fields(
        canonical(text),
        ("election_uuid", "election_hash", "credential", "answers", "signature"),
        "ballot",
    )
    (answer,) = items(found["answers"], "ballot.answers", 1)
    proved = ("choices", "individual_proofs", "overall_proof")
    names = (*proved, "blank_proof") if question.blank else proved
    answered = fields(answer, names, "ballot.answers[0]")
    overall = question.max - question.min + 1 + question.blank
    signature = fields(found["signature"], ("hash", "proof"), "ballot.signature")
    individual = items(answered["individual_proofs"], "ballot.individual_proofs", question.choices)
    return SealedBallot(
        text=text,
        election_uuid=string(found["election_uuid"], "ballot.election_uuid"),
        election_hash=string(found["election_hash"], "ballot.election_hash"),
        credential=string(found["credential"], "ballot.credential"),
        choices=tuple(
            read_ciphertext(each, f"ballot.choices[{at}]")
            for at, each in enumerate(
                items(answered["choices"], "ballot.choices", question.choices)
            )
        ),
        individual_proofs=tuple(
            _read_proofs(each, f"ballot.individual_proofs[{at}]", 2)
            for at, each in enumerate(individual)
        ),
        overall_proof=_read_proofs(answered["overall_proof"], "ballot.overall_proof", overall),
        blank_proof=(
            _read_proofs(answered["blank_proof"], "ballot.blank_proof", 2) if question.blank else ()
        ),
        signed=short_hash_of(text[: text.rindex(_SIGNATURE)] + "}"),
        signed_hash=string(signature["hash"], "ballot.signature.hash"),
        signature=read_proof(signature["proof"], "ballot.signature.proof"),
    )


def read_ciphertext(value: Any, where: str) -> Ciphertext:
    """Two numbers below the modulus, not yet known to be in the group. Raises `Malformed`."""
    found = fields(value, ("alpha", "beta"), where)
    return Ciphertext(
        residue(found["alpha"], f"{where}.alpha"), residue(found["beta"], f"{where}.beta")
    )


def said_of(
    election: SecretElection, credential: str, choices: Sequence[Ciphertext]
) -> tuple[str, str]:
    """What the proofs of a ballot are about, as challenges hash it (section 4.11).

    The first is bound to the election and the credential, for the proofs of single choices; the
    second also to all choices, for the proofs about the whole answer.
    """
    bound = f"{election.fingerprint}|{credential}"
    return bound, f"{bound}|{','.join(map(str, choices))}"


def sum_of(question: SecretQuestion, choices: Sequence[Ciphertext]) -> Ciphertext:
    """An encryption of how many answers were chosen; a leading blank mark is not one."""
    return total(choices[1:] if question.blank else choices)


def _read_proofs(value: Any, where: str, length: int) -> tuple[Proof, ...]:
    return tuple(
        read_proof(each, f"{where}[{at}]") for at, each in enumerate(items(value, where, length))
    )
