"""Server or Redis is killed around the erasure of a non-recorded ballot: it is done to its end.

Whatever dies, afterwards no file of the hall has a press of the ballot in it, and the record, with
all that was receipted, verifies.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import shutil
from pathlib import Path

import httpx
import pytest

from server.cli.verify import verify
from tests.faults.doomed import Plan
from tests.faults.test_box_lost import mark_of
from tests.halls import Client, HallProcess, Operator
from tests.traces import contents_of, erased, files_with, followed, running_hashes
from tests.waiting import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]

MEMBERS = ("AF", "AL", "DZ", "AD", "AO")
CHOICES = ("yes", "yes", "no", "abstain", "yes")

PLANS = (
    Plan("box.close", "after", 1, "server"),
    Plan("box.erase", "before", 1, "server"),
    Plan("box.erase", "after", 1, "server"),
    Plan("box.erase", "after", 1, "Redis"),
)


async def seats_vote(hall: HallProcess, tokens: dict[str, str], ballot: str) -> tuple[str, ...]:
    """Each Member votes, and the first thinks again; the press_ids. The journal's database has
    noted the box after the first press, and after the last."""
    taken: list[str] = []
    for member, choice in zip((*MEMBERS, MEMBERS[0]), (*CHOICES, "no"), strict=True):
        seat = await Client.open(f"{hall.ws}/kiosk", tokens[member])
        await seat.view(lambda view: view["ballot"] is not None)
        receipt = await seat.press(ballot, choice)
        assert receipt["type"] == "receipt", receipt
        taken.append(receipt["press_id"])
        await seat.close()
        if len(taken) in (1, len(CHOICES) + 1):
            await mark_of(hall, ballot, len(taken))
    return tuple(taken)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"{plan.when}-{plan.call}-{plan.victim}")
def test_a_killed_erasure_is_finished(plan: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "faults"
    folder.mkdir()
    hall = HallProcess(
        tmp_path / "data",
        environment={"HEMICYCLE_FAULTS": str(folder)},
        program="tests.faults.doomed",
    ).start()
    try:
        operator = Operator(hall)
        tokens = operator.tokens(list(MEMBERS))
        ballot = operator.open(mode="non_recorded", disclosure="turnout")
        presses = asyncio.run(seats_vote(hall, tokens, ballot))
        assert files_with(hall.data / "redis", presses), "the box has to be on disk"
        plan.leave(folder)
        with contextlib.suppress(httpx.TransportError):  # the server may die under the call
            operator.try_command(ballot, "close")
        wait_until((folder / "hit").exists)
        assert (folder / "hit").read_text() == f"{plan.when} {plan.call}"
        operator.close()
        if plan.victim == "server":
            hall.died()
            hall.start()
        operator = Operator(hall)
        if operator.ballot(ballot)["phase"] != "declared":
            assert operator.ballot(ballot)["phase"] == "closed"
            operator.command(ballot, "declare")
        record = erased(operator, ballot)
        assert record["counts"] == {"yes": 2, "no": 2, "abstain": 1}
        assert files_with(hall.data, presses) == []
        known = [*zip(MEMBERS, presses, strict=False), (MEMBERS[0], presses[-1])]
        hashes = running_hashes(contents_of(hall.data))
        assert followed(hashes, known, sorted(set(CHOICES))) == []
        path = tmp_path / "record.json"
        path.write_bytes(operator.http.get(f"/ballots/{ballot}/record").content)
        out, err = io.StringIO(), io.StringIO()
        assert verify(str(path), None, None, out, err) == 0, err.getvalue()
        assert "who voted is recorded, but not what" in out.getvalue()
        assert "that replicas and backups of the box keep nothing: nobody says so" in out.getvalue()
        operator.close()
    finally:
        assert hall.stop() == 0


def put_back(hall: HallProcess, copy: Path) -> None:
    """Put a copy of the store's files in the place of its own; nobody may run."""
    store = hall.data / "redis"
    for name in ("appendonlydir", "dump.rdb"):
        if (copy / name).is_dir():
            shutil.rmtree(store / name)
            shutil.copytree(copy / name, store / name)
        elif (copy / name).exists():
            shutil.copy(copy / name, store / name)


def test_an_older_copy_of_the_store_is_erased_again(tmp_path: Path) -> None:
    hall = HallProcess(tmp_path / "data").start()
    try:
        operator = Operator(hall)
        tokens = operator.tokens(list(MEMBERS))
        ballot = operator.open(mode="non_recorded", disclosure="none")
        presses = asyncio.run(seats_vote(hall, tokens, ballot))
        copy = tmp_path / "copy"
        shutil.copytree(hall.data / "redis", copy, ignore=shutil.ignore_patterns("*.sock"))
        for command in ("close", "declare", "certify"):
            operator.command(ballot, command)
        erased(operator, ballot)
        assert files_with(hall.data, presses) == []
        operator.close()
        assert hall.stop() == 0
        put_back(hall, copy)
        assert files_with(hall.data, presses)
        hall.start()
        wait_until(lambda: not files_with(hall.data, presses))
        operator = Operator(hall)
        assert operator.ballot(ballot)["phase"] == "certified"
        assert f"votes of ballot {ballot}, which was erased" in hall.log()
        operator.close()
    finally:
        assert hall.stop() == 0
