"""The assembly, its Members, their presence and right to vote, and the scene on air."""

from __future__ import annotations

import json
from functools import partial

from starlette.responses import Response

from server.api.endpoint import EVERY_ROLE, OPERATOR, STAFF, Call, Endpoint, json_response
from server.api.people_routes import told
from server.api.problems import problem, refusal_problem
from server.assembly.assembly import Assembly, item_by_number, seats_of
from server.assembly.member import Delegate, Member
from server.assembly.texts import Texts
from server.hall.access import issue_seats
from server.hall.admission import Admission, admit, withdraw
from server.hall.delegations import hand_over, name_delegation
from server.hall.desk import BadField, HasTheFloor, UnknownBallot
from server.hall.presence import adjust, change_right, give_proxy
from server.hall.state import Line, assembly_of
from server.live.console_view import line_view
from server.live.snapshot import OnAir
from server.live.tending import put_on_air
from server.locales.sentences import rule_sentence
from server.record.signer import fingerprint
from server.rules.elections.rule import ElectionRule
from server.vocabulary import Language, Scene
from server.wire import views
from server.wire.close_codes import CloseCode
from server.wire.console_views import (
    JournalLine,
)
from server.wire.http import (
    AdmitRequest,
    AdmittedMember,
    AgendaItemInfo,
    AssemblyInfo,
    DecisionInfo,
    DelegateInfo,
    DelegationRequest,
    HandOverRequest,
    MemberInfo,
    PresenceRequest,
    ProxyRequest,
    SceneRequest,
    VotingRightRequest,
    WithdrawRequest,
)


async def show_assembly(call: Call) -> Response:
    """The assembly, its agenda and the decision types of its rulebook."""
    desk = call.context.desk
    assembly = assembly_of(desk.ledger.state)
    decisions = [
        DecisionInfo(
            key=key,
            kind=decision.kind,
            label=views.Texts(**{each.value: decision.labels[each] for each in Language}),
            words=views.Texts(
                **rule_sentence(
                    desk.speech,
                    decision.rule,
                    {part.name: part.labels for part in decision.parts},
                ).as_json()
            ),
            disclosure=decision.disclosure,
            revocable=decision.revocable,
            matter=decision.matter,
            supported=True,
            places=decision.rule.places if isinstance(decision.rule, ElectionRule) else None,
            names_per_ballot=(
                decision.rule.names_per_ballot if isinstance(decision.rule, ElectionRule) else None
            ),
            places_by_region=dict(decision.conditions.places_by_region),
            new_candidates=decision.new_candidates,
        )
        for key, decision in desk.rulebook.decisions.items()
    ]
    return json_response(
        AssemblyInfo(
            id=assembly.id,
            name=views.Texts(**assembly.name.as_json()),
            languages=[language.value for language in assembly.languages],
            rulebook=assembly.rulebook,
            members=len(assembly.members),
            time_zone=assembly.settings.time_zone,
            digits=assembly.settings.digits.value,
            display_public=assembly.settings.display_public,
            fingerprint=fingerprint(desk.ledger.state.public_key),
            agenda=[
                AgendaItemInfo(
                    number=item.number,
                    title=views.Texts(**item.title.as_json()),
                    document=item.document,
                    decision=item.decision,
                    sitting=item.sitting,
                )
                for item in assembly.agenda
            ],
            decisions=decisions,
            proxies=desk.rulebook.proxies,
        )
    )


async def show_members(call: Call) -> Response:
    """The Members in the order of the board."""
    assembly = assembly_of(call.context.desk.ledger.state)
    staff = call.bearer is not None and call.bearer.role in STAFF
    infos = [_member_info(assembly, member, staff=staff) for member in assembly.members]
    body = "[" + ",".join(info.model_dump_json() for info in infos) + "]"
    return Response(body, media_type="application/json")


def _member_info(assembly: Assembly, member: Member, *, staff: bool) -> MemberInfo:
    """A Member as it is told; that its right is suspended, to the staff only."""
    return MemberInfo(
        code=member.code,
        region=member.region,
        name=views.Texts(**member.names.as_json()),
        tile=views.Texts(**member.tile.as_json()),
        sort_key=views.Texts(**member.sort_keys.as_json()),
        suspended=member.suspended and staff,
        approved=member.approved,
        seats=[seat.id for seat in seats_of(assembly, member.code)],
        weights=dict(member.weights),
        proxy=assembly.proxies.get(member.code),
        delegates=[DelegateInfo(name=each.name, head=each.head) for each in member.delegates]
        if staff
        else [],
        votes_by=member.votes_by if staff else None,
    )


