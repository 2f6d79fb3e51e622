"""The key ceremony as a fold of the journal: any order of arrival, any place to stop reading."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.ballots.events import BrokenHistory
from server.hall.ceremony import CEREMONY_BEGUN, CEREMONY_FINISHED, CEREMONY_MESSAGE, Ceremony
from server.hall.state import EMPTY, HallState, election_key, fold
from server.record.entry import Entry, Event, seal_all
from server.vocabulary import CeremonyStep, Role
from tests.hall_cases.room import KEY

PEOPLE = ("ada", "bo", "cy")


def sealed(events: list[tuple[str, dict[str, Any]]]) -> tuple[Entry, ...]:
    drawn = [
        (Event(kind, None, "operator:op", 1_000 + n, payload), bytes([n % 256]) * 32)
        for n, (kind, payload) in enumerate(events)
    ]
    return seal_all(EMPTY.head, drawn, KEY)


def message(ceremony: int, step: CeremonyStep, name: str) -> tuple[str, dict[str, Any]]:
    text = f"{step.value} of {name}"
    payload = {"ceremony": ceremony, "scrutineer": name, "step": step.value, "text": text}
    return CEREMONY_MESSAGE, payload


def begun(reason: str | None = None) -> tuple[str, dict[str, Any]]:
    return CEREMONY_BEGUN, {"scrutineers": list(PEOPLE), "reason": reason}


def finished(ceremony: int) -> tuple[str, dict[str, Any]]:
    made = {"trustees": "[…]", "public_key": "4", "signature_keys": ["1", "2", "3"]}
    return CEREMONY_FINISHED, {"ceremony": ceremony, **made}


@st.composite
def ceremonies(draw: st.DrawFn) -> list[tuple[str, dict[str, Any]]]:
    """A ceremony that gets as far as it gets, each step in any order."""
    events = [begun()]
    for step in CeremonyStep:
        order = draw(st.permutations(PEOPLE))
        given = draw(st.integers(0, 3))
        events += [message(1, step, name) for name in order[:given]]
        if given < 3:
            return events
    return [*events, finished(1)]


def ceremony(state: HallState) -> Ceremony:
    assert state.ceremony is not None
    return state.ceremony


@given(ceremonies(), st.data())
def test_a_server_that_reads_in_pieces_knows_the_same(
    events: list[tuple[str, dict[str, Any]]], data: st.DataObject
) -> None:
    entries = sealed(events)
    cut = data.draw(st.integers(0, len(entries)))
    assert fold(fold(EMPTY, entries[:cut]), entries[cut:]) == fold(EMPTY, entries)


@given(ceremonies())
def test_it_asks_for_what_is_missing_and_for_nothing_else(
    events: list[tuple[str, dict[str, Any]]],
) -> None:
    state = fold(EMPTY, sealed(events))
    given = {(each["step"], each["scrutineer"]) for _, each in events if "step" in each}
    step = ceremony(state).step
    if step is None:
        assert len(given) == 9
        keys = election_key(state)
        assert keys is not None
        assert keys.scrutineers == PEOPLE
        return
    assert election_key(state) is None
    assert set(ceremony(state).missing(step)) == {
        name for name in PEOPLE if (step.value, name) not in given
    }
    order = list(CeremonyStep)
    assert not any(ceremony(state).missing(each) for each in order[: order.index(step)])


def test_texts_come_in_the_order_of_the_trustees_not_of_arrival() -> None:
    arrived = [message(1, CeremonyStep.CERTIFICATE, name) for name in ("cy", "ada", "bo")]
    state = fold(EMPTY, sealed([begun(), *arrived]))
    assert ceremony(state).texts(CeremonyStep.CERTIFICATE) == tuple(
        f"certificate of {name}" for name in PEOPLE
    )
    assert [ceremony(state).trustee(name) for name in ("ada", "cy", "eve")] == [1, 3, None]


def test_a_ceremony_that_is_begun_again_drops_keys_and_messages() -> None:
    whole = [message(1, step, name) for step in CeremonyStep for name in PEOPLE]
    state = fold(EMPTY, sealed([begun(), *whole, finished(1), begun("bo lost the file")]))
    assert election_key(state) is None
    assert ceremony(state).number == 12
    assert ceremony(state).reason == "bo lost the file"
    assert ceremony(state).step is CeremonyStep.CERTIFICATE


def test_a_message_of_an_earlier_ceremony_is_damage() -> None:
    late = message(1, CeremonyStep.CERTIFICATE, "ada")
    with pytest.raises(BrokenHistory, match="another ceremony"):
        fold(EMPTY, sealed([begun(), begun("again"), late]))


def test_the_hall_knows_who_its_people_are() -> None:
    added = [
        ("user_added", {"user": name, "role": role.value})
        for name, role in (("ada", Role.SCRUTINEER), ("bo", Role.CHAIR), ("bo", Role.SCRUTINEER))
    ]
    assert fold(EMPTY, sealed(added)).people == {"ada": Role.SCRUTINEER, "bo": Role.SCRUTINEER}
