"""What it means when Redis does not answer, or answers with an error.

Rule: a Redis that cannot keep a promise now, or may not, is an outage, `StoreUnavailable`; who asks
may ask again. Any other error reply is a mistake in this program and goes up as it is.
"""

from __future__ import annotations

from typing import Final

from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoPermissionError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from server.ports import StoreUnavailable

FAILURES: Final = (RedisConnectionError, RedisTimeoutError, OSError)
"""What is raised where Redis does not answer, or not in time."""

_OUTAGES: Final = frozenset(
    {
        "BUSY",
        "CLUSTERDOWN",
        "LOADING",
        "MASTERDOWN",
        "MISCONF",
        "NOREPLICAS",
        "OOM",
        "READONLY",
        "TRYAGAIN",
        "UNBLOCKED",
    }
)
"""Error codes with which a Redis says that it cannot keep a promise now."""

_IS_REPLICA: Final = "WAIT cannot be used with replica"
"""How a Redis that has become a replica answers `WAIT`, without a code of its own."""

_FORBIDDEN_IN_A_SCRIPT: Final = (
    "ACL failure in script",
    "The user executing the script can't",  # Redis 7.0
)
"""How a script ends that does what its user may not, without a code of its own."""


def is_outage(error: ResponseError) -> bool:
    """Whether an error reply says that Redis cannot keep a promise now."""
    if _is_forbidden(error) or str(error).startswith(_IS_REPLICA):
        return True
    # redis-py strips the first word from the errors that it knows.
    return (getattr(error, "status_code", None) or str(error).partition(" ")[0]) in _OUTAGES


def cannot_take(error: ResponseError) -> StoreUnavailable:
    """What such a reply is to the caller."""
    if _is_forbidden(error):
        return StoreUnavailable(
            f"the hall's Redis user lacks a right ({error}): give it those that "
            "deploy/redis/redis.conf names"
        )
    return StoreUnavailable(f"Redis cannot take this now: {error}")


def _is_forbidden(error: ResponseError) -> bool:
    return isinstance(error, NoPermissionError) or str(error).startswith(_FORBIDDEN_IN_A_SCRIPT)
