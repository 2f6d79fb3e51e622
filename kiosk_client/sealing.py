"""The seat's key for secret ballots, and what is done with it.

Rule: the key is made in the seat, or comes from its delegation's card, and lives as long as the
process. It never leaves it, nor does the randomness of a ballot: that is forgotten when the ballot
is sealed. The seat seals what it shows, for the key that it shows: whose that is the scrutineers
say, and not the hall.
"""

from __future__ import annotations

import logging
import re
import secrets
from typing import Final

from kiosk_client.card import Unwrapped
from kiosk_client.seat_state import Seal
from server.secrecy.credential import accreditation_proof, fingerprint_of, new_credential
from server.secrecy.election import read_election
from server.secrecy.sealing import marks_of, seal
from server.wire.messages import Accredit

_LOG = logging.getLogger("hemicycle.seat")


_FINGERPRINT: Final = re.compile(r"[A-Za-z0-9+/]{12}")


def scrutineers_key(election: str) -> str | None:
    """The fingerprint of the key that a ballot of this election is sealed for, worked out from the
    text that is sealed, as the scrutineers' program shows it; null where the text is no election.
    """
    try:
        return fingerprint_of(str(read_election(election).public_key))
    except ValueError:
        return None


class SeatKey:
    """A credential of this seat: that of its delegation's card, or a fresh one."""

    def __init__(self, card: Unwrapped | None = None, scrutineers: str | None = None) -> None:
        """`scrutineers` is the fingerprint of their key, as they told it: no other is sealed for.

        Raises `ValueError` where it is no fingerprint.
        """
        if scrutineers is not None and not _FINGERPRINT.fullmatch(_plain(scrutineers)):
            raise ValueError(
                f"scrutineers' key: {scrutineers!r} is no fingerprint; give the twelve characters "
                "that `hemicycle scrutineer` shows"
            )
        self._scrutineers = scrutineers
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
        named = fingerprint_of(str(read.public_key))
        if self._scrutineers is not None and _plain(named) != _plain(self._scrutineers):
            _LOG.warning("the vote was not sealed: %s is not the scrutineers' key", named)
            return None
        answers = read.question.answers
        fits = len(answers) == len(asked.shown)
        if not fits or any(a not in names for a, names in zip(answers, asked.shown, strict=True)):
            _LOG.warning("the vote was not sealed: the election asks another thing")
            return None
        return seal(read, self._credential, marks, secrets.randbelow).text


def _plain(fingerprint: str) -> str:
    return "".join(fingerprint.split())
