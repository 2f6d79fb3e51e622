"""Where the assembly asks for two people, a record without the second one does not verify."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.assembly.stored import as_json
from server.record.entry import Event
from server.record.events import open_entry
from server.record.recompute import fault_of_story
from server.record.story import tell
from server.vocabulary import Command
from tests.record.sitting import (
    ASSEMBLY,
    CHOICES,
    created,
    declared,
    event,
    question,
    sealed,
    voted,
)

BOB = "chair:bob"


def founded(*held: Command) -> Event:
    """The first entry of a hall that holds these commands for two people."""
    settings = replace(ASSEMBLY.settings, two_person=frozenset(held))
    told: dict[str, Any] = dict(created().payload)
    return event(
        "hall_created", {**told, "assembly": as_json(replace(ASSEMBLY, settings=settings))}, None
    )


def by(actor: str, told: Event) -> Event:
    return replace(told, actor=actor)


def asked(command: str, ballot: str = "b1") -> Event:
    payload: dict[str, Any] = {"command": command, "ask": {}, "reason": None}
    return event("approval_asked", payload, ballot)


def given(
    command: str, actor: str = BOB, ballot: str = "b1", asked_by: str = "operator:op"
) -> Event:
    payload = {"command": command, "asked_by": asked_by, "asked": 1, "latch": False}
    return by(actor, event("approval_given", payload, ballot))


def fault(first: Event, *events: Event, ballot: str = "b1") -> str | None:
    entries = [open_entry(each) for each in sealed([first, *events])]
    return fault_of_story(entries, tell(entries, ballot))


DECLARED = declared(CHOICES, present=6)
CERTIFIED = event("ballot_certified", {"by": "operator:op"})


def test_what_is_held_stands_behind_its_approval() -> None:
    before = [*voted()[1:], DECLARED]
    held = founded(Command.CERTIFY)
    assert fault(held, *before, asked("certify"), given("certify"), CERTIFIED) is None
    assert fault(founded(Command.VOID), *before, CERTIFIED) is None
    assert "two people to certify" in str(fault(held, *before, CERTIFIED))


@pytest.mark.parametrize(
    "between",
    [
        [asked("certify")],
        [asked("certify"), given("certify", "chair:op")],
        [asked("void"), given("void")],
        [asked("void"), given("certify")],
        [asked("certify"), given("certify", asked_by="operator:eve")],
        [
            asked("certify"), given("certify"),
            event("ballot_corrected", {"text": "t", "member": None, "intention": None}),
        ],
        [
            asked("certify"),
            by(BOB, event("approval_refused", {"command": "certify", "reason": None})),
        ],
    ],
)  # fmt: skip
def test_an_approval_of_something_else_is_none(between: list[Event]) -> None:
    before = [*voted()[1:], DECLARED]
    told = str(fault(founded(Command.CERTIFY), *before, *between, CERTIFIED))
    assert "second person" in told or "approv" in told


def test_somebody_else_cannot_use_an_approval() -> None:
    before = [*voted()[1:], DECLARED, asked("certify"), given("certify")]
    other = event("ballot_certified", {"by": "operator:eve"})
    assert fault(founded(Command.CERTIFY), *before, by("operator:eve", other)) is not None


def test_an_opening_that_announces_is_one_command() -> None:
    entries = voted()
    announced, opened = entries[7:9]
    rest = entries[9:]
    before = entries[1:7]
    both = [asked("open"), given("open"), announced, opened]
    for held in ({Command.OPEN}, {Command.ANNOUNCE}, {Command.OPEN, Command.ANNOUNCE}):
        assert fault(founded(*held), *before, *both, *rest) is None
        assert fault(founded(*held), *before, announced, opened, *rest) is not None


def test_what_the_clock_closes_is_nobodys_command() -> None:
    held = founded(Command.CLOSE)
    by_clock = [*voted()[1:-1], by("server:recovery", voted()[-1])]
    assert "two people to close" in str(fault(held, *by_clock))
    prepared = event("ballot_prepared", {"question": question(auto_close=True), "reruns": None})
    by_clock[4] = prepared
    assert fault(held, *by_clock) is None


@pytest.mark.parametrize("command", [Command.SECOND_VOTE, Command.RERUN])
def test_who_follows_an_earlier_ballot_was_approved_there(command: Command) -> None:
    told: dict[str, Any] = {"question": question(), "reruns": "b0"}
    if command is Command.RERUN:
        told["reason"] = "again"
    before = [
        event("ballot_prepared", {"question": question(), "reruns": None}, "b0"),
        asked(command.value, "b0"),
    ]
    prepared = event("ballot_prepared", told)
    held = founded(command)
    approved = given(command.value, ballot="b0")
    assert fault(held, *before, approved, prepared) is None
    assert "without a second person" in str(fault(held, *before, prepared))
    alone = given(command.value, "chair:op", "b0")
    assert "without a second person" in str(fault(held, *before, alone, prepared))
    assert fault(founded(Command.VOID), *before, prepared) is None
