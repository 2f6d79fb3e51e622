"""Elections from the nomination to the verified record, at a real hall."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from server.cli.verify import verify
from tests.halls import Client, HallProcess, Operator, connected

VOTERS = ("AR", "AU", "BR", "CA", "CN", "DE", "EG", "FR", "IN", "JP", "KE", "MX")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[HallProcess]:
    process = HallProcess(tmp_path / "data").start()
    yield process
    assert process.stop() == 0


@pytest.fixture
async def seats(hall: HallProcess, operator: Operator) -> AsyncIterator[dict[str, Client]]:
    async with connected(hall, operator.tokens(VOTERS)) as clients:
        for client in clients.values():
            assert (await client.next())["type"] == "welcome"
        yield clients


def stands(id_: str, member: str | None = None) -> dict[str, Any]:
    return {"id": id_, "name": id_.title(), "member": member}


def prepare(operator: Operator, decision: str, *candidates: Any, **more: Any) -> dict[str, Any]:
    return operator.prepare(kind="election", decision=decision, candidates=list(candidates), **more)


async def cast(
    seats: Mapping[str, Client], ballot: str, papers: Sequence[Sequence[str]]
) -> list[dict[str, Any]]:
    """One paper a seat, in the order of the seats; every one must be taken."""
    receipts = await asyncio.gather(
        *(
            seats[member].press(ballot, list(paper))
            for member, paper in zip(VOTERS, papers, strict=False)
        )
    )
    assert {each["type"] for each in receipts} == {"receipt"}, receipts
    return list(receipts)


async def hold(
    operator: Operator, seats: Mapping[str, Client], ballot: str, papers: Sequence[Sequence[str]]
) -> dict[str, Any]:
    """Open, vote, close and declare; the ballot afterwards."""
    operator.command(ballot, "open")
    await cast(seats, ballot, papers)
    operator.command(ballot, "close")
    return operator.command(ballot, "declare")


def outcome(ballot: dict[str, Any]) -> str:
    return str(ballot["view"]["outcome"]["outcome"])


def votes(ballot: dict[str, Any]) -> dict[str, int]:
    return {each["id"]: each["votes"] for each in ballot["view"]["election"]["candidates"]}


def elected(ballot: dict[str, Any]) -> set[str]:
    shown = ballot["view"]["election"]["candidates"]
    return {each["id"] for each in shown if each["elected"]}


def check_record(operator: Operator, ballot: str, path: Path) -> dict[str, Any]:
    """The record verifies, and a changed byte of a round's paper does not."""
    raw = operator.http.get(f"/ballots/{ballot}/record").content
    path.write_bytes(raw)
    assert verify(str(path), None, None, sys.stdout, sys.stderr) == 0
    return dict(json.loads(raw))


