"""The ballot box in memory: the executable specification of the one in Redis.

Rule: read this to know what a box does. Nothing here awaits, so every call is atomic; the
contract suite in tests/contracts holds the Redis box to the same outcomes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from server.adapters.box_arguments import (
    check_command,
    check_group,
    check_opening,
    check_seconds,
)
from server.adapters.held_box import EMPTY_CHAIN, HeldBox
from server.ports import (
    LONGEST_LEASE_MS,
    Accepted,
    BoxChange,
    BoxOpening,
    BoxPhase,
    BoxPress,
    BoxState,
    Clock,
    GroupOutcome,
    HeldVote,
    Latched,
    NoBox,
    PressOutcome,
    RefusedPress,
    SealedPress,
    StaleFence,
    idle,
)
from server.vocabulary import Disclosure, RefusalReason


class MemoryBallotBox:
    """`server.ports.BallotBox` without a disk: it lives and dies with the process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._incarnation: str | None = None
        self._revision = 0
        self._generations: dict[str, int] = {}
        self._boxes: dict[str, HeldBox] = {}
        self._leases: dict[str, int] = {}
        self._settings: dict[str, str] = {}

    # --- the hall ---------------------------------------------------------------------------

    async def hall_incarnation(self, fresh: str) -> tuple[str, bool]:
        """The identity of this store's data, set to `fresh` if it has none yet."""
        if self._incarnation is None:
            self._incarnation = fresh
            return fresh, True
        return self._incarnation, False

    async def now(self) -> int:
        """The box's clock in milliseconds since 1970."""
        return self._clock.now_ms()

    async def bump(self) -> int:
        """Raise the hall's revision by one and return it."""
        self._revision += 1
        return self._revision

    async def raise_revision(self, least: int) -> int:
        """Raise the hall's revision to at least `least`; returns the revision."""
        self._revision = max(self._revision, least)
        return self._revision

    async def take_generations(self, members: Sequence[str]) -> tuple[int, ...]:
        """A new generation (from 1) of the voting right of each of these."""
        taken = []
        for member in members:
            self._generations[member] = self._generations.get(member, 0) + 1
            taken.append(self._generations[member])
        return tuple(taken)

    async def generations(self, members: Collection[str]) -> Mapping[str, int]:
        """The generations that were taken last."""
        return {each: self._generations[each] for each in members if each in self._generations}

    # --- the life of a box ------------------------------------------------------------------

    async def open(self, opening: BoxOpening) -> BoxChange:
        """Make the box and open it, unless one is there that must not be replaced."""
        check_opening(opening)
        box = self._box(opening.ballot)
        if box is not None:
            same_store = opening.incarnation == box.incarnation
            if box.latched:
                return Latched(box.state(self._revision))
            if same_store and opening.fence == box.fence:
                return box.state(self._revision)
            if same_store or opening.fence <= box.fence:
                return StaleFence(box.fence)
        now = self._clock.now_ms()
        closes_at = None if opening.seconds is None else now + opening.seconds * 1000
        box = HeldBox(opening, opening.fence, opening.incarnation, now, closes_at)
        self._boxes[opening.ballot] = box
        return box.state(self._revision)

    async def suspend(self, ballot: str, fence: int) -> BoxChange:
        """Take no presses until resumed; what is left of the timer is kept."""
        box = self._fenced(ballot, fence)
        if not isinstance(box, HeldBox):
            return box
        if box.phase is BoxPhase.OPEN:
            box.phase = BoxPhase.SUSPENDED
            if box.closes_at is not None:
                box.remaining = max(0, box.closes_at - self._clock.now_ms())
                box.closes_at = box.looked = None
        return box.state(self._revision)

    async def resume(self, ballot: str, fence: int, incarnation: str | None = None) -> BoxChange:
        """Take presses again; the timer runs on."""
        box = self._fenced(ballot, fence)
        if not isinstance(box, HeldBox):
            return box
        if incarnation is not None:
            box.incarnation = incarnation
        if box.phase is BoxPhase.SUSPENDED:
            box.phase = BoxPhase.OPEN
            if box.remaining is not None:
                box.closes_at = self._clock.now_ms() + box.remaining
                box.remaining = None
        return box.state(self._revision)

    async def extend(self, ballot: str, fence: int, seconds: int) -> BoxChange:
        """Move the closing time later, or start a timer from now."""
        check_seconds(seconds)
        box = self._fenced(ballot, fence)
        if not isinstance(box, HeldBox):
            return box
        if box.phase is BoxPhase.SUSPENDED:
            box.remaining = (box.remaining or 0) + seconds * 1000
        else:
            now = self._clock.now_ms()
            box.closes_at = max(now, box.closes_at or now) + seconds * 1000
        return box.state(self._revision)

    async def last_call(self, ballot: str, fence: int) -> BoxChange:
        """Note that the bell rang."""
        box = self._fenced(ballot, fence)
        if not isinstance(box, HeldBox):
            return box
        box.last_call = True
        return box.state(self._revision)

    async def close(self, ballot: str) -> BoxState | NoBox:
        """Latch `closed`; a cancelled box stays cancelled."""
        box = self._box(ballot)
        if box is None:
            return NoBox()
        if not box.latched:
            box.phase = BoxPhase.CLOSED
            box.closed_at = self._clock.now_ms()
        return box.state(self._revision)

    async def close_if_due(self, ballot: str, closes_at: int) -> BoxState | NoBox:
        """Latch `closed` if the box closes by itself at `closes_at` and that has passed."""
        box = self._boxes.get(ballot)
        if box is None:
            return NoBox()
        if box.closes_at == closes_at:
            box.latch_if_due(self._clock.now_ms())
        return box.state(self._revision)

    async def keep_time(self, ballot: str, elapsed_ms: int | None) -> BoxState | NoBox:
        """Look at the box's timer, knowing how much time has really passed."""
        box = self._boxes.get(ballot)
        if box is None:
            return NoBox()
        now = self._clock.now_ms()
        box.keep_time(now, elapsed_ms)
        box.latch_if_due(now)
        return box.state(self._revision)

    async def cancel(self, ballot: str) -> BoxState | NoBox:
        """Latch `cancelled`, a closed box too."""
        box = self._box(ballot)
        if box is None:
            return NoBox()
        box.phase = BoxPhase.CANCELLED
        if box.closed_at is None:
            box.closed_at = self._clock.now_ms()
        return box.state(self._revision)

    async def remove(self, ballot: str) -> None:
        """Forget the box and its press_ids."""
        self._boxes.pop(ballot, None)

    async def erase(self, ballot: str) -> int:
        """Leave no more of the box than its latch; memory has no files and no replicas."""
        box = self._boxes.get(ballot)
        if box is None:
            return 0
        if not box.latched:
            box.phase = BoxPhase.CLOSED
            box.closed_at = self._clock.now_ms()
        box.opening = replace(box.opening, roll={}, choices=None, mask="")
        box.n, box.chain, box.closes_at, box.remaining = 0, EMPTY_CHAIN, None, None
        for held in (box.votes, box.presses, box.sealed):
            held.clear()
        return 0

    async def with_votes(self, ballots: Collection[str]) -> frozenset[str]:
        """Those of these ballots whose box holds votes."""
        boxes = self._boxes
        return frozenset(each for each in ballots if each in boxes and boxes[each].votes)

    # --- presses ----------------------------------------------------------------------------

    async def press(
        self, ballot: str, group: Sequence[BoxPress], meanwhile: Callable[[], None] = idle
    ) -> GroupOutcome:
        """Apply presses in order."""
        check_group(group)
        meanwhile()
        box = self._box(ballot)
        outcomes = [self._press(box, press) for press in group]
        if box is None:
            return GroupOutcome(tuple(outcomes), None)
        settled = tuple(
            box.settled(press, outcome) for press, outcome in zip(group, outcomes, strict=True)
        )
        return GroupOutcome(settled, box.state(self._revision))

    def _press(self, box: HeldBox | None, press: BoxPress) -> PressOutcome:
        replaced = press.generation < self._generations.get(press.member, 0)
        if box is None:
            no_box = RefusalReason.REPLACED if replaced else RefusalReason.UNKNOWN_BALLOT
            return RefusedPress(no_box, None)
        if replaced:
            return RefusedPress(RefusalReason.REPLACED, box.phase)
        earlier = box.presses.get((press.member, press.press_id))
        if earlier is not None:
            if earlier.choice != press.choice:
                return RefusedPress(RefusalReason.PRESS_ID_REUSED, box.phase)
            return Accepted(earlier.n, press.choice, current=False, repeated=True)
        reason = box.reason_against(press)
        if reason is not None:
            return RefusedPress(reason, box.phase)
        self._revision += box.shown_changes(press)
        return box.take(press)

    # --- what the box holds -----------------------------------------------------------------

    async def state(self, ballot: str) -> BoxState | NoBox:
        """The box now."""
        box = self._box(ballot)
        return NoBox() if box is None else box.state(self._revision)

    async def votes(self, ballot: str) -> Mapping[str, HeldVote]:
        """What the box holds, by Member; empty where there is no box."""
        box = self._boxes.get(ballot)
        return {} if box is None else dict(box.votes)

    async def sealed(
        self, ballot: str, trackers: Collection[str] | None = None
    ) -> tuple[SealedPress, ...]:
        """Every sealed ballot that was taken, or those with these trackers, in order."""
        box = self._boxes.get(ballot)
        if box is None:
            return ()
        return tuple(
            kept for tracker, kept in box.sealed.items() if trackers is None or tracker in trackers
        )

    async def disown(self, ballot: str, member: str, numbers: Collection[int]) -> BoxState | NoBox:
        """These presses of a Member do not count: the highest other one holds, if there is one."""
        box = self._box(ballot)
        if box is None:
            return NoBox()
        held = box.votes.get(member)
        fits = box.opening.choices is None and not box.latched
        if not fits or held is None or held.n not in numbers:
            return box.state(self._revision)
        others = [
            vote
            for (whose, _), vote in box.presses.items()
            if whose == member and vote.n not in numbers
        ]
        if others:
            box.votes[member] = max(others, key=lambda vote: vote.n)
        else:
            del box.votes[member]
        match box.opening.disclosure:
            case Disclosure.NONE:
                pass
            case Disclosure.TURNOUT:
                self._revision += not others
            case Disclosure.COUNTS | Disclosure.INDIVIDUAL:
                self._revision += 1
            case _:
                assert_never(box.opening.disclosure)
        return box.state(self._revision)

    async def held_presses(self, asked: Sequence[tuple[str, str, str]]) -> list[int | None]:
        """The number that each press was accepted as, or None."""
        return [self._held_press(*each) for each in asked]

    def _held_press(self, ballot: str, member: str, press_id: str) -> int | None:
        box = self._boxes.get(ballot)
        held = None if box is None else box.presses.get((member, press_id))
        return None if held is None else held.n

    # --- presence and settings --------------------------------------------------------------

    async def lease_presence(self, members: Collection[str], ms: int) -> None:
        """These Members are present for `ms` from now; an earlier, longer lease stays."""
        now = self._clock.now_ms()
        until = now + ms
        for member, end in self._leases.items():
            if end > now + LONGEST_LEASE_MS:
                self._leases[member] = until
        for member in members:
            self._leases[member] = max(until, self._leases.get(member, 0))

    async def end_presence(self, members: Collection[str]) -> None:
        """These Members' leases end now."""
        for member in members:
            self._leases.pop(member, None)

    async def present(self) -> frozenset[str]:
        """The Members whose lease has not run out."""
        now = self._clock.now_ms()
        return frozenset(member for member, until in self._leases.items() if until > now)

    async def remember(self, field: str, value: str) -> None:
        """Keep a small setting of the hall."""
        self._settings[field] = value

    async def recall(self, field: str) -> str | None:
        """A setting kept by `remember`, or None."""
        return self._settings.get(field)

    # --- inside -----------------------------------------------------------------------------

    def _box(self, ballot: str) -> HeldBox | None:
        box = self._boxes.get(ballot)
        if box is not None:
            box.latch_if_due(self._clock.now_ms())
        return box

    def _fenced(self, ballot: str, fence: int) -> HeldBox | BoxChange:
        """The box, now at `fence`, if a command with this number is to be applied to it."""
        check_command(ballot, fence)
        box = self._box(ballot)
        if box is None:
            return NoBox()
        if box.latched:
            return Latched(box.state(self._revision))
        if fence < box.fence:
            return StaleFence(box.fence)
        if fence == box.fence:
            return box.state(self._revision)
        box.fence = fence
        return box
