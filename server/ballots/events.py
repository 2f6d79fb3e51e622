"""What happened to a ballot, in the past tense, and how a ballot follows from it.

Rule: a ballot is the fold of its events; `apply` accepts only what the transition table allows,
because the journal holds only what was decided by it. An event that does not fit is damage, not
a refusal: `BrokenHistory`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final

from server.assembly.roll import RightToVote, Roll, RollEntry
from server.ballots.approval import Pending
from server.ballots.life import (
    WITHHELD,
    Announced,
    Ballot,
    Calling,
    Cancelled,
    CastVote,
    Certified,
    Closed,
    Closure,
    Correction,
    Declared,
    Draft,
    InDoubt,
    Open,
    Prepared,
    Published,
    Result,
    Step,
    Suspended,
    Telling,
    Void,
    phase_of,
    takes_what_was_turned_away,
)
from server.ballots.question import missing, question_from_payload
from server.ballots.roll_call import answered, begin_call, second_call
from server.ballots.secret import (
    renumbered,
    sealed_from_payload,
    secret_from_payload,
    signed,
    with_share,
    with_turned_away,
    without_proof,
)
from server.ballots.tellers import Dispute, Entry, Tally, tally_from_payload, tally_payload
from server.ballots.transitions import BY_TELLERS
from server.vocabulary import Command, Language, Mode, OutcomeKind


class BallotEvent(StrEnum):
    """Every event whose subject is a ballot and that changes it."""

    PREPARED = "ballot_prepared"
    REVISED = "ballot_revised"
    ANNOUNCED = "ballot_announced"
    OPENED = "ballot_opened"
    SUSPENDED = "ballot_suspended"
    RESUMED = "ballot_resumed"
    EXTENDED = "ballot_extended"
    LAST_CALL = "last_call_rung"
    DOUBTED = "ballot_doubted"
    CLOSED = "ballot_closed"
    DECLARED = "ballot_declared"
    CERTIFIED = "ballot_certified"
    PUBLISHED = "ballot_published"
    CANCELLED = "ballot_cancelled"
    VOIDED = "ballot_voided"
    CORRECTED = "ballot_corrected"
    ADOPTED = "adopted_without_vote"
    LOTS_DRAWN = "lots_drawn"
    CHAIR_SETTLED = "chair_settled"
    TALLY_ENTERED = "tally_entered"
    TALLY_DISPUTED = "tally_disputed"
    TALLY_CONFIRMED = "tally_confirmed"
    ANSWER_GIVEN = "answer_given"
    SECOND_CALL = "second_call_begun"
    LIST_SIGNED = "credentials_signed"
    SEALED_REFUSED = "sealed_ballot_refused"
    SEALED_TURNED_AWAY = "sealed_ballots_turned_away"
    SHARE_GIVEN = "tally_decrypted"
    OPENED_TALLY = "tally_opened"
    ERASED = "box_erased"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_GIVEN = "approval_given"
    APPROVAL_REFUSED = "approval_refused"


ABOUT_APPROVAL: Final = frozenset(
    {BallotEvent.APPROVAL_ASKED, BallotEvent.APPROVAL_GIVEN, BallotEvent.APPROVAL_REFUSED}
)
"""They change nothing of the ballot but what waits for a second person."""


FROM_SEATS: Final = frozenset({BallotEvent.SEALED_REFUSED, BallotEvent.SEALED_TURNED_AWAY})
"""What a hostile seat can bring about: it must not end what waits for a second person."""


class BrokenHistory(Exception):
    """The journal says something that cannot have happened."""


def roll_payload(roll: Roll) -> list[dict[str, Any]]:
    """The roll as the journal keeps it."""
    return [
        {
            "member": entry.member,
            "status": entry.status.value,
            "present": entry.present,
            **({"weights": dict(entry.weights)} if entry.weights else {}),
            **({"proxy": roll.proxies[entry.member]} if entry.member in roll.proxies else {}),
        }
        for entry in roll.entries
    ]


def votes_payload(votes: tuple[CastVote, ...]) -> list[dict[str, Any]]:
    """The votes as the journal keeps them, in the order of their numbers."""
    return [
        {"member": vote.member, "choice": vote.choice, "n": vote.n, "press_id": vote.press_id}
        for vote in sorted(votes, key=lambda vote: vote.n)
    ]


def begin(
    ballot: str,
    seq: int,
    at: int,
    digest: str,
    kind: BallotEvent,
    payload: dict[str, Any],
    languages: tuple[Language, ...],
) -> Ballot:
    """The ballot that its first event makes."""
    match kind:
        case BallotEvent.PREPARED:
            question = question_from_payload(payload["question"])
            lacking = missing(question, languages)
            return Ballot(
                id=ballot,
                question=question,
                state=Draft(lacking) if lacking else Prepared(),
                reruns=payload["reruns"],
                opened_at=None,
                corrections=(),
            )
        case BallotEvent.ADOPTED:
            return Ballot(
                id=ballot,
                question=question_from_payload(payload["question"]),
                state=Declared(
                    roll=_roll(payload),
                    closure=None,
                    result=Result(payload=payload, head=digest),
                ),
                reruns=None,
                opened_at=None,
                corrections=(),
            )
        case _:
            raise BrokenHistory(f"entry {seq}: {kind} of an unknown ballot {ballot}")


def apply(
    ballot: Ballot,
    seq: int,
    at: int,
    actor: str,
    digest: str,
    kind: BallotEvent,
    payload: dict[str, Any],
    languages: tuple[Language, ...],
) -> Ballot:
    """The ballot after one more event. `seq` and `digest` are the entry's number and hash."""
    if kind in ABOUT_APPROVAL:
        return replace(ballot, pending=_pending(ballot, seq, at, actor, kind, payload))
    if kind is BallotEvent.ERASED:
        return _erased(ballot, seq)
    state = ballot.state
    if kind not in FROM_SEATS:
        ballot = replace(ballot, pending=None)
    match kind, state:
        case BallotEvent.REVISED, Draft() | Prepared():
            question = question_from_payload(payload["question"])
            lacking = missing(question, languages)
            return replace(
                ballot, question=question, state=Draft(lacking) if lacking else Prepared()
            )
        case BallotEvent.ANNOUNCED, Draft() | Prepared():
            secret = secret_from_payload(payload, at)
            return replace(ballot, state=Announced(_roll(payload)), secret=secret)
        case BallotEvent.LIST_SIGNED, Announced() | Open() | Suspended() if ballot.secret:
            return replace(ballot, secret=signed(ballot.secret, payload))
        case BallotEvent.SEALED_REFUSED, Open() | Suspended() | InDoubt() if ballot.secret:
            return replace(ballot, secret=without_proof(ballot.secret, payload))
        case BallotEvent.SEALED_TURNED_AWAY, _ if ballot.secret and takes_what_was_turned_away(
            state
        ):
            return replace(ballot, secret=with_turned_away(ballot.secret, payload))
        case BallotEvent.SHARE_GIVEN, Closed() if ballot.secret:
            return replace(ballot, secret=with_share(ballot.secret, payload))
        case BallotEvent.OPENED_TALLY, Closed(roll=roll, closure=closure) if ballot.secret:
            tally = tally_from_payload(payload["tally"], ballot.question.choices)
            return replace(
                ballot,
                state=Closed(roll, replace(closure, tally=tally)),
                secret=replace(ballot.secret, result=payload["result"]),
            )
        case BallotEvent.OPENED, Announced(roll=roll) if "roll_call" in payload:
            told = payload["roll_call"]
            begun = begin_call(Language(told["language"]), tuple(told["order"]))
            return replace(ballot, state=Calling(roll, begun), opened_at=at)
        case BallotEvent.OPENED, Announced(roll=roll) if ballot.question.mode in BY_TELLERS:
            return replace(ballot, state=Telling(roll, None, None), opened_at=at)
        case BallotEvent.TALLY_ENTERED, Telling(roll=roll):
            tally = tally_from_payload(payload["tally"], ballot.question.choices)
            return replace(ballot, state=Telling(roll, Entry(tally, actor), None))
        case BallotEvent.TALLY_DISPUTED, Telling(roll=roll, entered=Entry() as first):
            tally = tally_from_payload(payload["tally"], ballot.question.choices)
            dispute = Dispute(first, Entry(tally, actor), seq)
            return replace(ballot, state=Telling(roll, None, dispute))
        case BallotEvent.TALLY_CONFIRMED, Telling(entered=Entry()):
            return ballot
        case BallotEvent.ANSWER_GIVEN, Calling(roll=roll, roll_call=roll_call):
            said = answered(roll_call, payload["member"], payload["choice"])
            return replace(ballot, state=Calling(roll, said))
        case BallotEvent.SECOND_CALL, Calling(roll=roll, roll_call=roll_call):
            return replace(ballot, state=Calling(roll, second_call(roll_call)))
        case BallotEvent.OPENED, Announced(roll=roll):
            step = Step(seq, Command.OPEN, payload["seconds"], payload["incarnation"])
            return replace(ballot, state=Open(roll, step, last_call=False), opened_at=at)
        case BallotEvent.SUSPENDED, Open(roll=roll, step=step, last_call=rung):
            step = Step(seq, Command.SUSPEND, None, step.incarnation)
            return replace(ballot, state=Suspended(roll, step, rung, payload["reason"]))
        case BallotEvent.RESUMED, (
            Suspended(roll=roll, last_call=rung) | InDoubt(roll=roll, last_call=rung)
        ):
            step = Step(seq, Command.RESUME, None, payload["incarnation"])
            secret = ballot.secret
            if secret is not None and isinstance(state, InDoubt):
                secret = renumbered(secret)
            return replace(ballot, state=Open(roll, step, rung), secret=secret)
        case BallotEvent.EXTENDED, Open(roll=roll, step=step, last_call=rung):
            step = Step(seq, Command.EXTEND, payload["seconds"], step.incarnation)
            return replace(ballot, state=Open(roll, step, rung))
        case BallotEvent.LAST_CALL, Open(roll=roll, step=step):
            step = Step(seq, Command.LAST_CALL, None, step.incarnation)
            return replace(ballot, state=Open(roll, step, last_call=True))
        case BallotEvent.DOUBTED, (
            Open(roll=roll, step=step, last_call=rung)
            | Suspended(roll=roll, step=step, last_call=rung)
        ):
            step = Step(seq, Command.SUSPEND, None, step.incarnation)
            return replace(ballot, state=InDoubt(roll, step, rung, payload["why"]))
        case BallotEvent.CLOSED, (
            Open(roll=roll) | Suspended(roll=roll) | Telling(roll=roll) | Calling(roll=roll)
        ):
            closure = _closure(payload, ballot.question.choices)
            return replace(ballot, state=Closed(roll, closure))
        case BallotEvent.DECLARED, Closed(roll=roll, closure=closure):
            return replace(ballot, state=Declared(roll, closure, Result(payload, digest)))
        case (
            (BallotEvent.LOTS_DRAWN | BallotEvent.CHAIR_SETTLED),
            (Declared(roll=roll, closure=closure_or_none, result=result)),
        ) if result.payload["result"]["outcome"] == _SETTLES[kind]:
            # The tie is settled: the counts stand, the result is the one that follows.
            told = {**result.payload, "result": payload["result"], "sentence": payload["sentence"]}
            settled = Result({**told, "settled": _settled(kind, payload)}, digest)
            return replace(ballot, state=Declared(roll, closure_or_none, settled))
        case BallotEvent.CERTIFIED, Declared(roll=roll, closure=closure_or_none, result=result):
            return replace(ballot, state=Certified(roll, closure_or_none, result))
        case BallotEvent.PUBLISHED, Certified(roll=roll, closure=closure_or_none, result=result):
            return replace(ballot, state=Published(roll, closure_or_none, result))
        case (
            BallotEvent.CANCELLED,
            Announced() | Open() | Telling() | Calling() | Suspended() | InDoubt() | Closed(),
        ):
            return replace(ballot, state=Cancelled(payload["reason"]))
        case BallotEvent.VOIDED, Closed(roll=roll, closure=closure):
            return replace(ballot, state=Void(roll, closure, payload["reason"]))
        case BallotEvent.VOIDED, Declared(roll=roll, closure=Closure() as closure):
            return replace(ballot, state=Void(roll, closure, payload["reason"]))
        case BallotEvent.CORRECTED, Declared() | Certified() | Published():
            correction = Correction(
                at, actor, payload["text"], payload["member"], payload["intention"]
            )
            return replace(ballot, corrections=(*ballot.corrections, correction))
        case _:
            raise BrokenHistory(
                f"entry {seq}: {kind} of ballot {ballot.id}, which is {phase_of(state)}"
            )


