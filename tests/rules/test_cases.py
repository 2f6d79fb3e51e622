"""Real votes of real assemblies, and boundary cases, each with the outcome that it must give.

`cases.jsonl` came with the format; `more_cases.jsonl` are our own, worked out by hand.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.rules.decide import decide_case, rule_from_json

HERE = Path(__file__).parent
CASES = [
    json.loads(line)
    for file in ("cases.jsonl", "more_cases.jsonl")
    for line in (HERE / file).read_text(encoding="utf-8").splitlines()
]


def comparable(key: str, value: object) -> object:
    """A result's value as cases compare it: the lists in `next` are sets."""
    if key != "next" or not isinstance(value, dict):
        return value
    return {name: sorted(part) if isinstance(part, list) else part for name, part in value.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case_gives_what_history_or_arithmetic_says(case: dict[str, dict[str, object]]) -> None:
    result = decide_case(case)
    got = {key: comparable(key, result[key]) for key in case["expect"]}
    assert got == {key: comparable(key, value) for key, value in case["expect"].items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_rule_survives_the_journal(case: dict[str, object]) -> None:
    rule = rule_from_json(case["rule"])
    stored = json.dumps(rule.as_json())
    assert rule_from_json(json.loads(stored)) == rule


def test_no_two_cases_are_called_the_same() -> None:
    names = [case["id"] for case in CASES]
    assert len(set(names)) == len(names)


def test_every_kind_of_rule_is_among_the_cases() -> None:
    assert {case["rule"]["kind"] for case in CASES} == {"motion", "all_of", "election"}
