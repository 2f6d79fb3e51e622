"""The judgement: a history beside the signed records.

A run passes when `Report.violations` is empty. The other figures say how much was looked at, so
that a run that checked nothing does not pass for one that found nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from server.record.verify import Unsound, verify_record
from tests.history.case import Case
from tests.history.commands import check_commands
from tests.history.screens import check_order, check_screens
from tests.history.sealed import check_sealed
from tests.history.told import History
from tests.history.violations import Violation, Violations
from tests.history.votes import check_votes, lost_and_said


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and what was found. `presses` are distinct press_ids; `repeats` the
    attempts beyond the first; `unknown` presses that were never receipted and not refused for
    good; `said` are receipted votes missing from a ballot that the hall itself put in doubt."""

    ballots: int
    presses: int
    repeats: int
    receipts: int
    unknown: int
    views: int
    commands: int
    said: int
    violations: tuple[Violation, ...]

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.violations) or "no violation"


def check(
    history: History,
    records: Mapping[str, bytes],
    *,
    archives: Mapping[str, bytes] | None = None,
    known: Collection[str] | None = None,
    all_answered: bool = False,
) -> Report:
    """Compare a history with the records (JSON bytes as exported) of the ballots in it.

    `archives` are those of the secret ballots among them (`.bel`, as exported); one that was
    closed and not cancelled has one.
    `known` are the ballots that the hall lists at the end: every acknowledged preparation must be
    among them. With `all_answered`, a press whose last attempt got no answer at all is a violation
    as well: for runs whose seats insist until they know, or say that they gave up.
    """
    found = list(check_order(history))
    archived = archives or {}
    cases = [
        Case(ballot, json.loads(raw), history, archived.get(ballot))
        for ballot, raw in records.items()
    ]
    for case in cases:
        sound = verify_record(records[case.ballot])
        if isinstance(sound, Unsound):
            found.append(Violation(Violations.UNSOUND, case.ballot, sound.what))
        found += check_votes(case)
        found += check_sealed(case)
        found += check_screens(case)
        found += check_commands(case)
    if known is not None:
        found += (
            Violation(Violations.COMMAND_LOST, ballot, "it was prepared and is unknown now")
            for ballot in history.prepared
            if ballot not in known
        )
    receipted = {each.press_id for each in history.receipts}
    refused = {each.press_id for each in history.refusals if each.reason != "unavailable"}
    presses: dict[str, str] = {}
    for each in history.attempts:
        presses.setdefault(each.press_id, each.ballot)
    unknown = presses.keys() - receipted - refused
    if all_answered:
        found += (
            Violation(Violations.UNANSWERED, presses[press_id], press_id)
            for press_id in sorted(unknown - history.given_up)
        )
    return Report(
        ballots=len(cases),
        presses=len(presses),
        repeats=len(history.attempts) - len(presses),
        receipts=len(receipted),
        unknown=len(unknown),
        views=len(history.looks),
        commands=len({each.key for each in history.asked}),
        said=sum(lost_and_said(case) for case in cases),
        violations=tuple(found),
    )
