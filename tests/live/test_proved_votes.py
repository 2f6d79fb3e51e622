"""Nothing that is not proved is shown as cast, and nobody learns who changes a sealed vote."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from server.hall.unproved import prove_what_is_left
from server.hall.verdicts import InlineProofs, Verdicts
from server.live.proved_votes import ProvedVotes
from server.live.shown_hall import ShownHall
from server.ports import BoxPress, HeldVote
from server.secrecy.ballot import tracker
from server.vocabulary import Command, Disclosure
from tests.hall_cases.secret_room import refusals
from tests.live.secret_hall import SecretHall, secret_hall
from tests.secrecy.forging import unproved


class Gate(InlineProofs):
    """The proofs themselves; those that were held back come when the gate opens."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()

    async def hold(self, election: str, text: str) -> bool:
        await self.open.wait()
        return await super().hold(election, text)


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
async def secret(gate: Gate) -> SecretHall:
    return await secret_hall(gate)


def shown(secret: SecretHall, name: str) -> dict[str, Any]:
    """The ballot as it was shown last."""
    return dict(json.loads(secret.hall.seen[name][-1])["view"]["ballot"])


def seqs(secret: SecretHall, name: str) -> list[int]:
    return [json.loads(frame)["seq"] for frame in secret.hall.seen[name]]


def bad(secret: SecretHall, ballot: str, member: str) -> str:
    text = secret.ballot_of(ballot, member, 1)
    return unproved(secret.credentials[member], text, secret.random)


async def test_a_ballot_counts_on_every_screen_when_it_is_proved(
    secret: SecretHall, gate: Gate
) -> None:
    ballot, hall = await secret.open(), secret.hall
    gate.open.clear()
    for at, member in enumerate(("AA", "BB")):
        secret.put(ballot, member, f"p-{at}", secret.ballot_of(ballot, member, 0))
    await secret.presses.drained()
    await hall.look()
    for name in ("display", "chair", "console"):
        assert shown(secret, name)["turnout"]["voted"] == 0, name
        assert shown(secret, name)["board"] == ".......", name
    console = json.loads(hall.seen["console"][-1])["view"]
    assert (console["secret"]["proving"], console["exceptions"]["silent"]) == (
        2,
        ["AA", "BB", "CC", "DD", "YY"],
    )
    mine = shown(secret, "AA")["mine"]
    assert (mine["n"], mine["proved"]) == (1, False)
    before = seqs(secret, "display")[-1]
    gate.open.set()
    await secret.sealed.settled()
    await hall.look()
    assert shown(secret, "AA")["mine"] == {**mine, "proved": True}
    assert shown(secret, "display")["turnout"]["voted"] == 2
    assert shown(secret, "display")["board"].count(".") == 5
    # One revision of its own for the group: another server may show the last one without it.
    assert seqs(secret, "display")[-1] == before + 1


async def test_while_a_change_is_proved_the_earlier_vote_stands(
    secret: SecretHall, gate: Gate
) -> None:
    ballot, hall = await secret.open(), secret.hall
    first = await secret.vote(ballot, "AA", "p-1", 0)
    await hall.look()
    assert shown(secret, "display")["turnout"]["voted"] == 1
    gate.open.clear()
    text = bad(secret, ballot, "AA")
    secret.put(ballot, "AA", "p-2", text)
    await secret.presses.drained()
    for frames in hall.seen.values():
        frames.clear()
    await hall.look()
    await hall.tending.refresh()  # the box names the newest only
    await hall.look()
    mine = shown(secret, "AA")["mine"]
    assert (mine["n"], mine["tracker"], mine["proved"]) == (2, tracker(text), False)
    gate.open.set()
    assert refusals(await secret.answers("p-2")) == ["bad_proof"]
    await hall.look()
    mine = shown(secret, "AA")["mine"]
    assert (mine["n"], mine["tracker"], mine["proved"]) == (1, first.accepted.choice, True)
    # Asked again for its answer, the refused one does not come back.
    secret.put(ballot, "AA", "p-2", text)
    assert refusals(await secret.answers("p-2")) == ["bad_proof"]
    hall.hub.speak(hall.seats["AA"], hall.seats["AA"].lang)
    await hall.look()
    assert shown(secret, "AA")["mine"]["n"] == 1
    for name in ("display", "chair", "console"):
        told = [json.loads(each)["view"]["ballot"] for each in hall.seen[name]]
        assert {each["turnout"]["voted"] for each in told} <= {1}, name
        assert {each["board"].count(".") for each in told} <= {6}, name


