"""What a scrutineer makes in the key ceremony, as pure functions of the file and of the others.

Rule: randomness is passed in. `Malformed` and `TrusteeFault` say that a message of somebody does
not hold; the latter names whose.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gmpy2 import mpz

from scrutineer.dossier import Share
from server.secrecy.ceremony import combine, deal, decryption_key, trustees_text
from server.secrecy.credential import fingerprint_of
from server.secrecy.group import Random
from server.secrecy.trustee import Place, certificate, keys_of, new_seed, read_certificates
from server.vocabulary import CeremonyStep

SCRUTINEERS: Final = 3
THRESHOLD: Final = 2


class OtherTrustees(Exception):
    """The hall publishes other trustees than those that the messages make."""


def with_certificate(ceremony: int, trustee: int, random: Random) -> Share:
    """A new part in a ceremony: a seed, and its certificate."""
    seed = new_seed(random)
    text = certificate(keys_of(seed), Place(trustee, SCRUTINEERS, THRESHOLD), random)
    return Share(ceremony, trustee, seed, {CeremonyStep.CERTIFICATE: text})


def with_polynomial(share: Share, certificates: tuple[str, ...], random: Random) -> Share:
    """With the polynomial that answers to these certificates. Raises Malformed."""
    text = deal(keys_of(share.seed), certificates, share.trustee, random)
    messages = {**share.messages, CeremonyStep.POLYNOMIAL: text}
    return replace(share, messages=messages, certificates=certificates)


def with_voutput(share: Share, polynomials: tuple[str, ...], random: Random) -> Share:
    """With the voutput, once each one's polynomial was checked. Raises TrusteeFault, Malformed."""
    keys = keys_of(share.seed)
    text = combine(keys, share.certificates, polynomials, share.trustee, random)
    messages = {**share.messages, CeremonyStep.VOUTPUT: text}
    return replace(share, messages=messages, polynomials=polynomials)


def with_trustees(share: Share, voutputs: tuple[str, ...], told: str) -> Share:
    """With the outcome, which has to be what the messages make. Raises TrusteeFault, Malformed,
    OtherTrustees."""
    made = trustees_text(share.certificates, share.polynomials, voutputs)
    if made != told:
        raise OtherTrustees
    return replace(share, trustees=made)


def opening_key(share: Share) -> mpz:
    """Our share of the decryption key of a finished ceremony."""
    keys = keys_of(share.seed)
    return decryption_key(keys, share.certificates, share.polynomials, share.trustee)


def certificate_fingerprints(certificates: tuple[str, ...]) -> tuple[str, ...]:
    """A short form of each certificate, for people to read to one another. Raises Malformed."""
    return tuple(fingerprint_of(each.text) for each in read_certificates(list(certificates)))
