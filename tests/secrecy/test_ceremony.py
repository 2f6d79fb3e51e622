"""The key ceremony: any two hold the key, one holds nothing, and a fault has a name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from gmpy2 import invert, mpz

from server.secrecy.ceremony import (
    TrusteeFault,
    combine,
    deal,
    read_dealing,
    read_trustees,
    read_verification_key,
    trustees_text,
)
from server.secrecy.group import G, Q, power
from server.secrecy.notation import Malformed, compact
from server.secrecy.trustee import (
    Place,
    certificate,
    keys_of,
    new_seed,
    read_certificate,
    receive,
    send,
)
from tests.secrecy.ceremonies import ceremony
from tests.secrecy.elections import rng

HELD = ceremony()
TRUSTEES = read_trustees(HELD.text)


def interpolated(shares: dict[int, mpz]) -> mpz:
    """The secret key, which nobody ever computes but this test."""
    total = mpz(0)
    for index, share in shares.items():
        factor = mpz(1)
        for other in shares:
            if other != index:
                factor = factor * mpz(other) * invert(mpz(other - index), Q) % Q
        total = (total + share * factor) % Q
    return total


@pytest.mark.parametrize("who", [*combinations((1, 2, 3), 2), (1, 2, 3)])
def test_any_two_hold_the_key(who: tuple[int, ...]) -> None:
    key = interpolated({index: HELD.share(index) for index in who})
    assert str(power(G, key)) == TRUSTEES.public_key


def test_one_holds_nothing_that_the_key_follows_from() -> None:
    for index in (1, 2, 3):
        share = HELD.share(index)
        assert str(power(G, share)) != TRUSTEES.public_key
        assert power(G, share) == TRUSTEES.verification_keys[index - 1]


@pytest.mark.parametrize(("size", "threshold"), [(1, 1), (3, 3), (5, 3)])
def test_other_sizes_work_too(size: int, threshold: int) -> None:
    held = ceremony(9, size, threshold)
    found = read_trustees(held.text)
    assert (found.threshold, len(found.verification_keys), found.bound) == (threshold, size, True)
    last = range(size - threshold + 1, size + 1)
    key = interpolated({index: held.share(index) for index in last})
    assert str(power(G, key)) == found.public_key


def test_a_certificate_names_the_group_the_size_and_the_place() -> None:
    context = json.loads(json.loads(HELD.certificates[1])["message"])["context"]
    assert context == {"group": "BELENIOS-2048", "size": 3, "threshold": 2, "index": 2}
    assert read_certificate(HELD.certificates[1]).place == Place(2, 3, 2)


def test_a_certificate_of_another_ceremony_is_not_taken() -> None:
    one, _, three = HELD.certificates
    stranger = certificate(keys_of(new_seed(rng(40))), Place(2, 3, 3), rng(41))
    for wrong in ([one, stranger, three], [three, *HELD.certificates[1:]], [one, one, three], []):
        with pytest.raises(Malformed):
            deal(HELD.keys[0], wrong, 1, rng(42))
    with pytest.raises(Malformed, match="not of this seed"):
        deal(HELD.keys[0], HELD.certificates, 2, rng(42))


def test_a_private_message_is_read_by_whom_it_is_for_and_nobody_else() -> None:
    sender, recipient, third = HELD.keys
    text = send(sender, recipient.encryption_key, "share é", rng(43))
    assert receive(recipient, sender.verification_key, text) == "share é"
    with pytest.raises(Malformed, match="not encrypted for"):
        receive(third, sender.verification_key, text)
    with pytest.raises(Malformed, match="signature"):
        receive(recipient, third.verification_key, text)
    # What was signed for one cannot be handed on, encrypted anew, as if it were for another.
    with pytest.raises(Malformed, match="somebody else"):
        receive(
            replace(recipient, encryption_key=third.encryption_key), sender.verification_key, text
        )


def with_field(text: str, *path: str | int, value: object) -> str:
    """The message with one value replaced."""
    told = json.loads(text)
    at = told
    for each in path[:-1]:
        at = at[each]
    at[path[-1]] = value
    return compact(told)


OTHERS_SHARE = json.loads(HELD.dealings[1])["secrets"][0]

WRONG_DEALINGS: dict[str, Callable[[str], str]] = {
    "a share for somebody else": lambda text: with_field(
        text, "secrets", 0, value=json.loads(text)["secrets"][2]
    ),
    "another dealer's share": lambda text: with_field(text, "secrets", 0, value=OTHERS_SHARE),
    "no share": lambda text: with_field(text, "secrets", 0, value="{}"),
    "another signature": lambda text: with_field(
        text, "signature", value=json.loads(HELD.dealings[0])["signature"]
    ),
    "other coefficients": lambda text: with_field(
        text, "coefexps", value=json.loads(HELD.dealings[0])["coefexps"]
    ),
    "not JSON": lambda text: text[:-1],
}


@pytest.mark.parametrize("what", WRONG_DEALINGS)
def test_who_deals_wrongly_is_named(what: str) -> None:
    dealings = list(HELD.dealings)
    dealings[2] = WRONG_DEALINGS[what](dealings[2])
    with pytest.raises(TrusteeFault) as found:
        combine(HELD.keys[0], HELD.certificates, dealings, 1, rng(44))
    assert found.value.index == 3


def test_a_share_that_was_not_committed_to_is_found_by_who_received_it() -> None:
    """Everybody else sees a good message: only the recipient can tell."""
    dealer, victim = HELD.keys[1], HELD.keys[0]
    false = send(dealer, victim.encryption_key, compact({"secret": "12345"}), rng(45))
    text = with_field(HELD.dealings[1], "secrets", 0, value=false)
    read_dealing(HELD.certificates, 2, text)
    dealings = (HELD.dealings[0], text, HELD.dealings[2])
    with pytest.raises(TrusteeFault, match="committed") as found:
        combine(victim, HELD.certificates, dealings, 1, rng(46))
    assert found.value.index == 2
    assert combine(HELD.keys[2], HELD.certificates, dealings, 3, rng(46))


@pytest.mark.parametrize("field", ["public_key", "pok", "signature"])
def test_who_gives_a_wrong_key_is_named(field: str) -> None:
    other = json.loads(HELD.verification_keys[0])["public_key"][field]
    text = with_field(HELD.verification_keys[1], "public_key", field, value=other)
    with pytest.raises(TrusteeFault) as found:
        read_verification_key(HELD.certificates, HELD.dealings, 2, text)
    assert found.value.index == 2


@pytest.mark.parametrize("part", ["certs", "coefexps", "signatures", "verification_keys"])
def test_the_published_ceremony_holds_together(part: str) -> None:
    told = json.loads(HELD.text)
    parameters = told[0][1]
    parameters[part][0], parameters[part][1] = parameters[part][1], parameters[part][0]
    with pytest.raises(Malformed):
        read_trustees(compact(told))
    del parameters[part][2]
    with pytest.raises(Malformed):
        read_trustees(compact(told))


def test_the_signatures_cannot_be_left_out() -> None:
    """Without them it would be a ceremony of version 2.0; but then its certificates say nothing."""
    told = json.loads(HELD.text)
    del told[0][1]["signatures"]
    with pytest.raises(Malformed):
        read_trustees(compact(told))


def test_a_message_is_missing() -> None:
    with pytest.raises(Malformed, match="missing"):
        trustees_text(HELD.certificates, HELD.dealings, HELD.verification_keys[:2])
