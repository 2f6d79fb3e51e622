"""Copies of a good archive with one thing wrong: who refuses which.

Every copy is written anew, so that all its hashes and links are right: only the mathematics, or
the order of events, can find it out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from server.secrecy.archive import Contents, Decryption, write_archive
from server.secrecy.ballot import said_of
from server.secrecy.credential import Credential, new_credential
from server.secrecy.disjunction import Claim, prove
from server.secrecy.election import SecretElection, read_election
from server.secrecy.elgamal import Ciphertext, encrypt, total
from server.secrecy.group import P, Q, in_group, random_scalar
from server.secrecy.notation import compact, short_hash_of
from server.secrecy.schnorr import prove_knowledge
from server.secrecy.sealing import marks_of, seal
from server.secrecy.strict import SoundArchive, UnsoundArchive, verify_archive
from server.secrecy.tally import encrypted_tally
from tests.secrecy.ceremonies import ceremony
from tests.secrecy.elections import ELECTION, MOTION, election, rng
from tests.secrecy.forged import Event, events_of, forge
from tests.secrecy.opened import opened, voted
from tests.secrecy.stranger import Stranger, version

VOTES = [(0, [0]), (1, [1]), (0, [2])]
HELD, CREDENTIALS, CLOSED = voted(MOTION, VOTES)
GOOD = opened(HELD, CLOSED, (1, 3))

Tampered = Callable[[], bytes]


def digit_changed(text: str, after: str) -> str:
    """The text with one digit changed, of the first number after these words."""
    at = text.index('"', text.index(after) + len(after)) + 30
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def with_ballot(contents: Contents, text: str, at: int = 1) -> bytes:
    """The archive with another ballot in the place of one, up to the tally that they make."""
    ballots = (*contents.ballots[:at], text, *contents.ballots[at + 1 :])
    tally = encrypted_tally(read_election(contents.election), ballots)
    return write_archive(
        replace(contents, ballots=ballots, tally=tally, decryptions=(), result=None)
    )


def in_ballot(after: str, contents: Contents = GOOD) -> Tampered:
    """One digit of a ballot is another."""
    return lambda: with_ballot(contents, digit_changed(contents.ballots[1], after))


def in_decryption(after: str) -> bytes:
    first, second = GOOD.decryptions
    changed = replace(first, text=digit_changed(first.text, after))
    return write_archive(replace(GOOD, decryptions=(changed, second)))


def sealed_by(credential: Credential, held: SecretElection = HELD) -> str:
    return seal(held, credential, marks_of(MOTION, [1]), rng(20)).text


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


def in_trustees() -> bytes:
    text = digit_changed(GOOD.trustees, '"verification_keys":[{"pok":{"challenge":')
    return write_archive(replace(GOOD, trustees=text))


def of_another_trustee() -> bytes:
    first, second = GOOD.decryptions
    return write_archive(replace(GOOD, decryptions=(Decryption(2, first.text), second)))


def one_trustee_alone() -> bytes:
    return write_archive(replace(GOOD, decryptions=GOOD.decryptions[:1]))


def another_result() -> bytes:
    assert GOOD.result == '{"result":[[0,1,1]]}'
    return write_archive(replace(GOOD, result='{"result":[[1,0,1]]}'))


def out_of_the_middle() -> bytes:
    """One ballot's files are taken out, without mending the links."""
    raw = write_archive(GOOD)
    text = GOOD.ballots[0].encode()
    start = raw.index(text) - 512
    size = 512 + -(-len(text) // 512) * 512
    return raw[:start] + raw[start + size + 1024 :]


def a_byte_of_a_payload() -> bytes:
    return write_archive(GOOD).replace(b"In favour", b"In favor.")


ELECTED = opened(
    *(lambda found: (found[0], found[2]))(voted(ELECTION, [(0, [0]), (1, [])])), (1, 2)
)

REFUSED_BY_ALL: dict[str, Tampered] = {
    "a choice": in_ballot('"alpha":'),
    "an individual proof": in_ballot('"individual_proofs":[[{"challenge":'),
    "the overall proof": in_ballot('"overall_proof":[{"challenge":'),
    "the blank proof": in_ballot('"blank_proof":[{"challenge":', ELECTED),
    "the signature": in_ballot('"proof":{"challenge":'),
    "a stranger's ballot": lambda: with_ballot(GOOD, sealed_by(new_credential(rng(22)))),
    "another election's ballot": lambda: with_ballot(
        GOOD, sealed_by(CREDENTIALS[1], election(MOTION, 9))
    ),
    "a number outside the group": outside_the_group,
    "a decryption factor": lambda: in_decryption('"decryption_factors":[['),
    "a decryption's proof": lambda: in_decryption('"decryption_proofs":[[{"challenge":'),
    "another trustee's decryption": of_another_trustee,
    "one trustee alone": one_trustee_alone,
    "the result": another_result,
    "the election's key": another_key,
    "a trustee's key": in_trustees,
    "a ballot taken out": out_of_the_middle,
    "a byte of the election": a_byte_of_a_payload,
}


def made(what: Callable[[list[Event]], list[Event]]) -> bytes:
    """The good archive with its events in another order, all links right."""
    return forge(GOOD.began, what(events_of(GOOD)))


def replayed() -> bytes:
    """After a re-vote the older ballot is cast once more, and counts."""
    ballots = (*GOOD.ballots, GOOD.ballots[0])
    tally = encrypted_tally(HELD, ballots)
    return write_archive(opened(HELD, replace(CLOSED, ballots=ballots, tally=tally), (1, 3)))


def after_the_end() -> bytes:
    """The last ballot stands behind the end of ballots, in what scrutineers are to open."""
    return made(lambda events: [*events[:3], events[4], events[3], events[5]])


def without_an_end() -> bytes:
    return made(lambda events: [event for event in events if event[0] != "EndBallots"])


def with_another_tally() -> bytes:
    """The tally that is published is of one ballot only; the decryptions are of all."""
    other = encrypted_tally(HELD, GOOD.ballots[1:2])
    tally: Event = ("EncryptedTally", (other.text, other.sized))
    return made(lambda events: [tally if each[0] == tally[0] else each for each in events])


PASSED_BY_2_0: dict[str, tuple[Tampered, str]] = {
    "an older ballot replayed after a re-vote": (replayed, "one stands twice"),
    "a ballot after the end of ballots": (after_the_end, "the order of an election"),
    "no end of ballots": (without_an_end, "the order of an election"),
    "another encrypted tally": (with_another_tally, "not the one that the ballots make"),
}


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
    raw = make()
    found = verify_archive(raw)
    assert isinstance(found, UnsoundArchive)
    assert said in found.what
    if version() == "2.0":
        assert Stranger(tmp_path).verify(raw, HELD.uuid).held, "docs/secrecy.md says so"
