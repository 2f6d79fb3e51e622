"""Admission of a sealed ballot: first what is quick, then the proofs.

Rule: nothing is counted that is not well-formed, of this election, signed by this Member's
credential and proved. `admit` takes half a millisecond and is asked before a ballot is stored;
`proofs_hold` takes ten times as long and is asked before it gets its receipt. Both are pure:
the same texts give the same answer on any machine, at any time.

Source: Belenios specification 2.0, sections 3.2, 4.12, 4.13 and 4.14.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gmpy2 import mpz

from server.secrecy.ballot import SealedBallot, read_ballot, said_of, sum_of, tracker
from server.secrecy.disjunction import commitments, holds
from server.secrecy.election import SecretElection
from server.secrecy.notation import Malformed
from server.secrecy.schnorr import knowledge_holds


class Fault(StrEnum):
    """Why a ballot is not admitted."""

    FORM = "form"
    """It is not a ballot on this question, or not in its one canonical form."""
    ELECTION = "election"
    """It was sealed for another election."""
    CREDENTIAL = "credential"
    """It is signed with another credential than the Member's."""
    SIGNATURE = "signature"
    """Its signature does not hold."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """The ballot may be stored; its proofs are still to be checked."""

    tracker: str


@dataclass(frozen=True, slots=True)
class NotAdmitted:
    """The ballot is refused. `detail` names the place and says nothing of the vote."""

    reason: Fault
    detail: str


def admit(election: SecretElection, text: str, public: str) -> Admitted | NotAdmitted:
    """Whether a ballot may be stored for the Member whose accredited credential is `public`.

    `public` is in the group, since it is accredited.
    """
    try:
        ballot = read_ballot(election.question, text)
    except Malformed as error:
        return NotAdmitted(Fault.FORM, str(error))
    return admit_read(election, ballot, public)


def admit_read(
    election: SecretElection, ballot: SealedBallot, public: str
) -> Admitted | NotAdmitted:
    """`admit` for a ballot that has been read already."""
    if (ballot.election_uuid, ballot.election_hash) != (election.uuid, election.fingerprint):
        return NotAdmitted(Fault.ELECTION, "the ballot was sealed for another election")
    if ballot.credential != public:
        return NotAdmitted(Fault.CREDENTIAL, "the credential is not the one that is accredited")
    if ballot.signed_hash != ballot.signed:
        return NotAdmitted(Fault.SIGNATURE, "the signed hash is not the ballot's")
    if not knowledge_holds(mpz(public), f"sig|{ballot.signed_hash}", ballot.signature):
        return NotAdmitted(Fault.SIGNATURE, "the signature does not hold")
    return Admitted(tracker(ballot.text))


def proofs_hold(election: SecretElection, text: str) -> bool:
    """Whether every proof of a ballot holds, and each of its numbers is in the group."""
    try:
        ballot = read_ballot(election.question, text)
    except Malformed:
        return False
    return read_proofs_hold(election, ballot)


def read_proofs_hold(election: SecretElection, ballot: SealedBallot) -> bool:
    """`proofs_hold` for a ballot that has been read already."""
    question, key = election.question, election.key
    single, whole = said_of(election, ballot.credential, ballot.choices)
    numbers = range(question.min, question.max + 1)
    overall, blank = ballot.overall_proof, ballot.blank_proof
    of_blank: list[str] = []
    for at, (choice, proofs) in enumerate(
        zip(ballot.choices, ballot.individual_proofs, strict=True)
    ):
        claimed = list(zip((0, 1), proofs, strict=True))
        if question.blank and at == 0:
            claimed += [(0, blank[0]), (1, overall[0])]
        found = commitments(key, choice, claimed, known=False)
        if found is None or not holds(f"prove|{single}|{choice}", found[:2], proofs):
            return False
        of_blank += found[2:]
    chosen = sum_of(question, ballot.choices)
    claimed = list(zip(numbers, overall[question.blank :], strict=True))
    if question.blank:
        claimed.append((0, blank[1]))
    found = commitments(key, chosen, claimed, known=True)
    if found is None:
        return False
    if not question.blank:
        return holds(f"prove|{whole}|{chosen}", found, overall)
    of_neither, of_overall = of_blank
    return holds(f"bproof1|{whole}", [of_overall, *found[:-1]], overall) and holds(
        f"bproof0|{whole}", [of_neither, found[-1]], blank
    )