async def test_a_president_in_three_rounds(
    operator: Operator, seats: dict[str, Client], tmp_path: Path
) -> None:
    first = prepare(
        operator, "president", stands("ana", "AR"), stands("bo", "CN"), stands("chi", "KE"),
        disclosure="turnout",
    )  # fmt: skip
    assert first["phase"] == "prepared"
    assert sorted(each["id"] for each in first["candidates"]) == ["ana", "bo", "chi"]
    ballot = first["id"]
    done = await hold(operator, seats, ballot, [["ana"]] * 5 + [["bo"]] * 4 + [["chi"]] * 2 + [[]])
    assert outcome(done) == "next_round"
    assert votes(done) == {"ana": 5, "bo": 4, "chi": 2}
    assert done["view"]["election"]["blank"] == 1
    assert (done["view"]["outcome"]["needed"], done["view"]["outcome"]["base"]) == (8, 11)
    assert "Ana" in done["view"]["outcome"]["sentence"]["ar"]
    assert done["allowed"][0] == "next_round"
    check_record(operator, ballot, tmp_path / "1.json")

    wrong = operator.try_command(ballot, "next_round", withdrawn=["zed"])
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "withdrawn")
    second = operator.command(ballot, "next_round", withdrawn=["chi"], reason="withdraws")
    assert (second["round"], second["election"], second["reruns"]) == (2, ballot, ballot)
    order = [each["id"] for each in first["candidates"] if each["id"] != "chi"]
    assert [each["id"] for each in second["candidates"]] == order
    again = operator.try_command(ballot, "next_round")
    assert again.status_code == 409
    done = await hold(operator, seats, second["id"], [["ana"]] * 7 + [["bo"]] * 5)
    assert (outcome(done), done["view"]["outcome"]["needed"]) == ("next_round", 8)
    check_record(operator, second["id"], tmp_path / "2.json")

    third = operator.command(second["id"], "next_round")
    done = await hold(operator, seats, third["id"], [["ana"]] * 7 + [["bo"]] * 5)
    assert (outcome(done), elected(done)) == ("elected", {"ana"})
    assert done["view"]["outcome"]["needed"] == 7
    assert "Ana is elected" in done["view"]["outcome"]["sentence"]["en"]
    record = check_record(operator, third["id"], tmp_path / "3.json")
    assert record["result"]["elected"] == ["ana"]
    assert [each["round"] for each in record["election"]["rounds_before"]] == [1, 2]
    rows = {row["member"]: row["choice"] for row in record["roll"] if row["choice"] is not None}
    assert rows["AR"] == ["ana"]

    # A paper of an earlier round, changed in the last round's record, is found.
    raw = (tmp_path / "3.json").read_bytes()
    changed = raw.replace(rb"\"choice\":\"chi\"", rb"\"choice\":\"ana\"", 1)
    assert changed != raw
    (tmp_path / "3.json").write_bytes(changed)
    assert verify(str(tmp_path / "3.json"), None, None, sys.stdout, sys.stderr) == 1

    for format_ in ("csv", "xml", "popolo", "pdf"):
        answer = operator.http.get(f"/ballots/{third['id']}/record?format={format_}")
        assert answer.status_code == 200, format_
        assert format_ == "pdf" or b"ana" in answer.content

    # Who holds an office cannot stand for another, nor can anybody from the same region.
    body = {
        "kind": "election", "decision": "vice_presidents", "title": {"en": "VP"},
        "candidates": [stands("dee", "BR")],
    }  # fmt: skip
    refused = operator.http.post("/ballots", json=body)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "candidates"
    assert "Articles 15 to 19" in refused.json()["detail"]


async def test_three_vice_presidents_and_papers_that_are_refused(
    hall: HallProcess, operator: Operator, seats: dict[str, Client], tmp_path: Path
) -> None:
    ballot = prepare(
        operator, "vice_presidents",
        stands("afr", "KE"), stands("asi", "CN"), stands("eur", "FR"), stands("ame", "BR"),
        disclosure="counts", order="given",
    )  # fmt: skip
    id_ = ballot["id"]
    assert (ballot["places"], ballot["names_per_ballot"]) == (3, 3)
    operator.command(id_, "open")
    shown = await seats["FR"].view(lambda view: (view["ballot"] or {}).get("phase") == "open")
    assert shown["ballot"]["choices"] == []
    assert [each["id"] for each in shown["ballot"]["candidates"]] == ["afr", "asi", "eur", "ame"]
    for paper in (
        ["afr", "asi", "eur", "ame"],
        ["afr", "afr"],
        ["nobody"],
        "afr",
        "yes",
        "afr+asi",
    ):
        refused = await seats["FR"].press(id_, paper)
        assert (refused["type"], refused["reason"]) == ("refused", "bad_choice"), paper
    receipt = await seats["FR"].press(id_, ["eur", "afr"])
    assert (receipt["choice"], receipt["current"]) == (["afr", "eur"], True)
    mine = await seats["FR"].view(lambda view: view["ballot"]["mine"] is not None)
    assert mine["ballot"]["mine"]["choice"] == ["afr", "eur"]
    assert mine["ballot"]["mine"]["code"] == receipt["code"]

    await cast(seats, id_, [["afr", "asi", "eur"]] * 7 + [["ame"]] * 3 + [[], []])
    display = await Client.open(f"{hall.ws}/display", operator.token)
    counted = await display.view(lambda view: view["ballot"]["turnout"]["voted"] == 12)
    told = counted["ballot"]["election"]
    assert {each["id"]: each["votes"] for each in told["candidates"]} == {
        "afr": 7, "asi": 7, "eur": 7, "ame": 3,
    }  # fmt: skip
    assert (told["blank"], counted["ballot"]["board"]) == (2, None)
    await display.close()
    operator.command(id_, "close")
    done = operator.command(id_, "declare")
    assert (outcome(done), elected(done)) == ("elected", {"afr", "asi", "eur"})
    assert (done["view"]["outcome"]["needed"], done["view"]["outcome"]["base"]) == (6, 10)
    record = check_record(operator, id_, tmp_path / "record.json")
    assert (record["counts"]["afr"], record["election"]["blank"]) == (7, 2)

    # A fourth vice-president may be voted on, but the operator is warned.
    console = await Client.open(f"{hall.ws}/console", operator.token)
    fourth = prepare(operator, "vice_presidents", stands("two", "MX"), places=1)
    warned = await console.view(lambda view: len(view["ballots"]) == 2 and bool(view["alarms"]))
    assert "3 of 3 offices" in warned["alarms"][0]["en"]
    assert fourth["phase"] == "prepared"
    await console.close()


