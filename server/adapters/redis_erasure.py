"""What a Redis keeps on disk and in its logs, written anew without what was deleted.

Rule (invariant 13): the append-only file holds every press until it is rewritten, and the log of
slow commands holds the arguments of some. A snapshot may have been written by hand, for a replica
or under an earlier setting, and nothing tells whether there is one: it is always written anew. A
rewrite counts only if it began after the deletion and ended well; who is interrupted begins again.
Files of replicas are their own.
"""

from __future__ import annotations

import asyncio
from typing import Final

from redis.exceptions import ResponseError

from server.adapters.redis_box_calls import RedisCalls
from server.ports import StoreUnavailable

_PATIENCE: Final = 30.0
"""How many seconds a rewrite may take, and the one before it."""

_BETWEEN_LOOKS: Final = 0.02

_LOGS: Final = (
    ("SLOWLOG", "RESET"),
    ("COMMANDLOG", "RESET", "large-request"),
    ("COMMANDLOG", "RESET", "large-reply"),
)
"""Logs that keep arguments; Valkey from 8.1 on has more than the slow ones."""


async def forget_on_disk(calls: RedisCalls) -> int:
    """Rewrite the files of this Redis; returns how many replicas are connected to it now.

    Raises `StoreUnavailable` if that was not done, also where the hall's user may not ask for it.
    """
    try:
        async with asyncio.timeout(_PATIENCE):
            await _forget_logs(calls)
            await _rewrite(calls, "BGREWRITEAOF")
            told = await _persistence(calls)
            if told.get("aof_last_bgrewrite_status") != "ok":
                raise StoreUnavailable("Redis could not rewrite its append-only file")
            await _rewrite(calls, "BGSAVE")
            if (await _persistence(calls)).get("rdb_last_bgsave_status") != "ok":
                raise StoreUnavailable("Redis could not write its snapshot anew")
    except TimeoutError:
        raise StoreUnavailable("Redis takes too long to write its files anew") from None
    except ResponseError as error:
        raise StoreUnavailable(f"Redis does not write its files anew: {error}") from error
    replication = _figures(await calls.command("INFO", "replication"))
    return int(replication.get("connected_slaves", "0"))


async def _forget_logs(calls: RedisCalls) -> None:
    for command in _LOGS:
        try:
            await calls.command(*command)
        except ResponseError as error:
            if command[0] == "SLOWLOG" or "unknown command" not in str(error).lower():
                raise


async def _rewrite(calls: RedisCalls, command: str) -> None:
    """Run a rewrite from its beginning to its end: one that was under way saw the old data."""
    while True:
        await _idle(calls)
        try:
            await calls.command(command)
        except ResponseError as error:
            if "in progress" not in str(error).lower():
                raise
            continue  # somebody else's began in between
        break
    await _idle(calls)


async def _idle(calls: RedisCalls) -> None:
    """Wait until Redis writes no file in the background, and none is due."""
    while True:
        told = await _persistence(calls)
        if all(told.get(field, "0") == "0" for field in _BUSY):
            return
        await asyncio.sleep(_BETWEEN_LOOKS)


_BUSY: Final = (
    "aof_rewrite_in_progress",
    "aof_rewrite_scheduled",
    "rdb_bgsave_in_progress",
)


async def _persistence(calls: RedisCalls) -> dict[str, str]:
    return _figures(await calls.command("INFO", "persistence"))


def _figures(told: object) -> dict[str, str]:
    """The lines of INFO, however the client hands them out."""
    if isinstance(told, dict):
        return {str(name): str(value) for name, value in told.items()}
    if not isinstance(told, bytes):
        raise StoreUnavailable("Redis does not say what it writes")
    lines = (line.partition(":") for line in told.decode().splitlines())
    return {name: value for name, _, value in lines}
