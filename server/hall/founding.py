"""The first entry of a hall's journal.

Rule: a hall is founded once; who it is, its assembly and its public key are in the first entry,
so that a record says all that its verification needs.
"""

from __future__ import annotations

from server.assembly.assembly import Assembly
from server.assembly.stored import as_json
from server.hall.ledger import Ledger, Plan, Refused
from server.hall.state import HALL_CREATED, HallState
from server.ports import Clock, Ids
from server.record.entry import Event

ACTOR = "server:founding"


class FoundingRefused(Exception):
    """The journal belongs to another key."""


async def found(
    ledger: Ledger, clock: Clock, ids: Ids, assembly: Assembly, public_key: str
) -> HallState:
    """Read the journal; begin it if it is empty. May raise StoreUnavailable, FoundingRefused."""
    state = await ledger.catch_up()
    if state.head.seq == 0:

        def decide(now: HallState) -> Plan | Refused[None]:
            if now.head.seq != 0:
                return Refused(None, now)  # another server was first
            payload: dict[str, object] = {
                "hall": "hall-" + ids.incarnation(),
                "assembly": as_json(assembly),
                "rulebook": {"name": assembly.rulebook},
                "public_key": public_key,
            }
            return Plan((Event(HALL_CREATED, None, ACTOR, clock.now_ms(), payload),))  # type: ignore[arg-type]  # JSON by construction

        state = (await ledger.record(decide)).state
    if state.public_key != public_key:
        raise FoundingRefused(
            "the journal was signed by another key: put the hall's signing-key.pem back into "
            "the data directory"
        )
    return state
