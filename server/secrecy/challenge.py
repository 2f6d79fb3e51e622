"""The challenge at the seat: a ballot that is opened to see whether it says what was chosen.

Rule: the seat encloses the vote and shows the fingerprint of that, which is what a signature would
be over; only then the delegate says whether the ballot is cast or opened. What is cast is signed
then, and stands published with that fingerprint (`signature.hash`). What is opened is never signed,
so nobody else can cast it either: the seat reveals the vote and the seed of all randomness, another
machine makes the same text again, down to its last byte, and compares the fingerprint. A seat that
cheats has to guess who will look.

What is read here is read in the same way by the page `check/` (`check/reading.ts`): a text that one
of them takes, the other takes too.

A ballot's numbers are drawn one after the other from a seed of 32 bytes: draw i is
SHA-512(seed, i as four bytes, big-endian), as a big-endian number, modulo what is asked for.

Source: J. Benaloh, Ballot casting assurance via voter-initiated poll station auditing, EVT 2007.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from server.secrecy.election import SecretElection, read_election
from server.secrecy.group import Random
from server.secrecy.notation import Malformed, canonical, compact, element, fields, items, string
from server.secrecy.sealing import Enclosed, enclose

FORMAT: Final = "hemicycle ballot check 2"
SEED_BYTES: Final = 32

_LONGEST: Final = 1_000_000
_AROUND: Final = " \t\r\n\f\v\u00a0\ufeff"
"""What may stand around a text that was copied, sent or saved: spaces, and the mark of UTF-8."""
_FIELDS: Final = ("format", "fingerprint", "marks", "seed", "credential", "election")


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a seat said of a ballot that it opened: everything here is claimed, nothing checked."""

    fingerprint: str
    marks: tuple[int, ...]
    seed: bytes
    credential: str
    election: SecretElection

    @property
    def chosen(self) -> tuple[str, ...]:
        """The answers that the seat says were chosen; none for a blank vote."""
        answers = self.marks[self.election.question.blank :]
        return tuple(
            text
            for text, mark in zip(self.election.question.answers, answers, strict=True)
            if mark == 1
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """The sealed vote with that fingerprint holds what the seat says."""


@dataclass(frozen=True, slots=True)
class Broken:
    """It does not: `fingerprint` is that of what the revealed seed makes."""

    fingerprint: str


def drawn_from(seed: bytes) -> Random:
    """The numbers that follow from a seed."""
    places = count()

    def draw(bound: int) -> int:
        digest = hashlib.sha512(seed + next(places).to_bytes(4)).digest()
        return int.from_bytes(digest) % bound

    return draw


def challenge_text(
    election: SecretElection, credential: str, marks: Sequence[int], seed: bytes, made: Enclosed
) -> str:
    """What a seat reveals of a ballot that it made from this seed."""
    return compact(
        {
            "format": FORMAT,
            "fingerprint": made.fingerprint,
            "marks": list(marks),
            "seed": base64.b64encode(seed).rstrip(b"=").decode(),
            "credential": credential,
            "election": election.text,
        }
    )


def read_challenge(text: str) -> Challenge:
    """What was revealed, as text or as the address in the seat's QR code. Raises `Malformed`."""
    found = fields(canonical(_unpacked(text.strip(_AROUND))), _FIELDS, "check")
    if found["format"] != FORMAT:
        raise Malformed(f"check.format: not {FORMAT!r}")
    asked = string(found["election"], "check.election")
    canonical(asked)  # as the hall writes it: the only form that the page can tell from others
    election = read_election(asked)
    marks = tuple(items(found["marks"], "check.marks", election.question.choices))
    if any(type(mark) is not int or mark not in (0, 1) for mark in marks):
        raise Malformed("check.marks: not 0 or 1")
    credential = string(found["credential"], "check.credential")
    element(credential, "check.credential")
    seed = _bytes(string(found["seed"], "check.seed"))
    if len(seed) != SEED_BYTES:
        raise Malformed(f"check.seed: not {SEED_BYTES} bytes")
    return Challenge(
        fingerprint=string(found["fingerprint"], "check.fingerprint"),
        marks=marks,
        seed=seed,
        credential=credential,
        election=election,
    )


def answer_challenge(challenge: Challenge) -> Kept | Broken:
    """Make the ballot again from what was revealed, and compare.

    Raises `Malformed` where the marks are no vote in that election.
    """
    try:
        enclosed = enclose(
            challenge.election,
            challenge.credential,
            challenge.marks,
            drawn_from(challenge.seed),
        )
    except ValueError as error:
        raise Malformed(f"check.marks: {error}") from None
    made = enclosed.fingerprint
    return Kept() if made == challenge.fingerprint else Broken(made)


def _unpacked(text: str) -> str:
    """The text itself, or what stands deflated and in URL-safe Base64 behind an address's `#`."""
    if text.startswith("{"):
        return text
    packed = _bytes(text.rpartition("#")[2].translate(str.maketrans("-_", "+/")))
    try:
        inflating = zlib.decompressobj(-zlib.MAX_WBITS)
        plain = inflating.decompress(packed, _LONGEST)
        if not inflating.eof:
            raise Malformed("check: cut off, or too long")
        if inflating.unused_data:
            raise Malformed("check: something follows what a seat reveals")
        return plain.decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise Malformed(f"check: not what a seat reveals ({error})") from None


def _bytes(text: str) -> bytes:
    if "=" in text:
        raise Malformed("check: not in Base64 as a seat writes it, which ends without '='")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed(f"check: not in Base64 ({error})") from None
