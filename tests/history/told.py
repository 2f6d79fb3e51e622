"""The history: what clients sent and heard, in the order of one clock.

A *client* is one seat or screen across all its connections and servers; an *attempt* is a press
handed to a socket, whether or not anything came back. Views are kept as what they showed
(`seen.py`), not whole, so that a long history fits in memory.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.history.seen import Seen, seen_in

Choice = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A seat sent a press, perhaps not for the first time."""

    at: float
    client: str
    member: str
    ballot: str
    press_id: str
    choice: Choice | None
    """Of a sealed ballot what is in it, which nobody learns but the seat and the checker; None
    where it is no vote."""
    tracker: str | None = None
    """Of a sealed ballot, by what it is found in the archive."""

    @property
    def said(self) -> Choice | None:
        """What the hall was told: the choice, or the tracker of what it is sealed in."""
        return self.choice if self.tracker is None else self.tracker


@dataclass(frozen=True, slots=True)
class Received:
    """A seat was told that its sealed ballot is on disk, and not yet that it counts."""

    at: float
    client: str
    member: str
    ballot: str
    press_id: str
    tracker: str
    n: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A seat was told that its press is on disk."""

    at: float
    client: str
    member: str
    ballot: str
    press_id: str
    choice: Choice | None
    n: int
    code: str
    current: bool
    tracker: str | None = None
    signature: str | None = None

    @property
    def said(self) -> Choice | None:
        """What the hall says it took: the choice, or the tracker of what it is sealed in."""
        return self.choice if self.tracker is None else self.tracker


@dataclass(frozen=True, slots=True)
class Refusal:
    """A seat was told that its press changed nothing, or (`unavailable`) that nobody knows."""

    at: float
    client: str
    member: str
    press_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Look:
    """A client was sent a view. `audience` is seat, display, chair or console."""

    at: float
    client: str
    audience: str
    member: str | None
    epoch: str
    seq: int
    seen: Seen | None
    """What it showed of the ballot on the floor; None without one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An operator sent a command under a key, perhaps not for the first time."""

    at: float
    key: str
    ballot: str
    command: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: a status of HTTP, or None where the connection ended before an answer."""

    at: float
    key: str
    ballot: str
    command: str
    status: int | None


@dataclass
class History:
    """Append only. `clock` gives seconds that never go back; a test gives its own."""

    clock: Callable[[], float] = time.monotonic
    attempts: list[Attempt] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    answered: list[Answered] = field(default_factory=list)
    prepared: list[str] = field(default_factory=list)
    """Ballots whose preparation was acknowledged."""
    given_up: set[str] = field(default_factory=set)
    """Presses of which their seats never heard what became of them, and pressed anew."""
    tears: list[float] = field(default_factory=list)
    """When the store's last write was taken away while everything was dead: what was `received`
    and not receipted may be gone, and nobody holds what would show it."""

    def send(
        self,
        client: str,
        member: str,
        ballot: str,
        press_id: str,
        choice: str | Sequence[str] | None,
        tracker: str | None = None,
    ) -> None:
        """Note a press *before* it is handed to the socket."""
        self.attempts.append(
            Attempt(self.clock(), client, member, ballot, press_id, _choice(choice), tracker)
        )

    def hear(
        self, client: str, audience: str, frame: Mapping[str, Any], member: str | None = None
    ) -> None:
        """Note a frame that arrived: an answer to a press, or a view; others say nothing."""
        match frame:
            case {"type": "received"}:
                self.received.append(
                    Received(
                        at=self.clock(),
                        client=client,
                        member=member or client,
                        ballot=frame["ballot"],
                        press_id=frame["press_id"],
                        tracker=frame["tracker"],
                        n=frame["n"],
                    )
                )
            case {"type": "receipt"}:
                self.receipts.append(
                    Receipt(
                        at=self.clock(),
                        client=client,
                        member=member or client,
                        ballot=frame["ballot"],
                        press_id=frame["press_id"],
                        choice=_choice(frame.get("choice")),
                        n=frame["n"],
                        code=frame["code"],
                        current=frame["current"],
                        tracker=frame.get("tracker"),
                        signature=frame.get("signature"),
                    )
                )
            case {"type": "refused"}:
                self.refusals.append(
                    Refusal(
                        self.clock(), client, member or client, frame["press_id"], frame["reason"]
                    )
                )
            case {"type": "view", "epoch": epoch, "seq": seq, "view": view}:
                seen = seen_in(view)
                self.looks.append(Look(self.clock(), client, audience, member, epoch, seq, seen))
            case _:
                pass

    def ask(self, key: str, ballot: str, command: str) -> None:
        """Note a command *before* it is sent."""
        self.asked.append(Asked(self.clock(), key, ballot, command))

    def answer(self, key: str, ballot: str, command: str, status: int | None) -> None:
        """Note what came back, or that nothing did."""
        self.answered.append(Answered(self.clock(), key, ballot, command, status))


def _choice(choice: str | Sequence[str] | None) -> Choice | None:
    return choice if choice is None or isinstance(choice, str) else tuple(choice)
