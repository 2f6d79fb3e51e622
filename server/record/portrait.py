"""What a record says of a ballot, in words and figures, computed from its story.

Rule: everything here follows from the journal's entries, so that a stranger with the entries
gets the same portrait to the last letter: that is how `verify` checks it. Times are milliseconds
since 1970, with the ISO 8601 form (UTC) beside those that readers look for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from server.assembly.assembly import member_by_code
from server.assembly.roll import RightToVote, Roll, RollEntry
from server.assembly.texts import Texts
from server.ballots.events import BallotEvent
from server.ballots.life import Ballot, CastVote, Closure, phase_of
from server.ballots.paper import said
from server.ballots.proxies import choices_by_member, voted_for
from server.ballots.question import question_payload
from server.ballots.secret import Secret, turned_away_payload
from server.ballots.tellers import tally_payload
from server.ballots.transitions import BY_TELLERS, is_counted
from server.record.code import vote_code
from server.record.election import is_election, papers_of
from server.record.events import Recorded
from server.record.motion import counts_in, voted_in
from server.record.sealed import heights_of
from server.record.signer import fingerprint
from server.record.story import Story, votes_by_member
from server.secrecy.election import read_election
from server.vocabulary import Mode, RollStatus

FORMAT: Final = "hemicycle record"
VERSION: Final = 1


def portray(story: Story) -> dict[str, Any]:
    """The record without its chain and checkpoint. Raises `BadStory`."""
    ballot = story.ballot
    closed_at = None if story.closure is None else story.closure.closed_at
    declared = story.declared or {}
    tally = None if story.closure is None else story.closure.tally
    secret = ballot.secret
    return {
        "format": FORMAT,
        "version": VERSION,
        "id": ballot.id,
        "hall": {
            "id": story.hall,
            "assembly": story.assembly.id,
            "name": story.assembly.name.as_json(),
            "time_zone": story.assembly.settings.time_zone,
            "public_key": story.public_key,
            "fingerprint": fingerprint(story.public_key),
        },
        "phase": phase_of(ballot.state).value,
        "question": question_payload(ballot.question),
        "reruns": ballot.reruns,
        "override": story.override,
        "opened_at": ballot.opened_at,
        "closed_at": closed_at,
        "start_date": _iso(ballot.opened_at),
        "end_date": _iso(closed_at),
        "roll": _rows(story),
        "turnout": _turnout(story),
        "counts": _counts(story),
        **({} if tally is None else {"tally": tally_payload(tally)}),
        **({} if secret is None else {"secret": _secret(story, secret)}),
        "result": declared.get("result"),
        "sentence": declared.get("sentence"),
        **_election(story),
        "history": [_line(event) for event in story.events],
        "corrections": [
            {
                "at": each.at,
                "actor": each.actor,
                "text": each.text,
                "member": each.member,
                "intention": each.intention,
            }
            for each in ballot.corrections
        ],
    }


def _rows(story: Story) -> list[dict[str, Any]]:
    """One row a Member of the roll, in the roll's order; none before the announcement."""
    if story.roll is None:
        return []
    names = {member.code: member.names for member in story.assembly.members}
    votes = votes_by_member(story.closure)
    cast_for = voted_for(story.roll, votes)
    named = story.ballot.question.mode not in BY_TELLERS
    rows = [
        _row_by_proxy(story.ballot, entry, names[entry.member], cast_for[entry.member], votes)
        if entry.member in cast_for
        else _row(story.ballot, entry, names[entry.member], votes.get(entry.member), named=named)
        for entry in story.roll.entries
    ]
    rows = [_with_delegates(story, row) for row in rows]
    if story.ballot.secret is None:
        return rows
    places = heights_of(story.ballot)
    return [_sealed_row(row, places) for row in rows]


def _with_delegates(story: Story, row: dict[str, Any]) -> dict[str, Any]:
    """The row with who could vote for the Member, in order, where its delegates are named."""
    member = member_by_code(story.assembly, row["member"])
    first = None if member is None else member.votes_by
    later = [name for code, name in story.handed_over if code == row["member"]]
    names = [*([] if first is None else [first]), *later]
    return {**row, "delegates": names} if names else row


def _row_by_proxy(
    ballot: Ballot, entry: RollEntry, name: Texts, holder: str, votes: Mapping[str, CastVote]
) -> dict[str, Any]:
    """A Member that another one voted for: the choice is that of the holder's own vote."""
    row = _row(ballot, entry, name, None, named=True)
    row["status"] = RollStatus.VOTED.value
    row["choice"] = said(ballot.question, votes[holder].choice)
    row["by"] = holder
    return row


