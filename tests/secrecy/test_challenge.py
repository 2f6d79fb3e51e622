"""The challenge at the seat, and ballots made in both languages from the same randomness.

`ballots.json` was written by the tablet's TypeScript; `tests/kiosk_client/sealing.test.ts` tests
the same file there. A tracker is the hash of a whole ballot: equal trackers are equal bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.secrecy.admission import Admitted, NotAdmitted, admit, proofs_hold
from server.secrecy.ballot import tracker
from server.secrecy.challenge import (
    Broken,
    Kept,
    answer_challenge,
    challenge_text,
    drawn_from,
    read_challenge,
)
from server.secrecy.credential import (
    accreditation_holds,
    accreditation_proof,
    credential_of,
    fingerprint_of,
)
from server.secrecy.election import SecretElection, read_election
from server.secrecy.notation import Malformed, compact
from server.secrecy.sealing import Sealed, enclose, opens, sign
from tests.secrecy.elections import rng

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "ballots.json").read_text("utf-8"))
CREDENTIAL = credential_of(int(VECTORS["secret"]))
BALLOTS = [
    pytest.param(read_election(asked["election"]), ballot, id=f"{asked['name']} {ballot['marks']}")
    for asked in VECTORS["elections"]
    for ballot in asked["ballots"]
]


def made(election: SecretElection, ballot: dict[str, Any]) -> Sealed:
    random = drawn_from(bytes.fromhex(ballot["seed"]))
    enclosed = enclose(election, CREDENTIAL.public, ballot["marks"], random)
    return sign(enclosed, CREDENTIAL, drawn_from(bytes.fromhex(ballot["nonce_seed"])))


@pytest.mark.parametrize(("election", "ballot"), BALLOTS)
def test_both_languages_make_the_same_ballot(
    election: SecretElection, ballot: dict[str, Any]
) -> None:
    sealed = made(election, ballot)
    assert len(sealed.text) == ballot["length"]
    assert tracker(sealed.text) == ballot["tracker"]
    assert isinstance(admit(election, sealed.text, CREDENTIAL.public), Admitted)
    assert proofs_hold(election, sealed.text)
    assert opens(election, sealed.text, ballot["marks"], sealed.randomness)


def test_both_languages_accredit_alike() -> None:
    told = VECTORS["accreditation"]
    where = (told["hall"], told["member"])
    assert CREDENTIAL.public == VECTORS["credential"]
    assert fingerprint_of(CREDENTIAL.public) == VECTORS["fingerprint"]
    random = drawn_from(bytes.fromhex(told["seed"]))
    assert accreditation_proof(CREDENTIAL, *where, random) == told["proof"]
    assert accreditation_holds(CREDENTIAL.public, told["proof"], *where)


def revealed(place: int = 1) -> tuple[str, dict[str, Any]]:
    """What a seat reveals of a ballot of the vectors' election, and the same as a value."""
    asked = VECTORS["elections"][1]
    ballot = asked["ballots"][place]
    election = read_election(asked["election"])
    seed = bytes.fromhex(ballot["seed"])
    enclosed = enclose(election, CREDENTIAL.public, ballot["marks"], drawn_from(seed))
    text = challenge_text(election, CREDENTIAL.public, ballot["marks"], seed, enclosed)
    return text, json.loads(text)


@pytest.mark.parametrize("place", range(4))
def test_an_honest_seat_stands_the_check(place: int) -> None:
    text, _ = revealed(place)
    assert answer_challenge(read_challenge(text)) == Kept()


def test_whoever_reads_what_was_opened_cannot_cast_it() -> None:
    text, told = revealed()
    assert list(told) == ["format", "fingerprint", "marks", "seed", "credential", "election"]
    read = read_challenge(text)
    again = enclose(read.election, read.credential, read.marks, drawn_from(read.seed))
    assert again.fingerprint == told["fingerprint"]
    forged = sign(again, credential_of(7), rng(1))
    assert isinstance(admit(read.election, forged.text, read.credential), NotAdmitted)
    own = sign(again, CREDENTIAL, rng(1))
    assert isinstance(admit(read.election, own.text, read.credential), Admitted)
    assert json.loads(own.text)["signature"]["hash"] == read.fingerprint


def test_what_was_chosen_is_said_in_the_words_of_the_election() -> None:
    assert read_challenge(revealed(2)[0]).chosen == ("Bruno", "Dina")
    assert read_challenge(revealed(0)[0]).chosen == ()


def test_the_address_behind_the_code_says_the_same() -> None:
    text, _ = revealed()
    assert read_challenge(VECTORS["check"]["address"]) == read_challenge(VECTORS["check"]["text"])
    assert VECTORS["check"]["text"] == text
    assert read_challenge(f"\ufeff{text}\r\n") == read_challenge(text)


@given(st.sampled_from([(0, 0, 1, 0, 0), (1, 0, 0, 0, 0), (0, 1, 1, 0, 0)]))
def test_a_seat_that_sealed_another_vote_is_found_out(marks: tuple[int, ...]) -> None:
    _, told = revealed()
    answer = answer_challenge(read_challenge(compact({**told, "marks": list(marks)})))
    assert isinstance(answer, Broken)
    assert answer.fingerprint != told["fingerprint"]


@pytest.mark.parametrize("field", ["seed", "fingerprint", "credential", "election"])
def test_nothing_that_is_revealed_can_be_another(field: str) -> None:
    _, told = revealed()
    _, other = revealed(2)
    other["credential"] = credential_of(7).public
    other["election"] = VECTORS["elections"][1]["election"].replace("Amara", "Amaro")
    assert told[field] != other[field]
    answer = answer_challenge(read_challenge(compact({**told, field: other[field]})))
    assert isinstance(answer, Broken)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"format": "hemicycle ballot check 1"}, "format"),
        ({"marks": [0, 1]}, "marks"),
        ({"marks": [0, 2, 0, 0, 0]}, "marks"),
        ({"marks": [0, 1.0, 0, 0, 0]}, "marks"),
        ({"marks": [0, True, 0, 0, 0]}, "marks"),
        ({"marks": [0, 1, 1, 1, 1]}, "marks"),
        ({"seed": "AAAA"}, "seed"),
        ({"seed": "*"}, "Base64"),
        ({"seed": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}, "Base64"),
        ({"credential": "2"}, "credential"),
        ({"election": "{}"}, "election"),
        ({"election": VECTORS["elections"][1]["election"].replace(",", ", ", 1)}, "compact"),
        ({"more": 1}, "fields"),
    ],
)
def test_what_no_seat_reveals_is_named(change: dict[str, Any], place: str) -> None:
    _, told = revealed()
    with pytest.raises(Malformed, match=place):
        answer_challenge(read_challenge(compact({**told, **change})))


@pytest.mark.parametrize("text", ["", "http://hall/check/#", "nonsense", "#AAAA", "{"])
def test_a_text_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        read_challenge(text)


def test_an_address_with_something_behind_it_is_refused() -> None:
    address = VECTORS["check"]["address"]
    with pytest.raises(Malformed, match="follows"):
        read_challenge(f"{address}AAAA")


def test_a_cut_off_address_is_refused() -> None:
    with pytest.raises(Malformed, match="cut off"):
        read_challenge(VECTORS["check"]["address"][:-40])
