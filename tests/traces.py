"""What a non-recorded ballot leaves behind: in which files its presses stand, and its record."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from tests.halls import Operator


def files_with(folder: Path, texts: tuple[str, ...]) -> list[str]:
    """The files below a folder that have one of these texts in them."""
    return [
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and any(text.encode() in file.read_bytes() for text in texts)
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
