"""Sort keys for the names of Members.

Rule: a list of Members is ordered by keys that the assembly approved, compared code point by
code point, never by a collator whose rules change with the machine. `sort_key` makes the key
that serves until the assembly sets another.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, assert_never

from server.vocabulary import Language

_ARABIC_FOLDS: Final = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ئ": "ي",
        "ى": "ي",
        # The code point of this letter stands before those of its sound.
        "ة": "ه",
        "ء": None,
        "ـ": None,
    }
)
_ARABIC_ARTICLE: Final = re.compile(r"\bال(?=\w{2})")
_ENGLISH_ARTICLE: Final = re.compile(r"^the ")
_ARTICLE_IN_BRACKETS: Final = re.compile(r"\((the|la|les?|l['’]|el|las|los)\)")
_NOT_IN_A_KEY: Final = re.compile(r"[^\w~]+")


def sort_key(language: Language, name: str) -> str:
    """The key by which `name` is placed in an alphabetical list of `language`.

    French and Spanish ignore accents (ñ follows n); Arabic ignores the article, vowel signs and
    the seats of hamza. Case, punctuation, an English "the" and an article in brackets
    ("Gambia (the)", "Maroc (le)") do not count.
    """
    match language:
        case Language.AR:
            # The article is dropped before hamza is folded: ألبانيا has none.
            bare = "".join(c for c in name if not unicodedata.combining(c))
            folded = _ARABIC_ARTICLE.sub("", bare).translate(_ARABIC_FOLDS)
        case Language.EN | Language.FR | Language.ES:
            lowered = unicodedata.normalize("NFC", name).casefold()
            if language is Language.ES:
                lowered = lowered.replace("ñ", "n~")  # "~" stands after every letter
            if language is Language.EN:
                lowered = _ENGLISH_ARTICLE.sub("", lowered)
            bare = _ARTICLE_IN_BRACKETS.sub("", lowered)
            decomposed = unicodedata.normalize("NFD", bare)
            folded = "".join(c for c in decomposed if not unicodedata.combining(c))
        case _:
            assert_never(language)
    return _NOT_IN_A_KEY.sub(" ", folded).strip()
