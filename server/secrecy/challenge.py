"""The challenge at the seat: a ballot that is opened to see whether it says what was chosen.

Rule: the seat shows the tracker first; only then the delegate says whether that ballot is cast or
opened. What is opened is never cast. The seat reveals the vote and the seed of all randomness but
the signature's nonce, so another machine makes the same ballot again, down to its last byte, and
compares the tracker. A seat that cheats has to guess who will look.

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

from server.secrecy.ballot import tracker
from server.secrecy.election import SecretElection, read_election
from server.secrecy.group import Random
from server.secrecy.notation import Malformed, canonical, compact, element, fields, items, string
from server.secrecy.schnorr import Proof, knowledge_holds, read_proof
from server.secrecy.sealing import Enclosed, Sealed, enclose, with_signature

FORMAT: Final = "hemicycle ballot check 1"
SEED_BYTES: Final = 32

_LONGEST: Final = 1_000_000
_AROUND: Final = " \t\r\n\f\v\u00a0\ufeff"
"""What may stand around a text that was copied, sent or saved: spaces, and the mark of UTF-8."""
_FIELDS: Final = ("format", "tracker", "marks", "seed", "credential", "signature", "election")


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a seat said of a ballot that it opened: everything here is claimed, nothing checked."""

    tracker: str
    marks: tuple[int, ...]
    seed: bytes
    credential: str
    signature: Proof
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
    """The ballot with that tracker says what the seat says, under its credential's signature."""


@dataclass(frozen=True, slots=True)
class Broken:
    """It does not: `tracker` is that of the ballot which the revealed seed makes."""

    tracker: str
    signature_holds: bool


def drawn_from(seed: bytes) -> Random:
    """The numbers that follow from a seed."""
    places = count()

    def draw(bound: int) -> int:
        digest = hashlib.sha512(seed + next(places).to_bytes(4)).digest()
        return int.from_bytes(digest) % bound

    return draw


def challenge_text(
    election: SecretElection, credential: str, marks: Sequence[int], seed: bytes, sealed: Sealed
) -> str:
    """What a seat reveals of a ballot that it made from this seed."""
    proof = canonical(sealed.text)["signature"]["proof"]
    return compact(
        {
            "format": FORMAT,
            "tracker": tracker(sealed.text),
            "marks": list(marks),
            "seed": base64.b64encode(seed).rstrip(b"=").decode(),
            "credential": credential,
            "signature": proof,
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
        tracker=string(found["tracker"], "check.tracker"),
        marks=marks,
        seed=seed,
        credential=credential,
        signature=read_proof(found["signature"], "check.signature"),
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
    made = tracker(with_signature(enclosed, challenge.signature))
    signed = _signature_holds(challenge, enclosed)
    return Kept() if made == challenge.tracker and signed else Broken(made, signed)


def _signature_holds(challenge: Challenge, enclosed: Enclosed) -> bool:
    public = element(challenge.credential, "check.credential")
    return knowledge_holds(public, f"sig|{tracker(enclosed.text)}", challenge.signature)


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
