"""What screens and seats were shown.

Rule (invariants 10 and 12): a client's views never run backwards in (epoch, seq), whatever it was
connected to; nobody is shown what the disclosure withholds in that phase; what is shown as final
is what the record says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Final

from tests.history.case import Case
from tests.history.seen import DECLARED, may_show
from tests.history.told import History, Look
from tests.history.violations import Violation, Violations

_ASKED_BY: Final = {
    "open": ("open",),
    "suspended": ("suspend",),
    "declared": ("declare",),
    "certified": ("certify",),
    "published": ("publish",),
    "cancelled": ("cancel", "rerun"),
    "void": ("void",),
}
"""The commands, one of which must have been asked for before a phase can be shown. A ballot with a
timer closes by itself, and doubt is the hall's own."""


def check_order(history: History) -> Iterator[Violation]:
    """Every client's views, across its connections."""
    furthest: dict[str, Look] = {}
    for look in history.looks:
        before = furthest.get(look.client)
        if before is not None and (look.epoch, look.seq) < (before.epoch, before.seq):
            ballot = "none" if look.seen is None else look.seen.ballot
            yield Violation(Violations.RAN_BACK, ballot, f"{look} after {before}")
            continue
        furthest[look.client] = look


def check_screens(case: Case) -> Iterator[Violation]:
    """What was shown of one ballot."""
    asked: dict[str, float] = {}
    for each in case.history.asked:
        if each.ballot == case.ballot:
            asked.setdefault(each.command, each.at)
    pressed = sorted(sent[0].at for sent in case.by_member.values())
    counted = {each.member: (each.n, each.code, each.choice) for each in case.counted}
    for look in case.looks:
        seen = look.seen
        assert seen is not None
        withheld = seen.shows - may_show(look.audience, seen)
        if withheld:
            what = f"{sorted(withheld)} in {look}"
            yield Violation(Violations.WITHHELD, case.ballot, what)
        if seen.phase in _ASKED_BY and not any(
            asked.get(command, look.at) < look.at for command in _ASKED_BY[seen.phase]
        ):
            yield Violation(Violations.TOO_EARLY, case.ballot, f"{seen.phase} in {look}")
        if seen.voted is not None and seen.voted > bisect_right(pressed, look.at):
            what = f"more have voted than had pressed: {look}"
            yield Violation(Violations.MADE_UP, case.ballot, what)
        if not case.names_votes:
            continue
        if seen.phase in DECLARED and seen.counts is not None:
            counts = tuple(sorted((case.record["counts"] or {}).items()))
            if seen.counts != counts or seen.voted != case.record["turnout"]["voted"]:
                what = f"{look}, but the record counts {counts}"
                yield Violation(Violations.SHOWN_WRONG, case.ballot, what)
        if look.audience == "seat":
            yield from _mine(case, look, counted)


def _mine(
    case: Case, look: Look, counted: Mapping[str, tuple[int, str, object]]
) -> Iterator[Violation]:
    """A seat's own vote: one that it pressed, and after the close the one that counts."""
    seen = look.seen
    assert seen is not None
    assert look.member is not None
    if seen.mode == "secret" and seen.mine is not None and seen.proved:
        yield from _counted_though_refused(case, look, seen.mine[2])
    if seen.mode == "secret" and seen.recording:
        return  # what proves nothing is found out until the entry is written
    if seen.phase == "closed" or seen.phase in DECLARED:
        held = counted.get(look.member)
        if seen.mine != held:
            what = f"{look}, but counted is {held}"
            yield Violation(Violations.SHOWN_WRONG, case.ballot, what)
    elif seen.mine is not None and not any(
        sent.said == seen.mine[2] and sent.at <= look.at
        for sent in case.by_member.get(look.member, ())
    ):
        yield Violation(Violations.MADE_UP, case.ballot, f"{look} shows a vote nobody pressed")


def _counted_though_refused(case: Case, look: Look, tracker: object) -> Iterator[Violation]:
    """A sealed ballot that proves nothing is never shown as one that counts, not for a moment."""
    shown = {
        sent.press_id for sent in case.by_member.get(look.member or "", ()) if sent.said == tracker
    }
    for refusal in case.history.refusals if shown else ():
        if refusal.press_id in shown and refusal.reason == "bad_proof":
            what = f"{look} shows {refusal.press_id} as counting, which proves nothing"
            yield Violation(Violations.SHOWN_WRONG, case.ballot, what)
            return
