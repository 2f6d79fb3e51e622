"""The record as a Popolo VoteEvent (popoloproject.com, class "vote event").

Rule: `option` is one of Popolo's words: yes, no, abstain, absent, not voting. A Member whose
right is suspended is "not voting"; `status` beside it says which of the two. `result` is pass or
fail, and null where the assembly took no decision. `mode` (not Popolo's) says how it was taken;
where tellers counted there are counts, and no votes of voters.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from server.record.exports.content import Record, Row, rows_of, title_in
from server.vocabulary import Choice, Language, OutcomeKind, RollStatus

_OPTIONS: Final = (*(choice.value for choice in Choice), "absent", "not voting")

_RESULTS: Final = {
    OutcomeKind.ADOPTED: "pass",
    OutcomeKind.CONSENSUS: "pass",
    OutcomeKind.NOT_ADOPTED: "fail",
}


def as_popolo(record: Record, language: Language) -> dict[str, Any]:
    """The VoteEvent, its texts in one language."""
    rows = rows_of(record)
    tally = record.get("tally")
    if tally is not None:
        rows = ()  # nobody was named
    options = [_option(row) for row in rows]
    question = record["question"]
    result = record["result"]
    outcome = None if result is None else OutcomeKind(result["outcome"])
    return {
        "id": record["id"],
        "identifier": question["document"],
        "organization": {
            "id": record["hall"]["assembly"],
            "name": record["hall"]["name"][language.value],
        },
        "motion": {
            "text": title_in(record, language),
            "classification": question["decision"],
            "identifier": question["document"],
            "requirement": _requirement(question["rule"]),
        },
        "start_date": record["start_date"],
        "end_date": record["end_date"],
        "result": None if outcome is None else _RESULTS.get(outcome),
        "mode": question["mode"],
        "counts": _counts(options) if tally is None else _told(tally["counts"]),
        "group_results": [
            {
                "group": {"id": region, "name": region, "classification": "region"},
                "counts": _counts([_option(row) for row in rows if row.region == region]),
            }
            for region in dict.fromkeys(row.region for row in rows)
        ],
        "votes": [
            {
                "voter_id": row.member,
                "voter": {"id": row.member, "name": row.names[language.value]},
                "group_id": row.region,
                "option": option,
                "status": row.status.value,
            }
            for option, row in zip(options, rows, strict=True)
        ],
    }


def _option(row: Row) -> str:
    match row.status:
        case RollStatus.VOTED:
            return str(row.choice)
        case RollStatus.ABSENT:
            return "absent"
        case RollStatus.NOT_VOTED | RollStatus.SUSPENDED | RollStatus.UNNAMED:
            return "not voting"


def _counts(options: list[str]) -> list[dict[str, Any]]:
    tally = Counter(options)
    return [{"option": option, "value": tally[option]} for option in _OPTIONS]


def _told(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [{"option": option, "value": value} for option, value in counts.items()]


def _requirement(rule: dict[str, Any]) -> str | None:
    """The majority in a line: `2/3 or more of yes_no`; None where the ballot has no rule."""
    if "majority" not in rule:
        return None
    numerator, denominator = rule["majority"]["of"]
    share = f"{numerator}/{denominator}"
    words = f"{share} or more" if rule["majority"]["at_least"] else f"more than {share}"
    return f"{words} of {rule['base']}"
