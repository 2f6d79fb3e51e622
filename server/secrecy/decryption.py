"""A partial decryption: what one scrutineer contributes to the opening of a tally.

Rule: a scrutineer raises the tally's numbers to their share of the key, and proves it. A wrong
one is told from a right one by anybody, and says whose it is. It opens the sum only: no ballot is
ever raised to a share.

Source: Belenios specification 2.0, section 4.18; D. Chaum, T. Pedersen, Wallet databases with
observers, Crypto 1992.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gmpy2 import mpz

from server.secrecy.election import SecretElection
from server.secrecy.elgamal import Ciphertext
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
from server.secrecy.notation import Malformed, canonical, compact, element, fields, items
from server.secrecy.schnorr import Proof, read_proof
from server.secrecy.tally import EncryptedTally


def partial_decryption(
    election: SecretElection, tally: EncryptedTally, share: mpz, random: Random
) -> str:
    """The partial decryption of a tally with a trustee's share of the key."""
    public = secret_power(G, share)
    factors: list[str] = []
    proofs: list[dict[str, str]] = []
    for each in tally.ciphertexts:
        factors.append(str(secret_power(each.alpha, share)))
        nonce = random_scalar(random)
        challenge = _challenge(
            election, public, secret_power(G, nonce), secret_power(each.alpha, nonce)
        )
        proofs.append(Proof(challenge, (nonce - share * challenge) % Q).as_json())
    return compact({"decryption_factors": [factors], "decryption_proofs": [proofs]})


def read_decryption(
    election: SecretElection, tally: EncryptedTally, verification_key: mpz, text: str
) -> tuple[mpz, ...]:
    """The decryption factors of a partial decryption that holds. Raises `Malformed`."""
    found = fields(
        canonical(text), ("decryption_factors", "decryption_proofs"), "partial decryption"
    )
    factors = _of_question(found["decryption_factors"], tally, "decryption_factors")
    proofs = _of_question(found["decryption_proofs"], tally, "decryption_proofs")
    read: list[mpz] = []
    for at, (factor, proof, ciphertext) in enumerate(
        zip(factors, proofs, tally.ciphertexts, strict=True)
    ):
        number = element(factor, f"partial decryption.decryption_factors[{at}]")
        said = read_proof(proof, f"partial decryption.decryption_proofs[{at}]")
        if not _holds(election, verification_key, ciphertext, number, said):
            raise Malformed(f"partial decryption.decryption_proofs[{at}]: does not hold")
        read.append(number)
    return tuple(read)


def _of_question(value: Any, tally: EncryptedTally, name: str) -> Sequence[Any]:
    where = f"partial decryption.{name}"
    (question,) = items(value, where, 1)
    return items(question, where, len(tally.ciphertexts))


def _holds(
    election: SecretElection, public: mpz, ciphertext: Ciphertext, factor: mpz, proof: Proof
) -> bool:
    left = generator() ** proof.response * power(public, proof.challenge) % P
    right = power(ciphertext.alpha, proof.response) * power(factor, proof.challenge) % P
    return _challenge(election, public, left, right) == proof.challenge


def _challenge(election: SecretElection, public: mpz, left: mpz, right: mpz) -> mpz:
    return hash_to_scalar(f"decrypt|{election.fingerprint}|{public}|{left},{right}")
