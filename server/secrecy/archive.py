"""The public archive of an election: what everybody can check, in one file.

Rule: the archive is a pure function of what happened: the same setup, ballots and decryptions give
the same bytes on every server. A payload stands before the event that refers to it; each event
names the one before by its hash, so nothing can be taken out of the middle.

Source: Belenios specification 2.0, section 4.4. The file is an old-style tar of 512-byte blocks
without end blocks, whose first record is `BELENIOS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from server.secrecy.notation import Malformed, canonical, compact, fields, hash_of, small, string
from server.secrecy.tally import EncryptedTally

BLOCK: Final = 512
_HEADER_NAME: Final = "BELENIOS"
_LONGEST: Final = 1 << 28
"""No record of an election comes near a quarter of a gigabyte."""


class EventType(StrEnum):
    """What happened, in the words of the format."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"


@dataclass(frozen=True, slots=True)
class Decryption:
    """A trustee's partial decryption; `owner` is its index, from 1."""

    owner: int
    text: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive says, in the order in which it happened.

    `began` is when the election was set up, in seconds since 1970. `tally` stands once the ballots
    have ended, `result` once enough decryptions are there.
    """

    began: int
    election: str
    trustees: str
    credentials: str
    ballots: tuple[str, ...] = ()
    tally: EncryptedTally | None = None
    decryptions: tuple[Decryption, ...] = ()
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in its place: its type, its height from 0 and its hash. `data` stands before it."""

    type: EventType
    height: int
    hash: str
    text: str
    data: tuple[str, ...]


def events_of(contents: Contents) -> tuple[Happened, ...]:
    """The events of an archive. The ballot at place i, from 0, is the event of height i + 1."""
    setup = compact(
        {
            "election": hash_of(contents.election),
            "trustees": hash_of(contents.trustees),
            "credentials": hash_of(contents.credentials),
        }
    )
    chain = _Chain()
    texts = (contents.election, contents.trustees, contents.credentials, setup)
    chain.add(EventType.SETUP, texts)
    for ballot in contents.ballots:
        chain.add(EventType.BALLOT, (ballot,))
    if contents.tally is not None:
        chain.add(EventType.END_BALLOTS, ())
        chain.add(EventType.ENCRYPTED_TALLY, (contents.tally.text, contents.tally.sized))
    for each in contents.decryptions:
        owned = compact({"owner": each.owner, "payload": hash_of(each.text)})
        chain.add(EventType.PARTIAL_DECRYPTION, (each.text, owned))
    if contents.result is not None:
        chain.add(EventType.RESULT, (contents.result,))
    return tuple(chain.events)


def write_archive(contents: Contents) -> bytes:
    """The bytes of the archive."""
    began = contents.began
    header = compact({"version": 1, "timestamp": str(began)})
    parts = [_record(_HEADER_NAME, header, began)]
    for event in events_of(contents):
        parts += [_record(f"{hash_of(text)}.data.json", text, began) for text in event.data]
        parts.append(_record(f"{event.hash}.event.json", event.text, began))
    return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Record:
    """A file in the archive."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class RawArchive:
    """An archive as its files stand in it: `began`, and then payloads and events."""

    began: int
    records: tuple[Record, ...]


def read_archive(raw: bytes) -> RawArchive:
    """The files of an archive in their order. Raises `Malformed`.

    Only the layout is read here: see `strict` for what the files have to say.
    """
    records: list[Record] = []
    at = 0
    while at < len(raw):
        name, size = _read_header(raw[at : at + BLOCK])
        start, end = at + BLOCK, at + BLOCK + size
        at = end + -size % BLOCK
        if at > len(raw):
            raise Malformed(f"archive: {name} is cut off")
        try:
            records.append(Record(name, raw[start:end].decode()))
        except UnicodeDecodeError:
            raise Malformed(f"archive: {name} is not UTF-8") from None
    if not records or records[0].name != _HEADER_NAME:
        raise Malformed("archive: does not begin with BELENIOS")
    header = fields(canonical(records[0].text), ("version", "timestamp"), "archive.BELENIOS")
    if small(header["version"], "archive.BELENIOS.version") != 1:
        raise Malformed("archive.BELENIOS.version: not 1")
    began = string(header["timestamp"], "archive.BELENIOS.timestamp")
    if not began.isascii() or not began.isdigit() or str(int(began)) != began or len(began) > 11:
        raise Malformed("archive.BELENIOS.timestamp: not seconds since 1970")
    return RawArchive(int(began), tuple(records[1:]))


@dataclass(slots=True)
class _Chain:
    events: list[Happened] = field(default_factory=list)

    def add(self, kind: EventType, data: Sequence[str]) -> None:
        event: dict[str, object] = {}
        if self.events:
            event["parent"] = self.events[-1].hash
        event |= {"height": len(self.events), "type": kind.value}
        if data:
            event["payload"] = hash_of(data[-1])
        text = compact(event)
        self.events.append(Happened(kind, len(self.events), hash_of(text), text, tuple(data)))


def _record(name: str, text: str, at: int) -> bytes:
    body = text.encode()
    header = bytearray(BLOCK)
    for start, value in (
        (0, name),
        (100, "0000644"),
        (108, "0000000"),
        (116, "0000000"),
        (124, f"{len(body):011o}"),
        (136, f"{at:011o}"),
        (148, " " * 8),
        (156, "0"),
    ):
        header[start : start + len(value)] = value.encode()
    header[148:156] = f"{sum(header):06o}\0 ".encode()
    return bytes(header) + body + bytes(-len(body) % BLOCK)


def _read_header(block: bytes) -> tuple[str, int]:
    if len(block) < BLOCK:
        raise Malformed("archive: ends in the middle of a block")
    name = block[:100].rstrip(b"\0")
    size = block[124:136].rstrip(b"\0 ")
    if not name.isascii() or not size.isascii() or not size.isdigit():
        raise Malformed("archive: a record's name or size cannot be read")
    try:
        length = int(size, 8)
    except ValueError:
        raise Malformed("archive: a record's size is not octal") from None
    if length > _LONGEST:
        raise Malformed("archive: a record is too long")
    return name.decode(), length
