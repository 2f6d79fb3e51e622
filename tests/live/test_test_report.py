"""The report of a test vote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.assembly.roll import freeze_roll
from server.live.test_report import report
from server.vocabulary import Choice
from tests.record.sitting import ASSEMBLY, CODES

ROLL = freeze_roll(ASSEMBLY, frozenset())
ENTITLED = [member.code for member in ASSEMBLY.members if not member.suspended]


def test_silent_wrong_and_late_are_told_apart() -> None:
    pressed = {"AF": Choice.YES, "CI": Choice.NO, "JP": Choice.YES}
    told = report(Choice.YES, ROLL, pressed, frozenset({"PE"}))
    assert told.right == 2
    assert told.wrong == (("CI", Choice.NO),)
    assert told.late == ("PE",)
    assert told.silent == tuple(code for code in ENTITLED if code not in {"AF", "CI", "JP", "PE"})


@given(
    st.dictionaries(st.sampled_from(ENTITLED), st.sampled_from(Choice)),
    st.frozensets(st.sampled_from(CODES)),
    st.sampled_from(Choice),
)
def test_every_entitled_member_is_there_once(
    pressed: dict[str, Choice], late: frozenset[str], asked: Choice
) -> None:
    told = report(asked, ROLL, pressed, late)
    named = [*told.silent, *(member for member, _ in told.wrong), *told.late]
    assert len(named) == len(set(named))
    assert len(named) + told.right == len(ENTITLED)
