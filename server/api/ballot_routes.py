"""Ballots: prepare, command, read."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from server.api.context import Context
from server.api.endpoint import EVERY_ROLE, OPERATOR, STAFF, Call, Endpoint, json_response
from server.api.photo_routes import unknown_photo
from server.api.problems import code_of, forbidden, problem, refusal_problem
from server.ballots.life import Ballot, Draft, InDoubt, Open, Prepared, Suspended, phase_of
from server.ballots.procedure import in_order
from server.ballots.question import Title
from server.ballots.transitions import allowed
from server.hall.ask import Ask
from server.hall.desk import Done, Refusal, UnknownBallot, find
from server.hall.operate import approve, operate, refuse_approval
from server.hall.prepare import Proposal, adopt_without_vote, prepare, revise
from server.hall.standing_for import Nominee
from server.hall.state import assembly_of
from server.live.console_view import pending_view, summary
from server.live.projection import ballot_view
from server.ports import BoxState
from server.vocabulary import Command, Role
from server.wire.http import (
    AdoptRequest,
    ApprovalRequest,
    BallotList,
    BallotResponse,
    CommandBody,
    NewBallot,
    NewCandidate,
    PartialTexts,
)


async def create(call: Call) -> Response:
    """Prepare a ballot."""
    asked = call.body
    assert isinstance(asked, NewBallot)  # noqa: S101  # the endpoint parsed it
    unknown = await unknown_photo(call, asked.candidates)
    if unknown is not None:
        return unknown
    done = await prepare(call.context.desk, call.actor, _proposal(asked), call.key())
    return await answer(call, done, "prepare", 201)


async def change(call: Call) -> Response:
    """Revise a ballot that is not before the assembly yet."""
    asked = call.body
    assert isinstance(asked, NewBallot)  # noqa: S101  # the endpoint parsed it
    unknown = await unknown_photo(call, asked.candidates)
    if unknown is not None:
        return unknown
    done = await revise(call.context.desk, call.actor, _id(call), _proposal(asked), call.key())
    return await answer(call, done, "revise", 200)


async def adopt(call: Call) -> Response:
    """Adopt an agenda item without a vote."""
    asked = call.body
    assert isinstance(asked, AdoptRequest)  # noqa: S101  # the endpoint parsed it
    unknown = await unknown_photo(call, asked.candidates)
    if unknown is not None:
        return unknown
    done = await adopt_without_vote(
        call.context.desk,
        call.actor,
        str(call.request.path_params["number"]),
        None if asked.title is None else _title(asked.title),
        asked.reason,
        call.key(),
        _nominees(asked.candidates),
        asked.region,
    )
    return await answer(call, done, "adopt", 201)


async def command(call: Call) -> Response:
    """Carry out a command on a ballot."""
    asked = call.body
    assert isinstance(asked, CommandBody)  # noqa: S101  # the endpoint parsed it
    unknown = await unknown_photo(call, asked.candidates or [])
    if unknown is not None:
        return unknown
    name = str(call.request.path_params["command"])
    if name not in _COMMANDS:
        known = ", ".join(Command)
        return problem(404, "unknown_command", "Unknown command", f"Commands are: {known}.")
    if not _may(call, Command(name)):
        return forbidden("" if call.bearer is None else call.bearer.role.value)
    ask = Ask(
        Command(name),
        reason=asked.reason,
        seconds=asked.seconds,
        text=asked.text,
        member=asked.member,
        intention=asked.intention,
        counts=asked.counts,
        choice=asked.choice,
        mode=asked.mode,
        start=asked.start,
        language=asked.language,
        withdrawn=asked.withdrawn,
        drawn=asked.drawn,
        witnesses=asked.witnesses,
        names=asked.names,
        candidates=None if asked.candidates is None else _nominees(asked.candidates),
    )
    done = await operate(call.context.desk, call.actor, _id(call), ask, call.key())
    held = isinstance(done, Done) and done.ballot.pending is not None
    return await answer(call, done, name, 202 if held else 200)


def _may(call: Call, command: Command) -> bool:
    """Whether the caller's role may give this command; who certifies is the assembly's setting."""
    if call.bearer is not None and call.bearer.role is Role.OPERATOR:
        settings = assembly_of(call.context.desk.ledger.state).settings
        return command is not Command.CERTIFY or settings.operator_may_certify
    return command.value in _TELLERS or command is Command.CERTIFY


async def approval(call: Call) -> Response:
    """A second person approves or refuses what waits."""
    asked = call.body
    assert isinstance(asked, ApprovalRequest)  # noqa: S101  # the endpoint parsed it
    desk, key = call.context.desk, call.key()
    if asked.approve:
        done = await approve(desk, call.actor, _id(call), key)
    else:
        done = await refuse_approval(desk, call.actor, _id(call), asked.reason, key)
    return await answer(call, done, "approval", 200)


async def show_all(call: Call) -> Response:
    """All ballots, in a line each."""
    context = call.context
    state = await context.desk.ledger.catch_up()
    rows = [
        summary(context.wording, ballot)
        for ballot in in_order(state.ballots)
        if _is_shown_to(call, ballot)
    ]
    return json_response(BallotList(ballots=rows))


async def show(call: Call) -> Response:
    """One ballot as the hall may see it."""
    found = find(await call.context.desk.ledger.catch_up(), _id(call))
    if isinstance(found, UnknownBallot):
        return refusal_problem(found)
    if not _is_shown_to(call, found):
        return refusal_problem(UnknownBallot(found.id))
    return json_response(await ballot_response(call.context, found, staff=_is_staff(call)))


def _is_shown_to(call: Call, ballot: Ballot) -> bool:
    """Whether the caller may know of the ballot: what is in preparation is the staff's."""
    return _is_staff(call) or not isinstance(ballot.state, Draft | Prepared)


