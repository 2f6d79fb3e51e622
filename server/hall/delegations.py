"""Several delegates sit for a Member, one of them votes.

Rule: a delegation may be named, and a hand-over then says by name who votes; both from now on, also
while a ballot is open: the Member has one vote, whoever of its delegates presses. Both are entries.
The operator and the Member's own seat are shown the names, the public display and other seats are
not; the record of a ballot names who could vote in it, to whoever may read the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.assembly.assembly import member_by_code
from server.assembly.changes import DELEGATION_NAMED, VOTE_HANDED_OVER
from server.assembly.member import Delegate, Member
from server.assembly.stored import delegates_as_json
from server.hall.desk import BadField, Desk, Refusal
from server.hall.ledger import Plan, Refused
from server.hall.presence import about_member
from server.hall.state import HallState, assembly_of


async def name_delegation(
    desk: Desk, actor: str, member: str, delegates: tuple[Delegate, ...], reason: str
) -> Refusal | None:
    """Name a Member's delegation anew; its head votes until the vote is handed over.

    May raise StoreUnavailable.
    """
    fault = _fault_of(delegates)
    payload: dict[str, object] = {
        "member": member,
        "delegates": delegates_as_json(delegates),
        "reason": reason,
    }
    return await about_member(desk, actor, member, DELEGATION_NAMED, payload, lambda _: fault)


async def hand_over(
    desk: Desk, actor: str, member: str, delegate: str, reason: str | None
) -> Refusal | None:
    """This delegate votes for the Member from now on. May raise StoreUnavailable."""

    def fault(state: HallState) -> BadField | None:
        found = member_by_code(assembly_of(state), member)
        return None if found is None else _fault_in(found, delegate, found.votes_by)

    payload = _handed(member, delegate, reason)
    return await about_member(desk, actor, member, VOTE_HANDED_OVER, payload, fault)


@dataclass(frozen=True, slots=True)
class HandOver:
    """At this seat the Member's vote is handed over to a delegate."""

    member: str
    seat: str
    delegate: str


async def hand_over_at_seats(desk: Desk, asked: Sequence[HandOver]) -> list[BadField | None]:
    """Hand over the votes of seats' own Members, in one append; what is wrong with each.

    May raise StoreUnavailable.
    """
    faults: list[BadField | None] = []

    def decide(state: HallState) -> Plan | Refused[None]:
        faults.clear()
        assembly, handed, events = assembly_of(state), dict[str, str](), []
        for each in asked:
            found = member_by_code(assembly, each.member)
            if found is None:
                faults.append(BadField("member", f"no Member has the code {each.member}"))
                continue
            fault = _fault_in(found, each.delegate, handed.get(each.member, found.votes_by))
            faults.append(fault)
            if fault is None:
                handed[each.member] = each.delegate
                payload = _handed(each.member, each.delegate, None)
                events.append(desk.event(VOTE_HANDED_OVER, None, f"seat:{each.seat}", payload))
        return Plan(tuple(events)) if events else Refused(None, state)

    outcome = await desk.ledger.record(decide)
    if not isinstance(outcome, Refused):
        await desk.box.bump()
        await desk.changed()
    return faults


def _fault_in(member: Member, delegate: str, votes_by: str | None) -> BadField | None:
    names = [each.name for each in member.delegates]
    if not names:
        return BadField("delegate", f"nobody is named for {member.code}; name its delegation first")
    if delegate not in names:
        return BadField("delegate", f"not in the delegation of {member.code}: {', '.join(names)}")
    if delegate == votes_by:
        return BadField("delegate", f"{delegate} votes for {member.code} already")
    return None


def _handed(member: str, delegate: str, reason: str | None) -> dict[str, object]:
    return {"member": member, "delegate": delegate, "reason": reason}


def _fault_of(delegates: tuple[Delegate, ...]) -> BadField | None:
    names = [each.name for each in delegates]
    for n, name in enumerate(names):
        if not name:
            return BadField(f"delegates[{n}].name", "give the delegate's name")
        if name in names[:n]:
            return BadField(f"delegates[{n}].name", f"{name} is named twice; tell them apart")
    if sum(each.head for each in delegates) > 1:
        return BadField("delegates", "a delegation has one head")
    return None
