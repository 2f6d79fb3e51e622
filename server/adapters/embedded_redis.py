"""A Redis of the hall's own, for a hall on one machine.

Rule: whatever dies, and whenever, the next `start` on the same directory ends with exactly one
Redis on its data: it takes over the one that a crashed server left, or starts a new one. Votes
are on disk before they are answered, so killing either process loses none.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from asyncio.subprocess import Process
from pathlib import Path
from typing import Final
from urllib.parse import quote

from redis.asyncio import Redis
from redis.exceptions import RedisError

from server.adapters.data_directory import (
    DirectoryInUse,
    FileLock,
    RedisRecord,
    forget_socket,
    socket_path,
    start_time,
)
from server.adapters.redis_box_calls import connect
from server.adapters.redis_box_settings import refuse_unsafe
from server.adapters.redis_server import arguments, find_server
from server.ports import StoreUnavailable

_LOG: Final = logging.getLogger(__name__)

_PATIENCE: Final = 15.0
_SECONDS_BETWEEN_LOOKS: Final = 0.05
_SHORTEST_BACK_OFF: Final = 0.1
_LONGEST_BACK_OFF: Final = 5.0


class EmbeddedRedisFailed(Exception):
    """The Redis in this directory could not be started. The message ends with its log."""


class EmbeddedRedis:
    """A Redis on a unix socket, started as a child in a process group of its own.

    If it dies while the hall works, it is started again with its data; callers of the box see
    `StoreUnavailable` meanwhile. `server` is the program to run, by default what is found.
    A Redis that a crash left may stay silent for `patience` seconds, and any Redis may take as
    long to end, before it is killed.
    """

    def __init__(
        self, directory: Path, *, server: Path | None = None, patience: float = _PATIENCE
    ) -> None:
        self._directory = directory
        self._server = server
        self._patience = patience
        self._lock: FileLock | None = None
        self._child: Process | None = None
        self._running: RedisRecord | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process that serves now, or None."""
        return None if self._running is None else self._running.pid

    async def start(self) -> str:
        """Serve the data in the directory; returns the URL of the unix socket.

        Raises `DirectoryInUse` if another server holds the directory, `NoRedisServer` or
        `EmbeddedRedisFailed` if no Redis can be run.
        """
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._directory = self._directory.resolve()
        self._lock = FileLock.take(self._directory / "serve.lock")
        if self._lock is None:
            raise DirectoryInUse(self._directory)
        try:
            server = self._server
            if server is None:
                server = await asyncio.to_thread(find_server)
            earlier = RedisRecord.read(self._record)
            running = await self._take_over(earlier)
            if running is None:
                running = await self._launch(server, socket_path(self._directory, earlier))
        except BaseException:
            await self.stop()
            raise
        socket = Path(running.socket)
        self._watch = asyncio.create_task(self._keep_alive(server, socket), name="embedded Redis")
        return _url(socket)

    async def stop(self) -> None:
        """End Redis cleanly and give up the directory. Idempotent."""
        if self._watch is not None:
            # A cancellation that meets a client library closing its connection can be lost there.
            while not self._watch.done():
                self._watch.cancel()
                await asyncio.wait({self._watch}, timeout=_SECONDS_BETWEEN_LOOKS)
            self._watch = None
        if self._running is not None:
            await self._end(self._running)
            forget_socket(self._directory, Path(self._running.socket))
            self._record.unlink(missing_ok=True)
            self._running = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    # --- starting ---------------------------------------------------------------------------

    async def _launch(self, server: Path, socket: Path) -> RedisRecord:
        """Start a Redis and wait until it has loaded its data and answers."""
        alive = FileLock.take(self._alive)
        if alive is None:
            raise EmbeddedRedisFailed(f"a Redis without a socket still runs in {self._directory}")
        try:
            RedisRecord.prepare(self._record, socket)
            child = await self._spawn(server, socket, alive)
        finally:
            alive.close()
        self._child = child
        self._running = RedisRecord(str(socket), child.pid, start_time(child.pid))
        self._running.write(self._record)
        while not await _answers(socket):
            if child.returncode is not None:
                self._running = None
                raise EmbeddedRedisFailed(
                    f"{server} ended with {child.returncode} in {self._directory};"
                    f" its log says: {self._log_tail()}"
                )
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
        _LOG.info("%s serves %s as process %d", server, self._directory, child.pid)
        return self._running

    async def _spawn(self, server: Path, socket: Path, alive: FileLock) -> Process:
        """A session of its own keeps a Ctrl-C at the terminal away from Redis."""
        with self._log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                server,
                *arguments(self._directory, socket, self._log),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=(alive.descriptor,),
            )

    # --- what a crashed server left ---------------------------------------------------------

    async def _take_over(self, earlier: RedisRecord | None) -> RedisRecord | None:
        """Adopt the Redis that still runs in this directory; None if there is none."""
        deadline = asyncio.get_running_loop().time() + self._patience
        while not self._is_dead():
            adopted = None if earlier is None else await self._adopt(earlier)
            if adopted is not None:
                return adopted
            if asyncio.get_running_loop().time() > deadline:
                await self._end_leftover(earlier)
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
        return None

    async def _adopt(self, earlier: RedisRecord) -> RedisRecord | None:
        """Take over the Redis behind the recorded socket, if it is ours and well set."""
        client = connect(_url(Path(earlier.socket)), connections=1)
        try:
            async with asyncio.timeout(self._patience):
                if not await self._is_ours(client):
                    return None
                pid = int((await client.info("server"))["process_id"])
                unsafe = await refuse_unsafe(client)
                if not unsafe:
                    # What the crashed server still had in flight must not arrive later on.
                    await client.client_kill_filter(_type="normal", skipme=True)
        except (RedisError, OSError, StoreUnavailable):
            return None
        finally:
            await client.aclose(close_connection_pool=True)
        found = RedisRecord(earlier.socket, pid, start_time(pid))
        if unsafe:
            _LOG.warning("the Redis left in %s is not set safely: restarting", self._directory)
            await self._end(found)
            return None
        found.write(self._record)
        self._running = found
        _LOG.info("took over the Redis that runs in %s as process %d", self._directory, pid)
        return found

    async def _is_ours(self, client: Redis) -> bool:
        """Whether a Redis answers that works in this very directory.

        A directory that was copied from another hall carries the record of that hall's Redis.
        """
        found = (await client.config_get("dir")).get("dir")
        return found is not None and await asyncio.to_thread(_same, Path(found), self._directory)

    async def _end_leftover(self, earlier: RedisRecord | None) -> None:
        """End a Redis that holds its lock and stays silent."""
        if earlier is None or earlier.process() is None:
            raise EmbeddedRedisFailed(
                f"some process holds {self._alive} but answers at no known socket:"
                f" find it (fuser {self._alive}) and end it"
            )
        await self._end(earlier)

    def _is_dead(self) -> bool:
        """Whether no Redis lives in the directory: its lock dies with it."""
        lock = FileLock.take(self._alive)
        if lock is None:
            return False
        lock.close()
        return True

    # --- while the hall works ---------------------------------------------------------------

    async def _keep_alive(self, server: Path, socket: Path) -> None:
        """Start Redis again whenever it dies, more slowly if it keeps dying."""
        while True:
            await self._died()
            self._running = None
            _LOG.error("the Redis in %s died: restarting", self._directory)
            back_off = _SHORTEST_BACK_OFF
            while self._running is None:
                await asyncio.sleep(back_off)
                back_off = min(back_off * 2, _LONGEST_BACK_OFF)
                try:
                    await self._launch(server, socket)
                except (EmbeddedRedisFailed, OSError):
                    _LOG.exception("the Redis in %s does not start", self._directory)

    async def _died(self) -> None:
        if self._child is not None:
            await self._child.wait()
            return
        while not self._is_dead():  # noqa: ASYNC110  # nobody's child here: only its lock tells
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)

    # --- ending -----------------------------------------------------------------------------

    async def _end(self, running: RedisRecord) -> None:
        """Ask Redis to end, which closes its files in order; kill it if it does not."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            pid = running.process()
            if pid is not None:
                os.kill(pid, sign)
            try:
                async with asyncio.timeout(self._patience):
                    await self._died()
            except TimeoutError:
                _LOG.warning("the Redis in %s did not end on %s", self._directory, sign.name)
            else:
                return

    # --- files ------------------------------------------------------------------------------

    @property
    def _record(self) -> Path:
        return self._directory / "redis.json"

    @property
    def _alive(self) -> Path:
        return self._directory / "redis.lock"

    @property
    def _log(self) -> Path:
        return self._directory / "redis.log"

    def _log_tail(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return " / ".join(lines[-5:])


async def _answers(socket: Path) -> bool:
    client = connect(_url(socket), connections=1)
    try:
        return bool(await client.ping())
    except (RedisError, OSError):
        return False
    finally:
        await client.aclose(close_connection_pool=True)


def _url(socket: Path) -> str:
    return "unix://" + quote(str(socket))


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
