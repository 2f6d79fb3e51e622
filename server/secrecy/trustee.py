"""A trustee's own keys, signed messages and the private channel between trustees.

Rule: a trustee is its seed. Its signing and its decryption key follow from the seed, and nobody
else ever holds it. The hall carries messages between trustees and can read none of them; whoever
receives one checks who signed it and that it was meant for them.

A scrutineer of the hall is a trustee of the format. Source: Belenios specification 2.0, sections
4.6.1 to 4.6.3; the certificate's `context` is that of version 3.0, which 2.0 passes over.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESCCM
from gmpy2 import invert, mpz

from server.secrecy import group
from server.secrecy.group import (
    G,
    P,
    Random,
    generator,
    random_scalar,
    secret_power,
)
from server.secrecy.notation import (
    BASE58,
    Malformed,
    canonical,
    compact,
    element,
    fields,
    small,
    string,
)
from server.secrecy.schnorr import Proof, knowledge_holds, prove_knowledge, read_proof

_SEED_LENGTH: Final = 22
_NONCE: Final = 13
_TAG: Final = 8
"""The sizes that AES-CCM has in the format: messages are shorter than 64 KiB."""


@dataclass(frozen=True, slots=True)
class TrusteeKeys:
    """What follows from a seed. It stays with the trustee."""

    signing: mpz = field(repr=False)
    decryption: mpz = field(repr=False)
    verification_key: mpz
    encryption_key: mpz


@dataclass(frozen=True, slots=True)
class Place:
    """A trustee's place in a ceremony: `index`, from 1, of `size`, `threshold` of whom suffice."""

    index: int
    size: int
    threshold: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as it was read: its signature holds. `text` is the whole of it."""

    text: str
    place: Place
    verification_key: mpz
    encryption_key: mpz


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A message and its signature, which is not yet known to hold."""

    message: str
    signature: Proof

    def as_json(self) -> dict[str, object]:
        """The message as others carry it."""
        return {"message": self.message, "signature": self.signature.as_json()}


def new_seed(random: Random) -> str:
    """A fresh seed: 22 characters in base 58, 128 bits."""
    return "".join(BASE58[random(len(BASE58))] for _ in range(_SEED_LENGTH))


def keys_of(seed: str) -> TrusteeKeys:
    """The keys of a seed. Raises `Malformed` for what is no seed."""
    if len(seed) != _SEED_LENGTH or not set(seed) <= set(BASE58):
        raise Malformed("seed: not 22 characters in base 58")
    signing, decryption = group.hash_to_scalar(f"sk|{seed}"), group.hash_to_scalar(f"dk|{seed}")
    return TrusteeKeys(signing, decryption, secret_power(G, signing), secret_power(G, decryption))


def certificate(keys: TrusteeKeys, place: Place, random: Random) -> str:
    """The certificate that a trustee publishes of its two public keys, signed by itself."""
    message = compact(
        {
            "context": {
                "group": group.NAME,
                "size": place.size,
                "threshold": place.threshold,
                "index": place.index,
            },
            "verification": str(keys.verification_key),
            "encryption": str(keys.encryption_key),
        }
    )
    return compact(sign(keys, message, random).as_json())


def read_certificate(text: str, place: Place | None = None) -> Certificate:
    """A certificate whose signature holds. Raises `Malformed`.

    It names its own place; if `place` is given it is one of version 2.0, which names none.
    """
    signed = read_signed(canonical(text), "certificate")
    keys = ("verification", "encryption")
    names = keys if place is not None else ("context", *keys)
    found = fields(canonical(signed.message), names, "certificate")
    place = place or _read_place(found["context"])
    if not 1 <= place.index <= place.size or not 1 <= place.threshold <= place.size:
        raise Malformed("certificate.context: index, threshold and size do not fit")
    verification_key = element(found["verification"], "certificate.verification")
    if not signature_holds(verification_key, signed):
        raise Malformed("certificate.signature: does not hold")
    return Certificate(
        text, place, verification_key, element(found["encryption"], "certificate.encryption")
    )


def sign(keys: TrusteeKeys, message: str, random: Random) -> SignedMessage:
    """A message under the trustee's signature."""
    return SignedMessage(message, prove_knowledge(keys.signing, f"sigmsg|{message}", random))


def signature_holds(verification_key: mpz, signed: SignedMessage) -> bool:
    """Whether whoever has this verification key signed the message."""
    return knowledge_holds(verification_key, f"sigmsg|{signed.message}", signed.signature)


