"""The frames of the three sockets.

Rule: JSON text frames, each with `type`; unknown fields and wrong types are refused by name.
What a client sends is parsed strictly; what the server sends is built from these models only.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from server.vocabulary import Choice, Language, Phase, RefusalReason, Signal
from server.wire.console_views import (
    ConsoleView,
)
from server.wire.views import (
    DisplayView,
    KioskView,
)

PROTOCOL = 1
"""The version of this protocol that `hello` names."""

FRAME_LIMIT = 131_072
"""The largest frame accepted from a client, in bytes: a sealed ballot of 40 candidates fits."""

ONE_VOTE = "one_vote"
"""The type of the error where a press has no vote, or two."""

UUID_PATTERN = r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"

PressId = Annotated[str, Field(pattern=UUID_PATTERN)]
BallotId = Annotated[str, Field(min_length=1, max_length=64)]


class Frame(BaseModel):
    """A frame: strict, without unknown fields, never changed once made."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ServerFrame(BaseModel):
    """What the hall sends. A client ignores fields that it does not know: halls are upgraded
    before seats."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class HeldReceipt(Frame):
    """The last receipt that a seat holds: the hall compares it with what the box kept."""

    ballot: BallotId
    press_id: PressId
    n: int = Field(ge=1, lt=2**53)
    proof: str = Field(max_length=128)


class Hello(Frame):
    """The first frame of every connection, within five seconds."""

    type: Literal["hello"]
    protocol: int
    token: str = Field(default="", max_length=512)
    lang: Language = Field(default=Language.EN, strict=False)
    device: str = Field(default="", max_length=200)
    receipt: HeldReceipt | None = None


class SealedBallot(Frame):
    """A vote that was encrypted in the seat: the exact text of a Belenios ballot, which is hashed
    and kept byte for byte."""

    ballot: str = Field(min_length=1)


class Press(Frame):
    """A vote button was pressed. The same `press_id` may be sent again without harm.

    `sealed` stands in place of `choice` in a secret ballot; one of the two is sent.
    """

    type: Literal["press"]
    press_id: PressId
    ballot: BallotId
    choice: Annotated[
        str | list[str] | None,
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": "string"},
                    {"type": "array", "items": {"type": "string"}},
                    {"type": "null"},
                ]
            }
        ),
    ] = None
    sealed: SealedBallot | None = None

    @model_validator(mode="after")
    def _one_vote(self) -> Self:
        if (self.choice is None) == (self.sealed is None):
            raise PydanticCustomError(
                ONE_VOTE, "choice: send it or, in a secret ballot, `sealed`, one of the two"
            )
        return self


class Accredit(Frame):
    """A seat names the public credential that its sealed ballots will be signed with.

    `proof` shows that the seat knows the secret of `public` (a decimal number), bound to this hall
    and this Member. It holds for ballots that are announced later. The view says which one holds.
    """

    type: Literal["accredit"]
    public: str = Field(pattern=r"^[1-9][0-9]{0,699}$")
    proof: str = Field(min_length=1, max_length=2_000)


class SignalFrame(Frame):
    """A seat asks for assistance or a point of order, or withdraws it."""

    type: Literal["signal"]
    signal: Signal = Field(strict=False)
    on: bool


class HandOverFrame(Frame):
    """A delegate hands the Member's vote over to another one of its delegation, by name, from now
    on, also while a ballot is open: a vote that is cast stands. The view says who votes."""

    type: Literal["hand_over"]
    delegate: str = Field(min_length=1, max_length=200)


class SetLanguage(Frame):
    """A seat changes its language."""

    type: Literal["lang"]
    lang: Language = Field(strict=False)


SeatFrame = Annotated[
    Hello | Press | Accredit | SignalFrame | HandOverFrame | SetLanguage,
    Field(discriminator="type"),
]
ScreenFrame = Annotated[Hello | SetLanguage, Field(discriminator="type")]
SEAT_FRAME: TypeAdapter[Hello | Press | Accredit | SignalFrame | HandOverFrame | SetLanguage] = (
    TypeAdapter(SeatFrame)
)
SCREEN_FRAME: TypeAdapter[Hello | SetLanguage] = TypeAdapter(ScreenFrame)


class Welcome(ServerFrame):
    """The answer to `hello`. `server_time` is in milliseconds since 1970."""

    type: Literal["welcome"] = "welcome"
    protocol: int = PROTOCOL
    epoch: str
    server_time: int
    hall: str
    version: str


class KioskViewFrame(ServerFrame):
    """A whole view for one seat; replace what you hold unless (epoch, seq) is older."""

    type: Literal["view"] = "view"
    epoch: str
    seq: int
    view: KioskView


class DisplayViewFrame(ServerFrame):
    """A whole view for a display; replace what you hold unless (epoch, seq) is older."""

    type: Literal["view"] = "view"
    epoch: str
    seq: int
    view: DisplayView


class ConsoleViewFrame(ServerFrame):
    """A whole view for the operator; replace what you hold unless (epoch, seq) is older."""

    type: Literal["view"] = "view"
    epoch: str
    seq: int
    view: ConsoleView


class Beat(ServerFrame):
    """At least one a second: the connection and the hall live."""

    type: Literal["beat"] = "beat"
    server_time: int


class SealedReceived(ServerFrame):
    """A sealed ballot is on disk as number `n`, and is being checked: nothing is recorded yet.

    `tracker` is the SHA-256 of its text (base64 without padding). A `receipt` follows, or
    `refused` with `bad_proof`.
    """

    type: Literal["received"] = "received"
    press_id: PressId
    ballot: BallotId
    tracker: str
    n: int = Field(ge=1)


class Receipt(ServerFrame):
    """The vote is on disk. `n` is its number in the ballot; `current` says it still holds.

    `code` is shown to the delegate and printed in the record; `proof` lets the hall recognise
    its own receipt when the seat presents it again in `hello`. In an election `choice` is the
    list of the candidates' ids, empty for a blank vote. In a non-recorded ballot `code` is empty.

    In a secret ballot there is no `choice`: `tracker` finds the ballot in the published archive,
    and `signature` is the hall's Ed25519 signature (hex) over the canonical JSON (RFC 8785) of
    `["hemicycle sealed receipt 1", hall, ballot, press_id, tracker, n]`.
    """

    type: Literal["receipt"] = "receipt"
    press_id: PressId
    ballot: BallotId
    choice: Choice | list[str] | None = None
    tracker: str | None = None
    signature: str | None = None
    code: str
    n: int = Field(ge=1)
    current: bool
    server_time: int
    proof: str = Field(max_length=128)


class Refused(ServerFrame):
    """The press changed nothing. `unavailable` means unknown: send the same `press_id` again."""

    type: Literal["refused"] = "refused"
    press_id: str
    reason: RefusalReason
    phase: Phase | None


class ErrorFrame(ServerFrame):
    """A frame could not be understood; `detail` names the field and the remedy."""

    type: Literal["error"] = "error"
    code: str
    detail: str


KioskServerFrame = Annotated[
    Welcome | KioskViewFrame | Beat | SealedReceived | Receipt | Refused | ErrorFrame,
    Field(discriminator="type"),
]
DisplayServerFrame = Annotated[
    Welcome | DisplayViewFrame | Beat | ErrorFrame, Field(discriminator="type")
]
ConsoleServerFrame = Annotated[
    Welcome | ConsoleViewFrame | Beat | ErrorFrame, Field(discriminator="type")
]
KIOSK_SERVER_FRAME: TypeAdapter[
    Welcome | KioskViewFrame | Beat | SealedReceived | Receipt | Refused | ErrorFrame
] = TypeAdapter(KioskServerFrame)
