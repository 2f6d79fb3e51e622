"""What only a real store can do: die, be full, be busy, forget its scripts, lag behind."""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import redis

from server.adapters.redis_box import RedisBallotBox
from server.adapters.redis_box_calls import Script, connect
from server.adapters.redis_box_settings import refuse_unsafe
from server.adapters.redis_server import find_server
from server.ports import (
    Accepted,
    BoxPress,
    BoxState,
    HeldVote,
    NoBox,
    StoreUnavailable,
)
from tests.contracts.box_worlds import opening, press
from tests.contracts.real_redis import RealRedis, free_port, valkey_server

PARTS = ("roll", "votes", "presses")


@pytest.fixture(params=["redis", "valkey"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RealRedis]:
    """A server that this test may ill-treat."""
    server = RealRedis(find_server() if request.param == "redis" else valkey_server(), tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def box(server: RealRedis) -> AsyncIterator[RedisBallotBox]:
    box = RedisBallotBox.at(server.url, uuid.uuid4().hex)
    yield box
    await box.aclose()


def member_press(i: int, member: str = "AF") -> BoxPress:
    return press(member, ("yes", "no")[i % 2], f"p{i}")


def contents_of(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


async def until_it_works(box: RedisBallotBox) -> None:
    """No error but StoreUnavailable may come up, and calls work again by themselves."""
    while True:
        try:
            await box.now()
        except StoreUnavailable:
            await asyncio.sleep(0.02)
        else:
            return


async def until_it_fails(box: RedisBallotBox) -> None:
    while True:
        await box.now()


@pytest.mark.faults
async def test_kill_9_loses_no_accepted_press(server: RealRedis, box: RedisBallotBox) -> None:
    await box.open(opening())
    accepted: dict[str, int] = {}
    unknown: list[BoxPress] = []

    async def vote(kill_at: int) -> None:
        for i in range(kill_at + 1000):
            if i == kill_at:
                threading.Thread(target=server.kill).start()
            group = [press(member, "yes", f"{kill_at}-{i}") for member in ("AF", "BE", "DK")]
            try:
                outcome = await box.press("b-1", group)
            except StoreUnavailable:
                unknown.extend(group)
                return
            for each, answer in zip(group, outcome.outcomes, strict=True):
                assert isinstance(answer, Accepted)
                accepted[f"{each.member} {each.press_id}"] = answer.n
        raise AssertionError("Redis survived kill -9")

    for kill_at in (5, 40):
        await vote(kill_at)
        with pytest.raises(StoreUnavailable):
            await box.state("b-1")
        server.start()
        await until_it_works(box)
        for name, n in accepted.items():
            member, press_id = name.split()
            assert await box.held_presses([("b-1", member, press_id)]) == [n]
        # Unknown means: send the same press again. It counts once either way.
        before = await box.state("b-1")
        assert isinstance(before, BoxState)
        assert before.n in (len(accepted), len(accepted) + len(unknown))
        for each, answer in zip(unknown, (await box.press("b-1", unknown)).outcomes, strict=True):
            assert isinstance(answer, Accepted)
            accepted[f"{each.member} {each.press_id}"] = answer.n
        unknown.clear()
        after = await box.state("b-1")
        assert isinstance(after, BoxState)
        assert after.n == len(accepted)
        assert sorted(accepted.values()) == list(range(1, after.n + 1))


@pytest.mark.faults
async def test_every_call_says_that_the_store_is_away(
    server: RealRedis, box: RedisBallotBox
) -> None:
    server.kill()
    calls = (
        lambda: box.hall_incarnation("one"),
        lambda: box.now(),
        lambda: box.bump(),
        lambda: box.raise_revision(1),
        lambda: box.take_generations(["AF"]),
        lambda: box.open(opening()),
        lambda: box.press("b-1", [press()]),
        lambda: box.suspend("b-1", 11),
        lambda: box.resume("b-1", 11),
        lambda: box.extend("b-1", 11, 60),
        lambda: box.last_call("b-1", 11),
        lambda: box.close("b-1"),
        lambda: box.close_if_due("b-1", 1),
        lambda: box.cancel("b-1"),
        lambda: box.state("b-1"),
        lambda: box.votes("b-1"),
        lambda: box.held_presses([("b-1", "AF", "p1")]),
        lambda: box.remove("b-1"),
        lambda: box.lease_presence(["AF"], 1),
        lambda: box.end_presence(["AF"]),
        lambda: box.present(),
        lambda: box.remember("scene", "board"),
        lambda: box.recall("scene"),
    )
    for call in calls:
        with pytest.raises(StoreUnavailable):
            await call()
    server.start()
    await until_it_works(box)
    assert await box.state("b-1") == NoBox()


async def test_a_cancelled_caller_does_not_shift_the_replies(box: RedisBallotBox) -> None:
    await box.open(opening())
    chance = random.Random(7)

    async def one(i: int) -> None:
        (outcome,) = (await box.press("b-1", [member_press(i)])).outcomes
        assert isinstance(outcome, Accepted)
        assert outcome.choice == member_press(i).choice
        assert await box.held_presses([("b-1", "AF", f"p{i}")]) == [outcome.n]

    tasks = [asyncio.create_task(one(i)) for i in range(200)]
    while pending := [task for task in tasks if not task.done()]:
        chance.choice(pending).cancel()
        for _ in range(chance.randrange(8)):
            await asyncio.sleep(0)
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        assert result is None or isinstance(result, asyncio.CancelledError)
    await one(200)
    state = await box.state("b-1")
    assert isinstance(state, BoxState)
    (last,) = (await box.press("b-1", [member_press(201)])).outcomes
    assert isinstance(last, Accepted)
    assert last.n == state.n + 1


async def test_a_group_on_its_way_is_taken_though_nobody_waits(box: RedisBallotBox) -> None:
    await box.open(opening())
    await box.press("b-1", [press("DK")])
    on_its_way = asyncio.Event()
    task = asyncio.create_task(box.press("b-1", [press()], on_its_way.set))
    await on_its_way.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    # The line was given up with the reply that nobody read: this one has a line of its own.
    (outcome,) = (await box.press("b-1", [press("BE")])).outcomes
    assert outcome == Accepted(3, "yes", current=True, repeated=False)
    assert await box.votes("b-1") == {
        "DK": HeldVote("yes", 1, "p1"),
        "AF": HeldVote("yes", 2, "p1"),
        "BE": HeldVote("yes", 3, "p1"),
    }


async def test_what_is_to_be_done_meanwhile_does_not_wait_for_the_store(
    server: RealRedis, box: RedisBallotBox
) -> None:
    await box.open(opening())
    await box.press("b-1", [press()])
    first, second = asyncio.Event(), asyncio.Event()
    server.freeze()
    try:
        calls = [
            asyncio.create_task(box.press("b-1", [press(member)], done.set))
            for member, done in (("BE", first), ("DK", second))
        ]
        async with asyncio.timeout(5):
            await first.wait()
            await second.wait()
        assert not any(call.done() for call in calls)
    finally:
        server.thaw()
    assert [each.outcomes for each in await asyncio.gather(*calls)] == [
        (Accepted(2, "yes", current=True, repeated=False),),
        (Accepted(3, "yes", current=True, repeated=False),),
    ]


async def test_scripts_are_loaded_again(server: RealRedis, box: RedisBallotBox) -> None:
    await box.open(opening())
    with server.client() as client:
        client.script_flush()
    assert isinstance((await box.press("b-1", [press()])).outcomes[0], Accepted)


async def test_a_full_store_takes_nothing(server: RealRedis, box: RedisBallotBox) -> None:
    await box.open(opening())
    before = await box.state("b-1")
    with server.client() as client:
        client.config_set("maxmemory", "1")
        with pytest.raises(StoreUnavailable, match="used memory"):
            await box.press("b-1", [press()])
        with pytest.raises(StoreUnavailable):
            await box.bump()
        client.config_set("maxmemory", "0")
    assert await box.state("b-1") == before
    assert isinstance((await box.press("b-1", [press()])).outcomes[0], Accepted)


async def test_a_busy_store_is_unavailable(server: RealRedis, box: RedisBallotBox) -> None:
    def spin() -> None:
        with server.client() as other, contextlib.suppress(redis.ResponseError):
            other.eval("while true do end", 0)  # ended by SCRIPT KILL

    with server.client() as client:
        client.config_set("busy-reply-threshold", "20")
        spinning = asyncio.create_task(asyncio.to_thread(spin))
        with pytest.raises(StoreUnavailable, match="BUSY"):
            await until_it_fails(box)
        client.script_kill()
        await spinning
    assert await box.bump() > 0


async def test_a_mistake_of_the_program_is_no_outage(
    server: RealRedis, box: RedisBallotBox
) -> None:
    await box.open(opening())
    with server.client() as client:
        (key,) = client.scan_iter("*box:b-1")
        client.delete(key)
        client.set(key, "not a box")
    with pytest.raises(redis.ResponseError, match="WRONGTYPE"):
        await box.press("b-1", [press()])


@pytest.mark.parametrize(
    "argument",
    [
        "",
        "[]",
        "nonsense",
        '["AF",1,"p1","yes","BE",1,"p1"]',
        '["AF",1,"p1","yes","BE","x","p1","yes"]',
        '["AF",1,"p1","yes","B|E",1,"p1","yes"]',
        '["AF",1,"p1","yes","BE",1,"","yes"]',
        '["AF",1,"p1","yes","BE",1,"p1",7]',
    ],
)
async def test_the_script_itself_takes_no_half_group(redis_url: str, argument: str) -> None:
    box = RedisBallotBox.at(redis_url, "half")
    before = await box.open(opening())
    client = connect(redis_url)
    keys = [f"{{half}}:{key}" for key in ("box:b-1", *(f"box:b-1|{part}" for part in PARTS))]
    keys += ["{half}:generations", "{half}:revision"]
    with pytest.raises(redis.ResponseError, match="press:"):
        await client.eval(Script.load("press").text, len(keys), *keys, argument)
    assert await box.state("b-1") == before
    assert await box.votes("b-1") == {}
    await client.aclose(close_connection_pool=True)
    await box.remove("b-1")
    await box.aclose()


async def test_every_key_carries_the_hall(server: RealRedis, box: RedisBallotBox) -> None:
    hall = RedisBallotBox.at(server.url, "hall-7")
    await hall.hall_incarnation("one")
    await hall.bump()
    await hall.open(opening())
    await hall.take_generations(["AF"])
    await hall.press("b-1", [press()])
    await hall.lease_presence(["AF"], 60_000)
    await hall.remember("scene", "board")
    with server.client() as client:
        keys = {key.decode() for key in client.scan_iter("*")}
    assert len(keys) == 10
    assert all(key.startswith("{hall-7}:") for key in keys)
    assert await box.state("b-1") == NoBox()
    await hall.aclose()
    with pytest.raises(ValueError, match="prefix"):
        RedisBallotBox.at(server.url, "a}b")


async def test_a_safely_set_redis_is_taken(server: RealRedis) -> None:
    client = connect(server.url)
    assert await refuse_unsafe(client) == ()
    await client.aclose(close_connection_pool=True)


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [
        ("appendonly", "no"),
        ("appendfsync", "everysec"),
        ("no-appendfsync-on-rewrite", "yes"),
        ("maxmemory-policy", "allkeys-lru"),
    ],
)
async def test_a_wrong_setting_is_named(server: RealRedis, setting: str, wrong: str) -> None:
    with server.client() as plain:
        plain.config_set(setting, wrong)
    client = connect(server.url)
    (unsafe,) = await refuse_unsafe(client)
    assert (unsafe.setting, unsafe.found) == (setting, wrong)
    assert f"CONFIG SET {setting} {unsafe.needed}" in unsafe.remedy
    await client.aclose(close_connection_pool=True)


async def test_replicas_must_be_demanded_of_redis_too(server: RealRedis) -> None:
    client = connect(server.url)
    (unsafe,) = await refuse_unsafe(client, wait_replicas=1)
    assert (unsafe.setting, unsafe.found, unsafe.needed) == ("min-replicas-to-write", "0", "1")
    await client.aclose(close_connection_pool=True)


async def test_replicas_of_a_cluster_confirm_nothing(tmp_path: Path) -> None:
    """There, what is published for them to confirm does not come to them behind the writes."""
    # Its bus would listen at a port that is higher by 10,000, which there need not be.
    ports = ("--port", str(free_port()), "--cluster-port", str(free_port()))
    options = ("--cluster-enabled", "yes", *ports)
    node = RealRedis(find_server(), tmp_path, *options, "--min-replicas-to-write", "1")
    await asyncio.to_thread(node.start)
    try:
        client = connect(node.url)
        assert await refuse_unsafe(client) == ()
        (unsafe,) = await refuse_unsafe(client, wait_replicas=1)
        assert (unsafe.setting, unsafe.found, unsafe.needed) == ("cluster-enabled", "yes", "no")
        await client.aclose(close_connection_pool=True)
    finally:
        await asyncio.to_thread(node.stop)


async def test_settings_that_cannot_be_read_are_no_promise(server: RealRedis) -> None:
    with server.client() as plain:
        plain.execute_command("ACL", "SETUSER", "default", "-config")
    client = connect(server.url)
    (unsafe,) = await refuse_unsafe(client)
    assert unsafe.setting == "CONFIG GET"
    await client.aclose(close_connection_pool=True)


async def test_settings_of_a_store_that_is_away(server: RealRedis) -> None:
    server.kill()
    client = connect(server.url)
    with pytest.raises(StoreUnavailable):
        await refuse_unsafe(client)
    await client.aclose(close_connection_pool=True)


@pytest.mark.parametrize("save", ["3600 1", ""])
async def test_an_erased_box_leaves_nothing_in_files_and_logs(
    server: RealRedis, box: RedisBallotBox, tmp_path: Path, save: str
) -> None:
    control = redis.Redis.from_url(server.url)
    control.config_set("slowlog-log-slower-than", 0)
    control.config_set("save", save)
    await box.open(opening())
    await box.press("b-1", [press("AF", "yes", "press-to-forget")])
    await box.open(opening("b-2"))
    await box.press("b-2", [press("AF", "no", "press-to-keep")])
    control.save()
    assert b"press-to-forget" in (tmp_path / "dump.rdb").read_bytes()
    control.bgrewriteaof()  # with the votes in it: the erasure has to wait, and begin anew
    assert b"press-to-forget" in repr(control.slowlog_get(128)).encode()

    assert await box.erase("b-1") == 0

    files = await asyncio.to_thread(contents_of, tmp_path)
    assert [file for file, content in files.items() if b"press-to-forget" in content] == []
    assert any(b"press-to-keep" in content for content in files.values())
    assert "press-to-forget" not in repr(control.slowlog_get(128))
    assert (await box.votes("b-2"))["AF"].choice == "no"
    control.close()


async def test_an_erasure_that_redis_refuses_is_told(
    server: RealRedis, box: RedisBallotBox
) -> None:
    control = redis.Redis.from_url(server.url)
    control.acl_setuser("default", commands=["-bgrewriteaof"], enabled=True, nopass=True)
    await box.open(opening())
    with pytest.raises(StoreUnavailable, match=r"lacks a right .*bgrewriteaof"):
        await box.erase("b-1")
    control.close()


async def test_who_is_present_is_read_again_only_when_that_changed(box: RedisBallotBox) -> None:
    await box.lease_presence(["AF", "BE"], 60_000)
    known = await box.present()
    await box.lease_presence(["AF", "BE"], 60_000)
    assert await box.present() is known
    await box.end_presence(["CL"])
    assert await box.present() is known
    await box.end_presence(["BE"])
    await box.lease_presence(["CL"], 60_000)
    assert await box.present() == {"AF", "CL"}, "as many as before, and others"
