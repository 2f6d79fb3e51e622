"""Elections of the tests: small questions, and a key that the tests know."""

from __future__ import annotations

import random

from server.secrecy.election import (
    SecretElection,
    SecretQuestion,
    election_text,
    new_uuid,
    read_election,
)
from server.secrecy.group import G, Random, power

MOTION = SecretQuestion(
    question="Shall the draft be adopted?",
    answers=("In favour", "Against", "Abstention"),
    blank=False,
    min=1,
    max=1,
)

ELECTION = SecretQuestion(
    question="Who shall sit on the committee?",
    answers=("Algeria", "Benin", "Chile", "Denmark", "Estonia"),
    blank=True,
    min=1,
    max=3,
)

SECRET_KEY = 20_261_125


def rng(seed: int) -> Random:
    """Randomness that a test can repeat."""
    return random.Random(seed).randrange


def election(question: SecretQuestion, seed: int = 1) -> SecretElection:
    """An election whose secret key is `SECRET_KEY`."""
    text = election_text(
        uuid=new_uuid(rng(seed)),
        name="Élection «de test»",
        description="",
        public_key=str(power(G, SECRET_KEY)),
        question=question,
    )
    return read_election(text)
