"""The list of accredited seats, looked at before it is signed.

Rule: what the scrutineer is asked to sign was checked as far as arithmetic goes; what remains for
people is shown: how many, which fingerprint, and what differs from the list signed last. For one
election one list is signed, never another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scrutineer.dossier import Dossier, Share, SignedList, share_in
from server.secrecy.ceremony import read_trustees
from server.secrecy.credential import fingerprint_of, read_credentials
from server.secrecy.election import SecretElection, read_election
from server.secrecy.group import Random
from server.secrecy.notation import Malformed
from server.secrecy.trustee import keys_of, sign_list
from server.wire.scrutiny import (
    SecretResponse,
)


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against signing or opening: a message of the `.ftl` files, and its argument."""

    message: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class SignedBefore:
    """This very list was signed; the signature can be sent again."""

    signed: SignedList


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that can be signed. `before` says whether there is an earlier list to compare with:
    `added`, `removed` and `changed` are Members' codes."""

    share: Share
    election: SecretElection
    members: Mapping[str, str]
    credentials: str
    fingerprint: str
    before: bool
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def look_at(dossier: Dossier, secret: SecretResponse) -> Listed | SignedBefore | Objection:
    """What there is to say about the list of a ballot before it is signed."""
    share = share_in(dossier, secret.trustees)
    if share is None:
        return Objection("scrutineer-other-key")
    try:
        election = read_election(secret.election)
        publics = read_credentials(secret.credentials)
        public_key = read_trustees(secret.trustees).public_key
    except Malformed as error:
        return Objection("scrutineer-list-wrong", str(error))
    if str(election.public_key) != public_key:
        return Objection("scrutineer-other-key")
    members = {each.member: each.public for each in secret.accredited}
    if tuple(members.values()) != publics or len(members) != len(secret.accredited):
        return Objection("scrutineer-list-wrong", "names and credentials do not fit together")
    earlier = signed_for(dossier, election.fingerprint)
    if earlier is not None and earlier.credentials != secret.credentials:
        return Objection("scrutineer-list-swapped")
    if earlier is not None:
        return SignedBefore(earlier)
    last = dossier.lists[-1].members if dossier.lists else {}
    both = members.keys() & last.keys()
    return Listed(
        share=share,
        election=election,
        members=members,
        credentials=secret.credentials,
        fingerprint=fingerprint_of(secret.credentials),
        before=bool(dossier.lists),
        added=tuple(sorted(members.keys() - last.keys())),
        removed=tuple(sorted(last.keys() - members.keys())),
        changed=tuple(sorted(each for each in both if members[each] != last[each])),
    )


def signed_for(dossier: Dossier, election: str) -> SignedList | None:
    """The list that we signed for an election (its fingerprint)."""
    return next((each for each in dossier.lists if each.election == election), None)


def signature_on(ballot: str, listed: Listed, random: Random) -> SignedList:
    """The list under our signature."""
    keys = keys_of(listed.share.seed)
    signature = sign_list(keys, listed.election.fingerprint, listed.credentials, random)
    return SignedList(
        ballot, listed.election.fingerprint, listed.members, listed.credentials, signature
    )
