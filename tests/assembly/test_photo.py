"""Photos from untrusted bytes: what is a picture is kept, what is not is left out or refused."""

from __future__ import annotations

import random
import time
import zlib
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from server.assembly.photo import (
    MOST_BYTES,
    MOST_PARTS,
    MOST_PIXELS,
    MOST_SCANS,
    MediaType,
    NotAPhoto,
    Photo,
    read_photo,
)
from tests.assembly.pictures import JPEG, PNG, WEBP, WEBP_WITH_ALPHA
from tests.chromium import ARGUMENTS, find

ALL = {"png": PNG, "jpeg": JPEG, "webp": WEBP, "webp with alpha": WEBP_WITH_ALPHA}
TYPES = {
    "png": MediaType.PNG,
    "jpeg": MediaType.JPEG,
    "webp": MediaType.WEBP,
    "webp with alpha": MediaType.WEBP,
}


def read(raw: bytes) -> Photo:
    photo = read_photo(raw)
    assert isinstance(photo, Photo), photo
    return photo


def refused(raw: bytes) -> str:
    photo = read_photo(raw)
    assert isinstance(photo, NotAPhoto)
    return photo.why


def chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)


def segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(data) + 2).to_bytes(2) + data


def exif(turn: int) -> bytes:
    """Where it was taken, by which camera, and how to turn it; little-endian."""
    head = b"Exif\0\0II\x2a\0\x08\0\0\0\x02\0"
    camera = b"\x0f\x01\x02\0\x04\0\0\0SPY\0"
    return head + camera + b"\x12\x01\x03\0\x01\0\0\0" + bytes((turn, 0, 0, 0)) + b"\0\0\0\0"


@pytest.mark.parametrize("name", ALL)
def test_a_picture_is_read_by_what_it_is_and_stays_the_same(name: str) -> None:
    photo = read(ALL[name])
    assert (photo.media_type, photo.width, photo.height) == (TYPES[name], 6, 4)
    assert b"Google" not in photo.content
    assert b"ICC" not in photo.content
    assert read(photo.content) == photo


def test_what_does_not_belong_to_the_picture_is_left_out() -> None:
    png = PNG[:33] + chunk(b"tEXt", b"Comment\0here") + PNG[33:] + b"<script>"
    assert read(png) == read(PNG)
    jpeg = JPEG[:2] + segment(0xFE, b"a comment") + JPEG[2:] + b"PK\x03\x04 an archive behind it"
    assert read(jpeg) == read(JPEG)


