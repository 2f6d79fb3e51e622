"""Scrutineers open the tally of a closed secret ballot.

Rule: each share is checked on arrival, so a wrong one is refused and its sender told; what is
journaled holds. The last share that is needed opens the tally in the same append. A ballot that
is cancelled or void stays sealed: nobody is asked for a share of it.
"""

from __future__ import annotations

import asyncio

from server.ballots.events import BallotEvent
from server.ballots.life import Closed
from server.ballots.secret import Secret
from server.ballots.tellers import tally_payload
from server.hall.desk import (
    BadField,
    Desk,
    Done,
    Refusal,
    UnknownBallot,
    find,
    not_allowed,
    refused,
)
from server.hall.ledger import Plan, Refused
from server.hall.recording import record
from server.hall.state import HallState
from server.ports import CommandKey
from server.record.sealed import check_share, open_with, tally_from, tally_in
from server.secrecy.archive import Decryption
from server.secrecy.notation import Malformed


async def give_share(
    desk: Desk, scrutineer: str, ballot: str, text: str, key: CommandKey | None
) -> Done | Refusal:
    """A scrutineer gives the partial decryption of the tally. Idempotent.

    May raise StoreUnavailable.
    """
    state = await desk.ledger.catch_up()
    held = state.ballots.get(ballot)
    if held is not None and held.secret is not None:
        if _has_given(held.secret, scrutineer):
            return Done(held, state)
        if isinstance(held.state, Closed):
            # A large hall's tally takes seconds: it is worked out beside the loop, and remembered.
            await asyncio.to_thread(tally_in, held.secret.election, _texts(held.state))

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        found = find(state, ballot)
        if isinstance(found, UnknownBallot):
            return refused(found, state)
        secret = found.secret
        if secret is None or not isinstance(found.state, Closed) or secret.result is not None:
            return refused(not_allowed(found, None), state)
        trustee = secret.trustee(scrutineer)
        if trustee is None:
            return refused(_STRANGER, state)
        share = Decryption(trustee, text)
        tally = tally_in(secret.election, _texts(found.state))
        actor = f"scrutineer:{scrutineer}"
        try:
            check_share(secret, tally, share)
        except Malformed as error:
            remedy = f"scrutineer {scrutineer}'s decryption does not hold: {error}"
            return refused(BadField("text", remedy), state)
        given: dict[str, object] = {"trustee": trustee, "text": text}
        events = [desk.event(BallotEvent.SHARE_GIVEN.value, ballot, actor, given)]
        shares = (*_held(secret), share)
        if len(shares) >= secret.needed:
            opened = open_with(secret, tally, shares)
            count = tally_payload(tally_from(opened, found.question.choices))
            told: dict[str, object] = {"result": opened.text, "tally": count}
            events.append(desk.event(BallotEvent.OPENED_TALLY.value, ballot, actor, told))
        return Plan(tuple(events), unique=f"share:{ballot}:{trustee}")

    return await record(desk, ballot, decide, key)


_STRANGER = BadField("scrutineer", "you are not among the scrutineers who made this key")


def _texts(closed: Closed) -> tuple[str, ...]:
    return tuple(each.text for each in closed.closure.sealed)


def _held(secret: Secret) -> tuple[Decryption, ...]:
    return tuple(Decryption(each.trustee, each.text) for each in secret.shares)


def _has_given(secret: Secret, scrutineer: str) -> bool:
    return secret.trustee(scrutineer) in {each.trustee for each in secret.shares}
