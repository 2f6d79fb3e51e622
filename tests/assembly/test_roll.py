"""The roll: frozen when a ballot is announced."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.assembly.assembly import Assembly
from server.assembly.roll import RightToVote, freeze_roll, roll_counts
from server.assembly.sample import load_sample

SAMPLE = load_sample()
CODES = [member.code for member in SAMPLE.members]


def with_suspended(codes: frozenset[str]) -> Assembly:
    members = tuple(replace(m, suspended=m.code in codes) for m in SAMPLE.members)
    return replace(SAMPLE, members=members)


code_sets = st.frozensets(st.sampled_from(CODES))


@given(suspended=code_sets, present=code_sets)
def test_suspended_members_count_as_members_only(
    suspended: frozenset[str], present: frozenset[str]
) -> None:
    roll = freeze_roll(with_suspended(suspended), present)
    counts = roll_counts(roll)
    assert counts.members == 196
    assert counts.entitled == 196 - len(suspended)
    assert counts.present == len(present - suspended)
    assert {e.member for e in roll.entries if e.status is RightToVote.SUSPENDED} == suspended
    assert {e.member for e in roll.entries if e.present} == present
    assert [entry.member for entry in roll.entries] == CODES


def test_a_frozen_roll_does_not_follow_the_assembly() -> None:
    before = freeze_roll(SAMPLE, {"AF"})
    freeze_roll(with_suspended(frozenset({"AF"})), set())
    assert before.entries[CODES.index("AF")].status is RightToVote.ENTITLED
    assert before.entries[CODES.index("AF")].present


def test_a_stranger_who_is_present_is_a_bug() -> None:
    with pytest.raises(ValueError, match="XX"):
        freeze_roll(SAMPLE, {"XX"})
