"""The event log of a closed ballot, checked before our share of the key touches it.

Rule: a tally is decrypted only if the archive holds by the strict verifier, is of the key that we
made, has the list of voters that enough scrutineers signed (and, if we did, the very one that we
signed), has ended, and has so many ballots that their sum tells no single one. For one election
one tally is decrypted, ever: a second one, made of fewer ballots, would tell the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scrutineer.accreditation import Objection, signed_for
from scrutineer.dossier import Dossier, Opening, Share, share_in
from scrutineer.making import opening_key
from server.secrecy.decryption import partial_decryption
from server.secrecy.group import Random
from server.secrecy.notation import hash_of
from server.secrecy.strict import SoundArchive, UnsoundArchive, verify_archive
from server.secrecy.trustee import list_signature_holds


@dataclass(frozen=True, slots=True)
class OpenedBefore:
    """This very tally was decrypted; what came of it can be sent again."""

    opening: Opening


@dataclass(frozen=True, slots=True)
class TooFew:
    """So few ballots that the sum would tell who voted how."""

    ballots: int
    least: int


@dataclass(frozen=True, slots=True)
class Openable:
    """A tally that may be decrypted. `signed_by_us`: its list is one that we have signed."""

    share: Share
    archive: SoundArchive
    signed_by_us: bool


def check(
    dossier: Dossier,
    raw: bytes,
    election: str,
    least: int,
    signatures: Mapping[int, str],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Openable | OpenedBefore | TooFew | Objection:
    """What there is to say about the archive of an election (its fingerprint).

    `signatures` are those on the list of who might vote, by trustee number from 1.
    """
    archive = verify_archive(raw, progress)
    if isinstance(archive, UnsoundArchive):
        return Objection("scrutineer-archive-unsound", archive.what)
    if archive.election.fingerprint != election:
        return Objection("scrutineer-archive-unsound", "it is the archive of another election")
    share = share_in(dossier, archive.contents.trustees)
    if share is None:
        return Objection("scrutineer-other-key")
    signed = signed_for(dossier, election)
    if signed is not None and signed.credentials != archive.contents.credentials:
        return Objection("scrutineer-list-swapped")
    if not _is_signed(archive, signatures):
        return Objection("scrutineer-list-unproved")
    before = next((each for each in dossier.openings if each.election == election), None)
    if before is not None and before.tally != hash_of(archive.tally.text):
        return Objection("scrutineer-tally-swapped")
    if before is not None:
        return OpenedBefore(before)
    if archive.tally.ballots < least:
        return TooFew(archive.tally.ballots, least)
    return Openable(share, archive, signed is not None)


def _is_signed(archive: SoundArchive, signatures: Mapping[int, str]) -> bool:
    """Whether enough scrutineers signed exactly the list that the archive has."""
    keys = archive.trustees.signing_keys
    credentials = archive.contents.credentials
    holding = [
        trustee
        for trustee, signature in signatures.items()
        if 1 <= trustee <= len(keys)
        and list_signature_holds(
            keys[trustee - 1], archive.election.fingerprint, credentials, signature
        )
    ]
    return len(holding) >= archive.trustees.threshold


def decryption_of(ballot: str, openable: Openable, random: Random) -> Opening:
    """Our partial decryption of the tally."""
    archive = openable.archive
    text = partial_decryption(archive.election, archive.tally, opening_key(openable.share), random)
    return Opening(ballot, archive.election.fingerprint, hash_of(archive.tally.text), text)
