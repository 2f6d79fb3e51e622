"""The roll-call: drawn start, order of the language, pass and second call."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from server.assembly.assembly import alphabetical
from server.assembly.roll import freeze_roll
from server.ballots.roll_call import (
    PASS,
    RollCall,
    answered,
    begin_call,
    call_order,
    draw,
    eligible,
    is_complete,
    may_begin_second,
    passed,
    second_call,
    still_to_call,
    votes_in,
)
from server.vocabulary import Language
from tests.record.sitting import ASSEMBLY

ROLL = freeze_roll(ASSEMBLY, frozenset())
SUSPENDED = next(member.code for member in ASSEMBLY.members if member.suspended)


def started(language: Language = Language.EN, start: str = "AF") -> RollCall:
    order = call_order(ASSEMBLY, ROLL, language, start)
    assert order is not None
    return begin_call(language, order)


def test_the_order_is_that_of_the_language_from_the_drawn_name_on() -> None:
    for language in Language:
        names = eligible(ASSEMBLY, ROLL, language)
        assert SUSPENDED not in names
        assert names == tuple(
            member.code for member in alphabetical(ASSEMBLY, language) if not member.suspended
        )
        order = call_order(ASSEMBLY, ROLL, language, "JP")
        assert order is not None
        assert (order[0], set(order)) == ("JP", set(names))
        at = names.index("JP")
        assert order == names[at:] + names[:at]
    assert eligible(ASSEMBLY, ROLL, Language.AR) != eligible(ASSEMBLY, ROLL, Language.FR)
    assert call_order(ASSEMBLY, ROLL, Language.EN, SUSPENDED) is None


@given(st.binary(min_size=32, max_size=32))
def test_a_lot_falls_on_a_name_and_always_on_the_same(lot: bytes) -> None:
    names = eligible(ASSEMBLY, ROLL, Language.EN)
    drawn = draw(names, lot.hex())
    assert drawn in names
    assert draw(names, lot.hex()) == drawn


def test_lots_reach_every_name() -> None:
    names = eligible(ASSEMBLY, ROLL, Language.EN)
    lots = (hashlib.sha256(bytes([at])).hexdigest() for at in range(200))
    assert {draw(names, lot) for lot in lots} == set(names)


def test_who_passes_is_called_again() -> None:
    call = started()
    assert still_to_call(call)[0] == "AF"
    for member in call.order:
        assert still_to_call(call)[0] == member
        call = answered(call, member, PASS if member in ("CI", "PE") else "yes")
    assert passed(call) == ("CI", "PE")
    assert not is_complete(call)
    assert may_begin_second(call)
    call = second_call(call)
    assert still_to_call(call) == ("CI", "PE")
    call = answered(call, "CI", "no")
    assert still_to_call(call) == ("PE",)
    call = answered(call, "PE", PASS)
    assert is_complete(call)
    assert not may_begin_second(call)
    votes = votes_in(call)
    first = [member for member in call.order if member not in ("CI", "PE")]
    assert [member for member, _ in votes] == [*first, "CI"]
    assert [answer.n for _, answer in votes] == sorted(answer.n for _, answer in votes)


def test_nobody_passed_so_no_second_call() -> None:
    call = started(Language.ES, "ZW")
    for member in call.order:
        call = answered(call, member, "abstain")
    assert is_complete(call)
    assert not may_begin_second(call)


@given(st.data())
def test_each_member_counts_once_with_its_last_answer(data: st.DataObject) -> None:
    call = started()
    said: dict[str, str] = {}
    for _ in range(data.draw(st.integers(0, 30))):
        member = data.draw(st.sampled_from(call.order))
        choice = data.draw(st.sampled_from(("yes", "no", "abstain", PASS)))
        call = answered(call, member, choice)
        said[member] = choice
        if may_begin_second(call) and data.draw(st.booleans()):
            call = second_call(call)
    votes = votes_in(call)
    assert {member: answer.choice for member, answer in votes} == {
        member: choice for member, choice in said.items() if choice != PASS
    }
    numbers = [answer.n for _, answer in votes]
    assert numbers == sorted(set(numbers))
