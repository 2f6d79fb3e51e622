"""What the hall needs from the world: a ballot box, a journal, credentials, a clock, identities.

Rule: each docstring states idempotence and every outcome. Expected outcomes are values;
`StoreUnavailable` is the one exception, and it means *unknown*: the call may or may not have
taken effect, so callers repeat idempotent calls and look before they repeat the others.

The memory twins in `server/adapters` are the executable specification of the real ones: one
contract suite (tests/contracts) runs on both.
"""

from __future__ import annotations

from server.ports.ballot_box import (
    CHOICES,
    CLOCK_JUMP_MS,
    LONGEST_LEASE_MS,
    PRESENCE_GRACE_MS,
    Accepted,
    BallotBox,
    BoxChange,
    BoxOpening,
    BoxPhase,
    BoxPress,
    BoxState,
    GroupOutcome,
    HeldVote,
    Landed,
    Latched,
    NoBox,
    PressOutcome,
    RefusedPress,
    Right,
    SealedPress,
    StaleFence,
    idle,
)
from server.ports.credentials import (
    Bearer,
    Credentials,
    SeatCredential,
)
from server.ports.failures import (
    ProofsUnavailable,
    StoreUnavailable,
)
from server.ports.journal import (
    AlreadyRecorded,
    Appended,
    CommandKey,
    HeadMoved,
    HighWater,
    Journal,
    KeyReused,
    SeenCommand,
)
from server.ports.surroundings import (
    Clock,
    Ids,
    Photos,
    Proofs,
)

__all__ = [
    "CHOICES",
    "CLOCK_JUMP_MS",
    "LONGEST_LEASE_MS",
    "PRESENCE_GRACE_MS",
    "Accepted",
    "AlreadyRecorded",
    "Appended",
    "BallotBox",
    "Bearer",
    "BoxChange",
    "BoxOpening",
    "BoxPhase",
    "BoxPress",
    "BoxState",
    "Clock",
    "CommandKey",
    "Credentials",
    "GroupOutcome",
    "HeadMoved",
    "HeldVote",
    "HighWater",
    "Ids",
    "Journal",
    "KeyReused",
    "Landed",
    "Latched",
    "NoBox",
    "Photos",
    "PressOutcome",
    "Proofs",
    "ProofsUnavailable",
    "RefusedPress",
    "Right",
    "SealedPress",
    "SeatCredential",
    "SeenCommand",
    "StaleFence",
    "StoreUnavailable",
    "idle",
]
