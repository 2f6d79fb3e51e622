"""The use cases of the key ceremony: the operator begins it, each scrutineer gives messages.

Rule: a message is taken from its scrutineer only, for the latest ceremony only, in the order of
the steps, and only if the arithmetic holds; one that is wrong changes nothing and names who sent
it. The same text again is no second message: a program that died after sending sends it again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from server.ballots.life import phase_of
from server.ballots.transitions import ON_THE_FLOOR
from server.hall.ceremony import (
    CEREMONY_BEGUN,
    CEREMONY_FINISHED,
    CEREMONY_MESSAGE,
    SCRUTINEERS,
    THRESHOLD,
    Ceremony,
    with_message,
)
from server.hall.desk import BadField, Desk, KeyReused
from server.hall.ledger import Plan, Refused
from server.hall.state import HallState
from server.ports import CommandKey, SeenCommand
from server.ports import KeyReused as KeySeenReused
from server.secrecy.ceremony import (
    TrusteeFault,
    read_dealing,
    read_trustees,
    read_verification_key,
    trustees_text,
)
from server.secrecy.notation import Malformed
from server.secrecy.trustee import Place, read_certificate
from server.vocabulary import CeremonyStep, Mode, Phase, Role

ACTOR: Final = "server:ceremony"

_UNDECIDED: Final = ON_THE_FLOOR | {Phase.CLOSED}
"""The phases in which a secret ballot has yet to be opened by the keys that it was encrypted to."""


@dataclass(frozen=True, slots=True)
class Stands:
    """The hall has this very message already."""


@dataclass(frozen=True, slots=True)
class Outrun:
    """Others gave their messages meanwhile, so that this one has become the last."""


@dataclass(frozen=True, slots=True)
class SecretBallotOnFloor:
    """A secret ballot is before the assembly: its keys stay until it is over."""

    ballot: str


@dataclass(frozen=True, slots=True)
class NoCeremony:
    """There is no ceremony of this number to take part in; `latest` is the one there is."""

    latest: int | None


@dataclass(frozen=True, slots=True)
class NotAScrutineer:
    """Another three hold this ceremony."""

    scrutineer: str


@dataclass(frozen=True, slots=True)
class TooEarly:
    """The step before is not complete: these have still to take it."""

    step: CeremonyStep
    before: CeremonyStep
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenAlready:
    """The scrutineer has given another message for this step."""

    scrutineer: str
    step: CeremonyStep


@dataclass(frozen=True, slots=True)
class WrongMessage:
    """The message does not hold; `fault` says what is wrong with it."""

    scrutineer: str
    step: CeremonyStep
    fault: str


CeremonyRefusal = (
    BadField
    | KeyReused
    | SecretBallotOnFloor
    | NoCeremony
    | NotAScrutineer
    | TooEarly
    | GivenAlready
    | WrongMessage
)

Decide = Callable[[HallState], Plan | Refused[CeremonyRefusal | Stands | Outrun]]


async def begin(
    desk: Desk,
    actor: str,
    scrutineers: Sequence[str],
    reason: str | None,
    key: CommandKey | None,
) -> HallState | CeremonyRefusal:
    """Begin a ceremony; the keys of an earlier one are no longer used for new ballots.

    May raise StoreUnavailable.
    """
    before = await _done_before(desk, key)
    if before is not None:
        return before

    def decide(state: HallState) -> Plan | Refused[CeremonyRefusal | Stands | Outrun]:
        objection = _objection_to_begin(state, scrutineers, reason)
        if objection is not None:
            return Refused(objection, state)
        payload: dict[str, object] = {"scrutineers": list(scrutineers), "reason": reason}
        return Plan((desk.event(CEREMONY_BEGUN, None, actor, payload),))

    outcome = await _recorded(desk, decide, key)
    assert not isinstance(outcome, Outrun), "messages only can be outrun"  # noqa: S101  # see decide
    return outcome


async def give(
    desk: Desk,
    scrutineer: str,
    number: int,
    step: CeremonyStep,
    text: str,
    key: CommandKey | None,
) -> HallState | CeremonyRefusal:
    """Take a scrutineer's own message; the last one makes the keys. May raise StoreUnavailable."""
    before = await _done_before(desk, key)
    if before is not None:
        return before
    while True:
        state = await desk.ledger.catch_up()
        taking = _taking(state, scrutineer, number, step, text)
        if isinstance(taking, Stands):
            return state
        if not isinstance(taking, Ceremony):
            return taking
        # A tenth of a second of arithmetic would hold up a hall that votes. Nothing that it reads
        # can change, but for the messages of this step: then it is done once more.
        checked = await asyncio.to_thread(_checked, taking, scrutineer, step, text)
        if isinstance(checked, WrongMessage):
            return checked
        outcome = await _recorded(desk, _giving(desk, number, checked), key)
        if not isinstance(outcome, Outrun):
            return outcome


@dataclass(frozen=True, slots=True)
class _Message:
    """A message that holds, and, if it is the last one, the keys that it makes."""

    scrutineer: str
    step: CeremonyStep
    text: str
    makes: dict[str, object] | None


