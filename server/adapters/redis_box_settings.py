"""The settings without which Redis would lose a vote that had its receipt.

Rule: `serve` refuses a Redis that is set otherwise (invariant 2): a receipt is sent when the
vote is on disk, so every write is synced before its reply, also while the file is rewritten,
and nothing is ever evicted to make room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from server.ports import StoreUnavailable

SAFE_SETTINGS: Final = {
    "appendonly": "yes",
    "appendfsync": "always",
    "no-appendfsync-on-rewrite": "no",
    "maxmemory-policy": "noeviction",
}
"""Setting and the only value that keeps votes."""

NOBODY: Final = 2**63 - 1
"""A number that no connection has."""

OLDEST_VERSION: Final = (7, 0)
"""The oldest Redis that the scripts were written for."""


@dataclass(frozen=True, slots=True)
class UnsafeSetting:
    """A setting that is wrong, and what to do about it."""

    setting: str
    found: str
    needed: str
    remedy: str


async def refuse_unsafe(redis: Redis, *, wait_replicas: int = 0) -> tuple[UnsafeSetting, ...]:
    """The settings that are wrong; empty if this Redis is safe to vote on.

    Raises `StoreUnavailable` if it does not answer.
    """
    try:
        info: dict[str, Any] = await redis.info("server")
        unsafe = list(_version(str(info.get("redis_version", "unknown"))))
        try:
            found = await redis.config_get(*SAFE_SETTINGS, "min-replicas-to-write")
        except ResponseError as error:
            return (*unsafe, _unreadable(error))
        try:
            await redis.execute_command("CLIENT", "KILL", "ID", NOBODY)  # type: ignore[no-untyped-call]  # redis-py's own gap
        except ResponseError as error:
            unsafe.append(_unkillable(error))
    except (RedisConnectionError, RedisTimeoutError, OSError) as error:
        raise StoreUnavailable(f"Redis did not answer: {error}") from error
    for setting, value in SAFE_SETTINGS.items():
        if found.get(setting) != value:
            unsafe.append(_wrong(setting, found.get(setting) or "unknown", value))
    replicas = found.get("min-replicas-to-write") or "0"
    if wait_replicas and (not replicas.isdigit() or int(replicas) < wait_replicas):
        unsafe.append(_wrong("min-replicas-to-write", replicas, str(wait_replicas)))
    return tuple(unsafe)


def _version(version: str) -> tuple[UnsafeSetting, ...]:
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if numbers >= OLDEST_VERSION:
        return ()
    oldest = ".".join(str(number) for number in OLDEST_VERSION)
    return (
        UnsafeSetting("version", version, oldest, f"install Redis {oldest} or newer, or Valkey"),
    )


def _wrong(setting: str, found: str, needed: str) -> UnsafeSetting:
    remedy = f"run CONFIG SET {setting} {needed} and put '{setting} {needed}' in redis.conf"
    return UnsafeSetting(setting, found, needed, remedy)


def _unreadable(error: ResponseError) -> UnsafeSetting:
    return UnsafeSetting(
        "CONFIG GET",
        str(error),
        "readable",
        "allow the hall's Redis user CONFIG GET (ACL +config|get), so that it can see that votes"
        " are kept",
    )


def _unkillable(error: ResponseError) -> UnsafeSetting:
    return UnsafeSetting(
        "CLIENT KILL",
        str(error),
        "allowed",
        "allow the hall's Redis user CLIENT KILL (ACL +client|kill), so that a press that was given"
        " up cannot come later and replace one that has its receipt",
    )
