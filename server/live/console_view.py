"""The operator's view: the hall's, and what only the console may see.

Rule: the operator sees no more of an open ballot's votes than the hall (the projection grants it);
the console's own part is about seats, commands and the record. The commands that are allowed now
are computed from the transition table, so no screen knows the machine.
"""

from __future__ import annotations

from collections.abc import Sequence

from server.assembly.roll import RightToVote, Roll, roll_counts
from server.ballots.life import (
    Ballot,
    Closed,
    Draft,
    Prepared,
    Telling,
    Void,
    closure_of,
    phase_of,
    result_of,
    roll_of,
)
from server.ballots.procedure import come_first, in_order
from server.ballots.tellers import Tally
from server.ballots.transitions import BY_TELLERS, HELD, WITHOUT_BOX, allowed, needs, takes, usual
from server.hall.electing import why_nobody_new
from server.hall.outcome import status_of
from server.hall.state import Line, assembly_of
from server.hall.telling import needs_another
from server.live import projection
from server.live.seat_lines import SeatLine, exceptions, row_of, seat_lines
from server.live.secret_view import desk_part
from server.live.snapshot import Snapshot
from server.live.test_report import report
from server.live.wording import Wording
from server.rules.rulebook import Rulebook
from server.vocabulary import (
    Choice,
    Command,
    Mode,
    OutcomeKind,
    RefusalReason,
    Role,
    RollStatus,
)
from server.wire import console_views, views

JOURNAL_LINES = 30
"""How many journal lines a console view carries."""


def console_view(wording: Wording, snapshot: Snapshot) -> console_views.ConsoleView:
    """Everything that the operator's console shows."""
    lines = seat_lines(snapshot)
    return view_with(wording, snapshot, lines, [row_of(line) for line in lines])


def view_with(
    wording: Wording,
    snapshot: Snapshot,
    lines: Sequence[SeatLine],
    rows: list[console_views.SeatRow],
) -> console_views.ConsoleView:
    """The console's view with these rows for the seats."""
    shown = projection.display_view(wording, snapshot, Role.OPERATOR)
    ballot = snapshot.ballot
    commands = [
        option(each, command, wording.rulebook)
        for each in in_order(snapshot.state.ballots)
        for command in allowed(each)
    ]
    assembly = assembly_of(snapshot.state)
    agenda = [wording.item(assembly, item.number) for item in assembly.agenda]
    return console_views.ConsoleView(
        scene=shown.scene,
        chosen_scene=shown.chosen_scene,
        message=shown.message,
        item=shown.item,
        sitting=shown.sitting,
        members=shown.members,
        members_since=shown.members_since,
        present=shown.present,
        ballot=shown.ballot,
        undeclared=projection.undeclared(wording, snapshot),
        reconciliation=reconciliation(ballot),
        alarms=alarms(wording, snapshot, lines),
        chair_sentence=wording.chair_sentence(snapshot, ballot),
        agenda=[item for item in agenda if item is not None],
        ballots=[summary(wording, each) for each in in_order(snapshot.state.ballots)],
        seats=rows,
        exceptions=exceptions(lines),
        commands=commands,
        next=next_command(snapshot, wording.rulebook),
        journal=[line_view(line) for line in snapshot.state.lines[-JOURNAL_LINES:]],
        server_store=snapshot.store,
        role=Role.OPERATOR,
        test_report=test_report(snapshot),
        tellers=tellers(snapshot),
        pending=pending(snapshot),
        secret=desk_part(snapshot),
    )


def option(
    ballot: Ballot, command: Command, rulebook: Rulebook | None
) -> console_views.CommandOption:
    """A command with what it needs, and what it takes beside that."""
    fields = takes(ballot, command)
    if "candidates" in fields and (rulebook is None or why_nobody_new(rulebook, ballot)):
        fields = tuple(each for each in fields if each != "candidates")
    return console_views.CommandOption(
        command=command,
        ballot=ballot.id,
        hold=command in HELD,
        needs=list(needs(ballot, command)),
        takes=list(fields),
    )


def next_command(
    snapshot: Snapshot, rulebook: Rulebook | None
) -> console_views.CommandOption | None:
    """What usually comes next: of the ballot in focus, else of the first prepared one.

    A round is held right after the one that asks for it, which can be signed off later.
    """
    focus = snapshot.ballot
    ballots = snapshot.state.ballots
    follows = None if focus is None or focus.followed_by is None else ballots[focus.followed_by]
    if follows is not None and isinstance(follows.state, Prepared):
        return option(follows, Command.ANNOUNCE, rulebook)
    if focus is not None and (command := usual(focus)) is not None:
        return option(focus, command, rulebook)
    for ballot in in_order(ballots):
        if isinstance(ballot.state, Prepared) and not come_first(ballots, ballot):
            return option(ballot, Command.ANNOUNCE, rulebook)
    return None


def test_report(snapshot: Snapshot) -> console_views.TestReport | None:
    """What the test vote in focus found, once it is closed."""
    ballot = snapshot.ballot
    if ballot is None or ballot.question.asked is None:
        return None
    roll, closure = roll_of(ballot), closure_of(ballot)
    if roll is None or closure is None:
        return None
    member_of = {seat.id: seat.member for seat in assembly_of(snapshot.state).seats}
    late = {
        member_of[row.seat]
        for row in snapshot.refused
        if row.reason is RefusalReason.CLOSED and row.seat in member_of
    }
    pressed = {vote.member: Choice(vote.choice) for vote in closure.votes}
    told = report(ballot.question.asked, roll, pressed, late)
    return console_views.TestReport(
        silent=list(told.silent),
        wrong=[
            console_views.WrongPress(member=member, pressed=choice) for member, choice in told.wrong
        ],
        late=list(told.late),
        right=told.right,
    )


