"""Two servers are one hall: what happens at one is seen, counted and fenced at the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import psycopg
import pytest

from tests.assembly.pictures import PNG
from tests.halls import Client, HallProcess, Operator
from tests.history.clients import held
from tests.many.conftest import Cluster

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(180)]

Two = tuple[HallProcess, HallProcess]


def online(view: dict[str, Any], member: str) -> dict[str, Any]:
    """A Member's seat as the console shows it."""
    (seat,) = [each for each in view["seats"] if each["member"] == member]
    return dict(seat)


def counts(view: dict[str, Any]) -> dict[str, int]:
    """The counts that a display shows, if it shows a ballot."""
    return dict((view["ballot"] or {}).get("counts") or {})


def shows(choice: str) -> Callable[[dict[str, Any]], bool]:
    """Whether a display shows one vote for this choice."""
    return lambda view: counts(view).get(choice) == 1


def kinds(operator: Operator) -> list[str]:
    """The types of the journal's entries."""
    answer = operator.http.get("/journal", params={"after": 0})
    assert answer.status_code == 200, answer.text
    return [row["type"] for row in answer.json()]


async def test_what_happens_at_one_server_is_seen_at_the_other(cluster: Cluster, two: Two) -> None:
    first, second = two
    operator = cluster.operator(first)
    tokens = operator.tokens(["FR", "ES"])
    ballot = operator.open(disclosure="individual")
    display = await Client.open(f"{second.ws}/display", operator.token)
    console = await Client.open(f"{second.ws}/console", operator.token)
    here = await Client.open(f"{first.ws}/kiosk", tokens["FR"], lang="fr")
    there = await Client.open(f"{second.ws}/kiosk", tokens["ES"])
    await here.view(lambda view: view["ballot"] is not None)
    await there.view(lambda view: view["ballot"] is not None)

    # A press lands at one server, and is on the other's display long before its next second.
    loop = asyncio.get_running_loop()
    delays: list[float] = []
    for count, (seat, choice) in enumerate([(here, "yes"), (here, "no"), (here, "abstain")]):
        began = loop.time()
        receipt = await seat.press(ballot, choice)
        assert (receipt["type"], receipt["n"]) == ("receipt", count + 1)
        await display.view(shows(choice))
        delays.append(loop.time() - began)
    assert min(delays) < 0.5, delays
    # Presses of both are numbered in one row.
    assert (await there.press(ballot, "yes"))["n"] == 4
    shown = await display.view(lambda view: sum(counts(view).values()) == 2)
    assert shown["ballot"]["counts"] == {"yes": 1, "no": 0, "abstain": 1}

    # Seats, their languages and their signals stand on every console.
    seen = await console.view(
        lambda view: all(online(view, member)["online"] for member in ("FR", "ES"))
    )
    assert online(seen, "FR")["lang"] == "fr"
    await here.send({"type": "signal", "signal": "assistance", "on": True})
    await console.view(lambda view: online(view, "FR")["assistance"])
    await here.send({"type": "signal", "signal": "assistance", "on": False})
    await console.view(lambda view: not online(view, "FR")["assistance"])
    # So do refusals, and what is on air.
    assert (await here.press(ballot, "perhaps"))["type"] in ("refused", "error")
    message = {"en": "Pause", "fr": "Pause", "es": "Pausa", "ar": "استراحة"}
    answer = operator.http.post("/display", json={"scene": "message", "message": message})
    assert answer.status_code == 204, answer.text
    assert (await display.view(lambda view: view["scene"] == "message"))["message"]["fr"] == "Pause"
    await here.close()
    await console.view(lambda view: not online(view, "FR")["online"])
    for client in (there, display, console):
        await client.close()
    operator.command(ballot, "cancel", reason="the test is over")


def test_what_is_no_hash_of_a_photo_is_not_looked_for(two: Two) -> None:
    """PostgreSQL takes no text with a zero in it."""
    answer = httpx.get(f"{two[0].url}/api/v1/photos/%00")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_photo_is_shown_by_every_server(cluster: Cluster, two: Two) -> None:
    kept = cluster.operator(two[0]).http.post("/photos", content=PNG)
    assert kept.status_code == 201, kept.text
    path = f"/api/v1/photos/{kept.json()['photo']}"
    contents = [httpx.get(f"{server.url}{path}").content for server in (*two, *two)]
    assert contents == [contents[0]] * 4
    assert contents[0].startswith(b"\x89PNG")


