"""Drawing a line under a number of candidates by their votes.

Rule: equal votes are never parted. Whoever stands equal across the line is handed back as tied.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cut:
    """Who is above the line, who below, and who is tied across it for `open_places`.

    `above` stands highest first. `tied` is empty where the line falls between two figures.
    """

    above: tuple[str, ...]
    tied: tuple[str, ...] = ()
    open_places: int = 0
    below: tuple[str, ...] = ()


def highest_first(votes: Mapping[str, int], names: Collection[str]) -> tuple[str, ...]:
    """Return names by votes, highest first; equals stand alphabetically, which decides nothing."""
    return tuple(sorted(names, key=lambda name: (-votes[name], name)))


def cut(votes: Mapping[str, int], names: Collection[str], keep: int) -> Cut:
    """Part `names` into the `keep` highest and the rest."""
    ranked = highest_first(votes, names)
    if len(ranked) <= keep:
        return Cut(ranked)
    line = votes[ranked[keep - 1]]
    if votes[ranked[keep]] < line:
        return Cut(ranked[:keep], below=ranked[keep:])
    above = tuple(name for name in ranked if votes[name] > line)
    return Cut(
        above,
        tied=tuple(name for name in ranked if votes[name] == line),
        open_places=keep - len(above),
        below=tuple(name for name in ranked if votes[name] < line),
    )
