"""A non-recorded ballot over HTTP and sockets: voters and tally last, the link between them never.

After the close every file of the hall is searched, and everything that the hall hands out.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
from pathlib import Path
from typing import Any

from server.cli.verify import verify
from tests.api.conftest import Door
from tests.faults.test_box_lost import mark_of
from tests.halls import Client, HallProcess, Operator
from tests.traces import contents_of, erased, files_with, followed, running_hashes

MEMBERS = ("AF", "AL", "DZ", "AD", "AO")
CHOICES = ("yes", "yes", "no", "abstain", "yes")


async def cast(
    hall: HallProcess, door: Door, operator: Operator, ballot: str, choices: dict[str, Any]
) -> dict[str, tuple[Client, dict[str, Any]]]:
    """The seats of these Members, connected, and their receipts. The journal's database has noted
    the box after the first press, and after the last."""
    tokens = operator.tokens(list(choices))
    seats: dict[str, tuple[Client, dict[str, Any]]] = {}
    for member, choice in choices.items():
        seat = await door("kiosk", tokens[member])
        await seat.view(lambda view: view["ballot"] is not None and view["ballot"]["id"] == ballot)
        receipt = await seat.press(ballot, choice)
        assert receipt["type"] == "receipt", receipt
        seats[member] = (seat, receipt)
        if len(seats) in (1, len(choices)):
            await mark_of(hall, ballot, len(seats))
    return seats


def handed_out(operator: Operator, ballot: str) -> dict[str, bytes]:
    """Everything that anybody can fetch of a ballot."""
    paths = [f"/ballots/{ballot}", "/ballots"]
    paths += [
        f"/ballots/{ballot}/record?format={each}" for each in ("json", "csv", "xml", "popolo")
    ]
    answers = {path: operator.http.get(path) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}
    metrics = operator.http.get(str(operator.http.base_url).replace("/api/v1/", "/metrics"))
    assert metrics.status_code == 200
    answers["metrics"] = metrics
    return {path: answer.content for path, answer in answers.items()}


async def test_after_the_close_nothing_tells_who_voted_what(
    shared_hall: HallProcess, operator: Operator, door: Door, tmp_path: Path
) -> None:
    ballot = operator.open(mode="non_recorded", disclosure="counts")
    seats = await cast(
        shared_hall, door, operator, ballot, dict(zip(MEMBERS, CHOICES, strict=True))
    )
    presses = tuple(receipt["press_id"] for _, receipt in seats.values())
    assert {receipt["code"] for _, receipt in seats.values()} == {""}, "nothing to find it by"
    assert files_with(shared_hall.data / "redis", presses), "the box has to be on disk"
    shown = await seats["AF"][0].view(lambda view: view["ballot"]["mine"] is not None)
    assert (shown["ballot"]["mine"]["choice"], shown["ballot"]["mine"]["code"]) == ("yes", "")

    operator.command(ballot, "close")
    operator.command(ballot, "declare")
    record = await asyncio.to_thread(erased, operator, ballot)
    assert files_with(shared_hall.data, presses) == []
    assert not any(press in shared_hall.log() for press in presses)
    told = handed_out(operator, ballot)
    for path, content in told.items():
        found = [each for each in presses if each.encode() in content]
        assert found == [], path
        assert re.search(rb'"AF"[^}]*"(yes|no|abstain)"', content) is None, path

    # Whoever has all that a tablet knew of its press, and every file, finds no vote by trying.
    hashes = running_hashes([*contents_of(shared_hall.data), *told.values()])
    assert followed(hashes, zip(MEMBERS, presses, strict=True), sorted(set(CHOICES))) == []

    # What lasts: voters, tally, outcome.
    rows = {row["member"]: row for row in record["roll"]}
    for member in MEMBERS:
        assert rows[member]["status"] == "voted"
        told = {name: rows[member][name] for name in ("choice", "n", "code", "press_id")}
        assert told == {"choice": None, "n": None, "code": None, "press_id": None}
    assert sum(row["status"] == "voted" for row in rows.values()) == len(MEMBERS)
    assert record["counts"] == {"yes": 3, "no": 1, "abstain": 1}
    assert record["result"]["outcome"] == "adopted"

    # The seat says that the Member has voted, and no more; a resend gets no receipt any more.
    for member, (seat, receipt) in seats.items():
        view = await seat.view(lambda view: view["ballot"]["phase"] == "declared")
        mine = {"choice": None, "n": 0, "code": "", "tracker": None, "proved": True}
        assert view["ballot"]["mine"] == mine
        again = await seat.press(ballot, "no", receipt["press_id"])
        assert (again["type"], again["reason"]) == ("refused", "closed"), member
    screen = await door("display", operator.token)
    board = (await screen.view())["ballot"]["board"]
    assert sorted(set(board)) == [".", "v"]

    file = tmp_path / "record.json"
    file.write_bytes(operator.http.get(f"/ballots/{ballot}/record").content)
    out, err = io.StringIO(), io.StringIO()
    assert verify(str(file), None, None, out, err) == 0, err.getvalue()
    assert "the tally: who voted is recorded, but not what" in out.getvalue()
    assert "that the ballot box was erased after the close: as the hall says" in out.getvalue()
    file.write_text(json.dumps({**record, "counts": {"yes": 4, "no": 0, "abstain": 1}}))
    assert verify(str(file), None, None, out, err) == 1


async def test_an_election_and_a_cancelled_ballot_leave_no_link_either(
    shared_hall: HallProcess, operator: Operator, door: Door, tmp_path: Path
) -> None:
    names = [{"id": each, "name": dict.fromkeys(("en", "fr", "es", "ar"), each)} for each in "abc"]
    ballot = operator.open(
        kind="election",
        decision="president",
        mode="non_recorded",
        disclosure="none",
        candidates=[{**each, "member": None} for each in names],
    )
    papers: dict[str, Any] = {"AF": ["a"], "AL": ["a"], "DZ": ["a"], "AD": ["b"], "AO": []}
    seats = await cast(shared_hall, door, operator, ballot, papers)
    operator.command(ballot, "close")
    operator.command(ballot, "declare")
    record = await asyncio.to_thread(erased, operator, ballot)
    assert record["counts"] == {"a": 3, "b": 1, "c": 0}
    assert record["election"]["blank"] == 1
    assert record["result"]["elected"] == ["a"]
    assert all(row["choice"] is None for row in record["roll"])

    cancelled = operator.open(mode="non_recorded", disclosure="none")
    more = await cast(shared_hall, door, operator, cancelled, {"AF": "yes", "AL": "no"})
    operator.command(cancelled, "cancel", reason="a fault")
    told = await asyncio.to_thread(erased, operator, cancelled)
    assert told["counts"] is None
    presses = tuple(receipt["press_id"] for _, receipt in (*seats.values(), *more.values()))
    assert files_with(shared_hall.data, presses) == []
    hashes = running_hashes(contents_of(shared_hall.data))
    known = [
        (member, receipt["press_id"]) for member, (_, receipt) in (*seats.items(), *more.items())
    ]
    answers = ["yes", "no", "abstain", '["a"]', '["b"]', "[]"]
    assert followed(hashes, known, answers) == []
    for each in (ballot, cancelled):
        path = tmp_path / "record.json"
        path.write_bytes(operator.http.get(f"/ballots/{each}/record").content)
        out, err = io.StringIO(), io.StringIO()
        assert verify(str(path), None, None, out, err) == 0, err.getvalue()


async def test_of_a_void_ballot_not_even_the_staff_is_told_the_tally(
    shared_hall: HallProcess, operator: Operator, door: Door, tmp_path: Path
) -> None:
    ballot = operator.open(mode="non_recorded", disclosure="none")
    await cast(shared_hall, door, operator, ballot, {"AF": "yes", "AL": "no", "DZ": "yes"})
    for command in ("close", "declare"):
        operator.command(ballot, command)
    operator.command(ballot, "void", reason="a fault")
    record = await asyncio.to_thread(erased, operator, ballot)
    assert record["counts"] is None
    content = operator.http.get(f"/ballots/{ballot}/record").content
    assert b'\\"yes\\":2' not in content
    assert b"tally" not in content
    file = tmp_path / "record.json"
    file.write_bytes(content)
    out, err = io.StringIO(), io.StringIO()
    assert verify(str(file), None, None, out, err) == 0, err.getvalue()


def test_what_would_tell_the_link_is_refused(operator: Operator) -> None:
    body = {"title": {"en": "M", "fr": "M", "es": "M", "ar": "م"}, "decision": "ordinary"}
    answer = operator.http.post(
        "/ballots", json={**body, "mode": "non_recorded", "disclosure": "individual"}
    )
    assert answer.status_code == 422
    assert "never shows who voted what" in answer.text
    ballot = operator.open(mode="non_recorded", disclosure="none")
    for command in ("close", "declare"):
        operator.command(ballot, command)
    told = {"text": "pressed the wrong button", "member": "AF"}
    answer = operator.try_command(ballot, "correct", **told, intention="yes")
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["intention"]
    assert "leave it out" in answer.text
    operator.command(ballot, "correct", **told)
    assert operator.record(ballot)["corrections"][0]["intention"] is None
    answer = operator.http.post(
        "/ballots", json={**body, "mode": "non_recorded", "kind": "attendance"}
    )
    assert answer.status_code == 422
    assert "mode" in answer.text
