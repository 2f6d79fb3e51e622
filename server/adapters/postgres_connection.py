"""A connection to PostgreSQL on which nobody waits for ever.

Rule: where no answer comes, because the network holds it or the server stands still, the connection
is hung up, so that its user has an outage and not silence. The server has limits of its own, but
they are of no use if it cannot say so. Cancelling would not do either: that asks the server, too.

And not everybody has to find out by waiting: of a server that lets a new connection wait in vain,
one asks, and to the others it is away until that one has an answer.

Of several hosts that one is asked whose timeline is the newest: whoever was replaced may be back.
One that is older than what was seen before is not asked at all.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, Self, TypeVar

from psycopg import AsyncConnection, OperationalError
from psycopg.abc import PQGen
from psycopg.errors import ConnectionTimeout

from server.adapters.database_connections import Connections
from server.adapters.silence import Silence

T = TypeVar("T")

LATER: Final = 1.0
"""Seconds that other hosts have to answer when one has: they may be newer."""


class ImpatientConnection(AsyncConnection[Any]):
    """A connection that is hung up when an answer takes longer than `seconds_to_answer`.

    The server may not hear of that. It takes back what such a connection had begun when
    `idle_in_transaction_session_timeout` has passed, so set it.
    """

    seconds_to_answer: float = 60
    silence = Silence()
    timeline = 0
    _is_hung_up = False

    @classmethod
    async def connect_for(
        cls, seconds_to_answer: float, silence: Silence, known: Connections, **options: Any
    ) -> Self:
        """Connect as `connect` does, with this limit for every answer from then on, to the newest
        of the hosts; notes whether the server is silent, and its timeline."""
        try:
            connection = await cls._newest(seconds_to_answer, options)
        except ConnectionTimeout:
            silence.is_known = True
            raise
        except OperationalError:
            silence.is_known = False  # a refusal is an answer
            raise
        silence.is_known = False
        connection.silence = silence
        if connection.timeline < known.timeline:
            await connection.close()
            raise OperationalError(
                f"this PostgreSQL was replaced: its timeline is {connection.timeline}, and another "
                f"one was promoted to {known.timeline}; make it a standby of that one, or "
                "restart the hall's servers if it is the one that was put in its place"
            )
        known.seen(connection.timeline)
        return connection

    @classmethod
    async def _newest(cls, seconds_to_answer: float, options: dict[str, Any]) -> Self:
        """A connection to that host which was promoted last, of those that answer in time."""
        asked = [
            asyncio.create_task(cls._at(seconds_to_answer, {**options, **where}))
            for where in _each_host(options)
        ]
        newest: Self | None = None
        try:
            for answer in asyncio.as_completed(asked):
                with suppress(OperationalError):
                    await answer
                    break
            await asyncio.wait(asked, timeout=LATER)
            reached = [each.result() for each in asked if each.done() and not each.exception()]
            newest = max(reached, key=lambda each: each.timeline, default=None)
        finally:
            for each in asked:
                each.cancel()
            answers = await asyncio.gather(*asked, return_exceptions=True)
            for other in answers:
                if isinstance(other, cls) and other is not newest:
                    await other.close()
        if newest is None:
            errors = [each for each in answers if isinstance(each, Exception)]
            raise next((each for each in errors if isinstance(each, ConnectionTimeout)), errors[-1])
        return newest

    @classmethod
    async def _at(cls, seconds_to_answer: float, options: dict[str, Any]) -> Self:
        """A connection to one host, which knows its timeline."""
        connection = await cls.connect(**options)
        connection.seconds_to_answer = seconds_to_answer
        try:
            told = await connection.execute("SELECT pg_walfile_name(pg_current_wal_lsn())")
            async for (file,) in told:
                connection.timeline = int(file[:8], 16)
            await connection.rollback()
        except BaseException:
            await connection.close()
            raise
        return connection

    async def wait(self, gen: PQGen[T], *args: Any, **options: Any) -> T:
        """Whatever psycopg waits for goes through here. Raises OperationalError when hung up."""
        hanging_up = asyncio.get_running_loop().call_later(self.seconds_to_answer, self._hang_up)
        try:
            answer = await super().wait(gen, *args, **options)
        except OperationalError as error:
            if not self._is_hung_up:
                raise
            silent = f"PostgreSQL said nothing for {self.seconds_to_answer:g} seconds"
            raise OperationalError(silent) from error
        finally:
            hanging_up.cancel()
        self.silence.is_known = False
        return answer

    def _hang_up(self) -> None:
        """End the connection, and leave its descriptor to those who wait for it."""
        self._is_hung_up = True
        with suppress(OSError), socket.socket(fileno=os.dup(self.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)


def _each_host(options: Mapping[str, Any]) -> list[dict[str, str]]:
    """The `host` and `port` of each host, where these options name several."""
    hosts, ports = (str(options.get(name, "")).split(",") for name in ("host", "port"))
    if len(hosts) == 1:
        return [{}]
    return [{"host": host, "port": port} for host, port in zip(hosts, ports, strict=True)]
