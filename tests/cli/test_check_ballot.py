"""`hemicycle check-ballot`: what it says of honest and of cheating seats."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from server.cli.check_ballot import LARGEST, check_ballot
from server.secrecy.notation import compact

CHECK = json.loads((Path(__file__).parents[1] / "secrecy" / "ballots.json").read_text("utf-8"))[
    "check"
]


def checked(folder: Path, text: str) -> tuple[int, str, str]:
    file = folder / "check.txt"
    file.write_text(text, "utf-8")
    out, err = io.StringIO(), io.StringIO()
    return check_ballot(str(file), out, err), out.getvalue(), err.getvalue()


@pytest.mark.parametrize("form", ["text", "address"])
def test_an_honest_ballot_is_said_in_words(tmp_path: Path, form: str) -> None:
    status, out, err = checked(tmp_path, CHECK[form] + "\n")
    assert (status, err) == (0, "")
    told = json.loads(CHECK["text"])
    assert "The ballot holds what the seat says." in out
    assert "Vote: Amara\n" in out
    assert told["fingerprint"] in out


def test_a_cheating_seat_is_found_out(tmp_path: Path) -> None:
    told = json.loads(CHECK["text"])
    status, out, err = checked(tmp_path, compact({**told, "marks": [0, 0, 1, 0, 0]}))
    assert (status, out) == (1, "")
    assert err.startswith("WRONG: what the seat sealed does not hold what the seat says.")
    assert "Vote: Bruno\n" in err


def test_control_characters_of_a_seat_are_not_printed(tmp_path: Path) -> None:
    told = json.loads(CHECK["text"])
    status, _, err = checked(tmp_path, compact({**told, "fingerprint": "\x1b[2Jx"}))
    assert status == 1
    assert "\x1b" not in err


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    assert check_ballot(str(tmp_path / "missing"), out, err) == 1
    assert "missing" in err.getvalue()
    status, _, said = checked(tmp_path, "x" * (LARGEST + 1))
    assert status == 1
    assert "larger than" in said
