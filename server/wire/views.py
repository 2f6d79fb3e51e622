"""What each audience sees, as whole views.

Rule: views travel, not deltas. A view is complete and language-free where it can be: texts come
in all four languages, names of Members by code (the list is fetched once). The board is one
character a Member, in the order of `GET /members`. Who may see what is decided in one place,
`server/live/projection.py`; these models only give it shape.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from server.vocabulary import (
    Choice,
    Disclosure,
    Kind,
    Language,
    Mode,
    OutcomeKind,
    Phase,
    RefusalReason,
    Scene,
    SealedFault,
)


class View(BaseModel):
    """A frozen part of a view. A client ignores fields that it does not know."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, json_schema_serialization_defaults_required=True
    )


class Texts(View):
    """A text in the four official languages."""

    en: str
    fr: str
    es: str
    ar: str


class Turnout(View):
    """How many have voted, of how many who may (both in Members)."""

    voted: int
    entitled: int


class Counts(View):
    """Votes by choice."""

    yes: int
    no: int
    abstain: int


class Reconciliation(View):
    """voted + not_voted + absent + suspended = members, or something is wrong."""

    voted: int
    not_voted: int
    absent: int
    suspended: int
    members: int


class PartOutcome(View):
    """A part of a double majority: in favour, of what, and how many it needed."""

    label: Texts
    yes: int
    base: int
    needed: int
    carried: bool


class OutcomeView(View):
    """The outcome with the numbers that explain it. `base_name` is a Fluent id (`base-…`).

    A double majority has no one base: its `parts` have.
    """

    outcome: OutcomeKind
    base: int | None
    needed: int | None
    base_name: str | None
    tied: bool
    counts: Counts | None
    not_voting: int
    headline: Texts
    sentence: Texts
    explanation: Texts
    head: str
    """Hash of the journal entry that declared it: the chain's head at that moment."""
    parts: list[PartOutcome] = []


class Rule(View):
    """The rule that the ballot is decided by, in words, and what it would take."""

    words: Texts
    needed_if_all_vote: int | None
    quorum_words: Texts | None


class CandidateName(View):
    """A candidate in the order of the ballot, which is the same on every screen. `photo` is the
    hash of a picture at `/api/v1/photos/HASH`."""

    id: str
    name: Texts
    member: str | None
    photo: str | None = None


class CandidateView(View):
    """A candidate in a round. `votes` is null while it is withheld; the flags are of the whole
    election as it was declared."""

    id: str
    name: Texts
    member: str | None
    photo: str | None = None
    votes: int | None
    elected: bool
    eliminated: bool


class ElectionView(View):
    """A round of an election. `places` are those still to be filled in this ballot; `blank`
    papers name nobody. `elected_so_far` were elected in the rounds before."""

    round: int
    places: int
    names_per_ballot: int
    tie_ballot: bool
    region: str | None
    candidates: list[CandidateView]
    blank: int | None
    elected_so_far: list[Texts]


class Calling(View):
    """A roll-call, as far as it is. `member` is called now; `next` follow; `pass_over` said
    "pass" and are called again in the second call."""

    member: str | None
    next: list[str]
    answered: int
    pass_over: list[str]
    call: Literal[1, 2]


class Mine(View):
    """What the box holds for this seat's Member; in an election the ids, none for a blank vote.

    In a secret ballot `choice` is null and `tracker` names the sealed ballot that counts, or that
    will count once it is `proved`: until then an earlier one stays in force, if there is one, and
    no seat may say that it is recorded. In a non-recorded one `code` is empty; once it is closed
    `choice` is null and `n` is 0, too: the Member has voted, and nothing else is kept.
    """

    choice: Choice | list[str] | None
    n: int
    code: str
    tracker: str | None = None
    proved: bool = True


class KioskSecret(View):
    """What a seat needs to seal its vote: the exact text of the Belenios election, its
    fingerprint, and the public credential that is accredited for this Member (null: none)."""

    election: str
    fingerprint: str
    credential: str | None


class SecretProgress(View):
    """How far a secret ballot is, of what it takes. Names are the scrutineers'.

    `accredited` are the Members on the list, `signed` who signed it, `opened` who sent their
    decryption. `needed` is how many scrutineers it takes, for each of the two.
    """

    fingerprint: str
    accredited: int
    signed: list[str]
    opened: list[str]
    missing: list[str]
    """Whose signature, or after the close whose decryption, is still to come."""
    needed: int
    is_open: bool
    """Whether the count was opened: until then there is none."""


