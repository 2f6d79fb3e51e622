"""A hall of seven Members on the memory box and journal: every part real, nothing on disk.

Rule: two halls that are driven alike are alike to the last byte: the clock stands still, the
identities are counted, so that whatever differs between two of them comes from what they did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.adapters.memory_box import MemoryBallotBox
from server.adapters.memory_journal import MemoryJournal
from server.assembly.assembly import Assembly, Digits, QuorumOf, QuorumSetting, Settings
from server.assembly.member import Member
from server.assembly.seat import Seat
from server.assembly.texts import Texts
from server.ballots.life import Ballot
from server.ballots.question import Title
from server.hall.ask import Ask
from server.hall.desk import Desk, Done
from server.hall.doubt import doubt
from server.hall.finish import finish
from server.hall.founding import found
from server.hall.ledger import Ledger
from server.hall.operate import operate
from server.hall.prepare import Proposal, prepare
from server.hall.press import NotTaken, PressDesk, Reply
from server.hall.refusals import RefusalLog
from server.hall.standing_for import Nominee
from server.hall.verdicts import Verdicts
from server.live.connections import ScreenConnection, SeatConnection
from server.live.hub import Hub
from server.live.outbox import Outbox
from server.live.tending import Tending
from server.live.wording import Wording
from server.locales.speech import Speech, load_speech
from server.ports import BoxPress, HeldVote, Proofs
from server.record.signer import public_key_text
from server.rules.rulebook import Rulebook, load_rulebook
from server.vocabulary import CandidateOrder, Command, Disclosure, Kind, Language, Mode, Role
from tests.contracts.manual_clock import ManualClock

CODES = ("AA", "BB", "CC", "DD", "EE", "YY", "ZZ")
"""AA to EE vote. EE comes after the roll is frozen, DD is present without a connection; YY only
looks on, ZZ's right is suspended."""

ONLINE = ("AA", "BB", "CC", "YY", "ZZ")


def texts(text: str) -> Texts:
    return Texts(en=text, fr=text, es=text, ar=text)


def member(code: str) -> Member:
    name = texts(f"Member {code}")
    return Member(code, "europe", name, name, name, suspended=code == "ZZ", approved=True)


def assembly(quorum: QuorumSetting | None = None) -> Assembly:
    return Assembly(
        id="small",
        name=texts("Small assembly"),
        languages=tuple(Language),
        rulebook="plain",
        members=tuple(member(code) for code in CODES),
        seats=tuple(Seat(f"{code}-1", code) for code in CODES),
        sittings=(),
        agenda=(),
        settings=Settings(
            quorum=quorum,
            digits=Digits.LATN,
            display_public=False,
            two_person=frozenset(),
            operator_may_certify=True,
            time_zone="UTC",
        ),
    )


HALF = QuorumSetting(of=(1, 2), at_least=True, of_whom=QuorumOf.MEMBERS)


@lru_cache
def speech() -> Speech:
    return load_speech(Digits.LATN.value)


@lru_cache
def rulebook(name: str) -> Rulebook:
    return load_rulebook(name)


class CountedIds:
    """`server.ports.Ids`, one after the other."""

    def __init__(self) -> None:
        self._n = 0

    def _next(self) -> str:
        self._n += 1
        return f"{self._n:06d}"

    def ballot_id(self) -> str:
        return "b-" + self._next()

    def incarnation(self) -> str:
        return "i-" + self._next()

    def nonce(self) -> bytes:
        return self._next().encode().rjust(32, b"0")

    def token(self) -> str:
        return "t-" + self._next()


