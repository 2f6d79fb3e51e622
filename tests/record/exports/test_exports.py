"""The record as table, Popolo and XML: every Member once, nothing that the record does not say."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from server.record.exports.popolo import as_popolo
from server.record.exports.roll_call_xml import as_xml
from server.record.exports.table import as_csv
from server.vocabulary import Language
from tests.record.sitting import CODES, announced, certified, created, event, question, record_of

RECORD = record_of(certified())


def test_the_table_has_a_row_for_each_member_and_opens_in_a_spreadsheet() -> None:
    content = as_csv(RECORD)
    assert content.startswith(b"\xef\xbb\xbfballot,member,region,name_en")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["member"] for row in rows] == CODES
    assert [row["status"] for row in rows].count("voted") == 4
    assert rows[2]["status"] == "suspended"
    assert rows[1]["name_en"] == "Côte d'Ivoire"
    assert rows[0]["name_ar"] == "أفغانستان"
    assert (rows[0]["choice"], rows[0]["code"]) == ("yes", RECORD["roll"][0]["code"])
    assert (rows[5]["choice"], rows[5]["n"], rows[5]["code"]) == ("", "", "")


def test_the_table_holds_no_formula() -> None:
    record = {**RECORD, "id": "=1+1"}
    rows = list(csv.DictReader(io.StringIO(as_csv(record).decode("utf-8-sig"), newline="")))
    assert rows[0]["ballot"] == "'=1+1"


def test_a_vote_event() -> None:
    vote_event = as_popolo(RECORD, Language.FR)
    assert vote_event["result"] == "pass"
    assert vote_event["motion"]["requirement"] == "more than 1/2 of yes_no"
    assert vote_event["counts"] == [
        {"option": "yes", "value": 2},
        {"option": "no", "value": 1},
        {"option": "abstain", "value": 1},
        {"option": "absent", "value": 0},
        {"option": "not voting", "value": 3},
    ]
    assert vote_event["votes"][3] == {
        "voter_id": CODES[3],
        "voter": {"id": CODES[3], "name": "Espagne"},
        "group_id": "europe",
        "option": "no",
        "status": "voted",
    }
    assert len(vote_event["votes"]) == len(CODES)


@pytest.mark.parametrize("language", list(Language))
def test_the_xml_has_each_member_once(language: Language) -> None:
    root = fromstring(as_xml(RECORD, language))
    vote = root.find("RollCallVote.Result")
    assert vote is not None
    numbers = {part.tag: part.get("Number") for part in vote if part.tag.startswith("Result.")}
    assert numbers == {
        "Result.For": "2",
        "Result.Against": "1",
        "Result.Abstention": "1",
        "Result.NotVoting": "2",
        "Result.Absent": "0",
        "Result.RightSuspended": "1",
    }
    named = [each.get("PersId") for each in vote.iter("PoliticalGroup.Member.Name")]
    assert sorted(str(code) for code in named) == CODES
    assert vote.findtext("RollCallVote.Description.Text") == RECORD["question"]["title"][language]
    intention = vote.find("Intentions/Intentions.Result.Against/Member.Name")
    assert intention is not None
    assert intention.get("PersId") == CODES[0]


def test_a_title_that_xml_cannot_hold_gives_xml_all_the_same() -> None:
    title = {**RECORD["question"]["title"], "en": "a\x00<b>&"}
    record: dict[str, Any] = {**RECORD, "question": {**RECORD["question"], "title": title}}
    root = fromstring(as_xml(record, Language.EN))
    assert root.findtext(".//RollCallVote.Description.Text") == "a\N{REPLACEMENT CHARACTER}<b>&"


def test_a_ballot_that_was_never_opened_can_be_exported() -> None:
    events = [
        created(),
        event("ballot_prepared", {"question": question(), "reruns": None}),
        announced(),
        event("ballot_cancelled", {"reason": "withdrawn"}),
    ]
    record = record_of(events)
    assert b"Result.For" in as_xml(record, Language.ES)
    assert as_popolo(record, Language.AR)["result"] is None
    assert as_csv(record).count(b"\r\n") == len(CODES) + 1
