"""What each seat sees: what all seats share, made once, and what is its own Member's.

Rule (invariant 12): what the hall may see `projection` decides, and a seat sees no more of others.
It sees, besides, what the box holds for its own Member, and who sits for it. Suspended and absent
Members look like "not voted" to everybody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from server.assembly.assembly import Assembly
from server.assembly.remembered import remembered
from server.assembly.roll import RightToVote, Roll
from server.ballots.life import Ballot, roll_of
from server.ballots.paper import said
from server.ballots.question import Question
from server.ballots.secret import Secret
from server.ballots.transitions import WITHOUT_BOX
from server.hall.state import assembly_of, election_key
from server.live.ballot_facts import BallotFacts, facts_of, is_recording
from server.live.projection import calling, granted, item_number
from server.live.secret_view import kiosk_secret, with_credential
from server.live.snapshot import Snapshot
from server.live.wording import Wording
from server.ports import HeldVote
from server.record.code import vote_code
from server.record.election import is_election
from server.secrecy.credential import fingerprint_of
from server.vocabulary import Choice, Language, Mode, Phase, RefusalReason
from server.wire import views


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
        item=wording.item(assembly, item_number(snapshot, ballot)),
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
        calling=calling(ballot, shown),
        secret=kiosk_secret(ballot),
    )


def _offered(question: Question) -> list[Choice]:
    """The buttons of a seat; none where the seats are not asked."""
    if question.mode in WITHOUT_BOX or is_election(question):
        return []
    return [Choice(choice) for choice in question.choices]


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
