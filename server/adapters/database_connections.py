"""Which of a database's connections are still to be used.

Rule: who has one keeps it until it is done; one that is to be left is made anew before it is used
again. Where a standby was promoted, the server that it replaced may come back and take writes, too:
each promotion begins a timeline (PostgreSQL's manual, "Timelines"), and all leave the older ones.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Connections:
    """Those of one database, in use or waiting for it."""

    generation: int = 0
    timeline: int = 0
    """The newest that was seen; 0 before any, and with SQLite."""

    def leave(self) -> None:
        """Each is made anew before it is used again."""
        self.generation += 1

    def seen(self, timeline: int) -> None:
        """One was made to a server with this timeline: what is older is left."""
        if timeline > self.timeline:
            self.timeline = timeline
            self.leave()
