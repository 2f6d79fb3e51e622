"""What secret ballots rest on: the scrutineers' key ceremony."""

from __future__ import annotations

from typing import assert_never

from starlette.responses import Response

from server.api.endpoint import OPERATOR, SCRUTINEER, STAFF, Call, Endpoint, json_response
from server.api.problems import problem, refusal_problem
from server.hall.ceremony import THRESHOLD, Ceremony
from server.hall.desk import BadField, KeyReused
from server.hall.scrutiny import (
    CeremonyRefusal,
    GivenAlready,
    NoCeremony,
    NotAScrutineer,
    SecretBallotOnFloor,
    TooEarly,
    WrongMessage,
    begin,
    give,
)
from server.hall.state import HallState
from server.vocabulary import Role
from server.wire.scrutiny import (
    CeremonyInfo,
    CeremonyMessage,
    CeremonyRequest,
    SecrecyInfo,
)


async def show_secrecy(call: Call) -> Response:
    """The scrutineers, and the key ceremony with every message that was given."""
    return json_response(_told(await call.context.desk.ledger.catch_up()))


async def begin_ceremony(call: Call) -> Response:
    """Begin a key ceremony with three scrutineers. One that was begun before, finished or not, is
    given up with a `reason`; not while a secret ballot is undecided."""
    asked = call.body
    assert isinstance(asked, CeremonyRequest)  # noqa: S101  # the endpoint parsed it
    desk = call.context.desk
    done = await begin(desk, call.actor, asked.scrutineers, asked.reason, call.key())
    return await _answer(call, done, "begin_ceremony", 201)


async def give_message(call: Call) -> Response:
    """Give one's own certificate, polynomial or voutput. It is checked when it arrives; one that
    is wrong is refused as `wrong_message` and changes nothing. The same text again is accepted."""
    asked = call.body
    assert isinstance(asked, CeremonyMessage)  # noqa: S101  # the endpoint parsed it
    assert call.bearer is not None  # noqa: S101  # the endpoint asks for a token
    done = await give(
        call.context.desk,
        call.bearer.user or "",
        asked.ceremony,
        asked.step,
        asked.text,
        call.key(),
    )
    return await _answer(call, done, f"give_{asked.step.value}", 200)


def _told(state: HallState) -> SecrecyInfo:
    people = sorted(name for name, role in state.people.items() if role is Role.SCRUTINEER)
    ceremony = None if state.ceremony is None else _ceremony(state.ceremony)
    return SecrecyInfo(hall=state.hall, scrutineers=people, threshold=THRESHOLD, ceremony=ceremony)


def _ceremony(ceremony: Ceremony) -> CeremonyInfo:
    return CeremonyInfo(
        number=ceremony.number,
        scrutineers=list(ceremony.scrutineers),
        reason=ceremony.reason,
        step=ceremony.step,
        messages={step: dict(given) for step, given in ceremony.messages.items()},
        trustees=None if ceremony.keys is None else ceremony.keys.trustees,
        public_key=None if ceremony.keys is None else ceremony.keys.public_key,
    )


async def _answer(
    call: Call, done: HallState | CeremonyRefusal, name: str, status: int
) -> Response:
    if isinstance(done, HallState):
        return json_response(_told(done), status)
    refused = ceremony_problem(done)
    await call.context.refused_commands.note(call.context.desk, call.actor, "", name, code_of(done))
    return refused


def code_of(refusal: CeremonyRefusal) -> str:
    """The stable code of a refusal."""
    match refusal:
        case BadField():
            return "bad_field"
        case KeyReused():
            return "key_reused"
        case SecretBallotOnFloor():
            return "secret_undecided"
        case NoCeremony():
            return "no_such_ceremony"
        case NotAScrutineer():
            return "not_a_scrutineer"
        case TooEarly():
            return "too_early"
        case GivenAlready():
            return "given_already"
        case WrongMessage():
            return "wrong_message"
        case _:
            assert_never(refusal)


def ceremony_problem(refusal: CeremonyRefusal) -> Response:
    """The problem that tells a refusal."""
    code = code_of(refusal)
    match refusal:
        case BadField() | KeyReused():
            return refusal_problem(refusal)
        case SecretBallotOnFloor(ballot=ballot):
            return problem(
                409,
                code,
                "A secret ballot is undecided",
                f"Ballot {ballot} is encrypted to the keys of the ceremony before: two of its "
                "scrutineers open it. Declare it, or cancel it, and begin again then.",
            )
        case NoCeremony(latest=None):
            return problem(
                409, code, "There is no ceremony", "The operator has to begin the ceremony first."
            )
        case NoCeremony(latest=latest):
            return problem(
                409,
                code,
                "That ceremony is over",
                f"The ceremony was begun again: its number is {latest}. Read it, and start anew.",
            )
        case NotAScrutineer(scrutineer=scrutineer):
            return problem(
                403,
                code,
                "Not a scrutineer of this ceremony",
                f"{scrutineer} is not one of the three whom the operator has named.",
            )
        case TooEarly(step=step, before=before, waiting=waiting):
            return problem(
                409,
                code,
                "Others come first",
                f"A {step} is taken when every {before} is there. Missing: {', '.join(waiting)}.",
            )
        case GivenAlready(scrutineer=scrutineer, step=step):
            return problem(
                409,
                code,
                "Given already",
                f"The hall has another {step} of {scrutineer}. If its file is lost, ask the "
                "operator to begin the ceremony again.",
            )
        case WrongMessage(scrutineer=scrutineer, step=step, fault=fault):
            return problem(
                422, code, "The message does not hold", f"The {step} of {scrutineer}: {fault}."
            )
        case _:
            assert_never(refusal)


ENDPOINTS = (
    Endpoint(
        "GET",
        "/api/v1/secrecy",
        "The scrutineers and their key ceremony",
        STAFF,
        show_secrecy,
        gives=SecrecyInfo,
    ),
    Endpoint(
        "POST",
        "/api/v1/secrecy/ceremony",
        "Begin a key ceremony",
        OPERATOR,
        begin_ceremony,
        CeremonyRequest,
        SecrecyInfo,
        201,
        commands=True,
    ),
    Endpoint(
        "POST",
        "/api/v1/secrecy/ceremony/messages",
        "Give one's message of the key ceremony",
        SCRUTINEER,
        give_message,
        CeremonyMessage,
        SecrecyInfo,
        commands=True,
    ),
)
