"""What an assembly settles over HTTP, and what becomes of the votes: on one shared hall."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from server.api.login_limit import BOUND, FAILURES, PAUSE_SECONDS, LoginLimit
from tests.api.conftest import Door
from tests.halls import Client, HallProcess, Operator


def rows(operator: Operator, ballot: str) -> dict[str, dict[str, Any]]:
    return {row["member"]: row for row in operator.record(ballot)["roll"]}


def finish(operator: Operator, ballot: str) -> None:
    operator.command(ballot, "close")
    operator.command(ballot, "declare")


# --- health and metrics


async def test_health_needs_no_token_and_metrics_know_nothing_of_votes(
    shared_hall: HallProcess, operator: Operator, door: Door
) -> None:
    seat = await door("kiosk", operator.tokens(["MT"])["MT"])
    ballot = operator.open(disclosure="none")
    await seat.press(ballot, "yes")
    before = _names(_metrics(shared_hall, operator))
    await seat.press(ballot, "abstain")
    page = _metrics(shared_hall, operator)
    assert "hemicycle_seats_connected" in page
    words = set(page.replace("_", " ").replace('"', " ").replace("{", " ").split())
    assert not words & {"yes", "no", "abstain", "abstention", "MT", "Malta", ballot}
    # No new series appears with a vote either.
    assert _names(page) == before
    for path in ("/healthz", "/readyz"):
        answer = operator.http.get(f"{shared_hall.url}{path}", headers={"Authorization": ""})
        assert answer.status_code == 200, answer.text
        assert "MT" not in answer.text
        assert ballot not in answer.text


def _metrics(hall: HallProcess, operator: Operator) -> str:
    return operator.http.get(f"{hall.url}/metrics").text


def _names(page: str) -> set[str]:
    return {line.split()[0] for line in page.splitlines() if not line.startswith("#")}


# --- presence and rights


async def test_presence_and_rights_count_from_the_next_roll(operator: Operator, door: Door) -> None:
    seat = await door("kiosk", operator.tokens(["CY"])["CY"])
    await seat.view()
    earlier = operator.open()
    for path, body in (
        ("/members/CY/voting_right", {"suspended": True, "reason": "arrears"}),
        ("/members/GR/presence", {"present": True, "reason": "seen in the hall"}),
        ("/members/IT/presence", {"present": False, "reason": "left the hall"}),
    ):
        answer = operator.http.post(path, json=body)
        assert answer.status_code == 204, answer.text
    # The roll that is frozen stays as it is.
    assert (await seat.press(earlier, "yes"))["type"] == "receipt"
    finish(operator, earlier)
    assert rows(operator, earlier)["CY"]["status"] == "voted"
    assert rows(operator, earlier)["GR"]["status"] == "absent"

    ballot = operator.open()
    view = await seat.view(lambda view: (view["ballot"] or {}).get("id") == ballot)
    assert (view["ballot"]["may_vote"], view["ballot"]["bar"]) == (False, "suspended_right")
    assert (await seat.press(ballot, "yes"))["reason"] == "suspended_right"
    finish(operator, ballot)
    status = {member: row["status"] for member, row in rows(operator, ballot).items()}
    assert (status["CY"], status["GR"], status["IT"]) == ("suspended", "not_voted", "absent")
    assert rows(operator, ballot)["CY"]["choice"] is None

    # Only the staff may read who is suspended.
    display = operator.http.post("/displays/tokens").json()["token"]
    seen = operator.http.get("/members", headers={"Authorization": f"Bearer {display}"}).json()
    assert not any(row["suspended"] for row in seen)
    told = {row["code"]: row["suspended"] for row in operator.http.get("/members").json()}
    assert told["CY"]
    operator.http.post("/members/CY/voting_right", json={"suspended": False, "reason": "paid"})
    third = operator.open()
    assert (await seat.press(third, "no"))["type"] == "receipt"


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/members/XX/presence", {"present": True, "reason": "r"}, 404, "unknown_member"),
        ("/members/XX/voting_right", {"suspended": True, "reason": "r"}, 404, "unknown_member"),
        ("/members/FR/presence", {"present": True}, 422, "bad_field"),
        ("/members/FR/presence", {"present": "often", "reason": "r"}, 422, "bad_field"),
        ("/members/FR/voting_right", {"suspended": True, "reason": ""}, 422, "bad_field"),
        ("/display", {"scene": "fireworks"}, 422, "bad_field"),
        ("/display", {"scene": "message"}, 422, "bad_field"),
        ("/display", {"scene": "message", "message": {"en": "Lunch"}}, 422, "bad_field"),
        ("/display", {"scene": "idle", "item": "999"}, 422, "bad_field"),
    ],
)
def test_settings_that_make_no_sense_are_named(
    operator: Operator, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    answer = operator.http.post(path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]


# --- how a ballot takes votes


async def test_a_vote_that_cannot_be_changed_is_not(operator: Operator, door: Door) -> None:
    seat = await door("kiosk", operator.tokens(["HR"])["HR"])
    ballot = operator.open(revocable=False)
    first = await seat.press(ballot, "yes")
    assert (await seat.press(ballot, "no"))["reason"] == "not_revocable"
    again = await seat.press(ballot, "yes", first["press_id"])
    assert (again["n"], again["current"]) == (first["n"], True)
    finish(operator, ballot)
    assert rows(operator, ballot)["HR"]["choice"] == "yes"


async def test_a_ballot_closes_by_itself_only_where_that_was_set(
    operator: Operator, door: Door
) -> None:
    seat = await door("kiosk", operator.tokens(["HU"])["HU"])
    display = await door("display", operator.token)
    by_itself = operator.open(seconds=5, auto_close=True)
    receipt = await seat.press(by_itself, "yes")
    open_until = (await display.view(lambda view: (view["ballot"] or {}).get("id") == by_itself))[
        "ballot"
    ]["closes_at"]
    await display.view(
        lambda view: view["ballot"]["phase"] == "closed" and not view["ballot"]["recording"]
    )
    late = await seat.press(by_itself, "no")
    assert (late["type"], late["reason"]) == ("refused", "closed")
    assert operator.ballot(by_itself)["phase"] == "closed"
    operator.command(by_itself, "declare")
    record = operator.record(by_itself)
    assert record["closed_at"] == open_until
    assert rows(operator, by_itself)["HU"]["code"] == receipt["code"]
    (closed,) = [line for line in record["history"] if line["type"] == "ballot_closed"]
    assert closed["at"] - open_until < 5000


async def test_a_timer_without_auto_close_waits_for_the_chair(
    operator: Operator, door: Door
) -> None:
    seat = await door("kiosk", operator.tokens(["RO"])["RO"])
    ballot = operator.open(seconds=5)
    view = await seat.view(lambda view: (view["ballot"] or {}).get("phase") == "open")
    closes_at = view["ballot"]["closes_at"]
    while True:
        receipt = await seat.press(ballot, "yes")
        assert receipt["type"] == "receipt"
        if receipt["server_time"] > closes_at:
            break
        await asyncio.sleep(0.5)
    assert operator.ballot(ballot)["phase"] == "open"
    extended = operator.command(ballot, "extend", seconds=60)
    assert extended["view"]["closes_at"] > closes_at


# --- reading a ballot costs the hall nothing


async def test_reading_a_closed_ballot_makes_no_screen_anew(operator: Operator, door: Door) -> None:
    token = operator.tokens(["BG"])["BG"]
    display = await door("display", operator.token)
    ballot = operator.open()
    operator.command(ballot, "close")
    await display.view(lambda view: (view["ballot"] or {}).get("phase") == "closed")
    await frames_within(display, 1.5)  # what was already on its way
    as_seat = {"Authorization": f"Bearer {token}"}
    for _ in range(5):
        answer = operator.http.get(f"/ballots/{ballot}", headers=as_seat)
        assert answer.json()["view"]["phase"] == "closed"
    assert await frames_within(display, 1.0) == 0


async def frames_within(client: Client, seconds: float) -> int:
    """How many frames that are no beats arrive until none does for so long."""
    frames = 0
    while True:
        try:
            await asyncio.wait_for(client.next(), seconds)
        except TimeoutError:
            return frames
        frames += 1


# --- signing in


def test_guessing_is_slowed_down_even_when_done_all_at_once(shared_hall: HallProcess) -> None:
    def guess(n: int) -> int:
        answer = httpx.post(
            f"{shared_hall.url}/api/v1/login",
            json={"user": "guessed", "password": f"guess {n}"},
            timeout=60,
            trust_env=False,
        )
        return answer.status_code

    with ThreadPoolExecutor(14) as guessers:
        statuses = sorted(guessers.map(guess, range(14)))
    assert statuses == [401] * FAILURES + [429] * (14 - FAILURES)
    answer = httpx.post(
        f"{shared_hall.url}/api/v1/login",
        json={"user": "guessed", "password": "again"},
        trust_env=False,
    )
    assert answer.json()["code"] == "too_many_attempts"
    assert answer.headers["retry-after"] == "60"
    # Another name is not held up by it.
    Operator(shared_hall).close()


def test_the_limit_forgets_after_a_pause_and_is_bounded() -> None:
    limit = LoginLimit()
    for _ in range(FAILURES):
        assert limit.wait("u", 0.0) == 0
        limit.failed("u", 0.0)
    assert limit.wait("u", 1.0) == PAUSE_SECONDS - 1
    assert limit.wait("u", PAUSE_SECONDS) == 0
    limit.failed("u", PAUSE_SECONDS)
    assert limit.wait("u", PAUSE_SECONDS + 1) > 0
    limit.succeeded("u")
    assert limit.wait("u", PAUSE_SECONDS + 1) == 0
    for n in range(BOUND + 10):
        limit.failed(f"u{n}", 0.0)
    assert limit.wait("u0", 0.0) == 0
    assert len(limit._failures) == BOUND


# --- what a display's and a seat's token may do


def test_tokens_do_no_more_than_their_role(operator: Operator) -> None:
    seat = operator.tokens(["SK"])["SK"]
    display = operator.http.post("/displays/tokens").json()["token"]
    ballot = operator.prepare()["id"]
    asks: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", "/ballots", {}),
        ("PUT", f"/ballots/{ballot}", {}),
        ("POST", f"/ballots/{ballot}/open", {}),
        ("POST", "/agenda/1/adopt", {}),
        ("POST", "/seats/tokens", {"members": "all"}),
        ("POST", "/displays/tokens", {}),
        ("POST", "/users", {"user": "x", "password": "y" * 9, "role": "operator"}),
        ("POST", "/members/FR/presence", {"present": True, "reason": "r"}),
        ("POST", "/members/FR/voting_right", {"suspended": True, "reason": "r"}),
        ("POST", "/display", {"scene": "blank"}),
        ("GET", "/journal", {}),
    ]
    for token in (seat, display):
        for method, path, body in asks:
            answer = operator.http.request(
                method,
                path,
                content=json.dumps(body) if method != "GET" else None,
                headers={"Authorization": f"Bearer {token}"},
            )
            assert answer.status_code == 403, (method, path, answer.text)
    assert operator.ballot(ballot)["phase"] == "prepared"
