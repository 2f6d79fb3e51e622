"""Candidates' photos, and candidates who come in between rounds, over HTTP and sockets."""

from __future__ import annotations

import asyncio
import io
import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from server.assembly.photo import MOST_PHOTOS
from server.cli.verify import verify
from tests.api.small_assembly import CODES, SUSPENDED, write_assembly
from tests.assembly.pictures import JPEG, PNG
from tests.halls import Client, HallProcess, Operator, connected

VOTERS = tuple(code for code in CODES if code != SUSPENDED)


OWN_RULES = {
    'reduce = { method = "twice_places" }': 'reduce = { method = "twice_places", from_round = 3 }',
    "[decisions.security_council]": "[decisions.security_council]\nnew_candidates = true",
    "[decisions.human_rights_council]": "[decisions.human_rights_council]\nnew_candidates = true",
}
"""The rules of the hall where they differ: lists are shortened from the third round on."""

OWN_LAST_RULES = {
    '"twice_places", from_round = 3': '"drop_last", from_round = 3',
    'last = "ask"': 'last = "tie_ballot"',
}
"""In the Human Rights Council's elections one drops out, and a tie on who is voted on."""


def own_rulebook() -> str:
    book = (files("server.rules") / "rulebooks" / "un-general-assembly.toml").read_text("utf-8")
    for theirs, own in OWN_RULES.items():
        assert theirs in book
        book = book.replace(theirs, own)
    head, start, rule = book.partition("[decisions.human_rights_council.rule]")
    for theirs, own in OWN_LAST_RULES.items():
        assert theirs in rule
        rule = rule.replace(theirs, own, 1)
    return head + start + rule


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    """A hall by a rulebook of its own."""
    folder = tmp_path_factory.mktemp("candidates")
    (folder / "own.toml").write_text(own_rulebook(), encoding="utf-8")
    file = write_assembly(folder, rulebook=str(folder / "own.toml"))
    process = HallProcess(folder / "data", "--assembly", str(file)).start()
    yield process
    assert process.stop() == 0


@pytest.fixture
async def seats(hall: HallProcess, operator: Operator) -> AsyncIterator[dict[str, Client]]:
    async with connected(hall, operator.tokens(VOTERS)) as clients:
        yield clients


def stands(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name.title(), **more}