async def admit_member(call: Call) -> Response:
    """Put a Member on the roll and issue its seat's token: one action after the admission."""
    context, asked = call.context, call.body
    assert isinstance(asked, AdmitRequest)  # noqa: S101  # the endpoint parsed it
    admission = Admission(
        code=asked.code,
        region=asked.region,
        names=Texts(**asked.name.model_dump()),
        tile=None if asked.tile is None else Texts(**asked.tile.model_dump()),
        ballot=asked.ballot,
        reason=asked.reason,
        weights=asked.weights,
    )
    member = await admit(context.desk, call.actor, admission)
    if not isinstance(member, Member):
        return refusal_problem(member)
    end = partial(context.hub.close_seats, code=CloseCode.REVOKED)
    issued = await issue_seats(context.desk, context.credentials, call.actor, (member.code,), end)
    if isinstance(issued, BadField):
        return refusal_problem(issued)
    assembly = assembly_of(context.desk.ledger.state)
    return json_response(
        AdmittedMember(
            member=_member_info(assembly, member, staff=True),
            tokens=told(call, issued, asked.qr),
        ),
        201,
    )


async def withdraw_member(call: Call) -> Response:
    """Take a Member off the roll; its seats stop at once."""
    context, asked = call.context, call.body
    assert isinstance(asked, WithdrawRequest)  # noqa: S101  # the endpoint parsed it
    code = _code(call)
    end = partial(context.hub.close_seats, code=CloseCode.REVOKED)
    refusal = await withdraw(context.desk, context.credentials, call.actor, code, asked.reason, end)
    if refusal is not None:
        return _done(refusal)
    context.neighbourhood.fenced(dict(await context.desk.box.generations((code,))), None)
    return Response(status_code=204)


async def set_presence(call: Call) -> Response:
    """Correct a Member's presence."""
    asked = call.body
    assert isinstance(asked, PresenceRequest)  # noqa: S101  # the endpoint parsed it
    refusal = await adjust(
        call.context.desk, call.actor, _code(call), asked.reason, present=asked.present
    )
    return _done(refusal)


async def set_proxy(call: Call) -> Response:
    """Have another Member vote for this one, or end that."""
    asked = call.body
    assert isinstance(asked, ProxyRequest)  # noqa: S101  # the endpoint parsed it
    desk = call.context.desk
    refusal = await give_proxy(desk, call.actor, _code(call), asked.holder, asked.reason)
    return _done(refusal)


async def set_delegation(call: Call) -> Response:
    """Name a Member's delegation anew."""
    asked = call.body
    assert isinstance(asked, DelegationRequest)  # noqa: S101  # the endpoint parsed it
    delegates = tuple(Delegate(each.name.strip(), each.head) for each in asked.delegates)
    desk = call.context.desk
    return _done(await name_delegation(desk, call.actor, _code(call), delegates, asked.reason))


async def set_voting(call: Call) -> Response:
    """Hand a Member's vote over to another of its delegates."""
    asked = call.body
    assert isinstance(asked, HandOverRequest)  # noqa: S101  # the endpoint parsed it
    desk, name = call.context.desk, asked.delegate.strip()
    return _done(await hand_over(desk, call.actor, _code(call), name, asked.reason))


async def set_right(call: Call) -> Response:
    """Suspend or restore a Member's right to vote."""
    asked = call.body
    assert isinstance(asked, VotingRightRequest)  # noqa: S101  # the endpoint parsed it
    refusal = await change_right(
        call.context.desk, call.actor, _code(call), asked.reason, suspended=asked.suspended
    )
    return _done(refusal)


