"""Encryption that can be added up: the product of two ciphertexts encrypts the sum.

Rule: a vote is encrypted in the exponent, so a sum is found again by its logarithm, which is
small.

Source: Belenios specification 2.0, sections 4.3 and 4.11.1; R. Cramer, R. Gennaro, B. Schoenmakers,
A secure and optimally efficient multi-authority election scheme, Eurocrypt 1997.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gmpy2 import mpz

from server.secrecy.group import FixedBase, P, generator


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """An encrypted number."""

    alpha: mpz
    beta: mpz

    def __mul__(self, other: Ciphertext) -> Ciphertext:
        return Ciphertext(self.alpha * other.alpha % P, self.beta * other.beta % P)

    def __str__(self) -> str:
        """As challenges hash it: both numbers in decimals, with a comma."""
        return f"{self.alpha},{self.beta}"

    def as_json(self) -> dict[str, str]:
        """The ciphertext as a message carries it."""
        return {"alpha": str(self.alpha), "beta": str(self.beta)}


ONE = Ciphertext(mpz(1), mpz(1))
"""An encryption of zero without randomness: where a sum begins."""


def encrypt(key: FixedBase, number: int, randomness: mpz) -> Ciphertext:
    """`number`, which is small, for whoever holds the secret of `key`."""
    masked = key**randomness
    beta = masked * generator() ** number % P if number else masked
    return Ciphertext(generator() ** randomness, beta)


def total(ciphertexts: Iterable[Ciphertext]) -> Ciphertext:
    """An encryption of the sum of what these encrypt."""
    found = ONE
    for each in ciphertexts:
        found = found * each
    return found
