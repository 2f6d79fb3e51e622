"""Who is connected, and what each of them is shown.

Rule: state lives here, decisions do not. A view is made and encoded once for all who see the same;
the latest wins (see `outbox`). One connection holds a Member's voting right: a newer one replaces
it. Nothing here awaits, so a snapshot and a subscription never have a gap between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Final

from server.hall.refusals import RefusalLog
from server.hall.state import HallState, present_now
from server.hall.verdicts import Verdicts
from server.live.connections import SeatConnection
from server.live.frames import Frames
from server.live.screens import Screens
from server.live.shown_hall import News, ShownHall
from server.live.snapshot import OnAir, Snapshot
from server.live.wording import Wording
from server.neighbours import SeatOnline, ServerReport
from server.ports import BoxPhase, BoxState, HeldVote, Landed
from server.record.entry import Head
from server.vocabulary import Disclosure, Language, Signal
from server.wire.close_codes import CloseCode

STORE_OK: Final = "ok"

SEATS_A_TURN: Final = 16
"""How many seats are sent a frame, each its own, before presses get their turn: half a
millisecond."""


class Hub:
    """The connections, and the hall as they were last shown it."""

    def __init__(
        self,
        wording: Wording,
        refusals: RefusalLog,
        verdicts: Verdicts | None = None,
    ) -> None:
        self._frames = Frames(wording)
        self._verdicts = verdicts or Verdicts()
        self._refusals = refusals
        self._seats: dict[str, SeatConnection] = {}
        self._people: tuple[frozenset[str], Mapping[str, Language]] | None = None
        """Who is present, and the language at each seat; None when somebody came or went."""
        self.screens = Screens(self._frames, lambda refused: self.snapshot(refused=refused))
        self._signals: Mapping[str, frozenset[Signal]] = {}
        self._hall = ShownHall(self._verdicts)
        self._store = STORE_OK
        self._clock_jumped = False
        self._stale_seats: set[str] | None = set()
        """Members whose seat's view is out of date; None: all."""
        self._elsewhere: dict[str, SeatOnline] = {}
        """Seats at other servers, by seat; what they report of themselves."""
        self._fences: dict[str, int] = {}
        """The highest generation that another server took, by Member."""
        self.withdrawn: Callable[[frozenset[str] | None], None] = lambda _: None
        """Called when the rights of these seats have ended, or None: some may have. Who is in is
        closed, and who is coming in has to be asked for again."""
        self.wake: Callable[[], None] = lambda: None
        """Called when something is out of date."""
        self.to_report: Callable[[], None] = lambda: None
        """Called when other servers have to be told of this one's seats."""

    # --- connections

    def join_seat(self, connection: SeatConnection) -> bool:
        """Take a seat's connection; the Member's earlier one is told that it was replaced.

        Returns whether there was an earlier one. A connection that a newer generation overtook
        on its way here has to come again: the box would refuse its presses.
        """
        earlier = self._seats.get(connection.member)
        newest = self._fences.get(connection.member, 0)
        if earlier is not None:
            newest = max(newest, earlier.generation)
        if newest > connection.generation:
            # Or the store was lost, and counts anew: whoever comes back then is the newest.
            connection.outbox.close(CloseCode.UNAVAILABLE)
            return False
        if earlier is not None:
            earlier.outbox.close(CloseCode.REPLACED)
        self._seats[connection.member] = connection
        self._send_seats([connection])
        self._seats_changed()
        return earlier is not None

    def leave_seat(self, connection: SeatConnection) -> None:
        """Forget a connection that ended."""
        if self._seats.get(connection.member) is connection:
            del self._seats[connection.member]
            self._seats_changed()

    def close_seats(self, seats: frozenset[str], code: CloseCode) -> None:
        """Close the connections of these seats (by seat id)."""
        self.withdrawn(seats)
        for connection in self._seats.values():
            if connection.seat in seats:
                connection.outbox.close(code)

    def fence(self, epoch: int, generations: Mapping[str, int], code: CloseCode) -> frozenset[str]:
        """Close the connections of these Members with a lower generation; the Members it met.

        Generations of another epoch say nothing: each begins anew with its store.
        """
        met: set[str] = set()
        if epoch != self._hall.state.epoch:
            return frozenset()
        for member, generation in generations.items():
            self._fences[member] = max(generation, self._fences.get(member, 0))
            connection = self._seats.get(member)
            if connection is None or connection.generation >= generation:
                continue
            if connection.outbox.closing is None:
                connection.outbox.close(code)
                met.add(member)
        return frozenset(met)

    def close_all(self, code: CloseCode) -> None:
        """Close every connection: the server stops, or the store was lost."""
        self.close_every_seat(code)
        for outbox in self.screens.outboxes():
            outbox.close(code)

    def close_every_seat(self, code: CloseCode) -> None:
        """Close the connections of all seats."""
        for outbox in [connection.outbox for connection in self._seats.values()]:
            outbox.close(code)

    def online_members(self) -> frozenset[str]:
        """The Members with a live connection."""
        return frozenset(self._seats)

    def report(self) -> ServerReport:
        """What only this server knows, for the others: its seats, and whom it refused."""
        none: frozenset[Signal] = frozenset()
        focus = self._hall.state.focus
        return ServerReport(
            epoch=self._hall.state.epoch,
            online=tuple(
                SeatOnline(
                    each.seat,
                    each.member,
                    each.generation,
                    each.lang,
                    self._signals.get(each.seat, none),
                )
                for each in self._seats.values()
            ),
            refusals=() if focus is None else self._refusals.own(focus),
        )

    def hear(self, reports: Mapping[str, ServerReport]) -> None:
        """Take over what the other servers report: the highest generation has the seat."""
        elsewhere: dict[str, SeatOnline] = {}
        changed = False
        for name, report in reports.items():
            changed = self._refusals.hear(name, report.refusals) or changed
            if report.epoch != self._hall.state.epoch:
                continue  # one of the two servers has not seen yet that the store is another
            for each in report.online:
                known = elsewhere.get(each.seat)
                if known is None or known.generation < each.generation:
                    elsewhere[each.seat] = each
        self.fence(
            self._hall.state.epoch,
            {each.member: each.generation for each in elsewhere.values()},
            CloseCode.REPLACED,
        )
        for seat in self._here():
            elsewhere.pop(seat, None)
        if elsewhere == self._elsewhere and not changed:
            return
        self._elsewhere, self._people = elsewhere, None
        # A seat takes its signals along when it moves to another server.
        self._signals = {
            **self._signals,
            **{seat: each.signals for seat, each in elsewhere.items()},
        }
        self._screens_are_stale()

    def connections(self) -> tuple[int, int]:
        """How many seats and how many screens are connected."""
        return len(self._seats), len(self.screens)

    def shows(self) -> Head:
        """The head of the journal that the views are made from."""
        return self._hall.state.head

    def store_answers(self) -> bool:
        """Whether box and journal answered when they were last asked."""
        return self._store == STORE_OK

    # --- what changed

    def landed(self, landed: Landed) -> None:
        """Presses of a group are on disk."""
        self._tell(self._hall.landed(landed))

    def adopt(
        self,
        state: HallState,
        box: BoxState | None,
        votes: Mapping[str, HeldVote],
        leased: frozenset[str],
        on_air: OnAir,
        revision: int,
    ) -> None:
        """Take over what the journal and the box said when they were read."""
        if state.epoch != self._hall.state.epoch:
            self._fences.clear()
        self._people = None
        self._tell(self._hall.adopt(state, box, votes, leased, on_air, revision))

    def judged(self, ballot: str, tracker: str) -> bool:
        """There is a verdict on a sealed ballot; whether all are to see it: more have voted."""
        news, more = self._hall.judged(ballot, tracker)
        self._tell(news)
        self._consoles_are_stale()
        box, known = self._hall.box, self._hall.state.ballots.get(ballot)
        if not more or box is None or known is None:
            return False
        return known.question.disclosure is not Disclosure.NONE or box.phase is BoxPhase.CLOSED

    def raised(self, revision: int) -> None:
        """What changed since has this revision; every screen is to see it."""
        self._tell(self._hall.raised(revision))

    def unsettled(self) -> tuple[str, list[str]] | None:
        """The trackers of sealed ballots, and their ballot, that somebody has to prove."""
        return self._hall.unsettled()

    def _tell(self, news: News) -> None:
        if news.seats is None or self._stale_seats is None:
            self._stale_seats = None
        else:
            self._stale_seats.update(news.seats)
        if news.screens:
            self.screens.are_stale()
        self.wake()

    def store_is(self, condition: str) -> None:
        """Note whether the store of the votes answers."""
        if condition != self._store:
            self._store = condition
            self._screens_are_stale()

    def clock_jumped(self, jumped: bool) -> None:
        """Note whether the clock of the votes' store jumped a short while ago."""
        if jumped != self._clock_jumped:
            self._clock_jumped = jumped
            self._screens_are_stale()

    def signal(self, seat: str, signal: Signal, *, on: bool) -> None:
        """A seat raises or lowers a signal."""
        held = self._signals.get(seat, frozenset())
        now = held | {signal} if on else held - {signal}
        self._signals = {**self._signals, seat: now}
        for connection in self._seats.values():
            if connection.seat == seat:
                self._seat_is_stale(connection.member)
        self._seats_changed()

    def speak(self, connection: SeatConnection, lang: Language) -> None:
        """A seat changed its language."""
        connection.lang = lang
        self._people = None
        self._seat_is_stale(connection.member)
        self.to_report()

    def queue_moved(self) -> None:
        """A sealed ballot waits for its proof, or has its verdict: the operator's screen shows."""
        self._consoles_are_stale()

    def refused(self) -> None:
        """A press was refused: the operator's screen shows it, and no other."""
        self._consoles_are_stale()
        self.to_report()

    def hear_others(self) -> None:
        """Other servers tell what they took, in any order."""
        self._hall.hears_others = True

    @property
    def hears_others(self) -> bool:
        """Whether they do."""
        return self._hall.hears_others

    @property
    def wanted(self) -> int:
        """Up to which press others have to tell what they took, before what landed can be shown."""
        return self._hall.wanted

    def is_short_of(self, wanted: int) -> bool:
        """Whether something before that press was not told, and nothing has to be read anyway."""
        box = self._hall.box
        return box is not None and box.n < wanted and not self._hall.is_out_of_step

    def stop_waiting(self) -> None:
        """What came before was not told: journal and box are to be read anew."""
        self._tell(self._hall.stop_waiting())

    def look_again(self) -> None:
        """Another server changed something: journal and box are to be read anew."""
        self._hall.is_out_of_step = True
        self.wake()

    def is_behind(self, box: BoxState) -> bool:
        """Whether a box that was just read differs from the one shown, beyond its own presses.

        A server without others sees its presses land, so it need not read them.
        """
        shown = self._hall.box
        if shown is None or shown.ballot != box.ballot:
            return False
        is_timed = (shown.phase, shown.closes_at) != (box.phase, box.closes_at)
        return is_timed or (bool(self._elsewhere) and shown.n < box.n)

    @property
    def on_air(self) -> OnAir:
        """What the operator chose for the display."""
        return self._hall.on_air

    @property
    def box(self) -> BoxState | None:
        """The box of the ballot in focus, as last seen."""
        return self._hall.box

    def snapshot(self, *, refused: bool = True) -> Snapshot:
        """The hall now. Who was `refused` only the operator's screen shows, and in a storm of
        refusals it takes long to say."""
        focus = self._hall.state.focus
        if self._people is None:
            self._people = (
                present_now(self._hall.state, self._hall.leased | self.online_members()),
                {seat: each.lang for seat, each in self._elsewhere.items()} | self._here(),
            )
        present, online = self._people
        return Snapshot(
            revision=self._hall.revision,
            state=self._hall.state,
            box=self._hall.box,
            votes=self._hall.votes,
            present=present,
            online=online,
            signals=self._signals,
            refused=self._refusals.rows(focus) if refused and focus is not None else (),
            on_air=self._hall.on_air,
            store=self._store,
            proving=0 if focus is None else self._verdicts.waiting(focus),
            proved=self._hall.proved,
            clock_jumped=self._clock_jumped,
        )

    def is_out_of_step(self) -> bool:
        """Whether presses landed in a box that is not the one shown; asking forgets it."""
        out, self._hall.is_out_of_step = self._hall.is_out_of_step, False
        return out

    # --- showing it

    def publish(self) -> None:
        """Show everybody what is out of date for them, all at once."""
        try:
            for _ in chain(self.screens.publish_displays(), self.screens.publish_consoles()):
                pass
        finally:
            # A fault in a screen's view must not keep the seats' views back.
            for _ in self.publish_seats():
                pass

    def publish_seats(self) -> Iterator[None]:
        """Show the seats what is out of date for them, some at a time; it yields after some.

        What lands between two turns is in the views of the second.
        """
        stale, self._stale_seats = self._stale_seats, set()
        waiting = list(self._seats if stale is None else stale)
        shown = 0
        try:
            while shown < len(waiting):
                if shown > 0:
                    yield
                turn = waiting[shown : shown + SEATS_A_TURN]
                # Who has a receipt for a vote that waits for others' is shown it with them.
                ahead = self._hall.members_ahead
                here = [each for each in turn if each in self._seats and each not in ahead]
                self._send_seats([self._seats[each] for each in here])
                shown += SEATS_A_TURN
        finally:
            # After a fault, those who were not shown anything are shown it the next time.
            if self._stale_seats is not None:
                self._stale_seats.update(waiting[shown:])

    @property
    def every_seat_is_stale(self) -> bool:
        """Whether something changed that all seats are to see."""
        return self._stale_seats is None

    def _send_seats(self, seats: list[SeatConnection]) -> None:
        if not seats:
            return
        hall = self._hall
        now = (
            *(hall.state, hall.box, hall.votes, hall.proved),
            *(self._signals, hall.on_air, hall.revision),
        )
        frame = self._frames.of_seats(now, lambda: self.snapshot(refused=False))
        for each in seats:
            each.outbox.show(frame(each.seat, each.member, each.lang))

    def _seat_is_stale(self, member: str) -> None:
        if self._stale_seats is not None:
            self._stale_seats.add(member)
        self.wake()

    def _here(self) -> dict[str, Language]:
        return {each.seat: each.lang for each in self._seats.values()}

    def _seats_changed(self) -> None:
        self._people = None
        self._screens_are_stale()
        self.to_report()

    def _consoles_are_stale(self) -> None:
        self.screens.consoles_are_stale()
        self.wake()

    def _screens_are_stale(self) -> None:
        self.screens.are_stale()
        self.wake()
