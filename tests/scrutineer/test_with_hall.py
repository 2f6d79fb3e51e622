"""The scrutineers' program against a real hall: three processes, killed, missing and wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.halls import HallProcess, Operator
from tests.own_hall import hall
from tests.scrutineer.programs import Program, key_of, run
from tests.secret_seats import seated
from tests.three_scrutineers import SCRUTINEERS, registered

__all__ = ["hall"]


@pytest.fixture(scope="module")
def operator(hall: HallProcess) -> Iterator[Operator]:
    client = Operator(hall)
    registered(client)
    yield client
    client.close()


@pytest.fixture
def programs(hall: HallProcess, tmp_path: Path) -> Iterator[dict[str, Program]]:
    made = {name: Program(hall.url, name, tmp_path) for name in SCRUTINEERS}
    yield made
    for each in made.values():
        each.stop()


def begin(operator: Operator, reason: str | None = None) -> None:
    body = {"scrutineers": list(SCRUTINEERS), "reason": reason}
    answer = operator.http.post("/secrecy/ceremony", json=body)
    assert answer.status_code == 201, answer.text


async def test_from_the_ceremony_to_the_count(
    hall: HallProcess, operator: Operator, programs: dict[str, Program]
) -> None:
    """One program is killed at every step; one scrutineer is missing at the count."""
    ana, bo, cy = (programs[name] for name in SCRUTINEERS)
    if operator.http.get("/secrecy").json()["ceremony"] is None:
        cy.start("--until", "key").says("Waiting for the operator")
    else:
        cy.start("--until", "key").says("is signed in")
    begin(operator, "the tests begin")
    for step in ("Step 1 of 3", "Step 2 of 3", "Step 3 of 3"):
        cy.says(step)
        cy.kill()
        cy.start("--until", "key")
        if step == "Step 1 of 3":
            cy.says("Waiting for ana, bo: certificate")
            ana.start("--until", "key")
            bo.start("--until", "key")
    assert [each.ends() for each in (ana, bo, cy)] == [0, 0, 0]
    assert len(set(key_of([ana, bo, cy]))) == 1
    told = operator.http.get("/secrecy").json()["ceremony"]
    assert told["step"] is None
    assert told["public_key"] is not None
    async with seated(hall, operator) as seats:
        ballot = operator.prepare(mode="secret", disclosure="turnout")["id"]
        operator.command(ballot, "announce")
        ana.start("--until", "list")
        cy.start("--until", "list")
        assert [each.ends() for each in (ana, cy)] == [0, 0]
        assert any("Accredited seats: 5." in line for line in ana.lines)
        assert any("It is the first list" in line for line in ana.lines)
        operator.command(ballot, "open")
        text = await seats["AF"].election(ballot)
        for member, chosen in (("AF", 0), ("AL", 0), ("DZ", 1), ("AD", 2)):
            sealed = seats[member].sealed(text, [chosen])
            assert (await seats[member].vote(ballot, sealed))["type"] == "receipt"
        operator.command(ballot, "close")
    # bo, who has not signed, opens with cy; ana is missing. bo is killed before it can answer.
    bo.start("--until", "opening").says("Checking the ballot box")
    bo.kill()
    bo.start("--until", "opening")
    cy.start("--until", "opening")
    assert [each.ends() for each in (bo, cy)] == [0, 0]
    assert any("4 ballots count" in line for line in cy.lines)
    assert any("You have not signed the list" in line for line in bo.lines)
    counts = operator.command(ballot, "declare")["view"]["counts"]
    assert counts == {"yes": 2, "no": 1, "abstain": 1}
    shown = run("show", "--file", str(cy.file))
    assert "Lists signed: 1. Counts opened: 1." in shown.said
    assert key_of([cy])[0] in shown.said


def test_a_lost_file_begins_the_ceremony_again(
    hall: HallProcess, operator: Operator, programs: dict[str, Program], tmp_path: Path
) -> None:
    begin(operator, "a rehearsal")
    ana = programs["ana"].start()
    ana.says("It is held again: a rehearsal")
    ana.says("Waiting for bo, cy: certificate. 2 of 3 to come.")
    ana.stop()
    ana.file.rename(tmp_path / "lost")
    ana.start()
    ana.says("that this file did not make: certificate")
    assert ana.ends() == 1
    begin(operator, "ana lost the file")
    ana.start().says("It is held again: ana lost the file")
    ana.says("Waiting for bo, cy: certificate. 2 of 3 to come.")
    ana.stop()
    # The hall was replaced by one that shows other messages: the old file does not go along.
    (tmp_path / "lost").replace(ana.file)
    ana.start().says("that this file did not make: certificate")
    assert ana.ends() == 1


def test_a_hall_that_is_down_is_waited_for(
    hall: HallProcess, operator: Operator, programs: dict[str, Program]
) -> None:
    ana = programs["ana"].start()
    ana.says("is signed in")
    hall.kill()
    ana.says("The hall does not answer")
    hall.start()
    ana.says("The hall answers again")
    ana.stop()


def test_a_wrong_password_a_wrong_role_and_a_wrong_passphrase_are_told(
    hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    file = tmp_path / "ana.json"
    asked = ("--hall", hall.url, "--file", str(file), "--until", "key", "--user")
    wrong = run(*asked, "ana", HEMICYCLE_SCRUTINEER_PASSWORD="wrong password")
    assert (wrong.status, "password is wrong" in wrong.said) == (1, True)
    role = run(*asked, "operator")
    assert (role.status, "not a scrutineer" in role.said) == (1, True)
    short = run(*asked, "ana", HEMICYCLE_SCRUTINEER_PASSPHRASE="short")
    assert (short.status, "too short" in short.said) == (1, True)
    assert not file.exists()
    begin(operator, "a test of passphrases")
    program = Program(hall.url, "ana", tmp_path).start()
    program.says("Waiting for bo")
    program.stop()
    before = file.read_bytes()
    other = run(*asked, "ana", HEMICYCLE_SCRUTINEER_PASSPHRASE="another passphrase")
    assert (other.status, "does not open" in other.said) == (1, True)
    bo = run(*asked, "bo")
    assert (bo.status, "belongs to ana" in bo.said) == (1, True)
    assert file.read_bytes() == before


def test_a_copy_has_a_passphrase_of_its_own(
    hall: HallProcess, operator: Operator, tmp_path: Path
) -> None:
    begin(operator, "a test of copies")
    program = Program(hall.url, "ana", tmp_path).start()
    program.says("Waiting for bo")
    program.stop()
    copy, back = tmp_path / "copy.json", tmp_path / "back.json"
    other = {"HEMICYCLE_SCRUTINEER_OTHER_PASSPHRASE": "words of the copy alone"}
    wrote = run("export", str(copy), "--file", str(program.file), **other)
    assert wrote.status == 0, wrote.said
    again = run("export", str(copy), "--file", str(program.file), **other)
    assert (again.status, "exists already" in again.said) == (1, True)
    locked = run("show", "--file", str(copy))
    assert (locked.status, "does not open" in locked.said) == (1, True)
    taken = run("import", str(copy), "--file", str(back), **other)
    assert taken.status == 0, taken.said
    shown = [run("show", "--file", str(each)).said for each in (program.file, back)]
    assert shown[0] == shown[1]
    assert "File of ana" in shown[0]
    assert json.loads(copy.read_text())["format"] == "hemicycle-scrutineer"