def _row(
    ballot: Ballot, entry: RollEntry, name: Texts, vote: CastVote | None, *, named: bool
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "member": entry.member,
        "name": name.as_json(),
        "status": _status(entry, vote, named=named).value,
        "choice": None,
        "n": None,
        "code": None,
        "press_id": None,
        **({"weights": dict(entry.weights)} if entry.weights else {}),
    }
    if vote is not None and ballot.question.mode is not Mode.NON_RECORDED:
        # In a secret ballot it is the tracker, which `_sealed_row` puts in its place.
        choice = vote.choice if ballot.secret is not None else said(ballot.question, vote.choice)
        row["choice"] = choice
        row["n"] = vote.n
        row["code"] = vote_code(ballot.id, vote.member, vote.press_id, choice, vote.n)
        row["press_id"] = vote.press_id
    return row


def _sealed_row(row: dict[str, Any], places: Mapping[str, tuple[int, str]]) -> dict[str, Any]:
    """A row of a secret ballot: who has voted is public, the choice is nobody's to know.

    `tracker`, `height` and `event` (its hash) find the sealed ballot in the archive.
    """
    tracked = row["choice"]
    height, event = places.get(tracked, (None, None))
    return {**row, "choice": None, "tracker": tracked, "height": height, "event": event}


def _secret(story: Story, secret: Secret) -> dict[str, Any]:
    """What a secret ballot rests on, in figures; names are the scrutineers'."""
    election = read_election(secret.election)
    return {
        "uuid": election.uuid,
        "fingerprint": election.fingerprint,
        "accredited": len(secret.accredited),
        "sealed": 0 if story.closure is None else len(story.closure.sealed),
        "refused": len(secret.refused),
        "scrutineers": list(secret.scrutineers),
        "needed": secret.needed,
        "signed": list(secret.signatures),
        "opened": [secret.scrutineers[each.trustee - 1] for each in secret.shares],
        # A record without it is as it always was.
        **(turned_away_payload(secret.turned_away) if secret.turned_away else {}),
    }


def _status(entry: RollEntry, vote: CastVote | None, *, named: bool) -> RollStatus:
    if vote is not None:
        return RollStatus.VOTED
    if entry.status is RightToVote.SUSPENDED:
        return RollStatus.SUSPENDED
    if not named:
        return RollStatus.UNNAMED
    return RollStatus.NOT_VOTED if entry.present else RollStatus.ABSENT


def _turnout(story: Story) -> dict[str, int] | None:
    """Counts in Members; present are those entitled who were there at the roll or voted."""
    if story.roll is None:
        return None
    return {
        "voted": 0 if story.closure is None else voted_in(story.roll, story.closure),
        "present": present_in(story.roll, story.closure),
        "entitled": entitled_in(story.roll),
        "members": story.roll.members_total,
    }


def present_in(roll: Roll, closure: Closure | None) -> int:
    """The Members entitled to vote who were present when the roll was frozen, or voted.

    Where tellers counted, nobody is named: at least as many were present as have voted.
    """
    voters = choices_by_member(roll, () if closure is None else closure.votes)
    present = sum(
        entry.status is RightToVote.ENTITLED and (entry.present or entry.member in voters)
        for entry in roll.entries
    )
    return present if closure is None else max(present, voted_in(roll, closure))


def entitled_in(roll: Roll) -> int:
    """The Members on the roll who may vote."""
    return sum(entry.status is RightToVote.ENTITLED for entry in roll.entries)


def _counts(story: Story) -> dict[str, int] | None:
    if story.closure is None or story.roll is None or not is_counted(story.ballot):
        return None
    if is_election(story.ballot.question):
        return dict(papers_of(story.ballot.question, story.roll, story.closure).votes)
    counts = counts_in(story.ballot.question, story.roll, story.closure)
    return {choice.value: n for choice, n in counts.items()}


def _election(story: Story) -> dict[str, Any]:
    """What an election's record says besides: blank papers, ties settled, the rounds before."""
    if not is_election(story.ballot.question):
        return {}
    rounds = [
        {
            "ballot": each.ballot.id,
            "round": each.ballot.question.round,
            "tie_ballot": each.ballot.question.is_tie_ballot,
            "counts": _counts(each),
            **_beside(each),
            "result": (each.declared or {}).get("result"),
        }
        for each in story.earlier
    ]
    return {"election": {**_beside(story), "rounds_before": rounds}}


def _beside(story: Story) -> dict[str, Any]:
    settled = (story.declared or {}).get("settled")
    if story.closure is None or story.roll is None or not is_counted(story.ballot):
        return {"blank": None, "invalid": None, "settled": settled}
    papers = papers_of(story.ballot.question, story.roll, story.closure)
    return {"blank": papers.blank, "invalid": papers.invalid, "settled": settled}


def _line(event: Recorded) -> dict[str, Any]:
    payload = event.payload or {}
    reason = payload.get("why" if event.header.type == BallotEvent.DOUBTED.value else "reason")
    return {
        "seq": event.header.seq,
        "at": event.header.at,
        "type": event.header.type,
        "actor": event.header.actor,
        "reason": reason,
        "hash": event.hash,
    }


def _iso(at: int | None) -> str | None:
    """A time as ISO 8601 in UTC with milliseconds."""
    if at is None:
        return None
    seconds, milliseconds = divmod(at, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{milliseconds:03d}Z"
