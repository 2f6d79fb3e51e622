"""Entries of every version are read as the newest one means them."""

from __future__ import annotations

from typing import Any

import pytest

from server.record.entry import ENTRY_VERSION
from server.record.upcast import STEPS, EntryOfNewerVersion, upcast

HEADER = {"v": 1, "seq": 7, "type": "roll_changed"}


def renamed(
    header: dict[str, Any], payload: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    return {**header, "v": 2}, {"member": payload["code"]}


def counted(
    header: dict[str, Any], payload: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    return {**header, "v": 3}, {**payload, "letters": len(payload["member"])}


def test_an_entry_is_brought_up_a_version_at_a_time() -> None:
    steps = {1: renamed, 2: counted}
    assert upcast(HEADER, {"code": "FR"}, steps=steps, newest=3) == (
        {**HEADER, "v": 3},
        {"member": "FR", "letters": 2},
    )
    later = {**HEADER, "v": 2}
    assert upcast(later, {"member": "FR"}, steps=steps, newest=3)[1]["letters"] == 2
    newest = {**HEADER, "v": 3}
    assert upcast(newest, {"any": "thing"}, steps=steps, newest=3) == (newest, {"any": "thing"})


def test_every_version_can_be_brought_up() -> None:
    assert set(STEPS) == set(range(1, ENTRY_VERSION))


def test_an_entry_of_a_newer_version_is_not_guessed_at() -> None:
    header = {**HEADER, "v": ENTRY_VERSION + 1}
    with pytest.raises(EntryOfNewerVersion, match=r"entry 7 .* upgrade this one"):
        upcast(header, {})
