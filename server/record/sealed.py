"""A secret ballot's archive, as it follows from the journal.

Rule: the archive is a pure function of what the journal holds, the same on every server at any
time: nothing of it is stored. Until the tally is opened it ends with the encrypted tally.
"""

from __future__ import annotations

from functools import lru_cache

from gmpy2 import mpz

from server.ballots.life import Ballot, CastVote, closure_of
from server.ballots.question import Question
from server.ballots.secret import SealedVote, Secret
from server.ballots.tellers import Tally
from server.secrecy.archive import Contents, Decryption, events_of, write_archive
from server.secrecy.ceremony import Trustees, read_trustees
from server.secrecy.decryption import read_decryption
from server.secrecy.election import SecretElection, SecretQuestion, read_election
from server.secrecy.tally import EncryptedTally, OpenedTally, encrypted_tally, open_tally
from server.vocabulary import Kind, Language


def contents_of(ballot: Ballot) -> Contents | None:
    """What the archive of a closed secret ballot says; None for any other ballot."""
    secret, closure = ballot.secret, closure_of(ballot)
    if secret is None or closure is None:
        return None
    texts = tuple(each.text for each in closure.sealed)
    return Contents(
        began=secret.began // 1000,
        election=secret.election,
        trustees=secret.trustees,
        credentials=secret.credentials,
        ballots=texts,
        tally=tally_in(secret.election, texts),
        decryptions=tuple(Decryption(each.trustee, each.text) for each in secret.shares),
        result=secret.result,
    )


def is_archive(raw: bytes) -> bool:
    """Whether a file looks like an archive, and not like a record."""
    return raw.startswith(b"BELENIOS\0")


def archive_of(ballot: Ballot) -> bytes | None:
    """The archive of a closed secret ballot; None for any other ballot."""
    contents = contents_of(ballot)
    return None if contents is None else write_archive(contents)


def heights_of(ballot: Ballot) -> dict[str, tuple[int, str]]:
    """The height and the hash of each sealed ballot's event in the archive, by tracker."""
    secret, closure = ballot.secret, closure_of(ballot)
    if secret is None or closure is None:
        return {}
    contents = Contents(
        began=secret.began // 1000,
        election=secret.election,
        trustees=secret.trustees,
        credentials=secret.credentials,
        ballots=tuple(each.text for each in closure.sealed),
    )
    events = events_of(contents)[1:]
    return {
        vote.tracker: (event.height, event.hash)
        for vote, event in zip(closure.sealed, events, strict=True)
    }


@lru_cache(maxsize=8)
def tally_in(election: str, texts: tuple[str, ...]) -> EncryptedTally:
    """The encrypted tally of these ballots, whose proofs hold."""
    return encrypted_tally(read_election(election), texts)


def asked_in_secret(question: Question, language: Language) -> SecretQuestion:
    """The question as the election asks it: the answers are the ballot's choices in their order."""
    titles = (question.title[each] for each in (language, *Language))
    title = next(filter(None, titles), question.document or "-")
    if question.kind is not Kind.ELECTION:
        return SecretQuestion(title, question.choices, blank=False, min=1, max=1)
    names = {each.id: each.name for each in question.candidates}
    answers = tuple(names[each][language] or each for each in question.choices)
    return SecretQuestion(title, answers, blank=True, min=1, max=question.names_per_ballot)


def last_of_each(sealed: tuple[SealedVote, ...]) -> tuple[CastVote, ...]:
    """Who has voted: of each Member the last valid ballot, named by its tracker."""
    last = {each.member: each for each in sealed}
    return tuple(
        CastVote(each.member, each.tracker, each.n, each.press_id) for each in last.values()
    )


def trustees_of(secret: Secret) -> Trustees:
    """The scrutineers' public keys."""
    return read_trustees(secret.trustees)


def signing_key_of(secret: Secret, trustee: int) -> mpz:
    """The key that checks what a scrutineer signs; `trustee` from 1."""
    return trustees_of(secret).signing_keys[trustee - 1]


def open_with(secret: Secret, tally: EncryptedTally, shares: tuple[Decryption, ...]) -> OpenedTally:
    """The result that these shares open. Raises `Malformed` if one does not hold."""
    election, trustees = read_election(secret.election), trustees_of(secret)
    factors = {each.owner: _factors(election, trustees, tally, each) for each in shares}
    return open_tally(election, trustees, tally, factors)


def check_share(secret: Secret, tally: EncryptedTally, share: Decryption) -> None:
    """Raises `Malformed` if a scrutineer's share does not hold."""
    _factors(read_election(secret.election), trustees_of(secret), tally, share)


def tally_from(opened: OpenedTally, choices: tuple[str, ...]) -> Tally:
    """The opened result as a count of the ballot's choices."""
    return Tally(
        counts=tuple(zip(choices, opened.counts, strict=True)),
        ballots=opened.ballots - opened.blank,
        blank=opened.blank,
        invalid=0,
    )


def _factors(
    election: SecretElection, trustees: Trustees, tally: EncryptedTally, share: Decryption
) -> tuple[mpz, ...]:
    return read_decryption(election, tally, trustees.verification_keys[share.owner - 1], share.text)
