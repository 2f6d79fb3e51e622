"""What is known of a database that says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from server.ports import StoreUnavailable


class Silence:
    """Whether the database is known to be silent. If so, only one asks it at a time."""

    def __init__(self) -> None:
        self.is_known = False
        self._somebody_asks = False

    @contextmanager
    def respected(self) -> Iterator[None]:
        """Around whatever asks the database. Raises `StoreUnavailable` at once where it is known to
        be silent and somebody else is waiting for it."""
        if not self.is_known:
            yield
            return
        if self._somebody_asks:
            raise StoreUnavailable("the database says nothing; it is being asked again")
        self._somebody_asks = True
        try:
            yield
        finally:
            self._somebody_asks = False
