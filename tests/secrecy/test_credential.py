"""Who may vote: credentials, the proof that a seat knows its own, the list and its signatures."""

from __future__ import annotations

import pytest

from server.secrecy.credential import (
    accreditation_holds,
    accreditation_proof,
    credential_of,
    credentials_text,
    fingerprint_of,
    new_credential,
    read_credentials,
)
from server.secrecy.group import P
from server.secrecy.notation import Malformed
from server.secrecy.trustee import keys_of, list_signature_holds, new_seed, sign_list
from tests.secrecy.elections import rng

SEAT = new_credential(rng(1))
OTHER = new_credential(rng(2))
PROOF = accreditation_proof(SEAT, "hall", "FR", rng(3))


def test_a_seat_proves_that_it_knows_its_credential() -> None:
    assert accreditation_holds(SEAT.public, PROOF, "hall", "FR")
    assert credential_of(int(SEAT.secret)) == SEAT
    assert str(SEAT.secret) not in repr(SEAT)


@pytest.mark.parametrize(
    ("public", "proof", "hall", "member"),
    [
        (SEAT.public, PROOF, "hall", "DE"),
        (SEAT.public, PROOF, "another", "FR"),
        (OTHER.public, PROOF, "hall", "FR"),
        (str(P - int(SEAT.public)), PROOF, "hall", "FR"),
        ("1", PROOF, "hall", "FR"),
        ("0" + SEAT.public, PROOF, "hall", "FR"),
        (SEAT.public, PROOF + " ", "hall", "FR"),
        (SEAT.public, "{}", "hall", "FR"),
        (SEAT.public, "", "hall", "FR"),
        (SEAT.public, '{"challenge":"0","response":"0"}', "hall", "FR"),
        # The names cannot be shifted into each other.
        (SEAT.public, accreditation_proof(SEAT, 'ha","ll', "FR", rng(4)), "ha", 'll","FR'),
    ],
)
def test_a_proof_is_of_one_seat(public: str, proof: str, hall: str, member: str) -> None:
    assert not accreditation_holds(public, proof, hall, member)


def test_the_list_holds_each_credential_once_and_only_credentials() -> None:
    text = credentials_text([SEAT.public, OTHER.public])
    assert read_credentials(text) == (SEAT.public, OTHER.public)
    for bad in ([SEAT.public, SEAT.public], ["1"], ["2"], [SEAT.public + "0"]):
        with pytest.raises(Malformed):
            read_credentials(credentials_text(bad))
    with pytest.raises(Malformed):
        read_credentials(text.replace(",", ", "))


def test_a_fingerprint_is_short_and_of_one_credential() -> None:
    assert len(fingerprint_of(SEAT.public)) == 14
    assert fingerprint_of(SEAT.public) != fingerprint_of(OTHER.public)


def test_a_signature_is_of_one_scrutineer_one_list_and_one_election() -> None:
    signer, stranger = keys_of(new_seed(rng(5))), keys_of(new_seed(rng(6)))
    text = credentials_text([SEAT.public, OTHER.public])
    signature = sign_list(signer, "election", text, rng(7))
    assert list_signature_holds(signer.verification_key, "election", text, signature)
    assert not list_signature_holds(stranger.verification_key, "election", text, signature)
    assert not list_signature_holds(signer.verification_key, "another", text, signature)
    shorter = credentials_text([SEAT.public])
    assert not list_signature_holds(signer.verification_key, "election", shorter, signature)
    assert not list_signature_holds(signer.verification_key, "election", text, "{}")
