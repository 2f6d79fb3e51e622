"""What no ballot box takes: arguments that would make its running hash or its keys ambiguous.

Rule: a `ValueError` here is a mistake of the calling code, never of a delegate, and it names the
field and the remedy. Both boxes check with these functions before they change anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from server.ports import BoxOpening, BoxPress

SEPARATOR: Final = "|"
"""Stands between member, press_id and choice in the running hash. The choice comes last, so the
parts cannot be confused as long as the first two do not contain it."""


MASK: Final = f"{SEPARATOR}mask"
"""Stands before a box's mask, behind the roll, where no Member can be called so."""


def check_opening(opening: BoxOpening) -> None:
    """Refuse an opening that a box could not keep its word on."""
    _check_name("ballot", opening.ballot)
    _check_name("incarnation", opening.incarnation)
    if opening.mask:
        _check_name("mask", opening.mask)
    for member in opening.roll:
        _check_name("roll: member", member)
    if opening.choices is not None:
        _check_choices(opening.choices)
    _check_fence(opening.fence)
    if opening.seconds is not None:
        check_seconds(opening.seconds)


def check_group(group: Sequence[BoxPress]) -> None:
    """Refuse a group in which a press could be mistaken for another."""
    for press in group:
        _check_name("member", press.member)
        _check_name("press_id", press.press_id)
        if press.generation < 1:
            raise ValueError("generation: give what take_generation returned (from 1)")
        if press.sealed:
            _check_name("choice: the tracker of a sealed ballot", press.choice)
            _check_text("sealed", press.sealed)


def check_command(ballot: str, fence: int) -> None:
    """Refuse a command without a ballot or a journal number."""
    _check_name("ballot", ballot)
    _check_fence(fence)


def check_seconds(seconds: int) -> None:
    """Refuse a timer that would not run."""
    if seconds < 1:
        raise ValueError("seconds: give a whole number from 1, or none for no timer")


def _check_choices(choices: Sequence[str]) -> None:
    for choice in choices:
        _check_text("choices", choice)
        if not choice:
            raise ValueError("choices: give each choice a name")
    if not choices:
        raise ValueError("choices: give at least one, or None to take any")
    if len(set(choices)) != len(choices):
        raise ValueError("choices: name each choice once")


def _check_fence(fence: int) -> None:
    if fence < 1:
        raise ValueError("fence: give the seq of a journal entry (from 1)")


def _check_name(field: str, value: str) -> None:
    _check_text(field, value)
    if not value or SEPARATOR in value:
        raise ValueError(f"{field}: give a text that is not empty and has no {SEPARATOR!r}")


def _check_text(field: str, value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{field}: give text that UTF-8 can carry") from error
