"""The ballot box in memory: the executable specification of the one in Redis.

Rule: read this to know what a box does. Nothing here awaits, so every call is atomic; the
contract suite in tests/contracts holds the Redis box to the same outcomes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from server.adapters.box_arguments import (
    SEPARATOR,
    check_command,
    check_group,
    check_opening,
    check_seconds,
)
from server.ports import (
    CLOCK_JUMP_MS,
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
    Right,
    SealedPress,
    StaleFence,
)
from server.vocabulary import Disclosure, RefusalReason

EMPTY_CHAIN = "0" * 40


@dataclass(slots=True)
class _Box:
    opening: BoxOpening
    fence: int
    incarnation: str
    opened_at: int
    closes_at: int | None
    phase: BoxPhase = BoxPhase.OPEN
    n: int = 0
    chain: str = EMPTY_CHAIN
    remaining: int | None = None
    closed_at: int | None = None
    last_call: bool = False
    looked: int | None = None
    """When `keep_time` was called last."""
    votes: dict[str, HeldVote] = field(default_factory=dict)
    presses: dict[tuple[str, str], HeldVote] = field(default_factory=dict)
    sealed: dict[str, SealedPress] = field(default_factory=dict)
    """By tracker, in the order of their numbers."""

    @property
    def latched(self) -> bool:
        return self.phase in (BoxPhase.CLOSED, BoxPhase.CANCELLED)

    def latch_if_due(self, now: int) -> None:
        """A box that closes by itself has been closed since `closes_at`: it took nothing later.

        Where nobody has looked for long the clock may have jumped: `keep_time` knows.
        """
        is_believed = self.looked is None or now - self.looked <= CLOCK_JUMP_MS
        if self._is_due(now) and is_believed:
            self.phase = BoxPhase.CLOSED
            self.closed_at = self.closes_at

    def keep_time(self, now: int, elapsed: int | None) -> None:
        """Move the closing time if the clock has jumped; close if nobody has looked for long."""
        if self.phase is not BoxPhase.OPEN or self.closes_at is None:
            return
        gap = now - (now if self.looked is None else self.looked)
        if gap < -CLOCK_JUMP_MS or (elapsed is not None and gap > elapsed + CLOCK_JUMP_MS):
            self.closes_at += gap - (elapsed or 0)
        elif gap > CLOCK_JUMP_MS and self._is_due(now):
            self.phase = BoxPhase.CLOSED
            self.closed_at = now
        self.looked = now

    def _is_due(self, now: int) -> bool:
        timed = self.opening.auto_close and self.phase is BoxPhase.OPEN
        return timed and self.closes_at is not None and now >= self.closes_at


def _hash(*parts: str) -> str:
    return hashlib.sha1(SEPARATOR.join(parts).encode(), usedforsecurity=False).hexdigest()


class MemoryBallotBox:
    """`server.ports.BallotBox` without a disk: it lives and dies with the process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._incarnation: str | None = None
        self._revision = 0
        self._generations: dict[str, int] = {}
        self._boxes: dict[str, _Box] = {}
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
                return Latched(self._state(box))
            if same_store and opening.fence == box.fence:
                return self._state(box)
            if same_store or opening.fence <= box.fence:
                return StaleFence(box.fence)
        now = self._clock.now_ms()
        closes_at = None if opening.seconds is None else now + opening.seconds * 1000
        box = _Box(opening, opening.fence, opening.incarnation, now, closes_at)
        self._boxes[opening.ballot] = box
        return self._state(box)

    async def suspend(self, ballot: str, fence: int) -> BoxChange:
        """Take no presses until resumed; what is left of the timer is kept."""
        box = self._fenced(ballot, fence)
        if not isinstance(box, _Box):
            return box
        if box.phase is BoxPhase.OPEN:
            box.phase = BoxPhase.SUSPENDED
            if box.closes_at is not None:
                box.remaining = max(0, box.closes_at - self._clock.now_ms())
                box.closes_at = box.looked = None
        return self._state(box)

    async def resume(self, ballot: str, fence: int, incarnation: str | None = None) -> BoxChange:
        """Take presses again; the timer runs on."""
        box = self._fenced(ballot, fence)
        if not isinstance(box, _Box):
            return box
        if incarnation is not None:
            box.incarnation = incarnation
        if box.phase is BoxPhase.SUSPENDED:
            box.phase = BoxPhase.OPEN
            if box.remaining is not None:
                box.closes_at = self._clock.now_ms() + box.remaining
                box.remaining = None
        return self._state(box)

    async def extend(self, ballot: str, fence: int, seconds: int) -> BoxChange:
        """Move the closing time later, or start a timer from now."""
        check_seconds(seconds)
        box = self._fenced(ballot, fence)
        if not isinstance(box, _Box):
            return box
        if box.phase is BoxPhase.SUSPENDED:
            box.remaining = (box.remaining or 0) + seconds * 1000
        else:
            now = self._clock.now_ms()
            box.closes_at = max(now, box.closes_at or now) + seconds * 1000
        return self._state(box)

    async def last_call(self, ballot: str, fence: int) -> BoxChange:
        """Note that the bell rang."""
        box = self._fenced(ballot, fence)
        if not isinstance(box, _Box):
            return box
        box.last_call = True
        return self._state(box)

    async def close(self, ballot: str) -> BoxState | NoBox:
        """Latch `closed`; a cancelled box stays cancelled."""
        box = self._box(ballot)
        if box is None:
            return NoBox()
        if not box.latched:
            box.phase = BoxPhase.CLOSED
            box.closed_at = self._clock.now_ms()
        return self._state(box)

    async def close_if_due(self, ballot: str, closes_at: int) -> BoxState | NoBox:
        """Latch `closed` if the box closes by itself at `closes_at` and that has passed."""
        box = self._boxes.get(ballot)
        if box is None:
            return NoBox()
        if box.closes_at == closes_at:
            box.latch_if_due(self._clock.now_ms())
        return self._state(box)

    async def keep_time(self, ballot: str, elapsed_ms: int | None) -> BoxState | NoBox:
        """Look at the box's timer, knowing how much time has really passed."""
        box = self._boxes.get(ballot)
        if box is None:
            return NoBox()
        now = self._clock.now_ms()
        box.keep_time(now, elapsed_ms)
        box.latch_if_due(now)
        return self._state(box)

    async def cancel(self, ballot: str) -> BoxState | NoBox:
        """Latch `cancelled`, a closed box too."""
        box = self._box(ballot)
        if box is None:
            return NoBox()
        box.phase = BoxPhase.CANCELLED
        if box.closed_at is None:
            box.closed_at = self._clock.now_ms()
        return self._state(box)

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

    async def press(self, ballot: str, group: Sequence[BoxPress]) -> GroupOutcome:
        """Apply presses in order."""
        check_group(group)
        box = self._box(ballot)
        outcomes = [self._press(box, press) for press in group]
        if box is None:
            return GroupOutcome(tuple(outcomes), None)
        settled = tuple(
            self._settle(box, press, outcome)
            for press, outcome in zip(group, outcomes, strict=True)
        )
        return GroupOutcome(settled, self._state(box))

    def _press(self, box: _Box | None, press: BoxPress) -> PressOutcome:
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
        reason = self._reason_against(box, press)
        if reason is not None:
            return RefusedPress(reason, box.phase)
        self._revision += self._shown_changes(box, press)
        box.n += 1
        box.chain = _hash(box.chain, press.member, press.press_id, press.choice)
        vote = HeldVote(press.choice, box.n, press.press_id)
        box.votes[press.member] = vote
        box.presses[press.member, press.press_id] = vote
        if press.sealed:
            kept = SealedPress(box.n, press.member, press.press_id, press.choice, press.sealed)
            box.sealed[press.choice] = kept
        return Accepted(box.n, press.choice, current=False, repeated=False)

    @staticmethod
    def _reason_against(box: _Box, press: BoxPress) -> RefusalReason | None:
        match box.phase:
            case BoxPhase.SUSPENDED:
                return RefusalReason.NOT_OPEN
            case BoxPhase.CLOSED | BoxPhase.CANCELLED:
                return RefusalReason.CLOSED
            case BoxPhase.OPEN:
                pass
            case _:
                assert_never(box.phase)
        right = box.opening.roll.get(press.member)
        if right is None:
            return RefusalReason.NOT_ON_ROLL
        if right is Right.SUSPENDED:
            return RefusalReason.SUSPENDED_RIGHT
        accepted = box.opening.choices
        if not press.choice or (accepted is not None and press.choice not in accepted):
            return RefusalReason.BAD_CHOICE
        if press.sealed and press.choice in box.sealed:
            return RefusalReason.BAD_CHOICE
        if not box.opening.revocable and press.member in box.votes:
            return RefusalReason.NOT_REVOCABLE
        return None

    @staticmethod
    def _shown_changes(box: _Box, press: BoxPress) -> int:
        """1 if the hall may see that this press changed something, else 0."""
        held = box.votes.get(press.member)
        new_voter = held is None
        changed = held is not None and held.choice != press.choice
        match box.opening.disclosure:
            case Disclosure.NONE:
                return 0
            case Disclosure.TURNOUT:
                return int(new_voter)
            case Disclosure.COUNTS | Disclosure.INDIVIDUAL:
                return int(new_voter or changed)
            case _:
                assert_never(box.opening.disclosure)

    @staticmethod
    def _settle(box: _Box, press: BoxPress, outcome: PressOutcome) -> PressOutcome:
        """Say of an accepted press whether it holds after the whole group."""
        match outcome:
            case RefusedPress():
                return outcome
            case Accepted(n=n, repeated=repeated):
                held = box.votes.get(press.member)
                current = held is not None and held.n == n
                return Accepted(n, press.choice, current, repeated)
            case _:
                assert_never(outcome)

    # --- what the box holds -----------------------------------------------------------------

    async def state(self, ballot: str) -> BoxState | NoBox:
        """The box now."""
        box = self._box(ballot)
        return NoBox() if box is None else self._state(box)

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
            return self._state(box)
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
        return self._state(box)

    async def held_press(self, ballot: str, member: str, press_id: str) -> int | None:
        """The number that this press was accepted as, or None."""
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

    def _box(self, ballot: str) -> _Box | None:
        box = self._boxes.get(ballot)
        if box is not None:
            box.latch_if_due(self._clock.now_ms())
        return box

    def _fenced(self, ballot: str, fence: int) -> _Box | BoxChange:
        """The box, now at `fence`, if a command with this number is to be applied to it."""
        check_command(ballot, fence)
        box = self._box(ballot)
        if box is None:
            return NoBox()
        if box.latched:
            return Latched(self._state(box))
        if fence < box.fence:
            return StaleFence(box.fence)
        if fence == box.fence:
            return self._state(box)
        box.fence = fence
        return box

    def _state(self, box: _Box) -> BoxState:
        counts = dict.fromkeys(box.opening.choices or (), 0)
        if box.opening.choices is not None:
            for vote in box.votes.values():
                counts[vote.choice] += 1
        return BoxState(
            ballot=box.opening.ballot,
            phase=box.phase,
            fence=box.fence,
            incarnation=box.incarnation,
            n=box.n,
            chain=_hash(box.opening.mask, box.chain) if box.opening.mask else box.chain,
            voters=len(box.votes),
            counts=counts,
            opened_at=box.opened_at,
            closes_at=box.closes_at,
            remaining=box.remaining,
            closed_at=box.closed_at,
            last_call=box.last_call,
            revision=self._revision,
        )
