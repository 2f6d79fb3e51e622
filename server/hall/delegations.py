"""Several delegates sit for a Member, one of them votes.

Rule: a delegation may be named, and a hand-over then says by name who votes from now on, also while
a ballot is open: the Member has one vote, whoever of its delegates presses. Both are entries. The
operator and the certified record know the names, the public display does not.
"""

from __future__ import annotations

from server.assembly.assembly import member_by_code
from server.assembly.changes import DELEGATION_NAMED, VOTE_HANDED_OVER
from server.assembly.member import Delegate
from server.assembly.stored import delegates_as_json
from server.hall.desk import BadField, Desk, Refusal
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
        names = [] if found is None else [each.name for each in found.delegates]
        if not names:
            return BadField("delegate", f"nobody is named for {member}; name its delegation first")
        if delegate not in names:
            return BadField("delegate", f"not in the delegation of {member}: {', '.join(names)}")
        if found is not None and found.votes_by == delegate:
            return BadField("delegate", f"{delegate} votes for {member} already")
        return None

    payload: dict[str, object] = {"member": member, "delegate": delegate, "reason": reason}
    return await about_member(desk, actor, member, VOTE_HANDED_OVER, payload, fault)


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
