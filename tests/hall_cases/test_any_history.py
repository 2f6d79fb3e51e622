"""Whatever operator and seats do, and whichever calls fail on the way: no vote is lost or made up.

A history is a sequence of commands, presses, pauses and crashes. Any call to journal or box may
fail before or after its effect. Operator and seats do what they are told to do: the operator asks
again with the same key, a seat presses again with the same press_id.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from server.ballots.life import Cancelled, Closed, Void, closure_of, phase_of
from server.hall.desk import Done, NotAllowed, Refusal
from server.hall.press import NotTaken, PressDesk, Reply, Taken
from server.hall.state import EMPTY, fold
from server.ports import BoxPress, CommandKey, NoBox, StoreUnavailable
from server.vocabulary import Command, Phase, RefusalReason
from tests.hall_cases.outages import When
from tests.hall_cases.room import Room, Words

MOST_TRIES = 30
"""More than any drawn history has outages."""

EVENTS = {
    Command.CLOSE: "ballot_closed",
    Command.CANCEL: "ballot_cancelled",
    Command.OPEN: "ballot_opened",
    Command.SUSPEND: "ballot_suspended",
    Command.RESUME: "ballot_resumed",
    Command.EXTEND: "ballot_extended",
}


@dataclass(frozen=True)
class Operate:
    command: Command


@dataclass(frozen=True)
class Presses:
    """Members (by number) and choices that arrive in one tick."""

    group: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Pass:
    """Time, and at its end the look that happens every second."""

    seconds: int


@dataclass(frozen=True)
class Crash:
    """The server dies; another takes over."""


Step = Operate | Presses | Pass | Crash

steps = st.one_of(
    st.builds(
        Operate,
        st.sampled_from(
            [
                Command.OPEN,
                Command.SUSPEND,
                Command.RESUME,
                Command.EXTEND,
                Command.LAST_CALL,
                Command.CLOSE,
                Command.CANCEL,
                Command.DECLARE,
                Command.VOID,
            ]
        ),
    ),
    st.builds(
        Presses,
        st.lists(
            st.tuples(st.integers(0, 5), st.sampled_from(["yes", "no", "abstain", "perhaps"])),
            min_size=1,
            max_size=4,
        ).map(tuple),
    ),
    st.builds(Pass, st.sampled_from([1, 20, 70])),
    st.just(Crash()),
)
fates = st.lists(
    st.one_of(st.none(), st.none(), st.none(), st.none(), st.sampled_from(When)), max_size=60
)


@dataclass
class Sent:
    """A press as a seat sent it, and the last that it heard of it."""

    member: str
    choice: str
    press_id: str
    receipts: set[int] = field(default_factory=set)
    unknown: bool = False


class History:
    """A hall, and what operator and seats remember of it."""

    def __init__(self, room: Room, ballot: str) -> None:
        self.room = room
        self.ballot = ballot
        self.sent: list[Sent] = []
        self.done: Counter[Command] = Counter()

    async def take(self, step: Step) -> None:
        match step:
            case Operate(command=command):
                await self.operate(command)
            case Presses(group=group):
                await self.press([self.fresh(*each) for each in group])
            case Pass(seconds=seconds):
                self.room.clock.advance(seconds * 1000)
                await self.insist(self.room.finish)
                if not isinstance(await self.room.box.state(self.ballot), NoBox):
                    await self.room.mark(self.ballot)
            case Crash():
                await self.insist(self.room.restart)

    async def insist(self, act: Callable[[], Awaitable[object]]) -> None:
        """Do something again until no store fails it."""
        for _ in range(MOST_TRIES):
            try:
                await act()
            except StoreUnavailable:
                continue
            return
        raise AssertionError("the stores never answered")

    async def operate(self, command: Command) -> None:
        key = self.room.key()
        before = len(await self.room.entries(EVENTS.get(command, ""), self.ballot))
        answer, tries = await self.answer(command, key)
        event(f"{command}: {type(answer).__name__}")
        after = len(await self.room.entries(EVENTS.get(command, ""), self.ballot))
        assert after - before <= 1
        if command in EVENTS and tries > 1 and isinstance(answer, NotAllowed):
            # An operator who asks again is never told no about what was done the first time.
            assert after == before

    async def answer(self, command: Command, key: CommandKey) -> tuple[Done | Refusal, int]:
        for tries in range(1, MOST_TRIES):
            try:
                return await self.room.ask(
                    self.ballot, command, key, reason="a reason", seconds=30
                ), tries
            except StoreUnavailable:
                continue
        raise AssertionError("the stores never answered")

    def fresh(self, member: int, choice: str) -> Sent:
        sent = Sent(self.room.members[member], choice, f"press-{len(self.sent)}")
        self.sent.append(sent)
        return sent

    async def press(self, group: list[Sent]) -> None:
        """The group arrives in one tick; a seat that was told `unavailable` tries once more."""
        for _ in range(2):
            desk = PressDesk(
                self.room.desk.box,
                self.room.desk.ledger,
                self.room.desk.witness,
                lambda _: None,
                lambda: None,
            )
            for sent in group:
                desk.put(
                    self.ballot,
                    BoxPress(sent.member, 1, sent.press_id, sent.choice),
                    lambda reply, sent=sent: self.hear(sent, reply),  # type: ignore[misc]  # mypy does not type the default
                )
            await desk.drained()
            group = [sent for sent in group if sent.unknown]

    @staticmethod
    def hear(sent: Sent, reply: Reply) -> None:
        match reply:
            case Taken(accepted=accepted):
                sent.receipts.add(accepted.n)
                sent.unknown = False
            case NotTaken(reason=reason):
                sent.unknown = reason is RefusalReason.UNAVAILABLE

    async def quiet(self) -> None:
        """Nothing fails any more; what is half done is finished, and nothing is left to do."""
        self.room.outages.heal()
        await self.room.finish()
        head = await self.room.journal.head()
        await self.room.finish()
        assert await self.room.journal.head() == head

    async def check(self) -> None:
        entries = await self.room.journal.read()
        state = fold(EMPTY, entries)  # raises BrokenHistory where the journal contradicts itself
        assert state.head == self.room.desk.ledger.state.head
        assert len(await self.room.entries("ballot_closed", self.ballot)) <= 1
        assert await self.room.entries("ballot_doubted") == []
        ballot = state.ballots[self.ballot]
        closure = closure_of(ballot)
        event(f"ends {phase_of(ballot.state)}")
        if isinstance(ballot.state, Cancelled) or closure is None:
            return
        voters = [vote.member for vote in closure.votes]
        assert len(voters) == len(set(voters))
        assert set(voters) <= set(self.room.members[:5])
        by_id = {sent.press_id: sent for sent in self.sent}
        for vote in closure.votes:
            sent = by_id[vote.press_id]
            assert (sent.member, sent.choice) == (vote.member, vote.choice)
            assert sent.receipts <= {vote.n}
        receipted: defaultdict[str, int] = defaultdict(int)
        for sent in self.sent:
            assert len(sent.receipts) <= 1
            for n in sent.receipts:
                receipted[sent.member] = max(receipted[sent.member], n)
        held = {vote.member: vote for vote in closure.votes}
        for member, n in receipted.items():
            assert held[member].n >= n
            if held[member].n > n:
                # Only a press that was never answered can stand above a receipt.
                assert by_id[held[member].press_id].receipts == set()


async def tell(words: Words, history: list[Step], fails: list[When | None], timed: bool) -> None:
    room = await Room(words).enter()
    ballot = await room.prepare(seconds=60 if timed else None, auto_close=timed)
    await room.command(ballot, Command.OPEN)
    told = History(room, ballot)
    room.outages.draw(fails)
    for step in history:
        await told.take(step)
        assert isinstance(phase_of(room.ballot(ballot).state), Phase)
    await told.quiet()
    state = room.ballot(ballot).state
    if not isinstance(state, Closed | Cancelled | Void) and Command.CLOSE in room.allowed(ballot):
        await room.command(ballot, Command.CLOSE)
    await told.quiet()
    await told.check()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=st.lists(steps, min_size=4, max_size=16), fails=fates, timed=st.booleans())
def test_no_vote_is_lost_or_made_up(
    words: Words, history: list[Step], fails: list[When | None], timed: bool
) -> None:
    asyncio.run(tell(words, history, fails, timed))
