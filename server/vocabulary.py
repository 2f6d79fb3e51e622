"""The words that every part of the hall shares, each written once.

Rule: an enumeration that travels (wire, journal, box, screens) is defined here and nowhere
else; the TypeScript types are generated from it. Values are the terms of the fixed contract.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """The four official languages."""

    EN = "en"
    FR = "fr"
    ES = "es"
    AR = "ar"


class Kind(StrEnum):
    """What is asked of the Members.

    `test` asks everyone to press a given button, `attendance` to press "Present"; `poll` is
    informal. These three are counted, and decide nothing.
    """

    MOTION = "motion"
    ELECTION = "election"
    TEST = "test"
    ATTENDANCE = "attendance"
    POLL = "poll"


class Matter(StrEnum):
    """What a motion is about, as the Chair names it: "the draft resolution is adopted"."""

    RESOLUTION = "resolution"
    PROPOSAL = "proposal"
    AMENDMENT = "amendment"
    PARAGRAPH = "paragraph"
    BUDGET = "budget"
    CONSTITUTION_AMENDMENT = "constitution_amendment"
    REGULATIONS_AMENDMENT = "regulations_amendment"
    ADMISSION = "admission"
    HOST = "host"
    APPOINTMENT = "appointment"
    CONVENTION = "convention"
    PROCEDURAL = "procedural"


class Mode(StrEnum):
    """How the Members answer. `consensus` is adoption without a vote.

    `non_recorded` is counted from the box, which is erased after the close: who voted is known,
    and the tally, never who voted what. `secret` is encrypted in the seat and counted unopened.
    `hands` and `paper` are entered by tellers, `roll_call` as each Member is called.
    """

    RECORDED = "recorded"
    NON_RECORDED = "non_recorded"
    SECRET = "secret"  # noqa: S105  # a way of voting, no password
    CONSENSUS = "consensus"
    HANDS = "hands"
    ROLL_CALL = "roll_call"
    PAPER = "paper"


class CandidateOrder(StrEnum):
    """The order of candidates on every screen: drawn once, as given, or by their names."""

    DRAWN = "drawn"
    GIVEN = "given"
    ALPHABETICAL = "alphabetical"


class Disclosure(StrEnum):
    """What the hall may see while a ballot is open, least first.

    `none`: that a vote is on. `turnout`: how many and who has voted, no counts.
    `counts`: counts and how many, not who. `individual`: everything.
    """

    NONE = "none"
    TURNOUT = "turnout"
    COUNTS = "counts"
    INDIVIDUAL = "individual"


class Choice(StrEnum):
    """The answers to a motion, in the order in which every screen shows them."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Phase(StrEnum):
    """Where a ballot stands in its life. On screens `suspended` reads "interrupted"."""

    DRAFT = "draft"
    PREPARED = "prepared"
    ANNOUNCED = "announced"
    OPEN = "open"
    SUSPENDED = "suspended"
    IN_DOUBT = "in_doubt"
    CLOSED = "closed"
    DECLARED = "declared"
    CERTIFIED = "certified"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    VOID = "void"


class Command(StrEnum):
    """What an operator can ask of a ballot."""

    ANNOUNCE = "announce"
    OPEN = "open"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    LAST_CALL = "last_call"
    CLOSE = "close"
    DECLARE = "declare"
    CERTIFY = "certify"
    PUBLISH = "publish"
    CANCEL = "cancel"
    VOID = "void"
    CORRECT = "correct"
    SECOND_VOTE = "second_vote"
    NEXT_ROUND = "next_round"
    TIE_BALLOT = "tie_ballot"
    LOTS = "lots"
    ASK_CHAIR = "ask_chair"
    HANDS = "hands"
    PAPER = "paper"
    CALL = "call"
    SECOND_CALL = "second_call"
    RERUN = "rerun"


class RefusalReason(StrEnum):
    """Why a press was not accepted.

    `bad_proof`: a sealed ballot that does not prove that it is one; the earlier one stays in
    force. `not_accredited`: the Member's seat is not on the list that the scrutineers signed.
    """

    UNKNOWN_BALLOT = "unknown_ballot"
    NOT_OPEN = "not_open"
    CLOSED = "closed"
    NOT_ON_ROLL = "not_on_roll"
    SUSPENDED_RIGHT = "suspended_right"
    NOT_REVOCABLE = "not_revocable"
    NOT_ACCREDITED = "not_accredited"
    BAD_CHOICE = "bad_choice"
    BAD_PROOF = "bad_proof"
    PRESS_ID_REUSED = "press_id_reused"
    REPLACED = "replaced"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"


class SealedFault(StrEnum):
    """Why a sealed ballot was turned away, or refused after it was stored (`proof`)."""

    FORM = "form"
    """It is not a ballot on this question, or not in its one canonical form."""
    ELECTION = "election"
    """It was sealed for another election."""
    CREDENTIAL = "credential"
    """It is signed with another credential than the Member's."""
    SIGNATURE = "signature"
    """Its signature does not hold."""
    PROOF = "proof"
    """Its proofs do not hold."""
    REPLAYED = "replayed"
    """The hall has had this very ballot before."""
    LATE = "late"
    """The voting was closed."""


class Role(StrEnum):
    """Who a token speaks for."""

    OPERATOR = "operator"
    CHAIR = "chair"
    SCRUTINEER = "scrutineer"
    DISPLAY = "display"
    SEAT = "seat"


class CeremonyStep(StrEnum):
    """What each scrutineer gives in the key ceremony, in this order; the terms are Belenios's."""

    CERTIFICATE = "certificate"
    POLYNOMIAL = "polynomial"
    VOUTPUT = "voutput"


class RollStatus(StrEnum):
    """What became of a Member in a ballot, one row each in the record.

    `unnamed`: entitled to vote where tellers counted hands or papers, and nobody was named.
    """

    VOTED = "voted"
    NOT_VOTED = "not_voted"
    ABSENT = "absent"
    SUSPENDED = "suspended"
    UNNAMED = "unnamed"


class Scene(StrEnum):
    """What the hall display shows. `auto` is what the operator picks to follow the ballot."""

    AUTO = "auto"
    IDLE = "idle"
    PRESENCE = "presence"
    QUESTION = "question"
    VOTING = "voting"
    CLOSED = "closed"
    RESULT = "result"
    BOARD = "board"
    HEMICYCLE = "hemicycle"
    MESSAGE = "message"
    BLANK = "blank"


class Signal(StrEnum):
    """What a seat can ask for beside its vote."""

    ASSISTANCE = "assistance"
    POINT_OF_ORDER = "point_of_order"


class OutcomeKind(StrEnum):
    """How a ballot ended. `consensus` is adoption without a vote; `counted` decides nothing.

    A round of an election ends with everybody `elected`, or with what has to follow.
    """

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    TIE = "tie"
    SECOND_VOTE = "second_vote"
    CASTING_VOTE = "casting_vote"
    NO_QUORUM = "no_quorum"
    CONSENSUS = "consensus"
    ELECTED = "elected"
    NEXT_ROUND = "next_round"
    TIE_BALLOT = "tie_ballot"
    LOTS = "lots"
    ASK = "ask"
    COUNTED = "counted"


BOARD_MARK: Final[dict[Choice, str]] = {Choice.YES: "y", Choice.NO: "n", Choice.ABSTAIN: "a"}
"""The board's characters for a disclosed choice."""

BOARD_VOTED: Final = "v"
"""The board's character for a Member who has voted, the choice withheld."""

BOARD_NOT_VOTED: Final = "."
"""The board's character for everybody else: not voted, absent and suspended look alike."""
