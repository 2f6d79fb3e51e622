"""The bodies of the HTTP interface, under `/api/v1`.

Rule: requests refuse unknown fields and wrong types by name; every error is a problem document
(RFC 9457) with a stable `code`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from server.vocabulary import (
    CandidateOrder,
    Choice,
    Command,
    Disclosure,
    Kind,
    Language,
    Matter,
    Mode,
    Phase,
    Role,
    Scene,
)
from server.wire.console_views import (
    BallotSummary,
    PendingView,
)
from server.wire.views import (
    CandidateName,
    DisplayBallot,
    Texts,
)


class Request(BaseModel):
    """A request body: no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Response(BaseModel):
    """A response body."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Reason = Annotated[str, Field(min_length=1, max_length=2000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class PartialTexts(Request):
    """A text in some of the official languages; what is missing keeps a ballot a draft."""

    en: str | None = Field(default=None, max_length=2000)
    fr: str | None = Field(default=None, max_length=2000)
    es: str | None = Field(default=None, max_length=2000)
    ar: str | None = Field(default=None, max_length=2000)


class AllTexts(Request):
    """A name in all four official languages."""

    en: Name
    fr: Name
    es: Name
    ar: Name


class LoginRequest(Request):
    """Sign in with a name and a password."""

    user: Name
    password: str = Field(min_length=1, max_length=1000)


class LoginResponse(Response):
    """`expires_at` is milliseconds since 1970."""

    token: str
    role: Role
    expires_at: int


class WhoAmI(Response):
    """Whom the token speaks for."""

    role: Role
    user: str | None
    seat: str | None
    member: str | None


class NewUser(Request):
    """A person who signs in with a password."""

    user: Name
    password: str = Field(min_length=8, max_length=1000)
    role: Literal[Role.OPERATOR, Role.CHAIR, Role.SCRUTINEER, Role.DISPLAY]


class DelegateInfo(Response):
    """A delegate of a Member."""

    name: str
    head: bool


class MemberInfo(Response):
    """A Member of the assembly. `tile` is a short form for small tiles, never clipped."""

    code: str
    region: str
    name: Texts
    tile: Texts
    sort_key: Texts
    suspended: bool
    approved: bool
    seats: list[str]
    weights: dict[str, int]
    """What its vote weighs, by the names of the rulebook's weights."""
    proxy: str | None
    """The Member that votes for this one."""
    delegates: list[DelegateInfo]
    """Who may sit for it; told to the staff only."""
    votes_by: str | None
    """The delegate who votes, where one is named; told to the staff only."""


class AgendaItemInfo(Response):
    """An agenda item."""

    number: str
    title: Texts
    document: str | None
    decision: str | None
    sitting: int | None


class DecisionInfo(Response):
    """A decision type of the rulebook, for the form that prepares a ballot."""

    key: str
    kind: Kind
    label: Texts
    words: Texts
    disclosure: Disclosure
    revocable: bool
    matter: Matter
    supported: bool
    """Whether this version of the product can take it electronically."""
    places: int | None
    """For an election: how many are elected."""
    names_per_ballot: int | None
    places_by_region: dict[str, int]
    """For an election that is held region by region: the places of each."""
    new_candidates: bool
    """Whether more candidates may come into a later round that is not restricted."""


class AssemblyInfo(Response):
    """The assembly and its agenda."""

    id: str
    name: Texts
    languages: list[str]
    rulebook: str
    members: int
    time_zone: str
    digits: str
    display_public: bool
    fingerprint: str
    """Of the hall's signing key, as `hemicycle verify --key` takes it."""
    agenda: list[AgendaItemInfo]
    decisions: list[DecisionInfo]
    proxies: int
    """How many Members one Member may vote for besides itself; 0 where none may."""


class SeatTokensRequest(Request):
    """Issue pairing tokens; a Member's earlier tokens stop working at once."""

    members: list[Annotated[str, Field(min_length=1, max_length=16)]] | Literal["all"]
    qr: bool = False


class SeatToken(Response):
    """A seat's token, told once. `pair` is the path that a tablet opens; `qr` an SVG of its URL."""

    seat: str
    member: str
    token: str
    pair: str
    qr: str | None = None


class DisplayTokenResponse(Response):
    """A display's token, told once."""

    token: str
    pair: str


CandidateId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]


PhotoHash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""The SHA-256 of a photo that was uploaded: `POST /api/v1/photos`."""


class PhotoResponse(Response):
    """A photo that the hall keeps: its hash, and its size in pixels."""

    photo: str
    media_type: str
    width: int
    height: int


class NewCandidate(Request):
    """Who or what can be elected. A `name` that is one text stands in every language; without an
    `id` the candidate gets one. `member` is the code of the Member that the candidate is from."""

    id: CandidateId | None = None
    name: PartialTexts | Name
    member: Annotated[str, Field(min_length=1, max_length=16)] | None = None
    photo: PhotoHash | None = None


class NewBallot(Request):
    """A ballot to prepare. Complete, it is `prepared`; else `draft`, and says what is missing."""

    title: PartialTexts = PartialTexts()
    kind: Kind = Kind.MOTION
    decision: str = Field(default="ordinary", min_length=1, max_length=64)
    mode: Mode = Mode.RECORDED
    disclosure: Disclosure | None = None
    document: str | None = Field(default=None, max_length=200)
    item: str | None = Field(default=None, max_length=32)
    seconds: int | None = Field(default=None, ge=5, le=86_400)
    auto_close: bool = False
    revocable: bool | None = None
    test: bool = False
    candidates: list[NewCandidate] = Field(default=[], max_length=200)
    order: CandidateOrder = CandidateOrder.DRAWN
    places: int | None = Field(default=None, ge=1, le=100)
    names_per_ballot: int | None = Field(default=None, ge=1, le=100)
    region: str | None = Field(default=None, max_length=64)
    asked: Choice | None = None
    part_of: str | None = Field(default=None, max_length=64)
    """The ballot on the whole, of which this is a part; `part_order` is its place."""
    part_order: int | None = Field(default=None, ge=1, le=10_000)
    matter: Matter | None = None
    """What the Chair calls it; the decision type's own if nothing is said."""


