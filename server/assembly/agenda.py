"""Sittings and the items of the agenda.

Rule: times are local to the hall, without an offset; the assembly's settings name the zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from server.assembly.texts import Texts


class ItemKind(StrEnum):
    """What an agenda item asks of the assembly."""

    INFORMATION = "information"
    MOTION = "motion"
    ELECTION = "election"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting. `opens` is an ISO 8601 local time, such as `2027-11-23T09:30`."""

    number: int
    opens: str
    presiding: Texts


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of the agenda.

    `document` is the symbol of the text before the assembly; `decision` the key of the rulebook
    that it is decided by; `sitting` the number of the sitting that takes it up. All three may be
    absent; an item for information has no decision, any other has one.
    """

    number: str
    title: Texts
    document: str | None
    decision: str | None
    kind: ItemKind
    sitting: int | None
