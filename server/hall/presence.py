"""Who is in the hall.

Rule (invariant 17): presence is a lease that the seat's connection renews, with 30 seconds of
grace after it is gone; comings and goings are journaled by name, many in one entry. The operator
may correct a Member's presence, with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from server.assembly.assembly import codes_of, member_by_code
from server.assembly.changes import PROXY_ENDED, PROXY_GIVEN, ROLL_CHANGED
from server.assembly.remembered import remembered
from server.hall.desk import BadField, Desk, Refusal
from server.hall.ledger import Plan, Refused
from server.hall.state import (
    PRESENCE_ADJUSTED,
    PRESENCE_NOTED,
    HallState,
    assembly_of,
)
from server.ports import PRESENCE_GRACE_MS

RENEWAL_MS: Final = 5_000
"""How often a connected Member's lease is renewed."""

LEASE_MS: Final = PRESENCE_GRACE_MS + RENEWAL_MS + 2_500
"""How long a lease lasts from its renewal: whoever goes has all of the grace, even if its next turn
was near, and came later than the last because more are in the hall now."""

TOGETHER: Final = 500
"""The most leases that are renewed in one call: a longer one would hold up presses."""

ACTOR: Final = "server:presence"


async def renew(desk: Desk, online: Collection[str]) -> None:
    """Renew the leases of the connected Members, now. May raise StoreUnavailable."""
    for some in in_parts(online):
        await desk.box.lease_presence(some, LEASE_MS)


def in_parts(members: Collection[str]) -> list[Sequence[str]]:
    """As many as are renewed in one call, and always in one order: so a Member's turn comes once in
    a round, and not at the end of one and the beginning of the next."""
    ordered = sorted(members)
    return [ordered[first : first + TOGETHER] for first in range(0, len(ordered), TOGETHER)]


async def note(desk: Desk) -> bool:
    """Journal who came and who went since the last note; returns whether anybody did."""
    leased = await desk.box.present()

    def decide(state: HallState) -> Plan | Refused[None]:
        came, went = _moves(leased, codes_of(assembly_of(state)), state.arrived)
        if not came and not went:
            return Refused(None, state)
        payload: dict[str, object] = {"arrived": came, "left": went}
        return Plan((desk.event(PRESENCE_NOTED, None, ACTOR, payload),))

    outcome = await desk.ledger.record(decide)
    if isinstance(outcome, Refused):
        return False
    await desk.box.bump()
    return True


@remembered
def _moves(
    leased: frozenset[str], members: frozenset[str], arrived: frozenset[str]
) -> tuple[list[str], list[str]]:
    """Who came and who went. It is asked every second, and mostly about the same sets."""
    here = leased & members
    return sorted(here - arrived), sorted(arrived - here)


async def adjust(
    desk: Desk, actor: str, member: str, reason: str, *, present: bool
) -> Refusal | None:
    """Correct a Member's presence; it counts from the next announced ballot on.

    Who has come or gone by now is noted first, so that the correction is newer than that.
    """
    await note(desk)
    payload: dict[str, object] = {"member": member, "present": present, "reason": reason}
    return await about_member(desk, actor, member, PRESENCE_ADJUSTED, payload)


async def change_right(
    desk: Desk, actor: str, member: str, reason: str, *, suspended: bool
) -> Refusal | None:
    """Suspend or restore a Member's right to vote, from the next announced ballot on."""
    payload: dict[str, object] = {"member": member, "suspended": suspended, "reason": reason}
    return await about_member(desk, actor, member, ROLL_CHANGED, payload)


async def give_proxy(
    desk: Desk, actor: str, member: str, holder: str | None, reason: str
) -> Refusal | None:
    """Have another Member vote for this one from the next announced ballot on; None ends it."""

    def fault(state: HallState) -> BadField | None:
        assembly, most = assembly_of(state), desk.rulebook.proxies
        if holder is None:
            given = member in assembly.proxies
            return None if given else BadField("holder", f"{member} has given no proxy")
        if most == 0:
            return BadField("holder", "this rulebook knows no proxies")
        if holder == member or member_by_code(assembly, holder) is None:
            return BadField("holder", "name another Member by its code")
        if holder in assembly.proxies:
            to = assembly.proxies[holder]
            return BadField("holder", f"{holder} has given its own vote to {to}")
        if member in assembly.proxies.values():
            return BadField("holder", f"{member} votes for others; end those proxies first")
        held = sum(to == holder for giver, to in assembly.proxies.items() if giver != member)
        if held >= most:
            return BadField("holder", f"{holder} votes for {held} others, and may for {most}")
        return None

    kind = PROXY_ENDED if holder is None else PROXY_GIVEN
    payload: dict[str, object] = {"member": member, "reason": reason}
    if holder is not None:
        payload["holder"] = holder
    return await about_member(desk, actor, member, kind, payload, fault)


async def about_member(
    desk: Desk,
    actor: str,
    member: str,
    kind: str,
    payload: dict[str, object],
    fault: Callable[[HallState], BadField | None] = lambda _: None,
) -> Refusal | None:
    """Journal something about one Member, unless there is a fault in it."""

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        if member_by_code(assembly_of(state), member) is None:
            return Refused(BadField("member", f"no Member has the code {member}"), state)
        found = fault(state)
        if found is not None:
            return Refused(found, state)
        return Plan((desk.event(kind, None, actor, payload),))

    outcome = await desk.ledger.record(decide)
    if isinstance(outcome, Refused):
        return outcome.refusal
    await desk.box.bump()
    await desk.changed()
    return None
