"""Why a bench could not be carried out."""

from __future__ import annotations


class BenchFailed(Exception):
    """The bench cannot go on, or what it saw contradicts a receipt; the message says which."""
