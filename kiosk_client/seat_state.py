"""What a seat is, what happens to it, and what it asks its shell to do.

Rule: types say what is possible. The link is one of five things, a press is in force or has lapsed,
and nothing here changes once made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk_client.asking import Answer
from server.vocabulary import Language, Phase, RefusalReason, Signal
from server.wire.messages import (
    Accredit,
    Beat,
    ErrorFrame,
    HandOverFrame,
    Hello,
    KioskViewFrame,
    Press,
    Receipt,
    Refused,
    SealedReceived,
    SetLanguage,
    SignalFrame,
    Welcome,
)
from server.wire.views import KioskBallot, KioskView

ClientFrame = Hello | Press | Accredit | SignalFrame | HandOverFrame | SetLanguage
ServerFrame = Welcome | KioskViewFrame | Beat | SealedReceived | Receipt | Refused | ErrorFrame


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the seat waits, in seconds."""

    quiet: float = 2.0
    """After this without a frame the connection is said to be lost: the hall beats each second."""
    silence: float = 5.0
    """Without a frame, or a first view, for so long, the socket is given up as half open."""
    press: float = 10.0
    """So old an unacknowledged press is not sent again: it needs a fresh touch."""
    again: float = 0.5
    """Pause before a press whose fate is unknown (`unavailable`) is sent again."""


# The link to the hall.


@dataclass(frozen=True, slots=True)
class Down:
    """There is no connection; `before` tells whether there has been one.

    `distrusts`: the hall showed a certificate that this machine does not trust.
    """

    before: bool
    distrusts: bool = False


@dataclass(frozen=True, slots=True)
class Greeting:
    """The socket is open and `hello` is sent; no current view has come yet."""

    since: float


@dataclass(frozen=True, slots=True)
class Live:
    """A current view came on this socket, and frames keep coming."""

    heard_at: float


@dataclass(frozen=True, slots=True)
class Quiet:
    """The socket was live, but the hall has not been heard for `Patience.quiet`."""

    heard_at: float


@dataclass(frozen=True, slots=True)
class Ended:
    """The hall said stop, with this close code: the seat does not come back by itself."""

    code: int


Link = Down | Greeting | Live | Quiet | Ended


# The press.


@dataclass(frozen=True, slots=True)
class Unacknowledged:
    """The one press that has no answer yet. `again_at` is set when it is to be sent again.

    In a secret ballot `choice` is null and `sealed` is what is sent: the seat has forgotten the
    choice as soon as it was sealed. `received` says that it is on disk and is being proved.
    """

    press_id: str
    ballot: str
    choice: Answer | None
    touched_at: float
    again_at: float | None = None
    sealed: str | None = None
    received: bool = False


@dataclass(frozen=True, slots=True)
class Sealing:
    """A vote of a secret ballot that the shell is sealing; nothing has been sent yet."""

    press_id: str
    ballot: str
    choice: Answer
    touched_at: float


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A press that is not sent again. Its late receipt still counts; its late refusal is shown."""

    press_id: str
    ballot: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The highest-numbered vote of this Member that the hall told the seat of.

    `choice` is null where that vote is known to be superseded by one the seat was not told of,
    and where nobody is told the choice: in a secret ballot, and a non-recorded one that is closed.
    Of these `is_secret` is true as long as the vote holds. `seen`: a view has named it.
    """

    ballot: str
    epoch: str
    n: int
    choice: Answer | None
    code: str
    is_secret: bool = False
    seen: bool = False


class Snag(StrEnum):
    """Why the seat itself did not pass a touch on. Values are the Fluent ids `kiosk-…`."""

    NOT_SENT = "not_sent"
    PRESS_AGAIN = "press_again"
    NOT_SEALED = "not_sealed"
    OTHER_BALLOT = "other_ballot"
    OTHER_ELECTION = "other_election"


Notice = RefusalReason | Snag

CASTING = frozenset({Phase.OPEN, Phase.SUSPENDED})
"""Phases in which a vote can be cast, now or when the ballot is resumed."""

