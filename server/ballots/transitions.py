"""What may happen to a ballot: the transition table, and what each command needs.

Rule (the house's design, section 2): a command that the table does not list for a phase changes
nothing. The console's commands, and the one that usually comes next, are computed from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from server.ballots.life import (
    Announced,
    Ballot,
    Calling,
    Certified,
    Closed,
    Declared,
    InDoubt,
    Open,
    Published,
    Suspended,
    Telling,
    closure_of,
    phase_of,
    result_of,
)
from server.ballots.roll_call import is_complete, may_begin_second, still_to_call
from server.vocabulary import Command, Kind, Mode, OutcomeKind, Phase


def _table(rows: dict[Phase, dict[Command, Phase]]) -> Mapping[Phase, Mapping[Command, Phase]]:
    return MappingProxyType({phase: MappingProxyType(row) for phase, row in rows.items()})


TRANSITIONS: Final = _table(
    {
        Phase.DRAFT: {Command.ANNOUNCE: Phase.ANNOUNCED},
        Phase.PREPARED: {Command.ANNOUNCE: Phase.ANNOUNCED, Command.OPEN: Phase.OPEN},
        Phase.ANNOUNCED: {
            Command.OPEN: Phase.OPEN,
            Command.CANCEL: Phase.CANCELLED,
            Command.RERUN: Phase.CANCELLED,
        },
        Phase.OPEN: {
            Command.LAST_CALL: Phase.OPEN,
            Command.CLOSE: Phase.CLOSED,
            Command.EXTEND: Phase.OPEN,
            Command.SUSPEND: Phase.SUSPENDED,
            Command.HANDS: Phase.OPEN,
            Command.PAPER: Phase.OPEN,
            Command.CALL: Phase.OPEN,
            Command.SECOND_CALL: Phase.OPEN,
            Command.CANCEL: Phase.CANCELLED,
            Command.RERUN: Phase.CANCELLED,
        },
        Phase.SUSPENDED: {
            Command.RESUME: Phase.OPEN,
            Command.CLOSE: Phase.CLOSED,
            Command.CANCEL: Phase.CANCELLED,
            Command.RERUN: Phase.CANCELLED,
        },
        Phase.IN_DOUBT: {
            Command.RESUME: Phase.OPEN,
            Command.CANCEL: Phase.CANCELLED,
            Command.RERUN: Phase.CANCELLED,
        },
        Phase.CLOSED: {
            Command.DECLARE: Phase.DECLARED,
            Command.CANCEL: Phase.CANCELLED,
            Command.VOID: Phase.VOID,
        },
        Phase.DECLARED: {
            Command.CERTIFY: Phase.CERTIFIED,
            Command.CORRECT: Phase.DECLARED,
            Command.SECOND_VOTE: Phase.DECLARED,
            Command.NEXT_ROUND: Phase.DECLARED,
            Command.TIE_BALLOT: Phase.DECLARED,
            Command.LOTS: Phase.DECLARED,
            Command.ASK_CHAIR: Phase.DECLARED,
            Command.VOID: Phase.VOID,
        },
        Phase.CERTIFIED: {
            Command.PUBLISH: Phase.PUBLISHED,
            Command.CORRECT: Phase.CERTIFIED,
            Command.NEXT_ROUND: Phase.CERTIFIED,
            Command.TIE_BALLOT: Phase.CERTIFIED,
        },
        Phase.PUBLISHED: {
            Command.CORRECT: Phase.PUBLISHED,
            Command.NEXT_ROUND: Phase.PUBLISHED,
            Command.TIE_BALLOT: Phase.PUBLISHED,
        },
        Phase.CANCELLED: {Command.RERUN: Phase.CANCELLED},
        Phase.VOID: {Command.RERUN: Phase.VOID},
    }
)
"""From a phase, by a command, to a phase. `second_vote`, `rerun`, `next_round` and `tie_ballot`
make a new ballot besides."""

ON_THE_FLOOR: Final = frozenset({Phase.ANNOUNCED, Phase.OPEN, Phase.SUSPENDED, Phase.IN_DOUBT})
"""The phases in which a ballot holds the floor: at most one ballot at a time is in them."""

NEEDS_REASON: Final[Mapping[Phase, frozenset[Command]]] = MappingProxyType(
    {
        Phase.DRAFT: frozenset({Command.ANNOUNCE}),
        Phase.ANNOUNCED: frozenset({Command.CANCEL, Command.RERUN}),
        Phase.OPEN: frozenset({Command.CANCEL, Command.RERUN}),
        Phase.SUSPENDED: frozenset({Command.CANCEL, Command.RERUN}),
        Phase.IN_DOUBT: frozenset({Command.CANCEL, Command.RESUME, Command.RERUN}),
        Phase.CLOSED: frozenset({Command.CANCEL, Command.VOID}),
        Phase.DECLARED: frozenset({Command.VOID, Command.ASK_CHAIR}),
        Phase.CANCELLED: frozenset({Command.RERUN}),
        Phase.VOID: frozenset({Command.RERUN}),
    }
)
"""The commands that must say why."""

HELD: Final = frozenset({Command.OPEN, Command.CLOSE})
"""The commands for which the console asks for a held key."""

DECIDES_NOTHING: Final = frozenset({Kind.TEST, Kind.ATTENDANCE, Kind.POLL})
"""The kinds that are counted and recorded, but decide nothing and so are never certified."""

BY_TELLERS: Final = frozenset({Mode.HANDS, Mode.PAPER})
"""The modes that are counted by people: the journal has their tally, nobody's vote."""

