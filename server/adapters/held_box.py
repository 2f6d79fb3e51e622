"""One ballot box in memory: what it holds, and what a press or the clock does to it.

Rule: nothing here knows of other boxes, of seats' generations or of the hall's revision; those are
`MemoryBallotBox`'s.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final, assert_never

from server.adapters.box_arguments import SEPARATOR
from server.ports import (
    CLOCK_JUMP_MS,
    Accepted,
    BoxOpening,
    BoxPhase,
    BoxPress,
    BoxState,
    HeldVote,
    PressOutcome,
    RefusedPress,
    Right,
    SealedPress,
)
from server.vocabulary import Disclosure, RefusalReason

EMPTY_CHAIN: Final = "0" * 40
"""The running hash of a box that has taken nothing."""


@dataclass(slots=True)
class HeldBox:
    """What was opened, and what has happened since. Times are in milliseconds."""

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
        """Whether it takes nothing any more."""
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

    def reason_against(self, press: BoxPress) -> RefusalReason | None:
        """Why a press changes nothing, or None."""
        match self.phase:
            case BoxPhase.SUSPENDED:
                return RefusalReason.NOT_OPEN
            case BoxPhase.CLOSED | BoxPhase.CANCELLED:
                return RefusalReason.CLOSED
            case BoxPhase.OPEN:
                pass
            case _:
                assert_never(self.phase)
        right = self.opening.roll.get(press.member)
        if right is None:
            return RefusalReason.NOT_ON_ROLL
        if right is Right.SUSPENDED:
            return RefusalReason.SUSPENDED_RIGHT
        accepted = self.opening.choices
        if not press.choice or (accepted is not None and press.choice not in accepted):
            return RefusalReason.BAD_CHOICE
        if press.sealed and press.choice in self.sealed:
            return RefusalReason.BAD_CHOICE
        if not self.opening.revocable and press.member in self.votes:
            return RefusalReason.NOT_REVOCABLE
        return None

    def shown_changes(self, press: BoxPress) -> int:
        """1 if the hall may see that this press changed something, else 0."""
        held = self.votes.get(press.member)
        new_voter = held is None
        changed = held is not None and held.choice != press.choice
        match self.opening.disclosure:
            case Disclosure.NONE:
                return 0
            case Disclosure.TURNOUT:
                return int(new_voter)
            case Disclosure.COUNTS | Disclosure.INDIVIDUAL:
                return int(new_voter or changed)
            case _:
                assert_never(self.opening.disclosure)

    def settled(self, press: BoxPress, outcome: PressOutcome) -> PressOutcome:
        """Say of an accepted press whether it holds after the whole group."""
        match outcome:
            case RefusedPress():
                return outcome
            case Accepted(n=n, repeated=repeated):
                held = self.votes.get(press.member)
                current = held is not None and held.n == n
                return Accepted(n, press.choice, current, repeated)
            case _:
                assert_never(outcome)

    def take(self, press: BoxPress) -> Accepted:
        """Take a press against which there is no reason."""
        self.n += 1
        self.chain = _hash(self.chain, press.member, press.press_id, press.choice)
        vote = HeldVote(press.choice, self.n, press.press_id)
        self.votes[press.member] = vote
        self.presses[press.member, press.press_id] = vote
        if press.sealed:
            kept = SealedPress(self.n, press.member, press.press_id, press.choice, press.sealed)
            self.sealed[press.choice] = kept
        return Accepted(self.n, press.choice, current=False, repeated=False)

    def state(self, revision: int) -> BoxState:
        """The box as everybody is told of it, at this revision of the hall."""
        counts = dict.fromkeys(self.opening.choices or (), 0)
        if self.opening.choices is not None:
            for vote in self.votes.values():
                counts[vote.choice] += 1
        return BoxState(
            ballot=self.opening.ballot,
            phase=self.phase,
            fence=self.fence,
            incarnation=self.incarnation,
            n=self.n,
            chain=_hash(self.opening.mask, self.chain) if self.opening.mask else self.chain,
            voters=len(self.votes),
            counts=counts,
            opened_at=self.opened_at,
            closes_at=self.closes_at,
            remaining=self.remaining,
            closed_at=self.closed_at,
            last_call=self.last_call,
            revision=revision,
        )


def _hash(*parts: str) -> str:
    return hashlib.sha1(SEPARATOR.join(parts).encode(), usedforsecurity=False).hexdigest()
