"""Which vote the lamps may show: the rules of `n`, `current` and `mine`.

Rule: only a receipt or a view of the hall changes what is confirmed; of a sealed vote only what
is proved. Within a ballot and an epoch `n` never falls while votes can be cast; after the close the
box has the last word.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk_client.asking import Answer
from kiosk_client.seat_state import CASTING, Confirmed
from server.vocabulary import Choice, Mode, Phase
from server.wire.messages import Receipt
from server.wire.views import KioskBallot, Mine


def may_be_doubted(ballot: str, floor: KioskBallot | None) -> bool:
    """Whether a vote of this ballot may still be found missing, until its end is in the journal.

    So long its receipt is kept, for the next `hello`; then it is forgotten with what was chosen.
    """
    return (
        floor is not None and floor.id == ballot and (floor.phase not in _OVER or floor.recording)
    )


_OVER: Final = frozenset(
    {
        Phase.CLOSED,
        Phase.DECLARED,
        Phase.CERTIFIED,
        Phase.PUBLISHED,
        Phase.CANCELLED,
        Phase.VOID,
    }
)


def confirmed_by_receipt(
    held: Confirmed | None, receipt: Receipt, floor: KioskBallot | None, epoch: str
) -> Confirmed | None:
    """What is confirmed after a receipt.

    A receipt for another ballot than the one on the floor, or with an older `n`, changes nothing.
    One that is not current says that a vote unknown to this seat holds: no lamp may stay lit.
    """
    if floor is None or receipt.ballot != floor.id:
        return held
    if held is not None and held.ballot == receipt.ballot:
        superseded = receipt.n == held.n and held.choice is None and not held.is_secret
        if receipt.n < held.n or superseded:
            return held
    choice = _answer(receipt.choice) if receipt.current else None
    is_secret = receipt.tracker is not None and receipt.current
    return Confirmed(receipt.ballot, epoch, receipt.n, choice, receipt.code, is_secret)


def confirmed_by_view(
    held: Confirmed | None, floor: KioskBallot | None, epoch: str
) -> Confirmed | None:
    """What is confirmed after a view that is not older than the one held.

    A view may have been drawn up before the receipt that overtook it: while votes can be cast
    only a higher `n` moves the lamp. A later epoch (the hall recovered, perhaps from a box that
    is behind) and the close end that: then the box has the last word. A sealed vote that is not
    proved yet lights nothing; and what a view has named before and names no longer is out.
    """
    if floor is None:
        return None
    mine = floor.mine
    named = None if mine is None or not mine.proved else _named(floor.id, epoch, mine)
    if held is None or held.ballot != floor.id or held.epoch != epoch:
        return named
    if mine is not None and not mine.proved and mine.n == held.n:
        return replace(held, seen=True)  # its receipt came first
    if floor.phase not in CASTING:
        return named
    if named is not None and named.n > held.n:
        return named
    if floor.mode is not Mode.SECRET:
        return held
    if mine is not None and mine.n >= held.n:
        return replace(held, seen=True)
    return named if held.seen else held


def _named(ballot: str, epoch: str, mine: Mine) -> Confirmed:
    is_secret = mine.choice is None
    answer = _answer(mine.choice)
    return Confirmed(ballot, epoch, mine.n, answer, mine.code, is_secret, seen=True)


def _answer(choice: Choice | list[str] | None) -> Answer | None:
    return tuple(choice) if isinstance(choice, list) else choice
