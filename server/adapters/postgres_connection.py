"""A connection to PostgreSQL on which nobody waits for ever.

Rule: where no answer comes, because the network holds it or the server stands still, the connection
is hung up, so that its user has an outage and not silence. The server has limits of its own, but
they are of no use if it cannot say so. Cancelling would not do either: that asks the server, too.

And not everybody has to find out by waiting: of a server that lets a new connection wait in vain,
one asks, and to the others it is away until that one has an answer.
"""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import suppress
from typing import Any, Self, TypeVar

from psycopg import AsyncConnection, OperationalError
from psycopg.abc import PQGen
from psycopg.errors import ConnectionTimeout

from server.adapters.silence import Silence

T = TypeVar("T")


class ImpatientConnection(AsyncConnection[Any]):
    """A connection that is hung up when an answer takes longer than `seconds_to_answer`.

    The server may not hear of that. It takes back what such a connection had begun when
    `idle_in_transaction_session_timeout` has passed, so set it.
    """

    seconds_to_answer: float = 60
    silence = Silence()
    _is_hung_up = False

    @classmethod
    async def connect_for(
        cls, seconds_to_answer: float, silence: Silence, *args: Any, **options: Any
    ) -> Self:
        """Connect as `connect` does, with this limit for every answer from then on; notes whether
        the server is silent."""
        try:
            connection = await cls.connect(*args, **options)
        except ConnectionTimeout:
            silence.is_known = True
            raise
        except OperationalError:
            silence.is_known = False  # a refusal is an answer
            raise
        silence.is_known = False
        connection.seconds_to_answer, connection.silence = seconds_to_answer, silence
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
