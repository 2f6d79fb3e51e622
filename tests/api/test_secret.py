"""Secret ballots over HTTP and sockets alone: cast, opened by two of three, checked by all."""

from __future__ import annotations

import asyncio
import io
import json
import re
import secrets
import subprocess
import time
import uuid
from pathlib import Path
from typing import Any

from server.cli.verify import verify
from server.secrecy.archive import read_archive
from server.secrecy.credential import Credential
from server.secrecy.election import read_election
from server.secrecy.sealing import marks_of, seal
from server.secrecy.strict import SoundArchive, UnsoundArchive, verify_archive
from tests.halls import Client, HallProcess, Operator
from tests.own_hall import hall
from tests.secret_seats import Seat, seated
from tests.three_scrutineers import Scrutineer, opened_for, scrutineers

__all__ = ["hall", "scrutineers"]


def is_sound(operator: Operator, ballot: str, folder: Path) -> dict[str, Any]:
    """The record verifies, and belenios-tool passes the archive."""
    raw = operator.http.get(f"/ballots/{ballot}/archive").content
    told = operator.http.get(f"/ballots/{ballot}/secret").json()
    name = f"{read_election(told['election']).uuid}.bel"
    (folder / "bel").mkdir(exist_ok=True)
    for old in (folder / "bel").iterdir():
        old.unlink()
    (folder / "bel" / name).write_bytes(raw)
    checked = subprocess.run(
        ["belenios-tool", "election", "verify", "--dir", str(folder / "bel")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert "all checks passed" in checked.stderr
    assert isinstance(verify_archive(raw), SoundArchive)
    record = operator.http.get(f"/ballots/{ballot}/record").content
    (folder / "record.json").write_bytes(record)
    out, err = io.StringIO(), io.StringIO()
    assert verify(str(folder / "record.json"), None, None, out, err) == 0, err.getvalue()
    return dict(json.loads(record))


async def test_a_secret_motion_from_the_key_to_the_record(
    hall: HallProcess,
    operator: Operator,
    scrutineers: tuple[Scrutineer, ...],
    tmp_path: Path,
) -> None:
    async with seated(hall, operator) as seats:
        ballot = operator.prepare(mode="secret", disclosure="turnout")["id"]
        opened_for(operator, scrutineers, ballot)
        text = await seats["AF"].election(ballot)
        first = seats["AF"].sealed(text, [1])
        press = str(uuid.uuid4())
        told = await seats["AF"].send(ballot, first, press)
        assert told["type"] == "received"
        receipt = await seats["AF"].client.until(lambda frame: frame.get("type") == "receipt")
        assert receipt["tracker"] == told["tracker"]
        assert "choice" not in receipt
        again = await seats["AF"].vote(ballot, first, press)
        assert (again["n"], again["tracker"]) == (receipt["n"], receipt["tracker"])
        # The vote is changed; the first ballot cannot be cast again.
        changed = await seats["AF"].vote(ballot, seats["AF"].sealed(text, [0]))
        assert (changed["type"], changed["current"]) == ("receipt", True)
        replayed = await seats["AF"].vote(ballot, first)
        assert (replayed["type"], replayed["reason"]) == ("refused", "bad_choice")
        # A ballot whose proof does not hold leaves the one before in force.
        broken = _with_broken_proof(seats["AL"], text)
        assert (await seats["AL"].vote(ballot, seats["AL"].sealed(text, [2])))["type"] == "receipt"
        refused = await seats["AL"].vote(ballot, broken)
        assert (refused["type"], refused["reason"]) == ("refused", "bad_proof")
        # Another's ballot, and one that is no ballot.
        foreign = seats["DZ"].sealed(text, [0])
        assert (await seats["AD"].send(ballot, foreign))["reason"] == "bad_proof"
        assert (await seats["AD"].send(ballot, "{}"))["reason"] == "bad_proof"
        assert (await seats["AD"].send("no-ballot", foreign))["reason"] == "unknown_ballot"
        assert (await seats["DZ"].vote(ballot, foreign))["type"] == "receipt"
        view = operator.ballot(ballot)["view"]
        assert (view["turnout"]["voted"], view["counts"]) == (3, None)
        operator.command(ballot, "close")
        late = await seats["AO"].send(ballot, seats["AO"].sealed(text, [0]))
        assert late["reason"] == "closed"
        assert operator.try_command(ballot, "declare").json()["code"] == "not_allowed_now"
        wrong = scrutineers[1].share(ballot)
        stolen = scrutineers[0].http.post(f"/ballots/{ballot}/decryptions", json={"text": wrong})
        assert (stolen.status_code, "ana" in stolen.json()["detail"]) == (422, True)
        assert scrutineers[0].open(ballot).json()["view"]["secret"]["opened"] == ["ana"]
        assert scrutineers[2].open(ballot).json()["view"]["secret"]["is_open"]
    declared = operator.command(ballot, "declare")
    assert declared["view"]["counts"] == {"yes": 2, "no": 0, "abstain": 1}
    # What came after the close is journaled within a second or so.
    deadline = time.monotonic() + 20
    while ("AO", "late") not in _turned_away(operator.record(ballot)):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.2)
    record = is_sound(operator, ballot, tmp_path)
    assert _turned_away(record) == {
        ("AF", "replayed"), ("AD", "credential"), ("AD", "form"), ("AO", "late"),
    }  # fmt: skip
    rows = {row["member"]: row for row in record["roll"]}
    assert (rows["AF"]["choice"], rows["AF"]["tracker"]) == (None, changed["tracker"])
    assert (rows["AF"]["status"], rows["AO"]["status"]) == ("voted", "not_voted")


async def test_an_election_in_two_rounds_with_blank_votes(
    hall: HallProcess,
    operator: Operator,
    scrutineers: tuple[Scrutineer, ...],
    tmp_path: Path,
) -> None:
    names = [{"id": each, "name": each.title()} for each in ("ada", "bea", "cem")]
    async with seated(hall, operator) as seats:
        ballot = operator.prepare(
            kind="election",
            decision="president",
            mode="secret",
            disclosure="turnout",
            candidates=names,
            order="given",
        )["id"]
        opened_for(operator, scrutineers, ballot)
        text = await seats["AF"].election(ballot)
        votes: dict[str, list[int]] = {"AF": [0], "AL": [0], "DZ": [1], "AD": [2], "AO": []}
        for member, chosen in votes.items():
            sealed = seats[member].sealed(text, chosen)
            assert (await seats[member].vote(ballot, sealed))["type"] == "receipt"
        operator.command(ballot, "close")
        for each in scrutineers[1:]:
            assert each.open(ballot).status_code == 200
        round_one = operator.command(ballot, "declare")["view"]
        counted = {each["id"]: each["votes"] for each in round_one["election"]["candidates"]}
        assert (counted, round_one["election"]["blank"]) == ({"ada": 2, "bea": 1, "cem": 1}, 1)
        assert round_one["outcome"]["outcome"] == "next_round"
        second = operator.command(ballot, "next_round")["id"]
        opened_for(operator, scrutineers, second)
        text = await seats["AF"].election(second)
        for member in ("AF", "AL", "DZ", "AD"):
            sealed = seats[member].sealed(text, [0])
            assert (await seats[member].vote(second, sealed))["type"] == "receipt"
        operator.command(second, "close")
        for each in scrutineers[:2]:
            assert each.open(second).status_code == 200
    outcome = operator.command(second, "declare")["view"]["outcome"]
    assert outcome["outcome"] == "elected"
    is_sound(operator, second, tmp_path)


async def test_what_is_published_cannot_be_changed(
    hall: HallProcess,
    operator: Operator,
    scrutineers: tuple[Scrutineer, ...],
    tmp_path: Path,
) -> None:
    """Killed and started again in mid-vote, with a ballot that nobody has proved yet."""
    async with seated(hall, operator) as seats:
        ballot = operator.prepare(mode="secret", disclosure="none")["id"]
        opened_for(operator, scrutineers, ballot)
        text = await seats["AF"].election(ballot)
        press, sealed = str(uuid.uuid4()), seats["AF"].sealed(text, [0])
        assert (await seats["AF"].send(ballot, sealed, press))["type"] == "received"
        hall.kill()
    hall.start()
    token = operator.tokens(["AF"])["AF"]
    client = await Client.open(f"{hall.ws}/kiosk", token)
    seat = seats["AF"]
    seat.client = client
    again = await seat.vote(ballot, sealed, press)
    assert (again["type"], again["n"]) == ("receipt", 1)
    await client.close()
    operator.command(ballot, "close")
    for each in scrutineers[:2]:
        assert each.open(ballot).status_code == 200
    operator.command(ballot, "declare")
    is_sound(operator, ballot, tmp_path)
    raw = operator.http.get(f"/ballots/{ballot}/archive").content
    assert len(read_archive(raw).records) > 5
    for at in range(700, len(raw), len(raw) // 9):
        copy = bytearray(raw)
        copy[at] ^= 4
        assert isinstance(verify_archive(bytes(copy)), UnsoundArchive), at


def _turned_away(record: dict[str, Any]) -> set[tuple[str, str]]:
    told = record["secret"].get("turned_away", [])
    return {(row["member"], row["reason"]) for row in told}


def _with_broken_proof(seat: Seat, election: str) -> str:
    """A ballot that is signed by its seat, and does not prove what it holds."""
    held = read_election(election)
    whole = seal(held, seat.credential, marks_of(held.question, [0]), secrets.randbelow).text
    told = json.loads(whole)
    proof = told["answers"][0]["overall_proof"][0]
    proof["response"] = str(int(proof["response"]) - 1)
    return resigned(seat.credential, told)


def resigned(credential: Credential, told: dict[str, Any]) -> str:
    """The ballot with a signature that holds."""
    from server.secrecy.notation import compact, short_hash_of
    from server.secrecy.schnorr import prove_knowledge

    body = {name: value for name, value in told.items() if name != "signature"}
    hashed = short_hash_of(compact(body))
    proof = prove_knowledge(credential.secret, f"sig|{hashed}", secrets.randbelow)
    return compact({**body, "signature": {"hash": hashed, "proof": proof.as_json()}})


async def test_nothing_that_the_server_keeps_tells_a_vote(
    hall: HallProcess, operator: Operator, scrutineers: tuple[Scrutineer, ...]
) -> None:
    """The store's file, the journal, the log and the metrics hold ciphertexts, and no opening."""
    async with seated(hall, operator) as seats:
        ballot = operator.prepare(mode="secret", disclosure="turnout")["id"]
        opened_for(operator, scrutineers, ballot)
        election = read_election(await seats["AF"].election(ballot))
        presses: dict[str, str] = {}
        secrets_of_seats: set[int] = set()
        for at, (_, seat) in enumerate(seats.items()):
            marks = marks_of(election.question, [at % 3])
            sealed = seal(election, seat.credential, marks, secrets.randbelow)
            press = str(uuid.uuid4())
            receipt = await seat.vote(ballot, sealed.text, press)
            assert receipt["type"] == "receipt"
            presses[press] = receipt["tracker"]
            secrets_of_seats |= {int(seat.credential.secret), *sealed.randomness}
        operator.command(ballot, "close")
    kept = [path.read_bytes() for path in hall.data.rglob("*") if path.is_file()]
    kept.append((hall.data.parent / f"{hall.data.name}.log").read_bytes())
    kept.append(operator.http.get(f"{hall.url}/metrics").content)
    everything = b"\n".join(kept)
    for press, tracked in presses.items():
        # The search looks where the votes are: each is there under its tracker.
        assert everything.count(tracked.encode()) >= 2
        assert press.encode() in everything
        chosen = re.search(rb"%s[\"|,\s]+(yes|no|abstain)\b" % press.encode(), everything)
        assert chosen is None
    for each in secrets_of_seats:
        assert str(each).encode() not in everything
        assert f"{each:x}".encode() not in everything
