"""The life of a ballot: its states as types; what may happen to it stands in `transitions`.

Rule (the house's design, section 2): draft → prepared → announced → open ⇄ suspended → closed →
declared → certified → published; `in_doubt` while nobody can say that the box is whole;
`cancelled` from announced, open, suspended, in doubt and closed; `void` from closed and declared.
From the announcement on the roll is frozen and the mode cannot change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, assert_never

from server.assembly.roll import Roll
from server.ballots.approval import Pending
from server.ballots.question import Question
from server.ballots.roll_call import RollCall
from server.ballots.secret import SealedVote, Secret
from server.ballots.tellers import Dispute, Entry, Tally
from server.vocabulary import Command, Phase

WITHHELD: Final = ""
"""Stands for a choice, and for a press_id, that the journal does not hold: no ballot offers it."""


@dataclass(frozen=True, slots=True)
class CastVote:
    """A vote that counts: what the box held at the close for one Member.

    In a non-recorded ballot it says no more than that the Member has voted: `choice` and
    `press_id` are `WITHHELD`, and `n` is a place in the list of the voters.
    """

    member: str
    choice: str
    n: int
    press_id: str


@dataclass(frozen=True, slots=True)
class Step:
    """The last step that the journal ordered of the box: its seq is the fence.

    `command` is what the box has to do; `seconds` its figure, `incarnation` the box's identity
    from this step on.
    """

    fence: int
    command: Command
    seconds: int | None
    incarnation: str


@dataclass(frozen=True, slots=True)
class Closure:
    """What counts: the box at the close, a roll-call's answers, or the tellers' tally.

    Without a box `chain` and `incarnation` are empty; with a tellers' tally nobody is named in
    `votes`. In a secret ballot `votes` says who has voted, each with the tracker of the sealed
    ballot that counts; `sealed` are all that were valid, and `tally` stands once it was opened.
    In a non-recorded ballot `votes` says who has voted, and `tally` what was counted.
    """

    votes: tuple[CastVote, ...]
    n: int
    chain: str
    incarnation: str
    closed_at: int
    tally: Tally | None = None
    sealed: tuple[SealedVote, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What was declared, as the journal keeps it; `head` is the hash of the declaring entry."""

    payload: Mapping[str, Any]
    head: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Something is missing; it cannot be announced without a reason."""

    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Complete, not yet before the assembly."""


@dataclass(frozen=True, slots=True)
class Announced:
    """Before the assembly: roll and presence are frozen."""

    roll: Roll


@dataclass(frozen=True, slots=True)
class Open:
    """Presses are taken."""

    roll: Roll
    step: Step
    last_call: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """Open, and counted by tellers: there is no box. `entered` waits for the second entry."""

    roll: Roll
    entered: Entry | None
    disputed: Dispute | None


@dataclass(frozen=True, slots=True)
class Calling:
    """Open, and called by name: there is no box, each answer is in the journal."""

    roll: Roll
    roll_call: RollCall


@dataclass(frozen=True, slots=True)
class Suspended:
    """Interrupted: votes are kept, presses are not taken."""

    roll: Roll
    step: Step
    last_call: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class InDoubt:
    """The box is missing or behind what was receipted: the operator decides."""

    roll: Roll
    step: Step
    last_call: bool
    why: str


@dataclass(frozen=True, slots=True)
class Closed:
    """What the box held counts; nothing is accepted."""

    roll: Roll
    closure: Closure


@dataclass(frozen=True, slots=True)
class Declared:
    """The chair's outcome stands."""

    roll: Roll
    closure: Closure | None
    """None for what was adopted without a vote."""
    result: Result


@dataclass(frozen=True, slots=True)
class Certified:
    """Declared, and signed off."""

    roll: Roll
    closure: Closure | None
    result: Result


@dataclass(frozen=True, slots=True)
class Published:
    """Certified, and given out."""

    roll: Roll
    closure: Closure | None
    result: Result


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Stopped before a result; its partial tally is never shown."""

    reason: str


@dataclass(frozen=True, slots=True)
class Void:
    """A fault: closed, but no decision. The tally stays in the record only, and of a non-recorded
    ballot not even there."""

    roll: Roll
    closure: Closure
    reason: str


State = (
    Draft
    | Prepared
    | Announced
    | Open
    | Telling
    | Calling
    | Suspended
    | InDoubt
    | Closed
    | Declared
    | Certified
    | Published
    | Cancelled
    | Void
)


@dataclass(frozen=True, slots=True)
class Correction:
    """Appended after the declaration; it never changes the result."""

    at: int
    actor: str
    text: str
    member: str | None
    intention: str | None


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot as the journal tells it. `reruns` is the ballot that this one repeats.

    `pending` is a command that waits for a second person.
    """

    id: str
    question: Question
    state: State
    reruns: str | None
    opened_at: int | None
    corrections: tuple[Correction, ...]
    pending: Pending | None = None
    secret: Secret | None = None
    """What a secret ballot has besides, from its announcement on."""
    is_erased: bool = False
    """Whether the box of a non-recorded ballot is gone, and what was on disk of it."""
    followed_by: str | None = None
    """The next round or the tie ballot of an election, once it is prepared."""


def takes_what_was_turned_away(state: State) -> bool:
    """Whether the journal still tells whose sealed ballots were turned away: from the opening until
    the result is certified. Later nobody can take a press for a vote of this ballot."""
    return isinstance(state, Open | Suspended | InDoubt | Closed | Declared)


def phase_of(state: State) -> Phase:
    """The phase that a state is in."""
    match state:
        case Draft():
            return Phase.DRAFT
        case Prepared():
            return Phase.PREPARED
        case Announced():
            return Phase.ANNOUNCED
        case Open() | Telling() | Calling():
            return Phase.OPEN
        case Suspended():
            return Phase.SUSPENDED
        case InDoubt():
            return Phase.IN_DOUBT
        case Closed():
            return Phase.CLOSED
        case Declared():
            return Phase.DECLARED
        case Certified():
            return Phase.CERTIFIED
        case Published():
            return Phase.PUBLISHED
        case Cancelled():
            return Phase.CANCELLED
        case Void():
            return Phase.VOID
        case _:
            assert_never(state)


def roll_of(ballot: Ballot) -> Roll | None:
    """The frozen roll, from the announcement on."""
    match ballot.state:
        case Draft() | Prepared() | Cancelled():
            return None
        case state:
            return state.roll


def closure_of(ballot: Ballot) -> Closure | None:
    """What the box held at the close, once it is closed."""
    match ballot.state:
        case Closed() | Declared() | Certified() | Published() | Void():
            return ballot.state.closure
        case _:
            return None


def result_of(ballot: Ballot) -> Result | None:
    """What was declared, if it was."""
    match ballot.state:
        case Declared() | Certified() | Published():
            return ballot.state.result
        case _:
            return None
