"""Any history of events: what can happen follows the table, everything else is damage."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from server.ballots.events import ABOUT_APPROVAL, BallotEvent, BrokenHistory
from server.ballots.life import Ballot, Closure, Result, closure_of, phase_of, result_of, roll_of
from server.ballots.transitions import TRANSITIONS
from server.vocabulary import Command, Phase
from tests.ballots.lives import EVENT_OF, after, started

EVENTS = [event for event in BallotEvent if event not in ABOUT_APPROVAL]
FINAL = {Phase.CANCELLED, Phase.VOID}
COMMAND_OF = {event: command for command, event in EVENT_OF.items()}


def follows(phase: Phase, event: BallotEvent) -> Phase | None:
    """Where an event leads, by the table; None where it cannot happen."""
    if event in COMMAND_OF:
        command = COMMAND_OF[event]
        if (phase, command) == (Phase.PREPARED, Command.OPEN):
            return None  # it is announced first, by an event of its own
        return TRANSITIONS[phase].get(command)
    if event is BallotEvent.REVISED and phase in (Phase.DRAFT, Phase.PREPARED):
        return Phase.PREPARED
    if event is BallotEvent.DOUBTED and phase in (Phase.OPEN, Phase.SUSPENDED):
        return Phase.IN_DOUBT
    return None


class HistoryMachine(RuleBasedStateMachine):
    """Throw events at a ballot and watch what it keeps."""

    @initialize(complete=st.booleans())
    def begin(self, complete: bool) -> None:
        self.ballot: Ballot = started(complete=complete)
        self.seq = 1
        self.closure: Closure | None = None
        self.result: Result | None = None
        self.corrections = 0

    @rule(event=st.sampled_from(EVENTS))
    def happens(self, event: BallotEvent) -> None:
        before, phase = self.ballot, phase_of(self.ballot.state)
        self.seq += 1
        expected = follows(phase, event)
        try:
            self.ballot = after(before, event, self.seq)
        except BrokenHistory:
            assert expected is None
            return
        assert phase_of(self.ballot.state) is expected
        assert phase not in FINAL
        if event is BallotEvent.CLOSED:
            self.closure = closure_of(self.ballot)
        if event is BallotEvent.DECLARED:
            self.result = result_of(self.ballot)
        if event is BallotEvent.CORRECTED:
            self.corrections += 1
            assert self.ballot.state == before.state
        if roll_of(before) is not None and roll_of(self.ballot) is not None:
            assert roll_of(self.ballot) == roll_of(before)

    @rule(data=st.data())
    def goes_on(self, data: st.DataObject) -> None:
        """Something that may happen does, so that histories get far."""
        phase = phase_of(self.ballot.state)
        possible = [event for event in EVENTS if follows(phase, event) is not None]
        if possible:
            self.happens(data.draw(st.sampled_from(possible)))

    @invariant()
    def votes_and_result_stand(self) -> None:
        phase = phase_of(self.ballot.state)
        if phase in (Phase.CLOSED, Phase.DECLARED, Phase.CERTIFIED, Phase.PUBLISHED, Phase.VOID):
            assert closure_of(self.ballot) is self.closure is not None
        else:
            assert closure_of(self.ballot) is None
        if phase in (Phase.DECLARED, Phase.CERTIFIED, Phase.PUBLISHED):
            assert result_of(self.ballot) is self.result is not None
        else:
            assert result_of(self.ballot) is None
        assert len(self.ballot.corrections) == self.corrections


TestHistory = HistoryMachine.TestCase
TestHistory.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
