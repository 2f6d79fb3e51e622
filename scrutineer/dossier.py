"""What a scrutineer's file holds.

Rule: whatever is sent to the hall is in the file first, byte for byte, so that a program that was
stopped sends the same again and never makes a second one. Nothing leaves the file but what the
hall is to publish.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from server.vocabulary import CeremonyStep

VERSION: Final = 1


class BadDossier(ValueError):
    """The text is no dossier of this version."""


@dataclass(frozen=True, slots=True)
class Share:
    """A scrutineer's part of one ceremony.

    `seed` is secret: the keys of the certificate are derived from it, and with them what the others
    dealt to us, our share of the decryption key. `messages` are our own, as sent; `certificates`
    and `polynomials` all three as we answered to them, in the order of trustee numbers; `trustees`
    what came of it.
    """

    ceremony: int
    trustee: int
    seed: str = field(repr=False)
    messages: Mapping[CeremonyStep, str]
    certificates: tuple[str, ...] = ()
    polynomials: tuple[str, ...] = ()
    trustees: str | None = None


@dataclass(frozen=True, slots=True)
class SignedList:
    """A list of accredited seats that we signed, for an election (its fingerprint): Member to
    public credential, and the exact text that the signature is on."""

    ballot: str
    election: str
    members: Mapping[str, str]
    credentials: str
    signature: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A partial decryption that we made, for an election (its fingerprint) and a tally (its
    hash)."""

    ballot: str
    election: str
    tally: str
    text: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything of one scrutineer in one hall."""

    hall: str
    user: str
    shares: tuple[Share, ...] = ()
    lists: tuple[SignedList, ...] = ()
    openings: tuple[Opening, ...] = ()


def share_of(dossier: Dossier, ceremony: int) -> Share | None:
    """Our part of this ceremony."""
    return next((each for each in dossier.shares if each.ceremony == ceremony), None)


def share_in(dossier: Dossier, trustees: str) -> Share | None:
    """Our part of the ceremony that made these trustees."""
    return next((each for each in dossier.shares if each.trustees == trustees), None)


def with_share(dossier: Dossier, share: Share) -> Dossier:
    """The dossier with this share in place of an earlier state of it."""
    others = tuple(each for each in dossier.shares if each.ceremony != share.ceremony)
    return replace(dossier, shares=(*others, share))


def with_list(dossier: Dossier, signed: SignedList) -> Dossier:
    """The dossier with one more signed list."""
    return replace(dossier, lists=(*dossier.lists, signed))


def with_opening(dossier: Dossier, opening: Opening) -> Dossier:
    """The dossier with one more partial decryption."""
    return replace(dossier, openings=(*dossier.openings, opening))


def to_text(dossier: Dossier) -> str:
    """The dossier as JSON."""
    return json.dumps({"version": VERSION, **asdict(dossier)})


def from_text(text: str) -> Dossier:
    """The dossier of a text. Raises BadDossier."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told.pop("version") != VERSION:
            raise BadDossier("it was written by another version of this program")
        return Dossier(
            hall=told["hall"],
            user=told["user"],
            shares=tuple(_share(each) for each in told["shares"]),
            lists=tuple(SignedList(**each) for each in told["lists"]),
            openings=tuple(Opening(**each) for each in told["openings"]),
        )
    except (KeyError, TypeError) as error:
        raise BadDossier(f"it lacks something: {error}") from error


def _share(told: dict[str, Any]) -> Share:
    messages = {CeremonyStep(step): text for step, text in told.pop("messages").items()}
    certificates, polynomials = told.pop("certificates"), told.pop("polynomials")
    return Share(
        messages=messages,
        certificates=tuple(certificates),
        polynomials=tuple(polynomials),
        **told,
    )
