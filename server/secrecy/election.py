"""The election behind a secret ballot: one text that everything else is bound to.

Rule: an election is its exact text. It is written once, at the announcement, and never again;
its fingerprint is the hash of that text, and every proof, ballot and decryption names it.

Source: Belenios specification 2.0, sections 4.2, 4.9.1, 4.10 and 4.15.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from gmpy2 import mpz

from server.secrecy import group
from server.secrecy.group import FixedBase, Random, fixed_base
from server.secrecy.notation import (
    BASE58,
    Malformed,
    compact,
    element,
    fields,
    items,
    parsed,
    short_hash_of,
    small,
    string,
)

_UUID: Final = re.compile(rf"[{BASE58}]{{14,64}}\Z")
_UUID_LENGTH: Final = 14


@dataclass(frozen=True, slots=True)
class SecretQuestion:
    """What is asked. Between `min` and `max` answers may be chosen, or, if `blank`, none at all."""

    question: str
    answers: tuple[str, ...]
    blank: bool
    min: int
    max: int

    @property
    def choices(self) -> int:
        """How many numbers a ballot encrypts: one an answer, and first whether it is blank."""
        return len(self.answers) + self.blank


@dataclass(frozen=True, slots=True)
class SecretElection:
    """An election as it was read. `text` is the election; all else follows from it."""

    text: str
    fingerprint: str
    uuid: str
    name: str
    public_key: mpz
    question: SecretQuestion

    @property
    def key(self) -> FixedBase:
        """The public key, with its powers computed ahead."""
        return fixed_base(self.public_key)


def new_uuid(random: Random) -> str:
    """A fresh identifier of an election: 14 characters in base 58."""
    return "".join(BASE58[random(len(BASE58))] for _ in range(_UUID_LENGTH))


def uuid_from(lot: str) -> str:
    """The identifier that fresh randomness (16 bytes or more, in hexadecimal) makes."""
    number = int(lot, 16)
    letters: list[str] = []
    for _ in range(_UUID_LENGTH):
        number, digit = divmod(number, len(BASE58))
        letters.append(BASE58[digit])
    return "".join(letters)


def election_text(
    *, uuid: str, name: str, description: str, public_key: str, question: SecretQuestion
) -> str:
    """The text of an election with one question. Raises `Malformed` if it would be none."""
    asked: dict[str, Any] = {"answers": list(question.answers)}
    if question.blank:
        asked["blank"] = True
    asked |= {"min": question.min, "max": question.max, "question": question.question}
    text = compact(
        {
            "version": 1,
            "description": description,
            "name": name,
            "group": group.NAME,
            "public_key": public_key,
            "questions": [asked],
            "uuid": uuid,
        }
    )
    read_election(text)
    return text


@lru_cache(maxsize=64)
def read_election(text: str) -> SecretElection:
    """The election that a text is. Raises `Malformed` with the place that is wrong."""
    found = fields(
        parsed(text),
        (
            "version",
            "description",
            "name",
            "group",
            "public_key",
            "questions",
            "uuid",
            "administrator",
            "credential_authority",
        ),
        "election",
        optional=("administrator", "credential_authority"),
    )
    if found["version"] != 1 or isinstance(found["version"], bool):
        raise Malformed("election.version: not 1")
    if found["group"] != group.NAME:
        raise Malformed(f"election.group: not {group.NAME}")
    for name in ("description", "administrator", "credential_authority"):
        string(found.get(name, ""), f"election.{name}")
    uuid = string(found["uuid"], "election.uuid")
    if _UUID.match(uuid) is None:
        raise Malformed("election.uuid: not 14 or more characters in base 58")
    (question,) = items(found["questions"], "election.questions", 1)
    return SecretElection(
        text=text,
        fingerprint=short_hash_of(text),
        uuid=uuid,
        name=string(found["name"], "election.name"),
        public_key=element(found["public_key"], "election.public_key"),
        question=_read_question(question),
    )


def _read_question(value: object) -> SecretQuestion:
    where = "election.questions[0]"
    found = fields(
        value, ("answers", "blank", "min", "max", "question"), where, optional=("blank",)
    )
    blank = found.get("blank", False)
    if not isinstance(blank, bool):
        raise Malformed(f"{where}.blank: not true or false")
    answers = tuple(
        string(each, f"{where}.answers[{at}]")
        for at, each in enumerate(items(found["answers"], f"{where}.answers"))
    )
    fewest, most = small(found["min"], f"{where}.min"), small(found["max"], f"{where}.max")
    if not answers or not fewest <= most <= len(answers):
        raise Malformed(f"{where}: min, max and the number of answers do not fit")
    return SecretQuestion(
        question=string(found["question"], f"{where}.question"),
        answers=answers,
        blank=blank,
        min=fewest,
        max=most,
    )
