"""Several delegates sit for a Member: named in the file or by the operator, and handed over."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.assembly.assembly import Assembly
from server.assembly.files import parse_assembly
from server.assembly.problems import AssemblyProblems
from server.assembly.sample import load_sample
from server.assembly.stored import as_json, from_json
from server.cli.verify import verify
from tests.api.small_assembly import write_assembly
from tests.halls import Client, HallProcess, Operator

DELEGATIONS = """
[[delegations]]
member = "FR"
head = "Ms Lune"
delegates = ["Mr Soleil", "Ms Étoile"]
[[delegations]]
member = "JP"
delegates = ["Ms Umi"]
"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    folder = tmp_path_factory.mktemp("delegations")
    file = write_assembly(folder)
    file.write_text(file.read_text("utf-8") + DELEGATIONS, encoding="utf-8")
    process = HallProcess(folder / "data", "--assembly", str(file)).start()
    yield process
    assert process.stop() == 0


def member(operator: Operator, code: str) -> dict[str, Any]:
    return next(each for each in operator.http.get("/members").json() if each["code"] == code)


def hand_over(operator: Operator, code: str, delegate: str, status: int = 204) -> str:
    body = {"delegate": delegate, "reason": "she has to leave"}
    answer = operator.http.post(f"/members/{code}/hand_over", json=body)
    assert answer.status_code == status, answer.text
    return answer.text


def verified(operator: Operator, ballot: str, folder: Path) -> Path:
    """The ballot's record, kept as a file that verifies."""
    path = folder / "record.json"
    path.write_bytes(operator.http.get(f"/ballots/{ballot}/record").content)
    out, err = io.StringIO(), io.StringIO()
    assert verify(str(path), None, None, out, err) == 0, err.getvalue()
    return path


