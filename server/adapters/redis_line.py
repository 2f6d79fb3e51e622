"""The line that carries presses to Redis: one connection, one call at a time.

Rule: a call ends in a reply that is on disk, or in `StoreUnavailable`; nothing is retried here.
Between the write and the reply the loop turns as often as Redis needs, and not once more: in each
turn of a full hall hundreds of presses are read, and those who wait for a receipt would wait for
all of them. So there is no task and no pool, and what has to be done meanwhile is done when the
call is on its way. A call that is cancelled ends the connection: nobody else reads its reply.

What was sent on a connection that is lost may still be under way, in a buffer of the network or of
Redis, and would change a vote when a later press of the same Member has its receipt. So Redis ends
the lost connection before the next one carries anything.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from redis.asyncio import Connection, Redis
from redis.exceptions import NoScriptError, ResponseError

from server.adapters.redis_box_calls import NO_REPLICAS, Argument, Replicas, Reply, Script
from server.adapters.redis_errors import FAILURES, cannot_take, is_outage
from server.ports import StoreUnavailable

_SECONDS_TO_ANSWER: Final = 5
"""For connecting and for the reply together. A seat gives a press up after ten seconds: where a
connection is half open, there must be time to send it again, on another one."""


@dataclass(frozen=True, slots=True)
class _End:
    """What a connection is called at its other end."""

    run: str
    """The run of the Redis process; another run knows nothing of this one's connections."""
    client: int


class RedisLine:
    """One connection of a client that `connect` made; with `replicas`, so many have what a call
    tells."""

    def __init__(self, client: Redis, replicas: Replicas = NO_REPLICAS) -> None:
        self._client = client
        pool = client.connection_pool
        self._connection: Connection = pool.make_connection()  # type: ignore[no-untyped-call]  # redis-py's own gap
        self._replicas = replicas
        self._turn = asyncio.Lock()
        self._end: _End | None = None
        """Of the connection that carried calls last."""

    async def script(
        self,
        script: Script,
        keys: Sequence[str],
        arguments: Sequence[Argument],
        meanwhile: Callable[[], None],
    ) -> Reply:
        """Run a script, loading it first into a Redis that does not know it.

        `meanwhile` is called when the call is on its way, and before anything else is waited for;
        it may be called more than once.
        """
        if self._turn.locked():
            meanwhile()
        call = ("EVALSHA", script.sha, len(keys), *keys, *arguments)
        async with self._turn:
            try:
                async with asyncio.timeout(_SECONDS_TO_ANSWER):
                    try:
                        return await self._call(call, meanwhile)
                    except NoScriptError:
                        await self._call(("SCRIPT LOAD", script.text), meanwhile)
                        return await self._call(call, meanwhile)
            except FAILURES as error:
                raise StoreUnavailable(f"Redis did not answer: {error}") from error

    async def close(self) -> None:
        """Wait for the call in flight and drop the connection."""
        async with self._turn:
            await self._connection.disconnect()
            await self._client.aclose(close_connection_pool=True)

    async def _call(self, command: Sequence[Argument], meanwhile: Callable[[], None]) -> Reply:
        connection = self._connection
        if not connection.is_connected or await connection.can_read():
            # What can be read now is no reply: Redis has hung up, or said more than it was asked.
            meanwhile()
            await self._connect_anew()
        commands = (command, *self._replicas.commands)
        await self._send(commands)
        meanwhile()
        try:
            return self._replicas.answer(await self._replies(len(commands)))
        except StoreUnavailable:
            await connection.disconnect(nowait=True)
            raise

    async def _connect_anew(self) -> None:
        """Connect, and see to it that nothing comes any more from the connection before."""
        connection = self._connection
        await connection.disconnect(nowait=True)
        try:
            await connection.connect()  # type: ignore[no-untyped-call]  # redis-py's own gap
        except ResponseError as error:
            if is_outage(error):
                raise cannot_take(error) from error
            raise
        try:
            await self._send([("INFO", "server"), ("CLIENT", "ID")])
            info, client = await self._replies(2)
            here = _End(_run(info), int(client))
            if self._end is not None and self._end.run == here.run:
                await self._send([("CLIENT", "KILL", "ID", self._end.client)])
                await self._replies(1)
        except BaseException:
            await connection.disconnect(nowait=True)  # it must not pass for one that is ready
            raise
        self._end = here

    async def _send(self, commands: Sequence[Sequence[Argument]]) -> None:
        connection = self._connection
        await connection.send_packed_command(connection.pack_commands(commands))

    async def _replies(self, number: int) -> list[Any]:
        """So many replies, all of which are read whatever the first of them says."""
        replies = [await self._reply() for _ in range(number)]
        for reply in replies:
            if isinstance(reply, ResponseError):
                if is_outage(reply):
                    raise cannot_take(reply) from reply
                raise reply
        return replies

    async def _reply(self) -> Any:
        try:
            return await self._connection.read_response()
        except ResponseError as error:
            return error


def _run(info: bytes | str) -> str:
    """The run of the process, out of the answer to INFO; a verbatim text arrives as either."""
    text = info.decode() if isinstance(info, bytes) else info
    (run,) = re.findall(r"^run_id:(\w+)\r?$", text, re.MULTILINE)
    return str(run)