async def set_scene(call: Call) -> Response:
    """Choose what the hall display shows."""
    asked = call.body
    assert isinstance(asked, SceneRequest)  # noqa: S101  # the endpoint parsed it
    assembly = assembly_of(call.context.desk.ledger.state)
    message: Texts | None = None
    if asked.message is not None:
        told = {each.value: getattr(asked.message, each.value) for each in Language}
        lacking = [language for language, text in told.items() if not text]
        if lacking:
            remedy = "a message needs all four languages"
            return refusal_problem(BadField(f"message.{lacking[0]}", remedy))
        message = Texts(**told)
    if asked.scene is Scene.MESSAGE and message is None:
        return refusal_problem(BadField("message", "the scene `message` needs a message"))
    if asked.item is not None and item_by_number(assembly, asked.item) is None:
        return refusal_problem(BadField("item", f"no item {asked.item} on the agenda"))
    await put_on_air(call.context.desk, OnAir(asked.scene, message, asked.item))
    return Response(status_code=204)


async def show_journal(call: Call) -> Response:
    """Journal lines after a number, at most 500."""
    given = call.request.query_params.get("after", "0")
    if not given.isascii() or not given.isdigit() or len(given) > 15:
        return problem(422, "bad_field", "A field is wrong", "after: send a whole number.")
    entries = await call.context.desk.ledger.journal.read(int(given))
    lines: list[JournalLine] = []
    for entry in entries[:500]:
        header = json.loads(entry.header)
        line = Line(entry.seq, header["at"], header["actor"], header["type"], header["subject"])
        lines.append(line_view(line))
    body = "[" + ",".join(line.model_dump_json() for line in lines) + "]"
    return Response(body, media_type="application/json")


def _code(call: Call) -> str:
    return str(call.request.path_params["code"])


def _done(refusal: object) -> Response:
    match refusal:
        case None:
            return Response(status_code=204)
        case BadField(field="member", remedy=remedy):
            return problem(404, "unknown_member", "Unknown Member", f"{remedy}.")
        case BadField() | UnknownBallot() | HasTheFloor():
            return refusal_problem(refusal)
        case _:
            raise AssertionError(f"no such refusal is given here: {refusal}")


ENDPOINTS = (
    Endpoint(
        "GET",
        "/api/v1/assembly",
        "The assembly",
        EVERY_ROLE,
        show_assembly,
        gives=AssemblyInfo,
        public_display=True,
    ),
    Endpoint(
        "GET",
        "/api/v1/members",
        "The Members, in board order",
        EVERY_ROLE,
        show_members,
        gives=list[MemberInfo],
        public_display=True,
    ),
    Endpoint(
        "POST",
        "/api/v1/members",
        "Admit a Member",
        OPERATOR,
        admit_member,
        AdmitRequest,
        AdmittedMember,
        201,
    ),
    Endpoint(
        "POST",
        "/api/v1/members/{code}/withdraw",
        "Take a Member off the roll",
        OPERATOR,
        withdraw_member,
        WithdrawRequest,
        status=204,
    ),
    Endpoint(
        "POST",
        "/api/v1/members/{code}/presence",
        "Correct a Member's presence",
        OPERATOR,
        set_presence,
        PresenceRequest,
        status=204,
    ),
    Endpoint(
        "POST",
        "/api/v1/members/{code}/voting_right",
        "Suspend or restore a Member's right to vote",
        OPERATOR,
        set_right,
        VotingRightRequest,
        status=204,
    ),
    Endpoint(
        "POST",
        "/api/v1/members/{code}/proxy",
        "Have another Member vote for this one",
        OPERATOR,
        set_proxy,
        ProxyRequest,
        status=204,
    ),
    Endpoint(
        "POST",
        "/api/v1/members/{code}/delegation",
        "Name a Member's delegates",
        OPERATOR,
        set_delegation,
        DelegationRequest,
        status=204,
    ),
    Endpoint(
        "POST",
        "/api/v1/members/{code}/hand_over",
        "Say which delegate votes for a Member from now on",
        OPERATOR,
        set_voting,
        HandOverRequest,
        status=204,
    ),
    Endpoint(
        "POST",
        "/api/v1/display",
        "Choose the scene on air",
        OPERATOR,
        set_scene,
        SceneRequest,
        status=204,
    ),
    Endpoint(
        "GET",
        "/api/v1/journal",
        "Journal lines after a number",
        STAFF,
        show_journal,
        gives=list[JournalLine],
    ),
)
