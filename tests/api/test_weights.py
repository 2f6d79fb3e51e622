"""Votes that weigh differently: a double majority of States and population, to the record."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from server.locales.speech import load_speech
from server.record.exports.sheet import sheet_of
from server.record.verify import Sound, Unsound, verify_record
from server.vocabulary import Language
from tests.api.small_assembly import write_assembly
from tests.halls import Client, HallProcess, Operator, connected

POPULATION = {"AT": 900, "DE": 8400, "ES": 4800, "FR": 6800, "IT": 5900, "SE": 1000, "PT": 1000}
STATES = tuple(POPULATION)
SUSPENDED = "AT"
VOTERS = tuple(state for state in STATES if state != SUSPENDED)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    folder = tmp_path_factory.mktemp("council")
    file = write_assembly(
        folder,
        codes=STATES,
        suspended=SUSPENDED,
        rulebook="eu-council",
        weights={state: {"population": n} for state, n in POPULATION.items()},
    )
    process = HallProcess(folder / "data", "--assembly", str(file)).start()
    yield process
    assert process.stop() == 0


@pytest.fixture
async def seats(hall: HallProcess, operator: Operator) -> AsyncIterator[dict[str, Client]]:
    async with connected(hall, operator.tokens(VOTERS)) as clients:
        yield clients


async def decided(
    operator: Operator, seats: Mapping[str, Client], no: tuple[str, ...], **fields: Any
) -> dict[str, Any]:
    """Everybody but these votes yes; the declared ballot."""
    ballot = operator.open(**{"disclosure": "individual", **fields})
    replies = await asyncio.gather(
        *(seats[state].press(ballot, "no" if state in no else "yes") for state in VOTERS)
    )
    assert {reply["type"] for reply in replies} == {"receipt"}
    operator.command(ballot, "close")
    return operator.command(ballot, "declare")


def verdict_on(operator: Operator, ballot: str) -> tuple[Sound | Unsound, dict[str, Any]]:
    raw = operator.http.get(f"/ballots/{ballot}/record").content
    return verify_record(raw), json.loads(raw)


async def test_states_and_population_decide_together(
    operator: Operator, seats: dict[str, Client]
) -> None:
    ballot = operator.prepare(decision="reinforced", disclosure="individual")
    words = operator.command(ballot["id"], "announce")["view"]["rule"]["words"]
    assert "Member States: At least 72/100" in words["en"]
    assert "Población:" in words["es"]
    operator.command(ballot["id"], "cancel", reason="only the words")

    told = await decided(operator, seats, ("DE",), decision="reinforced")
    outcome = told["view"]["outcome"]
    # 5 of 7 States are 71.4 %; the population in favour is 19500 of 28800, 67.7 %.
    assert outcome["outcome"] == "not_adopted"
    assert [(each["yes"], each["base"], each["needed"]) for each in outcome["parts"]] == [
        (5, 7, 6), (19_500, 28_800, 18_720),
    ]  # fmt: skip
    assert [each["carried"] for each in outcome["parts"]] == [False, True]
    assert outcome["counts"] == {"yes": 5, "no": 1, "abstain": 0}
    assert "Population: 19,500 of 28,800 in favour, needed 18,720." in outcome["sentence"]["en"]
    assert outcome["sentence"]["fr"].endswith("Le projet de résolution n'est pas adopté.")
    found, record = verdict_on(operator, told["id"])
    assert isinstance(found, Sound), found
    assert record["result"]["parts"]["population"]["explain"]["yes"] == 19_500
    assert {row["member"]: row["weights"] for row in record["roll"]}["FR"] == {"population": 6800}
    for format_ in ("csv", "xml", "popolo", "pdf"):
        answer = operator.http.get(f"/ballots/{told['id']}/record?format={format_}")
        assert answer.status_code == 200, format_


async def test_three_large_states_cannot_block(
    operator: Operator, seats: dict[str, Client]
) -> None:
    told = await decided(operator, seats, ("DE", "FR"))
    outcome = told["view"]["outcome"]
    # With the suspended State three are not in favour, and the population in favour is 44 %.
    assert [each["carried"] for each in outcome["parts"]] == [True, False]
    assert outcome["outcome"] == "adopted"
    assert "Only 3 not in favour" in outcome["explanation"]["en"]
    found, record = verdict_on(operator, told["id"])
    assert isinstance(found, Sound), found
    assert record["result"]["blocking_minority"] == {
        "part": "states", "against": 3, "needed": 4, "formed": False,
    }  # fmt: skip
    blocked = await decided(operator, seats, ("DE", "FR", "SE"))
    assert blocked["view"]["outcome"]["outcome"] == "not_adopted"


async def test_a_weight_cannot_be_counted_by_hands_and_none_is_made_up(
    operator: Operator, seats: dict[str, Client]
) -> None:
    body = {"title": {"en": "x"}, "decision": "ordinary", "mode": "hands"}
    refused = operator.http.post("/ballots", json=body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "mode")
    told = await decided(operator, seats, (), decision="procedural")
    found, record = verdict_on(operator, told["id"])
    assert isinstance(found, Sound)
    assert (record["result"]["base"], record["result"]["needed"]) == (7, 4)
    decisions = operator.http.get("/assembly").json()["decisions"]
    assert all(each["supported"] and each["words"]["ar"] for each in decisions)


# --- proxies and chambers

CHAMBERS = {
    "DE": {"governments": 3}, "ES": {"governments": 3}, "FR": {"governments": 3},
    "IT": {"organisations": 1}, "SE": {"organisations": 2}, "PT": {"organisations": 1},
}  # fmt: skip


@pytest.fixture
def congress(tmp_path: Path) -> Iterator[HallProcess]:
    file = write_assembly(
        tmp_path, codes=tuple(CHAMBERS), suspended="", rulebook="iucn", weights=CHAMBERS
    )
    process = HallProcess(tmp_path / "data", "--assembly", str(file)).start()
    yield process
    assert process.stop() == 0


async def test_a_member_votes_for_another_in_its_own_chamber(congress: HallProcess) -> None:
    operator = Operator(congress)

    def proxy(member: str, holder: str | None) -> int:
        body = {"holder": holder, "reason": "a letter of the delegation"}
        return operator.http.post(f"/members/{member}/proxy", json=body).status_code

    assert proxy("ES", "DE") == 204
    assert proxy("SE", "DE") == 204
    assert [proxy("DE", "FR"), proxy("FR", "ES"), proxy("FR", "FR"), proxy("IT", None)] == [422] * 4
    assert proxy("XX", "DE") == 404

    tokens = operator.tokens(["DE", "FR", "IT", "SE"])
    seats = {each: await Client.open(f"{congress.ws}/kiosk", tokens[each]) for each in tokens}
    display = await Client.open(f"{congress.ws}/display", operator.token)
    ballot = operator.open(disclosure="individual")
    shown = await seats["DE"].view(lambda view: (view["ballot"] or {}).get("phase") == "open")
    assert [each["en"] for each in shown["ballot"]["votes_for"]] == ["Spain", "Sweden"]
    giver = await seats["SE"].view(lambda view: (view["ballot"] or {}).get("phase") == "open")
    assert giver["ballot"]["voted_for_by"]["fr"] == "Allemagne"

    await seats["DE"].press(ballot, "yes")
    seen = await display.view(
        lambda view: view["ballot"] and view["ballot"]["turnout"]["voted"] == 3
    )
    assert seen["ballot"]["counts"] == {"yes": 3, "no": 0, "abstain": 0}
    assert seen["ballot"]["board"].count("y") == 3
    # Sweden comes, and votes itself: nobody votes for it any more.
    await seats["SE"].press(ballot, "no")
    await seats["FR"].press(ballot, "no")
    await seats["IT"].press(ballot, "yes")
    operator.command(ballot, "close")
    told = operator.command(ballot, "declare")["view"]["outcome"]
    assert told["counts"] == {"yes": 3, "no": 2, "abstain": 0}
    assert [(each["yes"], each["base"], each["carried"]) for each in told["parts"]] == [
        (6, 9, True), (1, 3, False),
    ]  # fmt: skip
    assert told["outcome"] == "not_adopted"
    found, record = verdict_on(operator, ballot)
    assert isinstance(found, Sound), found
    rows = {row["member"]: row for row in record["roll"]}
    assert (rows["ES"]["choice"], rows["ES"]["by"], rows["ES"]["n"]) == ("yes", "DE", None)
    assert (rows["SE"]["choice"], "by" in rows["SE"]) == ("no", False)
    assert record["turnout"]["voted"] == 5
    exports = {
        format_: operator.http.get(f"/ballots/{ballot}/record?format={format_}")
        for format_ in ("csv", "xml", "popolo", "pdf")
    }
    assert {each.status_code for each in exports.values()} == {200}
    table = csv.DictReader(io.StringIO(exports["csv"].content.decode("utf-8-sig"), newline=""))
    lines = {line["member"]: line for line in table}
    assert (lines["ES"]["by"], lines["SE"]["by"]) == ("DE", "")
    assert lines["SE"]["weight_organisations"] == "2"
    assert lines["ES"]["weight_organisations"] == "0"
    xml = fromstring(exports["xml"].content)
    named = {each.get("PersId"): each for each in xml.iter("PoliticalGroup.Member.Name")}
    assert (named["ES"].get("By"), named["ES"].get("Weights")) == ("DE", "governments=3")
    assert named["DE"].get("By") is None
    section = xml.find("RollCallVote.Result/Result.For")
    assert section is not None
    assert section.get("Number") == "3"
    assert section.get("Weights") == "governments=6 organisations=1"
    votes = {each["voter_id"]: each for each in exports["popolo"].json()["votes"]}
    assert (votes["ES"]["by"], votes["ES"]["weights"]) == ("DE", {"governments": 3})
    assert "by" not in votes["DE"]
    sheet = sheet_of(record, Language.EN, load_speech())
    printed = {row[0]: row[1] for row in sheet["rows"]}
    assert printed["Spain"] == "In favour · Governments 3 · by Germany"
    assert printed["Italy"] == "In favour · Organisations 1"

    assert proxy("ES", None) == 204
    later = operator.open(disclosure="individual")
    await seats["DE"].press(later, "yes")
    operator.command(later, "close")
    operator.command(later, "declare")
    _, record = verdict_on(operator, later)
    assert {row["member"] for row in record["roll"] if row["choice"]} == {"DE", "SE"}
    for client in (*seats.values(), display):
        await client.close()
    operator.close()
