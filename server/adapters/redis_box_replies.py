"""What the scripts answer, as the values of the port.

Rule: a reply that is not understood is an error here, never a guess. The shapes stand at the
top of each script in `lua/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import orjson

from server.ports import (
    Accepted,
    BoxChange,
    BoxPhase,
    BoxPress,
    BoxState,
    GroupOutcome,
    HeldVote,
    Latched,
    NoBox,
    PressOutcome,
    RefusedPress,
    SealedPress,
    StaleFence,
)
from server.vocabulary import RefusalReason


def change(ballot: str, reply: Sequence[bytes]) -> BoxChange:
    """The answer of `open.lua` and `change.lua`."""
    tag, body = reply
    match tag:
        case b"state":
            return state(ballot, body)
        case b"latched":
            return Latched(state(ballot, body))
        case b"stale":
            return StaleFence(int(body))
        case b"none":
            return NoBox()
        case _:
            raise ValueError(f"a box script answered {tag!r}")


def unfenced(ballot: str, reply: Sequence[bytes]) -> BoxState | NoBox:
    """The answer of `change.lua` to what needs no fence, which is never too late."""
    answer = change(ballot, reply)
    match answer:
        case BoxState() | NoBox():
            return answer
        case StaleFence() | Latched():
            raise ValueError(f"a command without a fence was answered {answer!r}")
        case _:
            assert_never(answer)


def group(ballot: str, presses: Sequence[BoxPress], reply: Sequence[bytes]) -> GroupOutcome:
    """The answer of `press.lua`."""
    words, body = reply
    after = state(ballot, body) if body else None
    phase = after.phase if after else None
    return GroupOutcome(
        tuple(
            _outcome(press, word, phase)
            for press, word in zip(presses, words.decode().split(" "), strict=True)
        ),
        after,
    )


def _outcome(press: BoxPress, word: str, phase: BoxPhase | None) -> PressOutcome:
    n, *flags = word.split(":")
    if not flags:
        return RefusedPress(RefusalReason(word), phase)
    current, repeated = flags
    return Accepted(int(n), press.choice, current == "1", repeated == "1")


def state(ballot: str, body: bytes) -> BoxState:
    """A box as `state` in `box.lua` writes it: every field a text, '' for none."""
    box: dict[str, str] = orjson.loads(body)
    choices: list[str] = orjson.loads(box["choices"]) if box["choices"] else []
    return BoxState(
        ballot=ballot,
        phase=BoxPhase(box["phase"]),
        fence=int(box["fence"]),
        incarnation=box["incarnation"],
        n=int(box["n"]),
        chain=box["chain"],
        voters=int(box["voters"]),
        counts={choice: int(box[f"count:{choice}"]) for choice in choices},
        opened_at=int(box["opened_at"]),
        closes_at=_optional(box["closes_at"]),
        remaining=_optional(box["remaining"]),
        closed_at=_optional(box["closed_at"]),
        last_call=box["last_call"] == "1",
        revision=int(box["revision"]),
    )


def _optional(text: str) -> int | None:
    return int(text) if text else None


def held_vote(stored: bytes) -> HeldVote:
    """A Member's line in the votes of a box: n|press_id|choice."""
    n, press_id, choice = stored.decode().split("|", 2)
    return HeldVote(choice=choice, n=int(n), press_id=press_id)


def sealed_press(stored: bytes) -> SealedPress:
    """A line of the sealed ballots of a box: n|member|press_id|tracker|text."""
    n, member, press_id, tracker, text = stored.decode().split("|", 4)
    return SealedPress(int(n), member, press_id, tracker, text)


def press_number(stored: bytes) -> int:
    """The number in a line of the presses of a box: n|choice."""
    return int(stored.partition(b"|")[0])
