"""What a hall refuses to start on, and what an assembly's own settings change."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from server.adapters.redis_server import find_server
from tests.contracts.real_redis import RealRedis
from tests.halls import PASSWORD, Client, HallProcess, Operator
from tests.waiting import until

CODES = ("AA", "BB", "CC", "DD", "EE")
FOUR = '{{ en = "{0}", fr = "{0}", es = "{0}", ar = "{0}" }}'


def assembly_file(place: Path, replaced: dict[str, str] | None = None) -> Path:
    """An assembly of five Members, three of whom make a quorum; its displays are public."""
    head = {
        "id": '"small"',
        "name": FOUR.format("Small assembly"),
        "rulebook": '"plain"',
    }
    text = "[assembly]\n" + "".join(
        f"{key} = {(replaced or {}).get(key, value)}\n" for key, value in head.items()
    )
    text += (
        "[settings]\ndisplay_public = true\noperator_may_certify = false\n"
        'quorum = { of = [1, 2], at_least = false, of_whom = "members" }\n'
    )
    for code in CODES:
        text += (
            f'[[members]]\ncode = "{code}"\nregion = "europe"\n'
            f"names = {FOUR.format(f'Member {code}')}\n"
        )
    path = place / "small.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    place = tmp_path_factory.mktemp("small")
    hall = HallProcess(place / "data", "--assembly", str(assembly_file(place))).start()
    yield hall
    assert hall.stop() == 0


@pytest.fixture
def operator(small: HallProcess) -> Iterator[Operator]:
    client = Operator(small)
    yield client
    client.close()


def serve(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `serve` on settings that it must refuse."""
    return subprocess.run(
        [sys.executable, "-m", "server.cli.main", "serve", "--port", "0", *options],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        env={**os.environ, "HEMICYCLE_OPERATOR_PASSWORD": PASSWORD, **environment},
    )


# --- quorum


async def test_a_ballot_does_not_open_without_a_quorum(
    small: HallProcess, operator: Operator
) -> None:
    tokens = operator.tokens()
    assert sorted(tokens) == list(CODES)
    seats = {code: await Client.open(f"{small.ws}/kiosk", tokens[code]) for code in ("AA", "BB")}
    for seat in seats.values():
        await seat.view()
    ballot = operator.prepare()["id"]
    refused = operator.try_command(ballot, "open")
    assert (refused.status_code, refused.json()["code"]) == (409, "no_quorum")
    assert "2 Members are present, 3 are needed" in refused.json()["detail"]
    assert operator.ballot(ballot)["phase"] == "prepared"

    # The Chair may go on; the quorum is measured again at the close, and there is no decision.
    operator.command(ballot, "open", reason="the Chair decided to go on")
    for seat in seats.values():
        assert (await seat.press(ballot, "yes"))["type"] == "receipt"
    operator.command(ballot, "close")
    outcome = operator.command(ballot, "declare")["view"]["outcome"]
    assert outcome["outcome"] == "no_quorum"
    record = operator.record(ballot)
    assert record["result"]["outcome"] == "no_quorum"
    assert record["counts"] == {"yes": 2, "no": 0, "abstain": 0}

    # A third Member, and it opens; whoever comes and votes later counts as present, too.
    seats["CC"] = await Client.open(f"{small.ws}/kiosk", tokens["CC"])
    await seats["CC"].view()
    second = operator.open()
    for seat in seats.values():
        await seat.press(second, "yes")
    operator.command(second, "close")
    assert operator.command(second, "declare")["view"]["outcome"]["outcome"] == "adopted"
    for seat in seats.values():
        await seat.close()


# --- public displays


async def test_a_public_display_sees_the_hall_without_a_token_and_nothing_else(
    small: HallProcess, operator: Operator
) -> None:
    display = await Client.open(f"{small.ws}/display", "")
    view = await display.view()
    assert view["members"] == len(CODES)
    assert view["chair"] is None
    await display.close()
    for socket in ("kiosk", "console"):
        assert await (await Client.open(f"{small.ws}/{socket}", "")).closed() == 4401
    assert await (await Client.open(f"{small.ws}/display", "wrong")).closed() == 4401


