"""Sealed presses: what seats were told of them, beside the archive that was published.

Rule: the archive holds every sealed ballot that was receipted, once, in the order of the numbers;
one without a receipt once or not at all; none that was refused, and nothing else. The tally
is that of each Member's last. Only the seats know what they sealed, and they have told the
checker. Nobody is shown a count before two scrutineers were asked to open it. A doubt excuses
what it excuses in `votes.py`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from server.secrecy.strict import SoundArchive, UnsoundArchive, verify_archive
from tests.history.bel import Cast, ballots_in
from tests.history.case import Case
from tests.history.seen import DECLARED
from tests.history.told import Attempt, Receipt, Received
from tests.history.violations import Violation, Violations

NEEDED: Final = 2
"""How many scrutineers open a tally."""


def check_sealed(case: Case) -> Iterator[Violation]:
    """All that is wrong with a secret ballot, beyond what is wrong with any."""
    if not case.is_secret:
        return
    yield from _answers_stand(case)
    yield from _receipts_are_sealed_and_signed(case)
    yield from _nothing_shown_unopened(case)
    if case.record["closed_at"] is None or not case.names_votes:
        return
    if case.archive is None:
        raise ValueError(f"ballot {case.ballot} was closed: give its archive")
    sound = _verified(case.archive)
    if isinstance(sound, UnsoundArchive):
        yield _wrong(case, Violations.UNSOUND, f"the archive: {sound.what}")
    cast = ballots_in(case.archive)
    yield from _archived_once(case, cast)
    yield from _receipted_is_archived(case, cast)
    yield from _nothing_else_is_archived(case, cast)
    yield from _in_the_order_of_numbers(case, cast)
    yield from _each_last_one_counts(case, cast)


@lru_cache(maxsize=2)
def _verified(raw: bytes) -> SoundArchive | UnsoundArchive:
    """Each ballot takes ten milliseconds, and a story that is told falsely has the same ones."""
    return verify_archive(raw)


def _wrong(case: Case, kind: Violations, what: str) -> Violation:
    return Violation(kind, case.ballot, what)


# --- what seats were told


def _answers_stand(case: Case) -> Iterator[Violation]:
    """What was received is what was sent; its number stands, and is nobody else's."""
    wrong = partial(_wrong, case)
    first: dict[str, Received | Receipt] = {}
    holders: dict[tuple[int, int], Received | Receipt] = {}
    told: list[Received | Receipt] = [*case.received, *case.receipts]
    for each in sorted(told, key=lambda each: each.at):
        sent = case.attempts.get(each.press_id, ())
        if each.tracker not in {attempt.tracker for attempt in sent if attempt.at <= each.at}:
            yield wrong(Violations.MADE_UP, f"{each}, but sent was {sent}")
        earlier = first.setdefault(each.press_id, each)
        if case.piece(earlier.at) != case.piece(each.at) or _may_be_gone(case, earlier):
            first[each.press_id] = each
        elif (earlier.tracker, earlier.n) != (each.tracker, each.n):
            yield wrong(Violations.ANSWER_CHANGED, f"{earlier} became {each}")
        place = (case.piece(each.at), each.n)
        other = holders.setdefault(place, each)
        if _may_be_gone(case, other):
            holders[place] = each
        elif other.press_id != each.press_id:
            yield wrong(Violations.NUMBER_TWICE, f"{other} and {each}")
    for refusal in case.history.refusals:
        receipt = case.first_receipts.get(refusal.press_id)
        if refusal.reason == "bad_proof" and receipt is not None:
            yield wrong(Violations.ANSWER_CHANGED, f"{receipt} and {refusal}")


def _may_be_gone(case: Case, told: Received | Receipt) -> bool:
    return case.may_be_gone(told) or case.may_be_torn(told)


def _receipts_are_sealed_and_signed(case: Case) -> Iterator[Violation]:
    hall = case.record["hall"]
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(hall["public_key"]))
    for each in case.receipts:
        if each.choice is not None:
            yield _wrong(case, Violations.WITHHELD, f"a choice in {each}")
        said = ["hemicycle sealed receipt 1", hall["id"], case.ballot]
        claim = json.dumps([*said, each.press_id, each.tracker, each.n], separators=(",", ":"))
        try:
            key.verify(bytes.fromhex(each.signature or ""), claim.encode())
        except InvalidSignature:
            yield _wrong(case, Violations.UNSIGNED, str(each))


