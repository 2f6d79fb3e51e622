"""Invariant 12 of non-recorded ballots: who votes what changes not one byte of what lasts.

Two halls differ in nothing but who chose what, with the same sums. Whatever anybody but the voters
is sent, from the opening to the erasure and after, is the same, and so is every entry of the
journal; a voter's own frames differ only while the ballot is open.
"""

from __future__ import annotations

import json

import pytest

from server.hall.erasing import erase_what_is_over
from server.vocabulary import Command, Disclosure, Mode
from tests.live.small_hall import SmallHall

VOTERS = ("AA", "BB", "CC")
OTHERS = ("display", "chair", "console", "YY", "ZZ")

Presses = list[list[tuple[str, str]]]


async def history(
    disclosure: Disclosure, ticks: Presses, papers: bool
) -> tuple[dict[str, list[bytes]], dict[str, list[bytes]], list[tuple[bytes, bytes]]]:
    """What everybody was sent while the ballot was open, what after, and the journal."""
    hall = await SmallHall.open()
    ballot = await hall.prepare(
        disclosure, mode=Mode.NON_RECORDED, nominees=("yes", "no", "abstain") if papers else ()
    )
    await hall.command(ballot, Command.OPEN)
    await hall.look()
    for presses in ticks:
        await hall.press(ballot, presses)
        await hall.look()
    open_frames = {name: list(frames) for name, frames in hall.seen.items()}
    for frames in hall.seen.values():
        frames.clear()
    for command in (Command.CLOSE, Command.DECLARE):
        await hall.command(ballot, command)
        await hall.look()
    assert await erase_what_is_over(hall.desk)
    assert not await erase_what_is_over(hall.desk)
    await hall.tending.refresh()
    await hall.command(ballot, Command.CERTIFY)
    await hall.look()
    assert await hall.votes(ballot) == {}
    entries = await hall.desk.ledger.journal.read()
    return open_frames, hall.seen, [(entry.header, entry.payload) for entry in entries]


ONE: Presses = [[("AA", "yes"), ("BB", "no")], [("CC", "abstain")], [("AA", "no"), ("BB", "yes")]]
OTHER: Presses = [[("AA", "no"), ("BB", "yes")], [("CC", "abstain")], [("AA", "yes"), ("BB", "no")]]


@pytest.mark.parametrize("papers", [False, True], ids=["motion", "election"])
@pytest.mark.parametrize("disclosure", [Disclosure.NONE, Disclosure.TURNOUT, Disclosure.COUNTS])
async def test_nothing_that_lasts_tells_who_voted_what(
    disclosure: Disclosure, papers: bool
) -> None:
    one = await history(disclosure, ONE, papers)
    other = await history(disclosure, OTHER, papers)
    assert one[2] == other[2], "the journal"
    for name in OTHERS:
        assert one[0][name] == other[0][name], name
        assert one[0][name], name
    for name in (*OTHERS, *VOTERS):
        assert one[1][name] == other[1][name], name
        assert one[1][name], name
    assert one[0]["AA"] != other[0]["AA"], "while it is open a seat shows its own choice"
    mine = json.loads(one[1]["AA"][-1])["view"]["ballot"]["mine"]
    assert mine == {"choice": None, "n": 0, "code": "", "tracker": None, "proved": True}
