"""A whole hall without a network: journal, box, ledger and desk, in one place.

The stores are real (the memory twins, or a box in a real Redis). A `Room` may be left by its
server and entered by another one, which is what a crash is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.adapters.ids import RandomIds
from server.adapters.memory_box import MemoryBallotBox
from server.adapters.memory_journal import MemoryJournal
from server.assembly.assembly import Assembly, QuorumOf, QuorumSetting
from server.assembly.sample import load_sample
from server.ballots.life import Ballot, phase_of
from server.ballots.question import Title
from server.ballots.transitions import allowed
from server.hall.ask import Ask
from server.hall.desk import Desk, Done, Refusal
from server.hall.finish import finish
from server.hall.founding import found
from server.hall.ledger import Ledger
from server.hall.operate import operate
from server.hall.prepare import Proposal, prepare
from server.hall.recover import recover
from server.hall.refusals import RefusalLog
from server.hall.state import HallState
from server.locales.speech import Speech, load_speech
from server.ports import (
    Accepted,
    BallotBox,
    BoxPress,
    BoxState,
    CommandKey,
    HighWater,
    Journal,
    PressOutcome,
)
from server.record.signer import public_key_text
from server.rules.rulebook import Rulebook, load_rulebook
from server.vocabulary import Command, Disclosure, Kind, Mode, Phase
from tests.contracts.manual_clock import ManualClock
from tests.hall_cases.outages import Outages

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TITLE = Title("A motion", "Une motion", "Una moción", "اقتراح")
OPERATOR = "operator:op"


@dataclass(frozen=True, slots=True)
class Words:
    """What takes a while to read, read once."""

    speech: Speech
    rulebook: Rulebook
    assembly: Assembly


def read_words() -> Words:
    """Speech, rulebook, and the sample assembly cut down to six Members; the last is suspended."""
    sample = load_sample()
    members = sample.members[:6]
    codes = {member.code for member in members}
    small = replace(
        sample,
        members=(*members[:5], replace(members[5], suspended=True)),
        seats=tuple(seat for seat in sample.seats if seat.member in codes),
    )
    return Words(load_speech(), load_rulebook(sample.rulebook), small)


def with_quorum(assembly: Assembly, of: tuple[int, int]) -> Assembly:
    """The assembly with a quorum of presence."""
    setting = QuorumSetting(of, at_least=True, of_whom=QuorumOf.MEMBERS)
    return replace(assembly, settings=replace(assembly.settings, quorum=setting))


class Room:
    """One hall. `journal` and `box` are the stores themselves; the desk sees them through doors."""

    def __init__(
        self,
        words: Words,
        *,
        box: BallotBox | None = None,
        journal: Journal | None = None,
        clock: ManualClock | None = None,
    ) -> None:
        self._words = words
        self.clock = clock or ManualClock()
        self.journal: Journal = journal or MemoryJournal()
        self.box: BallotBox = box or MemoryBallotBox(self.clock)
        self.outages = Outages()
        self.changes = 0
        self.desk = self._desk()
        self._keys: Iterator[int] = iter(range(1, 1_000_000))

    def _desk(self) -> Desk:
        ids = RandomIds()
        return Desk(
            ledger=Ledger(self.outages.behind(self.journal), KEY, ids),
            box=self.outages.behind(self.box),
            ids=ids,
            clock=self.clock,
            speech=self._words.speech,
            rulebook=self._words.rulebook,
            changed=self._changed,
            refusals=RefusalLog(),
        )

    async def _changed(self) -> None:
        self.changes += 1

    async def enter(self) -> Room:
        """Found the hall if it is new, and recover."""
        ledger, clock, ids = self.desk.ledger, self.clock, self.desk.ids
        await found(ledger, clock, ids, self._words.assembly, public_key_text(KEY))
        await recover(self.desk)
        return self

    async def restart(self, box: BallotBox | None = None) -> None:
        """Another server takes over; with `box`, on another store of the votes."""
        self.box = box or self.box
        self.desk = self._desk()
        await self.enter()

    def beside(self) -> Room:
        """A second server on the same stores, with no outages of its own."""
        return Room(self._words, box=self.box, journal=self.journal, clock=self.clock)

    # --- what the operator does

    def key(self, body: str = "0" * 64) -> CommandKey:
        """An Idempotency-Key that was not used before."""
        return CommandKey(f"key-{next(self._keys)}", OPERATOR, body)

    async def prepare(self, **fields: Any) -> str:
        """A prepared ballot's id."""
        proposal = replace(PROPOSAL, **fields)
        done = await prepare(self.desk, OPERATOR, proposal, None)
        assert isinstance(done, Done), done
        return done.ballot.id

    async def ask(
        self, ballot: str, command: Command, key: CommandKey | None = None, **fields: Any
    ) -> Done | Refusal:
        """The answer to a command."""
        return await operate(self.desk, OPERATOR, ballot, Ask(command, **fields), key)

    async def command(self, ballot: str, command: Command, **fields: Any) -> Ballot:
        """The ballot after a command that is not refused."""
        done = await self.ask(ballot, command, **fields)
        assert isinstance(done, Done), done
        return done.ballot

    async def open(self, **fields: Any) -> str:
        """An open ballot's id."""
        ballot = await self.prepare(**fields)
        await self.command(ballot, Command.OPEN)
        return ballot

    async def finish(self) -> HallState:
        """What happens every second."""
        async with self.desk.turn:
            await finish(self.desk)
        return self.desk.ledger.state

    # --- what seats do

    @property
    def members(self) -> tuple[str, ...]:
        return tuple(member.code for member in self._words.assembly.members)

    async def press(
        self, ballot: str, member: str, choice: str = "yes", press_id: str = "p1"
    ) -> PressOutcome:
        """A press, straight into the store."""
        group = await self.box.press(ballot, [BoxPress(member, 1_000, press_id, choice)])
        return group.outcomes[0]

    async def vote(self, ballot: str, *choices: str) -> None:
        """The first Members vote, one each."""
        for member, choice in zip(self.members, choices, strict=False):
            assert isinstance(await self.press(ballot, member, choice), Accepted)

    async def mark(self, ballot: str, **fields: Any) -> None:
        """Note how far the box is, or says it is, as the tending does every second."""
        box = await self.held(ballot)
        mark = HighWater(ballot, box.incarnation, box.n, box.chain, box.revision)
        await self.journal.note_high_water(replace(mark, **fields))

    # --- what is there

    async def held(self, ballot: str) -> BoxState:
        box = await self.box.state(ballot)
        assert isinstance(box, BoxState)
        return box

    def ballot(self, ballot: str) -> Ballot:
        return self.desk.ledger.state.ballots[ballot]

    def phase(self, ballot: str) -> Phase:
        return phase_of(self.ballot(ballot).state)

    def allowed(self, ballot: str) -> tuple[Command, ...]:
        return allowed(self.ballot(ballot))

    async def entries(self, kind: str, ballot: str | None = None) -> list[dict[str, Any]]:
        """The journal's entries of a kind: header and payload in one."""
        found: list[dict[str, Any]] = []
        for entry in await self.journal.read():
            header = json.loads(entry.header)
            if header["type"] == kind and ballot in (None, header["subject"]):
                found.append({**json.loads(entry.payload), **header})
        return found


PROPOSAL = Proposal(
    title=TITLE,
    kind=Kind.MOTION,
    decision="ordinary",
    mode=Mode.RECORDED,
    disclosure=Disclosure.COUNTS,
    document=None,
    item=None,
    seconds=None,
    auto_close=False,
    revocable=True,
    test=False,
)