def tellers(snapshot: Snapshot) -> console_views.Tellers | None:
    """The tally of the ballot in focus that was entered once."""
    ballot = snapshot.ballot
    if ballot is None or not isinstance(ballot.state, Telling) or ballot.state.entered is None:
        return None
    entered = ballot.state.entered
    command = Command.PAPER if ballot.question.mode is Mode.PAPER else Command.HANDS
    return console_views.Tellers(
        counts=dict(entered.tally.counts),
        entered_by=entered.by,
        second_person=needs_another(snapshot.state, command),
    )


def pending(snapshot: Snapshot) -> list[console_views.PendingView]:
    """The commands that wait for a second person."""
    return [
        told
        for ballot in snapshot.state.ballots.values()
        if (told := pending_view(ballot)) is not None
    ]


def pending_view(ballot: Ballot) -> console_views.PendingView | None:
    """What waits for a second person in this ballot."""
    waiting = ballot.pending
    if waiting is None:
        return None
    return console_views.PendingView(
        ballot=ballot.id,
        command=waiting.command,
        by=waiting.by,
        at=waiting.at,
        reason=waiting.ask.get("reason"),
    )


def summary(wording: Wording, ballot: Ballot) -> console_views.BallotSummary:
    """A ballot in a line."""
    result = result_of(ballot)
    return console_views.BallotSummary(
        id=ballot.id,
        phase=phase_of(ballot.state),
        mode=ballot.question.mode,
        title=wording.title(ballot.question.title),
        item=ballot.question.item,
        document=ballot.question.document,
        decision=ballot.question.decision,
        missing=list(ballot.state.missing) if isinstance(ballot.state, Draft) else [],
        outcome=None if result is None else OutcomeKind(result.payload["result"]["outcome"]),
        kind=ballot.question.kind,
        round=ballot.question.round,
        part_of=ballot.question.part_of,
        part_order=ballot.question.part_order,
    )


def reconciliation(ballot: Ballot | None) -> views.Reconciliation | None:
    """voted + not voted + absent + suspended = Members, once the ballot is closed."""
    if ballot is None or isinstance(ballot.state, Void):
        return None
    roll, closure = roll_of(ballot), closure_of(ballot)
    if roll is None or closure is None:
        return None
    if closure.tally is not None and ballot.question.mode in BY_TELLERS:
        return _tallied(roll, closure.tally)
    statuses = list(status_of(roll, closure.votes).values())
    return views.Reconciliation(
        voted=statuses.count(RollStatus.VOTED),
        not_voted=statuses.count(RollStatus.NOT_VOTED),
        absent=statuses.count(RollStatus.ABSENT),
        suspended=statuses.count(RollStatus.SUSPENDED),
        members=roll.members_total,
    )


def _tallied(roll: Roll, tally: Tally) -> views.Reconciliation:
    """Tellers name nobody, so who did not vote and who was absent are one number."""
    figures = roll_counts(roll)
    return views.Reconciliation(
        voted=tally.voted,
        not_voted=figures.entitled - tally.voted,
        absent=0,
        suspended=len(roll.entries) - figures.entitled,
        members=figures.members,
    )


def alarms(wording: Wording, snapshot: Snapshot, lines: Sequence[SeatLine]) -> list[views.Texts]:
    """What speaks against declaring now, and what to know before an election is held."""
    told: list[views.Texts] = []

    def alarm(message: str, **figures: int | str) -> None:
        told.append(views.Texts(**wording.speech.say_all(message, figures).as_json()))

    if snapshot.store != "ok":
        alarm("alarm-store")
    if snapshot.clock_jumped:
        alarm("alarm-clock")
    for each in wording.alerts(snapshot.state):
        alarm(each.message, **each.figures)
    ballot = snapshot.ballot
    if ballot is None or not isinstance(ballot.state, Closed):
        return told
    sums = reconciliation(ballot)
    entitled = {
        entry.member for entry in ballot.state.roll.entries if entry.status is RightToVote.ENTITLED
    }
    voters = {vote.member for vote in ballot.state.closure.votes}
    if (
        sums is None
        or not voters <= entitled
        or (sums.voted + sums.not_voted + sums.absent + sums.suspended != sums.members)
    ):
        alarm("alarm-sum")
    verdict = wording.verdict(snapshot.state, ballot)
    # An attendance check tells its quorum as its outcome: that is no alarm.
    if verdict is not None and verdict.result["outcome"] != OutcomeKind.COUNTED.value:
        quorum = (verdict.result["explain"] or {}).get("quorum")
        if quorum is not None and not quorum["met"]:
            alarm("alarm-no-quorum", measured=quorum["measured"], quorum=quorum["needed"])
    offline = {
        line.member
        for line in lines
        if line.present and not line.online and line.member not in voters
    }
    if offline and ballot.question.mode not in WITHOUT_BOX:
        alarm("alarm-offline", n=len(offline))
    refused = sum(1 for line in lines if line.refused)
    if refused:
        alarm("alarm-refused", n=refused)
    return told


def line_view(line: Line) -> console_views.JournalLine:
    """A journal entry in a line."""
    return console_views.JournalLine(
        seq=line.seq, at=line.at, actor=line.actor, type=line.type, subject=line.subject
    )
