"""Seats become accredited for secret ballots, and scrutineers sign who is.

Rule: a seat registers the public half of a credential that it made, with a proof that it knows the
other half; it counts from the next announcement on. What is announced freezes the credentials
of the present Members, and the ballot opens when enough scrutineers have signed exactly that
list for exactly that election: nobody can add a voter afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.assembly.roll import RightToVote, Roll
from server.ballots.events import BallotEvent
from server.ballots.life import Announced, Ballot, Open, Suspended
from server.ballots.question import Question
from server.ballots.secret import Secret
from server.hall.ceremony import THRESHOLD
from server.hall.desk import (
    BadField,
    Desk,
    Done,
    NotReady,
    Refusal,
    UnknownBallot,
    find,
    not_allowed,
    refused,
)
from server.hall.ledger import Plan, Refused
from server.hall.recording import record
from server.hall.state import CREDENTIAL_REGISTERED, HallState, assembly_of, election_key
from server.ports import CommandKey
from server.record.sealed import asked_in_secret, signing_key_of
from server.secrecy.credential import accreditation_holds, credentials_text
from server.secrecy.election import election_text, read_election, uuid_from
from server.secrecy.trustee import list_signature_holds
from server.vocabulary import Mode


@dataclass(frozen=True, slots=True)
class Registration:
    """What a seat registers: the public half of its credential, and the proof."""

    member: str
    seat: str
    public: str
    proof: str


async def register_credentials(desk: Desk, asked: Sequence[Registration]) -> list[BadField | None]:
    """Take seats' public credentials in one append. May raise StoreUnavailable. Idempotent.

    A credential that is another Member's already, or is given twice, accredits nobody else.
    """
    hall = desk.ledger.state.hall
    holds = [accreditation_holds(each.public, each.proof, hall, each.member) for each in asked]
    sound = [each for each, ok in zip(asked, holds, strict=True) if ok]

    def decide(now: HallState) -> Plan | Refused[None]:
        events = []
        credentials = dict(now.credentials)
        for each in sound:
            if each.public in credentials.values():
                continue
            credentials[each.member] = each.public
            payload: dict[str, object] = {
                "member": each.member,
                "seat": each.seat,
                "public": each.public,
            }
            events.append(desk.event(CREDENTIAL_REGISTERED, None, f"seat:{each.seat}", payload))
        return Plan(tuple(events)) if events else Refused(None, now)

    outcome = await desk.ledger.record(decide)
    held = outcome.state.credentials
    if not isinstance(outcome, Refused):
        await desk.box.bump()
        await desk.changed()
    return [
        (_UNPROVED if not ok else None if held.get(each.member) == each.public else _TAKEN)
        for each, ok in zip(asked, holds, strict=True)
    ]


_UNPROVED = BadField("proof", "does not show that the seat knows the secret of `public`")
_TAKEN = BadField("public", "another Member's seat has this credential; make a new one")


def objection_to_secret(state: HallState, roll: Roll) -> NotReady | None:
    """What keeps a secret ballot from being announced, or None."""
    if election_key(state) is None:
        return NotReady(
            "no_key", "the scrutineers have not made the key yet: hold the key ceremony first"
        )
    if not _accredited(state, roll):
        return NotReady(
            "nobody_accredited",
            "no present Member's seat has registered for secret ballots: see that seats are on",
        )
    return None


def secret_of(state: HallState, question: Question, roll: Roll, lot: str) -> Secret | None:
    """What a secret ballot that is announced now freezes; None for any other ballot.

    Nothing stands against it: see `objection_to_secret`. `lot` is fresh randomness as hex.
    """
    if question.mode is not Mode.SECRET:
        return None
    keys = election_key(state)
    assert keys is not None, "the objection looked"  # noqa: S101  # by objection_to_secret
    accredited = _accredited(state, roll)
    language = assembly_of(state).languages[0]
    return Secret(
        election=election_text(
            uuid=uuid_from(lot),
            name=assembly_of(state).name[language],
            description=question.document or "",
            public_key=keys.public_key,
            question=asked_in_secret(question, language),
        ),
        trustees=keys.trustees,
        credentials=credentials_text(list(accredited.values())),
        accredited=accredited,
        scrutineers=keys.scrutineers,
        needed=THRESHOLD,
        began=0,
        signatures={},
        refused={},
        shares=(),
        result=None,
    )


async def sign_list(
    desk: Desk, scrutineer: str, ballot: str, signature: str, key: CommandKey | None
) -> Done | Refusal:
    """A scrutineer signs who may vote. Idempotent. May raise StoreUnavailable."""
    state = await desk.ledger.catch_up()
    held = state.ballots.get(ballot)
    if held is not None and held.secret is not None and scrutineer in held.secret.signatures:
        return Done(held, state)

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        found = find(state, ballot)
        if isinstance(found, UnknownBallot):
            return refused(found, state)
        secret = found.secret
        if secret is None or not isinstance(found.state, Announced | Open | Suspended):
            return refused(not_allowed(found, None), state)
        objection = _objection_to_signature(found, secret, scrutineer, signature)
        if objection is not None:
            return refused(objection, state)
        payload: dict[str, object] = {"scrutineer": scrutineer, "signature": signature}
        actor = f"scrutineer:{scrutineer}"
        event = desk.event(BallotEvent.LIST_SIGNED.value, ballot, actor, payload)
        return Plan((event,), unique=f"signed:{ballot}:{scrutineer}")

    return await record(desk, ballot, decide, key)


def _objection_to_signature(
    ballot: Ballot, secret: Secret, scrutineer: str, signature: str
) -> BadField | None:
    trustee = secret.trustee(scrutineer)
    if trustee is None:
        return BadField("scrutineer", "you are not among the scrutineers who made this key")
    fingerprint = read_election(secret.election).fingerprint
    key = signing_key_of(secret, trustee)
    if not list_signature_holds(key, fingerprint, secret.credentials, signature):
        return BadField("signature", "does not hold for this list, this ballot and your key")
    return None


def _accredited(state: HallState, roll: Roll) -> dict[str, str]:
    """The present Members who may vote and whose seats are accredited, in the order of codes."""
    may_vote = {
        entry.member
        for entry in roll.entries
        if entry.present and entry.status is RightToVote.ENTITLED
    }
    return {
        member: state.credentials[member]
        for member in sorted(may_vote)
        if member in state.credentials
    }
