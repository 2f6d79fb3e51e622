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
"not voted" to everybody but the operator and themselves. A seat sees, besides, what the box holds
for its own Member, and who sits for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, assert_never

from server.assembly.assembly import Assembly
from server.assembly.remembered import remembered
from server.assembly.roll import RightToVote, Roll, roll_counts
from server.ballots.life import Ballot, Calling, phase_of, roll_of
from server.ballots.paper import said
from server.ballots.question import Question
from server.ballots.roll_call import passed, still_to_call
from server.ballots.secret import Secret
from server.ballots.transitions import WITHOUT_BOX
from server.hall.refusals import RefusalRow
from server.hall.state import assembly_of, election_key
from server.live.ballot_facts import (
    BallotFacts,
    choice_by_member,
    facts_of,
    is_recording,
)
from server.live.election_view import election_view
from server.live.secret_view import kiosk_secret, progress, with_credential
from server.live.snapshot import Snapshot
from server.live.wording import Wording
from server.ports import HeldVote
from server.record.code import vote_code
from server.record.election import is_election
from server.record.motion import weighted_counts
from server.secrecy.credential import fingerprint_of
from server.vocabulary import (
    BOARD_MARK,
    BOARD_NOT_VOTED,
    BOARD_VOTED,
    Choice,
    Disclosure,
    Language,
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
        calling=_calling(ballot, shown),
        secret=progress(ballot),
        election=election_view(wording, snapshot.state, ballot, facts, counts=shown.counts),
    )


def display_view(wording: Wording, snapshot: Snapshot, role: Role) -> views.DisplayView:
    """The hall display's view; the chair's token gets the chair's part too."""
    assembly = assembly_of(snapshot.state)
    ballot = snapshot.ballot
    shown = None if ballot is None else ballot_view(wording, snapshot, ballot)
    item = _item_number(snapshot, ballot)
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


@dataclass(frozen=True, slots=True)
class KioskProjection:
    """The seats' views at one instant: what all of them share, and what is each Member's own."""

    item: views.AgendaItemView | None
    ballot: views.KioskBallot | None
    """The ballot as all seats see it; `own_of_ballot` says what differs."""
    names: Mapping[str, views.Texts]
    _delegations: Mapping[str, views.Delegation]
    _wording: Wording
    _snapshot: Snapshot
    _facts: BallotFacts | None
    _rights: Mapping[str, RightToVote] | None
    _proxies: Mapping[str, str]

    def own_of_ballot(self, member: str) -> dict[str, Any]:
        """The fields of a seat's ballot that are its Member's own. Every seat has the same ones."""
        ballot = self._snapshot.ballot
        if ballot is None or self._facts is None:
            return {}
        rights = self._rights
        bar = None if rights is None else _bar(rights.get(member), ballot.secret, member)
        return {
            "mine": _mine(ballot, self._facts, member),
            "may_vote": rights is not None and bar is None,
            "bar": bar,
            "secret": with_credential(self.ballot, ballot, member),
            "votes_for": [
                self._name(giver) for giver, holder in self._proxies.items() if holder == member
            ],
            "voted_for_by": self._name(self._proxies[member]) if member in self._proxies else None,
        }

    def _name(self, member: str) -> views.Texts:
        return self.names.get(member) or self._wording.member_name(None, member)

    def own(self, seat: str, member: str, lang: Language) -> dict[str, Any]:
        """The fields of a seat's view that are its own, besides the ballot's."""
        public = self._snapshot.state.credentials.get(member)
        return {
            "member": member,
            "name": self._name(member),
            "seat": seat,
            "lang": lang,
            "credential": None if public is None else fingerprint_of(public),
            "signals": sorted(each.value for each in self._snapshot.signals.get(seat, frozenset())),
            "delegation": self._delegations.get(member),
        }

    def view(self, seat: str, member: str, lang: Language) -> views.KioskView:
        """One seat's view."""
        own = self.own_of_ballot(member)
        return views.KioskView(
            item=self.item,
            secret_ballots=election_key(self._snapshot.state) is not None,
            ballot=None if self.ballot is None else self.ballot.model_copy(update=own),
            **self.own(seat, member, lang),
        )


def kiosk_projection(wording: Wording, snapshot: Snapshot) -> KioskProjection:
    """The seats' views: what all share is made once, each seat adds what is its Member's own."""
    assembly = assembly_of(snapshot.state)
    ballot = snapshot.ballot
    roll = None if ballot is None else roll_of(ballot)
    return KioskProjection(
        item=wording.item(assembly, _item_number(snapshot, ballot)),
        ballot=None if ballot is None else _shared_kiosk_ballot(wording, snapshot, ballot),
        names=_names_in(wording, assembly),
        _delegations=_delegations_in(assembly),
        _wording=wording,
        _snapshot=snapshot,
        _facts=None if ballot is None else facts_of(snapshot, ballot),
        _rights=None if roll is None else _rights_of(roll),
        _proxies={} if roll is None else roll.proxies,
    )


