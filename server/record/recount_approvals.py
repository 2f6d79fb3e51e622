"""Second approvals, looked for again in the record.

Rule: where the assembly holds a command for two people, what it did stands in the record only
behind the approval of somebody else, given for what the first had asked. Tellers' entries are
another matter, see `recount`. What the clock closes by itself is nobody's command, if the ballot
was prepared so. That an announcement or an opening is part of a larger step (an opening announces,
a ballot that is taken again opens) is told by entries that follow each other without a gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from server.ballots.approval import CONFIRMED_BY_ENTRY
from server.ballots.events import BallotEvent
from server.ballots.tellers import person
from server.ballots.transitions import BY_TELLERS
from server.record.events import Recorded
from server.record.story import Story
from server.vocabulary import Command

_CARRIED_OUT: Final[Mapping[str, tuple[Command, ...]]] = MappingProxyType(
    {
        BallotEvent.ANNOUNCED.value: (Command.ANNOUNCE, Command.OPEN),
        BallotEvent.OPENED.value: (Command.OPEN,),
        BallotEvent.SUSPENDED.value: (Command.SUSPEND,),
        BallotEvent.RESUMED.value: (Command.RESUME,),
        BallotEvent.EXTENDED.value: (Command.EXTEND,),
        BallotEvent.LAST_CALL.value: (Command.LAST_CALL,),
        BallotEvent.CLOSED.value: (Command.CLOSE,),
        BallotEvent.DECLARED.value: (Command.DECLARE,),
        BallotEvent.CERTIFIED.value: (Command.CERTIFY,),
        BallotEvent.PUBLISHED.value: (Command.PUBLISH,),
        BallotEvent.CANCELLED.value: (Command.CANCEL, Command.RERUN),
        BallotEvent.VOIDED.value: (Command.VOID,),
        BallotEvent.CORRECTED.value: (Command.CORRECT,),
        BallotEvent.LOTS_DRAWN.value: (Command.LOTS,),
        BallotEvent.CHAIR_SETTLED.value: (Command.ASK_CHAIR,),
        BallotEvent.ANSWER_GIVEN.value: (Command.CALL,),
        BallotEvent.SECOND_CALL.value: (Command.SECOND_CALL,),
    }
)
"""The commands that an event can be the work of, the one that asks for approval first."""


@dataclass(frozen=True, slots=True)
class _Given:
    """An approval that was given and not used yet: of what, and who had asked."""

    command: Command
    asked_by: str


def fault_of_approvals(entries: Sequence[Recorded], story: Story) -> str | None:
    """The first thing that was done without the approval that the assembly asks for, or None."""
    held = story.assembly.settings.two_person - CONFIRMED_BY_ENTRY
    types = {entry.header.seq: entry for entry in entries}
    asked: tuple[Command, str] | None = None
    given: _Given | None = None
    for event in story.events:
        payload, header = event.payload or {}, event.header
        match header.type:
            case BallotEvent.APPROVAL_ASKED.value:
                asked, given = (Command(payload["command"]), header.actor), None
            case BallotEvent.APPROVAL_REFUSED.value:
                asked, given = None, None
            case BallotEvent.APPROVAL_GIVEN.value:
                if asked is None or asked != (payload["command"], payload["asked_by"]):
                    return f"entry {header.seq}: an approval of something that nobody asked for"
                if person(header.actor) == person(asked[1]):
                    return f"entry {header.seq}: whoever asked approved it as well"
                command, asked_by = asked
                asked, given = None, _Given(command, asked_by)
            case _:
                fault = _fault_of(types, story, event, held, given)
                if fault is not None:
                    return fault
                asked = None
                if header.type != BallotEvent.ANNOUNCED.value:
                    given = None  # an opening that announces is one command
    return None


def _fault_of(
    types: Mapping[int, Recorded],
    story: Story,
    event: Recorded,
    held: frozenset[Command],
    given: _Given | None,
) -> str | None:
    header = event.header
    if header.type == BallotEvent.PREPARED.value:
        return _fault_of_following(types, event, held)
    commands = _commands_of(types, story, event)
    wanted = next((command for command in commands if command in held), None)
    if wanted is None:
        return None
    if given is not None and given.command in commands and given.asked_by == header.actor:
        return None
    return (
        f"entry {header.seq}: {header.type} without a second person, "
        f"but the assembly asks for two people to {wanted.value.replace('_', ' ')}"
    )


def _commands_of(
    types: Mapping[int, Recorded], story: Story, event: Recorded
) -> tuple[Command, ...]:
    """The commands of which this event can be the work, as the entries around it tell."""
    header = event.header
    commands = _CARRIED_OUT.get(header.type, ())
    match header.type:
        case BallotEvent.ANNOUNCED.value:
            return () if _is_taken_again(types, header.seq) else commands
        case BallotEvent.OPENED.value:
            return () if _is_taken_again(types, header.seq - 1) else commands
        case BallotEvent.CLOSED.value:
            by_clock = header.actor.startswith("server:") and story.ballot.question.auto_close
            return () if by_clock or story.ballot.question.mode in BY_TELLERS else commands
        case BallotEvent.CANCELLED.value:
            after = types.get(header.seq + 1)
            instead = after is not None and after.header.type == BallotEvent.PREPARED.value
            return (Command.RERUN,) if instead else (Command.CANCEL,)
        case _:
            return commands


def _is_taken_again(types: Mapping[int, Recorded], announced: int) -> bool:
    """Whether a ballot was announced in the step that prepared it in the place of another."""
    before = types.get(announced - 1)
    if before is None or before.header.type != BallotEvent.PREPARED.value:
        return False
    of_it = types[announced].header.subject == before.header.subject
    return of_it and (before.payload or {}).get("reruns") is not None


def _fault_of_following(
    types: Mapping[int, Recorded], event: Recorded, held: frozenset[Command]
) -> str | None:
    """What is wrong with how a ballot came to follow another.

    The approval is an entry of the earlier ballot. Its header is always there, and says enough.
    """
    payload, header = event.payload or {}, event.header
    earlier = payload["reruns"]
    if earlier is None or _followed_by(payload) not in held:
        return None
    before = next(
        (
            entry.header
            for seq in range(header.seq - 1, 0, -1)
            if (entry := types[seq]).header.subject == earlier
            and entry.header.type != BallotEvent.CANCELLED.value
        ),
        None,
    )
    if (
        before is None
        or before.type != BallotEvent.APPROVAL_GIVEN.value
        or person(before.actor) == person(header.actor)
    ):
        return f"entry {header.seq}: ballot {earlier} is followed without a second person"
    return None


def _followed_by(payload: Mapping[str, Any]) -> Command:
    """The command that made a ballot behind an earlier one."""
    if "withdrawn" in payload:
        tie_ballot = payload["question"].get("is_tie_ballot", False)
        return Command.TIE_BALLOT if tie_ballot else Command.NEXT_ROUND
    return Command.RERUN if "reason" in payload else Command.SECOND_VOTE
