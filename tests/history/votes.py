"""Presses, receipts and what was counted.

Rule (invariants 1 to 6): a receipted vote is counted once, with the last choice; a press without
a receipt once or not at all; nothing else is counted. Numbers follow the order in which the world
saw the presses. A ballot that the hall itself put in doubt may lack what was receipted before, and
until the doubt arose it may have given the lost numbers again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.history.case import Case, Counted
from tests.history.told import Receipt
from tests.history.violations import Violation, Violations


def check_votes(case: Case) -> Iterator[Violation]:
    """All that is wrong between receipts and record."""
    yield from _counted_once(case)
    yield from _nothing_made_up(case)
    yield from _nothing_lost(case)
    yield from _answers_stand(case)
    yield from _numbers_are_one_each(case)
    yield from _numbers_follow_time(case)
    yield from _current_is_right(case)
    yield from _nothing_taken_while_closed(case)


def lost_and_said(case: Case) -> int:
    """How many Members' receipted votes are missing in a ballot that the hall put in doubt."""
    return sum(case.may_be_gone(receipt) for receipt, _ in _missing(case))


def _wrong(case: Case, kind: Violations, what: str) -> Violation:
    return Violation(kind, case.ballot, what)


def _counted_once(case: Case) -> Iterator[Violation]:
    for member, times in Counter(each.member for each in case.counted).items():
        if times > 1:
            yield _wrong(case, Violations.COUNTED_TWICE, f"{member} {times} times")
    for n, times in Counter(each.n for each in case.counted).items():
        if times > 1:
            yield _wrong(case, Violations.COUNTED_TWICE, f"number {n} {times} times")


def _nothing_made_up(case: Case) -> Iterator[Violation]:
    for vote in case.counted:
        sent = case.attempts.get(vote.press_id, ())
        if not any((each.member, each.said) == (vote.member, vote.choice) for each in sent):
            yield _wrong(case, Violations.MADE_UP, f"{vote}, but sent was {sent}")
        elif len(sent) == 1 and vote.press_id not in case.first_receipts:
            for refusal in case.history.refusals:
                if refusal.press_id == vote.press_id and refusal.reason != "unavailable":
                    yield _wrong(case, Violations.REFUSED_YET_COUNTED, f"{vote}, {refusal}")


def _missing(case: Case) -> Iterator[tuple[Receipt, Counted | None]]:
    """Each Member's last receipted vote that is not what is counted, and what is."""
    if not case.names_votes:
        return
    counted = {each.member: each for each in case.counted}
    last: dict[str, Receipt] = {}
    for receipt in case.receipts:
        earlier = last.get(receipt.member)
        place = (case.piece(receipt.at), receipt.n)
        if earlier is None or (case.piece(earlier.at), earlier.n) < place:
            last[receipt.member] = receipt
    for member, receipt in last.items():
        vote = counted.get(member)
        if vote is None or not _fulfils(case, vote, receipt):
            yield receipt, vote


def _fulfils(case: Case, vote: Counted, last: Receipt) -> bool:
    """Whether a counted vote is the one receipted last, or a later one without a receipt: one that
    this device had not given up before it made the receipted one."""
    if vote.n == last.n:
        said = (last.press_id, last.code, last.said)
        return (vote.press_id, vote.code, vote.choice) == said
    own = case.first_receipts.get(vote.press_id)
    if vote.n <= last.n or (own is not None and own.n != vote.n):
        return False
    return own is not None or not _is_given_up(case, vote.press_id, last)


def _is_given_up(case: Case, press_id: str, last: Receipt) -> bool:
    """Whether a device sent a press for the last time before it made the one of this receipt."""
    sent, later = case.attempts.get(press_id), case.attempts.get(last.press_id)
    if sent is None or later is None:
        return False
    return sent[-1].client == later[0].client and sent[-1].at < later[0].at


def _nothing_lost(case: Case) -> Iterator[Violation]:
    for receipt, vote in _missing(case):
        if not case.may_be_gone(receipt):
            yield _wrong(case, Violations.LOST, f"{receipt}, but counted is {vote}")