class TurnedAwayView(View):
    """A Member's seat sent a sealed ballot that was not taken, and why."""

    member: str
    reason: SealedFault


class SecretDesk(View):
    """What only the operator sees of secret ballots.

    `ready` says whether the scrutineers have made the key. `credentials` counts the seats'
    Members that can be accredited, `without` lists the present ones that cannot yet. `proving` is
    how many sealed ballots wait for their proof; null where the disclosure withholds it.
    `turned_away` are the sealed ballots that were not taken, a row for each Member and reason.
    """

    ready: bool
    credentials: int
    without: list[str]
    proving: int | None
    turned_away: list[TurnedAwayView] = []


class KioskBallot(View):
    """The ballot on the floor as one seat sees it. Times are milliseconds since 1970."""

    id: str
    phase: Phase
    kind: Kind
    mode: Mode
    title: Texts
    document: str | None
    item: str | None
    choices: list[Choice]
    mine: Mine | None
    may_vote: bool
    bar: RefusalReason | None
    """Why this Member may not vote, when `may_vote` is false."""
    revocable: bool
    disclosure: Disclosure
    last_call: bool
    opened_at: int | None
    closes_at: int | None
    auto_close: bool
    recording: bool
    rule: Rule
    outcome: OutcomeView | None
    candidates: list[CandidateName] = []
    """In an election, who can be named; `choices` is empty then."""
    names_per_ballot: int = 1
    places: int = 1
    asked: Choice | None = None
    """In a test vote, the button that everybody is asked to press."""
    round: int = 1
    tie_ballot: bool = False
    calling: Calling | None = None
    secret: KioskSecret | None = None
    """In a secret ballot, from its announcement on."""
    votes_for: list[Texts] = []
    """The Members that gave this one their proxy: its vote counts for them as well."""
    voted_for_by: Texts | None = None
    """The Member that votes for this one, unless it votes itself."""


class AgendaItemView(View):
    """An agenda item. `decision` is a key of the rulebook, or null where nothing is decided."""

    number: str
    title: Texts
    document: str | None
    decision: str | None
    sitting: int | None


class Delegation(View):
    """Who sits for a Member. `votes_by` is null while nobody has said who of several votes."""

    names: list[str]
    votes_by: str | None


class KioskView(View):
    """Everything that a seat shows."""

    member: str
    name: Texts
    seat: str
    lang: Language
    item: AgendaItemView | None
    signals: list[str]
    ballot: KioskBallot | None
    secret_ballots: bool = False
    """Whether this hall can hold secret ballots: then each seat registers a credential."""
    credential: str | None = None
    """Fingerprint of the Member's public credential, as the next announcement will take it."""
    delegation: Delegation | None = None
    """The Member's own delegates; null where none are named."""


class DisplayBallot(View):
    """The ballot on the floor as the hall may see it. Null means withheld or not yet known."""

    id: str
    phase: Phase
    kind: Kind
    mode: Mode
    title: Texts
    document: str | None
    item: str | None
    decision: str
    disclosure: Disclosure
    test: bool
    turnout: Turnout | None
    counts: Counts | None
    board: str | None
    outcome: OutcomeView | None
    rule: Rule
    present: int | None
    entitled: int | None
    last_call: bool
    opened_at: int | None
    closes_at: int | None
    auto_close: bool
    remaining: int | None
    """Milliseconds left on an interrupted ballot's timer."""
    recording: bool
    """The box is closed and the closing entry is being written."""
    reason: Texts | None
    """Why a ballot was interrupted, cancelled or void, where the operator gave a reason."""
    election: ElectionView | None = None
    asked: Choice | None = None
    """In a test vote, the button that everybody is asked to press."""
    calling: Calling | None = None
    secret: SecretProgress | None = None
    """In a secret ballot, from its announcement on."""


class ChairView(View):
    """For the chair's token only: the sentence to say now, and the result before it is declared."""

    sentence: Texts
    undeclared: OutcomeView | None
    assistance: list[str]
    points_of_order: list[str]


class HallView(View):
    """What the hall display and the console show alike."""

    scene: Scene
    chosen_scene: Scene
    message: Texts | None
    item: AgendaItemView | None
    sitting: int | None
    members: int
    members_since: int
    """The journal's number since which the list of Members is as it is: who keeps a list reads it
    anew when this changes."""
    present: int
    ballot: DisplayBallot | None


class DisplayView(HallView):
    """Everything that a hall display shows."""

    chair: ChairView | None
