"""A text in the four official languages.

Rule: a text that the hall reads exists in all four languages or not at all; there is no
falling back from one language to another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from server.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The same text in Arabic, English, French and Spanish."""

    en: str
    fr: str
    es: str
    ar: str

    def __getitem__(self, language: Language) -> str:
        match language:
            case Language.EN:
                return self.en
            case Language.FR:
                return self.fr
            case Language.ES:
                return self.es
            case Language.AR:
                return self.ar
            case _:
                assert_never(language)

    def as_json(self) -> dict[str, str]:
        """The text by language code, in the order of `Language`."""
        return {language.value: self[language] for language in Language}


def texts_from(by_language: Mapping[str, str]) -> Texts:
    """A text from its languages by code; a missing or foreign language is a `ValueError`."""
    expected = {language.value for language in Language}
    if set(by_language) != expected:
        raise ValueError(f"need exactly the languages {sorted(expected)}, got {list(by_language)}")
    return Texts(**by_language)
