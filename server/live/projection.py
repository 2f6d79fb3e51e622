"""THE place that decides who may see what.

Rule (invariant 12). While a ballot is open nobody, operator and chair included, sees more about
choices than its disclosure grants the hall: `none`: that a vote is on; `turnout`: how many and who
has voted, no counts; `counts`: counts and how many, not who; `individual`: everything. From the
close to the declaration the hall sees turnout, and counts only where they were live; operator and
chair see the result, headed "not yet declared". A declared recorded vote is public, Member by
Member. A show of hands and papers show nothing until they are confirmed, and name nobody; who is
called in a roll-call is public, the answers go by the disclosure. Of a non-recorded ballot nobody
ever sees who voted what; a seat its own choice, while the ballot is open. The partial tally of a
cancelled ballot and the tally of a void one are never shown. Suspended and absent Members look like
"not voted" to everybody but the operator and themselves. What a seat sees of its own Member says
`kiosk_projection`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, assert_never

from server.assembly.assembly import Assembly
from server.assembly.remembered import remembered
from server.assembly.roll import roll_counts
from server.ballots.life import Ballot, Calling, phase_of, roll_of
from server.ballots.roll_call import passed, still_to_call
from server.hall.refusals import RefusalRow
from server.hall.state import assembly_of
from server.live.ballot_facts import (
    BallotFacts,
    choice_by_member,
    facts_of,
    is_recording,
)
from server.live.election_view import election_view
from server.live.secret_view import progress
from server.live.snapshot import Snapshot
from server.live.wording import Wording
from server.record.election import is_election
from server.record.motion import weighted_counts
from server.vocabulary import (
    BOARD_MARK,
    BOARD_NOT_VOTED,
    BOARD_VOTED,
    Choice,
    Disclosure,
    Mode,
    Phase,
    RefusalReason,
    Role,
    Scene,
    Signal,
)
from server.wire import views


@dataclass(frozen=True, slots=True)
class Grant:
    """What may be shown of a ballot to everybody now. The one table of disclosure."""

    turnout: bool
    voters: bool
    counts: bool
    choices: bool
    outcome: bool


NEXT_CALLED: Final = 5
"""How many of those who are called next a roll-call shows."""

NOTHING = Grant(turnout=False, voters=False, counts=False, choices=False, outcome=False)


def grant(phase: Phase, disclosure: Disclosure) -> Grant:
    """What the hall may see of a ballot's votes in this phase, under this disclosure."""
    match phase:
        case Phase.DRAFT | Phase.PREPARED | Phase.CANCELLED | Phase.VOID | Phase.IN_DOUBT:
            return NOTHING
        case Phase.ANNOUNCED:
            return Grant(turnout=True, voters=False, counts=False, choices=False, outcome=False)
        case Phase.OPEN | Phase.SUSPENDED:
            return _while_open(disclosure)
        case Phase.CLOSED:
            live = _while_open(disclosure)
            return Grant(
                turnout=True,
                voters=live.voters,
                counts=live.counts,
                choices=live.choices,
                outcome=False,
            )
        case Phase.DECLARED | Phase.CERTIFIED | Phase.PUBLISHED:
            return Grant(turnout=True, voters=True, counts=True, choices=True, outcome=True)
        case _:
            assert_never(phase)


def _while_open(disclosure: Disclosure) -> Grant:
    match disclosure:
        case Disclosure.NONE:
            return NOTHING
        case Disclosure.TURNOUT:
            return Grant(turnout=True, voters=True, counts=False, choices=False, outcome=False)
        case Disclosure.COUNTS:
            return Grant(turnout=True, voters=False, counts=True, choices=False, outcome=False)
        case Disclosure.INDIVIDUAL:
            return Grant(turnout=True, voters=True, counts=True, choices=True, outcome=False)
        case _:
            assert_never(disclosure)


