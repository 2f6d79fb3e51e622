"""The seat's key for secret ballots, and what is done with it.

Rule: the key is made in the seat, or comes from its delegation's card, and lives as long as the
process. It never leaves it, nor does the randomness of a ballot: that is forgotten when the ballot
is sealed. The seat seals what it shows.
"""

from __future__ import annotations

import logging
import secrets

from kiosk_client.card import Unwrapped
from kiosk_client.seat_state import Seal
from server.secrecy.credential import accreditation_proof, new_credential
from server.secrecy.election import read_election
from server.secrecy.sealing import marks_of, seal
from server.wire.messages import Accredit

_LOG = logging.getLogger("hemicycle.seat")


class SeatKey:
    """A credential of this seat: that of its delegation's card, or a fresh one."""

    def __init__(self, card: Unwrapped | None = None) -> None:
        self._card = card
        self._credential = new_credential(secrets.randbelow) if card is None else card.credential

    def registration(self, hall: str, member: str) -> Accredit:
        """The frame that registers the credential for a Member in a hall.

        A card of another seat is not used: this one then has a key of its own.
        """
        if self._card is not None and not self._card.belongs_to(hall, member):
            _LOG.warning("the card is that of another seat: it is not used")
            self._card, self._credential = None, new_credential(secrets.randbelow)
        proof = accreditation_proof(self._credential, hall, member, secrets.randbelow)
        return Accredit(type="accredit", public=self._credential.public, proof=proof)

    def seal(self, asked: Seal) -> str | None:
        """The sealed ballot, or null where the election asks another thing than the seat shows."""
        try:
            read = read_election(asked.election)
            marks = marks_of(read.question, asked.chosen)
        except ValueError as error:
            _LOG.warning("the vote could not be sealed: %s", error)
            return None
        answers = read.question.answers
        fits = len(answers) == len(asked.shown)
        if not fits or any(a not in names for a, names in zip(answers, asked.shown, strict=True)):
            _LOG.warning("the vote was not sealed: the election asks another thing")
            return None
        return seal(read, self._credential, marks, secrets.randbelow).text
