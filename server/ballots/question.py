"""What is put to the vote.

Rule: a question can be announced once its title is there in every official language; the rule
that decides it is written into it when it is prepared, so that a rulebook edited later changes
no ballot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.vocabulary import Disclosure, Kind, Language, Mode


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
class Question:
    """What the Members are asked, and how.

    `rule` is the motion's rule as JSON (server/rules reads it); `seconds` starts a timer when
    the ballot opens; `choices` are the accepted answers in the order of every screen.
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


def missing(question: Question, languages: tuple[Language, ...]) -> tuple[str, ...]:
    """The fields that keep the ballot a draft, by name (`title.fr`)."""
    return tuple(
        f"title.{language.value}"
        for language in languages
        if not (question.title[language] or "").strip()
    )


def question_payload(question: Question) -> dict[str, Any]:
    """The question as the journal keeps it."""
    return {
        "title": {
            "en": question.title.en,
            "fr": question.title.fr,
            "es": question.title.es,
            "ar": question.title.ar,
        },
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
    }


def question_from_payload(payload: dict[str, Any]) -> Question:
    """The question that the journal kept; KeyError or ValueError if the entry is not one."""
    title = payload["title"]
    return Question(
        title=Title(en=title["en"], fr=title["fr"], es=title["es"], ar=title["ar"]),
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
    )
