"""What the servers of one hall tell each other while they live.

Rule: nothing here decides a vote, and nothing lasts. A notice may be lost, come late or twice, and
tells nothing that box and journal, which are the truth, do not say. Who hears it looks there; but
not where it says what was pressed, whose numbers tell whether something is missing. A report is
whole, the latest counts, and it lapses with its server.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from server.ports import Landed
from server.vocabulary import Language, RefusalReason, Signal

LEASE_MS: Final = 4_000
"""How long a report stands without being renewed, in milliseconds."""


@dataclass(frozen=True, slots=True)
class SeatOnline:
    """A seat's connection to another server. `generation` is what its `hello` took."""

    seat: str
    member: str
    generation: int
    lang: Language
    signals: frozenset[Signal]


@dataclass(frozen=True, slots=True)
class SeatRefusals:
    """How often one seat was refused for one reason in a ballot, at one server."""

    ballot: str
    seat: str
    reason: RefusalReason
    count: int


@dataclass(frozen=True, slots=True)
class ServerReport:
    """What one server has that only it can know. Generations are those of its `epoch`."""

    epoch: int = 0
    online: tuple[SeatOnline, ...] = ()
    refusals: tuple[SeatRefusals, ...] = ()


@dataclass(frozen=True, slots=True)
class Pressed:
    """Presses of this ballot are on disk: these groups, or some, where it names none."""

    ballot: str
    groups: tuple[Landed, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """The journal, a box or the scene on air changed."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A server's report changed."""


@dataclass(frozen=True, slots=True)
class Fenced:
    """These Members' voting rights have a new generation: connections with a lower one end.

    `seat` is the seat that took it; None where the seats' tokens were withdrawn. Generations of
    another `epoch` say nothing.
    """

    epoch: int
    generations: Mapping[str, int]
    seat: str | None


@dataclass(frozen=True, slots=True)
class Missed:
    """The line was cut, or is new: notices may have been lost, so look at everything."""


Notice = Pressed | Changed | Reported | Fenced | Missed


class Neighbours(Protocol):
    """The other servers of the hall. Every call but `notices` may raise `StoreUnavailable`."""

    async def tell(self, notice: Notice) -> None:
        """Wake the others. Returns when it was sent, which does not mean that it was heard."""
        ...

    async def report(self, report: ServerReport) -> None:
        """Replace this server's report, or renew it where it is the same, for `LEASE_MS`."""
        ...

    async def reports(self) -> Mapping[str, ServerReport]:
        """The others' reports that have not lapsed, by the server's name."""
        ...

    def notices(self) -> AsyncIterator[Notice]:
        """What the others tell, without end; begins with `Missed`. Outages end in `Missed` too."""
        ...

    async def leave(self) -> None:
        """Take back this server's report. Idempotent."""
        ...
