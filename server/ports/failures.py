"""How a call to the world fails, where that is no expected outcome."""

from __future__ import annotations


class StoreUnavailable(Exception):
    """A store did not answer, or answered short of its promise: the effect is unknown."""


class ProofsUnavailable(Exception):
    """Who checks proofs did not answer: ask again."""
