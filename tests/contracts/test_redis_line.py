"""The line of the presses: a press that was given up never comes after one that was receipted."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import redis

from kiosk_client.seat_state import Patience
from server.adapters.redis_box import RedisBallotBox
from server.adapters.redis_box_calls import connect
from server.adapters.redis_box_settings import refuse_unsafe
from server.adapters.redis_server import find_server
from server.ports import Accepted, BoxState, StoreUnavailable
from tests.contracts.box_worlds import opening, press
from tests.contracts.real_redis import RealRedis, free_port, valkey_server
from tests.faults.wire import Wire


class RedisOnPort(RealRedis):
    """A server that listens on a TCP port, too, as one on another machine does."""

    def __init__(self, server: Path, directory: Path) -> None:
        self.port = free_port()
        super().__init__(server, directory, "--port", str(self.port))


@pytest.fixture(params=["redis", "valkey"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RedisOnPort]:
    program = find_server() if request.param == "redis" else valkey_server()
    server = RedisOnPort(program, tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def network(server: RedisOnPort) -> AsyncIterator[Wire]:
    """Between the hall and Redis."""
    async with Wire(lambda: server.port) as wire:
        yield wire


@pytest.fixture
async def box(network: Wire) -> AsyncIterator[RedisBallotBox]:
    """An open box at the other end of the network; it has taken a vote of BE."""
    box = RedisBallotBox.at(f"redis://127.0.0.1:{network.port}", "hall")
    await box.open(opening())
    await box.press("b-1", [press("BE")])
    yield box
    await box.aclose()


@pytest.fixture
async def near(server: RedisOnPort) -> AsyncIterator[RedisBallotBox]:
    """The same box, without the network."""
    box = RedisBallotBox.at(server.url, "hall")
    yield box
    await box.aclose()


async def test_what_the_network_delivers_late_does_not_replace_a_receipted_vote(
    network: Wire, box: RedisBallotBox, near: RedisBallotBox
) -> None:
    held = network.keep()
    with pytest.raises(StoreUnavailable):
        await box.press("b-1", [press("AF", "yes", "p1")])
    (receipted,) = (await box.press("b-1", [press("AF", "no", "p2")])).outcomes
    assert isinstance(receipted, Accepted)
    assert any(link.kept for link in held)
    network.deliver(held)
    await near.now()  # Redis has read what came before
    state = await near.state("b-1")
    assert isinstance(state, BoxState)
    assert (await near.votes("b-1"))["AF"].choice == "no"
    assert (state.n, state.counts["yes"]) == (receipted.n, 1)


async def test_a_call_that_was_given_up_does_not_replace_a_receipted_vote(
    network: Wire, box: RedisBallotBox, near: RedisBallotBox
) -> None:
    held = network.hold()
    given_up = asyncio.create_task(box.press("b-1", [press("AF", "yes", "p1")]))
    await asyncio.sleep(0.05)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    (receipted,) = (await box.press("b-1", [press("AF", "no", "p2")])).outcomes
    assert isinstance(receipted, Accepted)
    for link in held:
        link.open.set()
    await asyncio.sleep(0.05)
    assert (await near.votes("b-1"))["AF"].choice == "no"


async def test_a_half_open_line_is_left_before_a_seat_gives_its_press_up(
    network: Wire, box: RedisBallotBox
) -> None:
    assert network.hold()
    async with asyncio.timeout(Patience().press):
        with pytest.raises(StoreUnavailable):
            await box.press("b-1", [press()])
        await asyncio.sleep(Patience().again)
        (answer,) = (await box.press("b-1", [press()])).outcomes
    assert isinstance(answer, Accepted)


async def test_nobody_elses_connection_is_ended_after_a_restart(
    server: RedisOnPort, box: RedisBallotBox
) -> None:
    with server.client() as plain:
        used = max(int(each["id"]) for each in plain.client_list())
    server.kill()
    server.start()
    others = [redis.Redis(port=server.port, single_connection_client=True) for _ in range(used)]
    known = [int(other.client_id()) for other in others]
    assert set(range(max(known[0], 4), used + 1)) <= set(known), "they have the numbers of before"
    while True:
        try:
            await box.press("b-1", [press("AF")])
            break
        except StoreUnavailable:
            await asyncio.sleep(0.02)
    assert [int(other.client_id()) for other in others] == known
    for other in others:
        other.close()


async def test_a_user_who_may_not_end_connections_is_named(server: RedisOnPort) -> None:
    with server.client() as plain:
        plain.execute_command("ACL", "SETUSER", "default", "-client|kill")
    client = connect(server.url)
    (unsafe,) = await refuse_unsafe(client)
    assert unsafe.setting == "CLIENT KILL"
    assert "+client|kill" in unsafe.remedy
    await client.aclose(close_connection_pool=True)


async def test_a_right_that_is_taken_away_is_an_outage_until_it_is_back(
    server: RedisOnPort, near: RedisBallotBox
) -> None:
    """Whether it is missing for the call or for what its script does."""
    await near.open(opening())
    with server.client() as plain:
        for right in ("evalsha", "hset"):
            plain.execute_command("ACL", "SETUSER", "default", f"-{right}")
            with pytest.raises(StoreUnavailable, match="lacks a right"):
                await near.press("b-1", [press()])
            plain.execute_command("ACL", "SETUSER", "default", f"+{right}")
    (answer,) = (await near.press("b-1", [press()])).outcomes
    assert isinstance(answer, Accepted)


async def test_an_outage_is_no_news_to_who_has_gone_away(
    server: RedisOnPort, near: RedisBallotBox, caplog: pytest.LogCaptureFixture
) -> None:
    await near.now()
    server.freeze()
    for call in (near.now(), near.present()):
        asking = asyncio.create_task(call)
        await asyncio.sleep(0.05)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    server.kill()
    await near.aclose()  # it waits for the calls in flight
    gc.collect()
    assert caplog.records == []
