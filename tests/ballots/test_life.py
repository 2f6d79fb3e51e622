"""The transition table: every phase and command, and every event that may and may not follow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.ballots.events import BallotEvent, BrokenHistory, begin, votes_payload
from server.ballots.life import (
    Ballot,
    CastVote,
    Declared,
    Draft,
    Open,
    Prepared,
    Result,
    Suspended,
    closure_of,
    phase_of,
    result_of,
    roll_of,
)
from server.ballots.transitions import (
    HELD,
    NEEDS_REASON,
    ON_THE_FLOOR,
    TRANSITIONS,
    allowed,
    needs,
    usual,
)
from server.vocabulary import Command, Phase
from tests.ballots.lives import (
    EVENT_OF,
    LACKING,
    LANGUAGES,
    PAYLOADS,
    after,
    ballot_in,
    started,
)

TABLE = {
    Phase.DRAFT: {"announce": "announced"},
    Phase.PREPARED: {"announce": "announced", "open": "open"},
    Phase.ANNOUNCED: {"open": "open", "cancel": "cancelled", "rerun": "cancelled"},
    Phase.OPEN: {
        "suspend": "suspended",
        "extend": "open",
        "last_call": "open",
        "close": "closed",
        "cancel": "cancelled",
        "rerun": "cancelled",
        "hands": "open",
        "paper": "open",
        "call": "open",
        "second_call": "open",
    },
    Phase.SUSPENDED: {
        "resume": "open",
        "close": "closed",
        "cancel": "cancelled",
        "rerun": "cancelled",
    },
    Phase.IN_DOUBT: {"resume": "open", "cancel": "cancelled", "rerun": "cancelled"},
    Phase.CLOSED: {"declare": "declared", "cancel": "cancelled", "void": "void"},
    Phase.DECLARED: {
        "certify": "certified",
        "correct": "declared",
        "second_vote": "declared",
        "next_round": "declared",
        "tie_ballot": "declared",
        "lots": "declared",
        "ask_chair": "declared",
        "void": "void",
    },
    Phase.CERTIFIED: {
        "publish": "published",
        "correct": "certified",
        "next_round": "certified",
        "tie_ballot": "certified",
    },
    Phase.PUBLISHED: {
        "correct": "published",
        "next_round": "published",
        "tie_ballot": "published",
    },
    Phase.CANCELLED: {"rerun": "cancelled"},
    Phase.VOID: {"rerun": "void"},
}
"""The life of a ballot, from the house's design, section 2."""

WITHOUT_BOX = {Command.HANDS, Command.PAPER, Command.CALL, Command.SECOND_CALL}
"""The commands of ballots that are not taken at the seats: see test_ways."""

DUE = {
    Command.SECOND_VOTE,
    Command.NEXT_ROUND,
    Command.TIE_BALLOT,
    Command.LOTS,
    Command.ASK_CHAIR,
}
"""The commands that a declared outcome asks for: never of an adopted motion."""

PAIRS = [(phase, command) for phase in Phase for command in Command]


def test_the_table_is_the_designs() -> None:
    assert {
        phase: {command.value: to.value for command, to in row.items()}
        for phase, row in TRANSITIONS.items()
    } == TABLE


@pytest.mark.parametrize("phase", list(Phase))
def test_each_phase_is_reached_by_events(phase: Phase) -> None:
    assert phase_of(ballot_in(phase).state) is phase