async def test_delegates_of_a_region_with_a_tie_a_tie_ballot_and_lots(
    operator: Operator, seats: dict[str, Client], tmp_path: Path
) -> None:
    without_region = operator.http.post(
        "/ballots",
        json={
            "kind": "election", "decision": "executive_delegates", "title": {"en": "Delegates"},
            "candidates": [stands("ken", "KE")],
        },
    )  # fmt: skip
    assert without_region.json()["errors"][0]["field"] == "region"
    ballot = prepare(
        operator, "executive_delegates", stands("ken", "KE"), stands("egy", "EG"),
        stands("nig", "NG"), region="africa", disclosure="turnout",
    )  # fmt: skip
    id_ = ballot["id"]
    assert (ballot["places"], ballot["names_per_ballot"]) == (2, 2)
    done = await hold(
        operator, seats, id_, [["ken", "egy"]] * 4 + [["ken", "nig"]] * 4 + [["egy", "nig"]] * 4
    )
    assert (outcome(done), elected(done)) == ("tie_ballot", set())
    assert done["allowed"][0] == "tie_ballot"

    tie = operator.command(id_, "tie_ballot")
    assert (tie["tie_ballot"], tie["places"], tie["round"]) == (True, 2, 1)
    done = await hold(
        operator, seats, tie["id"],
        [["ken", "egy"]] * 3 + [["ken", "nig"]] * 3 + [["ken"]] * 2 + [[]] * 2,
    )  # fmt: skip
    assert (outcome(done), elected(done)) == ("lots", {"ken"})
    assert "certify" not in done["allowed"]
    lots: dict[str, Any] = {"drawn": ["nig", "egy"], "witnesses": ["A. Teller", "B. Teller"]}
    alone = operator.try_command(tie["id"], "lots", drawn=lots["drawn"], witnesses=["A. Teller"])
    assert alone.json()["errors"][0]["field"] == "witnesses"
    stranger = operator.try_command(tie["id"], "lots", drawn=["ken"], witnesses=lots["witnesses"])
    assert stranger.json()["errors"][0]["field"] == "drawn"
    done = operator.command(tie["id"], "lots", **lots)
    assert (outcome(done), elected(done)) == ("elected", {"ken", "nig"})
    assert "Nig is elected" in done["view"]["outcome"]["sentence"]["en"]
    record = check_record(operator, tie["id"], tmp_path / "record.json")
    assert record["result"]["elected"] == ["ken", "nig"]
    assert record["election"]["settled"]["witnesses"] == ["A. Teller", "B. Teller"]
    raw = (tmp_path / "record.json").read_bytes()
    (tmp_path / "record.json").write_bytes(raw.replace(b"B. Teller", b"C. Teller", 1))
    assert verify(str(tmp_path / "record.json"), None, None, sys.stdout, sys.stderr) == 1
    operator.command(tie["id"], "certify")