WITHOUT_BOX: Final = BY_TELLERS | {Mode.ROLL_CALL}
"""The modes that never open a box: what is entered goes to the journal."""

LINKLESS: Final = frozenset({Mode.SECRET, Mode.NON_RECORDED})
"""The modes in which seats vote, and the journal says who has voted but of nobody what."""

_ENTRY: Final[Mapping[Mode, Command]] = MappingProxyType(
    {Mode.HANDS: Command.HANDS, Mode.PAPER: Command.PAPER}
)
_WITHOUT_BOX: Final = frozenset({Command.HANDS, Command.PAPER, Command.CALL, Command.SECOND_CALL})

_FOLLOWING: Final[Mapping[str, Command]] = MappingProxyType(
    {
        OutcomeKind.NEXT_ROUND.value: Command.NEXT_ROUND,
        OutcomeKind.TIE_BALLOT.value: Command.TIE_BALLOT,
        OutcomeKind.LOTS.value: Command.LOTS,
        OutcomeKind.ASK.value: Command.ASK_CHAIR,
    }
)
"""What follows a round of an election, by its outcome."""

_OF_ELECTIONS: Final = frozenset(_FOLLOWING.values())

_USUAL: Final[Mapping[Phase, Command]] = MappingProxyType(
    {
        Phase.PREPARED: Command.ANNOUNCE,
        Phase.ANNOUNCED: Command.OPEN,
        Phase.OPEN: Command.LAST_CALL,
        Phase.SUSPENDED: Command.RESUME,
        Phase.CLOSED: Command.DECLARE,
        Phase.DECLARED: Command.CERTIFY,
        Phase.CERTIFIED: Command.PUBLISH,
    }
)


def allowed(ballot: Ballot) -> tuple[Command, ...]:
    """The commands that the table allows now, the usual one first."""
    phase = phase_of(ballot.state)
    commands = [command for command in TRANSITIONS[phase] if _fits(ballot, command)]
    first = usual(ballot)
    return tuple(sorted(commands, key=lambda command: command is not first))


def usual(ballot: Ballot) -> Command | None:
    """The command that usually comes next, or None where nothing has to follow."""
    if _second_vote_is_due(ballot):
        return Command.SECOND_VOTE
    following = _FOLLOWING.get(_outcome(ballot))
    if following is not None and _fits(ballot, following):
        return following
    match ballot.state:
        case Open(last_call=True):
            return Command.CLOSE
        case Telling():
            return _ENTRY[ballot.question.mode]
        case Calling(roll_call=roll_call):
            if still_to_call(roll_call):
                return Command.CALL
            return Command.CLOSE if is_complete(roll_call) else Command.SECOND_CALL
        case Declared() if ballot.question.kind in DECIDES_NOTHING:
            return None
        case Closed() if not is_counted(ballot):
            return None
        case state:
            return _USUAL.get(phase_of(state))