def _nothing_shown_unopened(case: Case) -> Iterator[Violation]:
    asked: dict[str, float] = {}
    for each in case.history.asked:
        if each.ballot == case.ballot and each.command == "decryptions":
            asked.setdefault(each.key, each.at)
    times = sorted(asked.values())
    for look in case.looks:
        seen = look.seen
        assert seen is not None
        tells = seen.shows & {"undeclared", "counts", "outcome"}
        unopened = len(times) < NEEDED or look.at < times[NEEDED - 1]
        if tells and unopened and seen.phase not in ("cancelled", "void"):
            yield _wrong(case, Violations.WITHHELD, f"{sorted(tells)} before the opening: {look}")


# --- what is in the archive


def _archived_once(case: Case, cast: tuple[Cast, ...]) -> Iterator[Violation]:
    for tracked, times in Counter(each.tracker for each in cast).items():
        if times > 1:
            yield _wrong(case, Violations.ARCHIVED_TWICE, f"{tracked}, {times} times")


def _receipted_is_archived(case: Case, cast: tuple[Cast, ...]) -> Iterator[Violation]:
    archived = {each.tracker: each for each in cast}
    for receipt in case.first_receipts.values():
        if receipt.tracker not in archived and not case.may_be_gone(receipt):
            yield _wrong(case, Violations.NOT_ARCHIVED, str(receipt))
    # The record says where to look.
    for row in case.record["roll"]:
        if row["tracker"] is not None:
            found = archived.get(row["tracker"])
            if found is None or (found.height, found.event) != (row["height"], row["event"]):
                what = f"{row['member']}'s ballot of the record is not where it says: {found}"
                yield _wrong(case, Violations.NOT_ARCHIVED, what)


def _nothing_else_is_archived(case: Case, cast: tuple[Cast, ...]) -> Iterator[Violation]:
    by_tracker = _by_tracker(case)
    refused: defaultdict[str, set[str]] = defaultdict(set)
    for refusal in case.history.refusals:
        refused[refusal.press_id].add(refusal.reason)
    for each in cast:
        sent = by_tracker.get(each.tracker, ())
        if not sent:
            yield _wrong(case, Violations.MADE_UP, f"{each} is in the archive")
        for attempt in sent[:1]:
            reasons = refused[attempt.press_id] - {"unavailable"}
            once = len(sent) == 1 and attempt.press_id not in case.first_receipts
            if "bad_proof" in reasons or (reasons and once):
                what = f"{each} is in the archive: {attempt}, {sorted(reasons)}"
                yield _wrong(case, Violations.REFUSED_YET_COUNTED, what)


def _in_the_order_of_numbers(case: Case, cast: tuple[Cast, ...]) -> Iterator[Violation]:
    told: list[Received | Receipt] = [*case.received, *case.receipts]
    numbers = {
        each.tracker: each.n
        for each in sorted(told, key=lambda each: each.at)
        if not _may_be_gone(case, each)
    }
    highest, held = 0, None
    for each in cast:
        n = numbers.get(each.tracker)
        if n is None:
            continue  # its seat never heard of it
        if n <= highest:
            what = f"{each} is number {n}, and stands behind {held}, number {highest}"
            yield _wrong(case, Violations.ARCHIVE_OUT_OF_ORDER, what)
        highest, held = n, each


def _each_last_one_counts(case: Case, cast: tuple[Cast, ...]) -> Iterator[Violation]:
    by_tracker = _by_tracker(case)
    last: dict[str, Attempt] = {}
    for each in cast:
        for attempt in by_tracker.get(each.tracker, ())[:1]:
            last[attempt.member] = attempt
    said = {each.member: each.choice for each in case.counted}
    archived = {member: attempt.tracker for member, attempt in last.items()}
    if said != archived:
        what = f"counted are {said}, and each one's last in the archive are {archived}"
        yield _wrong(case, Violations.MISCOUNTED, what)
    if case.record["phase"] not in DECLARED:
        return
    counts = Counter(str(attempt.choice) for attempt in last.values())
    declared = {choice: number for choice, number in case.record["counts"].items() if number}
    if declared != counts:
        what = f"declared are {declared}, and sealed were {dict(counts)}"
        yield _wrong(case, Violations.MISCOUNTED, what)


def _by_tracker(case: Case) -> dict[str, list[Attempt]]:
    """The attempts with each sealed ballot, in time."""
    found: defaultdict[str, list[Attempt]] = defaultdict(list)
    for sent in case.attempts.values():
        for each in sent:
            if each.tracker is not None:
                found[each.tracker].append(each)
    return dict(found)
