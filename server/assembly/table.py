"""One table of an assembly file, read key by key.

Rule: each key is asked for once, by type. A missing or wrong one adds a problem and gives None,
so that the reader can go on; `finish` then reports the keys that nobody asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from server.assembly.problems import FileProblem
from server.assembly.texts import Texts, texts_from
from server.vocabulary import Language

THE_FILE: Final = "the file"
"""The place of what stands at the top, in no table."""

E = TypeVar("E", bound=StrEnum)

Report = Callable[[FileProblem], None]


class Table:
    """A table at `place` in the file. Problems go to `report`."""

    def __init__(self, place: str, content: Mapping[str, object], report: Report) -> None:
        self.place = place
        self._content = content
        self._asked: set[str] = set()
        self._report = report

    def has(self, key: str) -> bool:
        """Whether the file gives this key, which it may leave out."""
        self._asked.add(key)
        return key in self._content

    def problem(self, key: str | None, what: str, remedy: str) -> None:
        """Report what is wrong at this key, or with the whole table."""
        self._report(FileProblem(self.place, key, what, remedy))

    def text(self, key: str) -> str | None:
        """A text that is not empty."""
        value = self._take(key, "a text")
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.problem(key, "is not a text, or empty", f'Write {key} = "…"')
            return None
        return value

    def integer(self, key: str) -> int | None:
        """A whole number above zero."""
        value = self._take(key, "a whole number")
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.problem(key, "is not a whole number above zero", f"Write {key} = 1, for example")
            return None
        return value

    def figures(self, key: str) -> dict[str, int] | None:
        """A table of names and whole numbers, nought or more."""
        value = self._take(key, "a table of whole numbers")
        if value is None:
            return None
        if not isinstance(value, dict):
            self.problem(key, "is not a table", f"Write {key} = {{ votes = 3 }}")
            return None
        wrong = sorted(name for name, n in value.items() if type(n) is not int or n < 0)
        for name in wrong:
            remedy = f"Write {name} = 3, for example"
            self.problem(f"{key}.{name}", "is not a whole number of nought or more", remedy)
        return None if wrong else dict(value)

    def names(self, key: str) -> tuple[str, ...] | None:
        """A list of texts that are not empty, each once."""
        value = self._take(key, "a list of names")
        if value is None:
            return None
        named = isinstance(value, list) and all(isinstance(n, str) and n.strip() for n in value)
        if not isinstance(value, list) or not named:
            self.problem(key, "is not a list of names", f'Write {key} = ["…", "…"]')
            return None
        if len(set(value)) < len(value):
            self.problem(key, "names somebody twice", "Tell them apart, or name each once")
            return None
        return tuple(value)

    def truth(self, key: str) -> bool | None:
        """True or false."""
        value = self._take(key, "true or false")
        if value is None:
            return None
        if not isinstance(value, bool):
            self.problem(key, "is neither true nor false", f"Write {key} = true, or false")
            return None
        return value

    def choice(self, key: str, among: type[E]) -> E | None:
        """One of the values of an enumeration."""
        names = ", ".join(among)
        value = self._take(key, f"one of {names}")
        if value is None:
            return None
        if not isinstance(value, str) or value not in list(among):
            self.problem(key, f"is not one of {names}", "Choose one of them")
            return None
        return among(value)

    def choices(self, key: str, among: type[E]) -> tuple[E, ...] | None:
        """Several values of an enumeration, in their order in the file, each once."""
        names = ", ".join(among)
        value = self._take(key, f"a list of {names}")
        if value is None:
            return None
        known = set(among)
        if not isinstance(value, list) or any(
            not isinstance(each, str) or each not in known for each in value
        ):
            self.problem(key, f"is not a list of {names}", "List only these, in quotes")
            return None
        if len(set(value)) < len(value):
            self.problem(key, "names something twice", "List each once")
            return None
        return tuple(among(each) for each in value)

    def fraction(self, key: str) -> tuple[int, int] | None:
        """A fraction above zero and at most one, as [numerator, denominator]."""
        value = self._take(key, "a fraction such as [1, 2]")
        if value is None:
            return None
        match value:
            case [int(numerator), int(denominator)] if 0 < numerator <= denominator:
                return numerator, denominator
            case _:
                self.problem(key, "is not a fraction from 0 to 1", f"Write {key} = [1, 2] for half")
                return None

    def texts(self, key: str) -> Texts | None:
        """A text in the four languages."""
        value = self._take(key, "a text in the four languages")
        if value is None:
            return None
        if not isinstance(value, dict):
            self.problem(key, "is not a table of languages", 'Write { en = "…", fr = "…", … }')
            return None
        sound = True
        for language in Language:
            text = value.get(language.value)
            if not isinstance(text, str) or not text.strip():
                sound = False
                self.problem(
                    f"{key}.{language.value}", "is missing or empty", "Give it in all languages"
                )
        for extra in sorted(set(value) - set(Language)):
            sound = False
            self.problem(f"{key}.{extra}", "is no official language", "Take it out")
        return texts_from(value) if sound else None

    def table(self, key: str) -> Table | None:
        """A table within this one."""
        value = self._take(key, "a table")
        if value is None:
            return None
        if not isinstance(value, dict):
            self.problem(key, "is not a table", f"Write {key} = {{ … }} or [{key}]")
            return None
        place = key if self.place == THE_FILE else f"{self.place}.{key}"
        return Table(place, value, self._report)

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of tables, none if the key is left out. Each is called by its place in it."""
        if not self.has(key):
            return ()
        value = self._take(key, "a list of tables")
        if not isinstance(value, list) or any(not isinstance(each, dict) for each in value):
            self.problem(key, "is not a list of tables", f"Head each entry with [[{key}]]")
            return ()
        return tuple(
            Table(_called(key, place, each), each, self._report)
            for place, each in enumerate(value, start=1)
        )

    def finish(self) -> None:
        """Report the keys that nobody asked for."""
        for key in self._content:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.problem(key, "is not known here", f"Take it out; known are {known}")

    def _take(self, key: str, what: str) -> object | None:
        self._asked.add(key)
        if key not in self._content:
            self.problem(key, "is missing", f"Give {what}")
            return None
        return self._content[key]


def _called(key: str, place: int, content: Mapping[str, object]) -> str:
    name = content.get("code", content.get("id", content.get("number")))
    return f"{key}[{place}]" if name is None else f"{key}[{place}] ({name})"
