"""The verdict on a closed ballot: what its rule makes of what the box held.

Rule: the count is made from the votes, one by one, never from a running tally. The verdict of an
election's ballot follows from all of its ballots. What is declared is exactly the verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.assembly.texts import Texts
from server.ballots.life import Ballot, Closed, result_of
from server.ballots.transitions import is_counted
from server.locales.election_sentences import (
    RoundTold,
    candidate_names,
    person_sentence,
    round_sentence,
    settled_sentence,
)
from server.locales.sentences import outcome_sentence
from server.locales.speech import Speech
from server.record.election import (
    ballots_of,
    decide_rounds,
    is_election,
    papers_of,
    rounds_of,
    settled,
)
from server.record.motion import counts_in, decide, declared_result
from server.vocabulary import OutcomeKind


@dataclass(frozen=True, slots=True)
class Verdict:
    """Result, counts and sentence; `beside` is what else is declared with them."""

    result: Mapping[str, Any]
    counts: Mapping[str, int]
    sentence: Texts
    beside: Mapping[str, int] = field(default_factory=dict)
    """In an election, `blank` and `voted`."""

    def payload(self) -> dict[str, Any]:
        """What `ballot_declared` says."""
        return {
            "result": dict(self.result),
            "counts": dict(self.counts),
            "sentence": self.sentence.as_json(),
            **self.beside,
        }


def verdict_of(speech: Speech, ballots: Mapping[str, Ballot], ballot: Ballot) -> Verdict | None:
    """The verdict on a closed ballot; None in every other phase, and while a secret one is
    not opened."""
    if not isinstance(ballot.state, Closed) or not is_counted(ballot):
        return None
    if is_election(ballot.question):
        return _round_verdict(speech, ballots_of(ballots, ballot), ballot.state)
    question, closure = ballot.question, ballot.state.closure
    roll = ballot.state.roll
    result = decide(question, roll, closure)
    counts = {choice.value: n for choice, n in counts_in(question, roll, closure).items()}
    told = declared_result(result)
    message = _PERSON.get(result.outcome)
    if question.candidates and message is not None:
        needed, base = told["needed"], told["base"]
        if not isinstance(needed, int) or not isinstance(base, int):
            raise TypeError("a motion's result has figures")
        figures = {**counts, "needed": needed, "base": base}
        sentence = person_sentence(speech, message, question, figures)
    else:
        sentence = outcome_sentence(speech, result, counts, question)
    return Verdict(told, counts, sentence)


_PERSON: Mapping[OutcomeKind, str] = {
    OutcomeKind.ADOPTED: "person-adopted",
    OutcomeKind.NOT_ADOPTED: "person-not-adopted",
}


def _round_verdict(speech: Speech, line: Sequence[Ballot], state: Closed) -> Verdict:
    question = line[-1].question
    papers = papers_of(question, state.roll, state.closure)
    result = decide_rounds(rounds_of(line))
    told = RoundTold(
        question,
        result,
        papers.votes,
        papers.blank,
        elected_before(line),
        candidate_names([each.question for each in line]),
    )
    return Verdict(
        result,
        papers.votes,
        round_sentence(speech, told),
        {"blank": papers.blank, "voted": papers.voted},
    )


def settlement_of(
    speech: Speech,
    ballots: Mapping[str, Ballot],
    ballot: Ballot,
    message: str,
    names: Sequence[str],
) -> tuple[dict[str, Any], Texts]:
    """The result once lots or the Chair settled the tie, and the sentence that tells it.

    ValueError if these names do not settle it.
    """
    declared = result_of(ballot)
    assert declared is not None, "only a declared tie is settled"  # noqa: S101  # the table allowed it
    payload = declared.payload
    result = settled(payload["result"], names)
    line = ballots_of(ballots, ballot)
    told = RoundTold(
        ballot.question,
        result,
        payload["counts"],
        payload["blank"],
        payload["result"]["elected"],
        candidate_names([each.question for each in line]),
    )
    return result, settled_sentence(speech, message, names, told)


def elected_before(line: Sequence[Ballot]) -> tuple[str, ...]:
    """Who was elected in the ballots before the last of this line."""
    if len(line) < 2 or (result := result_of(line[-2])) is None:
        return ()
    return tuple(result.payload["result"]["elected"])
