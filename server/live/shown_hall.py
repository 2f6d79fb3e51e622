"""The hall as it is shown: what journal and box said when they were last read, and since.

Rule: nothing that is shown goes back, and no count or phase stands beside votes of another moment.
An older reading adds to what landed and replaces none of it. Where other servers tell what they
took, what landed is put in the order of its numbers, and waits for what has to come before it. What
cannot be put in order puts the hall out of step, until both are read anew. It tells what is news to
whom, and shows nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Final

from server.ballots.life import Announced, InDoubt, Open, Suspended
from server.ballots.secret import Secret
from server.hall.state import EMPTY, HallState
from server.hall.verdicts import Verdicts
from server.live.proved_votes import ProvedVotes
from server.live.snapshot import OnAir
from server.ports import BoxPhase, BoxState, HeldVote, Landed
from server.vocabulary import Disclosure

_SEEN_BY_SEATS: Final = tuple(
    {field.name for field in fields(HallState)} - {"head", "arrived", "adjusted", "lines", "people"}
)
"""The parts of the hall's state that a seat's view may be made from: all but presence, the staff
and the list of entries."""


@dataclass(frozen=True, slots=True)
class News:
    """To whom something is new: the seats of these Members (None: of all), and the screens."""

    seats: Collection[str] | None = ()
    screens: bool = False

    def and_then(self, other: News) -> News:
        """Both."""
        seats = None
        if self.seats is not None and other.seats is not None:
            seats = {*self.seats, *other.seats}
        return News(seats, self.screens or other.screens)


class ShownHall:
    """What views are made from. `votes` and what is in `proved` change in place; everything else
    is replaced."""

    def __init__(self, verdicts: Verdicts) -> None:
        self._verdicts = verdicts
        self.state: HallState = EMPTY
        self.box: BoxState | None = None
        """Of the ballot in focus, as last seen."""
        self.votes: dict[str, HeldVote] = {}
        self.proved = ProvedVotes()
        """Of a secret ballot: what counts of these votes."""
        self.leased: frozenset[str] = frozenset()
        self.on_air = OnAir()
        self.revision = 0
        self.is_out_of_step = False
        """Whether journal and box have to be read anew before anything is shown."""
        self.hears_others = False
        """Whether other servers tell what they took."""
        self._ahead: list[Landed] = []
        """What landed, and has to wait for what has lower numbers."""

    @property
    def wanted(self) -> int:
        """How many presses there must have been before all that landed can be shown."""
        return max((each.before for each in self._ahead), default=0)

    @property
    def members_ahead(self) -> frozenset[str]:
        """The Members whose last receipt may be for a vote that is not shown yet."""
        return frozenset(member for each in self._ahead for member, _, _ in each.presses)

    def landed(self, landed: Landed) -> News:
        """Presses of a group are on disk, by whatever server.

        In a ballot that is closed they were too late, or asked for their receipts again: nothing
        that anybody is shown has changed.
        """
        known = self.state.ballots.get(landed.ballot)
        if known is not None and not isinstance(
            known.state, Announced | Open | Suspended | InDoubt
        ):
            return News()
        box = self.box
        if (
            self.hears_others
            and box is not None
            and _same_box(box, landed.state)
            and landed.before > box.n
        ):
            if landed.fresh:
                self._ahead.append(landed)
            return News()  # where it took nothing, the others tell what has changed
        return self._apply(landed).and_then(self._catch_up())

    def stop_waiting(self) -> News:
        """What came before was not told: it has to be read."""
        news = News()
        waiting, self._ahead = self._ahead, []
        for each in waiting:
            news = news.and_then(self._apply(each))
        return news

    def _holds(self, landed: Landed, refused: Collection[int]) -> bool:
        """Whether each vote of these was seen, or a later one of its Member; or does not hold."""
        numbers = [(self.votes.get(member), taken.n) for member, taken, _ in landed.presses]
        return all((held is not None and held.n >= n) or n in refused for held, n in numbers)

    def _catch_up(self) -> News:
        """What waited, as far as it is in order now."""
        news = News()
        waiting, self._ahead = self._ahead, []
        for each in sorted(waiting, key=lambda group: (group.state.n, group.before)):
            box = self.box
            if box is None or not _same_box(box, each.state) or each.before < box.n:
                continue  # it was of another box, or the box was read since
            if each.before > box.n:
                self._ahead.append(each)
            else:
                news = news.and_then(self._apply(each))
        return news

    def _apply(self, landed: Landed) -> News:
        known, box = self.state.ballots.get(landed.ballot), self.box
        secret = None if known is None else known.secret
        is_older = (
            box is not None and _same_box(box, landed.state) and _age(landed.state) <= _age(box)
        )
        if is_older and self._holds(landed, () if secret is None else secret.refused):
            return News()  # the box was read since, with these votes in it, or nothing is new
        if box is None or box.ballot != landed.ballot or box.revision > landed.state.revision:
            self.is_out_of_step = True
            return News()
        voted: set[str] = set()
        have_voted, have_changed = False, False
        for member, accepted, press_id in landed.presses:
            held = self.votes.get(member)
            if held is None or held.n < accepted.n:
                vote = HeldVote(accepted.choice, accepted.n, press_id)
                if secret is not None:
                    verdict = self._verdict(landed.ballot, secret, vote)
                    if verdict is False:
                        continue  # asked again for its refusal: what was held before still is
                    self.proved.take(member, vote, verdict)
                have_voted = have_voted or held is None
                have_changed = have_changed or held is None or held.choice != vote.choice
                self.votes[member] = vote
                voted.add(member)
        if is_older or landed.before != box.n:
            # Presses came in between of which nobody told: until they were read, the box is shown
            # as it was, so that no phase or count is seen beside votes of another moment.
            self.is_out_of_step = True
            return News(voted)
        is_timed = landed.state.phase is not box.phase or landed.state.closes_at != box.closes_at
        is_seen = is_timed
        match None if known is None else known.question.disclosure:
            case Disclosure.NONE:
                pass  # a press must not be seen, not even by when a screen is told something
            case Disclosure.TURNOUT:
                is_seen = is_seen or have_voted
            case _:
                is_seen = is_seen or have_changed
        self.box = landed.state
        if is_seen:
            self.revision = max(self.revision, landed.state.revision)
        return News(None if is_timed else voted, screens=is_seen)

    def adopt(
        self,
        state: HallState,
        box: BoxState | None,
        votes: Mapping[str, HeldVote],
        leased: frozenset[str],
        on_air: OnAir,
        revision: int,
    ) -> News:
        """Take over what the journal and the box said when they were read."""
        held = self.box
        earlier = ProvedVotes()
        if held is not None and box is not None and _same_box(held, box):
            earlier = self.proved
            # A group landed between the read and now: what landed is newer, and may have latched
            # the box without a vote. What the box had when it was read stands as it was read, for
            # it may have disowned a sealed ballot since.
            landed = {member: each for member, each in self.votes.items() if each.n > box.n}
            votes = _newest(landed, votes)
            box = held if _age(held) > _age(box) else box
        proved = self._proved(state, box, votes, earlier)
        seats = self._changed_for_seats(state, box, votes, on_air)
        if seats is not None:
            seats |= proved.others_than(self.proved)
        news = News(seats, screens=True)
        self.state, self.box, self.votes, self.proved = state, box, dict(votes), proved
        self.leased, self.on_air = leased, on_air
        # A group that landed after the revision was read may have been shown already.
        self.revision = max(self.revision, revision, 0 if box is None else box.revision)
        return news.and_then(self._catch_up())

    def judged(self, ballot: str, tracker: str) -> tuple[News, bool]:
        """There is a verdict on a sealed ballot; and whether more have voted now.

        To screens it is news as of a revision: see `raised`.
        """
        member, holds = self.proved.whose(tracker), self._verdicts.holds(ballot, tracker)
        if self.box is None or self.box.ballot != ballot or member is None or holds is None:
            return News(), False
        voted = len(self.proved.votes)
        self.proved = self.proved.judged(member, holds)
        return News((member,)), len(self.proved.votes) > voted

    def raised(self, revision: int) -> News:
        """What is shown already is as of this revision."""
        self.revision = max(self.revision, revision)
        return News(screens=True)

    def unsettled(self) -> tuple[str, list[str]] | None:
        """The secret ballot whose box is shown, and the trackers of those votes in it that neither
        count nor are refused nor being proved; None where there are none."""
        ballot = None if self.box is None else self.state.ballots[self.box.ballot]
        if ballot is None or ballot.secret is None:
            return None
        refused = ballot.secret.refused
        left = [
            held.choice
            for held in self.votes.values()
            if held.n not in refused
            and self._verdicts.holds(ballot.id, held.choice) is not True
            and not self._verdicts.is_waiting(ballot.id, held.choice)
        ]
        return (ballot.id, left) if left else None

    def _proved(
        self,
        state: HallState,
        box: BoxState | None,
        votes: Mapping[str, HeldVote],
        earlier: ProvedVotes,
    ) -> ProvedVotes:
        ballot = None if box is None else state.ballots[box.ballot]
        if ballot is None or ballot.secret is None:
            return ProvedVotes()
        secret = ballot.secret
        return ProvedVotes.read(
            votes, lambda vote: self._verdict(ballot.id, secret, vote), before=earlier
        )

    def _verdict(self, ballot: str, secret: Secret, vote: HeldVote) -> bool | None:
        return False if vote.n in secret.refused else self._verdicts.holds(ballot, vote.choice)

    def _changed_for_seats(
        self, state: HallState, box: BoxState | None, votes: Mapping[str, HeldVote], on_air: OnAir
    ) -> set[str] | None:
        """The Members whose seats are to see something new; None: all of them.

        A hall of thousands that comes in is noted as present every second: no seat shows that.
        """
        if on_air != self.on_air or _timing(box) != _timing(self.box):
            return None
        for name in _SEEN_BY_SEATS:
            one, other = getattr(state, name), getattr(self.state, name)
            if one is not other and not (isinstance(one, str | int) and one == other):
                return None
        known = self.votes
        return {member for member, held in votes.items() if known.get(member) != held}.union(
            known.keys() - votes.keys()
        )


def _newest(one: Mapping[str, HeldVote], other: Mapping[str, HeldVote]) -> dict[str, HeldVote]:
    """Each Member's vote with the higher number."""
    return dict(other) | {
        member: held
        for member, held in one.items()
        if member not in other or other[member].n <= held.n
    }


def _timing(box: BoxState | None) -> object:
    """What a seat sees of a box, but for its own vote."""
    if box is None:
        return None
    return (
        *(box.ballot, box.incarnation, box.phase, box.opened_at, box.closes_at),
        *(box.remaining, box.last_call, box.closed_at),
    )


def _age(box: BoxState) -> tuple[int, bool, int]:
    """Grows with all that happens to a box, but for what it disowns."""
    return (box.fence, box.phase in (BoxPhase.CLOSED, BoxPhase.CANCELLED), box.n)


def _same_box(one: BoxState, other: BoxState) -> bool:
    return (one.ballot, one.incarnation) == (other.ballot, other.incarnation)