CandidateIds = Annotated[list[CandidateId], Field(max_length=200)]


class CommandBody(Request):
    """What a command may carry; each command says which fields it needs."""

    reason: Reason | None = None
    seconds: int | None = Field(default=None, ge=1, le=86_400)
    text: Annotated[str, Field(max_length=4000)] | None = None
    member: Annotated[str, Field(max_length=16)] | None = None
    intention: Annotated[str, Field(max_length=16)] | None = None
    withdrawn: CandidateIds | None = None
    drawn: CandidateIds | None = None
    witnesses: Annotated[list[Name], Field(max_length=20)] | None = None
    names: CandidateIds | None = None
    candidates: Annotated[list[NewCandidate], Field(max_length=200)] | None = None
    counts: dict[str, Annotated[int, Field(ge=0)]] | None = None
    choice: Annotated[str, Field(max_length=16)] | None = None
    mode: Mode | None = None
    start: Annotated[str, Field(max_length=16)] | None = None
    language: Language | None = None


class BallotResponse(Response):
    """A ballot as the asking role may see it, with the commands that are allowed now."""

    id: str
    phase: Phase
    kind: Kind
    mode: Mode
    decision: str
    disclosure: Disclosure
    title: PartialTexts
    document: str | None
    item: str | None
    missing: list[str]
    allowed: list[Command]
    seconds: int | None
    auto_close: bool
    revocable: bool
    test: bool
    view: DisplayBallot | None
    reruns: str | None
    """The ballot that this one repeats."""
    candidates: list[CandidateName]
    places: int
    names_per_ballot: int
    round: int
    election: str | None
    """The first ballot of the election that this one belongs to; null on that one."""
    tie_ballot: bool
    region: str | None
    asked: Choice | None
    part_of: str | None
    part_order: int | None
    matter: Matter
    pending: PendingView | None
    """A command that waits for a second person; told to operator, chair and scrutineers."""


class ApprovalRequest(Request):
    """A second person approves what waits, or refuses it. Who asked may take it back."""

    approve: bool = True
    reason: Reason | None = None


class BallotList(Response):
    """All ballots, newest last."""

    ballots: list[BallotSummary]


class AdoptRequest(Request):
    """Adopt an agenda item without a vote: the chair heard no objection. With `candidates`, they
    are elected by acclamation."""

    title: PartialTexts | None = None
    reason: Reason | None = None
    candidates: list[NewCandidate] = Field(default=[], max_length=200)
    region: str | None = Field(default=None, max_length=64)


class AdmitRequest(Request):
    """Put a Member on the roll, from the next announced ballot on. `tile` is a short form of a
    long name; `ballot` the vote that admitted the Member, or else `reason` says why."""

    code: Annotated[str, Field(min_length=1, max_length=16)]
    region: Annotated[str, Field(min_length=1, max_length=64)]
    name: AllTexts
    tile: AllTexts | None = None
    ballot: str | None = Field(default=None, max_length=64)
    reason: Reason | None = None
    weights: dict[Name, Annotated[int, Field(ge=0, le=2**53 - 1)]] = Field(
        default={}, max_length=20
    )
    qr: bool = False


class AdmittedMember(Response):
    """The new Member, and its seat's token, told once."""

    member: MemberInfo
    tokens: list[SeatToken]


class WithdrawRequest(Request):
    """Take a Member off the roll."""

    reason: Reason


class PresenceRequest(Request):
    """The operator corrects a Member's presence; the reason is journaled."""

    present: bool
    reason: Reason


class VotingRightRequest(Request):
    """Suspend or restore a Member's right to vote, from the next announced ballot on."""

    suspended: bool
    reason: Reason


class ProxyRequest(Request):
    """Have the Member `holder` vote for this one from the next announced ballot on; without a
    holder the proxy ends. A Member that votes itself is not voted for."""

    holder: Annotated[str, Field(max_length=16)] | None = None
    reason: Reason


class NewDelegate(Request):
    """A delegate of a Member; at most one is the head of the delegation."""

    name: Name
    head: bool = False


class DelegationRequest(Request):
    """Name a Member's delegation anew; an empty list names nobody."""

    delegates: list[NewDelegate] = Field(max_length=50)
    reason: Reason


class HandOverRequest(Request):
    """Another delegate votes for the Member from now on."""

    delegate: Name
    reason: Reason | None = None


class SceneRequest(Request):
    """What the hall display shows; `auto` follows the ballot. `message` needs a text."""

    scene: Scene
    message: PartialTexts | None = None
    item: str | None = Field(default=None, max_length=32)


class Problem(Response):
    """A problem document (RFC 9457). `errors` names each bad field and the remedy."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    phase: Phase | None = None
    allowed: list[Command] | None = None
    errors: list[dict[str, Any]] | None = None
