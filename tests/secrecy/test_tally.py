"""Counting under encryption: sums are right, and a wrong share is told from a right one."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from gmpy2 import mpz
from hypothesis import given, settings
from hypothesis import strategies as st

from server.secrecy.ceremony import read_trustees
from server.secrecy.decryption import partial_decryption, read_decryption
from server.secrecy.group import G, P, power
from server.secrecy.notation import Malformed, compact
from server.secrecy.tally import encrypted_tally, logarithm, open_tally, read_tally
from tests.secrecy.ceremonies import ceremony
from tests.secrecy.elections import ELECTION, MOTION, rng
from tests.secrecy.opened import opened, voted

TRUSTEES = read_trustees(ceremony().text)
HELD, _, CLOSED = voted(MOTION, [(0, [0]), (1, [1]), (2, [0])])


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.frozensets(st.integers(0, 4), max_size=3)),
        min_size=1,
        max_size=7,
    )
)
@settings(max_examples=8, deadline=None)
def test_the_last_ballot_of_each_voter_counts(votes: list[tuple[int, frozenset[int]]]) -> None:
    election, _, contents = voted(ELECTION, [(who, sorted(names)) for who, names in votes])
    assert contents.tally is not None
    result = json.loads(opened(election, contents, (2, 3)).result or "")["result"][0]
    last = dict(votes)
    votes_for = Counter(name for names in last.values() for name in names)
    assert contents.tally.ballots == len(last)
    assert result[0] == sum(not names for names in last.values())
    assert result[1:] == [votes_for[at] for at in range(5)]


@pytest.mark.parametrize("most", [0, 1, 3, 196, 12_000, 20_000_000])
def test_a_logarithm_is_found_up_to_its_bound(most: int) -> None:
    for exponent in {0, most // 3, max(most - 1, 0), most}:
        assert logarithm(power(G, exponent), most) == exponent
    assert logarithm(power(G, most + 1), most) is None
    assert logarithm(P - G, most) is None


def test_nobody_voted() -> None:
    tally = encrypted_tally(HELD, [])
    factors = {
        at: read_decryption(
            HELD,
            tally,
            TRUSTEES.verification_keys[at - 1],
            partial_decryption(HELD, tally, ceremony().share(at), rng(50)),
        )
        for at in (1, 2)
    }
    assert open_tally(HELD, TRUSTEES, tally, factors).counts == (0, 0, 0)


def test_a_published_tally_is_of_the_group_and_of_its_ballots() -> None:
    tally = CLOSED.tally
    assert tally is not None
    assert read_tally(HELD, tally.sized, tally.text) == tally
    told = json.loads(tally.text)
    told[0][0]["alpha"] = str(P - mpz(told[0][0]["alpha"]))
    with pytest.raises(Malformed, match="group"):
        read_tally(HELD, tally.sized, compact(told))
    with pytest.raises(Malformed):
        read_tally(HELD, tally.sized.replace(':3,"total', ':4,"total'), tally.text)
    with pytest.raises(Malformed):
        read_tally(HELD, tally.sized, encrypted_tally(HELD, CLOSED.ballots[:1]).text)


def test_a_wrong_share_does_not_hold() -> None:
    tally = CLOSED.tally
    assert tally is not None
    good = partial_decryption(HELD, tally, ceremony().share(1), rng(51))
    key, other = TRUSTEES.verification_keys[:2]
    assert len(read_decryption(HELD, tally, key, good)) == 3
    of_another = voted(MOTION, [(0, [0])], seed=6)[0]
    wrong = partial_decryption(HELD, tally, ceremony().share(1) + mpz(1), rng(52))
    told = json.loads(good)
    told["decryption_factors"][0].reverse()
    for held, whose, text in (
        (HELD, other, good),
        (of_another, key, good),
        (HELD, key, wrong),
        (HELD, key, compact(told)),
        (HELD, key, good[:-1]),
    ):
        with pytest.raises(Malformed):
            read_decryption(held, tally, whose, text)
