"""The steps of an election: rounds, tie ballots, lots, the Chair's word.

Rule: what follows a round is what its declared result says. The next ballot is linked to the one
before and keeps the order of candidates that was drawn at the beginning; candidates withdraw
between rounds only, and new ones come in where the rulebook says so and the next ballot is open to
all who stand. A tie is settled by a ballot, by lots drawn before witnesses, or by the Chair
with a reason: each is an entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from server.ballots.events import BallotEvent
from server.ballots.life import Ballot, result_of
from server.ballots.question import Candidate, Question, question_payload
from server.hall.ask import Ask
from server.hall.desk import BadField, Desk
from server.hall.standing_for import candidates_of, fault_of_conditions
from server.hall.state import HallState, assembly_of
from server.hall.verdict import settlement_of
from server.hall.ways import fault_of_linkless
from server.record.election import ballots_of, is_restricted, next_candidates, tied_in
from server.record.entry import Event
from server.rules.rulebook import Rulebook
from server.vocabulary import CandidateOrder, Command

MOST_CANDIDATES: Final = 200
"""The most candidates of a ballot."""

WITNESSES: Final = 2
"""How many witnesses a drawing of lots needs at least."""

STEPS: Final = frozenset({Command.NEXT_ROUND, Command.TIE_BALLOT, Command.LOTS, Command.ASK_CHAIR})
"""The commands of an election."""


def objection_to_step(desk: Desk, state: HallState, ballot: Ballot, ask: Ask) -> BadField | None:
    """What is wrong with a step that the table allows, or None."""
    result = _result(ballot)
    match ask.command:
        case Command.NEXT_ROUND:
            fault = _fault_of_round(result, ask)
            return fault or _fault_of_new(desk, state, ballot, result, ask)
        case Command.TIE_BALLOT:
            return _fault_of_tie_ballot(ask)
        case Command.LOTS:
            return _fault_of_lots(result, ask)
        case Command.ASK_CHAIR:
            tied, places = tied_in(result), result["places"]
            names = ask.names or ()
            fits = len(names) in (places, len(tied)) and set(names) <= set(tied)
            if len(set(names)) != len(names) or not fits:
                return BadField(
                    "names",
                    f"name {places} of those who are tied ({', '.join(tied)}), or all of them for "
                    "a further round",
                )
            return None
        case _:
            return None


def step_events(
    desk: Desk, state: HallState, ballot: Ballot, actor: str, ask: Ask, fresh: str
) -> tuple[Event, ...]:
    """The entries of a step; `fresh` is the id of the ballot that a round or a tie needs."""
    match ask.command:
        case Command.NEXT_ROUND | Command.TIE_BALLOT:
            payload = _following(state, ballot, ask)
            return (desk.event(BallotEvent.PREPARED.value, fresh, actor, payload),)
        case Command.LOTS:
            drawn = list(ask.drawn or ())
            chosen = drawn[: _result(ballot)["places"]]
            result, sentence = settlement_of(
                desk.speech, state.ballots, ballot, "election-drawn", chosen
            )
            told: dict[str, object] = {"drawn": drawn, "witnesses": list(ask.witnesses or ())}
            kind = BallotEvent.LOTS_DRAWN
        case Command.ASK_CHAIR:
            names = list(ask.names or ())
            result, sentence = settlement_of(
                desk.speech, state.ballots, ballot, "election-chair-settled", names
            )
            told = {"names": names, "reason": ask.reason}
            kind = BallotEvent.CHAIR_SETTLED
        case command:
            raise AssertionError(f"{command} is no step of an election")
    told |= {"result": result, "sentence": sentence.as_json()}
    return (desk.event(kind.value, ballot.id, actor, told),)


def _fault_of_round(result: Mapping[str, Any], ask: Ask) -> BadField | None:
    names = result["next"]["ballot"]
    if not names and not ask.candidates:
        return BadField("names", "nobody stands any more; prepare a new election for these places")
    for each in ask.withdrawn or ():
        if each not in names:
            return BadField("withdrawn", f"{each} does not stand; choose from: {', '.join(names)}")
    if set(names) <= set(ask.withdrawn or ()) and not ask.candidates:
        return BadField("withdrawn", "nobody would be left; prepare a new election instead")
    return None


def _fault_of_tie_ballot(ask: Ask) -> BadField | None:
    remedy = "a tie ballot is held between all of the tied and nobody else; leave this out"
    if ask.candidates:
        return BadField("candidates", remedy)
    return BadField("withdrawn", remedy) if ask.withdrawn else None


def why_nobody_new(rulebook: Rulebook, ballot: Ballot) -> str | None:
    """Why nobody new may stand in the round after this declared ballot, or None."""
    question = ballot.question
    decision = rulebook.decisions.get(question.decision)
    if decision is None or not decision.new_candidates:
        return f"the rulebook lets nobody new into a later round of `{question.decision}`"
    if is_restricted(question, _result(ballot)):
        return "the next ballot is restricted to those whom this round left: nobody new may stand"
    return None


def _fault_of_new(
    desk: Desk, state: HallState, ballot: Ballot, result: Mapping[str, Any], ask: Ask
) -> BadField | None:
    """Why new candidates cannot come in, or None."""
    if not ask.candidates:
        return None
    closed = why_nobody_new(desk.rulebook, ballot)
    if closed is not None:
        return BadField("candidates", closed)
    added = _added(state, ballot, ask)
    if isinstance(added, BadField):
        return added
    line = ballots_of(state.ballots, ballot)
    following = next_question(line, result, list(ask.withdrawn or ()), added)
    if len(following.candidates) > MOST_CANDIDATES:
        return BadField("candidates", f"an election has at most {MOST_CANDIDATES} candidates")
    fault = fault_of_linkless(following)
    return fault or fault_of_conditions(desk.rulebook, state, following, None)


def _added(state: HallState, ballot: Ballot, ask: Ask) -> tuple[Candidate, ...] | BadField:
    line = ballots_of(state.ballots, ballot)
    before = {each.id for round_ in line for each in round_.question.candidates}
    nominees = ask.candidates or ()
    for n, each in enumerate(nominees):
        if each.id in before:
            remedy = f"{each.id!r} has stood in this election; use another id"
            return BadField(f"candidates[{n}].id", remedy)
    return candidates_of(assembly_of(state), nominees, CandidateOrder.GIVEN, b"", before)


def _fault_of_lots(result: Mapping[str, Any], ask: Ask) -> BadField | None:
    tied, places = tied_in(result), result["places"]
    drawn = ask.drawn or ()
    known = len(set(drawn)) == len(drawn) and set(drawn) <= set(tied)
    if not known or len(drawn) not in (places, len(tied)):
        return BadField(
            "drawn",
            f"give the names in the order in which they were drawn: the first {places}, or all "
            f"of: {', '.join(tied)}",
        )
    witnesses = {each.strip() for each in ask.witnesses or () if each.strip()}
    if len(witnesses) < WITNESSES:
        return BadField("witnesses", f"name at least {WITNESSES} who saw the lots drawn")
    return None


def _following(state: HallState, ballot: Ballot, ask: Ask) -> dict[str, Any]:
    result = _result(ballot)
    withdrawn = list(ask.withdrawn or ())
    line = ballots_of(state.ballots, ballot)
    added = _added(state, ballot, ask)
    assert not isinstance(added, BadField), "it was objected to"  # noqa: S101  # `objection_to_step` ran
    question = next_question(line, result, withdrawn, added)
    return {
        "question": question_payload(question),
        "reruns": ballot.id,
        "withdrawn": withdrawn,
        "reason": ask.reason,
    }


def next_question(
    line: Sequence[Ballot],
    result: Mapping[str, Any],
    withdrawn: list[str],
    added: Sequence[Candidate] = (),
) -> Question:
    """The question of the next round, or of the tie ballot; `line` is the election's ballots so
    far, oldest first, and `result` that of the last.

    Candidates keep the order in which they came in: who is new stands at the end.
    """
    first, last = line[0].question, line[-1].question
    names = {*next_candidates(result)} - {*withdrawn} | {each.id for each in added}
    # A tie ballot holds the tied alone, so whoever stands is looked for in every ballot.
    stood = (each for ballot in line for each in ballot.question.candidates)
    everybody = {each.id: each for each in (*stood, *added)}
    ordered = (each for ballot in line for each in ballot.question.choices)
    order = [each for each in dict.fromkeys((*ordered, *everybody)) if each in names]
    assert set(order) == names, "a result names those who stood"  # noqa: S101  # counted from their papers
    is_tie = "tie_ballot" in result["next"]
    most = int(first.rule["names_per_ballot"])
    return replace(
        last,
        candidates=tuple(everybody[each] for each in order),
        choices=tuple(order),
        places=result["places"],
        names_per_ballot=min(most, result["places"]),
        round=result["round"] + (not is_tie),
        election=first.election or line[0].id,
        is_tie_ballot=is_tie,
        added=tuple(each.id for each in added),
    )


def _result(ballot: Ballot) -> Mapping[str, Any]:
    declared = result_of(ballot)
    assert declared is not None, "the table allows steps after the declaration only"  # noqa: S101  # by the transition table
    result: Mapping[str, Any] = declared.payload["result"]
    return result
