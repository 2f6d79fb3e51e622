"""A message that is parsed when it is said says what the whole file says."""

from __future__ import annotations

from typing import Any

import pytest
from fluent.syntax import ast, parse

from server.locales.bundle import BrokenMessage, Bundle, entries_of
from server.locales.speech import source
from server.vocabulary import Language

TEXT = """# A comment
greeting = Good { $when } to { -house }
    in a second line

    after an empty one
-house = the hall
count = { $n ->
    [one] one
   *[other] { NUMBER($n) } of { greeting }
}
broken = { $n ->
last = the last
"""


def bundle(text: str = TEXT) -> Bundle:
    return Bundle("en", text, {})


def said(found: Bundle, message_id: str, **args: Any) -> str:
    text, errors = found.format(message_id, args)
    assert errors == []
    return text.replace("\n", " ")


def test_a_message_brings_what_it_refers_to() -> None:
    hall = bundle()
    assert said(hall, "count", n=1) == "one"
    assert said(hall, "count", n=3, when="day") == (
        "3 of Good day to the hall in a second line  after an empty one"
    )
    assert said(hall, "last") == "the last"


def test_terms_and_what_is_not_there_cannot_be_said() -> None:
    assert bundle().has("greeting")
    assert not bundle().has("-house")
    assert not bundle().has("no-such")


def test_a_message_that_does_not_parse_says_so_when_it_is_said() -> None:
    with pytest.raises(BrokenMessage, match="does not parse"):
        bundle().format("broken", {})


@pytest.mark.parametrize("language", list(Language))
def test_every_message_is_the_one_of_the_whole_file(language: Language) -> None:
    text = source(language)
    apart = entries_of(text)
    whole = [each for each in parse(text).body if isinstance(each, ast.Message | ast.Term)]
    assert len(whole) == len(apart) > 900
    for entry in whole:
        dash = "-" if isinstance(entry, ast.Term) else ""
        (alone,) = parse(apart[f"{dash}{entry.id.name}"]).body
        assert alone.equals(entry, ignored_fields=["span", "comment"]), entry.id.name
