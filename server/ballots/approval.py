"""The second approval: a command that one person asks for and another one confirms.

Rule: where the assembly's `two_person` setting holds a command, asking for it changes nothing but
the journal; it is carried out when another person approves. Whatever else happens to the ballot
in between makes the question void. The record names both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from server.ballots.tellers import person
from server.vocabulary import Command

CONFIRMED_BY_ENTRY: Final = frozenset({Command.HANDS, Command.PAPER})
"""What two people do by entering the same numbers, see `tellers`: nobody approves it."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A command that waits for a second person.

    `ask` are the fields that it was asked with, `by` the actor, `at` milliseconds since 1970,
    `seq` the entry. `approved_by` is set while an approved command is carried out.
    """

    command: Command
    ask: Mapping[str, Any]
    by: str
    at: int
    seq: int
    approved_by: str | None = None


def is_another(pending: Pending, actor: str) -> bool:
    """Whether the actor is somebody else than who asked, in whatever role."""
    return person(pending.by) != person(actor)
