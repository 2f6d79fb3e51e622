"""The code of a vote: readable, stable, and of everything that the vote says."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from server.record.code import vote_code


def test_the_code_stays_what_it_was() -> None:
    """A change would make every receipt on paper wrong."""
    assert vote_code("b1", "AF", "p-1", "yes", 1) == "6WWH-GJ26"


@given(st.text(), st.text(), st.text(), st.text(), st.integers(0, 2**53 - 1))
def test_the_code_is_eight_characters_that_nobody_misreads(
    ballot: str, member: str, press: str, choice: str, n: int
) -> None:
    code = vote_code(ballot, member, press, choice, n)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code)


def test_each_part_counts_and_no_two_parts_run_together() -> None:
    codes = {
        vote_code("b1", "AF", "p", "yes", 1),
        vote_code("b", "1AF", "p", "yes", 1),
        vote_code("b1", "AF", "py", "es", 1),
        vote_code("b1", "AF", "p", "no", 1),
        vote_code("b1", "AF", "p", "yes", 11),
        vote_code("b1", "AF", "p", ["yes"], 1),
        vote_code("b1", "AF", "p", [], 1),
    }
    assert len(codes) == 7