def test_without_a_token_the_lists_for_displays_are_read_and_nothing_else(
    small: HallProcess, operator: Operator
) -> None:
    ballot = operator.prepare()["id"]
    suspended = operator.http.post(
        "/members/EE/voting_right", json={"suspended": True, "reason": "arrears"}
    )
    assert suspended.status_code == 204
    with httpx.Client(base_url=f"{small.url}/api/v1", trust_env=False) as nobody:
        members = nobody.get("/members")
        assert [row["code"] for row in members.json()] == list(CODES)
        assert not any(row["suspended"] for row in members.json())
        assert nobody.get("/assembly").json()["display_public"] is True
        for path in ("/me", "/ballots", f"/ballots/{ballot}", f"/ballots/{ballot}/record",
                     "/journal", f"{small.url}/metrics"):  # fmt: skip
            assert nobody.get(path).status_code == 401, path
        for path in ("/ballots", f"/ballots/{ballot}/open", "/seats/tokens", "/displays/tokens",
                     "/display", "/users", "/logout", "/members/AA/presence"):  # fmt: skip
            assert nobody.post(path, json={}).status_code == 401, path
    operator.http.post("/members/EE/voting_right", json={"suspended": False, "reason": "paid"})


# --- what a hall does not start on


def test_a_data_directory_in_use_is_refused(small: HallProcess) -> None:
    refused = serve("--data", str(small.data))
    assert refused.returncode == 2
    assert str(small.data) in refused.stderr
    assert "another hall server" in refused.stderr
    assert "--data" in refused.stderr
    assert "Traceback" not in refused.stderr
    # The hall that is there noticed nothing.
    assert httpx.get(f"{small.url}/readyz", trust_env=False).status_code == 200


@pytest.mark.parametrize(
    ("replaced", "named"),
    [
        ({"rulebook": "7"}, ("assembly, key ", "rulebook")),
        ({"name": '"Small"'}, ("assembly, key ", "name")),
        ({"id": '"a b"'}, ("assembly, key ", "id")),
        ({"id": "!"}, ("TOML",)),
    ],
)
def test_a_bad_assembly_file_is_refused_by_table_and_key(
    tmp_path: Path, replaced: dict[str, str], named: tuple[str, ...]
) -> None:
    path = assembly_file(tmp_path, replaced)
    refused = serve("--data", str(tmp_path / "data"), "--assembly", str(path))
    assert refused.returncode == 2
    assert "small.toml" in refused.stderr
    for word in named:
        assert word in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "ready" not in refused.stdout


def test_an_assembly_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    refused = serve("--data", str(tmp_path / "data"), "--assembly", str(tmp_path / "none.toml"))
    assert refused.returncode == 2
    assert "none.toml" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("option", "setting"),
    [
        (("--appendfsync", "everysec"), "appendfsync"),
        (("--appendonly", "no"), "appendonly"),
        (("--maxmemory-policy", "allkeys-lru"), "maxmemory-policy"),
    ],
)
def test_a_redis_that_would_lose_votes_is_refused(
    tmp_path: Path, option: tuple[str, str], setting: str
) -> None:
    place = tmp_path / "r"
    place.mkdir()
    redis = RealRedis(find_server(), place, *option)
    redis.start()
    try:
        refused = serve("--data", str(tmp_path / "data"), "--redis", redis.url)
    finally:
        redis.stop()
    assert refused.returncode == 2
    assert "would lose votes" in refused.stderr
    assert f"CONFIG SET {setting}" in refused.stderr
    assert "Traceback" not in refused.stderr


# --- who certifies, and who sees what is in preparation


def as_person(operator: Operator, name: str, role: str) -> dict[str, str]:
    person = {"user": name, "password": PASSWORD}
    assert operator.http.post("/users", json={**person, "role": role}).status_code == 201
    token = operator.http.post("/login", json=person).json()["token"]
    return {"Authorization": f"Bearer {token}"}


def test_the_assembly_says_who_certifies(small: HallProcess, operator: Operator) -> None:
    ballot = operator.prepare()["id"]
    operator.command(ballot, "open", reason="the quorum does not matter here")
    operator.command(ballot, "close")
    operator.command(ballot, "declare")
    assert operator.try_command(ballot, "certify").status_code == 403
    scrutineer = as_person(operator, "scrutineer", "scrutineer")
    path = f"/ballots/{ballot}"
    assert operator.http.post(f"{path}/publish", json={}, headers=scrutineer).status_code == 403
    done = operator.http.post(f"{path}/certify", json={}, headers=scrutineer)
    assert done.json()["phase"] == "certified"


def test_what_is_in_preparation_is_the_staffs(small: HallProcess, operator: Operator) -> None:
    ballot = operator.prepare()["id"]
    token = operator.tokens(["AA"])["AA"]
    seat = {"Authorization": f"Bearer {token}"}
    assert operator.http.get(f"/ballots/{ballot}", headers=seat).status_code == 404
    listed = operator.http.get("/ballots", headers=seat).json()["ballots"]
    assert ballot not in [row["id"] for row in listed]
    assert ballot in [row["id"] for row in operator.http.get("/ballots").json()["ballots"]]
    operator.command(ballot, "announce")
    assert operator.http.get(f"/ballots/{ballot}", headers=seat).json()["phase"] == "announced"
    operator.command(ballot, "cancel", reason="only a test")