def granted(ballot: Ballot, facts: BallotFacts) -> Grant:
    """What the hall may see of this ballot now."""
    shown = grant(facts.phase, ballot.question.disclosure)
    if facts.is_secret:
        return replace(shown, counts=shown.counts and facts.tally is not None, choices=False)
    if ballot.question.mode is Mode.NON_RECORDED:
        return replace(shown, choices=False)
    if not facts.by_tellers:
        return shown
    if facts.phase in (Phase.OPEN, Phase.SUSPENDED):
        return NOTHING
    if facts.phase is Phase.CLOSED:
        return replace(NOTHING, turnout=True)
    return replace(shown, voters=False, choices=False)


def ballot_view(wording: Wording, snapshot: Snapshot, ballot: Ballot) -> views.DisplayBallot:
    """A ballot as the whole hall may see it."""
    facts = facts_of(snapshot, ballot)
    shown = granted(ballot, facts)
    question = ballot.question
    roll = roll_of(ballot)
    return views.DisplayBallot(
        id=ballot.id,
        phase=facts.phase,
        kind=question.kind,
        mode=question.mode,
        title=wording.title(question.title),
        document=question.document,
        item=question.item,
        decision=question.decision,
        disclosure=question.disclosure,
        test=question.test,
        turnout=_turnout(facts) if shown.turnout else None,
        counts=_counts(ballot, facts) if shown.counts and not is_election(question) else None,
        board=_board(assembly_of(snapshot.state), facts, shown, electing=is_election(question)),
        outcome=wording.outcome(ballot, facts) if shown.outcome else None,
        rule=wording.rule(question, roll, assembly_of(snapshot.state)),
        present=None if roll is None else roll_counts(roll).present,
        entitled=None if roll is None else roll_counts(roll).entitled,
        last_call=facts.last_call,
        opened_at=facts.opened_at,
        closes_at=facts.closes_at,
        auto_close=question.auto_close,
        remaining=facts.remaining,
        recording=is_recording(ballot, facts),
        reason=wording.reason(ballot),
        asked=question.asked,
        calling=calling(ballot, shown),
        secret=progress(ballot),
        election=election_view(wording, snapshot.state, ballot, facts, counts=shown.counts),
    )


def display_view(wording: Wording, snapshot: Snapshot, role: Role) -> views.DisplayView:
    """The hall display's view; the chair's token gets the chair's part too."""
    assembly = assembly_of(snapshot.state)
    ballot = snapshot.ballot
    shown = None if ballot is None else ballot_view(wording, snapshot, ballot)
    item = item_number(snapshot, ballot)
    return views.DisplayView(
        scene=scene_now(snapshot),
        chosen_scene=snapshot.on_air.scene,
        message=wording.texts(snapshot.on_air.message),
        item=wording.item(assembly, item),
        sitting=wording.sitting(assembly, item),
        members=len(assembly.members),
        members_since=snapshot.state.members_since,
        present=len(snapshot.present),
        ballot=shown,
        chair=chair_view(wording, snapshot) if role in (Role.CHAIR, Role.OPERATOR) else None,
    )


def chair_view(wording: Wording, snapshot: Snapshot) -> views.ChairView:
    """What the chair says now, and the result once the ballot is closed."""
    ballot = snapshot.ballot
    return views.ChairView(
        sentence=wording.chair_sentence(snapshot, ballot),
        undeclared=undeclared(wording, snapshot),
        assistance=_signalling(snapshot, Signal.ASSISTANCE),
        points_of_order=_signalling(snapshot, Signal.POINT_OF_ORDER),
    )


def undeclared(wording: Wording, snapshot: Snapshot) -> views.OutcomeView | None:
    """The result of a closed ballot before it is declared: for chair and operator only."""
    ballot = snapshot.ballot
    if ballot is None:
        return None
    verdict = wording.verdict(snapshot.state, ballot)
    if verdict is None:
        return None
    return wording.undeclared(ballot.question, verdict, facts_of(snapshot, ballot))