@pytest.mark.parametrize(("phase", "command"), PAIRS)
def test_each_phase_and_command(phase: Phase, command: Command) -> None:
    ballot = ballot_in(phase)
    to = TABLE[phase].get(command.value)
    if command in WITHOUT_BOX:
        assert command not in allowed(ballot)
        return
    if command is Command.RERUN:
        # It cancels this ballot, if it is live, and makes a new one.
        assert (command in allowed(ballot)) == (to is not None)
        return
    if command not in EVENT_OF:
        # Some are allowed once the outcome asks for them. The others are words without a row in
        # the table: nobody may give them.
        assert to is None or command in DUE
        assert command not in allowed(ballot)
        return
    assert (command in allowed(ballot)) == (to is not None)
    event = EVENT_OF[command]
    if to is None:
        with pytest.raises(BrokenHistory, match=phase.value):
            after(ballot, event)
        return
    if (phase, command) == (Phase.PREPARED, Command.OPEN):
        # Opening a prepared ballot announces it too: two events.
        ballot = after(ballot, BallotEvent.ANNOUNCED)
    assert phase_of(after(ballot, event).state).value == to


@pytest.mark.parametrize("phase", list(Phase))
def test_the_usual_command_stands_first_and_is_allowed(phase: Phase) -> None:
    ballot = ballot_in(phase)
    first = usual(ballot)
    if first is None:
        assert phase in (
            Phase.DRAFT,
            Phase.IN_DOUBT,
            Phase.PUBLISHED,
            Phase.CANCELLED,
            Phase.VOID,
        )
    else:
        assert allowed(ballot)[0] is first
    assert len(set(allowed(ballot))) == len(allowed(ballot))


def test_after_the_last_call_comes_the_close() -> None:
    ballot = ballot_in(Phase.OPEN)
    assert usual(ballot) is Command.LAST_CALL
    assert usual(after(ballot, BallotEvent.LAST_CALL)) is Command.CLOSE


def test_a_second_vote_is_offered_only_where_the_rule_asks_for_it() -> None:
    ballot = ballot_in(Phase.DECLARED)
    assert isinstance(ballot.state, Declared)
    due = replace(
        ballot,
        state=replace(ballot.state, result=Result({"result": {"outcome": "second_vote"}}, "h")),
    )
    assert (usual(due), allowed(due)[0]) == (Command.SECOND_VOTE, Command.SECOND_VOTE)
    assert phase_of(due.state) is Phase.DECLARED
    # Once it is certified, the moment has passed.
    assert Command.SECOND_VOTE not in allowed(after(due, BallotEvent.CERTIFIED))


def test_what_each_command_needs() -> None:
    told = {
        (phase.value, command.value): needs(ballot_in(phase), command)
        for phase in Phase
        for command in allowed(ballot_in(phase))
        if needs(ballot_in(phase), command)
    }
    assert told == {
        ("draft", "announce"): ("reason",),
        ("announced", "cancel"): ("reason",),
        ("announced", "rerun"): ("reason", "mode"),
        ("open", "rerun"): ("reason", "mode"),
        ("suspended", "rerun"): ("reason", "mode"),
        ("in_doubt", "rerun"): ("reason", "mode"),
        ("cancelled", "rerun"): ("reason",),
        ("void", "rerun"): ("reason",),
        ("open", "cancel"): ("reason",),
        ("open", "extend"): ("seconds",),
        ("suspended", "cancel"): ("reason",),
        ("in_doubt", "cancel"): ("reason",),
        ("in_doubt", "resume"): ("reason",),
        ("closed", "cancel"): ("reason",),
        ("closed", "void"): ("reason",),
        ("declared", "void"): ("reason",),
        ("declared", "correct"): ("text",),
        ("certified", "correct"): ("text",),
        ("published", "correct"): ("text",),
    }


def test_reasons_are_asked_only_for_what_the_table_allows() -> None:
    for phase, commands in NEEDS_REASON.items():
        assert commands <= set(TRANSITIONS[phase])
    assert {Command.OPEN, Command.CLOSE} == HELD
    assert {"announced", "open", "suspended", "in_doubt"} == {each.value for each in ON_THE_FLOOR}


# --- events that are no command's


