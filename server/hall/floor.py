"""A ballot comes before the assembly: the frozen roll, and how it is opened.

Rule: the roll is frozen at the announcement. A ballot that is not answered at the seats opens no
box: its opening has no incarnation and no timer; a roll-call's has its order and the lot.
"""

from __future__ import annotations

from typing import Any

from server.assembly.assembly import Assembly
from server.assembly.roll import Roll, freeze_roll, roll_counts
from server.ballots.events import roll_payload
from server.ballots.proxies import BY_NAME
from server.ballots.question import Question
from server.ballots.roll_call import call_order, draw, eligible
from server.ballots.secret import Secret, secret_payload
from server.ballots.transitions import WITHOUT_BOX
from server.hall.ask import Ask, Fresh
from server.hall.state import HallState, assembly_of, present_now
from server.vocabulary import Language, Mode


def roll_now(state: HallState, leased: frozenset[str], mode: Mode = Mode.RECORDED) -> Roll:
    """The roll of a ballot of this mode that is announced now."""
    present = present_now(state, leased)
    return freeze_roll(assembly_of(state), present, with_proxies=mode in BY_NAME)


def announcement(
    roll: Roll, override: str | None, secret: Secret | None = None
) -> dict[str, object]:
    """The payload of `ballot_announced`; `override` is why it is announced all the same."""
    figures = roll_counts(roll)
    part = {} if secret is None else {"secret": secret_payload(secret)}
    return {
        **part,
        "roll": roll_payload(roll),
        "members": roll.members_total,
        "entitled": figures.entitled,
        "present": figures.present,
        "override": override,
    }


def opening_payload(
    question: Question, assembly: Assembly, roll: Roll, ask: Ask, new: Fresh
) -> dict[str, Any]:
    """The payload of `ballot_opened`. In a roll-call somebody on the roll may vote."""
    if question.mode not in WITHOUT_BOX:
        seconds = ask.seconds if ask.seconds is not None else question.seconds
        return {"seconds": seconds, "incarnation": new.incarnation, "reason": ask.reason}
    payload: dict[str, Any] = {"seconds": None, "incarnation": "", "reason": ask.reason}
    if question.mode is Mode.ROLL_CALL:
        payload["roll_call"] = _roll_call(assembly, roll, ask, new)
    return payload


def calling_language(assembly: Assembly, ask: Ask) -> Language:
    """The language of a roll-call: the one that was asked for, else the assembly's first."""
    return ask.language or assembly.languages[0]


def _roll_call(assembly: Assembly, roll: Roll, ask: Ask, new: Fresh) -> dict[str, Any]:
    language = calling_language(assembly, ask)
    start = ask.start or draw(eligible(assembly, roll, language), new.lot)
    order = call_order(assembly, roll, language, start)
    assert order is not None, "the start may vote"  # noqa: S101  # the objection looked
    return {
        "language": language.value,
        "start": start,
        "lot": None if ask.start else new.lot,
        "order": list(order),
    }
