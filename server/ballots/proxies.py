"""Voting for another Member.

Rule: the box holds one vote a Member. Who gave its vote to another Member and has not voted itself
is voted for by what the holder voted; a Member that votes itself is not. The giver counts as
having voted, and so as present.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from server.assembly.roll import Roll
from server.ballots.life import CastVote
from server.vocabulary import Mode

BY_NAME: Final = frozenset({Mode.RECORDED, Mode.ROLL_CALL})
"""The ways of voting that say who voted what: only there can a vote weigh more than another, or
stand for two Members."""


def voted_for(roll: Roll, voters: Collection[str]) -> dict[str, str]:
    """Who is voted for by whom: Member → holder of its proxy, who has voted."""
    return {
        giver: holder
        for giver, holder in roll.proxies.items()
        if giver not in voters and holder in voters
    }


def choices_by_member(roll: Roll, votes: Collection[CastVote]) -> dict[str, str]:
    """What counts for each Member: its own vote, or the one cast for it."""
    own = {vote.member: vote.choice for vote in votes}
    for giver, holder in voted_for(roll, own).items():
        own[giver] = own[holder]
    return own