async def test_a_second_device_at_another_server_fences_the_first(
    cluster: Cluster, two: Two
) -> None:
    first, second = two
    operator = cluster.operator(first)
    token = operator.tokens(["FR"])["FR"]
    ballot = operator.open()
    old = await Client.open(f"{first.ws}/kiosk", token)
    await old.view(lambda view: view["ballot"] is not None)
    receipt = held(await old.press(ballot, "yes"))
    new = await Client.open(f"{second.ws}/kiosk", token, receipt=receipt)
    # The other server's first view is not older than the receipt that the seat brings.
    assert (await new.view())["ballot"]["mine"] is not None
    assert await old.closed() == 4409
    assert (await new.press(ballot, "no"))["n"] == 2
    # The journal names the replacement, once.
    async with asyncio.timeout(10):
        while kinds(operator).count("seat_replaced") < 1:  # noqa: ASYNC110  # a journal tells nobody
            await asyncio.sleep(0.05)
    assert kinds(operator).count("seat_replaced") == 1
    # Withdrawing the token at one server ends the connection at the other.
    operator.tokens(["FR"])
    assert await new.closed() == 4410
    operator.command(ballot, "cancel", reason="the test is over")


async def test_operators_at_two_servers_close_at_once(cluster: Cluster, two: Two) -> None:
    first, second = two
    operators = [cluster.operator(first), cluster.operator(second)]
    ballot = operators[0].open()
    answers = await asyncio.gather(
        *(asyncio.to_thread(each.try_command, ballot, "close") for each in operators)
    )
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert 200 in {answer.status_code for answer in answers}
    for each in operators:
        assert each.ballot(ballot)["phase"] == "closed"
    assert [each.command(ballot, "declare")["phase"] for each in operators[:1]] == ["declared"]
    assert kinds(operators[1]).count("ballot_closed") == 1


def test_who_has_not_the_halls_key_is_told_where_to_get_it(cluster: Cluster, two: Two) -> None:
    stranger = cluster.server(with_key=False)
    with pytest.raises(AssertionError, match=r"copy its signing-key\.pem"):
        stranger.start()
    assert list(stranger.data.glob("*.pem")) == []
    # Named, the key may lie anywhere: one file for all servers of a machine.
    stranger.options += ("--signing-key", str(two[0].data / "signing-key.pem"))
    stranger.start()
    assert httpx.get(f"{stranger.url}/readyz", trust_env=False).status_code == 200
    assert stranger.stop() == 0
    assert list(stranger.data.glob("*.pem")) == []


async def test_a_database_that_was_put_back_stops_commands(cluster: Cluster, two: Two) -> None:
    first, second = two
    operators = [cluster.operator(first), cluster.operator(second)]
    ballot = operators[0].open()
    token = operators[0].tokens(["FR"])["FR"]
    with psycopg.connect(cluster.database, autocommit=True) as database:
        # As a standby that lagged and was promoted, or a restored backup: the last entry is gone.
        database.execute("ALTER TABLE entries DISABLE TRIGGER ALL")
        lost = database.execute("SELECT * FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
        assert lost is not None
        database.execute("DELETE FROM entries WHERE seq = %s", (lost[0],))
        for operator in operators:
            answer = operator.try_command(ballot, "close")
            assert (answer.status_code, answer.json()["code"]) == (503, "journal_went_back")
            assert "hemicycle restore" in answer.json()["detail"]
        # Votes that go to the box are not in question.
        seat = await Client.open(f"{first.ws}/kiosk", token)
        assert (await seat.press(ballot, "yes"))["type"] == "receipt"
        await seat.close()
        places = ", ".join(["%s"] * len(lost))
        database.execute(f"INSERT INTO entries VALUES ({places})".encode(), lost)
        database.execute("ALTER TABLE entries ENABLE TRIGGER ALL")
    for operator in operators[:1]:
        assert operator.command(ballot, "close")["phase"] == "closed"
