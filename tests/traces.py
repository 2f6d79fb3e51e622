"""What a non-recorded ballot leaves behind: in which files its presses stand, what follows from
hashes that are left, and its record."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.halls import Operator


def files_with(folder: Path, texts: tuple[str, ...]) -> list[str]:
    """The files below a folder that have one of these texts in them."""
    return [
        str(file.relative_to(folder))
        for file, content in _files_in(folder)
        if any(text.encode() in content for text in texts)
    ]


def contents_of(folder: Path) -> list[bytes]:
    """What stands in the files below a folder."""
    return [content for _, content in _files_in(folder)]


def _files_in(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for file in folder.rglob("*"):
        # Redis may be writing anew, and remove what it wrote before.
        with suppress(FileNotFoundError):
            if file.is_file():
                yield file, file.read_bytes()


def running_hashes(contents: Iterable[bytes]) -> set[str]:
    """All that could be a box's running hash in these, and the one that every box begins with."""
    found = {"0" * 40}
    for content in contents:
        found |= {text.decode() for text in re.findall(rb"(?=([0-9a-f]{40}))", content)}
    return found


def followed(
    hashes: set[str], presses: Iterable[tuple[str, str]], answers: Iterable[str]
) -> list[tuple[str, str]]:
    """Who voted what, found by trying: for each (Member, press_id), which every tablet knows, an
    answer that leads from one of these running hashes to another."""
    return [
        (member, answer)
        for member, press_id in presses
        for answer in answers
        for before in hashes
        if hashlib.sha1(
            f"{before}|{member}|{press_id}|{answer}".encode(), usedforsecurity=False
        ).hexdigest()
        in hashes
    ]


def erased(operator: Operator, ballot: str, seconds: float = 30) -> dict[str, Any]:
    """The record, once it says that the box is gone."""
    deadline = time.monotonic() + seconds
    while True:
        record = operator.record(ballot)
        if any(line["type"] == "box_erased" for line in record["history"]):
            return record
        assert time.monotonic() < deadline, f"the box was not erased: {record['history']}"
        time.sleep(0.1)
