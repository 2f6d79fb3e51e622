from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.decide import decide_case
from server.rules.reading import Malformed

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases.jsonl").read_text(encoding="utf-8").splitlines()
]
MOTION = next(case for case in CASES if case["id"] == "simple-tie")
ELECTION = next(case for case in CASES if case["id"] == "ioc-2020-host-r2")

any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def places_in(value: object) -> list[tuple[str | int, ...]]:
    """Every path inside a JSON value, the value itself included."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [(), *((key, *rest) for key, part in inner for rest in places_in(part))]


@st.composite
def spoilt_cases(draw: st.DrawFn) -> object:
    """A real case with one value replaced, one key removed or one key added."""
    case = copy.deepcopy(draw(st.sampled_from(CASES)))
    *outer, last = draw(st.sampled_from(places_in(case)[1:]))
    within = case
    for key in outer:
        within = within[key]
    change = draw(st.sampled_from(["replace", "remove", "add"]))
    if change == "replace":
        within[last] = draw(any_json)
    elif change == "remove":
        del within[last]
    elif isinstance(within, dict):
        within[draw(st.text(max_size=8))] = draw(any_json)
    return case


@given(any_json | spoilt_cases())
def test_a_case_is_decided_or_malformed_and_nothing_else(case: object) -> None:
    try:
        answer = decide_case(case)
    except Malformed as problem:
        answer = {"error": str(problem)}
    assert json.loads(json.dumps(answer)) == answer
    assert answer.get("error") != ""


@given(st.sampled_from(CASES), st.text(min_size=1))
def test_no_unknown_key_goes_unnoticed(case: dict[str, object], key: str) -> None:
    known = {"id", "rule", "count", "rounds", "source", "expect"}
    unknown = f"{key}x" if key in known else key
    with pytest.raises(Malformed, match="unknown key"):
        decide_case({**case, unknown: 1})


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ([], r"^expected an object with keys, got \[\]"),
        ({}, "^id: missing; add it"),
        ({"id": "x"}, "^rule: missing; add it"),
        ({"id": "x", "rule": 3}, "^rule: expected an object with keys, got 3"),
        ({"id": "x", "rule": {}}, "^rule.kind: missing; add motion, all_of or election"),
        ({"id": "x", "rule": {"kind": "vote"}}, "^rule.kind: expected one of motion, all_of"),
        ({**MOTION, "id": None}, "^id: expected a text or a whole number, got None"),
        ({**MOTION, "rounds": []}, "^unknown key 'rounds'"),
        ({**ELECTION, "count": {}}, "^unknown key 'count'"),
        ({key: MOTION[key] for key in ("id", "rule")}, "^count: missing; add it"),
        ({key: ELECTION[key] for key in ("id", "rule")}, "^rounds: missing; add it"),
        ({**ELECTION, "rounds": []}, "^rounds: expected a list with at least one entry"),
        ({**ELECTION, "rounds": [{}]}, r"^rounds\[0\].votes: missing"),
        ({**ELECTION, "rounds": [{"votes": {}}]}, r"^rounds\[0\].votes: expected an object of"),
        ({**ELECTION, "rounds": [{"votes": {"A": -1}}]}, r"^rounds\[0\].votes.A: expected"),
        ({**ELECTION, "rounds": [{"votes": {"A": 1}, "tie_ballot": 0}]}, r"tie_ballot: expected"),
    ],
)
def test_error_names_key_and_remedy(case: object, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        decide_case(case)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"places": 0}, "rule.places: expected a whole number of at least 1, got 0"),
        ({"names_per_ballot": "1"}, "rule.names_per_ballot: .*without quotes"),
        ({"majority": []}, "rule.majority: expected a list with at least one entry"),
        ({"majority": {"of": [1, 2], "at_least": False}}, "rule.majority: expected a list"),
        ({"majority": [{"of": [1, 2]}]}, r"rule.majority\[0\].at_least: missing"),
        ({"base": "yes_no"}, "rule.base: expected one of valid, cast, members"),
        ({"reduce": {"method": "worst"}}, "rule.reduce.method: expected one of none, drop_last"),
        ({"reduce": {"method": "none", "from_round": 1}}, "rule.reduce.from_round: .* at least 2"),
        ({"tie": {"last": "tie_ballot"}}, "rule.tie.election: missing"),
        ({"tie": {"last": "coin", "election": "ask"}}, "rule.tie.last: expected one of"),
    ],
)
def test_election_rule_error_names_key_and_remedy(change: dict[str, object], said: str) -> None:
    with pytest.raises(Malformed, match=said):
        decide_case({**ELECTION, "rule": {**ELECTION["rule"], **change}})


def test_source_and_expectation_are_ignored() -> None:
    bare = {key: MOTION[key] for key in ("id", "rule", "count")}
    assert decide_case({**bare, "source": 1, "expect": []}) == decide_case(bare)


def test_motion_result_has_the_documented_shape() -> None:
    result = decide_case(MOTION)
    assert {key: result[key] for key in result if key != "explain"} == {
        "id": "simple-tie",
        "outcome": "tie",
        "base": 120,
        "needed": 61,
        "tied": True,
    }
    assert result["explain"] == {
        "base_name": "yes_no",
        "base": 120,
        "yes": 60,
        "majority": {"of": [1, 2], "at_least": False},
        "needed": 61,
        "failed": "equal_vote",
        "quorum": None,
    }


def test_election_result_has_the_documented_shape() -> None:
    assert decide_case(ELECTION) == {
        "id": "ioc-2020-host-r2",
        "elected": [],
        "next": {"ballot": ["Istanbul", "Tokyo"], "places": 1},
        "eliminated": ["Madrid"],
        "needed": 1,
        "base": 94,
    }
