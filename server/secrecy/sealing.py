"""Sealing: what a seat does with a choice.

Rule: whatever is chosen, every ballot on a question has the same shape and costs the same work.
The randomness is the one thing that opens a ballot: it is given back for the audit of a ballot
that will not be cast, and must be forgotten with one that is.

Source: Belenios specification 2.0, sections 4.11 to 4.15. The audit: J. Benaloh, Ballot casting
assurance via voter-initiated poll station auditing, EVT 2007.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from gmpy2 import mpz

from server.secrecy.ballot import read_ballot, said_of
from server.secrecy.credential import Credential
from server.secrecy.disjunction import Claim, prove
from server.secrecy.election import SecretElection, SecretQuestion
from server.secrecy.elgamal import encrypt
from server.secrecy.group import Q, Random, random_scalar
from server.secrecy.notation import compact, short_hash_of
from server.secrecy.schnorr import Proof, prove_knowledge


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A ballot that nobody has signed: its text, which is what the signature is over."""

    text: str
    randomness: tuple[int, ...] = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """What the signature is over; it stands in the published ballot as `signature.hash`."""
        return short_hash_of(self.text)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A ballot that can be cast, and the exponents, one a choice, that would open it."""

    text: str
    randomness: tuple[int, ...] = field(repr=False)


def marks_of(question: SecretQuestion, chosen: Collection[int]) -> tuple[int, ...]:
    """What a choice encrypts: 1 for a chosen answer, else 0; a leading 1 is a blank vote.

    `chosen` are places in the list of answers; none of them is a blank vote where the question
    takes one. Raises `ValueError` for a choice that the question does not take.
    """
    answers = [int(at in chosen) for at in range(len(question.answers))]
    if sum(answers) != len(chosen):
        raise ValueError("an answer is chosen that is not there")
    marks = (int(not chosen), *answers) if question.blank else tuple(answers)
    _demand(question, marks)
    return marks


def seal(
    election: SecretElection, credential: Credential, marks: Sequence[int], random: Random
) -> Sealed:
    """A ballot with these marks (see `marks_of`), signed with the seat's credential.

    Raises `ValueError` for marks that the question does not take.
    """
    return sign(enclose(election, credential.public, marks, random), credential, random)


def sign(enclosed: Enclosed, credential: Credential, random: Random) -> Sealed:
    """The ballot with the seat's signature. Its nonce must be known to nobody, ever: it would
    give the credential away."""
    hashed = enclosed.fingerprint
    proof = prove_knowledge(credential.secret, f"sig|{hashed}", random)
    signed = compact({"hash": hashed, "proof": proof.as_json()})
    return Sealed(f'{enclosed.text[:-1]},"signature":{signed}}}', enclosed.randomness)


def enclose(
    election: SecretElection, credential: str, marks: Sequence[int], random: Random
) -> Enclosed:
    """A ballot with these marks under a public credential, for its owner to sign.

    Raises `ValueError` for marks that the question does not take.
    """
    question, key = election.question, election.key
    _demand(question, marks)
    randomness = [random_scalar(random) for _ in marks]
    choices = [encrypt(key, mark, r) for mark, r in zip(marks, randomness, strict=True)]
    single, whole = said_of(election, credential, choices)
    individual = [
        prove(f"prove|{single}|{choice}", key, [Claim(r, mark), Claim(r, mark - 1)], random)
        for mark, r, choice in zip(marks, randomness, choices, strict=True)
    ]
    answer: dict[str, object] = {
        "choices": [each.as_json() for each in choices],
        "individual_proofs": [_json(each) for each in individual],
    }
    blank = question.blank
    r_sum, chosen = sum(randomness[blank:]) % Q, sum(marks[blank:])
    wanted = [Claim(r_sum, chosen - number) for number in range(question.min, question.max + 1)]
    if blank:
        r_blank, is_blank = randomness[0], marks[0]
        overall = [Claim(r_blank, is_blank - 1), *wanted]
        neither = [Claim(r_blank, is_blank), Claim(r_sum, chosen)]
        answer["overall_proof"] = _json(prove(f"bproof1|{whole}", key, overall, random))
        answer["blank_proof"] = _json(prove(f"bproof0|{whole}", key, neither, random))
    else:
        total = encrypt(key, chosen, r_sum)
        said = f"prove|{whole}|{total}"
        answer["overall_proof"] = _json(prove(said, key, wanted, random))
    body = {
        "election_uuid": election.uuid,
        "election_hash": election.fingerprint,
        "credential": credential,
        "answers": [answer],
    }
    return Enclosed(compact(body), tuple(map(int, randomness)))


def opens(
    election: SecretElection, text: str, marks: Sequence[int], randomness: Sequence[int]
) -> bool:
    """Whether a sealed ballot holds exactly these marks, as whoever knows its randomness can see.

    That is the audit at the seat: the seat says what it encrypted and with which randomness, and
    any other machine computes the same ciphertexts or finds it out.
    """
    try:
        ballot = read_ballot(election.question, text)
        _demand(election.question, marks)
    except ValueError:
        return False
    if len(randomness) != len(marks) or ballot.election_hash != election.fingerprint:
        return False
    computed = tuple(
        encrypt(election.key, mark, mpz(r)) for mark, r in zip(marks, randomness, strict=True)
    )
    return computed == ballot.choices


def _demand(question: SecretQuestion, marks: Sequence[int]) -> None:
    if len(marks) != question.choices or any(mark not in (0, 1) for mark in marks):
        raise ValueError("there must be one mark, 0 or 1, for each choice")
    chosen = sum(marks[question.blank :])
    if question.blank and marks[0]:
        if chosen:
            raise ValueError("a blank vote chooses nothing")
    elif not question.min <= chosen <= question.max:
        raise ValueError(f"{chosen} chosen; {question.min} to {question.max} may be")


def _json(proofs: Sequence[Proof]) -> list[dict[str, str]]:
    return [each.as_json() for each in proofs]
