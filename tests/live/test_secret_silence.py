"""Invariant 12 of secret ballots: who votes what changes not one byte of what anybody is shown.

Two halls differ in nothing but the choices that were sealed, with the same sums. Until the
declaration every screen and every other seat is sent the same bytes; a seat's own frames differ in
the tracker and the code of its own sealed ballot only, and after the declaration all differ in the
hash of the declaring entry, which rests on the ciphertexts.
"""

from __future__ import annotations

import re

import pytest

from server.hall.desk import Done
from server.vocabulary import Command, Disclosure
from tests.live.secret_hall import VOTERS, secret_hall

OTHERS = ("display", "chair", "console", "YY", "ZZ")
OWN = re.compile(rb'"(tracker|code)":"[^"]*"')
HEAD = re.compile(rb'"head":"[0-9a-f]*"')


async def history(
    disclosure: Disclosure, choices: dict[str, list[int]]
) -> tuple[dict[str, list[bytes]], dict[str, list[bytes]]]:
    """What everybody was sent until just before the declaration, and by it."""
    secret = await secret_hall()
    hall = secret.hall
    ballot = await secret.open(disclosure=disclosure)
    await hall.look()
    for at in range(2):
        for member in VOTERS:
            chosen = choices[member]
            if at < len(chosen):
                await secret.vote(ballot, member, f"p-{member}-{at}", chosen[at])
                await hall.look()
    await hall.command(ballot, Command.CLOSE)
    await hall.look()
    for name in ("ana", "cy"):
        assert isinstance(await secret.share(ballot, name), Done)
        await hall.look()
    before = {name: list(frames) for name, frames in hall.seen.items()}
    for frames in hall.seen.values():
        frames.clear()
    declared = await hall.command(ballot, Command.DECLARE)
    await hall.look()
    assert declared.secret is not None
    assert dict(declared.state.closure.tally.counts) == {"yes": 1, "no": 1, "abstain": 1}  # type: ignore[union-attr]  # it is declared
    return before, {name: list(frames) for name, frames in hall.seen.items()}


@pytest.mark.parametrize("disclosure", [Disclosure.NONE, Disclosure.TURNOUT])
async def test_who_voted_what_is_shown_to_nobody(disclosure: Disclosure) -> None:
    one, one_declared = await history(disclosure, {"AA": [0, 1], "BB": [0], "CC": [2]})
    other, other_declared = await history(disclosure, {"AA": [1, 2], "BB": [1], "CC": [0]})
    for name in OTHERS:
        assert one[name] == other[name], name
        assert one[name], name
    for member in VOTERS:
        assert [OWN.sub(b"", each) for each in one[member]] == [
            OWN.sub(b"", each) for each in other[member]
        ], member
    for name, frames in one_declared.items():
        assert [HEAD.sub(b"", OWN.sub(b"", each)) for each in frames] == [
            HEAD.sub(b"", OWN.sub(b"", each)) for each in other_declared[name]
        ], name
        assert frames, name


async def test_no_count_exists_before_the_opening() -> None:
    shown, declared = await history(Disclosure.TURNOUT, {"AA": [0], "BB": [1], "CC": [2]})
    told = b"".join(b"".join(shown[name]) for name in ("display", "YY"))
    assert b'"counts":{' not in told
    assert b'"counts":{"yes":1' in b"".join(declared["display"])
