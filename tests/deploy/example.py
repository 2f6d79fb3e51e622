"""What the example of a Redis holds for a hall with users, written as comments there."""

from __future__ import annotations

from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "deploy" / "redis" / "redis.conf"


def users(*more: str) -> list[str]:
    """Its lines of users, with these rights of the hall's user besides. Nobody is shut out."""
    starts = ("#user hall ", "#user replica ", "#user sentinel ", "#masteruser ", "#masterauth ")
    lines = [line[1:] for line in EXAMPLE.read_text().splitlines() if line.startswith(starts)]
    assert len(lines) == len(starts)
    return [" ".join((line, *more)) if line.startswith("user hall ") else line for line in lines]
