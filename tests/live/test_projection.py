"""Who may see what, row by row, written from the house's design (sections 2, 3.12) and
screens/README.md; and what follows from a phase on each screen."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from server.ballots.life import phase_of
from server.ballots.transitions import TRANSITIONS, allowed, needs, takes, usual
from server.hall.press import NotTaken
from server.live.console_view import option
from server.live.projection import Grant, grant, scene_now
from server.live.snapshot import OnAir
from server.vocabulary import Choice, Command, Disclosure, Phase, Scene
from tests.live.small_hall import CODES, HALF, SmallHall

T, V, K, C, O = "turnout", "voters", "counts", "choices", "outcome"  # noqa: E741  # columns

ROWS: dict[Phase, dict[str, set[str]]] = {
    # Before anything is asked, and where no result comes: nothing.
    Phase.DRAFT: {"none": set(), "turnout": set(), "counts": set(), "individual": set()},
    Phase.PREPARED: {"none": set(), "turnout": set(), "counts": set(), "individual": set()},
    # "announced: entitled, present": nobody has voted yet.
    Phase.ANNOUNCED: {"none": {T}, "turnout": {T}, "counts": {T}, "individual": {T}},
    # "none: that a vote is on; turnout: how many and who has voted, no counts; counts: counts and
    # how many, not who has voted; individual: everything."
    Phase.OPEN: {"none": set(), "turnout": {T, V}, "counts": {T, K}, "individual": {T, V, K, C}},
    Phase.SUSPENDED: {
        "none": set(),
        "turnout": {T, V},
        "counts": {T, K},
        "individual": {T, V, K, C},
    },
    Phase.IN_DOUBT: {"none": set(), "turnout": set(), "counts": set(), "individual": set()},
    # "From close to declare the hall sees no outcome, and turnout only unless counts were live."
    Phase.CLOSED: {"none": {T}, "turnout": {T, V}, "counts": {T, K}, "individual": {T, V, K, C}},
    # A declared recorded vote is public.
    Phase.DECLARED: {each.value: {T, V, K, C, O} for each in Disclosure},
    Phase.CERTIFIED: {each.value: {T, V, K, C, O} for each in Disclosure},
    Phase.PUBLISHED: {each.value: {T, V, K, C, O} for each in Disclosure},
    # "cancelled: partial tally never shown"; "void: the open tally is kept in the record".
    Phase.CANCELLED: {"none": set(), "turnout": set(), "counts": set(), "individual": set()},
    Phase.VOID: {"none": set(), "turnout": set(), "counts": set(), "individual": set()},
}


@pytest.mark.parametrize("disclosure", list(Disclosure))
@pytest.mark.parametrize("phase", list(Phase))
def test_the_table_of_grants(phase: Phase, disclosure: Disclosure) -> None:
    shown = ROWS[phase][disclosure.value]
    assert grant(phase, disclosure) == Grant(
        **{column: column in shown for column in (T, V, K, C, O)}
    )


async def drive(hall: SmallHall, ballot: str, phase: Phase) -> None:
    """Take a prepared ballot to a phase; while it is open AA votes yes, BB no."""
    if phase is Phase.PREPARED:
        return
    await hall.command(ballot, Command.ANNOUNCE)
    if phase is Phase.ANNOUNCED:
        return
    await hall.command(ballot, Command.OPEN, reason="the Chair decided")
    await hall.press(ballot, [("AA", "yes"), ("BB", "no")])
    match phase:
        case Phase.SUSPENDED:
            await hall.command(ballot, Command.SUSPEND, reason="a pause")
        case Phase.IN_DOUBT:
            await hall.doubt(ballot)
        case Phase.CANCELLED:
            await hall.command(ballot, Command.CANCEL, reason="a fault")
        case Phase.CLOSED | Phase.DECLARED | Phase.CERTIFIED | Phase.PUBLISHED | Phase.VOID:
            await hall.command(ballot, Command.CLOSE)
        case _:
            pass
    for command in {
        Phase.DECLARED: (Command.DECLARE,),
        Phase.CERTIFIED: (Command.DECLARE, Command.CERTIFY),
        Phase.PUBLISHED: (Command.DECLARE, Command.CERTIFY, Command.PUBLISH),
        Phase.VOID: (Command.VOID,),
    }.get(phase, ()):
        await hall.command(ballot, command, reason="a fault")


LATER = [phase for phase in Phase if phase is not Phase.DRAFT]


async def seen_in(
    phase: Phase, disclosure: Disclosure, *, quorum: bool = False
) -> dict[str, dict[str, Any]]:
    hall = await SmallHall.open(quorum=HALF if quorum else None)
    ballot = await hall.prepare(disclosure)
    await drive(hall, ballot, phase)
    # A screen that joins now sees nothing of what was shown earlier.
    for name in ("display", "chair", "console"):
        hall.seen[name].clear()
    await hall.tending.refresh()
    await hall.look()
    assert phase_of(hall.desk.ledger.state.ballots[ballot].state) is phase
    return {name: json.loads(frames[-1])["view"] for name, frames in hall.seen.items()}


@pytest.mark.parametrize("disclosure", list(Disclosure))
@pytest.mark.parametrize("phase", [phase for phase in LATER if phase is not Phase.PREPARED])
async def test_what_each_screen_shows_is_what_the_table_grants(
    phase: Phase, disclosure: Disclosure
) -> None:
    seen = await seen_in(phase, disclosure)
    shown = ROWS[phase][disclosure.value]
    voted = phase is not Phase.ANNOUNCED
    for name in ("display", "chair", "console"):
        ballot = seen[name]["ballot"]
        assert (ballot["turnout"] is not None) == (T in shown)
        assert ballot["turnout"] in (None, {"voted": 2 if voted else 0, "entitled": 6})
        assert ballot["counts"] == ({"yes": 1, "no": 1, "abstain": 0} if K in shown else None)
        if V not in shown:
            assert ballot["board"] is None
        else:
            assert ballot["board"] == ("yn....." if C in shown else "vv.....")
        assert (ballot["outcome"] is not None) == (O in shown)
    # The operator's seats say who has voted only where the hall may know it.
    rows = {row["member"]: row["voted"] for row in seen["console"]["seats"]}
    assert rows == {code: (code in ("AA", "BB") if V in shown else None) for code in CODES}
    silent = seen["console"]["exceptions"]["silent"]
    assert silent == (["CC", "DD", "YY"] if V in shown else None)
    # The undeclared result: chair and operator, from the close to the declaration, nobody else.
    undeclared = [seen["console"]["undeclared"], seen["chair"]["chair"]["undeclared"]]
    for result in undeclared:
        assert (result is not None) == (phase is Phase.CLOSED)
        if result is not None:
            assert result["counts"] == {"yes": 1, "no": 1, "abstain": 0}
    assert seen["display"]["chair"] is None
    # A seat sees its own vote, and of others no more than the hall.
    mine = None if phase in (Phase.ANNOUNCED, Phase.CANCELLED, Phase.VOID) else "yes"
    assert (seen["AA"]["ballot"]["mine"] or {}).get("choice") == mine
    assert seen["YY"]["ballot"]["mine"] is None
    assert (seen["YY"]["ballot"]["outcome"] is not None) == (O in shown)


async def test_a_cancelled_ballot_shows_nothing_of_its_votes_even_after_the_close() -> None:
    hall = await SmallHall.open()
    ballot = await hall.prepare(Disclosure.INDIVIDUAL)
    await drive(hall, ballot, Phase.CLOSED)
    await hall.command(ballot, Command.CANCEL, reason="the wrong text was read out")
    await hall.look()
    for name in ("display", "chair", "console", "AA"):
        text = hall.seen[name][-1]
        view = json.loads(text)["view"]
        assert view["ballot"]["phase"] == "cancelled"
        for field in ("turnout", "counts", "board", "outcome", "mine"):
            assert view["ballot"].get(field) is None
    console = json.loads(hall.seen["console"][-1])["view"]
    assert (console["undeclared"], console["reconciliation"], console["alarms"]) == (None, None, [])
    assert console["ballot"]["reason"]["en"] == "the wrong text was read out"


async def test_suspended_and_absent_members_look_like_not_voting_to_the_hall() -> None:
    seen = await seen_in(Phase.DECLARED, Disclosure.INDIVIDUAL)
    assert seen["display"]["ballot"]["board"] == "yn....."
    assert "suspended" not in json.dumps(seen["display"])
    assert {row["member"] for row in seen["console"]["seats"] if row["suspended"]} == {"ZZ"}
    assert (seen["ZZ"]["ballot"]["may_vote"], seen["ZZ"]["ballot"]["bar"]) == (
        False,
        "suspended_right",
    )
    assert (seen["YY"]["ballot"]["may_vote"], seen["YY"]["ballot"]["bar"]) == (True, None)


async def test_the_board_has_a_mark_for_each_choice_in_the_order_of_the_members() -> None:
    hall = await SmallHall.open()
    ballot = await hall.prepare(Disclosure.INDIVIDUAL)
    await hall.command(ballot, Command.OPEN)
    await hall.press(
        ballot, [("YY", "abstain"), ("EE", "no"), ("CC", "yes"), ("AA", "no"), ("ZZ", "yes")]
    )
    await hall.look()
    board = json.loads(hall.seen["display"][-1])["view"]["ballot"]["board"]
    assert dict(zip(CODES, board, strict=True)) == {
        "AA": "n",
        "BB": ".",
        "CC": "y",
        "DD": ".",
        "EE": "n",
        "YY": "a",
        "ZZ": ".",
    }


# --- scenes

SCENES = {
    Phase.PREPARED: Scene.IDLE,
    Phase.ANNOUNCED: Scene.QUESTION,
    Phase.OPEN: Scene.VOTING,
    Phase.SUSPENDED: Scene.VOTING,
    Phase.IN_DOUBT: Scene.VOTING,
    Phase.CLOSED: Scene.CLOSED,
    Phase.CANCELLED: Scene.CLOSED,
    Phase.VOID: Scene.CLOSED,
    Phase.DECLARED: Scene.RESULT,
    Phase.CERTIFIED: Scene.RESULT,
    Phase.PUBLISHED: Scene.RESULT,
}


@pytest.mark.parametrize("phase", LATER)
async def test_the_scene_follows_the_phase_unless_one_is_chosen(phase: Phase) -> None:
    hall = await SmallHall.open()
    ballot = await hall.prepare()
    await drive(hall, ballot, phase)
    snapshot = hall.hub.snapshot()
    assert scene_now(snapshot) is SCENES[phase]
    for scene in Scene:
        expected = SCENES[phase] if scene is Scene.AUTO else scene
        assert scene_now(replace(snapshot, on_air=OnAir(scene))) is expected


# --- the operator's commands


@pytest.mark.parametrize("phase", LATER)
async def test_commands_and_next_follow_the_table(phase: Phase) -> None:
    hall = await SmallHall.open()
    ballot = await hall.prepare()
    await drive(hall, ballot, phase)
    await hall.look()
    console = json.loads(hall.seen["console"][-1])["view"]
    there = hall.desk.ledger.state.ballots[ballot]
    listed = {each["command"]: each for each in console["commands"] if each["ballot"] == ballot}
    elsewhere = {Command.HANDS, Command.PAPER, Command.CALL, Command.SECOND_CALL}
    of_elections = {Command.NEXT_ROUND, Command.TIE_BALLOT, Command.LOTS, Command.ASK_CHAIR}
    due = set(TRANSITIONS[phase]) - {Command.SECOND_VOTE} - elsewhere - of_elections
    assert set(listed) == {command.value for command in due} == {*map(str, allowed(there))}
    for command in due:
        assert listed[command]["needs"] == list(needs(there, command))
        assert listed[command]["takes"] == list(takes(there, command))
        assert listed[command]["hold"] == (command in (Command.OPEN, Command.CLOSE))
    following = usual(there)
    assert console["next"] == (
        None if following is None else json.loads(option(there, following, None).model_dump_json())
    )


async def test_next_goes_from_announcing_to_publishing() -> None:
    hall = await SmallHall.open()
    ballot = await hall.prepare()
    done: list[str] = []
    while True:
        await hall.look()
        following = json.loads(hall.seen["console"][-1])["view"]["next"]
        if following is None:
            break
        done.append(following["command"])
        await hall.command(ballot, Command(following["command"]))
    assert done == ["announce", "open", "last_call", "close", "declare", "certify", "publish"]


# --- before declaring


async def test_the_sums_of_a_closed_ballot_make_up_the_members() -> None:
    seen = await seen_in(Phase.CLOSED, Disclosure.NONE)
    assert seen["console"]["reconciliation"] == {
        "voted": 2,
        "not_voted": 3,
        "absent": 1,
        "suspended": 1,
        "members": 7,
    }
    assert (await seen_in(Phase.OPEN, Disclosure.INDIVIDUAL))["console"]["reconciliation"] is None


async def test_alarms_speak_of_who_is_offline_and_who_was_refused() -> None:
    hall = await SmallHall.open()
    ballot = await hall.prepare()
    await hall.command(ballot, Command.OPEN)
    (refused,) = await hall.press(ballot, [("ZZ", "yes")])
    assert isinstance(refused, NotTaken)
    hall.refuse(ballot, "ZZ", refused)
    await hall.look()
    console = json.loads(hall.seen["console"][-1])["view"]
    assert (console["exceptions"]["refused"], console["alarms"]) == (["ZZ"], [])
    await hall.command(ballot, Command.CLOSE)
    await hall.look()
    console = json.loads(hall.seen["console"][-1])["view"]
    # DD is present without a connection and has not voted; EE is not present.
    assert console["exceptions"]["offline"] == ["DD"]
    assert len(console["alarms"]) == 2
    assert all(set(alarm) == {"en", "fr", "es", "ar"} for alarm in console["alarms"])


async def test_a_missed_quorum_at_the_close_is_an_alarm() -> None:
    hall = await SmallHall.open(quorum=HALF)
    ballot = await hall.prepare()
    for code in CODES:
        await hall.box.end_presence([code])
        if code in hall.seats:
            hall.hub.leave_seat(hall.seats[code])
    await hall.command(ballot, Command.OPEN, reason="the Chair decided")
    await hall.press(ballot, [("AA", "yes")])
    await hall.command(ballot, Command.CLOSE)
    await hall.look()
    console = json.loads(hall.seen["console"][-1])["view"]
    assert console["undeclared"]["outcome"] == "no_quorum"
    assert any("1" in alarm["en"] and "4" in alarm["en"] for alarm in console["alarms"])


async def test_a_choice_is_told_in_the_order_of_every_screen() -> None:
    seen = await seen_in(Phase.OPEN, Disclosure.COUNTS)
    assert seen["YY"]["ballot"]["choices"] == [choice.value for choice in Choice]
    assert list(seen["display"]["ballot"]["counts"]) == ["yes", "no", "abstain"]
