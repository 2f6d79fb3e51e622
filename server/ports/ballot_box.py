"""The ballot box: what is open, and what it took."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple, Protocol

from server.vocabulary import Choice, Disclosure, RefusalReason


class BoxPhase(StrEnum):
    """What a box does with presses. `closed` and `cancelled` are latches: nothing leaves them."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Right(StrEnum):
    """A Member's line on the frozen roll, as the box needs it."""

    ENTITLED = "entitled"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class BoxOpening:
    """What a box is opened with; it never changes afterwards.

    `fence` is the seq of the journal entry that opened the ballot. `roll` has every Member whose
    line is on the roll. `choices` are the accepted answers; None takes any that is not empty and
    counts none: the hall has validated them (papers of an election, written as one text).
    `seconds` starts a timer. With a `mask`, a secret that is kept in the box alone, the running
    hash never leaves the box: a box that keeps no link has one.
    """

    ballot: str
    fence: int
    incarnation: str
    roll: Mapping[str, Right]
    choices: tuple[str, ...] | None
    revocable: bool
    disclosure: Disclosure
    seconds: int | None
    auto_close: bool
    mask: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class BoxState:
    """A box at one instant. Times are milliseconds of the box's own clock since 1970.

    `n` is the number of accepted presses, `chain` their running hash (40 hex digits: at n the
    SHA-1 of `chain(n-1) + "|" + member + "|" + press_id + "|" + choice`, from forty zeros): two
    boxes with the same (incarnation, n, chain) took the same presses in the same order. Of a box
    with a mask it is the SHA-1 of `mask + "|" + chain(n)` instead, which says the same, but from
    which nobody without the mask can try out who voted what.
    `counts` names every accepted answer, and is empty where the box was opened without a list.
    `revision` is the hall's revision at that instant.
    """

    ballot: str
    phase: BoxPhase
    fence: int
    incarnation: str
    n: int
    chain: str
    voters: int
    counts: Mapping[str, int]
    opened_at: int
    closes_at: int | None
    remaining: int | None
    closed_at: int | None
    last_call: bool
    revision: int


class HeldVote(NamedTuple):
    """What the box holds for one Member."""

    choice: str
    n: int
    press_id: str


class BoxPress(NamedTuple):
    """One press. `generation` is what the seat's `hello` took.

    Of a secret ballot `choice` is the tracker, the hash of `sealed`, which is the sealed text.
    """

    member: str
    generation: int
    press_id: str
    choice: str
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class SealedPress:
    """A sealed ballot that the box took as number `n`; nothing is known of its proofs."""

    n: int
    member: str
    press_id: str
    tracker: str
    text: str


class Accepted(NamedTuple):
    """The vote is on disk as number `n`. `current` is false once a later press superseded it.

    A repeated press_id with the same choice gives the first answer's `n` again, in any phase
    until the box is removed.
    """

    n: int
    choice: str
    current: bool
    repeated: bool


@dataclass(frozen=True, slots=True)
class RefusedPress:
    """The press changed nothing. `phase` is the box's, or None where there is no box."""

    reason: RefusalReason
    phase: BoxPhase | None


PressOutcome = Accepted | RefusedPress


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """The outcome of each press, in the order of the group, and the box afterwards."""

    outcomes: tuple[PressOutcome, ...]
    state: BoxState | None
    """None where there is no box for the ballot: then every outcome is `unknown_ballot`
    (or `replaced`, which is checked first)."""


@dataclass(frozen=True, slots=True)
class Landed:
    """What a group changed, for those who show it: accepted presses and the box after them."""

    ballot: str
    presses: tuple[tuple[str, Accepted, str], ...]
    """(member, accepted, press_id) in the order of their numbers."""
    state: BoxState

    @property
    def fresh(self) -> int:
        """How many of the presses were not taken before."""
        return sum(not accepted.repeated for _, accepted, _ in self.presses)

    @property
    def before(self) -> int:
        """The box's `n` before this group."""
        return self.state.n - self.fresh


