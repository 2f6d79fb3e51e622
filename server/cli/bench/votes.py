"""Presses as the bench plans them, and whether what it was told about them adds up.

Rule: a latency counts from the scheduled press. Every press is receipted, refused or (after a long
wait) unanswered, and the declared count holds each receipted vote once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from server.cli.bench.failure import BenchFailed

CHOICES = ("yes", "no", "abstain")


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of the presses of one stretch. Times are of the monotonic clock, in seconds."""

    latencies: list[float]
    """From the scheduled press to its receipt."""
    accepted: dict[int, float]
    """Number in the ballot → when that press was scheduled."""
    choices: dict[str, int]
    refused: dict[str, int]
    unanswered: int


def evenly_random(start: float, window: float, presses: int, seed: int) -> list[float]:
    """When people press within a window: at random moments, in order."""
    random = Random(seed)  # noqa: S311  # moments, not secrets
    return sorted(start + random.random() * window for _ in range(presses))


def choices_for(presses: int, seed: int) -> list[str]:
    """What they press."""
    return Random(seed).choices(CHOICES, (6, 3, 1), k=presses)  # noqa: S311  # no secret


def answers_of(told: Sequence[Mapping[str, Any]]) -> Answers:
    """The generators' answers to `press`, put together.

    Raises BenchFailed if a number came twice.
    """
    latencies: list[float] = []
    accepted: dict[int, float] = {}
    choices: dict[str, int] = {}
    refused: dict[str, int] = {}
    unanswered = 0
    for each in told:
        _add(refused, each["refused"])
        _add(choices, each["choices"])
        for scheduled, answered, n in zip(
            each["scheduled"], each["answered"], each["n"], strict=True
        ):
            if not answered:
                unanswered += 1
            elif n:
                latencies.append(answered - scheduled)
                if accepted.setdefault(n, scheduled) != scheduled:
                    raise BenchFailed(f"two presses were receipted as number {n}")
    return Answers(latencies, accepted, choices, refused, unanswered)


def check_count(answers: Answers, counted: Mapping[str, int]) -> None:
    """Compare what was declared with what was receipted. Raises BenchFailed.

    A press without an answer may have counted: a receipt proves, its absence does not.
    """
    for choice in CHOICES:
        receipted, declared = answers.choices.get(choice, 0), counted.get(choice, 0)
        if not receipted <= declared <= receipted + answers.unanswered:
            raise BenchFailed(
                f"{receipted} receipts for {choice!r}, and {declared} were declared "
                f"({answers.unanswered} presses had no answer)"
            )


def delays(accepted: Mapping[int, float], shown: Sequence[tuple[int, float]]) -> list[float]:
    """From each scheduled press to the first view of one screen that counts it.

    `shown` has (votes shown, when) in order; a view that shows n votes shows the first n presses,
    as long as each Member presses once. Presses that it never showed are left out.
    """
    numbers = [voted for voted, _ in shown]
    found: list[float] = []
    for n, scheduled in accepted.items():
        at = bisect_left(numbers, n)
        if at < len(shown):
            found.append(shown[at][1] - scheduled)
    return found


def _add(count: dict[str, int], more: Mapping[str, int]) -> None:
    for name, value in more.items():
        count[name] = count.get(name, 0) + value
