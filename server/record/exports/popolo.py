"""The record as a Popolo VoteEvent (popoloproject.com, class "vote event").

Rule: `option` is one of Popolo's words: yes, no, abstain, absent, not voting. A Member whose
right is suspended is "not voting"; `status` beside it says which of the two. `result` is pass or
fail, and null where the assembly took no decision. `mode` (not Popolo's) says how it was taken;
in an election an option is a paper: candidates' ids joined by `+`, or blank; where tellers
counted there are counts, and no votes of voters; in a secret or non-recorded ballot whoever has
voted has the option "voted", in a secret one with the tracker of the sealed ballot beside it. Where
a ballot is counted by one weight, `weight` is it, and counts are sums of it; `by` (not Popolo's) is
the Member that voted for this one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from server.record.exports.content import (
    Record,
    Row,
    names_nobody,
    paper_in,
    rows_of,
    says_no_choices,
    title_in,
)
from server.vocabulary import Choice, Language, OutcomeKind, RollStatus

_OPTIONS: Final = (*(choice.value for choice in Choice), "absent", "not voting")

_UNSAID: Final = "voted"

_RESULTS: Final = {
    OutcomeKind.ADOPTED: "pass",
    OutcomeKind.CONSENSUS: "pass",
    OutcomeKind.ELECTED: "pass",
    OutcomeKind.NOT_ADOPTED: "fail",
}


def as_popolo(record: Record, language: Language) -> dict[str, Any]:
    """The VoteEvent, its texts in one language."""
    rows = rows_of(record)
    if names_nobody(record):
        rows = ()
    options = [_option(row) for row in rows]
    one = record["question"].get("weight")
    weights = [1 if one is None else row.weights.get(one, 0) for row in rows]
    weighted = list(zip(rows, weights, strict=True))
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
        "counts": _counts_of(record, options, weights),
        "group_results": [
            {
                "group": {"id": region, "name": region, "classification": "region"},
                "counts": _counts(
                    [(_option(row), n) for row, n in weighted if row.region == region],
                    (_UNSAID,) if says_no_choices(record) else _papers(rows),
                ),
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
                **({} if row.tracker is None else {"tracker": row.tracker}),
                **({} if one is None else {"weight": weight}),
                **({"weights": dict(row.weights)} if row.weights else {}),
                **({} if row.by is None else {"by": row.by}),
                **({"delegates": list(row.delegates)} if row.delegates else {}),
            }
            for option, (row, weight) in zip(options, weighted, strict=True)
        ],
    }


def _option(row: Row) -> str:
    match row.status:
        case RollStatus.VOTED:
            return _UNSAID if row.choice is None else paper_in(row)
        case RollStatus.ABSENT:
            return "absent"
        case RollStatus.NOT_VOTED | RollStatus.SUSPENDED | RollStatus.UNNAMED:
            return "not voting"


def _counts_of(record: Record, options: list[str], weights: list[int]) -> list[dict[str, Any]]:
    if "election" in record:
        blank = {"blank": record["election"]["blank"] or 0}
        return _told({**(record["counts"] or {}), **blank})
    if record.get("tally") is not None:
        return _told(record["tally"]["counts"])
    return _counts(list(zip(options, weights, strict=True)))


def _papers(rows: Sequence[Row]) -> tuple[str, ...]:
    """The different papers of an election, in the order of the roll; none of a motion."""
    return tuple(dict.fromkeys(paper_in(row) for row in rows if isinstance(row.choice, list)))


def _counts(options: Sequence[tuple[str, int]], papers: Sequence[str] = ()) -> list[dict[str, Any]]:
    tally: Counter[str] = Counter()
    for option, weight in options:
        tally[option] += weight
    known = (*papers, *_OPTIONS[len(Choice) :]) if papers else _OPTIONS
    return [{"option": option, "value": tally[option]} for option in known]


def _told(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [{"option": option, "value": value} for option, value in counts.items()]


def _requirement(rule: dict[str, Any]) -> str | None:
    """The majority in a line: `2/3 or more of yes_no`; None where the ballot has no rule."""
    if "majority" not in rule:
        return None
    if isinstance(rule["majority"], list):
        return "; ".join(_share(each, rule["base"]) for each in rule["majority"])
    return _share(rule["majority"], rule["base"])


def _share(majority: dict[str, Any], base: str) -> str:
    numerator, denominator = majority["of"]
    share = f"{numerator}/{denominator}"
    words = f"{share} or more" if majority["at_least"] else f"more than {share}"
    return f"{words} of {base}"