def needs(ballot: Ballot, command: Command) -> tuple[str, ...]:
    """The body fields without which the command is refused."""
    fields: list[str] = []
    if command in NEEDS_REASON.get(phase_of(ballot.state), frozenset()):
        fields.append("reason")
    match command, ballot.state:
        case Command.CLOSE, Calling(roll_call=roll_call) if not is_complete(roll_call):
            fields.append("reason")
        case Command.EXTEND, _:
            fields.append("seconds")
        case ((Command.HANDS | Command.PAPER), _):
            fields.append("counts")
        case Command.CALL, _:
            fields += ["member", "choice"]
        case Command.RERUN, Announced() | Open() | Suspended() | InDoubt():
            fields.append("mode")
        case Command.LOTS, _:
            fields += ["drawn", "witnesses"]
        case Command.ASK_CHAIR, _:
            fields.append("names")
        case _:
            pass
    if command is Command.CORRECT:
        fields.append("text")
    return tuple(fields)


def takes(ballot: Ballot, command: Command) -> tuple[str, ...]:
    """The body fields that the command takes and can do without.

    Whether `candidates` may come into a further round is the rulebook's to say as well.
    """
    fields: tuple[str, ...] = ()
    match command:
        case Command.CORRECT:
            is_linked = ballot.question.mode not in LINKLESS
            fields = ("member", "intention") if is_linked else ("member",)
        case Command.NEXT_ROUND:
            fields = ("withdrawn", "candidates")
        case Command.CALL:
            fields = ("reason",)
        case Command.RERUN:
            fields = ("mode",)
        case _:
            pass
    return tuple(each for each in fields if each not in needs(ballot, command))


def _fits(ballot: Ballot, command: Command) -> bool:
    """Whether a command of the phase's row suits the way in which this ballot is decided."""
    match ballot.state:
        case Telling():
            return command in (_ENTRY[ballot.question.mode], Command.CANCEL)
        case Calling(roll_call=roll_call):
            if command is Command.SECOND_CALL:
                return may_begin_second(roll_call)
            return command in (Command.CALL, Command.CLOSE, Command.CANCEL)
        case Open():
            return command not in _WITHOUT_BOX
        case Closed():
            return command is not Command.DECLARE or is_counted(ballot)
        case Declared() if ballot.question.kind in DECIDES_NOTHING:
            return command in (Command.CORRECT, Command.VOID)
        case Declared() | Certified() | Published():
            return _fits_outcome(ballot, command)
        case _:
            return True


def must_be_erased(ballot: Ballot) -> bool:
    """Whether a box, or its traces on disk, still link Members to their votes: a non-recorded
    ballot is over, and nobody has said that they are gone."""
    was_open = ballot.question.mode is Mode.NON_RECORDED and ballot.opened_at is not None
    return was_open and not ballot.is_erased and not isinstance(ballot.state, _WITH_BOX)


_WITH_BOX = (Open, Suspended, InDoubt)


def is_counted(ballot: Ballot) -> bool:
    """Whether a closed ballot has a count: a secret one has none until it is opened."""
    closure = closure_of(ballot)
    return ballot.secret is None or (closure is not None and closure.tally is not None)


def _fits_outcome(ballot: Ballot, command: Command) -> bool:
    """Whether a command suits what was declared. A tie is settled before the result is certified;
    a round is followed once."""
    following = _FOLLOWING.get(_outcome(ballot))
    if command is Command.CERTIFY:
        return following not in (Command.LOTS, Command.ASK_CHAIR)
    if command is Command.VOID and ballot.followed_by is not None:
        return False  # the later ballots rest on this one
    if command in _OF_ELECTIONS:
        return command is following and ballot.followed_by is None
    return command is not Command.SECOND_VOTE or _second_vote_is_due(ballot)


def _outcome(ballot: Ballot) -> str:
    result = result_of(ballot)
    return "" if result is None else str(result.payload["result"]["outcome"])


def _second_vote_is_due(ballot: Ballot) -> bool:
    return isinstance(ballot.state, Declared) and _outcome(ballot) == OutcomeKind.SECOND_VOTE.value