async def ballot_response(
    context: Context, ballot: Ballot, *, staff: bool = False
) -> BallotResponse:
    """A ballot with the commands that are allowed now, its view from the newest snapshot."""
    snapshot = context.hub.snapshot()
    is_newer = False
    if isinstance(ballot.state, Open | Suspended | InDoubt):
        # After the close nothing in a box changes any more.
        box = await context.desk.box.state(ballot.id)
        is_newer = isinstance(box, BoxState) and (
            snapshot.box is None
            or snapshot.box.ballot != ballot.id
            or snapshot.box.revision < box.revision
        )
    if is_newer or snapshot.state.head.seq < context.desk.ledger.state.head.seq:
        await context.tending.refresh()
        snapshot = context.hub.snapshot()
    question = ballot.question
    before_the_assembly = not isinstance(ballot.state, Draft | Prepared)
    return BallotResponse(
        id=ballot.id,
        phase=phase_of(ballot.state),
        kind=question.kind,
        mode=question.mode,
        decision=question.decision,
        disclosure=question.disclosure,
        title=PartialTexts(
            en=question.title.en,
            fr=question.title.fr,
            es=question.title.es,
            ar=question.title.ar,
        ),
        document=question.document,
        item=question.item,
        missing=list(ballot.state.missing) if isinstance(ballot.state, Draft) else [],
        allowed=list(allowed(ballot)),
        seconds=question.seconds,
        auto_close=question.auto_close,
        revocable=question.revocable,
        test=question.test,
        view=ballot_view(context.wording, snapshot, ballot) if before_the_assembly else None,
        reruns=ballot.reruns,
        candidates=context.wording.candidates(question),
        places=question.places,
        names_per_ballot=question.names_per_ballot,
        round=question.round,
        election=question.election,
        tie_ballot=question.is_tie_ballot,
        region=question.region,
        asked=question.asked,
        part_of=question.part_of,
        part_order=question.part_order,
        matter=question.matter,
        pending=pending_view(ballot) if staff else None,
    )


async def answer(call: Call, done: Done | Refusal, name: str, status: int) -> Response:
    """The ballot as it stands now, or the problem; a refusal is journaled."""
    if isinstance(done, Done):
        shown = await ballot_response(call.context, done.ballot, staff=_is_staff(call))
        return json_response(shown, status)
    await call.context.refused_commands.note(
        call.context.desk,
        call.actor,
        str(call.request.path_params.get("id", "")),
        name,
        code_of(done),
    )
    return refusal_problem(done)


def _is_staff(call: Call) -> bool:
    return call.bearer is not None and call.bearer.role in STAFF


def _id(call: Call) -> str:
    return str(call.request.path_params["id"])


def _title(title: PartialTexts) -> Title:
    def kept(text: str | None) -> str | None:
        return (text or "").strip() or None

    return Title(kept(title.en), kept(title.fr), kept(title.es), kept(title.ar))


def _nominees(asked: Sequence[NewCandidate]) -> tuple[Nominee, ...]:
    return tuple(Nominee(each.id, _name(each.name), each.member, each.photo) for each in asked)


def _name(name: PartialTexts | str) -> Title:
    if isinstance(name, PartialTexts):
        return _title(name)
    return _title(PartialTexts(en=name, fr=name, es=name, ar=name))


def _proposal(asked: NewBallot) -> Proposal:
    return Proposal(
        title=_title(asked.title),
        kind=asked.kind,
        decision=asked.decision,
        mode=asked.mode,
        disclosure=asked.disclosure,
        document=asked.document,
        item=asked.item,
        seconds=asked.seconds,
        auto_close=asked.auto_close,
        revocable=asked.revocable,
        test=asked.test,
        candidates=_nominees(asked.candidates),
        order=asked.order,
        places=asked.places,
        names_per_ballot=asked.names_per_ballot,
        region=asked.region,
        asked=asked.asked,
        part_of=asked.part_of,
        part_order=asked.part_order,
        matter=asked.matter,
    )


_COMMANDS = frozenset(command.value for command in Command)
_TELLERS = frozenset({Command.HANDS.value, Command.PAPER.value})
"""What chair and scrutineers may enter too: the second count."""

ENDPOINTS = (
    Endpoint(
        "POST",
        "/api/v1/ballots",
        "Prepare a ballot",
        OPERATOR,
        create,
        NewBallot,
        BallotResponse,
        201,
        commands=True,
    ),
    Endpoint("GET", "/api/v1/ballots", "All ballots", EVERY_ROLE, show_all, gives=BallotList),
    Endpoint(
        "GET",
        "/api/v1/ballots/{id}",
        "A ballot as the hall may see it",
        EVERY_ROLE,
        show,
        gives=BallotResponse,
    ),
    Endpoint(
        "PUT",
        "/api/v1/ballots/{id}",
        "Revise a draft or prepared ballot",
        OPERATOR,
        change,
        NewBallot,
        BallotResponse,
        commands=True,
    ),
    Endpoint(
        "POST",
        "/api/v1/ballots/{id}/approval",
        "Approve or refuse what waits for a second person",
        STAFF,
        approval,
        ApprovalRequest,
        BallotResponse,
        commands=True,
    ),
    Endpoint(
        "POST",
        "/api/v1/ballots/{id}/{command}",
        "Command a ballot",
        STAFF,
        command,
        CommandBody,
        BallotResponse,
        commands=True,
    ),
    Endpoint(
        "POST",
        "/api/v1/agenda/{number}/adopt",
        "Adopt an agenda item without a vote",
        OPERATOR,
        adopt,
        AdoptRequest,
        BallotResponse,
        201,
        commands=True,
    ),
)
