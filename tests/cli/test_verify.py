"""`hemicycle verify` on good, changed, and other files."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from server.cli import verify as command
from server.cli.verify import verify
from server.record.signer import fingerprint, public_key_text
from tests.record.sitting import KEY, certified, event, record_of, voted

RECORD = record_of(certified())


def run(path: Path | str, key: str | None = None, saved: Path | None = None) -> tuple[int, str]:
    out, err = io.StringIO(), io.StringIO()
    status = verify(str(path), key, None if saved is None else str(saved), out, err)
    assert (out.getvalue() == "") == (status == 1)
    assert (err.getvalue() == "") == (status == 0)
    return status, out.getvalue() + err.getvalue()


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.json"
    path.write_text(json.dumps(RECORD, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_good_record(record: Path) -> None:
    status, said = run(record)
    assert status == 0
    assert said.splitlines()[:6] == [
        "OK: ballot b1, certified: Budget",
        "taken as: recorded",
        "result: adopted; 2 in favour, 1 against, 1 abstaining; needed 2 of 3",
        "roll: 7 Members, 6 entitled to vote, 6 present, 4 voted",
        f"signer: {fingerprint(public_key_text(KEY))}",
        "signer not authenticated: compare the fingerprint with the hall's, or give --key",
    ]
    assert f"head {RECORD['checkpoint']['head']}" in said


def test_the_key_authenticates(record: Path) -> None:
    status, said = run(record, fingerprint(public_key_text(KEY)))
    assert status == 0
    assert "signer authenticated" in said
    assert run(record, "00" * 32)[0] == 1


def test_a_saved_checkpoint(record: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    saved.write_text(json.dumps(record_of(certified()[:15])["checkpoint"]))
    status, said = run(record, saved=saved)
    assert status == 0
    assert "continues the saved checkpoint of 15 entries" in said
    assert run(record, saved=tmp_path / "none.json")[0] == 1


def test_a_changed_byte(record: Path) -> None:
    content = record.read_bytes()
    record.write_bytes(content.replace(b'"choice": "no"', b'"choice": "yes"', 1))
    assert run(record) == (1, "WRONG: roll[3].choice: says 'yes'; computed 'no'\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is not JSON"),
        (b"{", "the file is not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[]", "not an object"),
        (b"{}", "this is not a record"),
        (b'{"a": 1.5}', "whole numbers only"),
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"format": "hemicycle record", "version": 1}', "hall: missing"),
        (b'{"format": "hemicycle record", "version": 2}', "this program knows 1"),
        (b'{"format": "hemicycle record", "version": ' + b"9" * 9000 + b"}", "whole numbers"),
    ],
)
def test_another_file_gets_a_clear_answer(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    status, answer = run(path)
    assert status == 1
    assert said in answer
    assert len(answer.splitlines()) == 1


def test_a_file_that_is_not_there_a_directory_and_a_bad_name(tmp_path: Path) -> None:
    assert "No such file" in run(tmp_path / "none")[1]
    assert "directory" in run(tmp_path)[1]
    assert "null byte" in run("a\0b")[1]


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "LARGEST_RECORD", 2**20)
    path = tmp_path / "huge"
    path.write_bytes(b" " * (2**20 + 1))
    assert "larger than 1 MiB" in run(path)[1]


def test_a_terminal_gets_no_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "record"
    path.write_text(json.dumps({**RECORD, "id": "\x1b[2J", "\x1b]0;x": 1}))
    assert "\x1b" not in run(path)[1]


def test_a_stream_of_plain_letters_is_no_crash(record: Path) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert verify(str(record), None, None, out, io.StringIO()) == 0


def test_void_and_cancelled_ballots_are_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "record"
    for kind, said in (
        ("ballot_voided", "result: none stands; 2 in favour"),
        ("ballot_cancelled", "result: none"),
    ):
        path.write_text(json.dumps(record_of([*voted(), event(kind, {"reason": "fault"})])))
        status, answer = run(path)
        assert status == 0
        assert said in answer
