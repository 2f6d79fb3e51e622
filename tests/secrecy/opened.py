"""Whole elections of the tests, from the setup to the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from server.secrecy.archive import Contents, Decryption
from server.secrecy.ceremony import read_trustees
from server.secrecy.credential import Credential, credentials_text, new_credential
from server.secrecy.decryption import partial_decryption, read_decryption
from server.secrecy.election import (
    SecretElection,
    SecretQuestion,
    election_text,
    new_uuid,
    read_election,
)
from server.secrecy.sealing import marks_of, seal
from server.secrecy.tally import encrypted_tally, open_tally
from tests.secrecy.ceremonies import ceremony
from tests.secrecy.elections import rng


def voted(
    question: SecretQuestion, votes: Sequence[tuple[int, Sequence[int]]], seed: int = 5
) -> tuple[SecretElection, tuple[Credential, ...], Contents]:
    """An election whose ballots have ended. A vote is (voter, chosen answers)."""
    random, held = rng(seed), ceremony()
    election = read_election(
        election_text(
            uuid=new_uuid(random),
            name="Élection «de test»",
            description="",
            public_key=read_trustees(held.text).public_key,
            question=question,
        )
    )
    credentials = tuple(new_credential(random) for _ in range(1 + max(who for who, _ in votes)))
    ballots = tuple(
        seal(election, credentials[who], marks_of(question, chosen), random).text
        for who, chosen in votes
    )
    contents = Contents(
        began=1_795_649_909,
        election=election.text,
        trustees=held.text,
        credentials=credentials_text([each.public for each in credentials]),
        ballots=ballots,
        tally=encrypted_tally(election, ballots),
    )
    return election, credentials, contents


def opened(election: SecretElection, contents: Contents, by: Sequence[int]) -> Contents:
    """The election opened by these trustees."""
    random, held = rng(11), ceremony()
    trustees, tally = read_trustees(held.text), contents.tally
    assert tally is not None
    decryptions = tuple(
        Decryption(at, partial_decryption(election, tally, held.share(at), random)) for at in by
    )
    factors = {
        each.owner: read_decryption(
            election, tally, trustees.verification_keys[each.owner - 1], each.text
        )
        for each in decryptions
    }
    result = open_tally(election, trustees, tally, factors)
    return replace(contents, decryptions=decryptions, result=result.text)
