"""A record's values, as the exports need them.

Rule: exports read records that this program built or verified; a record that lacks something is
a bug, so nothing is guessed here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.assembly.assembly import Assembly
from server.assembly.changes import CHANGES, changed
from server.assembly.stored import from_json
from server.ballots.transitions import BY_TELLERS, LINKLESS
from server.vocabulary import Choice, Language, Mode, RollStatus

Record = Mapping[str, Any]
"""What `build_record` returns."""


@dataclass(frozen=True, slots=True)
class Row:
    """A Member on the roll, with what the assembly's list says of it."""

    member: str
    names: Mapping[str, str]
    region: str
    sort_keys: Mapping[str, str]
    status: RollStatus
    choice: str | list[str] | None
    n: int | None
    code: str | None
    tracker: str | None
    """In a secret ballot, what finds the sealed ballot in the archive."""
    by: str | None = None
    """The Member that voted for this one."""
    weights: Mapping[str, int] = field(default_factory=dict)
    delegates: tuple[str, ...] = ()
    """Who voted for the Member, where its delegates are named: more than one after a hand-over."""


def assembly_in(record: Record) -> Assembly:
    """The assembly when the roll was frozen: as it was founded, and as it changed until then.

    A record discloses no later change but who votes for a Member, which changes no row.
    """
    assembly = from_json(json.loads(record["chain"][0]["payload"])["assembly"])
    for link in record["chain"]:
        kind = json.loads(link["header"])["type"]
        if kind in CHANGES and "payload" in link:
            assembly = changed(assembly, kind, json.loads(link["payload"]))
    return assembly


def rows_of(record: Record) -> tuple[Row, ...]:
    """The roll, in its own order."""
    members = {member.code: member for member in assembly_in(record).members}
    return tuple(
        Row(
            member=row["member"],
            names=row["name"],
            region=members[row["member"]].region,
            sort_keys=members[row["member"]].sort_keys.as_json(),
            status=RollStatus(row["status"]),
            choice=row["choice"],
            n=row["n"],
            code=row["code"],
            tracker=row.get("tracker"),
            by=row.get("by"),
            weights=row.get("weights", {}),
            delegates=tuple(row.get("delegates", ())),
        )
        for row in record["roll"]
    )


def sorted_for(rows: Sequence[Row], language: Language) -> list[Row]:
    """The rows as a list in this language orders them."""
    return sorted(rows, key=lambda row: (row.sort_keys[language.value], row.member))


def title_in(record: Record, language: Language) -> str:
    """The title in a language, else in the first that it has, else empty."""
    title: Mapping[str, str | None] = record["question"]["title"]
    return title[language.value] or next((text for text in title.values() if text), "")


def counts_in(record: Record) -> dict[Choice, int]:
    """Votes by choice; all zero where no votes stand or they are withheld."""
    counts = record["counts"] or {}
    return {choice: counts.get(choice.value, 0) for choice in Choice}


def candidates_in(record: Record, language: Language) -> dict[str, str]:
    """The candidates of an election by id, in the order of the ballot; none of anything else."""
    if "election" not in record:
        return {}
    return {
        each["id"]: each["name"][language.value]
        or next((text for text in each["name"].values() if text), each["id"])
        for each in record["question"]["candidates"]
    }


def names_nobody(record: Record) -> bool:
    """Whether tellers counted, so that nobody is said to have voted."""
    return Mode(record["question"]["mode"]) in BY_TELLERS


def says_no_choices(record: Record) -> bool:
    """Whether it is known who has voted, but of nobody what: in secret, or not recorded."""
    return Mode(record["question"]["mode"]) in LINKLESS


def weights_in(rows: Sequence[Row]) -> tuple[str, ...]:
    """The names of the weights that somebody's vote has, in the order of the roll."""
    return tuple(dict.fromkeys(name for row in rows for name in row.weights))


def weighed(record: Record, rows: Sequence[Row]) -> tuple[str, ...]:
    """The weights that the ballot is counted by, and that somebody has."""
    question = record["question"]
    named = {question.get("weight"), *(part["weight"] for part in question.get("parts", ()))}
    return tuple(name for name in weights_in(rows) if name in named)


def paper_in(row: Row) -> str:
    """A vote in one word: the choice, or the ids on a paper; `blank` for a paper without one."""
    if isinstance(row.choice, list):
        return "+".join(row.choice) or "blank"
    return row.choice or ""
