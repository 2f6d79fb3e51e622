"""A secret ballot as the journal tells it: what was frozen, who signed, what was opened.

Rule: a secret ballot is an election of the Belenios format. Its texts are fixed at the announcement
and kept byte for byte. The ballots that count are sealed; who opens them are the scrutineers, as
many as the key asks for, each with a share that was checked before it was journaled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from server.vocabulary import SealedFault


@dataclass(frozen=True, slots=True)
class SealedVote:
    """A sealed ballot that the box took as number `n`, and whose proofs hold."""

    member: str
    n: int
    press_id: str
    tracker: str
    text: str


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """A sealed ballot that the box never had; `tracker` is the hash of what was sent."""

    member: str
    fault: SealedFault
    tracker: str


@dataclass(frozen=True, slots=True)
class Share:
    """A scrutineer's partial decryption of the tally; `trustee` is their number, from 1."""

    trustee: int
    text: str


@dataclass(frozen=True, slots=True)
class Secret:
    """What a ballot has besides, if it is secret.

    `election`, `trustees` and `credentials` are the texts that are published. `accredited` are the
    Members who may vote, each with the public credential of their seat, in the order of the
    credentials. `scrutineers` are in the order of their trustee numbers; `needed` is how many
    of them have to sign the list, and to open the tally. `refused` are the numbers of presses
    whose proofs did not hold, with their Members; `turned_away` has a row for each Member and
    reason, of what was not even stored. `began` is the announcement, in milliseconds
    since 1970.
    """

    election: str
    trustees: str
    credentials: str
    accredited: Mapping[str, str]
    scrutineers: tuple[str, ...]
    needed: int
    began: int
    signatures: Mapping[str, str]
    refused: Mapping[int, str]
    shares: tuple[Share, ...]
    result: str | None
    turned_away: tuple[TurnedAway, ...] = ()

    @property
    def is_signed(self) -> bool:
        """Whether enough scrutineers have signed the list of who may vote."""
        return len(self.signatures) >= self.needed

    def trustee(self, scrutineer: str) -> int | None:
        """A scrutineer's trustee number, from 1, or None."""
        known = scrutineer in self.scrutineers
        return self.scrutineers.index(scrutineer) + 1 if known else None


def secret_from_payload(payload: Mapping[str, Any], at: int) -> Secret | None:
    """The secret part of an announcement, if it has one."""
    told = payload.get("secret")
    if told is None:
        return None
    return Secret(
        election=told["election"],
        trustees=told["trustees"],
        credentials=told["credentials"],
        accredited={row["member"]: row["public"] for row in told["accredited"]},
        scrutineers=tuple(told["scrutineers"]),
        needed=told["needed"],
        began=at,
        signatures={},
        refused={},
        shares=(),
        result=None,
    )


def secret_payload(secret: Secret) -> dict[str, Any]:
    """The secret part of an announcement as the journal keeps it."""
    return {
        "election": secret.election,
        "trustees": secret.trustees,
        "credentials": secret.credentials,
        "accredited": [
            {"member": member, "public": public} for member, public in secret.accredited.items()
        ],
        "scrutineers": list(secret.scrutineers),
        "needed": secret.needed,
    }


def signed(secret: Secret, payload: Mapping[str, Any]) -> Secret:
    """After a scrutineer has signed the list of who may vote."""
    signatures = {**secret.signatures, payload["scrutineer"]: payload["signature"]}
    return replace(secret, signatures=signatures)


def without_proof(secret: Secret, payload: Mapping[str, Any]) -> Secret:
    """After a sealed ballot was refused because its proofs do not hold."""
    return replace(secret, refused={**secret.refused, payload["n"]: payload["member"]})


def with_turned_away(secret: Secret, payload: Mapping[str, Any]) -> Secret:
    """After sealed ballots were turned away."""
    rows = tuple(
        TurnedAway(row["member"], SealedFault(row["reason"]), row["tracker"])
        for row in payload["turned_away"]
    )
    return replace(secret, turned_away=(*secret.turned_away, *rows))


def turned_away_payload(rows: Sequence[TurnedAway]) -> dict[str, Any]:
    """What the journal keeps of sealed ballots that were turned away."""
    return {
        "turned_away": [
            {"member": each.member, "reason": each.fault.value, "tracker": each.tracker}
            for each in rows
        ]
    }


def renumbered(secret: Secret) -> Secret:
    """After a doubt was settled: the box may number anew, so what was refused is found again."""
    return replace(secret, refused={})


def with_share(secret: Secret, payload: Mapping[str, Any]) -> Secret:
    """After a scrutineer has given their share of the opening."""
    share = Share(payload["trustee"], payload["text"])
    return replace(secret, shares=(*secret.shares, share))


def sealed_payload(sealed: tuple[SealedVote, ...]) -> list[dict[str, Any]]:
    """The sealed ballots as the closing entry keeps them, in the order of their numbers."""
    return [
        {
            "member": each.member,
            "n": each.n,
            "press_id": each.press_id,
            "tracker": each.tracker,
            "text": each.text,
        }
        for each in sealed
    ]


def sealed_from_payload(rows: list[Mapping[str, Any]]) -> tuple[SealedVote, ...]:
    """The sealed ballots that a closing entry kept."""
    return tuple(
        SealedVote(row["member"], row["n"], row["press_id"], row["tracker"], row["text"])
        for row in rows
    )
