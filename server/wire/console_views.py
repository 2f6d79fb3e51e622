"""What only the operator's console is shown: seats, commands, the record."""

from __future__ import annotations

from pydantic import Field

from server.vocabulary import (
    Choice,
    Command,
    Kind,
    Language,
    Mode,
    OutcomeKind,
    Phase,
    Role,
)
from server.wire.views import (
    AgendaItemView,
    HallView,
    OutcomeView,
    Reconciliation,
    SecretDesk,
    Texts,
    View,
)


class SeatRow(View):
    """One seat for the operator. `voted` is null where the disclosure withholds who has voted."""

    seat: str
    member: str
    online: bool
    present: bool
    suspended: bool
    voted: bool | None
    assistance: bool
    point_of_order: bool
    refused: int
    lang: Language | None


class WrongPress(View):
    """A seat that pressed another button than the one that was asked for."""

    member: str
    pressed: Choice


class TestReport(View):
    """What a test vote found, by Member, once it is closed. `right` is a number of Members."""

    silent: list[str]
    wrong: list[WrongPress]
    late: list[str]
    right: int


class Tellers(View):
    """A tally that was entered once. Another person confirms it where `second_person` is true."""

    counts: dict[str, int]
    entered_by: str
    second_person: bool


class PendingView(View):
    """A command that waits for a second person. `at` is milliseconds since 1970."""

    ballot: str
    command: Command
    by: str
    at: int
    reason: str | None


class CommandOption(View):
    """A command that is allowed now. `hold` asks for a held key; `needs` names the body fields
    that it is refused without, `takes` those that may be left out."""

    command: Command
    ballot: str
    hold: bool
    needs: list[str]
    takes: list[str]


class BallotSummary(View):
    """A ballot in the operator's list."""

    id: str
    phase: Phase
    mode: Mode
    title: Texts
    item: str | None
    document: str | None
    decision: str
    missing: list[str]
    outcome: OutcomeKind | None
    kind: Kind = Kind.MOTION
    round: int = 1
    part_of: str | None = None
    """The ballot on the whole, where this one is on a part."""
    part_order: int | None = None


class Exceptions(View):
    """What the operator should look at, as Member codes."""

    assistance: list[str]
    points_of_order: list[str]
    offline: list[str]
    silent: list[str] | None
    refused: list[str]


class JournalLine(View):
    """One journal entry as the operator reads it. `at` is milliseconds since 1970."""

    seq: int
    at: int
    actor: str
    type: str
    subject: str | None


class ConsoleView(HallView):
    """Everything that the operator sees: the display's view, and what only the console may see."""

    undeclared: OutcomeView | None
    reconciliation: Reconciliation | None
    alarms: list[Texts]
    chair_sentence: Texts
    agenda: list[AgendaItemView]
    ballots: list[BallotSummary]
    seats: list[SeatRow]
    exceptions: Exceptions
    commands: list[CommandOption]
    next: CommandOption | None
    journal: list[JournalLine]
    server_store: str
    """`ok`, or why the store of the votes does not answer."""
    role: Role
    test_report: TestReport | None = None
    tellers: Tellers | None = None
    pending: list[PendingView] = Field(default_factory=list)
    """Commands that wait for a second person, of any ballot."""
    secret: SecretDesk | None = None
