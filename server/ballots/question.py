"""What is put to the vote.

Rule: a question can be announced once its title is there in every official language; the rule
that decides it is written into it when it is prepared, so that a rulebook edited later changes
no ballot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.vocabulary import Choice, Disclosure, Kind, Language, Matter, Mode


@dataclass(frozen=True, slots=True)
class Title:
    """A title in some or all of the official languages; None where it is missing."""

    en: str | None = None
    fr: str | None = None
    es: str | None = None
    ar: str | None = None

    def __getitem__(self, language: Language) -> str | None:
        match language:
            case Language.EN:
                return self.en
            case Language.FR:
                return self.fr
            case Language.ES:
                return self.es
            case Language.AR:
                return self.ar


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who or what can be elected. `member` is the Member that a person or a proposal comes from,
    `photo` the SHA-256 of a picture that the hall keeps."""

    id: str
    name: Title
    member: str | None = None
    photo: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a double majority: its name in the rule, what screens call it, and the Members'
    weight that it is counted by (None: by heads)."""

    name: str
    label: Title
    weight: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """What the Members are asked, and how.

    `rule` is the ballot's rule as JSON (server/rules reads it); `seconds` starts a timer when
    the ballot opens; `choices` are the accepted answers in the order of every screen: for an
    election the ids of `candidates`, in the order that was drawn once for all screens.

    `places` is how many are still to be elected in this ballot, `round` counts rounds from 1
    without tie ballots, `election` is the id of the election's first ballot (None on that one),
    `region` limits an election to candidates of one region. `asked` is the button of a test vote.
    A ballot may be `part_of` another, at the place `part_order` (see `procedure`). `matter` is
    what the Chair calls it. `weight` names the Members' weight that a motion is counted by, None
    where each Member counts one; `parts` are those of a double majority. `added` are the
    candidates who did not stand in the round before.
    """

    title: Title
    kind: Kind
    decision: str
    mode: Mode
    disclosure: Disclosure
    document: str | None
    item: str | None
    seconds: int | None
    auto_close: bool
    revocable: bool
    test: bool
    rule: dict[str, Any]
    choices: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()
    places: int = 1
    names_per_ballot: int = 1
    round: int = 1
    election: str | None = None
    is_tie_ballot: bool = False
    region: str | None = None
    asked: Choice | None = None
    part_of: str | None = None
    part_order: int | None = None
    matter: Matter = Matter.RESOLUTION
    weight: str | None = None
    parts: tuple[Part, ...] = ()
    added: tuple[str, ...] = ()


def missing(question: Question, languages: tuple[Language, ...]) -> tuple[str, ...]:
    """The fields that keep the ballot a draft, by name (`title.fr`, `candidates.ID.name.fr`)."""
    named = [("title", question.title)]
    named += [(f"candidates.{each.id}.name", each.name) for each in question.candidates]
    return tuple(
        f"{name}.{language.value}"
        for name, text in named
        for language in languages
        if not (text[language] or "").strip()
    )


def question_payload(question: Question) -> dict[str, Any]:
    """The question as the journal keeps it.

    Fields that came later are left out at their default, so that earlier records stay the same
    to the last byte.
    """
    return {
        "title": _title_payload(question.title),
        "kind": question.kind.value,
        "decision": question.decision,
        "mode": question.mode.value,
        "disclosure": question.disclosure.value,
        "document": question.document,
        "item": question.item,
        "seconds": question.seconds,
        "auto_close": question.auto_close,
        "revocable": question.revocable,
        "test": question.test,
        "rule": question.rule,
        "choices": list(question.choices),
        **_later_fields(question),
    }


def question_from_payload(payload: dict[str, Any]) -> Question:
    """The question that the journal kept; KeyError or ValueError if the entry is not one."""
    asked = payload.get("asked")
    return Question(
        title=_title(payload["title"]),
        kind=Kind(payload["kind"]),
        decision=payload["decision"],
        mode=Mode(payload["mode"]),
        disclosure=Disclosure(payload["disclosure"]),
        document=payload["document"],
        item=payload["item"],
        seconds=payload["seconds"],
        auto_close=payload["auto_close"],
        revocable=payload["revocable"],
        test=payload["test"],
        rule=payload["rule"],
        choices=tuple(payload["choices"]),
        candidates=tuple(
            Candidate(row["id"], _title(row["name"]), row["member"], row.get("photo"))
            for row in payload.get("candidates", ())
        ),
        places=payload.get("places", 1),
        names_per_ballot=payload.get("names_per_ballot", 1),
        round=payload.get("round", 1),
        election=payload.get("election"),
        is_tie_ballot=payload.get("is_tie_ballot", False),
        region=payload.get("region"),
        asked=None if asked is None else Choice(asked),
        part_of=payload.get("part_of"),
        part_order=payload.get("part_order"),
        matter=Matter(payload.get("matter", Matter.RESOLUTION.value)),
        weight=payload.get("weight"),
        added=tuple(payload.get("added", ())),
        parts=tuple(
            Part(row["name"], _title(row["label"]), row["weight"])
            for row in payload.get("parts", ())
        ),
    )


def _later_fields(question: Question) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "candidates": [
            {
                "id": each.id,
                "name": _title_payload(each.name),
                "member": each.member,
                **({} if each.photo is None else {"photo": each.photo}),
            }
            for each in question.candidates
        ],
        "added": list(question.added),
        "places": question.places,
        "names_per_ballot": question.names_per_ballot,
        "round": question.round,
        "election": question.election,
        "is_tie_ballot": question.is_tie_ballot,
        "region": question.region,
        "asked": None if question.asked is None else question.asked.value,
        "part_of": question.part_of,
        "part_order": question.part_order,
        "matter": question.matter.value,
        "weight": question.weight,
        "parts": [
            {"name": each.name, "label": _title_payload(each.label), "weight": each.weight}
            for each in question.parts
        ],
    }
    defaults: dict[str, Any] = {
        "candidates": [],
        "added": [],
        "places": 1,
        "names_per_ballot": 1,
        "round": 1,
        "is_tie_ballot": False,
        "matter": Matter.RESOLUTION.value,
        "parts": [],
    }
    return {name: value for name, value in fields.items() if value != defaults.get(name)}


def _title_payload(title: Title) -> dict[str, str | None]:
    return {"en": title.en, "fr": title.fr, "es": title.es, "ar": title.ar}


def _title(told: dict[str, Any]) -> Title:
    return Title(en=told["en"], fr=told["fr"], es=told["es"], ar=told["ar"])