async def test_a_hall_on_the_stock_websockets_does_the_same(tmp_path: Path) -> None:
    """Plain ASGI, one writing task a connection: what `--websockets stock` falls back on."""
    stock = {"HEMICYCLE_WEBSOCKETS": "stock"}
    hall = HallProcess(tmp_path / "data", environment=stock).start()
    operator = Operator(hall)
    tokens = operator.tokens(["AF", "AL"])
    first, second = [await Client.open(f"{hall.ws}/kiosk", tokens[code]) for code in ("AF", "AL")]
    ballot = operator.open(disclosure="counts")
    assert (await first.press(ballot, "yes"))["type"] == "receipt"
    assert (await second.press(ballot, "no"))["n"] == 2
    again = await Client.open(f"{hall.ws}/kiosk", tokens["AF"])
    assert await first.closed() == 4409
    view = await again.view(lambda view: view["ballot"]["mine"] is not None)
    assert view["ballot"]["mine"]["choice"] == "yes"
    assert operator.command(ballot, "close")["phase"] == "closed"
    operator.command(ballot, "declare")
    assert (await again.view(lambda view: view["ballot"]["outcome"] is not None))["member"] == "AF"
    assert hall.stop() == 0
    assert await again.closed() == 1001
    operator.close()


@pytest.mark.parametrize("websockets", ["picows", "stock"])
async def test_who_leaves_or_speaks_before_the_welcome(tmp_path: Path, websockets: str) -> None:
    """Who has gone by then is not online for ever; what was said by then is heard after it."""
    hall = HallProcess(tmp_path / "data", "--websockets", websockets).start()
    operator = Operator(hall)
    tokens = operator.tokens(["AF", "AL", "DZ"])

    async def come_and_go(member: str) -> None:
        client = await Client.open(f"{hall.ws}/kiosk", tokens[member])
        client.socket.transport.abort()

    await asyncio.gather(*(come_and_go(member) for member in ("AF", "AL") for _ in range(10)))
    early = await Client.open(f"{hall.ws}/kiosk", tokens["DZ"])
    await early.send(
        {"type": "press", "press_id": str(uuid.uuid4()), "ballot": "b-none", "choice": "yes"}
    )
    await early.send({"type": "lang", "lang": "fr"})
    told = [await early.next() for _ in range(3)]
    assert [frame["type"] for frame in told] == ["welcome", "view", "refused"]
    await early.view(lambda view: view["lang"] == "fr")

    def seats() -> str:
        page = operator.http.get(f"{hall.url}/metrics").text
        return next(line for line in page.splitlines() if line.startswith("hemicycle_seats_conn"))

    await until(lambda: seats().endswith(" 1.0"))
    operator.close()
    assert hall.stop() == 0


@pytest.mark.parametrize("websockets", ["picows", "stock"])
async def test_a_full_hall_says_so_and_has_room_again_when_somebody_leaves(
    tmp_path: Path, websockets: str
) -> None:
    hall = HallProcess(
        tmp_path / "data", "--max-connections", "2", "--websockets", websockets
    ).start()
    operator = Operator(hall)
    tokens = operator.tokens(["AF", "AL", "DZ"])
    first, second = [await Client.open(f"{hall.ws}/kiosk", tokens[code]) for code in ("AF", "AL")]
    await first.view()
    await second.view()
    with pytest.raises(InvalidStatus) as refused:
        await Client.open(f"{hall.ws}/kiosk", tokens["DZ"])
    told = refused.value.response
    assert told.status_code == 503
    assert int(told.headers["Retry-After"]) > 0
    assert json.loads(told.body)["code"] == "full"
    ballot = operator.open(disclosure="counts")
    assert (await second.press(ballot, "yes"))["type"] == "receipt"
    await first.close()
    third = await _when_there_is_room(hall, tokens["DZ"])
    assert (await third.press(ballot, "no"))["type"] == "receipt"
    operator.close()
    assert hall.stop() == 0


async def _when_there_is_room(hall: HallProcess, token: str) -> Client:
    deadline = time.monotonic() + 10
    while True:
        try:
            return await Client.open(f"{hall.ws}/kiosk", token)
        except InvalidStatus:
            assert time.monotonic() < deadline, "the place was not given back"
            await asyncio.sleep(0.05)
