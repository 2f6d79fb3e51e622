"""The server's voice: messages of the `.ftl` files, formatted in one language or in all four.

Rule: nothing is said by half. An unknown message, a missing argument or a broken file is a bug
and raises `SpeechError`; there is no falling back to another language or to the id.

No Unicode isolation marks are put around arguments. The texts travel in views, records and
exports, where such marks would be bytes that nobody sees and that a comparison trips over;
the screens and the printed record isolate names and symbols themselves (`<bdi>`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Final, Literal, Protocol

from babel import Locale
from fluent.runtime.types import fluent_number

from server.assembly.texts import Texts
from server.locales.bundle import BrokenMessage, Bundle
from server.vocabulary import Language

_EASTERN_DIGITS: Final = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")

Argument = str | int
Say = Callable[[Language], str]


class Words(Protocol):
    """A message and its arguments, kept until the language is known (`rules.words` makes them)."""

    @property
    def message_id(self) -> str:
        """The message's id in the `.ftl` files."""

    @property
    def args(self) -> Mapping[str, Any]:
        """Its arguments: strings, whole numbers, or words that are formatted first."""


class SpeechError(Exception):
    """A message cannot be said: it is unknown, broken, or lacks an argument."""

    def __init__(self, language: Language, message_id: str, reason: str) -> None:
        super().__init__(f"{language.value}.ftl, message {message_id!r}: {reason}")
        self.language = language
        self.message_id = message_id
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Speech:
    """The messages of all languages. Make it with `load_speech`."""

    _bundles: Mapping[Language, Bundle] = field(repr=False)

    def say(
        self, language: Language, message_id: str, args: Mapping[str, Argument] | None = None
    ) -> str:
        """The message in one language. Arguments that it does not use are ignored."""
        bundle = self._bundles[language]
        if not bundle.has(message_id):
            raise SpeechError(language, message_id, "there is no such message")
        try:
            text, errors = bundle.format(message_id, dict(args or {}))
        except BrokenMessage as broken:
            raise SpeechError(language, message_id, str(broken)) from broken
        if errors:
            raise SpeechError(language, message_id, "; ".join(errors))
        return text

    def say_all(self, message_id: str, args: Mapping[str, Argument] | None = None) -> Texts:
        """The message in all four languages."""
        return _in_all(lambda language: self.say(language, message_id, args))

    def say_words(self, language: Language, words: Words) -> str:
        """Words in one language; arguments that are words are formatted first."""
        args = {
            name: value if isinstance(value, str | int) else self.say_words(language, value)
            for name, value in words.args.items()
        }
        return self.say(language, words.message_id, args)

    def say_words_all(self, words: Words) -> Texts:
        """Words in all four languages."""
        return _in_all(lambda language: self.say_words(language, words))

    def has(self, message_id: str) -> bool:
        """Whether every language has the message."""
        return all(bundle.has(message_id) for bundle in self._bundles.values())


def load_speech(
    digits: Literal["latn", "arab"] = "latn", languages: Iterable[Language] = Language
) -> Speech:
    """Read the messages that come with the package, of all languages or of these alone.

    `digits` are those of the Arabic texts: `latn` (0–9) or `arab` (٠–٩). A message that does not
    parse is a `SpeechError` when it is said; a test parses the files whole.
    """
    return Speech({language: _load(language, digits) for language in languages})


def source(language: Language) -> str:
    """The text of a language's `.ftl` file."""
    return files(__package__).joinpath(f"{language.value}.ftl").read_text(encoding="utf-8")


def _load(language: Language, digits: Literal["latn", "arab"]) -> Bundle:
    functions: dict[str, Callable[..., Any]] = {}
    if language is Language.AR and digits == "arab":
        functions["NUMBER"] = _eastern_number
    return Bundle(language.value, source(language), functions)


def _eastern_number(value: float, **options: Any) -> str:
    # Babel writes Arabic with Latin digits unless asked; Fluent gives no way to ask.
    return fluent_number(value, **options).format(Locale("ar")).translate(_EASTERN_DIGITS)


def _in_all(say: Say) -> Texts:
    return Texts(en=say(Language.EN), fr=say(Language.FR), es=say(Language.ES), ar=say(Language.AR))
