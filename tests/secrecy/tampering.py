"""What can be done to a good archive, whose archive ever it is: each copy has one thing wrong.

Every copy but the two that are changed as bytes is written anew, so that all its hashes and links
are right: only the mathematics, or the order of events, can find it out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from server.secrecy.archive import Contents, Decryption, write_archive
from server.secrecy.credential import new_credential
from server.secrecy.election import new_uuid, read_election
from server.secrecy.sealing import marks_of, seal
from server.secrecy.tally import encrypted_tally
from tests.secrecy.elections import rng
from tests.secrecy.forged import Event, events_of, forge

Tampering = Callable[[Contents], bytes]
"""Makes a tampered copy of an opened archive."""


def digit_changed(text: str, after: str) -> str:
    """The text with one digit changed, of the first number after these words."""
    at = text.index('"', text.index(after) + len(after)) + 30
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def with_ballots(contents: Contents, ballots: tuple[str, ...]) -> bytes:
    """The archive with other ballots, up to the tally that they make."""
    tally = encrypted_tally(read_election(contents.election), ballots)
    return write_archive(
        replace(contents, ballots=ballots, tally=tally, decryptions=(), result=None)
    )


def with_ballot(contents: Contents, text: str, at: int = 1) -> bytes:
    """The archive with another ballot in the place of one."""
    return with_ballots(contents, (*contents.ballots[:at], text, *contents.ballots[at + 1 :]))


def in_ballot(after: str) -> Tampering:
    """One digit of a ballot is another."""
    return lambda contents: with_ballot(contents, digit_changed(contents.ballots[1], after))


def in_decryption(after: str) -> Tampering:
    """One digit of a partial decryption is another."""

    def tampered(contents: Contents) -> bytes:
        first, second = contents.decryptions
        changed = replace(first, text=digit_changed(first.text, after))
        return write_archive(replace(contents, decryptions=(changed, second)))

    return tampered


def in_trustees(contents: Contents) -> bytes:
    """One digit of the proofs of the trustees' keys is another."""
    text = digit_changed(contents.trustees, '"verification_keys":[{"pok":{"challenge":')
    return write_archive(replace(contents, trustees=text))


def strangers_ballot(contents: Contents) -> bytes:
    """A ballot that is right but for its credential, which nobody accredited."""
    held = read_election(contents.election)
    marks = marks_of(held.question, [0])
    return with_ballot(contents, seal(held, new_credential(rng(22)), marks, rng(20)).text)


def other_elections_ballot(contents: Contents) -> bytes:
    """A ballot that is right in another election, which asks the same."""
    held = read_election(contents.election)
    other = read_election(contents.election.replace(held.uuid, new_uuid(rng(24))))
    ballot = seal(other, new_credential(rng(23)), marks_of(other.question, [1]), rng(20))
    return with_ballot(contents, ballot.text)


def of_another_trustee(contents: Contents) -> bytes:
    """A partial decryption under the name of the trustee who made none."""
    first, second = contents.decryptions
    (absent,) = {1, 2, 3} - {first.owner, second.owner}
    return write_archive(replace(contents, decryptions=(Decryption(absent, first.text), second)))


def one_trustee_alone(contents: Contents) -> bytes:
    """One partial decryption, and the result."""
    return write_archive(replace(contents, decryptions=contents.decryptions[:1]))


def another_result(contents: Contents) -> bytes:
    """The first two answers' counts stand in each other's place, or one vote more in both."""
    assert contents.result is not None
    counts = json.loads(contents.result)["result"][0]
    first, second = counts[:2]
    swapped = [second, first] if first != second else [first + 1, second + 1]
    text = json.dumps({"result": [[*swapped, *counts[2:]]]}, separators=(",", ":"))
    assert text != contents.result
    return write_archive(replace(contents, result=text))


def out_of_the_middle(contents: Contents) -> bytes:
    """One ballot's files are taken out, without mending the links."""
    raw = write_archive(contents)
    text = contents.ballots[0].encode()
    start = raw.index(text) - 512
    size = 512 + -(-len(text) // 512) * 512
    return raw[:start] + raw[start + size + 1024 :]


def a_byte_of_the_election(contents: Contents) -> bytes:
    """One letter of the election's text is another."""
    raw = bytearray(write_archive(contents))
    raw[raw.index(b'"answers":["') + 12] ^= 1
    return bytes(raw)


REFUSED_BY_ALL: dict[str, Tampering] = {
    "a choice": in_ballot('"alpha":'),
    "an individual proof": in_ballot('"individual_proofs":[[{"challenge":'),
    "the overall proof": in_ballot('"overall_proof":[{"challenge":'),
    "the signature": in_ballot('"proof":{"challenge":'),
    "a stranger's ballot": strangers_ballot,
    "another election's ballot": other_elections_ballot,
    "a decryption factor": in_decryption('"decryption_factors":[['),
    "a decryption's proof": in_decryption('"decryption_proofs":[[{"challenge":'),
    "another trustee's decryption": of_another_trustee,
    "one trustee alone": one_trustee_alone,
    "the result": another_result,
    "a trustee's key": in_trustees,
    "a ballot taken out": out_of_the_middle,
    "a byte of the election": a_byte_of_the_election,
}
"""What `belenios-tool` refuses as well."""


def _made(contents: Contents, what: Callable[[list[Event]], list[Event]]) -> bytes:
    """The archive with its events in another order, all links right."""
    return forge(contents.began, what(events_of(contents)))


def replayed(contents: Contents) -> bytes:
    """After a re-vote the older ballot is cast once more, and is to count."""
    whose = [json.loads(each)["credential"] for each in contents.ballots]
    twice = next(each for each, times in Counter(whose).items() if times > 1)
    older = contents.ballots[whose.index(twice)]
    return with_ballots(contents, (*contents.ballots, older))


def after_the_end(contents: Contents) -> bytes:
    """The last ballot stands behind the end of ballots, in what scrutineers are to open."""

    def moved(events: list[Event]) -> list[Event]:
        at = next(n for n, event in enumerate(events) if event[0] == "EndBallots")
        return [*events[: at - 1], events[at], events[at - 1], events[at + 1]]

    return _made(contents, moved)


def without_an_end(contents: Contents) -> bytes:
    """Nothing says that the ballots ended."""
    return _made(contents, lambda events: [each for each in events if each[0] != "EndBallots"])


def with_another_tally(contents: Contents) -> bytes:
    """The tally that is published is of one ballot only; the decryptions are of all."""
    other = encrypted_tally(read_election(contents.election), contents.ballots[1:2])
    tally: Event = ("EncryptedTally", (other.text, other.sized))
    return _made(
        contents, lambda events: [tally if each[0] == tally[0] else each for each in events]
    )


PASSED_BY_2_0: dict[str, tuple[Tampering, str]] = {
    "an older ballot replayed after a re-vote": (replayed, "one stands twice"),
    "a ballot after the end of ballots": (after_the_end, "the order of an election"),
    "no end of ballots": (without_an_end, "the order of an election"),
    "another encrypted tally": (with_another_tally, "not the one that the ballots make"),
}
"""What `belenios-tool` 2.0 lets pass, and the words of our refusal."""
