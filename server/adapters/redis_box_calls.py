"""Calls to Redis that end in a reply that is on disk, or in `StoreUnavailable`.

Rule: a call that was begun is never cancelled, because the next caller on that connection would
read its reply. A cancelled caller goes away; the call itself is seen to its end. Nothing is
retried here: the effect of a call without a reply is unknown, and only the caller knows what it
may repeat. The next call connects again by itself.

Where replicas are demanded, every call ends with a word of its own that they confirm, one that
only reads, too. Without it a Redis that a network has parted from its replicas, and that another
one has perhaps replaced, would tell for a minute what they do not have: to who asks again after
its first attempt was not confirmed, and to who reads (`WAIT` asks only for what is new). The word
is published, not written: it comes to the replicas behind all that was written before, and asks for
no fsync of its own.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, Self, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, ResponseError

from server.adapters.redis_errors import FAILURES, cannot_take, is_outage
from server.adapters.redis_sentinel import UnfitAddress, names_sentinels, sentinels
from server.ports import StoreUnavailable

log = logging.getLogger("hemicycle.redis")

Reply = Any
"""What Redis answers: bytes, int, None or a list of these."""

Argument = str | bytes | int

T = TypeVar("T")

_SECONDS_TO_CONNECT: Final = 5
_SECONDS_TO_ANSWER: Final = 10
_SECONDS_FOR_A_CONNECTION: Final = 10
_POOL_CONNECTIONS: Final = 16
REPLICA_MILLISECONDS: Final = 1000
"""How long the replicas may take to confirm a call. Where they are away, each waits for as long."""


def connect(
    url: str,
    connections: int = _POOL_CONNECTIONS,
    seconds_to_answer: float | None = _SECONDS_TO_ANSWER,
) -> Redis:
    """A client for a Redis at `redis://`, `rediss://` or `unix://`, or for the primary that
    `redis+sentinel://` names, with that many connections.

    It waits for a free connection, never retries, and connects when it is first used. Raises
    `UnfitAddress` for a URL that cannot be read.
    """
    options: dict[str, Any] = {
        "max_connections": connections,
        "timeout": _SECONDS_FOR_A_CONNECTION,
        "socket_connect_timeout": _SECONDS_TO_CONNECT,
        "socket_timeout": seconds_to_answer,
        "retry": Retry(NoBackoff(), 0),
    }
    if names_sentinels(url):
        where = sentinels(url)
        pool = BlockingConnectionPool(connection_class=where.connection, sentinels=where, **options)
    else:
        try:
            pool = BlockingConnectionPool.from_url(url, **options)
        except ValueError:
            # The text is not repeated: it may hold a password.
            raise UnfitAddress(
                "the Redis URL cannot be read: give redis://HOST:6379, rediss://HOST:6379, "
                "unix:///PATH, or redis+sentinel://HOST,HOST/NAME"
            ) from None
    return Redis.from_pool(pool)


@dataclass(frozen=True, slots=True)
class Script:
    """A Lua script: its whole text, and the SHA-1 by which Redis knows it."""

    text: str
    sha: str

    @classmethod
    def load(cls, name: str, folder: Traversable | None = None) -> Self:
        """The script of that name in `lua/` or `folder`, behind what all of them share."""
        folder = folder or files("server.adapters") / "lua"
        parts = (folder / "box.lua", folder / f"{name}.lua")
        text = "\n".join(part.read_text(encoding="utf-8") for part in parts)
        return cls(text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())


@dataclass(frozen=True, slots=True)
class Replicas:
    """How many replicas have to have what a call tells; what they confirm is published in
    `channel`, where nobody listens."""

    wanted: int
    channel: str

    @property
    def commands(self) -> Sequence[Sequence[Argument]]:
        """What follows each call, on the same connection."""
        if not self.wanted:
            return ()
        return (("PUBLISH", self.channel, ""), ("WAIT", self.wanted, REPLICA_MILLISECONDS))

    def answer(self, replies: Sequence[Reply]) -> Reply:
        """The reply to the call itself, of those to it and to what followed. Raises
        `StoreUnavailable` if too few replicas have confirmed."""
        if self.wanted and replies[-1] < self.wanted:
            raise StoreUnavailable(f"{replies[-1]} of {self.wanted} replicas confirmed it in time")
        return replies[0]


NO_REPLICAS: Final = Replicas(0, "")


class RedisCalls:
    """One client and what its calls promise: with `replicas`, that so many have what is told."""

    def __init__(self, client: Redis, replicas: Replicas = NO_REPLICAS) -> None:
        self._client = client
        self._execute: Callable[..., Awaitable[Reply]] = client.execute_command
        self._replicas = replicas
        self._in_flight: set[asyncio.Task[Reply]] = set()

    async def command(self, *command: Argument) -> Reply:
        """Run one command."""
        return await self._see_through(self._send(command))

    async def script(
        self, script: Script, keys: Sequence[str], arguments: Sequence[Argument] = ()
    ) -> Reply:
        """Run a script, loading it first into a Redis that does not know it."""
        return await self._see_through(self._run(script, keys, arguments))

    async def close(self) -> None:
        """Wait for the calls in flight and drop the connections."""
        if self._in_flight:
            await asyncio.wait(self._in_flight)
        await self._client.aclose(close_connection_pool=True)

    async def _see_through(self, call: Coroutine[Any, Any, T]) -> T:
        task = asyncio.create_task(call)
        self._in_flight.add(task)
        task.add_done_callback(self._in_flight.discard)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(_nobody_waits)
            raise

    async def _run(
        self, script: Script, keys: Sequence[str], arguments: Sequence[Argument]
    ) -> Reply:
        command = ("EVALSHA", script.sha, len(keys), *keys, *arguments)
        try:
            return await self._send(command)
        except NoScriptError:
            await self._send(("SCRIPT LOAD", script.text))
            return await self._send(command)

    async def _send(self, command: Sequence[Argument]) -> Reply:
        try:
            if not self._replicas.wanted:
                return await self._execute(*command)
            return await self._send_and_wait(command)
        except FAILURES as error:
            await self._let_go()
            raise StoreUnavailable(f"Redis did not answer: {error}") from error
        except NoScriptError:
            raise
        except ResponseError as error:
            if is_outage(error):
                await self._let_go()
                raise cannot_take(error) from error
            raise

    async def _send_and_wait(self, command: Sequence[Argument]) -> Reply:
        """WAIT looks back on its own connection, so all travel in the same pipeline."""
        async with self._client.pipeline(transaction=False) as pipeline:
            for each in (command, *self._replicas.commands):
                pipeline.execute_command(*each)
            replies = await pipeline.execute(raise_on_error=False)
        for reply in replies:
            if isinstance(reply, Exception):
                raise reply
        try:
            return self._replicas.answer(replies)
        except StoreUnavailable:
            await self._let_go()
            raise

    async def _let_go(self) -> None:
        """Drop the idle connections: they lead to a node that may not be the primary any more."""
        await self._client.connection_pool.disconnect(inuse_connections=False)


def _nobody_waits(call: asyncio.Task[Any]) -> None:
    """A call ended whose caller has gone away: an outage is no news then, a bug is."""
    error = None if call.cancelled() else call.exception()
    if error is not None and not isinstance(error, StoreUnavailable):
        log.error("a call to Redis that nobody waits for failed", exc_info=error)
