"""The printed sheet: a PDF with the signed record inside, the same bytes for the same record."""

from __future__ import annotations

import re
import zlib
from typing import Any

import pytest

from server.locales.speech import Speech, load_speech
from server.record.exports.sheet import as_pdf
from server.record.verify import Sound, verify_record
from server.vocabulary import Language
from tests.record.sitting import announced, certified, created, event, question, record_of, voted

SPEECH = load_speech()


def streams(pdf: bytes) -> list[bytes]:
    """Every stream of a PDF, inflated where it was deflated."""
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            found.append(match[1])
    return found


def pages(pdf: bytes) -> int:
    return sum(len(re.findall(rb"/Type ?/Page\b", part)) for part in [pdf, *streams(pdf)])


@pytest.mark.parametrize("language", list(Language))
def test_a_sheet_in_each_language_is_a_pdf_of_one_page(language: Language) -> None:
    pdf = as_pdf(record_of(certified()), [language], SPEECH)
    assert pdf.startswith(b"%PDF-1.7")
    assert pages(pdf) == 1
    assert any(b"pdfaid:part>3" in part for part in [pdf, *streams(pdf)])


def test_the_signed_record_is_inside_and_verifies() -> None:
    pdf = as_pdf(record_of(certified()), list(Language), SPEECH)
    assert pages(pdf) == 4
    inside = next(part for part in streams(pdf) if part.startswith(b'{"format":"hemicycle record"'))
    assert isinstance(verify_record(inside), Sound)


def test_the_same_record_gives_the_same_bytes() -> None:
    record = record_of(certified())
    once, again = (as_pdf(record, [Language.EN, Language.AR], SPEECH) for _ in range(2))
    assert once == again
    assert b"D:20260921141420" in once


def adopted() -> list[Any]:
    payload = {
        "question": question(mode="consensus", document=None, test=True),
        "roll": announced().payload["roll"],
        "members": 7,
        "result": {"outcome": "consensus", "base": None, "needed": None},
        "counts": None,
        "sentence": {"en": "Adopted", "fr": "Adopté", "es": "Aprobado", "ar": "اعتُمد"},
        "reason": None,
    }
    return [created(), event("adopted_without_vote", payload)]


@pytest.mark.parametrize(
    "events",
    [
        [*voted(), event("ballot_voided", {"reason": "#set page(fill: red) $ [ *"})],
        [*voted(), event("ballot_cancelled", {"reason": "withdrawn"})],
        adopted(),
    ],
    ids=["void", "cancelled", "consensus"],
)
def test_a_sheet_of_what_has_no_count_or_no_result(events: list[Any]) -> None:
    assert as_pdf(record_of(events), [Language.FR], SPEECH).startswith(b"%PDF")


def test_arabic_digits_follow_the_assembly() -> None:
    record = record_of(certified())
    eastern = dict(record)
    first = dict(record["chain"][0])
    first["payload"] = first["payload"].replace('"digits":"latn"', '"digits":"arab"')
    eastern["chain"] = [first, *record["chain"][1:]]
    speech: Speech = load_speech("arab")
    assert as_pdf(eastern, [Language.AR], speech) != as_pdf(record, [Language.AR], SPEECH)
