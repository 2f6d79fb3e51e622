"""`hemicycle check-ballot FILE`: make a ballot again that a seat opened, and say what it holds.

Rule: nothing but the file is read, so it serves on a machine that knows no hall. Text from the
file is printed without control characters, for it comes from a seat that is under suspicion.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, TextIO, assert_never

from server.secrecy.challenge import Broken, Challenge, Kept, answer_challenge, read_challenge
from server.secrecy.credential import fingerprint_of
from server.secrecy.notation import Malformed

HOLDS: Final = 0
WRONG: Final = 1

LARGEST: Final = 1_000_000
"""Bytes; what a seat reveals takes a few thousand."""


def check_ballot(path: str, out: TextIO, err: TextIO) -> int:
    """Check what a seat revealed, from the file at `path` or, for `-`, from standard input.

    The file holds the text that the seat showed, or the address in its QR code. Returns the exit
    status: 0 if the sealed vote with that fingerprint holds what the seat says, else 1.
    """
    try:
        text = sys.stdin.read(LARGEST) if path == "-" else _read(path)
        challenge = read_challenge(text)
        answer = answer_challenge(challenge)
    except (OSError, UnicodeDecodeError, Malformed) as error:
        print(f"WRONG: {_plain(str(error))}", file=err)
        return WRONG
    match answer:
        case Kept():
            print("The ballot holds what the seat says.", file=out)
            for line in _described(challenge):
                print(line, file=out)
            return HOLDS
        case Broken(fingerprint=made):
            print("WRONG: what the seat sealed does not hold what the seat says.", file=err)
            for line in _described(challenge):
                print(line, file=err)
            print(f"Fingerprint of what was revealed: {made}", file=err)
            return WRONG
        case _:
            assert_never(answer)


def _described(challenge: Challenge) -> tuple[str, ...]:
    chosen = ", ".join(_plain(each) for each in challenge.chosen) or "a blank vote"
    election = challenge.election
    return (
        f"Vote: {chosen}",
        f"Question: {_plain(election.question.question)}",
        f"Fingerprint that the seat showed: {_plain(challenge.fingerprint)}",
        f"Election: {election.fingerprint} (compare it with the published one)",
        f"Scrutineers' key: {fingerprint_of(str(election.public_key))} (compare it with theirs)",
        "A ballot that was opened is never signed: no ballot in the archive has its fingerprint.",
    )


def _read(path: str) -> str:
    file = Path(path)
    if file.stat().st_size > LARGEST:
        raise Malformed(f"{path}: larger than {LARGEST} bytes, so not what a seat reveals")
    return file.read_text("utf-8")


def _plain(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text)