async def test_who_votes_is_known_to_the_operator_and_in_the_record(
    hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    told = member(operator, "FR")
    assert [each["name"] for each in told["delegates"]] == ["Ms Lune", "Mr Soleil", "Ms Étoile"]
    assert [each["head"] for each in told["delegates"]] == [True, False, False]
    assert told["votes_by"] == "Ms Lune"
    assert member(operator, "JP")["votes_by"] == "Ms Umi"
    assert (member(operator, "DE")["delegates"], member(operator, "DE")["votes_by"]) == ([], None)

    hand_over(operator, "FR", "Mr Soleil")
    tokens = operator.tokens(["FR", "DE"])
    ballot = operator.open(disclosure="individual")
    # While the ballot is open the vote is handed on: one vote, whoever presses.
    seat = await Client.open(f"{hall.ws}/kiosk", tokens["FR"])
    assert (await seat.press(ballot, "yes"))["type"] == "receipt"
    hand_over(operator, "FR", "Ms Étoile")
    assert (await seat.press(ballot, "no"))["current"]
    display = await Client.open(f"{hall.ws}/display", operator.token)
    other = await Client.open(f"{hall.ws}/kiosk", tokens["DE"])
    shown = json.dumps([await display.view(), await other.view()], ensure_ascii=False)
    assert not any(name in shown for name in ("Lune", "Soleil", "Étoile", "Umi"))
    await seat.view(lambda view: view["delegation"]["votes_by"] == "Ms Étoile")
    operator.command(ballot, "close")
    hand_over(operator, "FR", "Ms Lune")  # after the close: of the next ballot
    operator.command(ballot, "declare")

    path = verified(operator, ballot, tmp_path)
    record = json.loads(path.read_bytes())
    rows = {row["member"]: row for row in record["roll"]}
    assert rows["FR"]["delegates"] == ["Mr Soleil", "Ms Étoile"]
    assert rows["JP"]["delegates"] == ["Ms Umi"]
    assert "delegates" not in rows["DE"]
    csv = operator.http.get(f"/ballots/{ballot}/record?format=csv").content.decode("utf-8-sig")
    assert "Mr Soleil; Ms Étoile" in csv
    rows["FR"]["delegates"] = ["Ms Lune"]
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    assert verify(str(path), None, None, out, err) == 1
    assert "delegates" in err.getvalue()

    # Seats and displays are not told the names; of its own Member a seat is, in its view.
    answer = operator.http.get("/members", headers={"Authorization": f"Bearer {tokens['DE']}"})
    france = next(each for each in answer.json() if each["code"] == "FR")
    assert (france["delegates"], france["votes_by"]) == ([], None)
    for each in (seat, other, display):
        await each.close()


async def test_delegates_hand_the_vote_over_at_their_seat(
    hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    tokens = operator.tokens(["FR", "DE", "JP"])
    seats = {code: await Client.open(f"{hall.ws}/kiosk", token) for code, token in tokens.items()}
    france, germany, japan = (seats[code] for code in ("FR", "DE", "JP"))
    first = await france.view()
    began = first["delegation"]["votes_by"]
    assert sorted(first["delegation"]["names"]) == sorted(["Ms Lune", "Mr Soleil", "Ms Étoile"])
    assert (await germany.view())["delegation"] is None
    assert (await japan.view())["delegation"] == {"names": ["Ms Umi"], "votes_by": "Ms Umi"}

    async def asked(client: Client, delegate: str) -> None:
        await client.send({"type": "hand_over", "delegate": delegate})

    async def refused(client: Client, delegate: str) -> str:
        await asked(client, delegate)
        error = await client.until(lambda frame: frame["type"] == "error")
        assert error["code"] == "bad_hand_over"
        return str(error["detail"])

    # A seat's hand-over is of its own Member, whatever name it sends; and it names the remedy.
    assert "not in the delegation of FR: Ms Lune, Mr Soleil, Ms Étoile" in await refused(
        france, "Ms Umi"
    )
    assert "not in the delegation of JP" in await refused(japan, "Mr Soleil")
    assert "name its delegation first" in await refused(germany, "Mr Soleil")
    assert f"{began} votes for FR already" in await refused(france, began)
    assert member(operator, "FR")["votes_by"] == began

    ballot = operator.open(disclosure="individual")
    assert (await france.press(ballot, "yes"))["type"] == "receipt"
    next_one = "Mr Soleil" if began != "Mr Soleil" else "Ms Lune"
    await asked(france, f" {next_one} ")
    told = await france.view(lambda view: view["delegation"]["votes_by"] == next_one)
    assert told["ballot"]["mine"]["choice"] == "yes"  # the vote stands as it stands
    assert member(operator, "FR")["votes_by"] == next_one
    assert (await france.press(ballot, "no"))["current"]
    operator.command(ballot, "close")
    operator.command(ballot, "declare")

    path = verified(operator, ballot, tmp_path)
    record = json.loads(path.read_bytes())
    rows = {row["member"]: row for row in record["roll"]}
    assert rows["FR"]["delegates"] == [began, next_one]
    handed = [
        line["actor"]
        for line in operator.http.get("/journal").json()
        if line["type"] == "vote_handed_over"
    ]
    assert handed[-1] == f"seat:{first['seat']}"
    assert handed.count(handed[-1]) == 1  # nothing that was refused is there
    for each in seats.values():
        await each.close()


async def test_a_delegation_that_is_named_during_a_ballot_is_in_its_record(
    hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    tokens = operator.tokens(["DE", "AT", "BR"])
    name_delegation(operator, "DE", {"name": "Ms Alt", "head": True}, {"name": "Mr Zweit"})
    ballot = operator.open(disclosure="individual")
    germany = await Client.open(f"{hall.ws}/kiosk", tokens["DE"])
    austria = await Client.open(f"{hall.ws}/kiosk", tokens["AT"])
    # The new head votes from now on, until the vote is handed over at the seat.
    name_delegation(operator, "DE", {"name": "Ms Neu", "head": True}, {"name": "Mr Zweit"})
    assert (await germany.press(ballot, "yes"))["type"] == "receipt"
    await germany.send({"type": "hand_over", "delegate": "Mr Zweit"})
    await germany.view(lambda view: view["delegation"]["votes_by"] == "Mr Zweit")
    # Named anew with him at its head, who votes stays the same.
    name_delegation(operator, "DE", {"name": "Mr Zweit", "head": True}, {"name": "Ms Neu"})
    # And a Member for whom nobody was named.
    name_delegation(operator, "AT", {"name": "Frau Erst"})
    assert (await austria.press(ballot, "no"))["type"] == "receipt"
    # Who is admitted now is not on this ballot's roll.
    admitted = {"code": "QA", "name": dict.fromkeys(("en", "fr", "es", "ar"), "Qatar"),
                "region": "asia", "reason": "admitted"}  # fmt: skip
    answer = operator.http.post("/members", json=admitted)
    assert answer.status_code == 201, answer.text
    name_delegation(operator, "QA", {"name": "Mr Late"}, {"name": "Ms Later"})
    hand_over(operator, "QA", "Ms Later")
    operator.command(ballot, "close")
    name_delegation(operator, "DE", {"name": "Ms After", "head": True})
    operator.command(ballot, "declare")

    path = verified(operator, ballot, tmp_path)
    record = json.loads(path.read_bytes())
    rows = {row["member"]: row for row in record["roll"]}
    assert rows["DE"]["delegates"] == ["Ms Alt", "Ms Neu", "Mr Zweit"]
    assert rows["AT"]["delegates"] == ["Frau Erst"]
    assert "QA" not in rows
    rows["DE"]["delegates"] = ["Ms Alt", "Mr Zweit"]
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    assert verify(str(path), None, None, out, err) == 1
    assert "delegates" in err.getvalue()

    # A record is for every role: who may read it finds the names.
    seat = {"Authorization": f"Bearer {tokens['BR']}"}
    assert "Ms Neu" in operator.http.get(f"/ballots/{ballot}/record", headers=seat).text
    for each in (germany, austria):
        await each.close()


def name_delegation(
    operator: Operator, code: str, *delegates: dict[str, Any], status: int = 204
) -> str:
    body = {"delegates": list(delegates), "reason": "credentials received"}
    answer = operator.http.post(f"/members/{code}/delegation", json=body)
    assert answer.status_code == status, answer.text
    return answer.text


def test_a_delegation_is_named_anew_by_the_operator(operator: Operator) -> None:
    def name(code: str, *delegates: dict[str, Any], status: int = 204) -> str:
        return name_delegation(operator, code, *delegates, status=status)

    assert "name its delegation first" in hand_over(operator, "SE", "Mx Snö", 422)
    name("SE", {"name": "Mx Snö"}, {"name": "Mr Is", "head": True})
    assert member(operator, "SE")["votes_by"] == "Mr Is"
    assert "votes for SE already" in hand_over(operator, "SE", "Mr Is", 422)
    assert "not in the delegation" in hand_over(operator, "SE", "Ms Lune", 422)
    hand_over(operator, "SE", "Mx Snö")
    assert member(operator, "SE")["votes_by"] == "Mx Snö"
    assert "twice" in name("SE", {"name": "A"}, {"name": "A"}, status=422)
    two_heads = ({"name": "A", "head": True}, {"name": "B", "head": True})
    assert "one head" in name("SE", *two_heads, status=422)
    assert "delegates.0.name" in name("SE", {"name": ""}, status=422)
    name("SE")
    assert member(operator, "SE")["delegates"] == []
    assert operator.http.post("/members/XX/delegation", json={"delegates": [], "reason": "r"}
    ).status_code == 404  # fmt: skip


def parsed(text: str) -> Assembly | AssemblyProblems:
    head = '[assembly]\nid = "a"\nrulebook = "plain"\nname = {en="A",fr="A",es="A",ar="A"}\n'
    return parse_assembly(head + text, "a.toml", load_sample().members)


def test_a_file_names_delegations_and_keeps_them() -> None:
    assembly = parsed(DELEGATIONS)
    assert isinstance(assembly, Assembly)
    france = next(each for each in assembly.members if each.code == "FR")
    assert france.votes_by == "Ms Lune"
    assert from_json(as_json(assembly)) == assembly


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('member = "XX"\nhead = "A"', "no Member's code"),
        ('member = "FR"', "names nobody"),
        ('member = "FR"\ndelegates = "A"', "not a list of names"),
        ('member = "FR"\ndelegates = ["A", "A"]', "names somebody twice"),
        ('member = "FR"\nhead = "A"\n[[delegations]]\nmember = "FR"\nhead = "B"', "twice"),
        ('member = "FR"\nhead = "A"\nchief = "B"', "not known here"),
    ],
)
def test_a_delegation_that_cannot_be_is_named(text: str, what: str) -> None:
    problems = parsed(f"[[delegations]]\n{text}")
    assert isinstance(problems, AssemblyProblems)
    assert what in str(problems)