SHOWS_VOTE = CASTING | frozenset({Phase.CLOSED, Phase.DECLARED, Phase.CERTIFIED, Phase.PUBLISHED})
"""Phases in which a confirmed vote lights a lamp: not when it is void, cancelled or in doubt."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Everything that a seat holds. None of it outlives the process."""

    token: str = field(repr=False)
    lang: Language = Language.EN
    device: str = ""
    patience: Patience = Patience()
    link: Link = Down(before=False)
    epoch: str = ""
    seq: int = -1
    view: KioskView | None = None
    press: Unacknowledged | Sealing | Lapsed | None = None
    confirmed: Confirmed | None = None
    last_receipt: Receipt | None = None
    """Presented in `hello`, so that the hall can tell whether its box is older than its word;
    forgotten once the ballot is over."""
    notice: Notice | None = None
    attended: tuple[str, str] | None = None
    """A ballot, and the election's text that was shown first for it: no other is sealed for."""
    sealed: tuple[tuple[str, str], ...] = ()
    """Press and tracker of what was sealed here: of each its receipt may come late."""
    doubted: str | None = None
    """A ballot whose receipt named another sealed vote: of it nothing is shown as recorded."""
    hall: str = ""
    """The hall's id, from its `welcome`."""
    registered: str | None = None
    """The Member that this connection has registered its credential for."""
    skew: float | None = None
    """The hall's time in ms since 1970, less this clock's in ms."""

    @property
    def ballot(self) -> KioskBallot | None:
        """The ballot on the floor, as last seen."""
        return self.view.ballot if self.view is not None else None

    @property
    def lit(self) -> Answer | None:
        """Which vote is shown as recorded, if any: a lamp's, or names."""
        ballot, confirmed = self.ballot, self.confirmed
        if ballot is None or confirmed is None or isinstance(self.link, Ended):
            return None
        shows = ballot.id == confirmed.ballot and ballot.phase in SHOWS_VOTE
        return confirmed.choice if shows else None

    @property
    def is_sealed(self) -> bool:
        """Whether a secret vote is recorded: one neutral lamp, whatever was chosen."""
        ballot, confirmed = self.ballot, self.confirmed
        if ballot is None or confirmed is None or isinstance(self.link, Ended) or self.is_doubted:
            return False
        return confirmed.is_secret and ballot.id == confirmed.ballot and ballot.phase in SHOWS_VOTE

    @property
    def is_doubted(self) -> bool:
        """Whether the hall gave a receipt for another sealed vote than this seat's."""
        return self.ballot is not None and self.ballot.id == self.doubted

    @property
    def is_proving(self) -> bool:
        """Whether the hall has a sealed vote, newer than the recorded one, and is proving it."""
        ballot, confirmed = self.ballot, self.confirmed
        if ballot is None or ballot.mine is None or ballot.mine.proved:
            return False
        is_known = confirmed is not None and confirmed.ballot == ballot.id
        return confirmed is None or not is_known or ballot.mine.n > confirmed.n

    @property
    def code(self) -> str | None:
        """The receipt code of the vote whose lamp is lit; '' where the ballot gives none."""
        shows = self.lit is not None or self.is_sealed
        return self.confirmed.code if shows and self.confirmed else None

    def remaining(self, at: float) -> float | None:
        """Seconds until the ballot's timer runs out (0 when it has), or null without a timer."""
        if self.ballot is None or self.ballot.closes_at is None or self.skew is None:
            return None
        return max(0.0, (self.ballot.closes_at - self.skew) / 1000 - at)


# What happens to a seat.


@dataclass(frozen=True, slots=True)
class Opened:
    """A socket to the hall is open."""

    at: float


@dataclass(frozen=True, slots=True)
class Received:
    """A frame came from the hall."""

    frame: ServerFrame
    at: float


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A frame came that this program does not understand."""

    detail: str
    at: float


@dataclass(frozen=True, slots=True)
class Distrusted:
    """Whoever answers at the hall's address has a certificate that this machine does not trust."""

    at: float


@dataclass(frozen=True, slots=True)
class Closed:
    """The socket is closed, with this code (1006 where there was none)."""

    code: int
    at: float


@dataclass(frozen=True, slots=True)
class Touched:
    """A vote button was touched, or a paper cast; `press_id` is a fresh UUID."""

    choice: Answer
    press_id: str
    at: float


@dataclass(frozen=True, slots=True)
class SignalGiven:
    """The delegate asks for something beside the vote, or withdraws it."""

    signal: Signal
    on: bool
    at: float


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The delegates say who of them votes from now on; the hall's view says when it is so."""

    delegate: str
    at: float


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The delegate chose a language."""

    lang: Language
    at: float


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""

    at: float


@dataclass(frozen=True, slots=True)
class SealedUp:
    """The shell has sealed a vote; `text` is the ballot, or null where it could not be sealed."""

    press_id: str
    text: str | None
    at: float


Event = (
    Opened
    | Received
    | Unreadable
    | Distrusted
    | Closed
    | Touched
    | SealedUp
    | SignalGiven
    | HandedOver
    | LanguageChosen
    | Tick
)


# What the seat asks of its shell.


@dataclass(frozen=True, slots=True)
class Send:
    """Send this frame on the socket that is open."""

    frame: ClientFrame


@dataclass(frozen=True, slots=True)
class Abandon:
    """Drop the socket at once, without a closing handshake that nobody may answer."""


@dataclass(frozen=True, slots=True)
class Report:
    """Tell the log: something happened that should not."""

    detail: str


@dataclass(frozen=True, slots=True)
class Seal:
    """Seal a vote with the seat's credential: `chosen` are places in the ballot's order.

    `shown` are what each place may be called: nothing is sealed for an election that asks another.
    """

    press_id: str
    election: str
    chosen: tuple[int, ...]
    shown: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Register:
    """Register the seat's credential for this Member in this hall."""

    hall: str
    member: str


Action = Send | Abandon | Report | Seal | Register
