"""A secret ballot, checked again from its record: who might vote, every sealed ballot, the opening.

Rule: nothing is believed but the scrutineers' own signatures. The election asks what the ballot
asks; the list of those who might vote is on the roll and was signed before the ballot opened;
each number that the box gave is a sealed ballot of an accredited Member or a refused one, whose
proofs indeed do not hold; and the archive that all of it makes passes the strict verifier, with
the result that was counted.
"""

from __future__ import annotations

from typing import Any

from server.assembly.roll import RightToVote, Roll
from server.ballots.events import BallotEvent
from server.ballots.life import Closure
from server.ballots.secret import Secret
from server.record.sealed import (
    archive_of,
    asked_in_secret,
    last_of_each,
    tally_from,
    trustees_of,
)
from server.record.story import Story
from server.secrecy.admission import NotAdmitted, admit, proofs_hold
from server.secrecy.credential import credentials_text
from server.secrecy.election import SecretElection, read_election
from server.secrecy.notation import Malformed
from server.secrecy.strict import UnsoundArchive, verify_archive
from server.secrecy.trustee import list_signature_holds
from server.vocabulary import Mode, SealedFault

_NEVER_COUNTS = frozenset(
    {SealedFault.FORM, SealedFault.ELECTION, SealedFault.CREDENTIAL, SealedFault.SIGNATURE}
)
"""Faults of the text itself: the same text has them whenever it comes."""


def fault_of_sealed(story: Story, roll: Roll, closure: Closure) -> str | None:
    """The first thing in a closed secret ballot that does not follow, or None."""
    secret = story.ballot.secret
    if (secret is not None) != (story.ballot.question.mode is Mode.SECRET):
        return "a secret ballot has an election, and no other ballot has one"
    if secret is None:
        return "sealed ballots where the vote is not secret" if closure.sealed else None
    try:
        election = read_election(secret.election)
        fault = _fault_of_list(story, roll, secret, election)
        fault = fault or _fault_of_ballots(secret, election, closure)
        fault = fault or _fault_of_refused(story, secret, election)
        fault = fault or _fault_of_turned_away(story, secret, closure)
        return fault or _fault_of_archive(story, secret, closure)
    except Malformed as error:
        return f"the secret ballot's texts cannot be read: {error}"


def _fault_of_list(
    story: Story, roll: Roll, secret: Secret, election: SecretElection
) -> str | None:
    """What is wrong with what was frozen at the announcement, or with its signatures."""
    asked = asked_in_secret(story.ballot.question, story.assembly.languages[0])
    if election.question != asked:
        return "the election does not ask what the ballot asks"
    may_vote = {
        entry.member
        for entry in roll.entries
        if entry.present and entry.status is RightToVote.ENTITLED
    }
    for member in secret.accredited:
        if member not in may_vote:
            return f"{member} is accredited, but was not present with a right to vote"
    if credentials_text(list(secret.accredited.values())) != secret.credentials:
        return "the published credentials are not those of the accredited Members"
    trustees = trustees_of(secret)
    if not trustees.bound:
        return "the scrutineers did not sign with whom they made the key"
    if secret.needed != trustees.threshold or len(secret.scrutineers) != len(trustees.signing_keys):
        return "the scrutineers are not those who hold the key"
    signed: set[str] = set()
    for event in story.events:
        payload = event.payload or {}
        if event.header.type == BallotEvent.LIST_SIGNED.value:
            name = payload["scrutineer"]
            trustee = secret.trustee(name)
            if trustee is None or not list_signature_holds(
                trustees.signing_keys[trustee - 1],
                election.fingerprint,
                secret.credentials,
                payload["signature"],
            ):
                return f"entry {event.header.seq}: the signature of {name} does not hold"
            signed.add(name)
        if event.header.type == BallotEvent.OPENED.value and len(signed) < secret.needed:
            return f"the ballot opened with {len(signed)} of {secret.needed} signatures"
    return None


