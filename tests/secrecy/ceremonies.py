"""A finished key ceremony of the tests, with what each trustee keeps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gmpy2 import mpz

from server.secrecy.ceremony import combine, deal, decryption_key, trustees_text
from server.secrecy.trustee import Place, TrusteeKeys, certificate, keys_of, new_seed
from tests.secrecy.elections import rng


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What was said, in the order of the trustees, and the seeds."""

    seeds: tuple[str, ...]
    keys: tuple[TrusteeKeys, ...]
    certificates: tuple[str, ...]
    dealings: tuple[str, ...]
    verification_keys: tuple[str, ...]
    text: str

    def share(self, index: int) -> mpz:
        """A trustee's share of the key."""
        keys = self.keys[index - 1]
        return decryption_key(keys, self.certificates, self.dealings, index)


@cache
def ceremony(seed: int = 7, size: int = 3, threshold: int = 2) -> Ceremony:
    """A ceremony without a fault."""
    random = rng(seed)
    places = [Place(at, size, threshold) for at in range(1, size + 1)]
    seeds = tuple(new_seed(random) for _ in places)
    keys = tuple(keys_of(each) for each in seeds)
    certificates = tuple(
        certificate(own, place, random) for own, place in zip(keys, places, strict=True)
    )
    dealings = tuple(
        deal(own, certificates, place.index, random)
        for own, place in zip(keys, places, strict=True)
    )
    made = tuple(
        combine(own, certificates, dealings, place.index, random)
        for own, place in zip(keys, places, strict=True)
    )
    text = trustees_text(certificates, dealings, made)
    return Ceremony(seeds, keys, certificates, dealings, made, text)
