"""What changes the assembly during a session: rights, admissions, withdrawals, proxies, delegates.

Rule: each is an entry of the journal, and counts from the next announced ballot on; but who of its
delegates votes for a Member counts at once. The hall and
the verification of a record apply the same entries by this one function, so that a roll follows
from the assembly as it was founded and from what was journaled since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from server.assembly.assembly import Assembly, member_by_code
from server.assembly.member import Member
from server.assembly.seat import Seat
from server.assembly.stored import delegates_from_json, member_as_json, member_from_json

ROLL_CHANGED: Final = "roll_changed"
MEMBER_ADMITTED: Final = "member_admitted"
MEMBER_WITHDRAWN: Final = "member_withdrawn"

PROXY_GIVEN: Final = "proxy_given"
PROXY_ENDED: Final = "proxy_ended"

DELEGATION_NAMED: Final = "delegation_named"
VOTE_HANDED_OVER: Final = "vote_handed_over"

CHANGES: Final = frozenset(
    {ROLL_CHANGED, MEMBER_ADMITTED, MEMBER_WITHDRAWN, PROXY_GIVEN, PROXY_ENDED}
    | {DELEGATION_NAMED, VOTE_HANDED_OVER}
)
"""The types of the entries that change the assembly."""

OF_DELEGATES: Final = frozenset({DELEGATION_NAMED, VOTE_HANDED_OVER})
"""Those that change who votes for a Member, in the ballot that is open, too."""

OF_THE_LIST: Final = frozenset({MEMBER_ADMITTED, MEMBER_WITHDRAWN})
"""Those that change who is a Member, and not only what a Member may do."""


def admission_payload(member: Member, seats: tuple[Seat, ...]) -> dict[str, object]:
    """The part of a `member_admitted` entry that says who sits where from now on."""
    return {"member": member_as_json(member), "seats": [seat.id for seat in seats]}


def changed(assembly: Assembly, kind: str, payload: Mapping[str, Any]) -> Assembly:
    """The assembly after one of the `CHANGES`.

    A Member admitted stands last, so that everybody else keeps the place in every list. Raises
    `ValueError` or `KeyError` if the entry cannot have followed: the journal is damaged.
    """
    match kind:
        case "roll_changed":
            return replace(
                assembly,
                members=tuple(
                    replace(member, suspended=payload["suspended"])
                    if member.code == payload["member"]
                    else member
                    for member in assembly.members
                ),
            )
        case "member_admitted":
            member = member_from_json(payload["member"])
            if member_by_code(assembly, member.code) is not None:
                raise ValueError(f"{member.code} was admitted, but is a Member already")
            seats = tuple(Seat(seat, member.code) for seat in payload["seats"])
            return replace(
                assembly,
                members=(*assembly.members, member),
                seats=(*assembly.seats, *seats),
            )
        case "member_withdrawn":
            code = payload["member"]
            if member_by_code(assembly, code) is None:
                raise ValueError(f"{code} has withdrawn, but is no Member")
            return replace(
                assembly,
                members=tuple(each for each in assembly.members if each.code != code),
                seats=tuple(each for each in assembly.seats if each.member != code),
                proxies={
                    giver: holder
                    for giver, holder in assembly.proxies.items()
                    if code not in (giver, holder)
                },
            )
        case "proxy_given":
            proxies = {**assembly.proxies, payload["member"]: payload["holder"]}
            return replace(assembly, proxies=proxies)
        case "proxy_ended":
            left = {each: to for each, to in assembly.proxies.items() if each != payload["member"]}
            return replace(assembly, proxies=left)
        case "delegation_named":
            named = delegates_from_json(payload["delegates"])
            return _with_member(assembly, payload["member"], delegates=named, handed_to=None)
        case "vote_handed_over":
            return _with_member(assembly, payload["member"], handed_to=payload["delegate"])
        case _:
            raise ValueError(f"{kind} is no change of the assembly")


def _with_member(assembly: Assembly, code: str, **changes: Any) -> Assembly:
    if member_by_code(assembly, code) is None:
        raise ValueError(f"{code} is no Member")
    return replace(
        assembly,
        members=tuple(
            replace(member, **changes) if member.code == code else member
            for member in assembly.members
        ),
    )
