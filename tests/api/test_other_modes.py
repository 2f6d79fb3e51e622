"""The other ways of deciding, end to end: tellers, roll-call, tests, checks, polls, re-votes."""

from __future__ import annotations

import asyncio
import csv
import io
from pathlib import Path
from typing import Any

import pytest

from server.assembly.sample import load_sample
from tests.api.nine_members import (
    ENTITLED,
    HANDS,
    all_present,
    export,
    hall,
    problem,
    recorded,
)
from tests.api.small_assembly import SUSPENDED
from tests.halls import Client, HallProcess, Operator

__all__ = ["hall"]


# --- tellers


async def test_a_show_of_hands_stands_when_it_was_entered_twice(
    hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    all_present(operator)
    display = await Client.open(f"{hall.ws}/display", operator.token)
    console = await Client.open(f"{hall.ws}/console", operator.token)
    token = operator.tokens(["SE"])["SE"]
    seat = await Client.open(f"{hall.ws}/kiosk", token)
    ballot = operator.prepare(mode="hands", seconds=60)["id"]
    assert operator.command(ballot, "open")["allowed"] == ["hands", "cancel"]
    shown = await display.view(lambda view: (view["ballot"] or {}).get("id") == ballot)
    assert (shown["ballot"]["turnout"], shown["ballot"]["counts"]) == (None, None)
    mine = await seat.view(lambda view: (view["ballot"] or {}).get("phase") == "open")
    assert mine["ballot"]["choices"] == []
    assert (await seat.press(ballot, "yes"))["reason"] == "not_open"

    problem(operator.try_command(ballot, "hands"), 422, "bad_field")
    too_many = operator.try_command(ballot, "hands", counts={"yes": 9, "no": 0, "abstain": 0})
    assert "only 8 may vote" in problem(too_many, 422, "bad_field")["detail"]
    problem(operator.try_command(ballot, "paper", counts=HANDS), 409, "not_allowed_now")
    operator.command(ballot, "hands", counts=HANDS)
    seen = await console.view(lambda view: view["tellers"] is not None)
    assert seen["tellers"] == {
        "counts": HANDS, "entered_by": "operator:operator", "second_person": False,
    }  # fmt: skip
    assert seen["ballot"]["counts"] is None
    differing = operator.try_command(ballot, "hands", "k-1", counts={**HANDS, "no": 1})
    told = problem(differing, 409, "tallies_differ")
    assert [each["counts"]["no"] for each in told["errors"]] == [2, 1]
    again = operator.try_command(ballot, "hands", "k-1", counts={**HANDS, "no": 1})
    problem(again, 409, "tallies_differ")

    operator.command(ballot, "hands", counts=HANDS)
    closed = operator.command(ballot, "hands", counts=HANDS)
    assert closed["phase"] == "closed"
    assert closed["view"]["counts"] is None
    assert closed["view"]["turnout"] == {"voted": 8, "entitled": 8}
    sums = (await console.view(lambda view: view["reconciliation"] is not None))["reconciliation"]
    assert sums == {"voted": 8, "not_voted": 0, "absent": 0, "suspended": 1, "members": 9}
    declared = operator.command(ballot, "declare")["view"]
    assert declared["counts"] == HANDS
    assert declared["board"] is None
    assert (declared["outcome"]["outcome"], declared["outcome"]["needed"]) == ("adopted", 4)
    assert declared["outcome"]["not_voting"] == 0
    operator.command(ballot, "certify")

    record = recorded(operator, ballot, tmp_path)
    assert record["question"]["mode"] == "hands"
    assert record["tally"] == {"counts": HANDS, "ballots": 8, "blank": 0, "invalid": 0}
    statuses = {row["member"]: row["status"] for row in record["roll"]}
    assert statuses.pop(SUSPENDED) == "suspended"
    assert set(statuses.values()) == {"unnamed"}
    types = [line["type"] for line in record["history"]]
    assert types.count("tally_entered") == 2
    assert types[-5:] == [
        "tally_entered", "tally_confirmed", "ballot_closed", "ballot_declared", "ballot_certified",
    ]  # fmt: skip
    popolo = export(operator, ballot, "popolo").json()
    assert (popolo["mode"], popolo["votes"], popolo["counts"][0]["value"]) == ("hands", [], 5)
    xml = export(operator, ballot, "xml").text
    assert 'Mode="hands"' in xml
    assert '<Result.For Number="5"' in xml
    rows = list(csv.DictReader(io.StringIO(export(operator, ballot, "csv").text.lstrip("\ufeff"))))
    assert {row["mode"] for row in rows} == {"hands"}
    assert export(operator, ballot, "pdf").content.startswith(b"%PDF")
    for client in (display, console, seat):
        await client.close()


def test_papers_may_be_invalid(operator: Operator, tmp_path: Path) -> None:
    ballot = operator.open(mode="paper")
    counts = {"yes": 3, "no": 3, "abstain": 1, "invalid": 1}
    operator.command(ballot, "paper", counts=counts)
    operator.command(ballot, "paper", counts=counts)
    declared = operator.command(ballot, "declare")["view"]
    assert declared["outcome"]["outcome"] == "not_adopted"
    assert declared["turnout"] == {"voted": 8, "entitled": 8}
    record = recorded(operator, ballot, tmp_path)
    assert record["tally"]["invalid"] == 1
    assert export(operator, ballot, "pdf").content.startswith(b"%PDF")


# --- roll-call


async def test_a_roll_call_is_drawn_followed_and_recorded(
    hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    display = await Client.open(f"{hall.ws}/display", operator.token)
    ballot = operator.prepare(mode="roll_call", disclosure=None)["id"]
    problem(operator.try_command(ballot, "open", start=SUSPENDED), 422, "bad_field")
    problem(operator.try_command(ballot, "open", start="JP"), 422, "bad_field")
    opened = operator.command(ballot, "open", language="fr")
    known = {member.code: member for member in load_sample().members}
    in_french = sorted(ENTITLED, key=lambda code: (known[code].sort_keys.fr, code))
    first = opened["view"]["calling"]["member"]
    at = in_french.index(first)
    order = in_french[at:] + in_french[:at]
    assert opened["view"]["calling"] == {
        "member": order[0], "next": order[1:6], "answered": 0, "pass_over": [], "call": 1,
    }  # fmt: skip
    problem(operator.try_command(ballot, "call", member=order[1], choice="yes"), 422, "bad_field")
    problem(operator.try_command(ballot, "call", member=order[0], choice="maybe"), 422, "bad_field")
    problem(operator.try_command(ballot, "second_call"), 409, "not_allowed_now")
    said = {order[0]: "pass", order[1]: "pass"}
    for member in order:
        operator.command(ballot, "call", member=member, choice=said.get(member, "yes"))
    shown = await display.view(lambda view: (view["ballot"]["calling"] or {}).get("answered") == 8)
    assert shown["ballot"]["counts"] == {"yes": 6, "no": 0, "abstain": 0}
    assert shown["ballot"]["board"].count("y") == 6
    assert shown["ballot"]["calling"]["pass_over"] == order[:2]
    problem(operator.try_command(ballot, "close"), 422, "bad_field")
    assert operator.command(ballot, "second_call")["view"]["calling"]["member"] == order[0]
    operator.command(ballot, "call", member=order[0], choice="no")
    operator.command(ballot, "call", member=order[1], choice="pass")
    changed = {"member": order[2], "choice": "abstain"}
    problem(operator.try_command(ballot, "call", **changed), 422, "bad_field")
    operator.command(ballot, "call", **changed, reason="misheard")
    assert operator.ballot(ballot)["allowed"][0] == "close"
    operator.command(ballot, "close")
    declared = operator.command(ballot, "declare")["view"]
    assert declared["counts"] == {"yes": 5, "no": 1, "abstain": 1}
    record = recorded(operator, ballot, tmp_path)
    rows = {row["member"]: row for row in record["roll"]}
    assert rows[order[0]]["choice"] == "no"
    assert rows[order[1]]["choice"] is None
    assert rows[order[2]]["choice"] == "abstain"
    assert {row["press_id"] for row in rows.values()} == {"roll-call", None}
    assert export(operator, ballot, "popolo").json()["mode"] == "roll_call"
    await display.close()


def test_a_roll_call_may_begin_elsewhere_and_end_early_for_a_reason(
    operator: Operator, tmp_path: Path
) -> None:
    ballot = operator.prepare(mode="roll_call", disclosure="none")["id"]
    opened = operator.command(ballot, "open", start="JP", reason="the lot was drawn by hand")
    assert opened["view"]["calling"]["member"] == "JP"
    assert opened["view"]["counts"] is None
    operator.command(ballot, "call", member="JP", choice="no")
    problem(operator.try_command(ballot, "close"), 422, "bad_field")
    operator.command(ballot, "close", reason="the Chair ended the call")
    operator.command(ballot, "declare")
    record = recorded(operator, ballot, tmp_path)
    assert record["counts"] == {"yes": 0, "no": 1, "abstain": 0}


# --- what decides nothing


async def test_a_test_vote_names_silent_wrong_and_late_seats(
    hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    problem(operator.http.post("/ballots", json={"kind": "test"}), 422, "bad_field")
    tokens = operator.tokens(["AT", "BR", "CI", "DE"])
    seats = {code: await Client.open(f"{hall.ws}/kiosk", token) for code, token in tokens.items()}
    console = await Client.open(f"{hall.ws}/console", operator.token)
    ballot = operator.open(kind="test", asked="no")
    view = await seats["AT"].view(lambda view: (view["ballot"] or {}).get("id") == ballot)
    assert view["ballot"]["asked"] == "no"
    await seats["AT"].press(ballot, "no")
    await seats["BR"].press(ballot, "yes")
    operator.command(ballot, "close")
    assert (await seats["CI"].press(ballot, "no"))["reason"] == "closed"
    told = (
        await console.view(
            lambda view: view["test_report"] is not None and bool(view["test_report"]["late"])
        )
    )["test_report"]
    assert told["late"] == ["CI"]
    assert told["wrong"] == [{"member": "BR", "pressed": "yes"}]
    assert told["right"] == 1
    assert told["silent"] == ["DE", "EG", "FR", "JP", "SE"]
    done = operator.command(ballot, "declare")
    assert (done["view"]["outcome"]["outcome"], done["view"]["test"]) == ("counted", True)
    assert "certify" not in done["allowed"]
    problem(operator.try_command(ballot, "certify"), 409, "not_allowed_now")
    assert recorded(operator, ballot, tmp_path)["result"]["of"] == "test"
    for client in (*seats.values(), console):
        await client.close()


async def test_an_attendance_check_says_whether_there_is_a_quorum(
    hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    tokens = operator.tokens(["AT", "BR", "CI"])
    seats = [await Client.open(f"{hall.ws}/kiosk", token) for token in tokens.values()]
    ballot = operator.prepare(kind="attendance")["id"]
    operator.command(ballot, "open", reason="to see who is here")
    replies = await asyncio.gather(*(seat.press(ballot, "yes") for seat in seats))
    assert {reply["type"] for reply in replies} == {"receipt"}
    assert (await seats[0].press(ballot, "no"))["reason"] == "bad_choice"
    operator.command(ballot, "close")
    outcome = operator.command(ballot, "declare")["view"]["outcome"]
    assert outcome["outcome"] == "counted"
    assert "3" in outcome["sentence"]["en"]
    assert "no quorum" in outcome["sentence"]["en"]
    record = recorded(operator, ballot, tmp_path)
    assert record["result"]["explain"]["quorum"] == {
        "measure": "present", "measured": 3, "needed": 5, "met": False,
    }  # fmt: skip
    for seat in seats:
        await seat.close()


def test_a_poll_counts_and_decides_nothing(operator: Operator, tmp_path: Path) -> None:
    ballot = operator.open(kind="poll", mode="hands")
    for _ in range(2):
        operator.command(ballot, "hands", counts=HANDS)
    outcome = operator.command(ballot, "declare")["view"]["outcome"]
    assert outcome["outcome"] == "counted"
    assert "5" in outcome["sentence"]["fr"]
    assert recorded(operator, ballot, tmp_path)["result"]["of"] == "poll"


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "test", "asked": "yes", "mode": "hands"},
        {"kind": "motion", "asked": "yes"},
        {"kind": "attendance", "mode": "paper"},
        {"mode": "consensus"},
        {"part_of": "b-nowhere", "part_order": 1},
        {"part_order": 1},
    ],
)
def test_what_does_not_fit_is_refused(operator: Operator, fields: dict[str, Any]) -> None:
    problem(operator.http.post("/ballots", json=fields), 422, "bad_field")


# --- again


async def test_the_seats_fail_and_the_vote_goes_on_by_name(
    hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    seat = await Client.open(f"{hall.ws}/kiosk", operator.tokens(["JP"])["JP"])
    ballot = operator.open()
    await seat.press(ballot, "yes")
    problem(operator.try_command(ballot, "rerun", mode="paper"), 422, "bad_field")
    problem(operator.try_command(ballot, "rerun", reason="dark"), 422, "bad_field")
    answer = operator.try_command(
        ballot, "rerun", "k-rerun", mode="roll_call", reason="the seats are dark", language="es"
    )
    again = answer.json()
    assert (again["mode"], again["phase"], again["reruns"]) == ("roll_call", "open", ballot)
    assert again["view"]["counts"] == {"yes": 0, "no": 0, "abstain": 0}
    repeated = operator.try_command(
        ballot, "rerun", "k-rerun", mode="roll_call", reason="the seats are dark", language="es"
    )
    assert repeated.json()["id"] == again["id"]
    assert operator.ballot(ballot)["phase"] == "cancelled"
    assert (await seat.press(ballot, "no"))["reason"] == "closed"
    assert (await seat.press(again["id"], "no"))["reason"] == "not_open"
    while (member := operator.ballot(again["id"])["view"]["calling"]["member"]) is not None:
        operator.command(again["id"], "call", member=member, choice="no")
    operator.command(again["id"], "close")
    operator.command(again["id"], "declare")
    record = recorded(operator, again["id"], tmp_path)
    assert record["counts"] == {"yes": 0, "no": 8, "abstain": 0}
    assert record["reruns"] == ballot
    assert recorded(operator, ballot, tmp_path)["counts"] is None
    await seat.close()


def test_a_void_vote_is_taken_again_once(operator: Operator, tmp_path: Path) -> None:
    ballot = operator.open(mode="hands")
    for _ in range(2):
        operator.command(ballot, "hands", counts=HANDS)
    operator.command(ballot, "void", reason="tellers missed a row")
    problem(operator.try_command(ballot, "rerun"), 422, "bad_field")
    again = operator.command(ballot, "rerun", reason="count anew", mode="recorded")
    assert (again["phase"], again["mode"], again["reruns"]) == ("prepared", "recorded", ballot)
    told = problem(operator.try_command(ballot, "rerun", reason="once more"), 409, "run_again")
    assert again["id"] in told["detail"]
    assert recorded(operator, ballot, tmp_path)["phase"] == "void"
