"""A majority: a fraction of a base, reached with "at least" or with "more than".

Rule: whole numbers only. A majority never asks for less than one vote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.rules.reading import flag, fraction, joined, table


@dataclass(frozen=True, slots=True)
class Majority:
    """`numerator`/`denominator` of the base, with 1 <= numerator <= denominator.

    `at_least` carries at the fraction or more; otherwise more than the fraction is needed.
    """

    numerator: int
    denominator: int
    at_least: bool

    def __post_init__(self) -> None:
        if not 1 <= self.numerator <= self.denominator:
            raise ValueError(
                f"a majority of {self.numerator}/{self.denominator} is no share of a base; "
                "give a fraction above 0 and up to 1"
            )

    def needed(self, base: int) -> int:
        """Return the least number of votes that reaches this majority of `base`, at least 1."""
        share = self.numerator * base
        if self.at_least:
            return max(1, -(-share // self.denominator))
        return share // self.denominator + 1

    @property
    def is_more_than_half(self) -> bool:
        """Whether this is the simple majority: more than half."""
        return not self.at_least and 2 * self.numerator == self.denominator

    @property
    def can_be_reached(self) -> bool:
        """Whether any vote can reach it: "more than all" never can."""
        return self.at_least or self.numerator < self.denominator

    def as_json(self) -> dict[str, object]:
        """Return the majority as `{"of":[n,d],"at_least":bool}`."""
        return {"of": [self.numerator, self.denominator], "at_least": self.at_least}


SIMPLE = Majority(1, 2, at_least=False)
"""More than half."""

TWO_THIRDS = Majority(2, 3, at_least=True)
"""Two-thirds or more."""


def majority_from_json(value: object, path: str) -> Majority:
    """Read `{"of":[n,d],"at_least":bool}`; raises `Malformed`."""
    return majority_of(table(value, path, ("of", "at_least")), path)


def majority_of(keys: Mapping[str, object], path: str) -> Majority:
    """Read `of` and `at_least` from a table that was checked for them; raises `Malformed`."""
    numerator, denominator = fraction(keys["of"], joined(path, "of"))
    return Majority(numerator, denominator, flag(keys["at_least"], joined(path, "at_least")))
