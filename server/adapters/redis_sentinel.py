"""A Redis with replicas, found through its Sentinels.

Rule: a connection asks the Sentinels where the primary is, and believes neither one of them nor
the node: the node itself must say that it is the primary, and be set so that it keeps votes. A
primary that was demoted, or that a fail-over replaced, is left as soon as it says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from redis.asyncio import Connection, Redis, SSLConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ReadOnlyError, RedisError

from server.adapters.redis_box_settings import SAFE_SETTINGS

SCHEMES: Final = ("redis+sentinel", "rediss+sentinel")
"""The second one speaks TLS with the Redis nodes and the Sentinels."""

PORT: Final = 26379
"""Where a Sentinel listens unless it is told otherwise."""

_SECONDS_TO_ASK: Final = 1.0


class UnfitAddress(Exception):
    """The address of a Redis cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Sentinels:
    """Where the Sentinels are, and the name under which they watch the primary."""

    addresses: tuple[tuple[str, int], ...]
    service: str
    tls: bool
    user: str | None
    password: str | None
    sentinel_password: str | None

    @property
    def connection(self) -> type[Connection]:
        """The class of connections that find the primary."""
        return TlsPrimaryConnection if self.tls else PrimaryConnection

    async def primary(self) -> tuple[str, int]:
        """Where the primary is, by the newest that the greater part of the Sentinels knows.

        One that a network has parted from the others may name the old one for ever. Where fewer
        answer in time, those are believed who do. Raises redis's ConnectionError where none does.
        """
        asked = [asyncio.create_task(self._ask(*address)) for address in self.addresses]
        said: list[_Said] = []
        unanswered: list[str] = []
        try:
            for answer in asyncio.as_completed(asked):
                match await answer:
                    case str(why):
                        unanswered.append(why)
                    case told:
                        said.append(told)
                        if 2 * len(said) > len(self.addresses):
                            break
        finally:
            for each in asked:
                each.cancel()
        if not said:
            why = "; ".join(unanswered)
            raise RedisConnectionError(f"no Sentinel names a primary of {self.service!r}: {why}")
        return max(said, key=lambda each: each.epoch).primary

    async def _ask(self, host: str, port: int) -> _Said | str:
        """What one Sentinel says, or why it says nothing."""
        asked = Redis(
            host=host,
            port=port,
            ssl=self.tls,
            password=self.sentinel_password,
            socket_timeout=_SECONDS_TO_ASK,
            socket_connect_timeout=_SECONDS_TO_ASK,
            retry=Retry(NoBackoff(), 0),
            decode_responses=True,
        )
        ask: Callable[..., Awaitable[Any]] = asked.execute_command
        try:
            # In this order: a fail-over in between gives the new address under the old number,
            # never the old address under the new one.
            known = _settings(await ask("SENTINEL", "MASTER", self.service))
            found = await ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", self.service)
            return _Said(int(known["config-epoch"]), (str(found[0]), int(found[1])))
        except (RedisError, OSError) as error:
            return f"{host}:{port}: {error}"
        except (LookupError, TypeError, ValueError) as odd:
            return f"{host}:{port} gave an answer that is none: {odd!r}"
        finally:
            await asked.aclose(close_connection_pool=True)


@dataclass(frozen=True, slots=True)
class _Said:
    """Where a Sentinel says that the primary is. `epoch` is higher after each fail-over."""

    epoch: int
    primary: tuple[str, int]


def names_sentinels(url: str) -> bool:
    """Whether a URL names Sentinels rather than a Redis."""
    return url.partition("://")[0].lower() in SCHEMES


def sentinels(url: str) -> Sentinels:
    """What `redis+sentinel://[USER:PASSWORD@]HOST[:PORT],HOST…/NAME[?sentinel_password=…]` names.

    USER and PASSWORD are those of the Redis nodes. Raises `UnfitAddress`, without repeating them.
    """
    # Not by `urlsplit`: a list of hosts is not one host, as newer Pythons remind us.
    scheme, _, rest = url.partition("://")
    authority, _, rest = rest.partition("/")
    path, _, query = rest.partition("?")
    login, _, hosts = authority.rpartition("@")
    user, colon, password = login.partition(":")
    service = unquote(path.strip("/"))
    if not hosts or not service:
        raise UnfitAddress(
            "the Redis URL names no Sentinels: give redis+sentinel://HOST:26379,HOST:26379/NAME, "
            "with the name that they watch the primary under"
        )
    return Sentinels(
        addresses=tuple(_address(host) for host in hosts.split(",")),
        service=service,
        tls=scheme.lower() == "rediss+sentinel",
        user=unquote(user) or None if colon else None,
        password=(unquote(password) if colon else unquote(user)) or None,
        sentinel_password=_option(query, "sentinel_password"),
    )


def _option(query: str, name: str) -> str | None:
    values = parse_qs(query).get(name)
    return values[0] if values else None


def _address(text: str) -> tuple[str, int]:
    try:
        found = urlsplit(f"//{text}")
        port = found.port or PORT
    except ValueError:
        # The text is not repeated: where a password is not escaped, it is a part of that.
        raise UnfitAddress(
            "the Redis URL has a Sentinel that is not HOST or HOST:PORT; a password's / is %2F"
        ) from None
    if not found.hostname:
        raise UnfitAddress("the Redis URL has a Sentinel without a host")
    return found.hostname, port


class PrimaryConnection(Connection):
    """A connection to whatever node is the primary when it connects."""

    def __init__(self, *, sentinels: Sentinels, **options: Any) -> None:
        self._sentinels = sentinels
        super().__init__(username=sentinels.user, password=sentinels.password, **options)

    async def _connect(self) -> None:
        self.host, self.port = await self._sentinels.primary()
        await super()._connect()  # type: ignore[no-untyped-call]  # redis-py's own gap

    async def on_connect_check_health(self, check_health: bool = True) -> None:
        """Introduce itself, then see that this is a primary that keeps votes."""
        await super().on_connect_check_health(check_health=check_health)
        await self.send_command("ROLE")
        role = await self.read_response()
        if _text(role[0]) != "master":
            raise RedisConnectionError(f"{self.host}:{self.port} is no primary (yet)")
        await self.send_command("CONFIG", "GET", *SAFE_SETTINGS)
        found = _settings(await self.read_response())
        for setting, needed in SAFE_SETTINGS.items():
            if found.get(setting) != needed:
                raise RedisConnectionError(
                    f"the primary at {self.host}:{self.port} would lose votes: set {setting} "
                    f"{needed} there, and on every replica"
                )

    async def read_response(self, *arguments: Any, **options: Any) -> Any:
        """The answer; a primary that has become a replica is left, to ask the Sentinels again."""
        try:
            return await super().read_response(*arguments, **options)
        except ReadOnlyError as error:
            await self.disconnect()
            raise RedisConnectionError(f"{self.host}:{self.port} became a replica") from error


class TlsPrimaryConnection(PrimaryConnection, SSLConnection):
    """The same over TLS."""


def _settings(answer: Sequence[Any] | dict[Any, Any]) -> dict[str, str]:
    """CONFIG GET's answer: a map in RESP3, a flat list in RESP2."""
    if isinstance(answer, dict):
        return {_text(name): _text(value) for name, value in answer.items()}
    return {_text(answer[i]): _text(answer[i + 1]) for i in range(0, len(answer), 2)}


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