def read_signed(value: Any, where: str) -> SignedMessage:
    """A signed message from its JSON value. Raises `Malformed`."""
    found = fields(value, ("message", "signature"), where)
    return SignedMessage(
        string(found["message"], f"{where}.message"),
        read_proof(found["signature"], f"{where}.signature"),
    )


def send(keys: TrusteeKeys, recipient: mpz, message: str, random: Random) -> str:
    """A message that only who holds the decryption key of `recipient` can read."""
    inner = sign(keys, compact({"recipient": str(recipient), "message": message}), random)
    r, s = random_scalar(random), random_scalar(random)
    alpha, masked = generator() ** r, generator() ** s
    beta = secret_power(recipient, r) * masked % P
    cipher = AESCCM(_digest(f"key|{masked}"), tag_length=_TAG)
    data = cipher.encrypt(_digest(f"iv|{alpha}")[:_NONCE], compact(inner.as_json()).encode(), None)
    return compact({"alpha": str(alpha), "beta": str(beta), "data": data.hex()})


def receive(keys: TrusteeKeys, sender: mpz, text: str) -> str:
    """The message in `text`, from who has the verification key `sender`. Raises `Malformed`."""
    found = fields(canonical(text), ("alpha", "beta", "data"), "message")
    alpha = element(found["alpha"], "message.alpha")
    beta = element(found["beta"], "message.beta")
    masked = beta * invert(secret_power(alpha, keys.decryption), P) % P
    try:
        cipher = AESCCM(_digest(f"key|{masked}"), tag_length=_TAG)
        data = bytes.fromhex(string(found["data"], "message.data"))
        plain = cipher.decrypt(_digest(f"iv|{alpha}")[:_NONCE], data, None).decode()
    except (InvalidTag, ValueError):
        raise Malformed("message.data: not encrypted for this trustee") from None
    signed = read_signed(canonical(plain), "message")
    if not signature_holds(sender, signed):
        raise Malformed("message.signature: does not hold")
    inner = fields(canonical(signed.message), ("recipient", "message"), "message")
    if inner["recipient"] != str(keys.encryption_key):
        raise Malformed("message.recipient: meant for somebody else")
    return string(inner["message"], "message.message")


def sign_list(keys: TrusteeKeys, fingerprint: str, credentials: str, random: Random) -> str:
    """A scrutineer's signature on the accredited credentials of one election.

    `fingerprint` is the election's, `credentials` the exact list as it is published.
    """
    return compact(sign(keys, _listed(fingerprint, credentials), random).signature.as_json())


def list_signature_holds(
    verification_key: mpz, fingerprint: str, credentials: str, signature: str
) -> bool:
    """Whether a scrutineer signed exactly this list for exactly this election."""
    try:
        proof = read_proof(canonical(signature), "signature")
    except Malformed:
        return False
    return signature_holds(
        verification_key, SignedMessage(_listed(fingerprint, credentials), proof)
    )


def read_certificates(texts: list[str], threshold: int | None = None) -> tuple[Certificate, ...]:
    """All certificates of a ceremony, in the order of their places. Raises `Malformed`.

    If `threshold` is given they are of version 2.0 and name neither it nor their places.
    """
    found = tuple(
        read_certificate(text, None if threshold is None else Place(at, len(texts), threshold))
        for at, text in enumerate(texts, start=1)
    )
    if not found:
        raise Malformed("certificates: there are none")
    first = found[0].place
    for at, each in enumerate(found, start=1):
        if each.place != Place(at, len(found), first.threshold):
            raise Malformed(f"certificates: the one at place {at} is of another place or ceremony")
    keys = [key for each in found for key in (each.verification_key, each.encryption_key)]
    if len(set(keys)) != len(keys):
        raise Malformed("certificates: a key stands twice")
    return found


def _read_place(value: Any) -> Place:
    context = fields(value, ("group", "size", "threshold", "index"), "certificate.context")
    if context["group"] != group.NAME:
        raise Malformed(f"certificate.context.group: not {group.NAME}")
    return Place(
        index=small(context["index"], "certificate.context.index"),
        size=small(context["size"], "certificate.context.size"),
        threshold=small(context["threshold"], "certificate.context.threshold"),
    )


def _listed(fingerprint: str, credentials: str) -> str:
    return f"hemicycle-accredited|{fingerprint}|{hashlib.sha256(credentials.encode()).hexdigest()}"


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
