"""Neighbours through Redis: notices by its publish and subscribe, reports in keys that lapse.

Rule: a line on which a server did not hear itself for `SILENCE` seconds is cut and made anew: it is
half-open, or leads to a Redis that is not the one that the box is in now. Each server's own beat
passes through it every second. Nothing here waits for replicas: what is lost here is told again,
or read.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any, Final

import orjson
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from server.adapters.redis_box_calls import RedisCalls, Script
from server.neighbours import (
    LEASE_MS,
    Changed,
    Fenced,
    Missed,
    Notice,
    Pressed,
    Reported,
    SeatOnline,
    SeatRefusals,
    ServerReport,
)
from server.ports import Accepted, BoxPhase, BoxState, Landed
from server.vocabulary import Language, RefusalReason, Signal

log = logging.getLogger("hemicycle.neighbours")

SILENCE: Final = 3.0
"""Seconds without a word of oneself, after which a line counts as cut."""

_BEAT: Final = "beat"
_PAUSE: Final = 0.2


class RedisNeighbours:
    """`server.neighbours.Neighbours` for the server of this name. `prefix` is the hall's id."""

    def __init__(self, client: Redis, prefix: str, name: str) -> None:
        self._client = client
        self._calls = RedisCalls(client)
        self._name = name
        self._channel = f"{{{prefix}}}:notices"
        self._servers = f"{{{prefix}}}:servers"
        self._report_key = f"{{{prefix}}}:report:"
        self._keep = Script.load("report")
        self._list = Script.load("reports")
        self._reported: bytes | None = None
        self._version = 0
        self._known: dict[str, tuple[str, ServerReport]] = {}

    async def tell(self, notice: Notice) -> None:
        """Publish a notice."""
        await self._publish(_written(notice))

    async def report(self, report: ServerReport) -> None:
        """Write the report if it is another than the last one, else renew it."""
        content = orjson.dumps(_report_written(report))
        await self._publish([_BEAT])
        if content == self._reported and await self._kept(b""):
            return
        self._version += 1
        await self._kept(content)
        self._reported = content

    async def reports(self) -> Mapping[str, ServerReport]:
        """The others' reports; one that is known in its version is not read again."""
        flat = await self._calls.script(self._list, (self._servers,))
        texts = [text.decode() for text in flat]
        alive = dict(zip(texts[::2], texts[1::2], strict=True))
        alive.pop(self._name, None)
        stale = [
            name
            for name, version in alive.items()
            if name not in self._known or self._known[name][0] != version
        ]
        if stale:
            keys = [f"{self._report_key}{name}" for name in stale]
            contents = await self._calls.command("MGET", *keys)
            for name, content in zip(stale, contents, strict=True):
                if content is not None:
                    self._known[name] = (alive[name], _report_read(orjson.loads(content)))
        self._known = {name: known for name, known in self._known.items() if name in alive}
        return {name: report for name, (_, report) in self._known.items()}

    async def notices(self) -> AsyncIterator[Notice]:
        """Subscribe, and again after every cut."""
        while True:
            line = self._client.pubsub()
            try:
                await line.subscribe(self._channel)
                yield Missed()
                async for notice in self._heard(line):
                    yield notice
            except (RedisError, OSError) as cut:
                log.warning("the line to the other servers was cut: %s", cut)
            finally:
                with suppress(RedisError, OSError):
                    await line.aclose()  # type: ignore[no-untyped-call]  # redis-py's own gap
            await asyncio.sleep(_PAUSE)

    async def leave(self) -> None:
        """Take back the report."""
        await self._calls.command("HDEL", self._servers, self._name)
        await self._calls.command("DEL", f"{self._report_key}{self._name}")
        await self.tell(Reported())

    async def aclose(self) -> None:
        """Drop the connections."""
        await self._calls.close()

    async def _heard(self, line: PubSub) -> AsyncIterator[Notice]:
        loop = asyncio.get_running_loop()
        last = loop.time()
        while loop.time() - last < SILENCE:
            message: dict[str, Any] | None = await line.get_message(
                ignore_subscribe_messages=True, timeout=SILENCE
            )
            if message is None:
                continue
            sender, *told = orjson.loads(message["data"])
            if sender == self._name:
                last = loop.time()
            elif told[0] != _BEAT:
                notice = _read(told)
                if notice is not None:
                    yield notice
        log.warning("this server did not hear itself for %s seconds", SILENCE)

    async def _kept(self, content: bytes) -> bool:
        keys = (self._servers, f"{self._report_key}{self._name}")
        arguments = (self._name, LEASE_MS, self._version, content)
        return bool(await self._calls.script(self._keep, keys, arguments) == b"1")

    async def _publish(self, told: list[Any]) -> None:
        await self._calls.command("PUBLISH", self._channel, orjson.dumps([self._name, *told]))


def _written(notice: Notice) -> list[Any]:
    match notice:
        case Pressed(ballot=ballot, groups=groups):
            return ["pressed", ballot, [_group_written(each) for each in groups]]
        case Changed():
            return ["changed"]
        case Reported():
            return ["reported"]
        case Fenced(epoch=epoch, generations=generations, seat=seat):
            return ["fenced", epoch, dict(generations), seat]
        case Missed():
            return ["missed"]


def _read(told: list[Any]) -> Notice | None:
    """A notice; None for one that only a newer version knows, which may go unheard."""
    match told:
        case ["pressed", ballot, list(groups), *_]:
            # A server of another version may tell otherwise.
            with suppress(LookupError, TypeError, ValueError):
                return Pressed(ballot, tuple(_group_read(ballot, each) for each in groups))
            return Pressed(ballot)
        case ["pressed", ballot, *_]:
            return Pressed(ballot)
        case ["changed", *_]:
            return Changed()
        case ["reported", *_]:
            return Reported()
        case ["fenced", epoch, generations, seat, *_]:
            return Fenced(epoch, generations, seat)
        case ["missed", *_]:
            return Missed()
        case _:
            return None


def _group_written(group: Landed) -> list[Any]:
    presses = [[member, *accepted, press_id] for member, accepted, press_id in group.presses]
    return [group.state, presses]  # a box is written as an object with its fields


def _group_read(ballot: str, told: list[Any]) -> Landed:
    """A group. Raises LookupError, TypeError or ValueError where it has other parts."""
    state, rows = told
    presses = tuple((member, Accepted(*taken), press_id) for member, *taken, press_id in rows)
    return Landed(ballot, presses, BoxState(**{**state, "phase": BoxPhase(state["phase"])}))


def _report_written(report: ServerReport) -> dict[str, Any]:
    return {
        "epoch": report.epoch,
        "online": [
            [each.seat, each.member, each.generation, each.lang, sorted(each.signals)]
            for each in report.online
        ],
        "refusals": [[each.ballot, each.seat, each.reason, each.count] for each in report.refusals],
    }


def _report_read(told: dict[str, Any]) -> ServerReport:
    """A report; what only a newer version knows of is left out."""
    online: list[SeatOnline] = []
    for seat, member, generation, lang, signals, *_ in told["online"]:
        with suppress(ValueError):
            asked = frozenset(Signal(each) for each in signals)
            online.append(SeatOnline(seat, member, generation, Language(lang), asked))
    refusals: list[SeatRefusals] = []
    for ballot, seat, reason, count, *_ in told["refusals"]:
        with suppress(ValueError):
            refusals.append(SeatRefusals(ballot, seat, RefusalReason(reason), count))
    return ServerReport(told["epoch"], tuple(online), tuple(refusals))
