"""A hall of nine Members with a quorum, somebody else who signs in, and what is asked of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.cli.verify import verify
from tests.api.small_assembly import CODES, SUSPENDED, write_assembly
from tests.halls import HallProcess, Operator

ENTITLED = tuple(code for code in CODES if code != SUSPENDED)
PASSWORD = "another good password"
HANDS = {"yes": 5, "no": 2, "abstain": 1}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    folder = tmp_path_factory.mktemp("ways")
    file = write_assembly(folder, quorum=True)
    process = HallProcess(folder / "data", "--assembly", str(file)).start()
    yield process
    assert process.stop() == 0


def person(hall: HallProcess, operator: Operator, user: str, role: str) -> httpx.Client:
    """Somebody else, signed in."""
    body = {"user": user, "password": PASSWORD, "role": role}
    assert operator.http.post("/users", json=body).status_code in (201, 204)
    client = httpx.Client(base_url=f"{hall.url}/api/v1", timeout=20, trust_env=False)
    answer = client.post("/login", json={"user": user, "password": PASSWORD})
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return client


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    assert body["code"] == code, body
    return body


def recorded(operator: Operator, ballot: str, folder: Path) -> dict[str, Any]:
    """The record, verified from its file alone; and all its exports can be made."""
    raw = operator.http.get(f"/ballots/{ballot}/record").content
    path = folder / f"{ballot}.json"
    path.write_bytes(raw)
    assert verify(str(path), None, None, sys.stdout, sys.stderr) == 0
    return operator.record(ballot)


def export(operator: Operator, ballot: str, name: str) -> httpx.Response:
    answer = operator.http.get(f"/ballots/{ballot}/record", params={"format": name})
    assert answer.status_code == 200, answer.text[:300]
    return answer


def all_present(operator: Operator) -> None:
    for code in CODES:
        body = {"present": True, "reason": "seen in the hall"}
        assert operator.http.post(f"/members/{code}/presence", json=body).status_code == 204