@pytest.mark.parametrize("event", list(BallotEvent))
def test_only_two_events_make_a_ballot(event: BallotEvent) -> None:
    def make() -> Ballot:
        return begin("b-1", 1, 1, "h", event, PAYLOADS[event], LANGUAGES)

    if event is BallotEvent.PREPARED:
        assert isinstance(make().state, Prepared)
    elif event is BallotEvent.ADOPTED:
        assert isinstance(make().state, Declared)
    else:
        with pytest.raises(BrokenHistory, match="unknown ballot"):
            make()


@pytest.mark.parametrize("phase", list(Phase))
def test_a_ballot_is_not_made_twice(phase: Phase) -> None:
    for event in (BallotEvent.PREPARED, BallotEvent.ADOPTED):
        with pytest.raises(BrokenHistory):
            after(ballot_in(phase), event)


@pytest.mark.parametrize("phase", list(Phase))
def test_a_question_is_revised_only_before_the_announcement(phase: Phase) -> None:
    ballot = ballot_in(phase)
    if phase in (Phase.DRAFT, Phase.PREPARED):
        assert isinstance(after(ballot, BallotEvent.REVISED).state, Prepared)
    else:
        with pytest.raises(BrokenHistory):
            after(ballot, BallotEvent.REVISED)


@pytest.mark.parametrize("phase", list(Phase))
def test_only_a_live_ballot_is_doubted(phase: Phase) -> None:
    ballot = ballot_in(phase)
    if phase in (Phase.OPEN, Phase.SUSPENDED):
        assert phase_of(after(ballot, BallotEvent.DOUBTED).state) is Phase.IN_DOUBT
    else:
        with pytest.raises(BrokenHistory):
            after(ballot, BallotEvent.DOUBTED)


def test_a_draft_says_what_is_missing_until_it_is_there() -> None:
    draft = started(complete=False)
    assert draft.state == Draft(("title.fr",))
    assert isinstance(after(draft, BallotEvent.REVISED).state, Prepared)
    prepared = started()
    PAYLOAD = {"question": LACKING, "reruns": "b-0"}  # noqa: N806  # one use
    again = begin("b-2", 1, 1, "h", BallotEvent.PREPARED, PAYLOAD, LANGUAGES)
    assert (again.reruns, prepared.reruns) == ("b-0", None)


def test_adopted_without_a_vote_has_no_closure_and_cannot_be_void() -> None:
    ballot = begin(
        "b-1", 1, 1, "h-1", BallotEvent.ADOPTED, PAYLOADS[BallotEvent.ADOPTED], LANGUAGES
    )
    assert closure_of(ballot) is None
    assert roll_of(ballot) is not None
    with pytest.raises(BrokenHistory):
        after(ballot, BallotEvent.VOIDED)
    published = after(after(ballot, BallotEvent.CERTIFIED), BallotEvent.PUBLISHED)
    assert result_of(published) == result_of(ballot)


def test_what_a_ballot_carries_on() -> None:
    rung = after(ballot_in(Phase.OPEN), BallotEvent.LAST_CALL, 4)
    assert isinstance(rung.state, Open)
    assert (rung.state.step.fence, rung.state.step.incarnation) == (4, "i-1")
    paused = after(rung, BallotEvent.SUSPENDED, 5)
    assert isinstance(paused.state, Suspended)
    assert (paused.state.last_call, paused.state.reason) == (True, "a pause")
    assert (paused.state.step.fence, paused.state.step.incarnation) == (5, "i-1")
    resumed = after(paused, BallotEvent.RESUMED, 6)
    assert isinstance(resumed.state, Open)
    assert (resumed.state.step.fence, resumed.state.step.incarnation) == (6, "i-2")
    assert resumed.state.last_call
    assert resumed.opened_at == 3


def test_votes_are_kept_in_the_order_of_their_numbers() -> None:
    votes = (CastVote("BB", "no", 7, "p"), CastVote("AA", "yes", 2, "q"))
    assert [row["n"] for row in votes_payload(votes)] == [2, 7]
