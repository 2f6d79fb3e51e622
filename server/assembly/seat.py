"""Seats in the hall.

Rule: a seat belongs to one Member; a Member may have several, and still casts one vote.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat, by its id in the hall ("AF-1"), and the code of the Member who sits there."""

    id: str
    member: str
