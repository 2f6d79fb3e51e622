"""How the program speaks with its scrutineer: lines, questions and hidden words on a terminal.

Rule: every line is in the scrutineer's language; each thing that is waited for is said once. With
`yes` nobody is asked: a question is answered yes, and secrets come from the environment.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TextIO

from server.locales.speech import Speech
from server.vocabulary import Language


class NobodyThere(Exception):
    """A question has to be answered and there is no terminal; the message says how else."""


@dataclass(slots=True)
class Talk:
    """A conversation in one language."""

    speech: Speech
    lang: Language
    yes: bool
    out: TextIO = field(default_factory=lambda: sys.stdout)
    _waiting: str | None = None

    def words(self, message: str, **args: str | int) -> str:
        """A message, not yet said."""
        return self.speech.say(self.lang, message, args)

    def say(self, message: str, **args: str | int) -> None:
        """Say a message."""
        self._waiting = None
        self.line(self.words(message, **args))

    def line(self, text: str) -> None:
        """Say a line that is no message: a fingerprint, a name."""
        print(text, file=self.out, flush=True)

    def waiting(self, message: str, **args: str | int) -> None:
        """Say what is waited for, unless that was the last thing said."""
        text = self.words(message, **args)
        if text != self._waiting:
            self.line(text)
            self._waiting = text

    def agree(self, message: str, **args: str | int) -> bool:
        """Ask a question that takes yes or no."""
        question = f"{self.words(message, **args)} [{self._letter('yes')}/{self._letter('no')}] "
        if self.yes:
            self.line(question + self._letter("yes"))
            return True
        while True:
            answer = self._asked(question).strip().casefold()
            if answer in {self._letter("yes"), self.words("scrutineer-yes")}:
                return True
            if answer in {self._letter("no"), self.words("scrutineer-no")}:
                return False

    def secret(self, environment: Sequence[str], message: str, **args: str | int) -> str:
        """A secret: from the first of these environment variables that is set, else asked for."""
        for name in environment:
            if found := os.environ.get(name):
                return found
        if self.yes or not sys.stdin.isatty():
            raise NobodyThere(f"set {environment[0]}")
        return getpass.getpass(self.words(message, **args) + " ")

    def names(self, names: Sequence[str]) -> str:
        """Names in a row."""
        return self.words("scrutineer-comma").join(names)

    def _letter(self, answer: str) -> str:
        return self.words(f"scrutineer-{answer}-letter")

    def _asked(self, question: str) -> str:
        self._waiting = None
        try:
            return input(question)
        except EOFError:
            raise NobodyThere("answer at a terminal, or give --yes") from None
