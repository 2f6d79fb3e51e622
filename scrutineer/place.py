"""A scrutineer's side: the file, and what is in it.

Rule: the file is written before anything that is new in it leaves for the hall.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from scrutineer.dossier import BadDossier, Dossier, from_text, to_text
from scrutineer.options import PASSPHRASE
from scrutineer.talk import Talk
from scrutineer.vault import (
    SHORTEST,
    Key,
    Unreadable,
    WrongPassphrase,
    new_key,
    read,
    write,
)


class Stopped(Exception):
    """The program cannot go on, and has said why."""


@dataclass(slots=True)
class Place:
    """The open file. `dossier` is what is in it at this moment."""

    path: Path
    dossier: Dossier
    key: Key = field(repr=False)

    def keep(self, dossier: Dossier) -> None:
        """Put this into the file. May raise OSError: then nothing has changed."""
        write(self.path, to_text(dossier), self.key)
        self.dossier = dossier


def open_place(talk: Talk, path: Path, hall: str, user: str) -> Place:
    """The file of this scrutineer for this hall, made if there is none. May raise Stopped."""
    if not path.exists():
        talk.say("scrutineer-new-file", file=str(path), least=SHORTEST)
        place = Place(path, Dossier(hall, user), new_key(new_passphrase(talk, PASSPHRASE)))
        place.keep(place.dossier)
        return place
    place = unlock(talk, path, PASSPHRASE)
    if place.dossier.hall != hall:
        raise stopped(talk, "scrutineer-other-hall", file=str(path), hall=place.dossier.hall)
    if place.dossier.user != user:
        raise stopped(talk, "scrutineer-other-user", file=str(path), user=place.dossier.user)
    return place


def unlock(talk: Talk, path: Path, environment: tuple[str, ...]) -> Place:
    """An existing file, opened with its passphrase. May raise Stopped."""
    passphrase = talk.secret(environment, "scrutineer-ask-passphrase", file=str(path))
    opened = read(path, passphrase)
    if isinstance(opened, WrongPassphrase):
        raise stopped(talk, "scrutineer-wrong-passphrase", file=str(path))
    if isinstance(opened, Unreadable):
        raise stopped(talk, "scrutineer-unreadable", file=str(path), why=opened.why)
    try:
        return Place(path, from_text(opened.text), opened.key)
    except BadDossier as error:
        raise stopped(talk, "scrutineer-unreadable", file=str(path), why=str(error)) from error


def copy(talk: Talk, source: Place, target: Path, environment: tuple[str, ...]) -> None:
    """Write a copy of the file under a passphrase of its own. May raise Stopped."""
    if target.exists():
        raise stopped(talk, "scrutineer-file-exists", file=str(target))
    talk.say("scrutineer-copy-passphrase", file=str(target), least=SHORTEST)
    key = new_key(new_passphrase(talk, environment))
    replace(source, path=target, key=key).keep(source.dossier)
    talk.say("scrutineer-copied", file=str(target))


def new_passphrase(talk: Talk, environment: tuple[str, ...]) -> str:
    """A passphrase that is long enough, typed twice. May raise Stopped."""
    passphrase = talk.secret(environment, "scrutineer-ask-new-passphrase")
    if len(passphrase) < SHORTEST:
        raise stopped(talk, "scrutineer-passphrase-short", least=SHORTEST)
    if talk.secret(environment, "scrutineer-ask-passphrase-again") != passphrase:
        raise stopped(talk, "scrutineer-passphrases-differ")
    return passphrase


def stopped(talk: Talk, message: str, **args: str | int) -> Stopped:
    """Say why the program cannot go on; to be raised."""
    talk.say(message, **args)
    return Stopped(message)
