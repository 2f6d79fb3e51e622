"""The assembly as the hall knows it: a value that set-up makes and the journal keeps.

Rule: an `Assembly` is consistent: its codes and ids are unique, and each seat names a Member in
it. `files.py` sees to that for what people write; look-ups may rely on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from server.assembly.agenda import AgendaItem, Sitting
from server.assembly.member import Member
from server.assembly.remembered import remembered
from server.assembly.seat import Seat
from server.assembly.texts import Texts
from server.vocabulary import Command, Language


class Digits(StrEnum):
    """The digits of the Arabic screens, as Unicode numbering systems."""

    LATN = "latn"
    ARAB = "arab"


class QuorumOf(StrEnum):
    """Whom a quorum is a fraction of: all Members, or those on the voting roll."""

    MEMBERS = "members"
    ENTITLED = "entitled"


@dataclass(frozen=True, slots=True)
class QuorumSetting:
    """Present Members must reach a fraction `of` (numerator, denominator) of `of_whom`.

    `at_least`: the fraction itself suffices; otherwise more than it is needed.
    """

    of: tuple[int, int]
    at_least: bool
    of_whom: QuorumOf


@dataclass(frozen=True, slots=True)
class Settings:
    """How this assembly's hall works, where assemblies differ.

    `quorum` is None where no quorum is asked for. `two_person` holds the commands that need a
    second person. `time_zone` is an IANA name.
    """

    quorum: QuorumSetting | None
    digits: Digits
    display_public: bool
    two_person: frozenset[Command]
    operator_may_certify: bool
    time_zone: str


@dataclass(frozen=True, slots=True)
class Officer:
    """An office that is held from before this session and goes on: which decision type fills it,
    and the Member that its holder is from."""

    decision: str
    member: str


@dataclass(frozen=True, slots=True)
class Assembly:
    """An assembly with its Members, seats, sittings and agenda, each in the order of its list.

    `proxies` are given during the session: Member → the Member that votes for it.
    """

    id: str
    name: Texts
    languages: tuple[Language, ...]
    rulebook: str
    members: tuple[Member, ...]
    seats: tuple[Seat, ...]
    sittings: tuple[Sitting, ...]
    agenda: tuple[AgendaItem, ...]
    settings: Settings
    proxies: Mapping[str, str] = field(default_factory=dict)
    officers: tuple[Officer, ...] = ()


@remembered
def codes_of(assembly: Assembly) -> frozenset[str]:
    """The codes of all Members."""
    return frozenset([member.code for member in assembly.members])


def member_by_code(assembly: Assembly, code: str) -> Member | None:
    """The Member with this code, or None."""
    return next((member for member in assembly.members if member.code == code), None)


def seat_by_id(assembly: Assembly, seat: str) -> Seat | None:
    """The seat with this id, or None."""
    return next((each for each in assembly.seats if each.id == seat), None)


def seats_of(assembly: Assembly, code: str) -> tuple[Seat, ...]:
    """The seats of a Member, none if the code is unknown."""
    return tuple(seat for seat in assembly.seats if seat.member == code)


def item_by_number(assembly: Assembly, number: str) -> AgendaItem | None:
    """The agenda item with this number, or None."""
    return next((item for item in assembly.agenda if item.number == number), None)


def alphabetical(assembly: Assembly, language: Language) -> tuple[Member, ...]:
    """The Members as a list in `language` orders them; equal keys keep the order of codes."""
    return tuple(sorted(assembly.members, key=lambda m: (m.sort_keys[language], m.code)))
