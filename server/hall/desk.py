"""What every use case works with, and the refusals that it may answer with.

Rule: a refusal is a value that says what was wrong and what would be allowed; exceptions are
outages (`StoreUnavailable`) or bugs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from server.ballots.life import Ballot, phase_of
from server.ballots.tellers import Entry
from server.ballots.transitions import allowed
from server.hall.ledger import Ledger, Plan, Refused
from server.hall.refusals import RefusalLog
from server.hall.state import HallState
from server.hall.timekeeping import Timekeeper
from server.hall.verdicts import Verdicts
from server.hall.witness import Witness
from server.locales.speech import Speech
from server.ports import BallotBox, Clock, CommandKey, Ids, SeenCommand
from server.ports import KeyReused as KeySeenReused
from server.record.entry import Event
from server.rules.rulebook import Rulebook
from server.vocabulary import Command, Phase


@dataclass(frozen=True, slots=True)
class Desk:
    """The hall's stores and knowledge, wired once.

    `witness` is what this server saw of the boxes: the press desk tells it. `verdicts` are those on
    sealed ballots, `time` what it knows of the box's clock. `turn` makes one thing
    happen at a time to the ballots' life in this process; `changed` tells the live side that there
    is something new to show.
    """

    ledger: Ledger
    box: BallotBox
    ids: Ids
    clock: Clock
    speech: Speech
    rulebook: Rulebook
    changed: Callable[[], Awaitable[None]]
    refusals: RefusalLog
    witness: Witness = field(default_factory=Witness)
    verdicts: Verdicts = field(default_factory=Verdicts)
    time: Timekeeper = field(default_factory=Timekeeper)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def event(
        self, kind: str, subject: str | None, actor: str, payload: dict[str, object]
    ) -> Event:
        """An event that happens now."""
        return Event(kind, subject, actor, self.clock.now_ms(), payload)  # type: ignore[arg-type]  # payloads are JSON by construction; canonical encoding refuses what is not

    async def journal(self, *events: Event) -> None:
        """Journal events that nothing stands against. May raise StoreUnavailable."""
        await self.ledger.record(lambda _: Plan(events))


@dataclass(frozen=True, slots=True)
class UnknownBallot:
    """There is no such ballot."""

    ballot: str


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The command is not in the table for the ballot's phase."""

    command: Command | None
    phase: Phase
    allowed: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class FloorTaken:
    """Another ballot holds the floor."""

    command: Command
    phase: Phase
    allowed: tuple[Command, ...]
    other: str


@dataclass(frozen=True, slots=True)
class HasTheFloor:
    """What was asked has to wait until this ballot is off the floor."""

    ballot: str


@dataclass(frozen=True, slots=True)
class BadField:
    """A field is missing or wrong; `remedy` says what to send."""

    field: str
    remedy: str


@dataclass(frozen=True, slots=True)
class NoQuorum:
    """Too few are present; a reason overrides it."""

    present: int
    needed: int


@dataclass(frozen=True, slots=True)
class KeyReused:
    """The Idempotency-Key was used for something else."""


@dataclass(frozen=True, slots=True)
class TalliesDiffer:
    """The second entry has other numbers than the first: both are dropped."""

    first: Entry
    second: Entry


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """Somebody else has to confirm this command."""

    command: Command


@dataclass(frozen=True, slots=True)
class NothingWaits:
    """Nothing of this ballot waits for a second person."""

    ballot: str


@dataclass(frozen=True, slots=True)
class RunAgain:
    """The ballot was run again already, as `again`."""

    again: str


@dataclass(frozen=True, slots=True)
class NotReady:
    """A secret ballot lacks something that the scrutineers or the seats have to do first."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """Other ballots come before this one; a reason overrides it."""

    first: tuple[str, ...]


Refusal = (
    UnknownBallot
    | NotAllowed
    | FloorTaken
    | HasTheFloor
    | BadField
    | NoQuorum
    | KeyReused
    | TalliesDiffer
    | SecondPerson
    | NothingWaits
    | RunAgain
    | OutOfOrder
    | NotReady
)


@dataclass(frozen=True, slots=True)
class Done:
    """It is done (or was done before under the same key); the ballot as it stands."""

    ballot: Ballot
    state: HallState


async def done_before(desk: Desk, key: CommandKey | None) -> Done | KeyReused | None:
    """What was done under this Idempotency-Key, its ballot as the journal has it now."""
    if key is None:
        return None
    match await desk.ledger.journal.seen(key):
        case None:
            return None
        case KeySeenReused():
            return KeyReused()
        case SeenCommand(subject=subject):
            state = await desk.ledger.catch_up()
            assert subject is not None, "commands under a key concern a ballot"  # noqa: S101  # all of them do
            return Done(state.ballots[subject], state)


def find(state: HallState, ballot: str) -> Ballot | UnknownBallot:
    """The ballot with this id."""
    return state.ballots.get(ballot) or UnknownBallot(ballot)


def not_allowed(ballot: Ballot, command: Command | None) -> NotAllowed:
    """The refusal of a command in the ballot's phase."""
    return NotAllowed(command, phase_of(ballot.state), allowed(ballot))


def refused(refusal: Refusal, state: HallState) -> Refused[Refusal]:
    """A refusal for `Ledger.record`."""
    return Refused(refusal, state)
