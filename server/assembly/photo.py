"""A candidate's photo, read from untrusted bytes: PNG, JPEG or WebP, by what it is.

Rule: the frame is checked, pixels are not decoded. The bytes are walked part by part, once, and
only the parts that a picture is made of are kept: what else a file carries (where it was taken, by
which camera, comments, anything behind the end) is left out. Parts that do not fit together are
refused with the reason; pixels that are none show as no picture. What a screen has to do for one
photo is bounded: its bytes, its sides, its parts, its scans.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

MOST_BYTES: Final = 524_288
"""The largest file that is taken."""

MOST_PIXELS: Final = 2_048
"""The longest side that a screen is asked to show, in pixels: 16 MiB decoded."""

MOST_PARTS: Final = 1_000
"""The most parts of a file; a photo of the largest size has about a hundred."""

MOST_SCANS: Final = 100
"""The most scans of a progressive JPEG, each of which is drawn anew; encoders write about ten."""

MOST_PHOTOS: Final = 1_000
"""The most photos that a hall keeps."""


class MediaType(StrEnum):
    """What a photo can be."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it is kept and shown; its size is in pixels."""

    media_type: MediaType
    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class NotAPhoto:
    """What is wrong with the bytes, and what to send."""

    why: str


class _Wrong(Exception):
    """Leaves the walk at the first thing that is wrong."""


def read_photo(raw: bytes) -> Photo | NotAPhoto:
    """The photo in these bytes, without what does not belong to the picture."""
    if len(raw) > MOST_BYTES:
        return NotAPhoto(f"{len(raw)} bytes are too many; send at most {MOST_BYTES}")
    try:
        if raw.startswith(_PNG):
            photo = _png(raw)
        elif raw.startswith(_JPEG):
            photo = _jpeg(raw)
        elif raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
            photo = _webp(raw)
        else:
            return NotAPhoto("this is no PNG, JPEG or WebP file; send one of these")
    except _Wrong as wrong:
        return NotAPhoto(f"{wrong}; save the picture again and send that file")
    if not (0 < photo.width <= MOST_PIXELS and 0 < photo.height <= MOST_PIXELS):
        size = f"{photo.width} × {photo.height}"
        return NotAPhoto(f"{size} pixels; send at most {MOST_PIXELS} a side, and not none")
    return photo


def _one_more(parts: int) -> int:
    if parts == MOST_PARTS:
        raise _Wrong(f"the file has more than {MOST_PARTS} parts")
    return parts + 1


# --- PNG (ISO/IEC 15948): chunks of length, type, data, CRC -------------------------------------

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"IDAT"})


def _png(raw: bytes) -> Photo:
    kept = [_PNG]
    header: bytes | None = None
    has_pixels = False
    for name, data in _chunks(raw):
        if header is None:
            if name != b"IHDR" or len(data) != 13:
                raise _Wrong("the PNG does not begin with its header")
            header = data
        elif name == b"IHDR":
            raise _Wrong("the PNG has two headers")
        if name == b"acTL":
            raise _Wrong("the PNG moves, and a candidate's photo stands still")
        has_pixels = has_pixels or name == b"IDAT"
        if name in _PNG_KEPT:
            kept.append(_chunk(name, data))
        elif name != b"IEND" and name[0] & 0x20 == 0:
            raise _Wrong("the PNG has a part that no viewer has to know")
        if name == b"IEND":
            if header is None or not has_pixels:
                break
            width, height = (int.from_bytes(header[at : at + 4]) for at in (0, 4))
            kept.append(_chunk(name, b""))
            return Photo(MediaType.PNG, b"".join(kept), width, height)
    raise _Wrong("the PNG ends early")


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    parts = 0
    while at + 12 <= len(raw):
        parts = _one_more(parts)
        size = int.from_bytes(raw[at : at + 4])
        name, data = raw[at + 4 : at + 8], raw[at + 8 : at + 8 + size]
        told = raw[at + 8 + size : at + 12 + size]
        if len(told) != 4:
            return
        if zlib.crc32(name + data) != int.from_bytes(told):
            raise _Wrong("a part of the PNG is damaged")
        yield name, data
        at += 12 + size


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)


# --- JPEG (ITU-T T.81): segments of marker and length, then entropy-coded scans ------------------

