"""Copies of a good archive with one thing wrong: who refuses which."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from server.secrecy.archive import write_archive
from server.secrecy.ballot import said_of
from server.secrecy.disjunction import Claim, prove
from server.secrecy.election import read_election
from server.secrecy.elgamal import Ciphertext, encrypt, total
from server.secrecy.group import P, Q, in_group, random_scalar
from server.secrecy.notation import compact, short_hash_of
from server.secrecy.schnorr import prove_knowledge
from server.secrecy.sealing import marks_of, seal
from server.secrecy.strict import SoundArchive, UnsoundArchive, verify_archive
from server.secrecy.tally import encrypted_tally
from tests.secrecy import tampering
from tests.secrecy.ceremonies import ceremony
from tests.secrecy.elections import ELECTION, MOTION, election, rng
from tests.secrecy.forged import events_of, forge
from tests.secrecy.opened import opened, voted
from tests.secrecy.stranger import Stranger, version
from tests.secrecy.tampering import PASSED_BY_2_0, in_ballot, with_ballot

VOTES = [(0, [0]), (1, [1]), (0, [2])]
HELD, CREDENTIALS, CLOSED = voted(MOTION, VOTES)
GOOD = opened(HELD, CLOSED, (1, 3))
ELECTED = opened(
    *(lambda found: (found[0], found[2]))(voted(ELECTION, [(0, [0]), (1, [])])), (1, 2)
)

Tampered = Callable[[], bytes]


def outside_the_group() -> bytes:
    """A ballot whose first alpha is negated, hence outside the group, with proofs that fit it.

    Where every challenge on it is even the sign goes unseen: a checker that does not ask whether
    alpha is in the group accepts it.
    """
    random, key, credential = rng(21), HELD.key, CREDENTIALS[1]
    marks = marks_of(MOTION, [1])
    while True:
        randomness = [random_scalar(random) for _ in marks]
        choices = [encrypt(key, mark, r) for mark, r in zip(marks, randomness, strict=True)]
        choices[0] = Ciphertext(P - choices[0].alpha, choices[0].beta)
        single, whole = said_of(HELD, credential.public, choices)
        individual = [
            prove(f"prove|{single}|{choice}", key, [Claim(r, mark), Claim(r, mark - 1)], random)
            for mark, r, choice in zip(marks, randomness, choices, strict=True)
        ]
        said = f"prove|{whole}|{total(choices)}"
        overall = prove(said, key, [Claim(sum(randomness) % Q, 0)], random)
        if all(each.challenge % 2 == 0 for each in (*individual[0], *overall)):
            break
    assert not in_group(choices[0].alpha)
    answer = {
        "choices": [each.as_json() for each in choices],
        "individual_proofs": [[one.as_json() for one in each] for each in individual],
        "overall_proof": [each.as_json() for each in overall],
    }
    body = {
        "election_uuid": HELD.uuid,
        "election_hash": HELD.fingerprint,
        "credential": credential.public,
        "answers": [answer],
    }
    hashed = short_hash_of(compact(body))
    proof = prove_knowledge(credential.secret, f"sig|{hashed}", random).as_json()
    text = compact({**body, "signature": {"hash": hashed, "proof": proof}})
    return with_ballot(GOOD, text)


def another_key() -> bytes:
    other = read_election(HELD.text.replace(str(HELD.public_key), ceremony_key(8)))
    return write_archive(replace(GOOD, election=other.text))


def ceremony_key(seed: int) -> str:
    """The key of another ceremony's trustees."""
    text = ceremony(seed).text
    keys = json.loads(text)[0][1]["verification_keys"]
    return str(keys[0]["public_key"])


def same_seats_other_ballot() -> bytes:
    """An accredited seat's ballot, but of another election."""
    other = election(MOTION, 9)
    ballot = seal(other, CREDENTIALS[1], marks_of(MOTION, [1]), rng(20))
    return with_ballot(GOOD, ballot.text)


def of_the_good_one(make: tampering.Tampering) -> Tampered:
    return lambda: make(GOOD)


REFUSED_BY_ALL: dict[str, Tampered] = {
    **{what: of_the_good_one(make) for what, make in tampering.REFUSED_BY_ALL.items()},
    "the blank proof": lambda: in_ballot('"blank_proof":[{"challenge":')(ELECTED),
    "the seat's ballot of another election": same_seats_other_ballot,
    "a number outside the group": outside_the_group,
    "the election's key": another_key,
}


def replayed_and_opened() -> bytes:
    """The older ballot is cast once more after a re-vote, and two trustees opened the sum."""
    ballots = (*GOOD.ballots, GOOD.ballots[0])
    tally = encrypted_tally(HELD, ballots)
    return write_archive(opened(HELD, replace(CLOSED, ballots=ballots, tally=tally), (1, 3)))


def test_the_good_archive_is_good(tmp_path: Path) -> None:
    raw = write_archive(GOOD)
    assert forge(GOOD.began, events_of(GOOD)) == raw
    assert isinstance(verify_archive(raw), SoundArchive)
    assert Stranger(tmp_path).verify(raw, HELD.uuid).held


@pytest.mark.parametrize("what", REFUSED_BY_ALL)
def test_what_belenios_refuses_we_refuse(what: str, tmp_path: Path) -> None:
    raw = REFUSED_BY_ALL[what]()
    assert not Stranger(tmp_path).verify(raw, HELD.uuid).held
    assert isinstance(verify_archive(raw), UnsoundArchive)


@pytest.mark.parametrize("what", PASSED_BY_2_0)
def test_what_its_version_2_0_lets_pass_we_refuse(what: str, tmp_path: Path) -> None:
    make, said = PASSED_BY_2_0[what]
    raw = replayed_and_opened() if make is tampering.replayed else make(GOOD)
    found = verify_archive(raw)
    assert isinstance(found, UnsoundArchive)
    assert said in found.what
    if version() == "2.0":
        assert Stranger(tmp_path).verify(raw, HELD.uuid).held, "docs/secrecy.md says so"
