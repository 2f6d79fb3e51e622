"""Members admitted to the assembly during a session, and Members who withdraw.

Rule: the roll is frozen in each ballot, so both count from the next announced ballot on; the total
of Members changes at once. An admission rests on the ballot that adopted it, where there is one.
Nobody withdraws while a ballot is before the assembly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from server.assembly.assembly import Assembly, member_by_code, seat_by_id, seats_of
from server.assembly.changes import MEMBER_ADMITTED, MEMBER_WITHDRAWN, admission_payload
from server.assembly.files import MEMBER_CODE, sort_keys_of
from server.assembly.member import TILE_LENGTH, Member
from server.assembly.seat import Seat
from server.assembly.texts import Texts
from server.ballots.life import result_of
from server.hall.access import token_hash
from server.hall.desk import BadField, Desk, HasTheFloor, Refusal, refused
from server.hall.ledger import Plan, Refused
from server.hall.state import HallState, assembly_of, on_the_floor
from server.ports import Credentials, SeatCredential
from server.vocabulary import Language, OutcomeKind


@dataclass(frozen=True, slots=True)
class Admission:
    """A Member as the operator enters it. `ballot` is the vote that admitted it.

    Without `tile` the name stands on small tiles too; without a region nobody could say in which
    election it takes part, so one is needed.
    """

    code: str
    region: str
    names: Texts
    tile: Texts | None
    ballot: str | None
    reason: str | None
    weights: Mapping[str, int] = field(default_factory=dict)


async def admit(desk: Desk, actor: str, asked: Admission) -> Member | Refusal:
    """Put a Member on the roll, with one seat. May raise StoreUnavailable."""
    member = Member(
        code=asked.code,
        region=asked.region,
        names=asked.names,
        tile=asked.tile or asked.names,
        sort_keys=sort_keys_of(asked.names),
        suspended=False,
        approved=True,
        weights=asked.weights,
    )

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        fault = _fault(state, asked, member)
        if fault is not None:
            return refused(fault, state)
        seats = (Seat(_free_seat(assembly_of(state), member.code), member.code),)
        payload = {
            **admission_payload(member, seats),
            "ballot": asked.ballot,
            "reason": asked.reason,
        }
        return Plan((desk.event(MEMBER_ADMITTED, None, actor, payload),))

    outcome = await desk.ledger.record(decide)
    if isinstance(outcome, Refused):
        return outcome.refusal
    await desk.box.bump()
    await desk.changed()
    return member


async def withdraw(
    desk: Desk,
    credentials: Credentials,
    actor: str,
    code: str,
    reason: str,
    end: Callable[[frozenset[str]], None],
) -> Refusal | None:
    """Take a Member off the roll; its seats' tokens work no more.

    `end` ends the connections of these seats; once the entry is written it is called, whatever
    fails then. May raise StoreUnavailable.
    """

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        assembly = assembly_of(state)
        if member_by_code(assembly, code) is None:
            return refused(BadField("member", f"no Member has the code {code}"), state)
        floor = on_the_floor(state)
        if floor is not None:
            return refused(HasTheFloor(floor.id), state)
        if len(assembly.members) == 1:
            return refused(BadField("member", "an assembly has one Member at least"), state)
        payload: dict[str, object] = {"member": code, "reason": reason}
        return Plan((desk.event(MEMBER_WITHDRAWN, None, actor, payload),))

    seats = tuple(seat.id for seat in seats_of(assembly_of(desk.ledger.state), code))
    outcome = await desk.ledger.record(decide)
    if isinstance(outcome, Refused):
        return outcome.refusal
    try:
        # A seat has one token at a time: a new one that nobody is told ends the others.
        await credentials.put_seat_tokens(
            [SeatCredential(seat, code, token_hash(desk.ids.token())) for seat in seats]
        )
        await desk.box.take_generations([code])
        await desk.box.bump()
        await desk.changed()
    finally:
        end(frozenset(seats))
    return None


def _fault(state: HallState, asked: Admission, member: Member) -> BadField | None:
    assembly = assembly_of(state)
    if MEMBER_CODE.fullmatch(member.code) is None:
        return BadField("code", "letters, digits, '-' and '_', 16 characters at most")
    if member_by_code(assembly, member.code) is not None:
        remedy = f"{member.code} is a Member already; its seat's code is issued under Devices"
        return BadField("code", remedy)
    regions = sorted({each.region for each in assembly.members})
    if member.region not in regions:
        return BadField("region", f"one of {', '.join(regions)}")
    for language in Language:
        if len(member.tile[language]) > TILE_LENGTH:
            remedy = f"give a short form of {TILE_LENGTH} characters at most"
            return BadField(f"tile.{language.value}", remedy)
    if asked.ballot is None:
        if not asked.reason:
            return BadField("reason", "say why, or name the `ballot` that admitted the Member")
        return None
    ballot = state.ballots.get(asked.ballot)
    result = None if ballot is None else result_of(ballot)
    if result is None or result.payload["result"]["outcome"] not in _ADMITS:
        return BadField("ballot", f"{asked.ballot!r} is no declared ballot that was adopted")
    return None


_ADMITS = frozenset({OutcomeKind.ADOPTED.value, OutcomeKind.CONSENSUS.value})


def _free_seat(assembly: Assembly, code: str) -> str:
    """The Member's code with a number that no seat has."""
    number = 1
    while seat_by_id(assembly, f"{code}-{number}") is not None:
        number += 1
    return f"{code}-{number}"