@remembered
def _names_in(wording: Wording, assembly: Assembly) -> Mapping[str, views.Texts]:
    return {each.code: wording.member_name(each, each.code) for each in assembly.members}


@remembered
def _delegations_in(assembly: Assembly) -> Mapping[str, views.Delegation]:
    return {
        member.code: views.Delegation(
            names=[each.name for each in member.delegates], votes_by=member.votes_by
        )
        for member in assembly.members
        if member.delegates
    }


@remembered
def _rights_of(roll: Roll) -> Mapping[str, RightToVote]:
    return {entry.member: entry.status for entry in roll.entries}


def _shared_kiosk_ballot(wording: Wording, snapshot: Snapshot, ballot: Ballot) -> views.KioskBallot:
    facts = facts_of(snapshot, ballot)
    question = ballot.question
    shown = granted(ballot, facts)
    return views.KioskBallot(
        id=ballot.id,
        phase=facts.phase,
        kind=question.kind,
        mode=question.mode,
        title=wording.title(question.title),
        document=question.document,
        item=question.item,
        choices=_offered(question),
        mine=None,
        may_vote=False,
        bar=None,
        revocable=question.revocable,
        disclosure=question.disclosure,
        last_call=facts.last_call,
        opened_at=facts.opened_at,
        closes_at=facts.closes_at,
        auto_close=question.auto_close,
        recording=is_recording(ballot, facts),
        rule=wording.rule(question, roll_of(ballot), assembly_of(snapshot.state)),
        outcome=wording.outcome(ballot, facts) if shown.outcome else None,
        round=question.round,
        tie_ballot=question.is_tie_ballot,
        candidates=wording.candidates(question),
        names_per_ballot=question.names_per_ballot,
        places=question.places,
        asked=question.asked,
        calling=_calling(ballot, shown),
        secret=kiosk_secret(ballot),
    )


def _offered(question: Question) -> list[Choice]:
    """The buttons of a seat; none where the seats are not asked."""
    if question.mode in WITHOUT_BOX or is_election(question):
        return []
    return [Choice(choice) for choice in question.choices]


def _calling(ballot: Ballot, shown: Grant) -> views.Calling | None:
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


def _mine(ballot: Ballot, facts: BallotFacts, member: str) -> views.Mine | None:
    waits = facts.waiting.get(member)
    held = None if member in facts.by_proxy else waits or facts.votes.get(member)
    if held is None or facts.phase in (Phase.CANCELLED, Phase.VOID):
        return None
    if facts.is_secret:
        return views.Mine(
            choice=None,
            n=held.n,
            code=vote_code(ballot.id, member, held.press_id, held.choice, held.n),
            tracker=held.choice,
            proved=waits is None,
        )
    if ballot.question.mode is Mode.NON_RECORDED:
        return _mine_unlinked(ballot, facts, held)
    choice = said(ballot.question, held.choice)
    return views.Mine(
        choice=choice if isinstance(choice, list) else Choice(choice),
        n=held.n,
        code=vote_code(ballot.id, member, held.press_id, choice, held.n),
    )


def _mine_unlinked(ballot: Ballot, facts: BallotFacts, held: HeldVote) -> views.Mine:
    """A vote of a non-recorded ballot: after the close only that there is one."""
    if facts.phase not in (Phase.OPEN, Phase.SUSPENDED, Phase.IN_DOUBT):
        return views.Mine(choice=None, n=0, code="")
    choice = said(ballot.question, held.choice)
    return views.Mine(
        choice=choice if isinstance(choice, list) else Choice(choice),
        n=held.n,
        code="",
    )


def _bar(right: RightToVote | None, secret: Secret | None, member: str) -> RefusalReason | None:
    match right:
        case None:
            return RefusalReason.NOT_ON_ROLL
        case RightToVote.SUSPENDED:
            return RefusalReason.SUSPENDED_RIGHT
        case RightToVote.ENTITLED:
            barred = secret is not None and member not in secret.accredited
            return RefusalReason.NOT_ACCREDITED if barred else None
        case _:
            assert_never(right)


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


def _item_number(snapshot: Snapshot, ballot: Ballot | None) -> str | None:
    if snapshot.on_air.item is not None:
        return snapshot.on_air.item
    return None if ballot is None else ballot.question.item


def _signalling(snapshot: Snapshot, signal: Signal) -> list[str]:
    member_of = {seat.id: seat.member for seat in assembly_of(snapshot.state).seats}
    return sorted(
        {
            member_of[seat]
            for seat, signals in snapshot.signals.items()
            if signal in signals and seat in member_of
        }
    )