_JPEG: Final = b"\xff\xd8\xff"
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive: what browsers show."""

_OTHER_FRAMES: Final = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TABLES: Final = frozenset({0xC4, 0xDB, 0xDD})
_APP0, _APP1, _APP14, _SCAN, _END = 0xE0, 0xE1, 0xEE, 0xDA, 0xD9


def _jpeg(raw: bytes) -> Photo:
    kept = [raw[:2]]
    size: tuple[int, int] | None = None
    turn = 1
    scans = parts = 0
    at = 2
    while True:
        parts = _one_more(parts)
        marker, at = _marker(raw, at)
        if marker == _END:
            break
        length = int.from_bytes(raw[at : at + 2])
        segment = raw[at : at + length]
        if length < 2 or len(segment) != length:
            raise _Wrong("the JPEG ends early")
        at += length
        if marker in _OTHER_FRAMES:
            raise _Wrong("the JPEG is of a kind that browsers do not show")
        if marker in _FRAMES:
            if size is not None or length < 8:
                raise _Wrong("the JPEG has more than one picture")
            size = (int.from_bytes(segment[5:7]), int.from_bytes(segment[3:5]))
        if _is_of_picture(marker, segment):
            kept.append(bytes((0xFF, marker)) + segment)
        elif marker == _APP1 and turn == 1 and (turn := _orientation(segment[2:])) > 1:
            kept.append(_turned(turn))
        if marker == _SCAN:
            scans += 1
            if scans > MOST_SCANS:
                raise _Wrong(f"the JPEG has more than {MOST_SCANS} scans")
            end = _end_of_scan(raw, at)
            kept.append(raw[at:end])
            at = end
    if size is None or not scans:
        raise _Wrong("the JPEG has no picture in it")
    return Photo(MediaType.JPEG, b"".join((*kept, bytes((0xFF, _END)))), *size)


def _is_of_picture(marker: int, segment: bytes) -> bool:
    """Whether a segment belongs to the picture: JFIF's and Adobe's say how colours are written."""
    if marker == _APP0:
        return segment[2:7] == b"JFIF\0"
    if marker == _APP14:
        return segment[2:7] == b"Adobe"
    return marker in _TABLES or marker in _FRAMES or marker == _SCAN


def _orientation(exif: bytes) -> int:
    """How a camera held on its side says that the picture is to be turned (Exif 2.3, 0x0112)."""
    tiff = exif[6:]
    if exif[:6] != b"Exif\0\0" or tiff[:2] not in (b"II", b"MM"):
        return 1
    order: Literal["little", "big"] = "little" if tiff[:2] == b"II" else "big"
    first = int.from_bytes(tiff[4:8], order)
    for n in range(min(int.from_bytes(tiff[first : first + 2], order), _MOST_FIELDS)):
        at = first + 2 + 12 * n
        field = tiff[at : at + 12]
        if int.from_bytes(field[:2], order) == _ORIENTATION:
            turn = int.from_bytes(field[8:10], order)
            return turn if 1 <= turn <= 8 else 1
        if len(field) < 12:
            break
    return 1


def _turned(turn: int) -> bytes:
    """A segment that says nothing but how the picture is to be turned."""
    field = b"".join(n.to_bytes(size) for n, size in ((_ORIENTATION, 2), (3, 2), (1, 4), (turn, 2)))
    exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01" + field + b"\0\0" + b"\0\0\0\0"
    return bytes((0xFF, _APP1)) + (len(exif) + 2).to_bytes(2) + exif


_ORIENTATION: Final = 0x0112
_MOST_FIELDS: Final = 100
"""Of which how to turn the picture is looked for; cameras write about ten, in order."""


_FILLING: Final = re.compile(rb"\xff+")
_AFTER_SCAN: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def _marker(raw: bytes, at: int) -> tuple[int, int]:
    """The next marker, and what follows it; any number of 0xFF may stand before it."""
    filling = _FILLING.match(raw, at)
    if filling is None:
        raise _Wrong("the JPEG is damaged")
    at = filling.end()
    if at >= len(raw):
        raise _Wrong("the JPEG ends early")
    return raw[at], at + 1


def _end_of_scan(raw: bytes, at: int) -> int:
    """Where a scan's data ends: at the next marker that is neither stuffing nor a restart."""
    found = _AFTER_SCAN.search(raw, at)
    if found is None:
        raise _Wrong("the JPEG ends early")
    return found.start()


# --- WebP (RFC 9649): RIFF chunks, padded to even ------------------------------------------------

_ALPHA: Final = 0x10


def _webp(raw: bytes) -> Photo:
    end = int.from_bytes(raw[4:8], "little") + 8
    if end > len(raw):
        raise _Wrong("the WebP ends early")
    parts: dict[bytes, bytes] = {}
    at = 12
    count = 0
    while at + 8 <= end:
        count = _one_more(count)
        name, size = raw[at : at + 4], int.from_bytes(raw[at + 4 : at + 8], "little")
        data = raw[at + 8 : at + 8 + size]
        if len(data) != size or at + 8 + size > end:
            raise _Wrong("the WebP ends early")
        if name in parts:
            raise _Wrong("the WebP has more than one picture")
        parts[name] = data
        at += 8 + size + size % 2
    lossy, lossless = parts.get(b"VP8 "), parts.get(b"VP8L")
    if b"ANIM" in parts or b"ANMF" in parts or (lossy is None) == (lossless is None):
        raise _Wrong("the WebP has no picture in it, or one that moves")
    width, height = _lossy_size(lossy) if lossy is not None else _lossless_size(lossless or b"")
    kept = {name: data for name, data in parts.items() if name in (b"VP8 ", b"VP8L")}
    if lossy is not None and b"ALPH" in parts:
        sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        extended = bytes((_ALPHA, 0, 0, 0)) + sides
        kept = {b"VP8X": extended, b"ALPH": parts[b"ALPH"], **kept}
    body = b"WEBP" + b"".join(_riff(name, data) for name, data in kept.items())
    content = b"RIFF" + len(body).to_bytes(4, "little") + body
    return Photo(MediaType.WEBP, content, width, height)


def _riff(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)


def _lossy_size(data: bytes) -> tuple[int, int]:
    if len(data) < 10 or data[0] & 1 or data[3:6] != b"\x9d\x01\x2a":
        raise _Wrong("the WebP's picture is damaged")
    width, height = (int.from_bytes(data[at : at + 2], "little") & 0x3FFF for at in (6, 8))
    if not width or not height:
        raise _Wrong("the WebP's picture has no size")
    return width, height


def _lossless_size(data: bytes) -> tuple[int, int]:
    if len(data) < 5 or data[0] != 0x2F:
        raise _Wrong("the WebP's picture is damaged")
    bits = int.from_bytes(data[1:5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