def prepare(operator: Operator, *candidates: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return operator.prepare(
        kind="election", mode="recorded", candidates=list(candidates), order="given",
        **{"decision": "security_council", "places": 1, "names_per_ballot": 1, **fields},
    )  # fmt: skip


async def hold(
    operator: Operator, seats: dict[str, Client], ballot: str, papers: list[str]
) -> dict[str, Any]:
    operator.command(ballot, "open")
    for member, name in zip(VOTERS, papers, strict=False):
        receipt = await seats[member].press(ballot, [name])
        assert receipt["type"] == "receipt", receipt
    operator.command(ballot, "close")
    return operator.command(ballot, "declare")


def is_sound(operator: Operator, ballot: str, path: Path) -> dict[str, Any]:
    path.write_bytes(operator.http.get(f"/ballots/{ballot}/record").content)
    out, err = io.StringIO(), io.StringIO()
    assert verify(str(path), None, None, out, err) == 0, err.getvalue()
    return dict(json.loads(path.read_bytes()))


def field_of(answer: Any) -> str:
    assert answer.status_code == 422, answer.text
    return str(answer.json()["errors"][0]["field"])


async def test_a_photo_is_kept_shown_and_named_in_the_record(
    hall: HallProcess, operator: Operator, seats: dict[str, Client], tmp_path: Path
) -> None:
    answer = operator.http.post("/photos", content=PNG, headers={"Content-Type": "image/png"})
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["media_type"], told["width"], told["height"]) == ("image/png", 6, 4)
    photo = told["photo"]
    assert operator.http.post("/photos", content=PNG).json()["photo"] == photo

    ballot = prepare(operator, stands("ana", photo=photo), stands("bo"))
    assert [each["photo"] for each in ballot["candidates"]] == [photo, None]
    operator.command(ballot["id"], "announce")
    view = await seats["FR"].view(lambda view: (view["ballot"] or {}).get("id") == ballot["id"])
    assert [each["photo"] for each in view["ballot"]["candidates"]] == [photo, None]
    shown = operator.ballot(ballot["id"])["view"]["election"]["candidates"]
    assert [each["photo"] for each in shown] == [photo, None]

    # Who knows the hash is shown the photo, without a token, as browsers ask for pictures.
    anybody = Operator(hall)
    anybody.http.headers.pop("Authorization")
    got = anybody.http.get(f"/photos/{photo}")
    assert got.status_code == 200
    assert got.headers["content-type"] == "image/png"
    assert got.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.content.startswith(b"\x89PNG")
    again = anybody.http.get(f"/photos/{photo}", headers={"If-None-Match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    # Who has what the hash names is not sent it again, and nothing is read for that.
    known = {"If-None-Match": f'"{"e" * 64}"'}
    assert anybody.http.get(f"/photos/{'e' * 64}", headers=known).status_code == 304
    for none in ("%00", "0" * 63, f"{photo}%0A", photo.upper(), f"{photo}%00", "%F0%9F%98%80"):
        assert anybody.http.get(f"/photos/{none}").json()["code"] == "not_found", none
    assert anybody.http.post("/photos", content=PNG).status_code == 401
    anybody.close()

    await asyncio.to_thread(operator.command, ballot["id"], "cancel", reason="the test is over")
    record = is_sound(operator, ballot["id"], tmp_path / "record.json")
    assert record["question"]["candidates"][0]["photo"] == photo


def test_what_is_no_photo_is_refused(operator: Operator) -> None:
    seat = operator.tokens(["FR"])["FR"]
    headers = {"Authorization": f"Bearer {seat}"}
    assert operator.http.post("/photos", content=PNG, headers=headers).status_code == 403
    answer = operator.http.post("/photos", content=b"<svg onload='alert(1)'/>")
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_photo")
    assert "PNG, JPEG or WebP" in answer.json()["detail"]
    assert operator.http.post("/photos", content=bytes(2_000_000)).status_code == 413
    assert operator.http.post("/photos", content=JPEG[:400]).json()["code"] == "not_a_photo"
    assert operator.http.get(f"/photos/{'0' * 64}").status_code == 404
    body = {
        "kind": "election", "decision": "security_council", "title": {"en": "E"}, "places": 1,
        "candidates": [stands("ana"), stands("bo", photo="0" * 64)],
    }  # fmt: skip
    assert field_of(operator.http.post("/ballots", json=body)) == "candidates[1].photo"


def test_a_hall_that_has_all_the_photos_it_may_have_says_so(
    hall: HallProcess, operator: Operator
) -> None:
    others = [(f"{n:064}", "image/png", b"", 1, 1) for n in range(MOST_PHOTOS)]
    with closing(sqlite3.connect(hall.data / "hall.sqlite3")) as database:
        database.executemany("INSERT INTO photos VALUES (?, ?, ?, ?, ?)", others)
        database.commit()
        answer = operator.http.post("/photos", content=JPEG)
        assert (answer.status_code, answer.json()["code"]) == (409, "too_many_photos")
        assert str(MOST_PHOTOS) in answer.json()["detail"]
        database.execute("DELETE FROM photos WHERE content = x''")
        database.commit()
    assert operator.http.post("/photos", content=JPEG).status_code == 201


async def taken_by(hall: HallProcess, operator: Operator, ballot: str) -> list[str]:
    """What the console may send with the next round of this ballot, as its view says."""
    console = await Client.open(f"{hall.ws}/console", operator.token)

    def options(view: dict[str, Any]) -> list[list[str]]:
        asked = (ballot, "next_round")
        return [each["takes"] for each in view["commands"]
                if (each["ballot"], each["command"]) == asked]  # fmt: skip

    view = await console.view(lambda view: bool(options(view)))
    await console.close()
    return options(view)[0]


async def test_new_candidates_come_in_until_the_ballot_is_restricted(
    hall: HallProcess, operator: Operator, seats: dict[str, Client], tmp_path: Path
) -> None:
    first = prepare(operator, stands("ana"), stands("bo"), stands("chi"))["id"]
    done = await hold(operator, seats, first, ["ana"] * 3 + ["bo"] * 3 + ["chi"] * 2)
    assert done["view"]["outcome"]["outcome"] == "next_round"
    assert await taken_by(hall, operator, first) == ["withdrawn", "candidates"]

    for candidates, field in (
        ([stands("ana")], "candidates[0].id"),
        ([stands("dee", member="XX")], "candidates[0].member"),
        ([{"name": {}}], "candidates[0].name"),
        ([stands("dee", photo="1" * 64)], "candidates[0].photo"),
    ):
        answer = operator.try_command(first, "next_round", candidates=candidates)
        assert field_of(answer) == field

    second = operator.command(
        first,
        "next_round",
        withdrawn=["chi"],
        candidates=[stands("dee", member="JP"), {"name": "E"}],
    )
    ids = [each["id"] for each in second["candidates"]]
    assert ids == ["ana", "bo", "dee", "c1"]
    done = await hold(operator, seats, second["id"], ["ana"] * 3 + ["dee"] * 4 + ["c1"])
    assert done["view"]["outcome"]["outcome"] == "next_round"
    record = is_sound(operator, second["id"], tmp_path / "2.json")
    assert record["question"]["added"] == ["dee", "c1"]

    late = operator.try_command(second["id"], "next_round", candidates=[stands("eve")])
    assert field_of(late) == "candidates"
    assert "restricted" in late.json()["detail"]
    assert await taken_by(hall, operator, second["id"]) == ["withdrawn"]
    third = operator.command(second["id"], "next_round")
    assert sorted(each["id"] for each in third["candidates"]) == ["ana", "dee"]
    done = await hold(operator, seats, third["id"], ["ana"] * 2 + ["dee"] * 6)
    assert done["view"]["outcome"]["outcome"] == "elected"
    record = is_sound(operator, third["id"], tmp_path / "3.json")
    assert record["result"]["elected"] == ["dee"]
    assert "added" not in record["question"]


async def test_a_round_that_is_held_again_keeps_who_came_in(
    operator: Operator, seats: dict[str, Client], tmp_path: Path
) -> None:
    first = prepare(operator, stands("ana"), stands("bo"), stands("chi"))["id"]
    await hold(operator, seats, first, ["ana"] * 3 + ["bo"] * 3 + ["chi"] * 2)
    second = operator.command(first, "next_round", candidates=[stands("dee")])["id"]
    operator.command(second, "open")
    operator.command(second, "cancel", reason="a fault")
    again = operator.command(second, "rerun", reason="once more")
    assert [each["id"] for each in again["candidates"]] == ["ana", "bo", "chi", "dee"]
    await hold(operator, seats, again["id"], ["dee"] * 6)
    record = is_sound(operator, again["id"], tmp_path / "again.json")
    assert record["result"]["elected"] == ["dee"]


async def test_a_tie_ballot_does_not_lose_who_came_in(
    operator: Operator, seats: dict[str, Client], tmp_path: Path
) -> None:
    decision = "human_rights_council"
    first = prepare(operator, *map(stands, ("ana", "bo", "chi")), decision=decision)["id"]
    await hold(operator, seats, first, ["ana"] * 3 + ["bo"] * 3 + ["chi"] * 2)
    second = operator.command(first, "next_round", candidates=[stands("dee")])["id"]
    await hold(operator, seats, second, ["dee"] * 3 + ["ana"] * 3 + ["bo", "chi"])
    misled = operator.try_command(second, "tie_ballot", candidates=[stands("eve")])
    assert field_of(misled) == "candidates"
    assert field_of(operator.try_command(second, "tie_ballot", withdrawn=["bo"])) == "withdrawn"
    tie = operator.command(second, "tie_ballot")
    assert [each["id"] for each in tie["candidates"]] == ["bo", "chi"]
    await hold(operator, seats, tie["id"], ["bo"] * 5 + ["chi"] * 3)

    third = operator.command(tie["id"], "next_round")
    assert [each["id"] for each in third["candidates"]] == ["ana", "bo", "dee"]
    await hold(operator, seats, third["id"], ["dee"] * 8)
    record = is_sound(operator, third["id"], tmp_path / "after-the-tie.json")
    assert record["result"]["elected"] == ["dee"]


async def test_a_rulebook_that_does_not_say_so_lets_nobody_in(
    hall: HallProcess, operator: Operator, seats: dict[str, Client]
) -> None:
    decisions = {each["key"]: each for each in operator.http.get("/assembly").json()["decisions"]}
    assert decisions["security_council"]["new_candidates"]
    assert not decisions["ordinary"]["new_candidates"]
    first = prepare(operator, stands("ana"), stands("bo"), stands("chi"), decision="president")
    await hold(operator, seats, first["id"], ["ana"] * 3 + ["bo"] * 3 + ["chi"] * 2)
    late = operator.try_command(first["id"], "next_round", candidates=[stands("dee")])
    assert field_of(late) == "candidates"
    assert "lets nobody new into" in late.json()["detail"]
    assert await taken_by(hall, operator, first["id"]) == ["withdrawn"]