def _roll(payload: dict[str, Any]) -> Roll:
    return Roll(
        entries=tuple(
            RollEntry(
                member=row["member"],
                status=RightToVote(row["status"]),
                present=row["present"],
                weights=dict(row.get("weights", {})),
            )
            for row in payload["roll"]
        ),
        members_total=payload["members"],
        proxies={row["member"]: row["proxy"] for row in payload["roll"] if "proxy" in row},
    )


_SETTLES: Final = {
    BallotEvent.LOTS_DRAWN: OutcomeKind.LOTS.value,
    BallotEvent.CHAIR_SETTLED: OutcomeKind.ASK.value,
}
"""The outcome that each of these settles."""


def _settled(kind: BallotEvent, payload: dict[str, Any]) -> dict[str, Any]:
    """How a tie was settled, and for whom."""
    if kind is BallotEvent.LOTS_DRAWN:
        return {"by": "lots", "names": payload["drawn"], "witnesses": payload["witnesses"]}
    return {"by": "chair", "names": payload["names"], "reason": payload["reason"]}


def _pending(
    ballot: Ballot, seq: int, at: int, actor: str, kind: BallotEvent, payload: dict[str, Any]
) -> Pending | None:
    match kind, ballot.pending:
        case BallotEvent.APPROVAL_ASKED, _:
            return Pending(Command(payload["command"]), payload["ask"], actor, at, seq)
        case BallotEvent.APPROVAL_GIVEN, Pending() as pending:
            # Without a latch the command's own entries are in the same append.
            return replace(pending, approved_by=actor) if payload["latch"] else None
        case BallotEvent.APPROVAL_REFUSED, Pending():
            return None
        case _:
            raise BrokenHistory(f"entry {seq}: {kind} of ballot {ballot.id}, where nothing waits")


