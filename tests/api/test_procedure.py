"""Rules of procedure around a vote: what takes two people, what comes before what, who votes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.nine_members import (
    HANDS,
    all_present,
    hall,
    person,
    problem,
    recorded,
)
from tests.api.small_assembly import SUSPENDED, write_assembly
from tests.halls import Client, HallProcess, Operator

__all__ = ["hall"]


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    """A hall where several commands take two people."""
    folder = tmp_path_factory.mktemp("strict")
    two_person = ("hands", "paper", "close", "void", "rerun", "certify")
    file = write_assembly(folder, two_person=two_person)
    process = HallProcess(folder / "data", "--assembly", str(file)).start()
    yield process
    assert process.stop() == 0


@pytest.fixture
def watched(strict: HallProcess) -> Iterator[Operator]:
    client = Operator(strict)
    yield client
    client.close()


# --- two people


def test_two_people_count_where_the_assembly_says_so(
    strict: HallProcess, watched: Operator, tmp_path: Path
) -> None:
    scrutineer = person(strict, watched, "bob", "scrutineer")
    ballot = watched.open(mode="hands")
    watched.command(ballot, "hands", counts=HANDS)
    problem(watched.try_command(ballot, "hands", counts=HANDS), 409, "second_person")
    problem(scrutineer.post(f"/ballots/{ballot}/declare", json={}), 403, "forbidden")
    answer = scrutineer.post(f"/ballots/{ballot}/hands", json={"counts": HANDS})
    assert (answer.status_code, answer.json()["phase"]) == (200, "closed")
    watched.command(ballot, "declare")
    history = recorded(watched, ballot, tmp_path)["history"]
    actors = {line["type"]: line["actor"] for line in history}
    assert actors["tally_entered"] == "operator:operator"
    assert actors["tally_confirmed"] == "scrutineer:bob"
    scrutineer.close()


def test_a_held_command_waits_for_somebody_else(
    strict: HallProcess, watched: Operator, tmp_path: Path
) -> None:
    chair = person(strict, watched, "ann", "chair")
    ballot = watched.open()
    asked = watched.try_command(ballot, "close", "k-close")
    assert asked.status_code == 202
    assert asked.json()["phase"] == "open"
    pending = asked.json()["pending"]
    assert (pending["command"], pending["by"]) == ("close", "operator:operator")
    own = watched.http.post(f"/ballots/{ballot}/approval", json={})
    problem(own, 409, "second_person")
    given = chair.post(f"/ballots/{ballot}/approval", json={})
    assert (given.status_code, given.json()["phase"]) == (200, "closed")
    problem(chair.post(f"/ballots/{ballot}/approval", json={}), 409, "nothing_waits")
    watched.command(ballot, "declare")
    assert watched.try_command(ballot, "certify").status_code == 202
    refused = chair.post(f"/ballots/{ballot}/approval", json={"approve": False, "reason": "no"})
    assert refused.json()["phase"] == "declared"
    assert watched.try_command(ballot, "void", reason="a fault").status_code == 202
    assert chair.post(f"/ballots/{ballot}/approval", json={}).json()["phase"] == "void"
    problem(watched.try_command(ballot, "rerun"), 422, "bad_field")
    assert watched.try_command(ballot, "rerun", reason="again").status_code == 202
    again = chair.post(f"/ballots/{ballot}/approval", json={}).json()
    assert (again["phase"], again["reruns"]) == ("prepared", ballot)
    history = recorded(watched, ballot, tmp_path)["history"]
    told = [(line["type"], line["actor"]) for line in history]
    assert ("approval_asked", "operator:operator") in told
    assert ("approval_given", "chair:ann") in told
    assert ("approval_refused", "chair:ann") in told
    chair.close()


async def test_what_waits_is_shown_on_the_console_only(
    strict: HallProcess, watched: Operator
) -> None:
    console = await Client.open(f"{strict.ws}/console", watched.token)
    token = watched.tokens(["DE"])["DE"]
    ballot = watched.open()
    watched.try_command(ballot, "close")
    seen = await console.view(
        lambda view: any(each["ballot"] == ballot for each in view["pending"])
    )
    told = {each["ballot"]: each["command"] for each in seen["pending"]}
    assert told == {ballot: "close"}
    as_seat = {"Authorization": f"Bearer {token}"}
    assert watched.http.get(f"/ballots/{ballot}", headers=as_seat).json()["pending"] is None
    watched.command(ballot, "cancel", reason="only a test")
    assert not watched.ballot(ballot)["pending"]
    await console.close()


# --- procedure


def test_parts_come_before_the_whole_and_in_their_order(operator: Operator) -> None:
    whole = operator.prepare(title={**dict.fromkeys(("en", "fr", "es", "ar"), "The whole")})["id"]
    near = operator.prepare(part_of=whole, part_order=2)["id"]
    far = operator.prepare(part_of=whole, part_order=1)["id"]
    listed = [row["id"] for row in operator.http.get("/ballots").json()["ballots"]]
    assert [each for each in listed if each in (whole, near, far)] == [far, near, whole]
    told = problem(operator.try_command(whole, "announce"), 409, "out_of_order")
    assert far in told["detail"]
    problem(operator.try_command(near, "open"), 409, "out_of_order")
    operator.command(far, "announce")
    operator.command(far, "cancel", reason="withdrawn")
    operator.command(near, "announce")
    operator.command(near, "cancel", reason="withdrawn")
    done = operator.command(whole, "announce")
    assert done["phase"] == "announced"
    operator.command(whole, "cancel", reason="only a test")
    circle = operator.http.put(
        f"/ballots/{far}", json={"part_of": far, "part_order": 1, "title": {}}
    )
    assert circle.status_code in (409, 422)


def test_the_order_is_left_for_a_reason(operator: Operator) -> None:
    whole = operator.prepare()["id"]
    part = operator.prepare(part_of=whole, part_order=1)["id"]
    operator.command(whole, "announce", reason="the Chair takes the whole first")
    assert operator.ballot(part)["phase"] == "prepared"
    operator.command(whole, "cancel", reason="only a test")


async def test_two_delegates_of_a_member_vote_once_and_the_handover_is_journaled(
    hall: HallProcess, operator: Operator
) -> None:
    all_present(operator)
    answer = operator.http.post("/seats/tokens", json={"members": ["FR"]}).json()
    first_token, second_token = (row["token"] for row in answer)
    first = await Client.open(f"{hall.ws}/kiosk", first_token)
    ballot = operator.open()
    assert (await first.press(ballot, "yes"))["type"] == "receipt"
    second = await Client.open(f"{hall.ws}/kiosk", second_token)
    view = await second.view(lambda view: view["ballot"] is not None)
    assert (view["seat"], view["ballot"]["mine"]["choice"]) == ("FR-2", "yes")
    assert await first.closed() == 4409
    assert (await second.press(ballot, "no"))["n"] == 2
    lines = operator.http.get("/journal").json()
    handed = [line for line in lines if line["type"] == "seat_replaced"]
    assert handed[-1]["actor"] == "seat:FR-2"
    operator.command(ballot, "close")
    operator.command(ballot, "declare")
    rows = {row["member"]: row["choice"] for row in operator.record(ballot)["roll"]}
    assert rows["FR"] == "no"
    await second.close()


def test_a_right_that_is_restored_counts_from_the_next_ballot_on(
    operator: Operator, tmp_path: Path
) -> None:
    all_present(operator)
    ballot = operator.open(mode="roll_call")
    change = {"suspended": False, "reason": "arrears are paid"}
    assert operator.http.post(f"/members/{SUSPENDED}/voting_right", json=change).status_code == 204
    assert operator.ballot(ballot)["view"]["entitled"] == 8
    operator.command(ballot, "cancel", reason="only a test")
    later = operator.open(mode="hands")
    assert operator.ballot(later)["view"]["entitled"] == 9
    for _ in range(2):
        operator.command(later, "hands", counts={"yes": 9, "no": 0, "abstain": 0})
    operator.command(later, "declare")
    assert recorded(operator, later, tmp_path)["turnout"]["entitled"] == 9
    change = {"suspended": True, "reason": "only a test"}
    assert operator.http.post(f"/members/{SUSPENDED}/voting_right", json=change).status_code == 204
