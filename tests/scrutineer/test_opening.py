"""What a scrutineer's program looks at before its share of the key touches a tally."""

from __future__ import annotations

from dataclasses import replace

from scrutineer.accreditation import Objection
from scrutineer.dossier import Dossier, Share, SignedList, with_list, with_opening, with_share
from scrutineer.opening import Openable, OpenedBefore, TooFew, check, decryption_of
from server.secrecy.archive import write_archive
from server.secrecy.ceremony import read_trustees
from server.secrecy.decryption import read_decryption
from server.secrecy.election import SecretQuestion
from server.secrecy.tally import encrypted_tally
from server.secrecy.trustee import sign_list
from tests.secrecy.ceremonies import ceremony
from tests.secrecy.elections import rng
from tests.secrecy.opened import voted

QUESTION = SecretQuestion("Motion", ("yes", "no", "abstain"), False, 1, 1)
ELECTION, _, CONTENTS = voted(QUESTION, [(0, [0]), (1, [1]), (2, [0]), (0, [2])])
RAW = write_archive(CONTENTS)
HELD = ceremony()
SIGNED = {
    trustee: sign_list(
        HELD.keys[trustee - 1], ELECTION.fingerprint, CONTENTS.credentials, rng(trustee)
    )
    for trustee in (2, 3)
}
DOSSIER = with_share(
    Dossier("hall", "ana"),
    Share(
        ceremony=1,
        trustee=1,
        seed=HELD.seeds[0],
        messages={},
        certificates=HELD.certificates,
        polynomials=HELD.dealings,
        trustees=HELD.text,
    ),
)


def test_a_sound_tally_is_decrypted_and_the_decryption_holds() -> None:
    found = check(DOSSIER, RAW, ELECTION.fingerprint, 3, SIGNED)
    assert isinstance(found, Openable)
    assert not found.signed_by_us
    opening = decryption_of("b1", found, rng(1))
    key = read_trustees(HELD.text).verification_keys[0]
    assert len(read_decryption(ELECTION, found.archive.tally, key, opening.text)) == 3
    again = check(with_opening(DOSSIER, opening), RAW, ELECTION.fingerprint, 3, SIGNED)
    assert again == OpenedBefore(opening)


def test_a_second_tally_of_one_election_is_never_decrypted() -> None:
    found = check(DOSSIER, RAW, ELECTION.fingerprint, 2, SIGNED)
    assert isinstance(found, Openable)
    after = with_opening(DOSSIER, decryption_of("b1", found, rng(1)))
    fewer = CONTENTS.ballots[:-1]
    shorter = replace(CONTENTS, ballots=fewer, tally=encrypted_tally(ELECTION, fewer))
    raw = write_archive(shorter)
    assert isinstance(check(DOSSIER, raw, ELECTION.fingerprint, 2, SIGNED), Openable)
    assert check(after, raw, ELECTION.fingerprint, 2, SIGNED) == Objection(
        "scrutineer-tally-swapped"
    )


def test_what_does_not_fit_is_not_opened() -> None:
    election = ELECTION.fingerprint
    assert check(DOSSIER, RAW, election, 4, SIGNED) == TooFew(3, 4)
    stranger = check(Dossier("hall", "ana"), RAW, election, 3, SIGNED)
    assert stranger == Objection("scrutineer-other-key")
    signed = SignedList("b1", election, {}, "[]", "{}")
    assert check(with_list(DOSSIER, signed), RAW, election, 3, SIGNED) == Objection(
        "scrutineer-list-swapped"
    )
    for raw, fingerprint in ((RAW[:-512], election), (RAW, "another")):
        unsound = check(DOSSIER, raw, fingerprint, 3, SIGNED)
        assert isinstance(unsound, Objection)
        assert unsound.message == "scrutineer-archive-unsound"
    open_still = write_archive(replace(CONTENTS, tally=None))
    refused = check(DOSSIER, open_still, election, 3, SIGNED)
    assert isinstance(refused, Objection)
    assert "have not ended" in refused.why or "order" in refused.why


def test_a_list_that_too_few_have_signed_is_not_opened() -> None:
    """Else a hall could add voters, and show the list to the one who has not signed."""
    unproved = Objection("scrutineer-list-unproved")
    other = sign_list(HELD.keys[0], "another", CONTENTS.credentials, rng(9))
    for signatures in ({}, {2: SIGNED[2]}, {2: SIGNED[2], 3: SIGNED[2]}, {2: SIGNED[2], 1: other}):
        assert check(DOSSIER, RAW, ELECTION.fingerprint, 3, signatures) == unproved