@dataclass(frozen=True, slots=True)
class NoBox:
    """There is no box for this ballot."""


@dataclass(frozen=True, slots=True)
class StaleFence:
    """A command with a newer journal seq was applied already; this one changed nothing."""

    fence: int


@dataclass(frozen=True, slots=True)
class Latched:
    """The box is closed or cancelled for good; the command changed nothing."""

    state: BoxState


BoxChange = BoxState | NoBox | StaleFence | Latched


def idle() -> None:
    """There is nothing to do meanwhile."""


class BallotBox(Protocol):
    """Open ballots, generations of voting rights, presence and the hall's revision.

    Durability: when a call returns, its effect is on disk (Redis `appendfsync always`). Every
    call may raise `StoreUnavailable`.
    """

    async def hall_incarnation(self, fresh: str) -> tuple[str, bool]:
        """The identity of this store's data, set to `fresh` if it has none yet.

        Returns (incarnation, whether it was just set). Idempotent. A store that was wiped
        answers with the fresh one.
        """
        ...

    async def now(self) -> int:
        """The box's clock in milliseconds since 1970."""
        ...

    async def bump(self) -> int:
        """Raise the hall's revision by one and return it. Never goes backwards."""
        ...

    async def raise_revision(self, least: int) -> int:
        """Raise the hall's revision to at least `least`; returns the revision. Idempotent."""
        ...

    async def take_generations(self, members: Sequence[str]) -> tuple[int, ...]:
        """For each of these, in order, a new generation (from 1) of the Member's voting right;
        lower ones are `replaced`. A Member may be named more than once."""
        ...

    async def generations(self, members: Collection[str]) -> Mapping[str, int]:
        """The generations that were taken last, of those of these Members who have one."""
        ...

    async def open(self, opening: BoxOpening) -> BoxChange:
        """Make the box and open it. Idempotent by fence: the same opening again gives its state.

        An existing box of the same ballot with a lower fence *and another incarnation* is
        replaced by an empty one (the operator reopened a ballot in doubt); with the same
        incarnation, or a higher fence, StaleFence. A latched box: Latched.
        """
        ...

    async def press(
        self, ballot: str, group: Sequence[BoxPress], meanwhile: Callable[[], None] = idle
    ) -> GroupOutcome:
        """Apply presses in order, atomically: all are validated before the first write.

        `meanwhile` is what the caller has to do while the store is at work. It is called when the
        group is on its way, and before the call waits for anything else: once at least, unless
        the call fails before.

        Each press is checked for: generation (`replaced`), press_id (a repeat answers again;
        with another choice `press_id_reused`), box and phase (`unknown_ballot`, `not_open` while
        suspended, `closed`), roll (`not_on_roll`, `suspended_right`), choice (`bad_choice`, also
        for a sealed ballot that was taken before), revocability (`not_revocable`), in this order.
        A due auto-close latches first.
        `current` says whether the press still holds after the whole group. The revision rises
        by the number of changes that the ballot's disclosure shows: none: 0; turnout: new
        voters; counts and individual: new voters and changed choices.
        """
        ...

    async def suspend(self, ballot: str, fence: int) -> BoxChange:
        """Take no presses until resumed; what is left of the timer is kept. Idempotent by fence."""
        ...

    async def resume(self, ballot: str, fence: int, incarnation: str | None = None) -> BoxChange:
        """Take presses again; the timer runs on. Idempotent by fence.

        `incarnation` replaces the box's own (the operator accepted a ballot in doubt as it is).
        """
        ...

    async def extend(self, ballot: str, fence: int, seconds: int) -> BoxChange:
        """Move the closing time later (or start a timer from now). Idempotent by fence."""
        ...

    async def last_call(self, ballot: str, fence: int) -> BoxChange:
        """Note that the bell rang. Idempotent by fence."""
        ...

    async def close(self, ballot: str) -> BoxState | NoBox:
        """Latch `closed`. Idempotent; a cancelled box stays cancelled."""
        ...

    async def close_if_due(self, ballot: str, closes_at: int) -> BoxState | NoBox:
        """Latch `closed` if the box closes by itself, at `closes_at`, and that time has passed.

        Idempotent; changes nothing if the closing time is another by now.
        """
        ...

    async def keep_time(self, ballot: str, elapsed_ms: int | None) -> BoxState | NoBox:
        """Look at the box's timer, knowing how much time has really passed.

        `elapsed_ms` is the time since the caller's last call for this ballot, by a clock that does
        not jump; None for its first. Where the box's own clock has gone `CLOCK_JUMP_MS` further, or
        back by as much, it has jumped, and the closing time moves with it. Called every second:
        from the first call on, a due auto-close latches only where the last one is no longer ago
        than that, or in this call itself, and then is closed from now on.
        """
        ...

    async def cancel(self, ballot: str) -> BoxState | NoBox:
        """Latch `cancelled`. Idempotent; a closed box becomes cancelled too."""
        ...

    async def state(self, ballot: str) -> BoxState | NoBox:
        """The box now. A due auto-close latches first."""
        ...

    async def votes(self, ballot: str) -> Mapping[str, HeldVote]:
        """What the box holds, by Member; empty where there is no box."""
        ...

    async def sealed(
        self, ballot: str, trackers: Collection[str] | None = None
    ) -> tuple[SealedPress, ...]:
        """Every sealed ballot that was taken, changed ones too, in the order of their numbers.

        With `trackers`, only those of these that were.
        """
        ...

    async def disown(self, ballot: str, member: str, numbers: Collection[int]) -> BoxState | NoBox:
        """These presses of a Member do not count: their proofs do not hold. Give all so far.

        The Member's vote is then its highest other press, or none. Idempotent; a latched box,
        or one that was opened with a list of choices, is left as it is. The revision rises if the
        disclosure shows the change: turnout: a voter fewer; counts and individual: any.
        """
        ...

    async def held_presses(self, asked: Sequence[tuple[str, str, str]]) -> list[int | None]:
        """The number that each press, by ballot, Member and press_id, was accepted as, or None."""
        ...

    async def remove(self, ballot: str) -> None:
        """Forget the box and its press_ids (after certification). Idempotent."""
        ...

    async def erase(self, ballot: str) -> int:
        """Forget what the box took, and rewrite what is on disk, so that nothing is left there.

        Of a box there is left that it is closed or cancelled, until it is removed: with n 0, no
        votes, no counts and no mask, so that no late `open` makes another. Idempotent: it is done
        again, with a box or without. Returns how many replicas have files of their own, which
        this call does not reach: those connected, or as many as are demanded if that is more.
        """
        ...

    async def with_votes(self, ballots: Collection[str]) -> frozenset[str]:
        """Those of these ballots whose box holds votes."""
        ...

    async def lease_presence(self, members: Collection[str], ms: int) -> None:
        """These Members are present for `ms` from now; an earlier, longer lease stays.

        No lease stays that is longer than `LONGEST_LEASE_MS`.
        """
        ...

    async def end_presence(self, members: Collection[str]) -> None:
        """These Members' leases end now. Idempotent."""
        ...

    async def present(self) -> frozenset[str]:
        """The Members whose lease has not run out."""
        ...

    async def remember(self, field: str, value: str) -> None:
        """Keep a small setting of the hall (the scene on air). Last writer wins."""
        ...

    async def recall(self, field: str) -> str | None:
        """A setting kept by `remember`, or None."""
        ...


PRESENCE_GRACE_MS: Final = 30_000
"""How long a Member whose seats are all offline still counts as present."""

LONGEST_LEASE_MS: Final = 900_000
"""No lease is longer: one that seems to be was given before the box's clock went back."""

CLOCK_JUMP_MS: Final = 5_000
"""How far the box's clock may be from what has really passed before it has jumped."""

CHOICES: Final = tuple(choice.value for choice in Choice)
"""The answers to a motion."""
