"""A language's messages, each parsed when it is first said.

Rule: what is said is what the whole file would say. A file has a thousand messages, and parsing
all four takes longer than everything else at a server's start; a program says a few of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Junk

_ENTRY: Final = re.compile(r"^(-?[a-zA-Z][\w-]*) *=.*(?:\n(?:[ }].*)?)*", re.MULTILINE)
"""A message or a term: its line, and the indented or empty ones that follow."""

_REFERENCE: Final = re.compile(r"\{\s*(-?[a-z][\w-]*)\s*[}.(]")
"""Another message or a term in a text; functions are in capitals, arguments begin with `$`."""


class BrokenMessage(ValueError):
    """A message of the file does not parse."""


def entries_of(text: str) -> dict[str, str]:
    """The messages and terms of a file, by id, each as its own text."""
    return {found[1]: found[0] for found in _ENTRY.finditer(text)}


class Bundle:
    """The messages of one language in the text of its file."""

    def __init__(
        self, language: str, text: str, functions: Mapping[str, Callable[..., Any]]
    ) -> None:
        self._entries = entries_of(text)
        self._parsed: set[str] = set()
        self._bundle = FluentBundle([language], functions=dict(functions), use_isolating=False)

    def has(self, message_id: str) -> bool:
        """Whether there is such a message."""
        return message_id in self._entries and not message_id.startswith("-")

    def format(self, message_id: str, args: dict[str, Any]) -> tuple[str, list[str]]:
        """A message that there is, with its arguments, and what went wrong.

        Raises `BrokenMessage`.
        """
        self._parse(message_id)
        pattern = self._bundle.get_message(message_id).value
        if pattern is None:
            return "", ["the message has no text"]
        text, errors = self._bundle.format_pattern(pattern, args)
        return str(text), [str(each) for each in errors]

    def _parse(self, entry: str) -> None:
        """Parse an entry and all that it refers to; what is not there shows when it is said."""
        if entry in self._parsed:
            return
        text = self._entries[entry]
        resource = FluentResource(text)
        for each in resource.body:
            if isinstance(each, Junk):
                raise BrokenMessage(f"it does not parse at {each.content!r}")
        self._parsed.add(entry)
        self._bundle.add_resource(resource)
        for reference in _REFERENCE.findall(text):
            if reference in self._entries:
                self._parse(reference)
