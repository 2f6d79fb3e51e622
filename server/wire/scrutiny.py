"""The bodies of the HTTP interface that scrutineers and secret ballots need, under `/api/v1`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from server.vocabulary import (
    CeremonyStep,
    Phase,
)
from server.wire.http import Name, Reason, Request, Response


class CeremonyRequest(Request):
    """Begin the key ceremony with these three; a `reason` is needed where one was begun before."""

    scrutineers: Annotated[list[Name], Field(min_length=3, max_length=3)]
    reason: Reason | None = None


class CeremonyMessage(Request):
    """A scrutineer's own message. `ceremony` is the number of the ceremony that it is made for;
    `text` is Belenios's, kept byte for byte."""

    ceremony: int = Field(ge=1)
    step: CeremonyStep
    text: str = Field(min_length=2, max_length=200_000)


class CeremonyInfo(Response):
    """The latest key ceremony: the notice board of its scrutineers. Nothing here is secret."""

    number: int
    """The number of the journal entry that began it."""
    scrutineers: list[str]
    """In the order of their trustee numbers, from 1."""
    reason: str | None
    step: CeremonyStep | None
    """What is missing from somebody; null once everybody has given everything."""
    messages: dict[CeremonyStep, dict[str, str]]
    """By step and scrutineer."""
    trustees: str | None
    """The exact Belenios text, once the ceremony is finished."""
    public_key: str | None


class SecrecyInfo(Response):
    """What secret ballots rest on in this hall."""

    hall: str
    scrutineers: list[str]
    """Everybody with the role of a scrutineer."""
    threshold: int
    """How many of the three open a tally."""
    ceremony: CeremonyInfo | None


class ListSignatureRequest(Request):
    """A scrutineer's signature on who may vote, as compact JSON: over the list of credentials and
    the election's fingerprint, with the key of their certificate."""

    signature: str = Field(min_length=1, max_length=4096)


class DecryptionRequest(Request):
    """A scrutineer's partial decryption: the exact text in the Belenios format."""

    text: str = Field(min_length=1, max_length=1_000_000)


class AccreditedMember(Response):
    """A Member who may vote in a secret ballot, with the public credential of its seat."""

    member: str
    public: str


class SecretResponse(Response):
    """A secret ballot's public texts. Names are the scrutineers'; `needed` of them suffice."""

    ballot: str
    phase: Phase
    election: str
    fingerprint: str
    trustees: str
    credentials: str
    accredited: list[AccreditedMember]
    scrutineers: list[str]
    needed: int
    signed: list[str]
    signatures: dict[str, str]
    """The signatures on the list, by scrutineer: whoever opens the count checks them first."""
    opened: list[str]
    is_open: bool
