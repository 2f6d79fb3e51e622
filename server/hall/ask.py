"""A command as it was asked, and what has to be fresh for it.

Rule: everything that is not in the journal yet and not in the ask (new identities, a lot) is made
before a command is decided, so that deciding is pure and may be done again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from server.ballots.question import Title
from server.hall.standing_for import Nominee
from server.ports import Ids
from server.vocabulary import Command, Language, Mode


@dataclass(frozen=True, slots=True)
class Ask:
    """A command as it was asked. Unused fields are None."""

    command: Command
    reason: str | None = None
    seconds: int | None = None
    text: str | None = None
    member: str | None = None
    intention: str | None = None
    counts: Mapping[str, int] | None = None
    choice: str | None = None
    mode: Mode | None = None
    start: str | None = None
    language: Language | None = None
    withdrawn: Sequence[str] | None = None
    drawn: Sequence[str] | None = None
    witnesses: Sequence[str] | None = None
    names: Sequence[str] | None = None
    candidates: Sequence[Nominee] | None = None


def ask_payload(ask: Ask) -> dict[str, Any]:
    """The fields that were sent, as the journal keeps them."""
    sent = {each.name: getattr(ask, each.name) for each in fields(ask) if each.name != "command"}
    if ask.candidates is not None:
        sent["candidates"] = [_nominee_payload(each) for each in ask.candidates]
    return {name: value for name, value in sent.items() if value is not None}


def ask_from_payload(command: Command, payload: Mapping[str, Any]) -> Ask:
    """The ask that the journal kept."""
    nominees = payload.get("candidates")
    ask = replace(Ask(command), **payload)
    return replace(
        ask,
        candidates=None if nominees is None else tuple(_nominee(each) for each in nominees),
        mode=None if ask.mode is None else Mode(ask.mode),
        language=None if ask.language is None else Language(ask.language),
    )


def _nominee_payload(nominee: Nominee) -> dict[str, Any]:
    name = {language.value: nominee.name[language] for language in Language}
    return {"id": nominee.id, "name": name, "member": nominee.member, "photo": nominee.photo}


def _nominee(told: Mapping[str, Any]) -> Nominee:
    return Nominee(told["id"], Title(**told["name"]), told["member"], told["photo"])


@dataclass(frozen=True, slots=True)
class Fresh:
    """A new ballot's id, a new box's incarnation, and a lot of 256 random bits as hex."""

    ballot: str
    incarnation: str
    lot: str


def fresh(ids: Ids) -> Fresh:
    """New ones of each."""
    return Fresh(ids.ballot_id(), ids.incarnation(), ids.nonce().hex())