def _erased(ballot: Ballot, seq: int) -> Ballot:
    # The record of a cancelled ballot withholds its close: the order is for `verify` to check.
    was_open = ballot.question.mode is Mode.NON_RECORDED and ballot.opened_at is not None
    if not was_open or ballot.is_erased:
        raise BrokenHistory(f"entry {seq}: nothing of ballot {ballot.id} was to be erased")
    return replace(ballot, is_erased=True)


def voters_payload(tally: Tally, voters: Iterable[str]) -> dict[str, Any]:
    """What a non-recorded ballot closed with: who has voted, in the order of the roll, and the
    tally. Neither the number nor the order of the presses, which would tell more."""
    return {"tally": tally_payload(tally), "voters": list(voters), "votes": []}


def _voters(payload: dict[str, Any]) -> tuple[CastVote, ...]:
    return tuple(
        CastVote(member, WITHHELD, n, WITHHELD)
        for n, member in enumerate(payload.get("voters", ()), 1)
    )


def _closure(payload: dict[str, Any], answers: tuple[str, ...]) -> Closure:
    tally = payload.get("tally")
    votes = tuple(
        CastVote(row["member"], row["choice"], row["n"], row["press_id"])
        for row in payload["votes"]
    )
    return Closure(
        votes=votes or _voters(payload),
        n=payload["n"],
        chain=payload["chain"],
        incarnation=payload["incarnation"],
        closed_at=payload["closed_at"],
        tally=None if tally is None else tally_from_payload(tally, answers),
        sealed=sealed_from_payload(payload.get("sealed", [])),
    )
