from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.cli.decide import RuleMemory, answers, decide
from server.rules.decide import decide_case, rule_from_json

CASES = (Path(__file__).parent.parent / "rules" / "cases.jsonl").read_bytes()
SIMPLE = {"kind": "motion", "majority": {"of": [1, 2], "at_least": False}, "base": "yes_no"}


def case(name: object, **count: object) -> bytes:
    return json.dumps({"id": name, "rule": SIMPLE, "count": count}).encode() + b"\n"


def decided(tmp_path: Path, content: bytes) -> tuple[int, list[dict[str, object]]]:
    file = tmp_path / "cases.jsonl"
    file.write_bytes(content)
    out, err = io.StringIO(), io.StringIO()
    status = decide(str(file), out, err)
    assert err.getvalue() == ""
    assert out.getvalue().isascii()
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def test_all_cases_are_answered_in_order(tmp_path: Path) -> None:
    status, found = decided(tmp_path, CASES)
    assert status == 0
    assert found == [decide_case(json.loads(line)) for line in CASES.splitlines()]


@pytest.mark.parametrize(
    ("line", "named", "said"),
    [
        (b"{", None, "not a JSON value"),
        (b"\xff\xfe", None, "not a JSON value"),
        (b"[1]", None, "expected an object"),
        (b"[" * 100_000, None, "nested too deeply"),
        (b'{"id":"x","rule":{},"count":{}}', "x", "rule.kind: missing"),
        (b'{"id":{"a":1},"rule":{},"count":{}}', None, "rule.kind: missing"),
        (case("x", yes=1.0, no=2).strip(), "x", "count.yes: expected a whole number"),
        (case("x", yes=1, no=2, maybe=3).strip(), "x", "unknown key 'maybe'"),
        (case("x", yes=10**1001, no=2).strip(), "x", "count.yes: .* 1000 digits"),
        (b'{"id":"x","n":' + b"9" * 5000 + b"}", "x", "a number of 5000 digits"),
        (case("x", yes=2, no=1).replace(b"1", b"NaN").strip(), "x", "NaN is no number in JSON"),
        (b'{"id":"x","source":-Infinity}', "x", "-Infinity is no number in JSON"),
        (b'{"id":"x","rule":' + b"[" * 300 + b"]" * 300 + b"}", "x", "rule: expected an object"),
        (case("x", yes=1, no=2).replace(b'"no"', b'"yes"').strip(), "x", "'yes' stands twice"),
        (b'{"id":"x","id":"y","rule":{}}', None, "'id' stands twice"),
        (b'{"id" :"x","\\u0069d":"y"}', None, "'id' stands twice"),
        (case("x", yes=False, no=2).strip(), "x", "got False"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else str(value),
)
def test_malformed_line_gets_its_error_in_its_place(
    tmp_path: Path, line: bytes, named: object, said: str
) -> None:
    content = case("before", yes=2, no=1) + line + b"\n" + case("after", yes=1, no=2)
    status, found = decided(tmp_path, content)
    assert status == 1
    assert [answer["id"] for answer in found] == ["before", named, "after"]
    assert [answer.get("outcome") for answer in found] == ["adopted", None, "not_adopted"]
    assert set(found[1]) == {"id", "error"}
    assert re.search(said, str(found[1]["error"]))


def test_empty_lines_end_a_file_but_interrupt_a_batch(tmp_path: Path) -> None:
    status, found = decided(tmp_path, case("a", yes=1, no=0) + b"\n  \n")
    assert (status, [answer["id"] for answer in found]) == (0, ["a"])
    status, found = decided(tmp_path, b"\n" + case("a", yes=1, no=0).strip())
    assert (status, [answer["id"] for answer in found]) == (1, [None, "a"])
    assert found[0]["error"] == "the line is empty; remove it, or put a case there"


def test_an_empty_file_has_no_answers(tmp_path: Path) -> None:
    assert decided(tmp_path, b"") == (0, [])


def test_figures_beyond_any_machine_word(tmp_path: Path) -> None:
    status, found = decided(tmp_path, case("big", yes=10**40, no=10**40 - 1))
    assert status == 0
    assert (found[0]["outcome"], found[0]["base"]) == ("adopted", 2 * 10**40 - 1)


def test_fraction_beyond_any_machine_word(tmp_path: Path) -> None:
    rule = {**SIMPLE, "majority": {"of": [10**30, 10**31], "at_least": True}}
    line = json.dumps({"id": 1, "rule": rule, "count": {"yes": 1, "no": 9}}).encode()
    status, found = decided(tmp_path, line)
    assert (status, found[0]["needed"], found[0]["id"]) == (0, 1, 1)


@pytest.mark.parametrize("name", ["é", "قطر", '"', "\\", ":", "\ud800", "a\u2028b"])
def test_ids_of_any_script_come_back(tmp_path: Path, name: str) -> None:
    status, found = decided(tmp_path, case(name, yes=1, no=0))
    assert (status, found[0]["id"]) == (0, name)


def test_what_is_ignored_may_be_nested_deeper_than_the_quick_reader_goes(tmp_path: Path) -> None:
    line = case("deep", yes=1, no=0).strip()[:-1] + b',"source":' + b"[" * 300 + b"]" * 300 + b"}"
    status, found = decided(tmp_path, line)
    assert (status, found[0]["outcome"]) == (0, "adopted")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    missing = str(tmp_path / "none.jsonl")
    assert decide(missing, out, err) == 2
    assert out.getvalue() == ""
    assert missing in err.getvalue()
    assert "give a file" in err.getvalue()


def test_standard_input(tmp_path: Path) -> None:
    command = "import sys; from server.cli.decide import decide; "
    command += "sys.exit(decide('-', sys.stdout, sys.stderr))"
    ran = subprocess.run(
        [sys.executable, "-c", command],
        input=case("a", yes=2, no=1) + b"?\n",
        capture_output=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parent.parent.parent,
    )
    assert ran.returncode == 1
    assert [json.loads(line)["id"] for line in ran.stdout.splitlines()] == ["a", None]


@given(st.lists(st.binary(max_size=40) | st.sampled_from(CASES.splitlines()), max_size=8))
def test_one_answer_for_each_line_whatever_is_in_it(lines: list[bytes]) -> None:
    lines = [line.replace(b"\n", b" ") or b" " for line in lines]
    found = [json.loads(answer) for answer, _ in answers([*lines, case("end", yes=1, no=0)])]
    assert len(found) == len(lines) + 1
    assert found[-1]["outcome"] == "adopted"


def test_a_remembered_rule_is_the_rule() -> None:
    memory = RuleMemory()
    for n in [*range(1, 1500), 1]:
        rule = {**SIMPLE, "majority": {"of": [n, 2000], "at_least": True}}
        assert memory(rule) == rule_from_json(rule)
        assert memory(rule) is memory(rule)
