"""The settings without which Redis would lose a vote that had its receipt.

Rule: `serve` refuses a Redis that is set otherwise (invariant 2): a receipt is sent when the
vote is on disk, so every write is synced before its reply, also while the file is rewritten,
and nothing is ever evicted to make room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from server.adapters.redis_errors import FAILURES, cannot_take, is_outage
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

_REPLICAS_TO_WRITE: Final = "min-replicas-to-write"
_CLUSTER: Final = "cluster-enabled"
_OF_REPLICAS: Final = (_REPLICAS_TO_WRITE, _CLUSTER)
"""What matters where receipts wait for replicas. In a cluster, what a call publishes for them to
confirm would not come to them behind its writes (`redis_box_calls`)."""

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

    Raises `StoreUnavailable` if it does not answer, or not this user.
    """
    try:
        try:
            info: dict[str, Any] = await redis.info("server")
        except ResponseError as error:
            if is_outage(error):  # the first word to it: it may not let this user in
                raise cannot_take(error) from error
            raise
        unsafe = list(_version(str(info.get("redis_version", "unknown"))))
        try:
            found = await redis.config_get(*SAFE_SETTINGS, *_OF_REPLICAS)
        except ResponseError as error:
            why = "so that it can see that votes are kept"
            return (*unsafe, _forbidden("CONFIG GET", error, "+config|get", why))
        try:
            await redis.execute_command("CLIENT", "KILL", "ID", NOBODY)  # type: ignore[no-untyped-call]  # redis-py's own gap
        except ResponseError as error:
            why = (
                "so that a press that was given up cannot come later and replace one that has its"
                " receipt"
            )
            unsafe.append(_forbidden("CLIENT KILL", error, "+client|kill", why))
    except FAILURES as error:
        raise StoreUnavailable(f"Redis did not answer: {error}") from error
    for setting, value in SAFE_SETTINGS.items():
        if found.get(setting) != value:
            unsafe.append(_wrong(setting, found.get(setting) or "unknown", value))
    if wait_replicas:
        unsafe += _unsafe_replicas(found, wait_replicas)
    return tuple(unsafe)


def _unsafe_replicas(
    found: Mapping[str | None, str | None], wanted: int
) -> Iterator[UnsafeSetting]:
    replicas = found.get(_REPLICAS_TO_WRITE) or "0"
    if not replicas.isdigit() or int(replicas) < wanted:
        yield _wrong(_REPLICAS_TO_WRITE, replicas, str(wanted))
    if found.get(_CLUSTER) == "yes":
        remedy = "give a primary with replicas, best with Sentinels: the hall's keys are one slot"
        yield UnsafeSetting(_CLUSTER, "yes", "no", remedy)


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


def _forbidden(command: str, error: ResponseError, right: str, why: str) -> UnsafeSetting:
    remedy = f"allow the hall's Redis user {command} (ACL {right}), {why}"
    return UnsafeSetting(command, str(error), "allowed", remedy)
