from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.majority import SIMPLE, TWO_THIRDS, Majority, majority_from_json
from server.rules.reading import Malformed


@st.composite
def majorities(draw: st.DrawFn) -> Majority:
    denominator = draw(st.integers(1, 1000))
    numerator = draw(st.integers(1, denominator))
    return Majority(numerator, denominator, draw(st.booleans()))


def reaches(majority: Majority, votes: int, base: int) -> bool:
    """The definition, in exact fractions."""
    share = Fraction(majority.numerator, majority.denominator) * base
    return votes >= share if majority.at_least else votes > share


@given(majorities(), st.integers(0, 10**30))
def test_needed_is_the_least_that_reaches_the_fraction(majority: Majority, base: int) -> None:
    needed = majority.needed(base)
    assert needed >= 1
    assert reaches(majority, needed, base)
    assert needed == 1 or not reaches(majority, needed - 1, base)


@pytest.mark.parametrize(
    ("majority", "base", "needed"),
    [
        (SIMPLE, 0, 1),
        (SIMPLE, 1, 1),
        (SIMPLE, 120, 61),
        (SIMPLE, 121, 61),
        (TWO_THIRDS, 0, 1),
        (TWO_THIRDS, 99, 66),
        (TWO_THIRDS, 196, 131),
        (TWO_THIRDS, 3 * 10**20, 2 * 10**20),
        (Majority(1, 1, at_least=True), 27, 27),
        (Majority(55, 100, at_least=True), 27, 15),
    ],
)
def test_needed_at_the_boundary(majority: Majority, base: int, needed: int) -> None:
    assert majority.needed(base) == needed


def test_more_than_all_can_never_be_reached() -> None:
    assert not Majority(3, 3, at_least=False).can_be_reached
    assert Majority(3, 3, at_least=True).can_be_reached


def test_half_or_more_is_not_more_than_half() -> None:
    assert Majority(2, 4, at_least=False).is_more_than_half
    assert not Majority(1, 2, at_least=True).is_more_than_half


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 3), (4, 3), (-1, 2), (1, 0)])
def test_a_share_beyond_the_base_is_refused(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="fraction above 0 and up to 1"):
        Majority(numerator, denominator, at_least=True)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"of": [3, 2], "at_least": True}, r"majority\.of: .*1 <= n <= d, such as \[2, 3\]"),
        ({"of": [2.0, 3], "at_least": True}, r"majority\.of: "),
        ({"of": [True, 3], "at_least": True}, r"majority\.of: "),
        ({"of": "2/3", "at_least": True}, r"majority\.of: .*got '2/3'"),
        ({"of": [2, 3], "at_least": 1}, r"majority\.at_least: expected true or false, got 1"),
        ({"of": [2, 3]}, r"majority\.at_least: missing; add it"),
        ({"of": [2, 3], "at_leats": True}, 'majority: unknown key .*did you mean "at_least"'),
        (None, "majority: expected an object with keys, got None"),
    ],
)
def test_error_names_key_and_remedy(value: object, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        majority_from_json(value, "majority")
