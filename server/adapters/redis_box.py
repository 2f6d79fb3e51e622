"""The ballot box in Redis.

Rule: one call is one atomic script or command, so that a crash leaves nothing half done, and it
returns when its effect is on disk. `MemoryBallotBox` says what each call means; the scripts are
in `lua/`. All keys of a hall carry its id in a hash tag, hence live on one node of a cluster.
Redis must be set as `redis_box_settings.refuse_unsafe` asks.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final, Self
from uuid import uuid4

import orjson
from redis.asyncio import Redis
from redis.exceptions import ResponseError

from server.adapters import redis_box_replies as replies
from server.adapters.box_arguments import (
    MASK,
    SEPARATOR,
    check_command,
    check_group,
    check_opening,
    check_seconds,
)
from server.adapters.box_scripts import BoxScripts, known_scripts, newest_scripts, version_wanted
from server.adapters.redis_box_calls import (
    Argument,
    RedisCalls,
    Replicas,
    Reply,
    Script,
    connect,
)
from server.adapters.redis_erasure import forget_on_disk
from server.adapters.redis_line import RedisLine
from server.gathering import Gathering
from server.ports import (
    BoxChange,
    BoxOpening,
    BoxPress,
    BoxState,
    GroupOutcome,
    HeldVote,
    NoBox,
    SealedPress,
    StoreUnavailable,
    idle,
)

_TOGETHER: Final = 500
"""The most presses that are asked for in one call."""


class UnknownBoxVersion(StoreUnavailable):
    """The box was opened by a newer server, whose scripts this one does not have."""


@dataclass(frozen=True, slots=True)
class _Scripts:
    raise_revision: Script
    lease: Script
    end_leases: Script
    present: Script
    incarnation: Script
    generations: Script
    erase: Script

    @classmethod
    def load(cls) -> Self:
        return cls(*(Script.load(field.name) for field in fields(cls)))


@dataclass(frozen=True, slots=True)
class _BoxKeys:
    box: str
    roll: str
    votes: str
    presses: str
    sealed: str


class RedisBallotBox:
    """`server.ports.BallotBox` in a Redis that several servers may share.

    `commit` carries presses only, one group at a time; `pool` everything else. `prefix` is the
    hall's id. With `wait_replicas` every call returns when so many replicas have what it tells.
    `scripts` are the versions that it knows, the newest first; by default, all that there are.
    """

    def __init__(
        self,
        commit: Redis,
        pool: Redis,
        prefix: str,
        *,
        wait_replicas: int = 0,
        scripts: Sequence[BoxScripts] | None = None,
    ) -> None:
        if not prefix or {"{", "}"} & set(prefix):
            raise ValueError("prefix: give the hall's id, without braces")
        self._prefix = f"{{{prefix}}}"
        self._replicas = Replicas(wait_replicas, f"{self._prefix}:confirmed")
        self._commit = RedisLine(commit, self._replicas)
        self._pool = RedisCalls(pool, self._replicas)
        self._held = Gathering(self._numbers, _TOGETHER)
        self._scripts = _Scripts.load()
        self._newest = newest_scripts() if scripts is None else scripts[0]
        self._known = (
            known_scripts() if scripts is None else {each.version: each for each in scripts}
        )
        self._opened_with: dict[str, BoxScripts] = {}
        """By ballot, where it is not the newest."""
        self._incarnation = f"{self._prefix}:incarnation"
        self._revision = f"{self._prefix}:revision"
        self._generations = f"{self._prefix}:generations"
        self._presence = (f"{self._prefix}:presence", f"{self._prefix}:presence_version")
        self._present: tuple[bytes, int, frozenset[str]] = (b"", -1, frozenset())
        """The Members who were present when it was last asked, with their version and number."""
        self._settings = f"{self._prefix}:settings"

    @classmethod
    def at(cls, url: str, prefix: str, *, wait_replicas: int = 0) -> Self:
        """A box at a Redis URL, with connections of its own; it connects when first used."""
        commit = connect(url, connections=1, seconds_to_answer=None)  # the line keeps time
        return cls(commit, connect(url), prefix, wait_replicas=wait_replicas)

    async def aclose(self) -> None:
        """Wait for the calls in flight and drop the connections."""
        await self._commit.close()
        await self._pool.close()

    # --- the hall ---------------------------------------------------------------------------

    async def hall_incarnation(self, fresh: str) -> tuple[str, bool]:
        """The identity of this store's data, set to `fresh` if it has none yet."""
        script = self._scripts.incarnation
        kept, just_set = await self._pool.script(script, (self._incarnation,), (fresh,))
        return kept.decode(), just_set == b"1"

    async def now(self) -> int:
        """The clock of Redis in milliseconds since 1970."""
        seconds, microseconds = await self._pool.command("TIME")
        return int(seconds) * 1000 + int(microseconds) // 1000

    async def bump(self) -> int:
        """Raise the hall's revision by one and return it."""
        return int(await self._pool.command("INCR", self._revision))

    async def raise_revision(self, least: int) -> int:
        """Raise the hall's revision to at least `least`; returns the revision."""
        script = self._scripts.raise_revision
        return int(await self._pool.script(script, (self._revision,), (least,)))

    async def take_generations(self, members: Sequence[str]) -> tuple[int, ...]:
        """A new generation (from 1) of the voting right of each of these."""
        if not members:
            return ()
        taken = await self._pool.script(self._scripts.generations, (self._generations,), members)
        return tuple(map(int, taken))

    async def generations(self, members: Collection[str]) -> Mapping[str, int]:
        """The generations that were taken last."""
        asked = list(members)
        if not asked:
            return {}
        taken = await self._pool.command("HMGET", self._generations, *asked)
        return {each: int(number) for each, number in zip(asked, taken, strict=True) if number}

    # --- the life of a box ------------------------------------------------------------------

    async def open(self, opening: BoxOpening) -> BoxChange:
        """Make the box and open it, unless one is there that must not be replaced."""
        check_opening(opening)
        keys = self._keys(opening.ballot)
        arguments: list[Argument] = [
            opening.fence,
            opening.incarnation,
            _flag(opening.revocable),
            opening.disclosure.value,
            "" if opening.seconds is None else opening.seconds,
            _flag(opening.auto_close),
            "" if opening.choices is None else orjson.dumps(opening.choices),
            len(opening.choices or ()),
            *(opening.choices or ()),
        ]
        for member, right in opening.roll.items():
            arguments += (member, right.value)
        if opening.mask:
            arguments += (MASK, opening.mask)
        named = (keys.box, keys.roll, keys.votes, keys.presses, self._revision, keys.sealed)
        reply = await self._on_box(
            lambda scripts: self._pool.script(scripts.open, named, arguments), opening.ballot
        )
        return replies.change(opening.ballot, reply)

    async def suspend(self, ballot: str, fence: int) -> BoxChange:
        """Take no presses until resumed; what is left of the timer is kept."""
        return await self._change_fenced(ballot, "suspend", fence)

    async def resume(self, ballot: str, fence: int, incarnation: str | None = None) -> BoxChange:
        """Take presses again; the timer runs on."""
        return await self._change_fenced(ballot, "resume", fence, incarnation or "")

    async def extend(self, ballot: str, fence: int, seconds: int) -> BoxChange:
        """Move the closing time later, or start a timer from now."""
        check_seconds(seconds)
        return await self._change_fenced(ballot, "extend", fence, seconds)

    async def last_call(self, ballot: str, fence: int) -> BoxChange:
        """Note that the bell rang."""
        return await self._change_fenced(ballot, "last_call", fence)

    async def close(self, ballot: str) -> BoxState | NoBox:
        """Latch `closed`; a cancelled box stays cancelled."""
        return await self._change(ballot, "close")

    async def close_if_due(self, ballot: str, closes_at: int) -> BoxState | NoBox:
        """Latch `closed` if the box closes by itself at `closes_at` and that has passed."""
        return await self._change(ballot, "close_if_due", closes_at)

    async def keep_time(self, ballot: str, elapsed_ms: int | None) -> BoxState | NoBox:
        """Look at the box's timer, knowing how much time has really passed."""
        return await self._change(ballot, "keep_time", "" if elapsed_ms is None else elapsed_ms)

    async def cancel(self, ballot: str) -> BoxState | NoBox:
        """Latch `cancelled`, a closed box too."""
        return await self._change(ballot, "cancel")

    async def remove(self, ballot: str) -> None:
        """Forget the box and its press_ids."""
        keys = self._keys(ballot)
        self._opened_with.pop(ballot, None)
        await self._pool.command("DEL", *astuple(keys))

    async def erase(self, ballot: str) -> int:
        """Leave no more of the box than its latch, and have Redis write its files anew."""
        keys = self._keys(ballot)
        named = (keys.box, keys.roll, keys.votes, keys.presses, keys.sealed)
        await self._pool.script(self._scripts.erase, named)
        return max(self._replicas.wanted, await forget_on_disk(self._pool))

    async def with_votes(self, ballots: Collection[str]) -> frozenset[str]:
        """Those of these ballots whose box holds votes; one command where none does."""
        keys = {ballot: self._keys(ballot).votes for ballot in ballots}
        if not keys or not await self._pool.command("EXISTS", *keys.values()):
            return frozenset()
        return frozenset(
            [each for each, key in keys.items() if await self._pool.command("EXISTS", key)]
        )

    # --- presses ----------------------------------------------------------------------------

    async def press(
        self, ballot: str, group: Sequence[BoxPress], meanwhile: Callable[[], None] = idle
    ) -> GroupOutcome:
        """Apply presses in order, atomically, on the connection that serves nothing else."""
        check_group(group)
        if not group:
            meanwhile()
            state = await self.state(ballot)
            return GroupOutcome((), None if isinstance(state, NoBox) else state)
        keys = self._keys(ballot)
        named = (
            *(keys.box, keys.roll, keys.votes, keys.presses),
            *(self._generations, self._revision, keys.sealed),
        )
        arguments = (_presses(group), _sealed(group))
        reply = await self._on_box(
            lambda scripts: self._commit.script(scripts.press, named, arguments, meanwhile), ballot
        )
        return replies.group(ballot, group, reply)

    # --- what the box holds -----------------------------------------------------------------

    async def state(self, ballot: str) -> BoxState | NoBox:
        """The box now."""
        return await self._change(ballot, "state")

    async def votes(self, ballot: str) -> Mapping[str, HeldVote]:
        """What the box holds, by Member; empty where there is no box."""
        stored = await self._pool.command("HGETALL", self._keys(ballot).votes)
        return {member.decode(): replies.held_vote(vote) for member, vote in stored.items()}

    async def sealed(
        self, ballot: str, trackers: Collection[str] | None = None
    ) -> tuple[SealedPress, ...]:
        """Every sealed ballot that was taken, or those with these trackers, in order."""
        key = self._keys(ballot).sealed
        if trackers is None:
            stored = await self._pool.command("HVALS", key)
        elif trackers:
            found = await self._pool.command("HMGET", key, *dict.fromkeys(trackers))
            stored = [each for each in found if each is not None]
        else:
            stored = []
        return tuple(sorted(map(replies.sealed_press, stored), key=lambda press: press.n))

    async def disown(self, ballot: str, member: str, numbers: Collection[int]) -> BoxState | NoBox:
        """These presses of a Member do not count: the highest other one holds, if there is one."""
        return await self._change(ballot, "disown", member, *sorted(numbers))

    async def held_presses(self, asked: Sequence[tuple[str, str, str]]) -> list[int | None]:
        """The number that each press was accepted as, or None; who asks together shares a call."""
        named = [(ballot, f"{member}{SEPARATOR}{press}") for ballot, member, press in asked]
        return await self._held.ask_all(named)

    async def _numbers(self, asked: Sequence[tuple[str, str]]) -> list[int | None]:
        stored: dict[tuple[str, str], bytes | None] = {}
        for ballot in {ballot for ballot, _ in asked}:
            fields = [field for each, field in asked if each == ballot]
            found = await self._pool.command("HMGET", self._keys(ballot).presses, *fields)
            stored |= {(ballot, field): one for field, one in zip(fields, found, strict=True)}
        held = [stored[each] for each in asked]
        return [None if one is None else replies.press_number(one) for one in held]

    # --- presence and settings --------------------------------------------------------------

    async def lease_presence(self, members: Collection[str], ms: int) -> None:
        """These Members are present for `ms` from now; an earlier, longer lease stays."""
        if members:
            told = (ms, orjson.dumps(list(members)), uuid4().hex)
            await self._pool.script(self._scripts.lease, self._presence, told)

    async def end_presence(self, members: Collection[str]) -> None:
        """These Members' leases end now."""
        if members:
            told = (orjson.dumps(list(members)), uuid4().hex)
            await self._pool.script(self._scripts.end_leases, self._presence, told)

    async def present(self) -> frozenset[str]:
        """The Members whose lease has not run out; the same set as long as it has not changed."""
        version, known, members = self._present
        version, count, told = await self._pool.script(
            self._scripts.present, self._presence, (version, known)
        )
        if told:
            members = frozenset(orjson.loads(told))
            self._present = (version, count, members)
        return members

    async def remember(self, field: str, value: str) -> None:
        """Keep a small setting of the hall."""
        await self._pool.command("HSET", self._settings, field, value)

    async def recall(self, field: str) -> str | None:
        """A setting kept by `remember`, or None."""
        value = await self._pool.command("HGET", self._settings, field)
        return None if value is None else value.decode()

    # --- inside -----------------------------------------------------------------------------

    def _keys(self, ballot: str) -> _BoxKeys:
        box = f"{self._prefix}:box:{ballot}"
        return _BoxKeys(box, f"{box}|roll", f"{box}|votes", f"{box}|presses", f"{box}|sealed")

    async def _on_box(self, run: Callable[[BoxScripts], Awaitable[Reply]], ballot: str) -> Reply:
        """Run a script of the version that the box was opened with; it says so itself."""
        scripts = self._opened_with.get(ballot, self._newest)
        try:
            return await run(scripts)
        except ResponseError as error:
            wanted = version_wanted(error)
            if wanted is None:
                raise
        known = self._known.get(wanted)
        if known is None:
            raise UnknownBoxVersion(
                f"the box of ballot {ballot} has version {wanted}, which this server does not know "
                f"(it knows {', '.join(sorted(self._known))}): a newer server opened it; upgrade "
                "this one"
            )
        self._opened_with[ballot] = known
        return await run(known)

    async def _change_fenced(
        self, ballot: str, command: str, fence: int, *arguments: Argument
    ) -> BoxChange:
        check_command(ballot, fence)
        reply = await self._run_change(ballot, command, fence, *arguments)
        return replies.change(ballot, reply)

    async def _change(self, ballot: str, command: str, *arguments: Argument) -> BoxState | NoBox:
        return replies.unfenced(ballot, await self._run_change(ballot, command, *arguments))

    async def _run_change(self, ballot: str, command: str, *arguments: Argument) -> Sequence[bytes]:
        keys = self._keys(ballot)
        named = (keys.box, keys.votes, self._revision, keys.presses)
        reply: Sequence[bytes] = await self._on_box(
            lambda scripts: self._pool.script(scripts.change, named, (command, *arguments)), ballot
        )
        return reply


def _presses(group: Sequence[BoxPress]) -> bytes:
    """A group as one argument, which is written and read faster than four for each press."""
    flat: list[str | int] = []
    for press in group:
        flat += (press.member, press.generation, press.press_id, press.choice)
    try:
        return orjson.dumps(flat)
    except TypeError:
        # A choice that UTF-8 cannot carry is on no ballot. Nor is the empty one: `bad_choice`.
        for i in range(3, len(flat), 4):
            flat[i] = _carried(str(flat[i]))
        return orjson.dumps(flat)


def _sealed(group: Sequence[BoxPress]) -> bytes:
    """The sealed ballots of a group, as one argument; nothing where there is none."""
    texts = [press.sealed for press in group]
    return orjson.dumps(texts) if any(texts) else b""


def _carried(choice: str) -> str:
    try:
        choice.encode()
    except UnicodeEncodeError:
        return ""
    return choice


def _flag(value: bool) -> str:
    return "1" if value else "0"
