"""The key ceremony: three scrutineers make a key of which any two hold enough, and one nothing.

Rule: each trustee draws a polynomial and deals a share of it to each other one in private; a
trustee's decryption key is the sum of the shares that it was dealt. Every message can be checked
by whoever sees it, and a fault names the trustee. Nobody ever holds the election's secret key.

Certificates make the first step, polynomials the second, verification keys ("voutputs" in the
format) the third. Source: Belenios specification 2.0, sections 3.1.1 and 4.6.4 to 4.7; `signatures`
and the keys' own `signature` are those of version 3.0. T. Pedersen, A threshold cryptosystem
without a trusted party, Eurocrypt 1991.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gmpy2 import mpz

from server.secrecy import group
from server.secrecy.group import G, P, Q, Random, power, random_scalar, secret_power
from server.secrecy.notation import (
    Malformed,
    canonical,
    compact,
    element,
    fields,
    items,
    scalar,
    small,
    string,
)
from server.secrecy.schnorr import Proof, knowledge_holds, prove_knowledge, read_proof
from server.secrecy.trustee import (
    Certificate,
    SignedMessage,
    TrusteeKeys,
    read_certificates,
    read_signed,
    receive,
    send,
    sign,
    signature_holds,
)


class TrusteeFault(Exception):
    """What a trustee sent does not hold. `index`, from 1, says who; `what` says what."""

    def __init__(self, index: int, what: str) -> None:
        super().__init__(f"trustee {index}: {what}")
        self.index = index
        self.what = what


@dataclass(frozen=True, slots=True)
class Dealing:
    """A trustee's polynomial message, checked as far as everybody can check it.

    `secrets` are the private shares by place, `commitments` the powers of the coefficients.
    """

    text: str
    polynomial: str
    secrets: tuple[str, ...]
    commitments: tuple[mpz, ...]
    coefexps: SignedMessage
    signature: Proof


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """A trustee's public key, which its partial decryptions are checked against.

    A key of version 2.0 has no signature.
    """

    key: mpz
    proof: Proof
    signature: Proof | None

    def as_json(self) -> dict[str, object]:
        """The key as messages carry it."""
        told: dict[str, object] = {"pok": self.proof.as_json(), "public_key": str(self.key)}
        return told if self.signature is None else told | {"signature": self.signature.as_json()}


@dataclass(frozen=True, slots=True)
class Trustees:
    """The outcome of a ceremony as it was read and checked. `text` is what is published.

    `signing_keys` check what each scrutineer signs, `verification_keys` what each decrypts. If
    `bound`, each trustee has signed with whom and at which place it took part, as version 3.0 has
    it and every ceremony of the hall; a ceremony of version 2.0 leaves that open.
    """

    text: str
    bound: bool
    threshold: int
    public_key: str
    signing_keys: tuple[mpz, ...]
    verification_keys: tuple[mpz, ...]


def deal(keys: TrusteeKeys, certificates: Sequence[str], index: int, random: Random) -> str:
    """The polynomial message of the trustee at place `index`, once all certificates are there.

    Raises `Malformed` if they are not the certificates of one ceremony, or hold other keys at
    this trustee's place.
    """
    certified = read_certificates(list(certificates))
    own = _own(keys, certified, index)
    coefficients = [random_scalar(random) for _ in range(own.place.threshold)]
    commitments = [str(secret_power(G, each)) for each in coefficients]
    raw = compact({"polynomial": [str(each) for each in coefficients]})
    coefexps = sign(keys, compact({"coefexps": commitments}), random)
    agreed = sign(keys, _agreed(certified, commitments), random)
    shares = [
        send(
            keys,
            each.encryption_key,
            compact({"secret": str(_value(coefficients, each.place.index))}),
            random,
        )
        for each in certified
    ]
    return compact(
        {
            "polynomial": send(keys, keys.encryption_key, raw, random),
            "secrets": shares,
            "coefexps": coefexps.as_json(),
            "signature": agreed.signature.as_json(),
        }
    )


def read_dealing(certificates: Sequence[str], index: int, text: str) -> Dealing:
    """The polynomial message of the trustee at place `index`. Raises `TrusteeFault`."""
    certified = read_certificates(list(certificates))
    try:
        return _read_dealing(certified, index, text)
    except Malformed as error:
        raise TrusteeFault(index, str(error)) from None


def combine(
    keys: TrusteeKeys,
    certificates: Sequence[str],
    dealings: Sequence[str],
    index: int,
    random: Random,
) -> str:
    """The trustee's verification-key message, once every trustee has dealt.

    Each share is checked against the commitments of who dealt it. Raises `TrusteeFault`.
    """
    certified = read_certificates(list(certificates))
    _own(keys, certified, index)
    secret = _decryption_key(keys, certified, dealings, index)
    public = secret_power(G, secret)
    proof = prove_knowledge(secret, _pok(public), random)
    key = VerificationKey(public, proof, sign(keys, str(public), random).signature)
    kept = send(keys, keys.encryption_key, compact({"decryption_key": str(secret)}), random)
    return compact({"private_key": kept, "public_key": key.as_json()})


def decryption_key(
    keys: TrusteeKeys, certificates: Sequence[str], dealings: Sequence[str], index: int
) -> mpz:
    """The trustee's share of the election's secret key, computed anew from what it was dealt.

    Raises `TrusteeFault`. It follows from the seed and from public messages, so that it need
    never be stored.
    """
    certified = read_certificates(list(certificates))
    _own(keys, certified, index)
    return _decryption_key(keys, certified, dealings, index)


def read_verification_key(
    certificates: Sequence[str], dealings: Sequence[str], index: int, text: str
) -> VerificationKey:
    """The verification-key message of the trustee at place `index`. Raises `TrusteeFault`."""
    certified = read_certificates(list(certificates))
    committed = [read_dealing(certificates, at, each) for at, each in enumerate(dealings, 1)]
    try:
        found = fields(canonical(text), ("private_key", "public_key"), "verification key")
        string(found["private_key"], "verification key.private_key")
        key = _read_key(found["public_key"], "verification key.public_key", signed=True)
        _check_key(certified[index - 1], [each.commitments for each in committed], key)
    except Malformed as error:
        raise TrusteeFault(index, str(error)) from None
    return key


def trustees_text(
    certificates: Sequence[str], dealings: Sequence[str], verification_keys: Sequence[str]
) -> str:
    """What is published of a finished ceremony. Raises `TrusteeFault`."""
    certified = read_certificates(list(certificates))
    dealt = [read_dealing(certificates, at, each) for at, each in enumerate(dealings, 1)]
    keys = [
        read_verification_key(certificates, dealings, at, each)
        for at, each in enumerate(verification_keys, 1)
    ]
    if not len(certified) == len(dealt) == len(keys):
        raise Malformed("trustees: a trustee's message is missing")
    parameters = {
        "threshold": certified[0].place.threshold,
        "certs": [canonical(each.text) for each in certified],
        "coefexps": [each.coefexps.as_json() for each in dealt],
        "signatures": [each.signature.as_json() for each in dealt],
        "verification_keys": [each.as_json() for each in keys],
    }
    return compact([["Pedersen", parameters]])


@lru_cache(maxsize=16)
def read_trustees(text: str) -> Trustees:
    """The trustees of an election, with every signature and key checked. Raises `Malformed`."""
    (kind,) = items(canonical(text), "trustees", 1)
    name, value = items(kind, "trustees[0]", 2)
    if name != "Pedersen":
        raise Malformed("trustees[0]: not a threshold of trustees")
    found = fields(
        value,
        ("threshold", "certs", "coefexps", "signatures", "verification_keys"),
        "trustees[0]",
        optional=("signatures",),
    )
    bound = "signatures" in found
    certs = [compact(each) for each in items(found["certs"], "trustees.certs")]
    threshold = small(found["threshold"], "trustees.threshold")
    certified = read_certificates(certs, None if bound else threshold)
    if threshold != certified[0].place.threshold:
        raise Malformed("trustees.threshold: not the one of the certificates")
    size = len(certified)
    signatures = items(found["signatures"], "trustees.signatures", size) if bound else [None] * size
    commitments = [
        _read_commitments(
            certificate,
            certified,
            read_signed(coefexps, f"trustees.coefexps[{at}]"),
            read_proof(signature, f"trustees.signatures[{at}]") if bound else None,
        )
        for at, (certificate, coefexps, signature) in enumerate(
            zip(
                certified,
                items(found["coefexps"], "trustees.coefexps", size),
                signatures,
                strict=True,
            )
        )
    ]
    keys = [
        _read_key(each, f"trustees.verification_keys[{at}]", signed=bound)
        for at, each in enumerate(
            items(found["verification_keys"], "trustees.verification_keys", size)
        )
    ]
    for certificate, key in zip(certified, keys, strict=True):
        _check_key(certificate, commitments, key)
    public_key = mpz(1)
    for each in commitments:
        public_key = public_key * each[0] % P
    return Trustees(
        text=text,
        bound=bound,
        threshold=threshold,
        public_key=str(public_key),
        signing_keys=tuple(each.verification_key for each in certified),
        verification_keys=tuple(each.key for each in keys),
    )


def _read_dealing(certified: Sequence[Certificate], index: int, text: str) -> Dealing:
    found = fields(
        canonical(text), ("polynomial", "secrets", "coefexps", "signature"), "polynomial"
    )
    coefexps = read_signed(found["coefexps"], "polynomial.coefexps")
    signature = read_proof(found["signature"], "polynomial.signature")
    secrets = items(found["secrets"], "polynomial.secrets", len(certified))
    return Dealing(
        text=text,
        polynomial=string(found["polynomial"], "polynomial.polynomial"),
        secrets=tuple(string(each, "polynomial.secrets") for each in secrets),
        commitments=_read_commitments(certified[index - 1], certified, coefexps, signature),
        coefexps=coefexps,
        signature=signature,
    )


def _read_commitments(
    certificate: Certificate,
    certified: Sequence[Certificate],
    coefexps: SignedMessage,
    signature: Proof | None,
) -> tuple[mpz, ...]:
    if not signature_holds(certificate.verification_key, coefexps):
        raise Malformed("coefexps: the signature does not hold")
    found = fields(canonical(coefexps.message), ("coefexps",), "coefexps")
    texts = items(found["coefexps"], "coefexps", certificate.place.threshold)
    if signature is not None:
        agreed = SignedMessage(_agreed(certified, texts), signature)
        if not signature_holds(certificate.verification_key, agreed):
            raise Malformed("signature: not over these certificates and coefficients")
    return tuple(element(each, "coefexps") for each in texts)


def _read_key(value: Any, where: str, *, signed: bool) -> VerificationKey:
    keys = ("pok", "public_key")
    found = fields(value, (*keys, "signature") if signed else keys, where)
    return VerificationKey(
        key=element(found["public_key"], f"{where}.public_key"),
        proof=read_proof(found["pok"], f"{where}.pok"),
        signature=read_proof(found["signature"], f"{where}.signature") if signed else None,
    )


def _check_key(
    certificate: Certificate, commitments: Sequence[Sequence[mpz]], key: VerificationKey
) -> None:
    if key.key != _dealt(commitments, certificate.place.index):
        raise Malformed("public_key: not the one that the shares make")
    if not knowledge_holds(key.key, _pok(key.key), key.proof):
        raise Malformed("pok: does not hold")
    if key.signature is not None:
        signed = SignedMessage(str(key.key), key.signature)
        if not signature_holds(certificate.verification_key, signed):
            raise Malformed("signature: does not hold")


def _own(keys: TrusteeKeys, certified: Sequence[Certificate], index: int) -> Certificate:
    if not 1 <= index <= len(certified):
        raise Malformed(f"certificates: there is no place {index}")
    own = certified[index - 1]
    if (own.verification_key, own.encryption_key) != (keys.verification_key, keys.encryption_key):
        raise Malformed(f"certificates: the one at place {index} is not of this seed")
    return own


def _decryption_key(
    keys: TrusteeKeys, certified: Sequence[Certificate], dealings: Sequence[str], index: int
) -> mpz:
    if len(dealings) != len(certified):
        raise Malformed("polynomials: a trustee's is missing")
    total = mpz(0)
    for dealer, text in enumerate(dealings, start=1):
        try:
            dealing = _read_dealing(certified, dealer, text)
            sender = certified[dealer - 1].verification_key
            message = receive(keys, sender, dealing.secrets[index - 1])
            share = scalar(fields(canonical(message), ("secret",), "share")["secret"], "share")
        except Malformed as error:
            raise TrusteeFault(dealer, str(error)) from None
        if secret_power(G, share) != _dealt([dealing.commitments], index):
            raise TrusteeFault(dealer, "the share is not the one that was committed to")
        total = (total + share) % Q
    return total


def _value(coefficients: Sequence[mpz], at: int) -> mpz:
    """The polynomial's value at a place, by Horner's rule."""
    value = mpz(0)
    for each in reversed(coefficients):
        value = (value * mpz(at) + each) % Q
    return value


def _dealt(commitments: Sequence[Sequence[mpz]], at: int) -> mpz:
    """The generator to the power of the sum of the polynomials' values at a place."""
    product = mpz(1)
    for each in commitments:
        for degree, commitment in enumerate(each):
            product = product * power(commitment, at**degree) % P
    return product


def _agreed(certified: Sequence[Certificate], commitments: Sequence[str]) -> str:
    certs = [canonical(each.text) for each in certified]
    return "certs_sig|" + compact({"certs": certs, "coefexps": list(commitments)})


def _pok(public: mpz) -> str:
    return f"pok|{group.NAME}|{public}"