TELLING = frozenset({RefusalReason.NOT_REVOCABLE, RefusalReason.PRESS_ID_REUSED})
"""Refusals that happen only to who has voted already."""


def refused_by_seat(rows: Iterable[RefusalRow], *, voters: bool) -> Counter[str]:
    """How often each seat was refused; where voters are withheld, without what tells of a vote."""
    counts: Counter[str] = Counter()
    for row in rows:
        if voters or row.reason not in TELLING:
            counts[row.seat] += row.count
    return counts


def calling(ballot: Ballot, shown: Grant) -> views.Calling | None:
    """Who is called in a roll-call, and who follows."""
    if not isinstance(ballot.state, Calling):
        return None
    roll_call = ballot.state.roll_call
    waiting = still_to_call(roll_call)
    return views.Calling(
        member=waiting[0] if waiting else None,
        next=list(waiting[1 : 1 + NEXT_CALLED]),
        answered=len(roll_call.answers),
        pass_over=list(passed(roll_call)) if shown.choices else [],
        call=1 if roll_call.call == 1 else 2,
    )


def _turnout(facts: BallotFacts) -> views.Turnout:
    return views.Turnout(voted=facts.voted, entitled=facts.entitled)


def _counts(ballot: Ballot, facts: BallotFacts) -> views.Counts | None:
    roll = roll_of(ballot)
    if facts.without_vote or roll is None:
        return None
    if facts.box_counts is not None and ballot.question.weight is None and not facts.by_proxy:
        # The box has counted already, and a large hall is shown this eighty times a second.
        tally = {choice: facts.box_counts.get(choice.value, 0) for choice in Choice}
    else:
        chosen = {member: held.choice for member, held in facts.votes.items()}
        tally = weighted_counts(roll, chosen, facts.tally, ballot.question.weight)
    return views.Counts(yes=tally[Choice.YES], no=tally[Choice.NO], abstain=tally[Choice.ABSTAIN])


def _board(assembly: Assembly, facts: BallotFacts, shown: Grant, *, electing: bool) -> str | None:
    if not shown.voters or facts.without_vote:
        return None
    if shown.choices and not electing:
        marks = {member: BOARD_MARK[each] for member, each in choice_by_member(facts).items()}
    else:
        marks = dict.fromkeys(facts.votes, BOARD_VOTED)
    return "".join(marks.get(member.code, BOARD_NOT_VOTED) for member in assembly.members)


def scene_now(snapshot: Snapshot) -> Scene:
    """The scene on air: what the operator chose, or what the ballot's phase asks for."""
    chosen = snapshot.on_air.scene
    if chosen is not Scene.AUTO:
        return chosen
    ballot = snapshot.ballot
    if ballot is None:
        return Scene.IDLE
    match phase_of(ballot.state):
        case Phase.DRAFT | Phase.PREPARED:
            return Scene.IDLE
        case Phase.ANNOUNCED:
            return Scene.QUESTION
        case Phase.OPEN | Phase.SUSPENDED | Phase.IN_DOUBT:
            return Scene.VOTING
        case Phase.CLOSED | Phase.CANCELLED | Phase.VOID:
            return Scene.CLOSED
        case Phase.DECLARED | Phase.CERTIFIED | Phase.PUBLISHED:
            return Scene.RESULT
        case phase:
            assert_never(phase)


def item_number(snapshot: Snapshot, ballot: Ballot | None) -> str | None:
    """The number of the agenda item on air: what the operator chose, or the ballot's."""
    if snapshot.on_air.item is not None:
        return snapshot.on_air.item
    return None if ballot is None else ballot.question.item


def _signalling(snapshot: Snapshot, signal: Signal) -> list[str]:
    member_of = _member_of(assembly_of(snapshot.state))
    return sorted(
        {
            member_of[seat]
            for seat, signals in snapshot.signals.items()
            if signal in signals and seat in member_of
        }
    )


@remembered
def _member_of(assembly: Assembly) -> Mapping[str, str]:
    return {seat.id: seat.member for seat in assembly.seats}
