"""The group's arithmetic, and the one way in which a number may be written."""

from __future__ import annotations

import json

import pytest
from gmpy2 import is_prime, mpz
from hypothesis import given, settings
from hypothesis import strategies as st

from server.secrecy.group import (
    G,
    P,
    Q,
    fixed_base,
    generator,
    in_group,
    power,
    powers,
    read_element,
    read_scalar,
    secret_power,
)
from server.secrecy.notation import Malformed, canonical, compact, parsed

exponents = st.integers(0, 2**256 - 1)


def test_the_parameters_make_a_group_of_prime_order() -> None:
    assert is_prime(P)
    assert is_prime(Q)
    assert (P.bit_length(), Q.bit_length()) == (2048, 256)
    assert P % Q == 1
    assert G != 1
    assert in_group(G)


@given(st.lists(exponents, min_size=1, max_size=4), exponents)
@settings(max_examples=30, deadline=None)
def test_powers_are_powers_however_they_are_computed(many: list[int], of: int) -> None:
    base = power(G, of)
    plain = [mpz(pow(int(base), each, int(P))) for each in many]
    assert powers(base, many) == plain
    assert [secret_power(base, each) for each in many if each % Q] == [
        value for each, value in zip(many, plain, strict=True) if each % Q
    ]
    assert [generator() ** (of * each) for each in many] == plain
    key = fixed_base(power(G, 11))
    assert [key**each for each in many] == [power(key.element, each) for each in many]
    assert key ** -many[0] * key ** many[0] % P == 1


@pytest.mark.parametrize(
    "text", ["", "01", "+1", " 1", "1 ", "1_0", "0x1", "-1", "١", "1.0", 1, None]
)
def test_a_number_has_one_form(text: object) -> None:
    assert read_scalar(text) is None


def test_a_number_is_in_its_range() -> None:
    assert read_scalar("0") == 0
    assert read_scalar(str(Q - 1)) == Q - 1
    assert read_scalar(str(Q)) is None
    assert read_element(str(G)) == G
    for outside in (0, 2, P - 1, P - G, P, P + G):
        assert read_element(str(outside)) is None, outside
    assert read_element(str(P + 1)) is None
    assert read_element("9" * 5_000) is None


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '{"a": 1}',
        "[1,]",
        "[NaN]",
        "[1e3]",
        "[18446744073709551616]",
        '["\\u0041"]',
        '["\\ud800"]',
        "[1]\n",
        "[-0]",
        "[" * 100_000,
    ],
)
def test_a_text_has_one_form(text: str) -> None:
    with pytest.raises(Malformed):
        canonical(text)


values = st.recursive(
    st.text(max_size=20) | st.integers(-(2**53), 2**53) | st.booleans() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@given(values)
def test_a_value_has_one_text_and_it_is_the_usual_one(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert compact(value) == text
    assert canonical(text) == parsed(text) == value


def test_a_text_of_another_layout_can_be_read_where_that_is_allowed() -> None:
    assert parsed('{ "a": [1, "é"] }\n') == {"a": [1, "é"]}
    for text in ('{"a":1,"a":1}', "[1.0]", "[1e3]", "[NaN]", "[1,]", "[" * 100_000):
        with pytest.raises(Malformed):
            parsed(text)