@pytest.mark.parametrize("turn", [1, 6, 8])
def test_of_what_a_camera_says_only_how_to_turn_the_picture_is_kept(turn: int) -> None:
    photo = read(JPEG[:2] + segment(0xE1, exif(turn)) + JPEG[2:])
    assert b"SPY" not in photo.content
    assert (b"Exif" in photo.content) == (turn > 1)
    assert read(photo.content) == photo


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "no PNG, JPEG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "no PNG, JPEG or WebP"),
        (b"GIF89a" + bytes(40), "no PNG, JPEG or WebP"),
        (bytes(MOST_BYTES + 1), "too many"),
        (PNG[:-12], "ends early"),
        (PNG[:50] + bytes((PNG[50] ^ 1,)) + PNG[51:], "damaged"),
        (PNG[:33] + chunk(b"acTL", bytes(8)) + PNG[33:], "stands still"),
        (PNG[:16] + (5000).to_bytes(4) + PNG[20:], "damaged"),
        (PNG[:8] + chunk(b"IHDR", (5000).to_bytes(4) + PNG[20:29]) + PNG[33:], "5000 × 4"),
        (PNG[:8] + chunk(b"IHDR", (0).to_bytes(4) + PNG[20:29]) + PNG[33:], "0 × 4"),
        (PNG[:33] + chunk(b"IEND", b""), "ends early"),
        (JPEG[:-2], "ends early"),
        (JPEG[:200], "ends early"),
        (JPEG[:2] + segment(0xC3, bytes(15)) + JPEG[2:], "browsers do not show"),
        (JPEG[:4] + b"\xff\xd9", "ends early"),
        (b"\xff\xd8\xff\xd9", "no picture"),
        (WEBP[:-30], "ends early"),
        (b"RIFF\x04\0\0\0WEBP", "no picture"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(raw: bytes, why: str) -> None:
    assert why in refused(raw)


def header_of_png(width: int, height: int) -> bytes:
    return chunk(b"IHDR", width.to_bytes(4) + height.to_bytes(4) + PNG[24:29])


FRAME = segment(0xC2, b"\x08" + bytes((0, 4, 0, 6)) + b"\x01\x01\x11\x00")
SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x00"


def progressive(scans: int) -> bytes:
    return b"\xff\xd8" + FRAME + SCAN * scans + b"\xff\xd9"


def test_what_a_screen_has_to_draw_is_bounded() -> None:
    most = MOST_PIXELS
    assert read(PNG[:8] + header_of_png(most, most) + PNG[33:]).width == most == 2_048
    assert f"at most {most} a side" in refused(PNG[:8] + header_of_png(4, most + 1) + PNG[33:])
    assert read(progressive(MOST_SCANS)).content == progressive(MOST_SCANS)
    assert f"more than {MOST_SCANS} scans" in refused(progressive(MOST_SCANS + 1))
    assert "two headers" in refused(PNG[:33] + PNG[8:])


def exif_of_many(fields: int) -> bytes:
    head = b"Exif\0\0II\x2a\0\x08\0\0\0\xff\xff"
    return head + bytes(12) * fields


@pytest.mark.parametrize(
    "raw",
    [
        PNG[:33] + chunk(b"IDAT", b"") * 40_000,
        PNG[:33] + chunk(b"tEXt", b"") * 40_000,
        JPEG[:2] + segment(0xFE, b"") * 120_000,
        JPEG[:2] + segment(0xE1, exif_of_many(5_400)) * 8 + JPEG[2:],
        b"\xff\xd8" + FRAME + SCAN + b"\xff\x00" * 250_000 + b"\xff\xd9",
        b"\xff\xd8" + FRAME + SCAN + b"\xff" * 500_000,
        b"\xff\xd8" + b"\xff" * 500_000,
        b"RIFF\xf4\xff\x07\0WEBP" + b"".join(n.to_bytes(4) + bytes(4) for n in range(65_536 - 2)),
    ],
    ids=["png data", "png texts", "comments", "exif", "stuffing", "filling", "marker", "webp"],
)
def test_no_file_takes_long_to_read(raw: bytes) -> None:
    assert len(raw) <= MOST_BYTES
    spent: list[float] = []
    for _ in range(3):
        began = time.process_time()
        found = read_photo(raw)
        spent.append(time.process_time() - began)
    # As read byte by byte, a quarter of a second each.
    assert min(spent) < 0.08, spent
    if isinstance(found, NotAPhoto) and "parts" in found.why:
        assert f"more than {MOST_PARTS} parts" in found.why


@pytest.mark.parametrize("name", ALL)
def test_no_bytes_break_the_reader(name: str) -> None:
    dice = random.Random(name)
    kept = 0
    for _ in range(2_000):
        raw = bytearray(ALL[name])
        for _ in range(dice.randint(1, 6)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        found = read_photo(bytes(raw[: dice.randint(0, len(raw))] if dice.random() < 0.3 else raw))
        if isinstance(found, Photo):
            kept += 1
            assert read_photo(found.content) == found
    assert 0 < kept < 2_000


async def test_a_browser_shows_what_was_kept(tmp_path: Path) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=str(find()), args=list(ARGUMENTS)
        )
        page = await browser.new_page()
        for name, raw in ALL.items():
            photo = read(raw)
            size = await page.evaluate(
                """async ([type, bytes]) => {
                  const image = new Image();
                  image.src = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
                  await image.decode();
                  return [image.naturalWidth, image.naturalHeight];
                }""",
                [photo.media_type.value, list(photo.content)],
            )
            assert size == [6, 4], name
        await browser.close()
