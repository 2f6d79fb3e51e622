"""Proofs that a ciphertext holds one of a few numbers, without saying which.

Rule: a claim says that a ciphertext holds a certain number. The prover makes a true proof of the
one claim that is true and imitates the others; the challenges must add up to the hash of all
commitments, so at least one is true. Whoever checks also sees that alpha and beta are in the
group, for a proof about numbers outside it says nothing.

The interval proofs (iprove) and both proofs of possibly blank votes (bproof0, bproof1) are this
one scheme with different claims. Source: Belenios specification 2.0, sections 4.12 and 4.13;
R. Cramer, I. Damgård, B. Schoenmakers, Proofs of partial knowledge, Crypto 1994.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from server.secrecy.elgamal import Ciphertext
from server.secrecy.group import (
    FixedBase,
    P,
    Q,
    Random,
    generator,
    hash_to_scalar,
    powers,
    random_scalar,
)
from server.secrecy.schnorr import Proof


@dataclass(frozen=True, slots=True)
class Claim:
    """That a ciphertext made with `randomness` exceeds the claimed number by `excess`.

    What the prover knows of one claim; it is true if `excess` is zero.
    """

    randomness: mpz
    excess: int


def prove(said: str, key: FixedBase, claims: Sequence[Claim], random: Random) -> tuple[Proof, ...]:
    """Proofs, one a claim, that one of them is true: the first that is; the rest are imitated.

    The imitations need no power of a ciphertext: the prover knows its randomness, so all powers
    are of the generator and the key. The nonce is drawn first, then a challenge and a response for
    each imitation: a seat that works all powers out ahead cannot know which claim will be true.
    """
    true = next(at for at, claim in enumerate(claims) if claim.excess == 0)
    nonce = random_scalar(random)
    proofs: list[Proof] = []
    commitments: list[str] = []
    for at, claim in enumerate(claims):
        if at == true:
            proofs.append(Proof(mpz(0), nonce))
            commitments.append(f"{generator() ** nonce},{key**nonce}")
        else:
            proof = Proof(random_scalar(random), random_scalar(random))
            exponent = proof.response + claim.randomness * proof.challenge
            beta = key**exponent * generator() ** (proof.challenge * mpz(claim.excess)) % P
            proofs.append(proof)
            commitments.append(f"{generator() ** exponent},{beta}")
    challenge = (_challenge(said, commitments) - sum(each.challenge for each in proofs)) % Q
    response = (proofs[true].response - claims[true].randomness * challenge) % Q
    proofs[true] = Proof(challenge, response)
    return tuple(proofs)


def commitments(
    key: FixedBase, ciphertext: Ciphertext, claimed: Sequence[tuple[int, Proof]], *, known: bool
) -> list[str] | None:
    """The commitments of proofs that all are about one ciphertext, or None if it is no ciphertext.

    `claimed` are numbers that it may hold, each with its proof. `known` says that the ciphertext
    is in the group already; else that is checked on the way.
    """
    exponents = [proof.challenge for _, proof in claimed]
    if not known:
        exponents.append(Q)
    alphas = powers(ciphertext.alpha, exponents)
    betas = powers(ciphertext.beta, exponents)
    if not known and not alphas.pop() == betas.pop() == 1:
        return None
    found: list[str] = []
    for (number, proof), alpha, beta in zip(claimed, alphas, betas, strict=True):
        left = generator() ** proof.response * alpha % P
        right = key**proof.response * beta % P
        if number:
            right = right * generator() ** (-proof.challenge * mpz(number)) % P
        found.append(f"{left},{right}")
    return found


def holds(said: str, commitments: Sequence[str], proofs: Iterable[Proof]) -> bool:
    """Whether the challenges add up to the hash of the commitments."""
    challenges = mpz(sum(proof.challenge for proof in proofs))
    return _challenge(said, commitments) == challenges % Q


def _challenge(said: str, commitments: Sequence[str]) -> mpz:
    return hash_to_scalar(f"{said}|{','.join(commitments)}")
