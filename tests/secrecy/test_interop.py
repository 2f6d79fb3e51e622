"""`belenios-tool` and we: each accepts what the other makes."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gmpy2 import mpz

from server.cli.verify import HOLDS, WRONG, verify
from server.secrecy.admission import Admitted, admit, proofs_hold
from server.secrecy.archive import Decryption, write_archive
from server.secrecy.ceremony import read_trustees
from server.secrecy.decryption import read_decryption
from server.secrecy.election import SecretQuestion, read_election
from server.secrecy.group import G, Q, power
from server.secrecy.strict import SoundArchive, verify_archive
from server.secrecy.tally import open_tally
from server.secrecy.trustee import keys_of, read_certificates, receive
from tests.secrecy.ceremonies import ceremony
from tests.secrecy.elections import ELECTION, MOTION
from tests.secrecy.forged import events_of, forge
from tests.secrecy.opened import voted
from tests.secrecy.stranger import (
    ELECTION_VOTES,
    MOTION_VOTES,
    VECTORS,
    Stranger,
    Votes,
    decrypt,
    its_election,
)

CASES = pytest.mark.parametrize(
    ("name", "question", "votes", "counts", "blank"),
    [
        ("motion", MOTION, MOTION_VOTES, (0, 1, 1), 0),
        ("election", ELECTION, ELECTION_VOTES, (1, 0, 0, 0, 1), 1),
    ],
    ids=["motion", "election"],
)


def check(raw: bytes, question: SecretQuestion, counts: tuple[int, ...], blank: int) -> None:
    """Our verdict on an election of the stranger's, and on each of its ballots."""
    sound = verify_archive(raw)
    assert isinstance(sound, SoundArchive), sound
    assert sound.election.question == question
    assert not sound.trustees.bound  # version 2.0 has no such signatures
    assert sound.opened is not None
    assert (sound.opened.counts, sound.opened.blank) == (counts, blank)
    for text in sound.contents.ballots:
        public = json.loads(text)["credential"]
        assert isinstance(admit(sound.election, text, public), Admitted)
        assert proofs_hold(sound.election, text)


@CASES
def test_elections_that_it_made_hold(
    name: str, question: SecretQuestion, votes: Votes, counts: tuple[int, ...], blank: int
) -> None:
    raw = (VECTORS / f"{name}.bel").read_bytes()
    check(raw, question, counts, blank)


@CASES
def test_elections_that_it_makes_hold(
    name: str,
    question: SecretQuestion,
    votes: Votes,
    counts: tuple[int, ...],
    blank: int,
    tmp_path: Path,
) -> None:
    check(its_election(tmp_path, question, votes), question, counts, blank)


@CASES
def test_its_archive_is_written_as_ours_is(
    name: str, question: SecretQuestion, votes: Votes, counts: tuple[int, ...], blank: int
) -> None:
    raw = (VECTORS / f"{name}.bel").read_bytes()
    sound = verify_archive(raw)
    assert isinstance(sound, SoundArchive)
    assert write_archive(sound.contents) == raw
    assert forge(sound.contents.began, events_of(sound.contents)) == raw


def test_its_private_messages_can_be_read_and_make_the_keys() -> None:
    held: dict[str, Any] = json.loads((VECTORS / "ceremony.json").read_text())
    certified = read_certificates(held["certificates"], threshold=2)
    trustees = read_trustees(held["trustees"])
    dealings = [json.loads(each) for each in held["dealings"]]
    for at, seed in enumerate(held["seeds"]):
        keys = keys_of(seed)
        assert certified[at].verification_key == keys.verification_key
        shares = [
            receive(keys, dealer.verification_key, dealing["secrets"][at])
            for dealer, dealing in zip(certified, dealings, strict=True)
        ]
        total = sum(mpz(json.loads(share)["secret"]) for share in shares) % Q
        assert power(G, total) == trustees.verification_keys[at]
        kept = json.loads(held["outputs"][at])["private_key"]
        message = receive(keys, keys.verification_key, kept)
        assert int(json.loads(message)["decryption_key"]) % Q == total


def test_a_scrutineer_may_decrypt_with_it_instead_of_with_ours(tmp_path: Path) -> None:
    election, _, contents = voted(MOTION, [(0, [0]), (1, [2]), (0, [1])])
    held, tool = ceremony(), Stranger(tmp_path)
    (tmp_path / f"{election.uuid}.bel").write_bytes(write_archive(contents))
    trustees, tally = read_trustees(held.text), contents.tally
    assert tally is not None
    shares: list[Decryption] = []
    for index in (2, 3):
        seed = tool.write("seed", held.seeds[index - 1])
        kept = json.loads(held.verification_keys[index - 1])["private_key"]
        said = decrypt(tool, index, seed, tool.write("share", kept)).splitlines()
        shares.append(Decryption(index, said[0]))
        tool.happened("PartialDecryption", "\n".join(said) + "\n")
    factors = {
        each.owner: read_decryption(
            election, tally, trustees.verification_keys[each.owner - 1], each.text
        )
        for each in shares
    }
    result = open_tally(election, trustees, tally, factors)
    assert result.counts == (0, 1, 1)
    ours = replace(contents, decryptions=tuple(shares), result=result.text)
    theirs = json.loads(tool.run("election", "compute-result").splitlines()[0])
    assert theirs == json.loads(result.text)
    assert tool.verify(write_archive(ours), election.uuid).held
    assert isinstance(verify_archive(write_archive(ours)), SoundArchive)


def test_an_election_of_later_years_may_name_who_runs_it() -> None:
    raw = (VECTORS / "motion.bel").read_bytes()
    sound = verify_archive(raw)
    assert isinstance(sound, SoundArchive)
    text = sound.election.text
    named = text[:-1] + ',"administrator":"Secretariat","credential_authority":"Scrutineers"}'
    assert read_election(named).question == sound.election.question
    assert read_election(named).fingerprint != sound.election.fingerprint


def test_an_archive_of_a_stranger_is_verified_from_its_file(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    path = VECTORS / "election.bel"
    assert verify(str(path), None, None, out, err) == HOLDS, err.getvalue()
    said = out.getvalue()
    assert "Algeria 1, Benin 0, Chile 0, Denmark 0, Estonia 1, blank 1" in said
    assert "any 2 of 3 trustees, who did not sign with whom they made it" in said
    changed = tmp_path / "changed.bel"
    changed.write_bytes(path.read_bytes().replace(b"Algeria", b"Albania"))
    assert verify(str(changed), None, None, out, err) == WRONG
    assert "not named for its contents" in err.getvalue()
