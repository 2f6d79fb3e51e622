"""What views say in four languages, put together from Fluent and the figures.

Rule: texts travel in all four languages, so a view is made once for everybody; each screen picks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from server.assembly.assembly import Assembly, item_by_number, member_by_code
from server.assembly.member import Member
from server.assembly.remembered import remembered
from server.assembly.roll import Roll, freeze_roll, roll_counts
from server.assembly.texts import Texts, texts_from
from server.ballots.life import (
    Announced,
    Ballot,
    Calling,
    Cancelled,
    Certified,
    Closed,
    Declared,
    Draft,
    InDoubt,
    Open,
    Prepared,
    Published,
    Suspended,
    Telling,
    Void,
    result_of,
)
from server.ballots.question import Question, Title
from server.ballots.roll_call import RollCall, is_complete, still_to_call
from server.hall.governing import quorum_of
from server.hall.standing_for import Alert, alerts_for
from server.hall.state import HallState, assembly_of
from server.hall.verdict import Verdict, verdict_of
from server.live.ballot_facts import BallotFacts, facts_of
from server.live.snapshot import Snapshot
from server.locales.sentences import (
    in_order_of,
    labels_of,
    outcome_explanation,
    outcome_headline,
    quorum_sentence,
    rule_sentence,
)
from server.locales.speech import Speech
from server.record.election import is_election, rule_of_election
from server.record.motion import motion_count, part_results, quorum_in, rule_of
from server.rules.elections.rule import ElectionBase
from server.rules.motion import MotionRule, needed_if_all_vote
from server.rules.rulebook import Rulebook
from server.rules.words import majority_words
from server.vocabulary import Choice, Language, Mode, OutcomeKind, Phase
from server.wire import views

EMPTY: Final = views.Texts(en="", fr="", es="", ar="")


@dataclass(frozen=True, slots=True)
class Wording:
    """The server's voice, for views. `now` is asked for the box's time in milliseconds."""

    speech: Speech
    rulebook: Rulebook | None = None
    """For the alerts about candidates; without one there are none."""

    def texts(self, texts: Texts | None) -> views.Texts | None:
        """A text for the wire."""
        return None if texts is None else views.Texts(**texts.as_json())

    def title(self, title: Title) -> views.Texts:
        """A ballot's title; a language that was overridden shows the first one that is there."""
        some = next((title[each] for each in Language if title[each]), "")
        return views.Texts(**{each.value: title[each] or some or "" for each in Language})

    def candidates(self, question: Question) -> list[views.CandidateName]:
        """The candidates in the order of the ballot."""
        return [
            views.CandidateName(
                id=each.id, name=self.title(each.name), member=each.member, photo=each.photo
            )
            for each in question.candidates
        ]

    def member_name(self, member: Member | None, code: str) -> views.Texts:
        """A Member's name, or its code where it is not in the assembly any more."""
        if member is None:
            return views.Texts(en=code, fr=code, es=code, ar=code)
        return views.Texts(**member.names.as_json())

    def item(self, assembly: Assembly, number: str | None) -> views.AgendaItemView | None:
        """An agenda item."""
        found = None if number is None else item_by_number(assembly, number)
        if found is None:
            return None
        return views.AgendaItemView(
            number=found.number,
            title=views.Texts(**found.title.as_json()),
            document=found.document,
            decision=found.decision,
            sitting=found.sitting,
        )

    def sitting(self, assembly: Assembly, number: str | None) -> int | None:
        """The sitting of an agenda item."""
        found = None if number is None else item_by_number(assembly, number)
        return None if found is None else found.sitting

    @remembered
    def rule(self, question: Question, roll: Roll | None, assembly: Assembly) -> views.Rule:
        """The rule in words, and what it would take if everybody entitled voted."""
        if is_election(question):
            return self._election_rule(question, roll, assembly)
        if isinstance(question.rule.get("majority"), list):  # elected by acclamation
            return views.Rule(words=EMPTY, needed_if_all_vote=None, quorum_words=None)
        rule = rule_of(question)
        quorum = quorum_in(rule)
        needed: int | None = None
        if isinstance(rule, MotionRule):
            all_vote = motion_count(roll or freeze_roll(assembly, set()), (), None, question.weight)
            entitled, members = all_vote.entitled or 0, all_vote.members or 0
            needed = needed_if_all_vote(rule, entitled, members)
        return views.Rule(
            words=views.Texts(**rule_sentence(self.speech, rule, labels_of(question)).as_json()),
            needed_if_all_vote=needed,
            quorum_words=None
            if quorum is None
            else self.texts(quorum_sentence(self.speech, quorum)),
        )

    def _election_rule(
        self, question: Question, roll: Roll | None, assembly: Assembly
    ) -> views.Rule:
        rule = rule_of_election(question)
        quorum = quorum_of(question, assembly)
        quorum_words = None if quorum is None else quorum_sentence(self.speech, quorum)
        if question.is_tie_ballot:
            words, needed = self.speech.say_all("rule-tie-ballot"), None
        else:
            entitled = (
                sum(not member.suspended for member in assembly.members)
                if roll is None
                else roll_counts(roll).entitled
            )
            members = len(assembly.members) if roll is None else roll.members_total
            majority = rule.majority_in(question.round)
            words = self.speech.say_words_all(majority_words(majority, rule.base))
            needed = majority.needed(members if rule.base is ElectionBase.MEMBERS else entitled)
        return views.Rule(
            words=views.Texts(**words.as_json()),
            needed_if_all_vote=needed,
            quorum_words=self.texts(quorum_words),
        )

    def outcome(self, ballot: Ballot, facts: BallotFacts) -> views.OutcomeView | None:
        """The declared outcome, from what the journal keeps of it."""
        result = result_of(ballot)
        if result is None:
            return None
        return self._outcome(
            ballot.question,
            result.payload["result"],
            result.payload["counts"],
            texts_from(result.payload["sentence"]),
            facts,
            result.head,
        )

    def undeclared(
        self, question: Question, verdict: Verdict, facts: BallotFacts
    ) -> views.OutcomeView:
        """The outcome of a closed ballot that is not declared yet."""
        return self._outcome(question, verdict.result, verdict.counts, verdict.sentence, facts, "")

    def verdict(self, state: HallState, ballot: Ballot) -> Verdict | None:
        """The verdict on a closed ballot; None in every other phase."""
        return verdict_of(self.speech, state.ballots, ballot)

    def alerts(self, state: HallState) -> list[Alert]:
        """What to know before the elections that are prepared or on the floor are held."""
        if self.rulebook is None:
            return []
        return [
            alert
            for ballot in state.ballots.values()
            if isinstance(ballot.state, Draft | Prepared | Announced)
            for alert in alerts_for(self.rulebook, state, ballot)
        ]

    def _outcome(
        self,
        question: Question,
        result: Mapping[str, Any],
        counts: Mapping[str, int] | None,
        sentence: Texts,
        facts: BallotFacts,
        head: str,
    ) -> views.OutcomeView:
        explain = result["explain"]
        if counts is not None and Choice.YES.value not in counts:
            counts = None  # votes of candidates: the election's own part of the view has them
        named = None if explain is None else explain["base_name"]
        base_name = None if named is None else "base-" + named.replace("_", "-")
        return views.OutcomeView(
            outcome=result["outcome"],
            base=result["base"],
            needed=result["needed"],
            base_name=base_name,
            tied=result["tied"],
            counts=None if counts is None else views.Counts(**counts),
            not_voting=facts.entitled - facts.voted,
            headline=views.Texts(**outcome_headline(self.speech, result, counts).as_json()),
            sentence=views.Texts(**sentence.as_json()),
            explanation=views.Texts(
                **outcome_explanation(self.speech, result, counts, question).as_json()
            ),
            head=head,
            parts=self._parts(question, result),
        )

    def _parts(self, question: Question, result: Mapping[str, Any]) -> list[views.PartOutcome]:
        labels = {part.name: self.title(part.label) for part in question.parts}
        return [
            views.PartOutcome(
                label=labels.get(name) or views.Texts(en=name, fr=name, es=name, ar=name),
                yes=part["explain"]["yes"],
                base=part["base"],
                needed=part["needed"],
                carried=part["outcome"] == OutcomeKind.ADOPTED.value,
            )
            for name, part in in_order_of(labels, part_results(result)).items()
        ]

    def reason(self, ballot: Ballot) -> views.Texts | None:
        """Why a ballot was interrupted, cancelled or made void, as the operator wrote it."""
        match ballot.state:
            case Suspended(reason=reason) | Cancelled(reason=reason) | Void(reason=reason):
                return (
                    None
                    if reason is None
                    else views.Texts(en=reason, fr=reason, es=reason, ar=reason)
                )
            case _:
                return None

    def chair_sentence(self, snapshot: Snapshot, ballot: Ballot | None) -> views.Texts:
        """The sentence that the chair says now."""
        return views.Texts(**self._chair_sentence(snapshot, ballot).as_json())

    def _chair_sentence(self, snapshot: Snapshot, ballot: Ballot | None) -> Texts:
        say = self.speech.say_all
        if ballot is None:
            return say("chair-nothing")
        facts = facts_of(snapshot, ballot)
        if facts.phase is Phase.CLOSED and not isinstance(ballot.state, Closed):
            return say("chair-next-close")
        match ballot.state:
            case Draft() | Prepared() | Announced():
                return self._about(ballot, "chair-next-announce")
            case Telling():
                paper = ballot.question.mode is Mode.PAPER
                return say("chair-next-paper" if paper else "chair-next-hands")
            case Calling(roll_call=roll_call):
                return self._call(snapshot, roll_call)
            case Open(last_call=rung):
                return say("chair-next-last-call" if rung else "chair-next-open")
            case Suspended():
                return say("chair-next-suspended")
            case InDoubt():
                return say("chair-next-in-doubt")
            case Closed():
                verdict = self.verdict(snapshot.state, ballot)
                return say("chair-next-sealed") if verdict is None else verdict.sentence
            case Declared(result=told) | Certified(result=told) | Published(result=told):
                return texts_from(told.payload["sentence"])
            case Cancelled():
                return say("chair-next-cancelled")
            case Void():
                return say("chair-next-void")

    def _call(self, snapshot: Snapshot, roll_call: RollCall) -> Texts:
        waiting = still_to_call(roll_call)
        if not waiting:
            over = "chair-next-call-over" if is_complete(roll_call) else "chair-next-second-call"
            return self.speech.say_all(over)
        member = member_by_code(assembly_of(snapshot.state), waiting[0])
        names = self.member_name(member, waiting[0])
        return Texts(
            **{
                each.value: self.speech.say(
                    each, "chair-next-call", {"name": getattr(names, each.value)}
                )
                for each in Language
            }
        )

    def _about(self, ballot: Ballot, message: str) -> Texts:
        title = self.title(ballot.question.title)
        told = {
            Language.EN: title.en,
            Language.FR: title.fr,
            Language.ES: title.es,
            Language.AR: title.ar,
        }
        return Texts(
            **{
                each.value: self.speech.say(each, message, {"title": told[each]})
                for each in Language
            }
        )