async def test_under_none_no_screen_hears_of_a_verdict(secret: SecretHall, gate: Gate) -> None:
    ballot, hall = await secret.open(disclosure=Disclosure.NONE), secret.hall
    gate.open.clear()
    secret.put(ballot, "AA", "p-1", secret.ballot_of(ballot, "AA", 0))
    await secret.presses.drained()
    await hall.look()
    for frames in hall.seen.values():
        frames.clear()
    gate.open.set()
    await secret.sealed.settled()
    await hall.look()
    assert {name for name, frames in hall.seen.items() if frames} == {"AA"}
    assert shown(secret, "AA")["mine"]["proved"] is True


async def test_who_waits_for_a_proof_at_the_close_is_not_told_that_there_is_no_vote(
    secret: SecretHall, gate: Gate
) -> None:
    ballot, hall = await secret.open(), secret.hall
    gate.open.clear()
    secret.put(ballot, "AA", "p-1", secret.ballot_of(ballot, "AA", 0))
    await secret.presses.drained()
    closing = asyncio.create_task(hall.command(ballot, Command.CLOSE))
    async with asyncio.timeout(5):
        while not hall.hub.box or hall.hub.box.phase != "closed":  # noqa: ASYNC110  # a hub tells nobody
            await asyncio.sleep(0)
    await hall.look()
    seen = shown(secret, "AA")
    assert (seen["phase"], seen["recording"], seen["mine"]["proved"]) == ("closed", True, False)
    assert shown(secret, "display")["turnout"]["voted"] == 0
    gate.open.set()
    await closing
    await hall.look()
    assert shown(secret, "AA")["mine"]["proved"] is True
    assert shown(secret, "display")["turnout"]["voted"] == 1


async def test_a_hub_without_memory_finds_what_nobody_proved(
    secret: SecretHall, gate: Gate
) -> None:
    """As after a restart, or where another server took the ballots."""
    ballot, hall = await secret.open(), secret.hall
    first = await secret.vote(ballot, "AA", "p-1", 0)
    gate.open.clear()
    text = bad(secret, ballot, "AA")
    secret.put(ballot, "AA", "p-2", text)
    await secret.presses.drained()
    assert hall.hub.unsettled() is None  # it is being proved
    verdicts = Verdicts()
    other = ShownHall(verdicts)
    state, box = hall.desk.ledger.state, hall.hub.box
    other.adopt(state, box, await secret.hall.votes(ballot), frozenset(), hall.hub.on_air, 1)
    assert other.unsettled() == (ballot, [tracker(text)])
    assert other.proved == ProvedVotes(
        {}, {"AA": HeldVote(tracker(text), 2, "p-2")}, {tracker(text): "AA"}
    )
    gate.open.set()
    await prove_what_is_left(hall.desk, ballot, [tracker(text)])
    assert (await hall.votes(ballot))["AA"] == HeldVote(first.accepted.choice, 1, "p-1")
    assert refusals(await secret.answers("p-2")) == ["bad_proof"]
    assert len([*secret.secret(ballot).refused]) == 1
    state = hall.desk.ledger.state
    assert hall.hub.box is not None
    other.adopt(state, hall.hub.box, await hall.votes(ballot), frozenset(), hall.hub.on_air, 1)
    assert other.unsettled() == (ballot, [first.accepted.choice])


async def test_what_nobody_here_pressed_is_proved_and_shown_within_seconds(
    secret: SecretHall,
) -> None:
    """Another server took them, and died: nobody comes back for an answer."""
    ballot, hall = await secret.open(), secret.hall
    texts = {"AA": secret.ballot_of(ballot, "AA", 0), "BB": bad(secret, ballot, "BB")}
    await hall.tending.start()
    try:
        for member, text in texts.items():
            press = BoxPress(member, 1, f"p-{member}", tracker(text), sealed=text)
            await hall.box.press(ballot, [press])
        await hall.tending.refresh()
        async with asyncio.timeout(10):
            while hall.desk.ledger.state.ballots[ballot].secret.refused != {2: "BB"}:  # type: ignore[union-attr]  # noqa: ASYNC110  # it is secret; a ledger tells nobody
                await asyncio.sleep(0.05)
            voted = 0
            while voted != 1:
                await asyncio.sleep(0.05)
                for frame in map(json.loads, hall.outboxes["display"].take()):
                    if frame["type"] == "view":
                        voted = frame["view"]["ballot"]["turnout"]["voted"]
    finally:
        await hall.tending.stop()
    assert set(await hall.votes(ballot)) == {"AA"}