def _giving(desk: Desk, number: int, message: _Message) -> Decide:
    def decide(state: HallState) -> Plan | Refused[CeremonyRefusal | Stands | Outrun]:
        scrutineer, step = message.scrutineer, message.step
        ceremony = _taking(state, scrutineer, number, step, message.text)
        if not isinstance(ceremony, Ceremony):
            return Refused(ceremony, state)
        payload = _payload(number, scrutineer, step, message.text)
        actor = f"{Role.SCRUTINEER.value}:{scrutineer}"
        given = desk.event(CEREMONY_MESSAGE, None, actor, payload)
        if with_message(ceremony, payload).step is not None:
            return Plan((given,))
        if message.makes is None:
            return Refused(Outrun(), state)
        return Plan((given, desk.event(CEREMONY_FINISHED, None, ACTOR, message.makes)))

    return decide


def _checked(
    ceremony: Ceremony, scrutineer: str, step: CeremonyStep, text: str
) -> _Message | WrongMessage:
    try:
        _check(ceremony, scrutineer, step, text)
    except TrusteeFault as fault:
        return WrongMessage(scrutineer, step, fault.what)
    except Malformed as fault:
        return WrongMessage(scrutineer, step, str(fault))
    after = with_message(ceremony, _payload(ceremony.number, scrutineer, step, text))
    makes = _made_keys(after) if after.step is None else None
    return _Message(scrutineer, step, text, makes)


def _check(ceremony: Ceremony, scrutineer: str, step: CeremonyStep, text: str) -> None:
    """Raises Malformed or TrusteeFault."""
    trustee = ceremony.trustee(scrutineer)
    assert trustee is not None, "it was taken from one of the three"  # noqa: S101  # by _taking
    match step:
        case CeremonyStep.CERTIFICATE:
            place = Place(trustee, SCRUTINEERS, THRESHOLD)
            if read_certificate(text).place != place:
                raise Malformed(
                    f"certificate.context: it has to be trustee {trustee} of {SCRUTINEERS}, "
                    f"{THRESHOLD} of whom suffice"
                )
        case CeremonyStep.POLYNOMIAL:
            read_dealing(ceremony.texts(CeremonyStep.CERTIFICATE), trustee, text)
        case CeremonyStep.VOUTPUT:
            certificates = ceremony.texts(CeremonyStep.CERTIFICATE)
            dealings = ceremony.texts(CeremonyStep.POLYNOMIAL)
            read_verification_key(certificates, dealings, trustee, text)
        case _:
            assert_never(step)


def _made_keys(ceremony: Ceremony) -> dict[str, object]:
    text = trustees_text(*(ceremony.texts(step) for step in CeremonyStep))
    trustees = read_trustees(text)
    return {
        "ceremony": ceremony.number,
        "trustees": text,
        "public_key": trustees.public_key,
        "signature_keys": [str(each) for each in trustees.signing_keys],
    }


def _payload(number: int, scrutineer: str, step: CeremonyStep, text: str) -> dict[str, object]:
    return {"ceremony": number, "scrutineer": scrutineer, "step": step.value, "text": text}


def _objection_to_begin(
    state: HallState, scrutineers: Sequence[str], reason: str | None
) -> CeremonyRefusal | None:
    if len(set(scrutineers)) != SCRUTINEERS or len(scrutineers) != SCRUTINEERS:
        return BadField("scrutineers", f"name {SCRUTINEERS} different people")
    for name in scrutineers:
        if state.people.get(name) is not Role.SCRUTINEER:
            return BadField(
                "scrutineers", f"{name!r} is no scrutineer: add the person with this role first"
            )
    if state.ceremony is not None and not reason:
        return BadField("reason", "say why the ceremony is held again")
    for ballot in state.ballots.values():
        if ballot.question.mode is Mode.SECRET and phase_of(ballot.state) in _UNDECIDED:
            return SecretBallotOnFloor(ballot.id)
    return None


def _taking(
    state: HallState, scrutineer: str, number: int, step: CeremonyStep, text: str
) -> Ceremony | Stands | CeremonyRefusal:
    """The ceremony as it takes this message, or why it does not."""
    ceremony = state.ceremony
    if ceremony is None or ceremony.number != number:
        return NoCeremony(None if ceremony is None else ceremony.number)
    if scrutineer not in ceremony.scrutineers:
        return NotAScrutineer(scrutineer)
    given = ceremony.messages.get(step, {}).get(scrutineer)
    if given is not None:
        return Stands() if given == text else GivenAlready(scrutineer, step)
    for before in CeremonyStep:
        if before is step:
            break
        if waiting := ceremony.missing(before):
            return TooEarly(step, before, waiting)
    return ceremony


async def _done_before(desk: Desk, key: CommandKey | None) -> HallState | KeyReused | None:
    if key is None:
        return None
    match await desk.ledger.journal.seen(key):
        case None:
            return None
        case KeySeenReused():
            return KeyReused()
        case SeenCommand():
            return await desk.ledger.catch_up()


async def _recorded(
    desk: Desk, decide: Decide, key: CommandKey | None
) -> HallState | CeremonyRefusal | Outrun:
    outcome = await desk.ledger.record(decide, key)
    if isinstance(outcome, Refused):
        return outcome.state if isinstance(outcome.refusal, Stands) else outcome.refusal
    await desk.box.bump()
    await desk.changed()
    return outcome.state
