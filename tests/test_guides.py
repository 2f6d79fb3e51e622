"""The guides name only what exists, and every problem, code, option and command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.ballots.transitions import TRANSITIONS
from server.cli.options import ServeOptions
from server.vocabulary import RefusalReason
from server.wire.close_codes import CloseCode

HOUSE = Path(__file__).parents[1]
GUIDES = (HOUSE / "README.md", *sorted((HOUSE / "docs").glob("*.md")))
INTEGRATOR = (HOUSE / "docs" / "integrator.md").read_text(encoding="utf-8")

LINK = re.compile(r"\]\(([^)#\s:]*)(?:#([^)\s]+))?\)")
TEST = re.compile(r"`([\w/]+\.py)?::(\w+)`")
TEST_FILE = re.compile(
    r"`((?:adapters|api|assembly|cli|contracts|faults|hall|hall_cases|kiosk|live|record|secrecy)/test_\w+\.py)"
)


def anchors(guide: Path) -> set[str]:
    """The sections of a guide, as links name them."""
    headings = re.findall(r"^#+ (.+)$", guide.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_links_lead_somewhere(guide: Path) -> None:
    for path, anchor in LINK.findall(guide.read_text(encoding="utf-8")):
        target = guide.parent / path if path else guide
        assert target.exists(), path
        if anchor:
            assert anchor in anchors(target), f"{path}#{anchor}"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_named_tests_exist(guide: Path) -> None:
    file = ""
    for line in guide.read_text(encoding="utf-8").splitlines():
        for named, test in TEST.findall(line):
            file = named or file
            source = (HOUSE / "tests" / file).read_text(encoding="utf-8")
            assert re.search(rf"def {test}\(", source), f"{file}::{test}"
        for named in TEST_FILE.findall(line):
            assert (HOUSE / "tests" / named).is_file(), named


def test_every_problem_is_explained() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in sorted((HOUSE / "server" / "api").glob("*.py"))
    )
    given = set(re.findall(r'problem\(\s*\d+,\s*"(\w+)"', sources))
    given |= set(re.findall(r'problem\(status, "(\w+)"', sources))
    given |= set(re.findall(r'return "(\w+)"\n', sources.split("def code_of", 1)[1]))
    assert len(given) > 10
    missing = {code for code in given if f"`{code}`" not in INTEGRATOR}
    assert missing == set()


def test_every_refusal_and_close_code_is_explained() -> None:
    assert {each.value for each in RefusalReason if f"`{each.value}`" not in INTEGRATOR} == set()
    assert {each.value for each in CloseCode if f"| {each.value} |" not in INTEGRATOR} == set()


def test_every_option_of_serve_is_explained() -> None:
    installing = (HOUSE / "docs" / "installation.md").read_text(encoding="utf-8")
    options = {name.upper() for name in ServeOptions.__dataclass_fields__}
    assert {name for name in options if f"`HEMICYCLE_{name}`" not in installing} == set()


def test_every_command_has_a_step_in_the_operators_guide() -> None:
    operating = (HOUSE / "docs" / "operator.md").read_text(encoding="utf-8").lower()
    words = {"suspend": "interrupt", "extend": "more time", "correct": "corrections"}
    carried_out = {command for row in TRANSITIONS.values() for command in row}
    told = {words.get(each.value, each.value.replace("_", " ")) for each in carried_out}
    assert {word for word in told if word not in operating} == set()
