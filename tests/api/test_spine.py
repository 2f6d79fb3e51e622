"""The thin whole: 196 Members vote on one motion, from the token to the verified record."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from server.cli.verify import verify
from tests.halls import Client, HallProcess, Operator, connected
from tests.own_hall import hall

__all__ = ["hall"]


async def test_a_whole_assembly_votes_from_the_contract_alone(
    hall: HallProcess, operator: Operator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tokens = operator.tokens()
    assert len(tokens) == 196
    display = await Client.open(f"{hall.ws}/display", operator.token)
    console = await Client.open(f"{hall.ws}/console", operator.token)
    async with connected(hall, tokens) as clients:
        assert (await clients["FR"].next())["type"] == "welcome"
        ballot = operator.open(disclosure="individual", seconds=300)
        shown = await display.view(lambda view: (view["ballot"] or {}).get("phase") == "open")
        assert shown["ballot"]["turnout"] == {"voted": 0, "entitled": 196}
        assert shown["ballot"]["closes_at"] is not None

        order = sorted(tokens)
        wanted = {
            member: ("yes", "no", "abstain")[index % 3] for index, member in enumerate(order[:190])
        }
        receipts = await asyncio.gather(
            *(clients[member].press(ballot, choice) for member, choice in wanted.items())
        )
        assert {each["type"] for each in receipts} == {"receipt"}
        assert sorted(each["n"] for each in receipts) == list(range(1, 191))
        assert all(each["current"] for each in receipts)

        full = await display.view(lambda view: view["ballot"]["turnout"]["voted"] == 190)
        counts = {"yes": 64, "no": 63, "abstain": 63}
        assert full["ballot"]["counts"] == counts
        board = full["ballot"]["board"]
        assert len(board) == 196
        assert {mark: board.count(mark) for mark in "yna."} == {"y": 64, "n": 63, "a": 63, ".": 6}

        operator.command(ballot, "last_call")
        operator.command(ballot, "close")
        closed = await display.view(lambda view: view["ballot"]["phase"] == "closed")
        assert closed["ballot"]["outcome"] is None
        seen = await console.view(lambda view: view["undeclared"] is not None)
        assert seen["undeclared"]["outcome"] == "adopted"
        sums = seen["reconciliation"]
        assert sums["voted"] + sums["not_voted"] + sums["absent"] + sums["suspended"] == 196
        mine = await clients["FR"].view(lambda view: view["ballot"]["phase"] == "closed")
        assert mine["ballot"]["mine"]["choice"] == wanted["FR"]

        operator.command(ballot, "declare")
        result = await display.view(lambda view: view["ballot"]["outcome"] is not None)
        outcome = result["ballot"]["outcome"]
        assert (outcome["outcome"], outcome["needed"], outcome["base"]) == ("adopted", 64, 127)
        assert set(outcome["sentence"]) == {"en", "fr", "es", "ar"}
        assert "64" in outcome["sentence"]["fr"]
        operator.command(ballot, "certify")
        operator.command(ballot, "publish")

        codes = {each["code"] for each in receipts}
        record = operator.record(ballot)
        rows = {row["member"]: row for row in record["roll"]}
        assert {member: row["choice"] for member, row in rows.items() if row["choice"]} == wanted
        assert {row["status"] for row in rows.values()} == {"voted", "not_voted"}
        assert {row["code"] for row in rows.values() if row["code"]} == codes

        path = tmp_path / "record.json"
        raw = operator.http.get(f"/ballots/{ballot}/record").content
        path.write_bytes(raw)
        assert _verify(path, capsys) == 0, capsys.readouterr().err
        changed = raw.replace(b'"choice": "yes"', b'"choice": "no"', 1)
        assert changed != raw
        path.write_bytes(changed)
        assert _verify(path, capsys) == 1
    await display.close()
    await console.close()


def _verify(path: Path, capsys: pytest.CaptureFixture[str]) -> int:
    import sys

    return verify(str(path), None, None, sys.stdout, sys.stderr)


async def test_a_seat_changes_its_vote_until_the_close(
    hall: HallProcess, operator: Operator
) -> None:
    token = operator.tokens(["FR"])["FR"]
    seat = await Client.open(f"{hall.ws}/kiosk", token)
    ballot = operator.open()
    first = await seat.press(ballot, "yes")
    again = await seat.press(ballot, "no")
    assert (first["n"], again["n"]) == (1, 2)
    repeated = await seat.press(ballot, "yes", first["press_id"])
    assert (repeated["n"], repeated["current"], repeated["code"]) == (1, False, first["code"])
    reused = await seat.press(ballot, "abstain", first["press_id"])
    assert reused["reason"] == "press_id_reused"
    assert (await seat.press(ballot, "maybe"))["reason"] == "bad_choice"
    assert (await seat.press(ballot, ["A", "B"]))["reason"] == "bad_choice"
    assert (await seat.press("b-nowhere", "yes"))["reason"] == "unknown_ballot"
    operator.command(ballot, "suspend")
    assert (await seat.press(ballot, "yes"))["reason"] == "not_open"
    operator.command(ballot, "resume")
    operator.command(ballot, "close")
    late = await seat.press(ballot, "yes")
    assert (late["reason"], late["phase"]) == ("closed", "closed")
    resent = await seat.press(ballot, "no", again["press_id"])
    assert (resent["type"], resent["n"], resent["current"]) == ("receipt", 2, True)
    operator.command(ballot, "declare")
    rows = {row["member"]: row for row in operator.record(ballot)["roll"]}
    assert (rows["FR"]["choice"], rows["FR"]["status"]) == ("no", "voted")
    await seat.close()


async def test_a_second_device_fences_the_first(hall: HallProcess, operator: Operator) -> None:
    token = operator.tokens(["ES"])["ES"]
    first = await Client.open(f"{hall.ws}/kiosk", token)
    ballot = operator.open()
    await first.press(ballot, "yes")
    second = await Client.open(f"{hall.ws}/kiosk", token)
    assert await first.closed() == 4409
    view = await second.view(lambda view: view["ballot"] is not None)
    assert view["ballot"]["mine"]["choice"] == "yes"
    assert (await second.press(ballot, "no"))["type"] == "receipt"
    operator.command(ballot, "cancel", reason="only a test")
    await second.close()


async def test_tokens_that_are_foreign_expired_or_of_another_role_are_refused(
    hall: HallProcess, operator: Operator
) -> None:
    token = operator.tokens(["DE"])["DE"]
    assert await (await Client.open(f"{hall.ws}/kiosk", "nonsense")).closed() == 4401
    assert await (await Client.open(f"{hall.ws}/display", "")).closed() == 4401
    assert await (await Client.open(f"{hall.ws}/kiosk", operator.token)).closed() == 4403
    assert await (await Client.open(f"{hall.ws}/console", token)).closed() == 4403
    assert await (await Client.open(f"{hall.ws}/display", token)).closed() == 4403
    seat = await Client.open(f"{hall.ws}/kiosk", token)
    await seat.view()
    fresh = operator.tokens(["DE"])["DE"]
    assert await seat.closed() == 4410
    assert await (await Client.open(f"{hall.ws}/kiosk", token)).closed() == 4401
    again = await Client.open(f"{hall.ws}/kiosk", fresh)
    await again.view()
    await again.close()


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", "malformed"),
        ("[]", "malformed"),
        ('{"type":"dance"}', "malformed"),
        ('{"type":"press"}', "malformed"),
        ('{"type":"press","press_id":"x","ballot":"b","choice":"yes"}', "malformed"),
        ('{"type":"lang","lang":"de"}', "malformed"),
        ('{"type":"lang","lang":"fr","more":1}', "malformed"),
        ("[" * 30_000, "malformed"),
        (json.dumps({"type": "lang", "lang": "f" * 140_000}), "too_large"),
    ],
)
async def test_a_malformed_frame_is_named_and_disturbs_nobody(
    hall: HallProcess, operator: Operator, frame: str, code: str
) -> None:
    token = operator.tokens(["IT"])["IT"]
    seat = await Client.open(f"{hall.ws}/kiosk", token)
    await seat.view()
    await seat.socket.send(frame)
    error = await seat.until(lambda frame: frame["type"] == "error")
    assert error["code"] == code
    assert error["detail"]
    await seat.send({"type": "lang", "lang": "es"})
    assert (await seat.view(lambda view: view["lang"] == "es"))["member"] == "IT"
    await seat.close()


async def test_repeated_nonsense_is_told_to_stop(hall: HallProcess, operator: Operator) -> None:
    token = operator.tokens(["PT"])["PT"]
    seat = await Client.open(f"{hall.ws}/kiosk", token)
    for _ in range(5):
        await seat.socket.send("nonsense")
    assert await seat.closed() == 4400
    binary = await Client.open(f"{hall.ws}/kiosk", token)
    await binary.socket.send(b"\x00\xff")
    assert (await binary.until(lambda frame: frame["type"] == "error"))["code"] == "not_text"
    await binary.close()


def _problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    body = dict(answer.json())
    assert (body["status"], body["code"]) == (status, code)
    assert body["detail"]
    return body


async def test_commands_not_allowed_now_say_what_is(operator: Operator) -> None:
    ballot = operator.prepare()["id"]
    body = _problem(operator.try_command(ballot, "declare"), 409, "not_allowed_now")
    assert (body["phase"], body["allowed"]) == ("prepared", ["announce", "open"])
    assert operator.ballot(ballot)["phase"] == "prepared"
    _problem(operator.try_command(ballot, "dance"), 404, "unknown_command")
    _problem(operator.try_command("b-nowhere", "open"), 404, "unknown_ballot")
    operator.command(ballot, "open")
    _problem(operator.try_command(ballot, "extend"), 422, "bad_field")
    _problem(operator.try_command(ballot, "extend", seconds="soon"), 422, "bad_field")
    _problem(operator.try_command(ballot, "cancel"), 422, "bad_field")
    other = operator.prepare()["id"]
    _problem(operator.try_command(other, "open"), 409, "not_allowed_now")
    operator.command(ballot, "cancel", reason="only a test")


async def test_bad_bodies_and_missing_tokens(hall: HallProcess, operator: Operator) -> None:
    post = operator.http.post
    body = _problem(post("/ballots", json={"titel": {}}), 422, "bad_field")
    assert body["errors"][0]["field"] == "titel"
    _problem(post("/ballots", content=b"{"), 422, "bad_field")
    _problem(post("/ballots", json={"decision": "coronation"}), 422, "bad_field")
    _problem(post("/ballots", content=b"x" * 1_100_000), 413, "too_large")
    _problem(post("/seats/tokens", json={"members": ["XX"]}), 422, "bad_field")
    _problem(operator.http.get("/nothing"), 404, "not_found")
    _problem(operator.http.get("/members", headers={"Authorization": ""}), 401, "unauthorised")
    _problem(
        operator.http.get("/members", headers={"Authorization": "Bearer x"}), 401, "unauthorised"
    )
    seat = operator.tokens(["SE"])["SE"]
    as_seat = {"Authorization": f"Bearer {seat}"}
    _problem(post("/ballots", json={}, headers=as_seat), 403, "forbidden")
    assert operator.http.get("/members", headers=as_seat).status_code == 200
    assert operator.http.get(f"{hall.url}/metrics").status_code == 200
    _problem(
        operator.http.get(f"{hall.url}/metrics", headers={"Authorization": ""}),
        401,
        "unauthorised",
    )


async def test_an_idempotency_key_runs_a_command_once(operator: Operator) -> None:
    ballot = operator.prepare(seconds=60)["id"]
    first = operator.try_command(ballot, "open", key="key-1")
    again = operator.try_command(ballot, "open", key="key-1")
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json()["phase"] == "open"
    _problem(operator.try_command(ballot, "open", key="key-1", seconds=9), 422, "key_reused")
    closed = operator.try_command(ballot, "close", key="key-2")
    assert closed.json()["phase"] == "closed"
    assert operator.try_command(ballot, "close", key="key-2").status_code == 200
    _problem(operator.try_command(ballot, "close", key="key-3"), 409, "not_allowed_now")


async def test_a_ballot_without_a_language_is_a_draft_and_says_so(operator: Operator) -> None:
    made = operator.prepare(title={"en": "Only English", "fr": " "})
    assert (made["phase"], made["missing"]) == ("draft", ["title.fr", "title.es", "title.ar"])
    _problem(operator.try_command(made["id"], "announce"), 422, "bad_field")
    done = operator.command(made["id"], "announce", reason="the Chair decided so")
    assert done["phase"] == "announced"
    operator.command(made["id"], "cancel", reason="only a test")


async def test_an_item_is_adopted_without_a_vote(
    hall: HallProcess, operator: Operator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agenda = operator.http.get("/assembly").json()["agenda"]
    item = next(each["number"] for each in agenda if each["decision"] == "ordinary")
    answer = operator.http.post(f"/agenda/{item}/adopt", json={})
    assert answer.status_code == 201, answer.text
    ballot = answer.json()
    assert (ballot["phase"], ballot["mode"]) == ("declared", "consensus")
    assert ballot["view"]["outcome"]["outcome"] == "consensus"
    operator.command(ballot["id"], "certify")
    path = tmp_path / "record.json"
    path.write_bytes(operator.http.get(f"/ballots/{ballot['id']}/record").content)
    assert _verify(path, capsys) == 0, capsys.readouterr().err


async def test_every_format_of_the_record(operator: Operator) -> None:
    ballot = operator.open()
    _problem(operator.http.get(f"/ballots/{ballot}/record"), 409, "not_allowed_now")
    operator.command(ballot, "close")
    operator.command(ballot, "declare")
    starts = {"csv": b"\xef\xbb\xbf", "xml": b"<?xml", "popolo": b"{", "pdf": b"%PDF"}
    for name, start in starts.items():
        answer = operator.http.get(f"/ballots/{ballot}/record", params={"format": name})
        assert answer.status_code == 200, (name, answer.text[:300])
        assert answer.content.startswith(start), name
    _problem(
        operator.http.get(f"/ballots/{ballot}/record", params={"format": "docx"}),
        422,
        "bad_field",
    )
