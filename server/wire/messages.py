"""The frames of the three sockets.

Rule: JSON text frames, each with `type`; unknown fields and wrong types are refused by name.
What a client sends is parsed strictly; what the server sends is built from these models only.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, WithJsonSchema

from server.vocabulary import Choice, Language, Phase, RefusalReason, Signal
from server.wire.views import ConsoleView, DisplayView, KioskView

PROTOCOL = 1
"""The version of this protocol that `hello` names."""

FRAME_LIMIT = 65_536
"""The largest frame accepted from a client, in bytes."""

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
    n: int = Field(ge=1)
    proof: str = Field(max_length=128)


class Hello(Frame):
    """The first frame of every connection, within five seconds."""

    type: Literal["hello"]
    protocol: int
    token: str = Field(default="", max_length=512)
    lang: Language = Field(default=Language.EN, strict=False)
    device: str = Field(default="", max_length=200)
    receipt: HeldReceipt | None = None


class Press(Frame):
    """A vote button was pressed. The same `press_id` may be sent again without harm."""

    type: Literal["press"]
    press_id: PressId
    ballot: BallotId
    choice: Annotated[
        str | list[str],
        WithJsonSchema(
            {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
        ),
    ]


class SignalFrame(Frame):
    """A seat asks for assistance or a point of order, or withdraws it."""

    type: Literal["signal"]
    signal: Signal = Field(strict=False)
    on: bool


class SetLanguage(Frame):
    """A seat changes its language."""

    type: Literal["lang"]
    lang: Language = Field(strict=False)


SeatFrame = Annotated[Hello | Press | SignalFrame | SetLanguage, Field(discriminator="type")]
ScreenFrame = Annotated[Hello | SetLanguage, Field(discriminator="type")]
SEAT_FRAME: TypeAdapter[Hello | Press | SignalFrame | SetLanguage] = TypeAdapter(SeatFrame)
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


class Receipt(ServerFrame):
    """The vote is on disk. `n` is its number in the ballot; `current` says it still holds.

    `code` is shown to the delegate and printed in the record; `proof` lets the hall recognise
    its own receipt when the seat presents it again in `hello`. In an election `choice` is the
    list of the candidates' ids, empty for a blank vote.
    """

    type: Literal["receipt"] = "receipt"
    press_id: PressId
    ballot: BallotId
    choice: Choice | list[str]
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
    Welcome | KioskViewFrame | Beat | Receipt | Refused | ErrorFrame, Field(discriminator="type")
]
DisplayServerFrame = Annotated[
    Welcome | DisplayViewFrame | Beat | ErrorFrame, Field(discriminator="type")
]
ConsoleServerFrame = Annotated[
    Welcome | ConsoleViewFrame | Beat | ErrorFrame, Field(discriminator="type")
]
KIOSK_SERVER_FRAME: TypeAdapter[
    Welcome | KioskViewFrame | Beat | Receipt | Refused | ErrorFrame
] = TypeAdapter(KioskServerFrame)
