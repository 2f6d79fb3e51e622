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
class Member:
    """A Member: one country, one vote.

    `code` is its key everywhere (ISO 3166-1 alpha-2 in the sample), `region` the one that
    elections use. `tile` is the name as small tiles show it, at most `TILE_LENGTH` characters.
    `sort_keys` give its place in each language's alphabetical list. `suspended` means that its
    right to vote is suspended; it still counts among the Members. `weights` are what its vote
    weighs where a rulebook counts votes by weight, by the weight's name; one that is not given is
    nought, so that a chamber may be a weight that only its Members have.
    """

    code: str
    region: str
    names: Texts
    tile: Texts
    sort_keys: Texts
    suspended: bool
    approved: bool
    weights: Mapping[str, int] = field(default_factory=dict)
