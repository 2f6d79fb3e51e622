"""The file of an assembly (TOML), read into an `Assembly` or into the list of its problems.

Rule: what is accepted is consistent. Unknown keys, doubled codes, seats of nobody and missing
languages are problems, each named with its table, key and remedy; nothing is guessed silently.
What may be left out has its default in this module.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from server.assembly.agenda import AgendaItem, ItemKind, Sitting
from server.assembly.assembly import Assembly, Digits, Officer, QuorumOf, QuorumSetting, Settings
from server.assembly.member import TILE_LENGTH, Delegate, Member
from server.assembly.problems import AssemblyProblems, FileProblem
from server.assembly.seat import Seat
from server.assembly.sort_key import sort_key
from server.assembly.table import THE_FILE, Table
from server.assembly.texts import Texts
from server.vocabulary import Command, Language

DEFAULT_SETTINGS: Final = Settings(
    quorum=None,
    digits=Digits.LATN,
    display_public=False,
    two_person=frozenset(),
    operator_may_certify=True,
    time_zone="UTC",
)

MEMBER_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,15}")
"""What a Member's code looks like."""

_SEAT_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")
_LOCAL_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")

T = TypeVar("T")


def parse_assembly(
    text: str, name: str, members: Sequence[Member] = ()
) -> Assembly | AssemblyProblems:
    """Read the TOML `text` of the file called `name`.

    `members` are those of an assembly whose file lists none. Seats may be left out: each Member
    then has one, its code with "-1".
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        broken = FileProblem(THE_FILE, None, f"is not TOML: {error}", "Correct that line")
        return AssemblyProblems(name, (broken,))
    problems: list[FileProblem] = []
    assembly = _read_file(Table(THE_FILE, content, problems.append), tuple(members))
    if problems:
        return AssemblyProblems(name, tuple(problems))
    if assembly is None:
        raise AssertionError("a file without problems gives an assembly")
    return assembly


def _read_file(file: Table, default_members: tuple[Member, ...]) -> Assembly | None:
    head = file.table("assembly")
    identity = None if head is None else _read_head(head)
    listed = file.tables("members")
    members = _present(_read_member(table) for table in listed) if listed else default_members
    if not listed and not default_members:
        file.problem("members", "is missing", "List the Members, each under [[members]]")
    _once(file, "members", "code", [member.code for member in members])
    codes = {member.code for member in members}

    seats = (
        _present(_read_seat(table, codes) for table in file.tables("seats"))
        if file.has("seats")
        else tuple(Seat(f"{member.code}-1", member.code) for member in members)
    )
    _once(file, "seats", "id", [seat.id for seat in seats])
    unseated = sorted(codes - {seat.member for seat in seats})
    if file.has("seats") and unseated:
        file.problem("seats", f"gives no seat to {', '.join(unseated)}", "Give each Member one")

    sittings = _present(_read_sitting(table) for table in file.tables("sittings"))
    _once(file, "sittings", "number", [sitting.number for sitting in sittings])
    numbers = {sitting.number for sitting in sittings}
    agenda = _present(_read_item(table, numbers) for table in file.tables("agenda"))
    _once(file, "agenda", "number", [item.number for item in agenda])

    members = _with_delegations(file, members, codes)
    officers = _present(_read_officer(table, codes) for table in file.tables("officers"))

    settings_table = file.table("settings") if file.has("settings") else None
    settings = DEFAULT_SETTINGS if settings_table is None else _read_settings(settings_table)
    file.finish()
    if identity is None or settings is None:
        return None
    assembly_id, name, rulebook, languages = identity
    return Assembly(
        id=assembly_id,
        name=name,
        languages=languages,
        rulebook=rulebook,
        members=members,
        seats=seats,
        sittings=sittings,
        agenda=agenda,
        settings=settings,
        officers=officers,
    )


def _read_officer(table: Table, codes: set[str]) -> Officer | None:
    decision = table.text("decision")
    member = table.text("member")
    if member is not None and member not in codes:
        table.problem("member", f"{member!r} is no Member's code", "Name a Member of the list")
    table.finish()
    return None if decision is None or member is None else Officer(decision, member)


def _with_delegations(
    file: Table, members: tuple[Member, ...], codes: set[str]
) -> tuple[Member, ...]:
    """The Members with the delegates that the file names for them."""
    read = _present(_read_delegation(table, codes) for table in file.tables("delegations"))
    _once(file, "delegations", "member", [code for code, _ in read])
    delegations = dict(read)
    return tuple(
        replace(each, delegates=delegations.get(each.code, each.delegates)) for each in members
    )


def _read_delegation(table: Table, codes: set[str]) -> tuple[str, tuple[Delegate, ...]] | None:
    member = table.text("member")
    if member is not None and member not in codes:
        table.problem("member", f"{member!r} is no Member's code", "Name a Member of the list")
    head = table.text("head") if table.has("head") else None
    others = table.names("delegates") if table.has("delegates") else ()
    if head is None and not others:
        table.problem(None, "names nobody", 'Write head = "…", or delegates = ["…"]')
    table.finish()
    if member is None or others is None:
        return None
    heads = () if head is None else (Delegate(head, head=True),)
    return member, (*heads, *(Delegate(each) for each in others if each != head))


def _read_head(table: Table) -> tuple[str, Texts, str, tuple[Language, ...]] | None:
    assembly_id = _matching(table, "id", _SEAT_ID)
    name = table.texts("name")
    rulebook = table.text("rulebook")
    languages: tuple[Language, ...] | None = tuple(Language)
    if table.has("languages"):
        languages = table.choices("languages", Language)
        if languages is not None and set(languages) != set(Language):
            table.problem("languages", "leaves one out", "Name en, fr, es and ar, or leave it out")
    table.finish()
    if assembly_id is None or name is None or rulebook is None or languages is None:
        return None
    return assembly_id, name, rulebook, languages


def _read_settings(table: Table) -> Settings | None:
    given = DEFAULT_SETTINGS
    digits = _or(table, "digits", given.digits, lambda key: table.choice(key, Digits))
    public = _or(table, "display_public", given.display_public, table.truth)
    two_person = _or(
        table, "two_person", tuple(given.two_person), lambda key: table.choices(key, Command)
    )
    certify = _or(table, "operator_may_certify", given.operator_may_certify, table.truth)
    zone = _or(table, "time_zone", given.time_zone, table.text)
    if zone is not None and not _is_zone(zone):
        table.problem("time_zone", f"{zone!r} is not known", 'Write an IANA name, "Europe/Paris"')
    quorum_table = table.table("quorum") if table.has("quorum") else None
    quorum = None if quorum_table is None else _read_quorum(quorum_table)
    table.finish()
    if digits is None or public is None or two_person is None or certify is None or zone is None:
        return None
    return Settings(
        quorum=quorum,
        digits=digits,
        display_public=public,
        two_person=frozenset(two_person),
        operator_may_certify=certify,
        time_zone=zone,
    )


def _read_quorum(table: Table) -> QuorumSetting | None:
    of = table.fraction("of")
    at_least = table.truth("at_least")
    of_whom = table.choice("of_whom", QuorumOf)
    table.finish()
    if of is None or at_least is None or of_whom is None:
        return None
    return QuorumSetting(of=of, at_least=at_least, of_whom=of_whom)


def _read_member(table: Table) -> Member | None:
    code = _matching(table, "code", MEMBER_CODE)
    region = table.text("region")
    names = table.texts("names")
    tile = table.texts("tile") if table.has("tile") else names
    for language in Language:
        if tile is not None and len(tile[language]) > TILE_LENGTH:
            table.problem(
                f"tile.{language.value}",
                f"{tile[language]!r} is longer than {TILE_LENGTH} characters",
                "Give a short form that people recognise",
            )
    given_keys = table.texts("sort") if table.has("sort") else None
    suspended = _or(table, "suspended", False, table.truth)
    approved = _or(table, "approved", False, table.truth)
    none: dict[str, int] = {}
    weights = _or(table, "weights", none, table.figures)
    table.finish()
    if code is None or region is None or names is None or tile is None:
        return None
    if suspended is None or approved is None or weights is None:
        return None
    return Member(
        code=code,
        region=region,
        names=names,
        tile=tile,
        sort_keys=given_keys or sort_keys_of(names),
        suspended=suspended,
        approved=approved,
        weights=weights,
    )


def _read_seat(table: Table, codes: set[str]) -> Seat | None:
    seat = _matching(table, "id", _SEAT_ID)
    member = table.text("member")
    if member is not None and member not in codes:
        table.problem("member", f"{member!r} is no Member's code", "Name a Member of the list")
    table.finish()
    return None if seat is None or member is None else Seat(seat, member)


def _read_sitting(table: Table) -> Sitting | None:
    number = table.integer("number")
    opens = table.text("opens")
    if opens is not None and not _is_local_time(opens):
        table.problem("opens", f"{opens!r} is no local time", 'Write "2027-11-23T09:30"')
    presiding = table.texts("presiding")
    table.finish()
    if number is None or opens is None or presiding is None:
        return None
    return Sitting(number, opens, presiding)


def _read_item(table: Table, sittings: set[int]) -> AgendaItem | None:
    number = table.text("number")
    title = table.texts("title")
    kind = table.choice("kind", ItemKind)
    document = table.text("document") if table.has("document") else None
    decision = table.text("decision") if table.has("decision") else None
    sitting = table.integer("sitting") if table.has("sitting") else None
    if sitting is not None and sitting not in sittings:
        table.problem("sitting", f"there is no sitting {sitting}", "Name a sitting of this file")
    if kind is ItemKind.INFORMATION and decision is not None:
        table.problem("decision", "stands in an item for information", "Take it out")
    if kind in (ItemKind.MOTION, ItemKind.ELECTION) and not table.has("decision"):
        table.problem("decision", "is missing", "Name the key of the rulebook that decides it")
    table.finish()
    if number is None or title is None or kind is None:
        return None
    return AgendaItem(number, title, document, decision, kind, sitting)


def _present(values: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(value for value in values if value is not None)


def _or(table: Table, key: str, default: T, read: Callable[[str], T | None]) -> T | None:
    return read(key) if table.has(key) else default


def _once(file: Table, key: str, field: str, values: Sequence[str | int]) -> None:
    doubled = sorted(str(value) for value, count in Counter(values).items() if count > 1)
    for value in doubled:
        file.problem(f"{key}.{field}", f"{value!r} stands there twice", "Give each its own")


def _matching(table: Table, key: str, pattern: re.Pattern[str]) -> str | None:
    value = table.text(key)
    if value is not None and pattern.fullmatch(value) is None:
        table.problem(
            key,
            f"{value!r} is too long or has other characters than letters, digits, '-' and '_'",
            "Choose a shorter or simpler one",
        )
    return value


def sort_keys_of(names: Texts) -> Texts:
    """The keys by which a Member stands in each language's list, where none were given."""
    return Texts(
        en=sort_key(Language.EN, names.en),
        fr=sort_key(Language.FR, names.fr),
        es=sort_key(Language.ES, names.es),
        ar=sort_key(Language.AR, names.ar),
    )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _is_local_time(text: str) -> bool:
    if _LOCAL_TIME.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
