"""The scrutineers' key ceremony as the journal tells it.

Rule: pure. The hall is only the notice board of three scrutineers: what it holds are their public
messages, byte for byte as they sent them, and never a secret. Messages are checked before they are
journaled (`scrutiny`); the fold takes them as they stand, so that reading the journal costs no
arithmetic. The steps are those of the Belenios 2.0 specification, section 3.1.1 ("Pedersen").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from server.vocabulary import CeremonyStep

SCRUTINEERS: Final = 3
"""How many scrutineers hold a share of the key."""

THRESHOLD: Final = 2
"""How many of them open a tally."""

CEREMONY_BEGUN: Final = "ceremony_begun"
CEREMONY_MESSAGE: Final = "ceremony_message"
CEREMONY_FINISHED: Final = "ceremony_finished"


@dataclass(frozen=True, slots=True)
class ElectionKey:
    """What a finished ceremony made, in force for every secret ballot that is announced from now.

    `scrutineers` are in the order of their trustee numbers. `trustees` is the exact Belenios text,
    `public_key` the election key in it (decimal), `signature_keys` those of the scrutineers'
    certificates (decimal), with which they sign lists.
    """

    ceremony: int
    scrutineers: tuple[str, ...]
    trustees: str
    public_key: str
    signature_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ceremony:
    """The latest ceremony. `number` is the journal number of the entry that began it.

    `reason` is why it replaces an earlier one, `messages` what each scrutineer has given so far.
    """

    number: int
    scrutineers: tuple[str, ...]
    reason: str | None
    messages: Mapping[CeremonyStep, Mapping[str, str]]
    keys: ElectionKey | None

    @property
    def step(self) -> CeremonyStep | None:
        """The step that somebody has yet to take, or None when all three have taken all."""
        return next((step for step in CeremonyStep if self.missing(step)), None)

    def missing(self, step: CeremonyStep) -> tuple[str, ...]:
        """Who has not given this step's message."""
        given = self.messages.get(step, {})
        return tuple(name for name in self.scrutineers if name not in given)

    def texts(self, step: CeremonyStep) -> tuple[str, ...]:
        """The messages of a step that all have taken, in the order of the scrutineers."""
        given = self.messages[step]
        return tuple(given[name] for name in self.scrutineers)

    def trustee(self, scrutineer: str) -> int | None:
        """A scrutineer's trustee number, from 1; None for whoever is not in this ceremony."""
        if scrutineer not in self.scrutineers:
            return None
        return self.scrutineers.index(scrutineer) + 1


def begun(number: int, payload: Mapping[str, Any]) -> Ceremony:
    """The ceremony that entry `number` begins."""
    return Ceremony(number, tuple(payload["scrutineers"]), payload["reason"], {}, None)


def with_message(ceremony: Ceremony, payload: Mapping[str, Any]) -> Ceremony:
    """The ceremony with one more message."""
    step = CeremonyStep(payload["step"])
    given = {**ceremony.messages.get(step, {}), payload["scrutineer"]: payload["text"]}
    return replace(ceremony, messages={**ceremony.messages, step: given})


def finished(ceremony: Ceremony, payload: Mapping[str, Any]) -> Ceremony:
    """The ceremony with its keys."""
    keys = ElectionKey(
        ceremony=ceremony.number,
        scrutineers=ceremony.scrutineers,
        trustees=payload["trustees"],
        public_key=payload["public_key"],
        signature_keys=tuple(payload["signature_keys"]),
    )
    return replace(ceremony, keys=keys)
