"""The record as XML, in the shape of the European Parliament's roll-call results.

Rule: the elements that readers of those files know keep their names: results for, against and
abstention, Members in groups (here: regions), declared intentions apart. Members without a vote
stand in elements of the same shape, so that every Member of the roll is there once. `Mode` says
how the vote was taken; an election has a section for each candidate; where tellers counted, the
sections have a number and no names. In a secret or non-recorded ballot the sections have numbers,
and who has voted stands in a section of its own. `By` is the Member that voted for this one,
`Weights` what a vote, or a section's votes together, weigh.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from server.record.exports.content import (
    Record,
    Row,
    candidates_in,
    names_nobody,
    rows_of,
    says_no_choices,
    sorted_for,
    title_in,
    weights_in,
)
from server.vocabulary import Choice, Language, Mode, RollStatus

_SECTIONS: Final = {
    Choice.YES.value: "Result.For",
    Choice.NO.value: "Result.Against",
    Choice.ABSTAIN.value: "Result.Abstention",
}
_UNSAID: Final = {
    Mode.SECRET: "Result.VotedInSecret",
    Mode.NON_RECORDED: "Result.VotedNotRecorded",
}
"""Where those stand who have voted, nobody knows what."""

_WITHOUT_VOTE: Final = {
    RollStatus.NOT_VOTED: "Result.NotVoting",
    RollStatus.ABSENT: "Result.Absent",
    RollStatus.SUSPENDED: "Result.RightSuspended",
}
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2) has no place for."""


def as_xml(record: Record, language: Language) -> bytes:
    """The XML file of a record, its texts in one language. Dates and times are UTC."""
    rows = sorted_for(rows_of(record), language)
    at = _moment(record)
    root = Element(
        "PV.RollCallVoteResults",
        {
            "Reference": record["id"],
            "Sitting.Date": f"{at:%Y-%m-%d}",
            "Language": language.value,
            "Organisation": record["hall"]["assembly"],
        },
    )
    vote = SubElement(
        root,
        "RollCallVote.Result",
        {
            "Identifier": record["id"],
            "Date": f"{at:%Y-%m-%d %H:%M:%S}",
            "Reference": record["question"]["document"] or "",
            "Mode": record["question"]["mode"],
            "Outcome": "" if record["result"] is None else record["result"]["outcome"],
        },
    )
    title = SubElement(vote, "RollCallVote.Description.Text")
    title.text = _text(title_in(record, language))
    told = (record.get("tally") or {}).get("counts", {})
    if "election" in record:
        _add_papers(vote, record, rows, language)
    sections = {} if "election" in record else _SECTIONS
    for choice, section in sections.items():
        named = [row for row in rows if row.choice == choice]
        _add_section(vote, section, named, language, told.get(choice))
    for status, section in _WITHOUT_VOTE.items():
        _add_section(vote, section, [row for row in rows if row.status is status], language)
    if says_no_choices(record):
        voted = [row for row in rows if row.status is RollStatus.VOTED]
        _add_section(vote, _UNSAID[Mode(record["question"]["mode"])], voted, language)
    if told and names_nobody(record):
        unnamed = [row for row in rows if row.status is RollStatus.UNNAMED]
        _add_section(vote, "Result.NotNamed", unnamed, language)
    _add_intentions(vote, record, rows, language)
    indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _add_papers(vote: Element, record: Record, rows: Sequence[Row], language: Language) -> None:
    """A section for each candidate, in the order of the ballot, and one for blank papers."""
    elected = (record["result"] or {}).get("elected", ())
    for each, name in candidates_in(record, language).items():
        named = [row for row in rows if isinstance(row.choice, list) and each in row.choice]
        section = _add_section(
            vote, "Result.Candidate", named, language, (record["counts"] or {}).get(each)
        )
        section.set("Identifier", each)
        section.set("Name", _text(name))
        section.set("Elected", "true" if each in elected else "false")
    blank = [row for row in rows if row.choice == []]
    _add_section(vote, "Result.Blank", blank, language, record["election"]["blank"])


def _add_section(
    vote: Element, name: str, rows: Sequence[Row], language: Language, told: int | None = None
) -> Element:
    number = len(rows) if told is None else told
    sums = {weight: sum(row.weights.get(weight, 0) for row in rows) for weight in weights_in(rows)}
    weighs = {"Weights": _text(_weights(sums))} if sums else {}
    section = SubElement(vote, name, {"Number": str(number), **weighs})
    for region in dict.fromkeys(row.region for row in rows):
        group = SubElement(section, "Result.PoliticalGroup.List", {"Identifier": region})
        for row in rows:
            if row.region == region:
                attributes = {"PersId": row.member, **_beside(row)}
                member = SubElement(group, "PoliticalGroup.Member.Name", attributes)
                member.text = _text(row.names[language.value])
    return section


def _beside(row: Row) -> dict[str, str]:
    """What is said of a Member beside its name, where there is anything to say."""
    told = {
        "Code": row.code or "",
        "By": row.by or "",
        "Delegates": _text("; ".join(row.delegates)),
        "Weights": _text(_weights(row.weights)),
    }
    return {name: value for name, value in told.items() if value}


def _weights(weights: Mapping[str, int]) -> str:
    return " ".join(f"{name}={n}" for name, n in weights.items())


def _add_intentions(vote: Element, record: Record, rows: Sequence[Row], language: Language) -> None:
    """Declared intentions, which never change the result."""
    declared = [each for each in record["corrections"] if each["intention"] is not None]
    if not declared:
        return
    names = {row.member: row.names[language.value] for row in rows}
    intentions = SubElement(vote, "Intentions")
    for choice, section in _SECTIONS.items():
        held = [each for each in declared if each["intention"] == choice]
        if held:
            part = SubElement(intentions, f"Intentions.{section}", {"Number": str(len(held))})
            for each in held:
                code = each["member"] or ""
                member = SubElement(part, "Member.Name", {"PersId": code})
                member.text = _text(names.get(code, code))


def _moment(record: Record) -> datetime:
    """The closing time; for what was never closed, the time of its last event."""
    at = record["closed_at"] or record["history"][-1]["at"]
    return datetime.fromtimestamp(at // 1000, UTC)


def _text(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