@dataclass(slots=True)
class SmallHall:
    """A hall with a display, a chair, a console and the seats that are online."""

    desk: Desk
    hub: Hub
    box: MemoryBallotBox
    clock: ManualClock
    tending: Tending
    press_desk: PressDesk
    generations: dict[str, int] = field(default_factory=dict)
    outboxes: dict[str, Outbox] = field(default_factory=dict)
    seats: dict[str, SeatConnection] = field(default_factory=dict)
    seen: dict[str, list[bytes]] = field(default_factory=dict)
    presses: int = 0

    @classmethod
    async def open(
        cls,
        *,
        quorum: QuorumSetting | None = None,
        box_type: type[MemoryBallotBox] = MemoryBallotBox,
        proofs: Proofs | None = None,
    ) -> SmallHall:
        clock, ids = ManualClock(), CountedIds()
        box = box_type(clock)
        key = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
        ledger = Ledger(MemoryJournal(), key, ids)
        here = assembly(quorum)
        await found(ledger, clock, ids, here, public_key_text(key))
        refusals = RefusalLog()
        verdicts = Verdicts(proofs)
        hub = Hub(Wording(speech()), refusals, verdicts)
        tending: Tending

        async def changed() -> None:
            await tending.refresh()

        words = (speech(), rulebook(here.rulebook))
        desk = Desk(ledger, box, ids, clock, *words, changed, refusals, verdicts=verdicts)
        tending = Tending(hub, desk)
        verdicts.told = tending.judged
        await finish(desk)
        presses = PressDesk(box, ledger, desk.witness, hub.landed, tending.trouble)
        hall = cls(desk, hub, box, clock, tending, presses)
        for code in CODES:
            (hall.generations[code],) = await box.take_generations([code])
        await box.lease_presence([code for code in CODES if code != "EE"], 3_600_000)
        await tending.refresh()
        for name, role, console in (
            ("display", Role.DISPLAY, False),
            ("chair", Role.CHAIR, False),
            ("console", Role.OPERATOR, True),
        ):
            hall.join_screen(name, role, console=console)
        for code in ONLINE:
            hall.join_seat(code)
        await hall.look()
        return hall

    def join_screen(self, name: str, role: Role, *, console: bool) -> ScreenConnection:
        self.outboxes[name], self.seen[name] = Outbox(), []
        connection = ScreenConnection(self.outboxes[name], role, console)
        self.hub.screens.join(connection)
        return connection

    def join_seat(self, code: str) -> SeatConnection:
        self.outboxes[code], self.seen[code] = Outbox(), []
        connection = SeatConnection(
            self.outboxes[code], f"{code}-1", code, self.generations[code], Language.EN
        )
        self.seats[code] = connection
        self.hub.join_seat(connection)
        return connection

    async def prepare(
        self,
        disclosure: Disclosure = Disclosure.COUNTS,
        *,
        title: Title | None = None,
        revocable: bool = True,
        seconds: int | None = None,
        auto_close: bool = False,
        nominees: Sequence[str] = (),
        mode: Mode = Mode.RECORDED,
    ) -> str:
        proposal = Proposal(
            title=title or Title("Motion", "Motion", "Moción", "اقتراح"),
            kind=Kind.ELECTION if nominees else Kind.MOTION,
            decision="election" if nominees else "ordinary",
            mode=mode,
            disclosure=disclosure,
            document=None,
            item=None,
            seconds=seconds,
            auto_close=auto_close,
            revocable=revocable,
            test=False,
            candidates=tuple(
                Nominee(each, Title(each, each, each, each), None) for each in nominees
            ),
            order=CandidateOrder.GIVEN,
            places=2 if nominees else None,
            names_per_ballot=2 if nominees else None,
        )
        done = await prepare(self.desk, "operator:test", proposal, None)
        assert isinstance(done, Done), done
        return done.ballot.id

    async def command(
        self,
        ballot: str,
        command: Command,
        *,
        reason: str | None = None,
        seconds: int | None = None,
        text: str | None = None,
    ) -> Ballot:
        ask = Ask(command, reason=reason, seconds=seconds, text=text)
        done = await operate(self.desk, "operator:test", ballot, ask, None)
        assert isinstance(done, Done), done
        return done.ballot

    async def doubt(self, ballot: str) -> None:
        await doubt(self.desk, self.desk.ledger.state.ballots[ballot], "a test doubts it")
        await self.desk.changed()

    async def press(self, ballot: str, presses: Sequence[tuple[str, str]]) -> list[Reply]:
        """These presses arrive in one tick; their replies."""
        replies: list[Reply] = []
        for code, choice in presses:
            self.presses += 1
            press_id = f"00000000-0000-4000-8000-{self.presses:012d}"
            self.press_desk.put(
                ballot, BoxPress(code, self.generations[code], press_id, choice), replies.append
            )
        await self.press_desk.drained()
        return replies

    def refuse(self, ballot: str, code: str, reply: Reply) -> None:
        """Count a refused press, as the socket does."""
        assert isinstance(reply, NotTaken)
        self.desk.refusals.note(ballot, f"{code}-1", reply.reason)
        self.hub.refused()

    async def votes(self, ballot: str) -> dict[str, HeldVote]:
        return dict(await self.box.votes(ballot))

    async def look(self) -> None:
        """Publish, and keep what everybody was sent."""
        await self.tending.show_verdicts()
        if self.hub.is_out_of_step():
            await self.tending.refresh()
        self.hub.publish()
        for name, outbox in self.outboxes.items():
            self.seen[name].extend(outbox.take())