async def test_one_candidate_as_a_motion_or_by_acclamation(
    operator: Operator, seats: dict[str, Client], tmp_path: Path
) -> None:
    ballot = operator.prepare(
        kind="motion", decision="president", candidates=[stands("ana", "AR")], disclosure="counts"
    )["id"]
    operator.command(ballot, "open")
    for member, choice in zip(VOTERS, ["yes"] * 8 + ["no"] * 2 + ["abstain"] * 2, strict=True):
        assert (await seats[member].press(ballot, choice))["type"] == "receipt"
    operator.command(ballot, "close")
    done = operator.command(ballot, "declare")
    assert outcome(done) == "adopted"
    assert "Ana is elected" in done["view"]["outcome"]["sentence"]["en"]
    check_record(operator, ballot, tmp_path / "record.json")

    three = {"candidates": [stands("kim", "KE"), stands("li", "CN"), stands("max", "FR")]}
    acclaimed = operator.http.post("/agenda/13/adopt", json=three).json()
    assert outcome(acclaimed) == "consensus"
    assert (
        "Kim, Li and Max are elected by acclamation"
        in (acclaimed["view"]["outcome"]["sentence"]["en"])
    )
    check_record(operator, acclaimed["id"], tmp_path / "acclaimed.json")
    same = {"candidates": [stands("zoe", "FR")], "region": "europe"}
    refused = operator.http.post("/agenda/14/adopt", json=same)
    assert refused.status_code == 422
    assert "FR holds an office already (`vice_presidents`)" in refused.json()["detail"]


async def test_a_void_round_is_held_again_and_still_counts_what_came_before(
    operator: Operator, seats: dict[str, Client], tmp_path: Path
) -> None:
    first = prepare(
        operator, "president", stands("ana", "AR"), stands("bo", "CN"), disclosure="turnout"
    )["id"]
    await hold(operator, seats, first, [["ana"]] * 6 + [["bo"]] * 6)
    second = operator.command(first, "next_round")["id"]
    operator.command(second, "open")
    await cast(seats, second, [["ana"]] * 12)
    operator.command(second, "close")
    operator.command(second, "void", reason="a seat was double")
    again = operator.command(second, "rerun", reason="held again")
    assert (again["round"], again["election"]) == (2, first)
    done = await hold(operator, seats, again["id"], [["bo"]] * 9 + [["ana"]] * 3)
    assert elected(done) == {"bo"}
    record = check_record(operator, again["id"], tmp_path / "record.json")
    assert [each["ballot"] for each in record["election"]["rounds_before"]] == [first]


async def test_papers_are_entered_twice_and_decide_like_papers_at_the_seats(
    operator: Operator, tmp_path: Path
) -> None:
    ballot = prepare(
        operator, "vice_presidents", stands("afr", "KE"), stands("asi", "CN"), stands("eur", "FR"),
        mode="paper", places=2,
    )["id"]  # fmt: skip
    operator.command(ballot, "open")
    counts = {"afr": 60, "asi": 50, "eur": 20, "blank": 4, "spoilt": 1, "ballots": 80}
    operator.command(ballot, "paper", counts=counts)
    closed = operator.command(ballot, "paper", counts=counts)
    assert closed["phase"] == "closed"
    done = operator.command(ballot, "declare")
    assert (outcome(done), elected(done)) == ("elected", {"afr", "asi"})
    assert (done["view"]["outcome"]["needed"], done["view"]["outcome"]["base"]) == (41, 80)
    assert done["view"]["election"]["blank"] == 4
    record = check_record(operator, ballot, tmp_path / "record.json")
    assert (record["counts"]["eur"], record["election"]["invalid"]) == (20, 1)
    for format_ in ("csv", "xml", "popolo", "pdf"):
        assert operator.http.get(f"/ballots/{ballot}/record?format={format_}").status_code == 200
