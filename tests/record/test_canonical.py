"""The quick encoding of lists is the canonical one."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from server.record.canonical import Item, canonical_list

MOST = 2**53 - 1

texts = st.text(st.characters(exclude_categories=["Cs"]))
items = st.recursive(texts | st.integers(-MOST, MOST), lambda inner: st.lists(inner, max_size=4))


@given(st.lists(items, max_size=6))
def test_it_writes_the_bytes_of_rfc_8785(told: list[Item]) -> None:
    assert canonical_list(told) == rfc8785.dumps(told)


def test_each_character_is_written_as_rfc_8785_writes_it() -> None:
    for code in (*range(0x3000), 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x1F5F3, 0x10FFFF):
        assert canonical_list([chr(code)]) == rfc8785.dumps([chr(code)]), hex(code)


@pytest.mark.parametrize("told", [[MOST + 1], ["\ud800"], [object]])
def test_what_has_no_such_encoding_is_refused(told: list[Item]) -> None:
    with pytest.raises(TypeError):
        canonical_list(told)
