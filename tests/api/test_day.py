"""A day's agenda of an assembly of the INTERPOL kind, through the interface, from the first test
vote to the last verified record."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.record.verify import Sound, verify_record
from tests.api.small_assembly import write_assembly
from tests.halls import PASSWORD, Client, HallProcess, Operator, connected

AFRICA = ("EG", "KE", "MA", "NG", "ZA")
AMERICAS = ("AR", "BR", "CA", "CL", "MX")
ASIA = ("CN", "IN", "JP", "SG", "TH")
EUROPE = ("DE", "ES", "FR", "IT", "SE")
MEMBERS = (*AFRICA, *AMERICAS, *ASIA, *EUROPE)
IN_ARREARS = "ZA"
AWAY = "MA"
AGENDA = (
    ("1", "motion", "admission"),
    ("2", "motion", "constitution_amendment"),
    ("3", "election", "president"),
    ("4", "election", "vice_presidents"),
    ("5", "election", "executive_delegates"),
    ("6", "motion", "ordinary"),
    ("7", "motion", "budget"),
)
NEWCOMER: dict[str, Any] = {
    "code": "XU",
    "region": "europe",
    "name": {"en": "Utopia", "fr": "Utopie", "es": "Utopía", "ar": "يوتوبيا"},
}
LANGUAGES = ("en", "fr", "es", "ar")


@dataclass
class Day:
    """The hall, its operator, its Chair, and the seats of the Members who are there."""

    hall: HallProcess
    operator: Operator
    chair: httpx.Client
    seats: dict[str, Client]
    records: list[str] = field(default_factory=list)

    async def cast(self, ballot: str, choices: Mapping[str, Any]) -> None:
        """Every Member named presses, and every press is taken."""
        replies = await asyncio.gather(
            *(self.seats[member].press(ballot, choice) for member, choice in choices.items())
        )
        assert {reply["type"] for reply in replies} == {"receipt"}, replies

    async def vote(self, ballot: str, choices: Mapping[str, Any]) -> dict[str, Any]:
        """Open, vote, close and declare; the declared ballot."""
        self.operator.command(ballot, "open")
        await self.cast(ballot, choices)
        self.operator.command(ballot, "close")
        return self.declared(ballot)

    def declared(self, ballot: str) -> dict[str, Any]:
        """Declare. The sentence is there in each language, and no two are alike."""
        told = self.operator.command(ballot, "declare")
        sentence = told["view"]["outcome"]["sentence"]
        assert len({sentence[language] for language in LANGUAGES}) == len(LANGUAGES), sentence
        assert "{" not in "".join(sentence.values())
        self.records.append(ballot)
        return told

    def tell(self, ballot: str, command: str, counts: Mapping[str, int]) -> dict[str, Any]:
        """Tellers enter what they counted twice; the declared ballot."""
        self.operator.command(ballot, "open")
        for _ in range(2):
            self.operator.command(ballot, command, counts=dict(counts))
        return self.declared(ballot)

    def approved(self, ballot: str, command: str, **body: Any) -> dict[str, Any]:
        """A command that takes two people: the operator asks, the Chair approves."""
        assert self.operator.try_command(ballot, command, **body).status_code == 202
        answer = self.chair.post(f"/ballots/{ballot}/approval", json={})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


def the_chair(hall: HallProcess, operator: Operator) -> httpx.Client:
    """The Chair, signed in."""
    person = {"user": "chair", "password": PASSWORD, "role": "chair"}
    assert operator.http.post("/users", json=person).status_code == 201
    client = httpx.Client(base_url=f"{hall.url}/api/v1", timeout=20, trust_env=False)
    answer = client.post("/login", json={"user": "chair", "password": PASSWORD})
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return client


@pytest.fixture
async def day(tmp_path: Path) -> AsyncIterator[Day]:
    file = write_assembly(
        tmp_path,
        two_person=("void", "rerun"),
        quorum=True,
        codes=MEMBERS,
        suspended=IN_ARREARS,
        agenda=AGENDA,
        officers=(("executive_delegates", "IT"),),
    )
    hall = HallProcess(tmp_path / "data", "--assembly", str(file)).start()
    operator = Operator(hall)
    chair = the_chair(hall, operator)
    tokens = operator.tokens([member for member in MEMBERS if member != AWAY])
    async with connected(hall, tokens) as seats:
        for seat in seats.values():
            await seat.view()
        yield Day(hall, operator, chair, seats)
    for client in (operator, chair):
        client.close()
    assert hall.stop() == 0


def shared(voters: Sequence[str], *answers: tuple[Any, int]) -> dict[str, Any]:
    """So many of the voters, in their order, give this answer, so many that."""
    said = [answer for answer, n in answers for _ in range(n)]
    assert len(said) <= len(voters)
    return dict(zip(voters, said, strict=False))


def outcome(ballot: Mapping[str, Any]) -> tuple[str, int | None, int | None]:
    """What became of it, on which base, and how many were needed."""
    told = ballot["view"]["outcome"]
    return told["outcome"], told["base"], told["needed"]


def sentence(ballot: Mapping[str, Any], language: str) -> str:
    return str(ballot["view"]["outcome"]["sentence"][language])


def elected(ballot: Mapping[str, Any]) -> set[str]:
    return {each["id"] for each in ballot["view"]["election"]["candidates"] if each["elected"]}


def stands(member: str) -> dict[str, str]:
    return {"id": member.lower(), "name": f"Candidate {member}", "member": member}


async def test_a_day_of_the_assembly(day: Day) -> None:
    present = tuple(member for member in MEMBERS if member not in (AWAY, IN_ARREARS))
    await before_the_sitting(day, present)
    await an_admission(day, present)
    voters = (*present, NEWCOMER["code"])
    await an_amendment_of_the_constitution(day, voters)
    await a_president(day, voters)
    await the_other_officers(day, voters)
    await a_text_with_its_amendments(day, voters)
    await afterwards(day)


async def before_the_sitting(day: Day, present: Sequence[str]) -> None:
    """Are the seats right, is there a quorum, does the hall want to go on after lunch?"""
    test = day.operator.open(kind="test", asked="abstain")
    await day.cast(test, shared(present, ("abstain", 17), ("no", 1)))
    day.operator.command(test, "close")
    console = await Client.open(f"{day.hall.ws}/console", day.operator.token)
    report = (await console.view(lambda view: view["test_report"] is not None))["test_report"]
    await console.close()
    assert (report["right"], report["wrong"]) == (17, [{"member": "SE", "pressed": "no"}])
    assert report["silent"] == [AWAY]
    day.declared(test)

    check = day.operator.prepare(kind="attendance")["id"]
    here = await day.vote(check, shared(present, ("yes", 18)))
    assert outcome(here)[0] == "counted"
    assert "18" in sentence(here, "fr")

    poll = day.operator.prepare(kind="poll", mode="hands")["id"]
    day.tell(poll, "hands", {"yes": 9, "no": 8, "abstain": 1})


async def an_admission(day: Day, present: Sequence[str]) -> None:
    """Two-thirds are missed; the second vote has another presence and carries; the Member sits."""
    first = day.operator.prepare(decision="admission", item="1", disclosure="turnout")["id"]
    missed = await day.vote(first, shared(present, ("yes", 10), ("no", 6), ("abstain", 2)))
    assert outcome(missed) == ("second_vote", 16, 11)
    assert missed["allowed"][0] == "second_vote"
    for code in ("SE", "IT"):
        left = {"present": False, "reason": "left the hall"}
        assert day.operator.http.post(f"/members/{code}/presence", json=left).status_code == 204

    second = day.operator.command(first, "second_vote")["id"]
    carried = await day.vote(second, shared(present, ("yes", 11), ("no", 3), ("abstain", 2)))
    assert outcome(carried) == ("adopted", 14, 10)
    assert sentence(carried, "en").endswith("The applicant is admitted to membership.")
    assert "3" in sentence(carried, "ar")
    present_at = [day.operator.record(each)["turnout"]["present"] for each in (first, second)]
    assert present_at == [18, 16]

    answer = day.operator.http.post("/members", json={**NEWCOMER, "ballot": second})
    assert answer.status_code == 201, answer.text
    (token,) = answer.json()["tokens"]
    seat = await Client.open(f"{day.hall.ws}/kiosk", token["token"])
    assert (await seat.view())["name"]["es"] == "Utopía"
    day.seats["XU"] = seat
    again = day.operator.http.post("/members", json={**NEWCOMER, "ballot": second})
    assert (again.status_code, again.json()["errors"][0]["field"]) == (422, "code")


async def an_amendment_of_the_constitution(day: Day, voters: Sequence[str]) -> None:
    """Two-thirds of all Members, the absent, the suspended and the new one included: 14 of 21."""
    ballot = day.operator.prepare(
        decision="constitution_amendment", item="2", disclosure="individual"
    )["id"]
    announced = day.operator.command(ballot, "announce")["view"]
    assert announced["rule"]["needed_if_all_vote"] == 14
    assert "all the Members" in announced["rule"]["words"]["en"]
    carried = await day.vote(ballot, {**shared(voters, ("yes", 13), ("abstain", 5)), "XU": "yes"})
    assert outcome(carried) == ("adopted", 21, 14)
    assert sentence(carried, "fr").endswith("L'amendement au Statut est adopté.")
    rows = {row["member"]: row for row in day.operator.record(ballot)["roll"]}
    assert (rows["XU"]["status"], rows["XU"]["choice"]) == ("voted", "yes")
    assert (rows[IN_ARREARS]["status"], rows[AWAY]["status"]) == ("suspended", "absent")


async def a_president(day: Day, voters: Sequence[str]) -> None:
    """Two-thirds in the first two ballots, more than half in the third."""
    first = day.operator.prepare(
        kind="election", decision="president", item="3", disclosure="turnout",
        candidates=[stands("AR"), stands("CN"), stands("KE")],
    )["id"]  # fmt: skip
    told = await day.vote(first, shared(voters, (["ar"], 9), (["cn"], 6), (["ke"], 4)))
    assert outcome(told) == ("next_round", 19, 13)
    second = day.operator.command(first, "next_round", withdrawn=["ke"], reason="withdraws")["id"]
    told = await day.vote(second, shared(voters, (["ar"], 12), (["cn"], 7)))
    assert outcome(told) == ("next_round", 19, 13)
    third = day.operator.command(second, "next_round")["id"]
    told = await day.vote(third, shared(voters, (["ar"], 10), (["cn"], 8), ([], 1)))
    assert outcome(told) == ("elected", 18, 10)
    assert "Candidate AR" in sentence(told, "ar")
    day.operator.command(third, "certify")


async def the_other_officers(day: Day, voters: Sequence[str]) -> None:
    """Three Vice-Presidents by acclamation; nine Delegates by region, one of them by lot."""
    vice = {"candidates": [stands("KE"), stands("JP"), stands("FR")]}
    acclaimed = day.operator.http.post("/agenda/4/adopt", json=vice).json()
    assert outcome(acclaimed)[0] == "consensus"
    day.records.append(acclaimed["id"])

    def candidates(region: str, *members: str) -> str:
        return str(
            day.operator.prepare(
                kind="election", decision="executive_delegates", item="5", region=region,
                disclosure="turnout", candidates=[stands(member) for member in members],
            )["id"]
        )  # fmt: skip

    for holds_an_office in ("FR", "IT"):  # one elected today, one from before this session
        body = {
            "kind": "election", "decision": "executive_delegates", "region": "europe",
            "title": dict.fromkeys(LANGUAGES, "Delegates"), "candidates": [stands(holds_an_office)],
        }  # fmt: skip
        refused = day.operator.http.post("/ballots", json=body)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "candidates")
        assert f"{holds_an_office} holds an office already" in refused.json()["detail"]

    africa = candidates("africa", "EG", "MA", "NG")
    told = await day.vote(
        africa, shared(voters, (["eg", "ng"], 7), (["ma", "ng"], 7), (["eg", "ma"], 4), ([], 1))
    )
    assert (outcome(told)[0], elected(told)) == ("tie_ballot", {"ng"})
    tie = day.operator.command(africa, "tie_ballot")["id"]
    told = await day.vote(tie, shared(voters, (["eg"], 8), (["ma"], 8), ([], 3)))
    assert outcome(told)[0] == "lots"
    told = day.operator.command(
        tie, "lots", drawn=["ma", "eg"], witnesses=["A. Teller", "B. Teller"]
    )
    delegates = elected(told) | {"ng"}
    for region, members in {
        "americas": ("BR", "MX"),
        "asia": ("IN", "TH"),
        "europe": ("DE", "ES", "SE"),
    }.items():
        named = [member.lower() for member in members]
        ballot = candidates(region, *members)
        told = await day.vote(ballot, shared(voters, (named, 15), (named[:1], 4)))
        assert outcome(told)[0] == "elected"
        delegates |= elected(told)
    assert len(delegates) == 9
    assert not delegates & {"ar", "ke", "jp", "fr"}


async def a_text_with_its_amendments(day: Day, voters: Sequence[str]) -> None:
    """Amendments furthest first, paragraph by paragraph, the whole; a fault, and a vote again."""
    whole = day.operator.prepare(item="6", disclosure="individual", document="GA-96-RES-06")["id"]
    ways = ("hands", "roll_call", "recorded", "paper")
    parts = [
        day.operator.prepare(
            item="6", mode=mode, part_of=whole, part_order=place,
            matter="amendment" if place <= 2 else "paragraph",
        )["id"]
        for place, mode in enumerate(ways, start=1)
    ]  # fmt: skip
    early = day.operator.try_command(whole, "open")
    assert (early.status_code, early.json()["code"]) == (409, "out_of_order")
    far, near, paragraph, closing = parts
    told = day.tell(far, "hands", {"yes": 6, "no": 11, "abstain": 2})
    assert outcome(told)[0] == "not_adopted"
    assert sentence(told, "es").endswith("Queda rechazada la enmienda.")

    day.operator.command(near, "open", language="es")
    while (called := day.operator.ballot(near)["view"]["calling"]["member"]) is not None:
        choice = "abstain" if called == AWAY else "yes" if called in AMERICAS else "no"
        day.operator.command(near, "call", member=called, choice=choice)
    day.operator.command(near, "close")
    assert outcome(day.declared(near)) == ("not_adopted", 19, 10)

    day.operator.command(paragraph, "open")
    await day.cast(paragraph, shared(voters, ("yes", 12)))
    day.operator.command(paragraph, "close")
    assert day.approved(paragraph, "void", reason="a seat was double")["phase"] == "void"
    day.records.append(paragraph)
    again = day.approved(paragraph, "rerun", reason="held again")
    assert again["reruns"] == paragraph
    told = await day.vote(again["id"], shared(voters, ("yes", 15), ("no", 4)))
    assert outcome(told) == ("adopted", 19, 10)

    papers = {"yes": 9, "no": 9, "abstain": 0, "invalid": 1}
    assert outcome(day.tell(closing, "paper", papers)) == ("not_adopted", 18, 10)

    told = await day.vote(whole, shared(voters, ("yes", 13), ("no", 2), ("abstain", 4)))
    assert outcome(told) == ("adopted", 15, 8)
    day.operator.command(
        whole, "correct", text="pressed the wrong button", member=voters[0], intention="no"
    )
    day.operator.command(whole, "correct", text="the document's number is GA-96-RES-06 Rev. 1")
    corrected = day.operator.record(whole)
    assert [each["intention"] for each in corrected["corrections"]] == ["no", None]
    assert corrected["counts"]["yes"] == 13

    budget = day.operator.http.post("/agenda/7/adopt", json={}).json()
    assert outcome(budget)[0] == "consensus"
    day.records.append(budget["id"])


async def afterwards(day: Day) -> None:
    """Every record of the day verifies from its own bytes, and they are of one journal."""
    assert len(day.records) == len(set(day.records)) == 22
    saved: bytes | None = None
    for ballot in day.records:
        raw = day.operator.http.get(f"/ballots/{ballot}/record").content
        found = verify_record(raw, saved=saved)
        assert isinstance(found, Sound), (ballot, found)
        saved = json.dumps(json.loads(raw)["checkpoint"]).encode()
    types = {line["type"] for line in day.operator.http.get("/journal").json()}
    assert {"member_admitted", "lots_drawn", "approval_given", "ballot_corrected"} <= types
