"""Members of the assembly.

Rule: a Member's names come from the list that the assembly approved. `approved` says whether
somebody has confirmed the four names; screens may show an unapproved name, the console says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from server.assembly.texts import Texts

TILE_LENGTH: Final = 18
"""The most characters that a tile of the board shows without clipping."""


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody who sits for a Member. At most one of a delegation is its `head`."""

    name: str
    head: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A Member: one country, one vote.

    `code` is its key everywhere (ISO 3166-1 alpha-2 in the sample), `region` the one that
    elections use. `tile` is the name as small tiles show it, at most `TILE_LENGTH` characters.
    `sort_keys` give its place in each language's alphabetical list. `suspended` means that its
    right to vote is suspended; it still counts among the Members. `weights` are what its vote
    weighs where a rulebook counts votes by weight, by the weight's name; one that is not given is
    nought, so that a chamber may be a weight that only its Members have. `delegates` may sit for
    it, and one of them votes: the last one that the vote was `handed_to`.
    """

    code: str
    region: str
    names: Texts
    tile: Texts
    sort_keys: Texts
    suspended: bool
    approved: bool
    weights: Mapping[str, int] = field(default_factory=dict)
    delegates: tuple[Delegate, ...] = ()
    handed_to: str | None = None

    @property
    def votes_by(self) -> str | None:
        """The delegate who votes: to whom it was handed over last, else the head of the delegation,
        else its only delegate. None where nobody is named."""
        named = {each.name for each in self.delegates}
        if self.handed_to in named:
            return self.handed_to
        heads = [each.name for each in self.delegates if each.head]
        return heads[0] if heads else (self.delegates[0].name if len(named) == 1 else None)