def _answers_stand(case: Case) -> Iterator[Violation]:
    for receipt in case.receipts:
        first = case.first_receipts[receipt.press_id]
        said = (receipt.member, receipt.n, receipt.code, receipt.said)
        if (
            said != (first.member, first.n, first.code, first.said)
            and case.piece(first.at) == case.piece(receipt.at)
            and not case.may_be_gone(first)
        ):
            yield _wrong(case, Violations.ANSWER_CHANGED, f"{first} became {receipt}")
        sent = case.attempts.get(receipt.press_id, ())
        if not any(
            each.at <= receipt.at and each.member == receipt.member and each.said == receipt.said
            for each in sent
        ):
            yield _wrong(case, Violations.MADE_UP, f"{receipt}, but sent was {sent}")


def _numbers_are_one_each(case: Case) -> Iterator[Violation]:
    holders: dict[tuple[int, int], Receipt] = {}
    for receipt in case.first_receipts.values():
        place = (case.piece(receipt.at), receipt.n)
        other = holders.setdefault(place, receipt)
        if other.press_id != receipt.press_id and not case.may_be_gone(other):
            yield _wrong(case, Violations.NUMBER_TWICE, f"{other} and {receipt}")


def _numbers_follow_time(case: Case) -> Iterator[Violation]:
    """A press that was sent after a receipt had arrived, anybody's, has a higher number."""
    fresh = sorted(
        (each for each in case.first_receipts.values() if each.press_id in case.attempts),
        key=lambda each: case.attempts[each.press_id][0].at,
    )
    arrived = iter(sorted(case.first_receipts.values(), key=lambda each: each.at))
    following = next(arrived, None)
    highest: dict[int, Receipt] = {}
    for receipt in fresh:
        sent = case.attempts[receipt.press_id][0].at
        while following is not None and following.at < sent:
            piece = case.piece(following.at)
            if piece not in highest or highest[piece].n < following.n:
                highest[piece] = following
            following = next(arrived, None)
        before = highest.get(case.piece(sent))
        same_piece = case.piece(sent) == case.piece(receipt.at)
        if (
            before is not None
            and same_piece
            and before.n > receipt.n
            and not case.may_be_gone(before)
        ):
            yield _wrong(case, Violations.OUT_OF_ORDER, f"{receipt} after {before}")


def _current_is_right(case: Case) -> Iterator[Violation]:
    by_member: defaultdict[str, list[Receipt]] = defaultdict(list)
    for receipt in case.receipts:
        by_member[receipt.member].append(receipt)
    for member, receipts in by_member.items():
        for receipt in receipts:
            asked = max(
                (e.at for e in case.attempts.get(receipt.press_id, ()) if e.at <= receipt.at),
                default=receipt.at,
            )
            superseded = [
                other
                for other in receipts
                if other.n > receipt.n
                and other.at < asked
                and case.piece(other.at) == case.piece(receipt.at)
                and not case.may_be_gone(other)
            ]
            if receipt.current and superseded:
                what = f"{receipt}, but {superseded[0]} came before it was asked for"
                yield _wrong(case, Violations.WRONG_CURRENT, what)
            if not receipt.current and len(case.by_member.get(member, ())) <= 1:
                yield _wrong(case, Violations.WRONG_CURRENT, f"{receipt}, the only press")


def _nothing_taken_while_closed(case: Case) -> Iterator[Violation]:
    counted = {each.press_id for each in case.counted}
    for press_id, sent in case.attempts.items():
        began = sent[0].at
        receipt = case.first_receipts.get(press_id)
        if began > case.over_since and (receipt is not None or press_id in counted):
            what = f"{sent[0]} after the end at {case.over_since}: {receipt or 'counted'}"
            yield _wrong(case, Violations.TAKEN_WHILE_CLOSED, what)
        for since, until in case.pauses:
            if receipt is not None and since < began and receipt.at < until:
                what = f"{receipt} was sent and taken between {since} and {until}"
                yield _wrong(case, Violations.TAKEN_WHILE_CLOSED, what)