def _fault_of_ballots(secret: Secret, election: SecretElection, closure: Closure) -> str | None:
    """What is wrong with the sealed ballots' places, or with what was made of them."""
    numbers = [each.n for each in closure.sealed]
    if numbers != sorted(set(numbers)):
        return "the sealed ballots are not in the order of their numbers"
    if set(numbers) & set(secret.refused):
        return "a refused ballot stands among those that count"
    if set(numbers) | set(secret.refused) != set(range(1, closure.n + 1)):
        return "a number that the box gave is neither a sealed ballot nor a refused one"
    for each in closure.sealed:
        public = secret.accredited.get(each.member)
        if public is None:
            return f"{each.member} has a sealed ballot, but is not accredited"
        admitted = admit(election, each.text, public)
        if isinstance(admitted, NotAdmitted):
            return f"sealed ballot {each.n} of {each.member}: {admitted.detail}"
        if admitted.tracker != each.tracker:
            return f"sealed ballot {each.n} of {each.member}: its tracker is another"
    # In the order of their numbers, as the closing entry has them.
    if sorted(last_of_each(closure.sealed), key=lambda vote: vote.n) != list(closure.votes):
        return "who has voted does not follow from the sealed ballots"
    return None


def refused_without_text(story: Story) -> int:
    """How many refused ballots are in the record by their trackers only."""
    return sum("text" not in payload for _, payload in _refused(story))


def _refused(story: Story) -> list[tuple[int, dict[str, Any]]]:
    return [
        (event.header.seq, event.payload or {})
        for event in story.events
        if event.header.type == BallotEvent.SEALED_REFUSED.value
    ]


def _fault_of_refused(story: Story, secret: Secret, election: SecretElection) -> str | None:
    """What is wrong with the ballots that were refused because their proofs do not hold."""
    for seq, payload in _refused(story):
        member, text = payload["member"], payload.get("text")
        public = secret.accredited.get(member)
        if public is None:
            return f"entry {seq}: a ballot of {member} was refused, who was not accredited"
        if text is None:
            continue  # from before the texts were kept: `refused_without_text`
        admitted = admit(election, text, public)
        if isinstance(admitted, NotAdmitted):
            return f"entry {seq}: the refused ballot of {member}: {admitted.detail}"
        if admitted.tracker != payload["tracker"]:
            return f"entry {seq}: the refused ballot of {member}: its tracker is another"
        if proofs_hold(election, text):
            return f"entry {seq}: a ballot of {member} was refused whose proofs hold"
    return None


def _fault_of_turned_away(story: Story, secret: Secret, closure: Closure) -> str | None:
    """What is wrong with the ballots that are said to have been turned away."""
    counted = {(each.member, each.tracker) for each in closure.sealed}
    if len({(each.member, each.fault) for each in secret.turned_away}) < len(secret.turned_away):
        return "a Member's ballots are turned away twice for the same reason"
    for each in secret.turned_away:
        if each.member not in secret.accredited:
            return f"a ballot of {each.member} was turned away, who was not accredited"
        if each.fault is SealedFault.PROOF:
            return "a ballot that was stored and refused stands among those that were turned away"
        if each.fault in _NEVER_COUNTS and (each.member, each.tracker) in counted:
            return f"a ballot of {each.member} counts that was turned away"
    closed = False
    for event in story.events:
        closed |= event.header.type == BallotEvent.CLOSED.value
        if event.header.type != BallotEvent.SEALED_TURNED_AWAY.value or closed:
            continue
        late = [
            row["member"]
            for row in (event.payload or {})["turned_away"]
            if row["reason"] == SealedFault.LATE.value
        ]
        if late:
            return f"entry {event.header.seq}: {late[0]} is called late before the voting closed"
    return None


def _fault_of_archive(story: Story, secret: Secret, closure: Closure) -> str | None:
    """What the strict verifier says of the archive, and whether the count is its result."""
    raw = archive_of(story.ballot)
    assert raw is not None, "the ballot is closed and secret"  # noqa: S101  # the caller looked
    verified = verify_archive(raw)
    if isinstance(verified, UnsoundArchive):
        return f"the archive does not hold: {verified.what}"
    if verified.opened is None:
        return None if closure.tally is None else "a count, but nobody opened the tally"
    if closure.tally != tally_from(verified.opened, story.ballot.question.choices):
        return "the count is not the one that the scrutineers opened"
    return None
