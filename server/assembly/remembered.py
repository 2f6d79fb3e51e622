"""A function that keeps its last few answers, for what is asked over and over about the same thing.

Rule: "the same" is the same object, never an equal one: the hall's states are frozen, so the same
object has the same answer, and comparing two assemblies would cost more than the answer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import wraps
from operator import is_
from typing import Final, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

KEPT: Final = 8


def remembered(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """`ask`, which is pure, asked anew only about what it was not asked about lately."""
    kept: deque[tuple[tuple[object, ...], Answer]] = deque(maxlen=KEPT)

    @wraps(ask)
    def answer(*about: Asked.args, **named: Asked.kwargs) -> Answer:
        asked = (*about, *named.values())
        for known, told in kept:
            if len(known) == len(asked) and all(map(is_, known, asked)):
                return told
        told = ask(*about, **named)
        kept.append((asked, told))
        return told

    return answer
