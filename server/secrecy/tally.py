"""The tally of an election under encryption, and the result once it is opened.

Rule: of each credential the last ballot counts. The tally is the product of the ballots, number
by number, so nobody sees a single one; what is opened is the sum alone.

Source: Belenios specification 2.0, sections 4.15, 4.16 and 4.19. The logarithm of a sum is found
by baby steps and giant steps: D. Shanks, Class number, a theory of factorization, and genera, 1971.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt
from typing import Final

from gmpy2 import invert, mpz

from server.secrecy.ballot import SealedBallot, read_ballot, read_ciphertext
from server.secrecy.ceremony import Trustees
from server.secrecy.election import SecretElection
from server.secrecy.elgamal import Ciphertext, total
from server.secrecy.group import G, P, Q, in_group, power
from server.secrecy.notation import (
    Malformed,
    canonical,
    compact,
    fields,
    hash_of,
    items,
    small,
)

_MOST_BABY_STEPS: Final = 1 << 12


@dataclass(frozen=True, slots=True)
class EncryptedTally:
    """A tally. `text` is the list of ciphertexts, `sized` what an event refers to it with."""

    text: str
    ballots: int
    ciphertexts: tuple[Ciphertext, ...]

    @property
    def sized(self) -> str:
        """The payload of the event: how many ballots, and the hash of the tally."""
        return compact(
            {
                "num_tallied": self.ballots,
                "total_weight": self.ballots,
                "encrypted_tally": hash_of(self.text),
            }
        )


@dataclass(frozen=True, slots=True)
class OpenedTally:
    """What the scrutineers opened: votes by answer in the ballot's order, and blank ballots.

    `ballots` is how many were counted, `text` the result as it is published.
    """

    counts: tuple[int, ...]
    blank: int
    ballots: int
    text: str


def last_of(ballots: Iterable[SealedBallot]) -> tuple[SealedBallot, ...]:
    """The ballots that count, of those that were accepted: of each credential the last."""
    found: dict[str, SealedBallot] = {}
    for ballot in ballots:
        found.pop(ballot.credential, None)
        found[ballot.credential] = ballot
    return tuple(found.values())


def encrypted_tally(election: SecretElection, texts: Iterable[str]) -> EncryptedTally:
    """The tally of these ballots, in the order in which they were accepted. Raises `Malformed`.

    The ballots are admitted and proved: see `admission`.
    """
    return tally_of(election, last_of(read_ballot(election.question, text) for text in texts))


def tally_of(election: SecretElection, ballots: Sequence[SealedBallot]) -> EncryptedTally:
    """The tally of ballots that were read, one of each credential."""
    ciphertexts = tuple(
        total(ballot.choices[at] for ballot in ballots) for at in range(election.question.choices)
    )
    text = compact([[each.as_json() for each in ciphertexts]])
    return EncryptedTally(text, len(ballots), ciphertexts)


def read_tally(election: SecretElection, sized: str, text: str) -> EncryptedTally:
    """A published tally in its two parts; its numbers are in the group. Raises `Malformed`."""
    found = fields(
        canonical(sized), ("num_tallied", "total_weight", "encrypted_tally"), "encrypted tally"
    )
    ballots = small(found["num_tallied"], "encrypted tally.num_tallied")
    (question,) = items(canonical(text), "encrypted tally", 1)
    ciphertexts = tuple(
        read_ciphertext(each, f"encrypted tally[{at}]")
        for at, each in enumerate(items(question, "encrypted tally", election.question.choices))
    )
    for each in ciphertexts:
        if not (in_group(each.alpha) and in_group(each.beta)):
            raise Malformed("encrypted tally: not in the group BELENIOS-2048")
    tally = EncryptedTally(text, ballots, ciphertexts)
    if sized != tally.sized:
        raise Malformed("encrypted tally: its hash or its number of ballots is another")
    return tally


def open_tally(
    election: SecretElection,
    trustees: Trustees,
    tally: EncryptedTally,
    factors: Mapping[int, Sequence[mpz]],
) -> OpenedTally:
    """The result, from the decryption factors of enough trustees by index from 1.

    Those of the lowest indexes are used, as many as the threshold. The factors are checked:
    see `decryption`. Raises `Malformed` if there are too few, or if the sums are no numbers of
    votes.
    """
    if len(factors) < trustees.threshold:
        raise Malformed(f"decryptions: {len(factors)} of {trustees.threshold} trustees")
    chosen = sorted(factors)[: trustees.threshold]
    numbers: list[int] = []
    for at, ciphertext in enumerate(tally.ciphertexts):
        synthetic = mpz(1)
        for index in chosen:
            share = power(factors[index][at], _lagrange(index, chosen))
            synthetic = synthetic * share % P
        number = logarithm(ciphertext.beta * invert(synthetic, P) % P, tally.ballots)
        if number is None:
            raise Malformed(f"result: answer {at} has no number of votes that could be")
        numbers.append(number)
    blank = numbers[0] if election.question.blank else 0
    counts = tuple(numbers[election.question.blank :])
    return OpenedTally(counts, blank, tally.ballots, compact({"result": [numbers]}))


def logarithm(number: mpz, most: int) -> int | None:
    """The exponent in [0, most] that the generator has `number` as its power of, or None."""
    steps = min(isqrt(most) + 1, _MOST_BABY_STEPS)
    baby, giant = _baby_steps(steps)
    for times in range(most // steps + 1):
        found = baby.get(number)
        if found is not None and times * steps + found <= most:
            return times * steps + found
        number = number * giant % P
    return None


@lru_cache(maxsize=8)
def _baby_steps(steps: int) -> tuple[Mapping[mpz, int], mpz]:
    baby: dict[mpz, int] = {}
    value = mpz(1)
    for exponent in range(steps):
        baby[value] = exponent
        value = value * G % P
    return baby, mpz(invert(value, P))


def _lagrange(index: int, chosen: Sequence[int]) -> mpz:
    """The coefficient of a trustee's share in the interpolation at zero (section 4.19)."""
    product = mpz(1)
    for other in chosen:
        if other != index:
            product = product * mpz(other) * invert(mpz(other - index), Q) % Q
    return product
