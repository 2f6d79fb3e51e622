"""Whoever holds the hall's key still cannot sign a secret ballot that does not follow."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from server.cli.verify import HOLDS, WRONG, verify
from server.record.events import open_entry
from server.record.exports.popolo import as_popolo
from server.record.exports.roll_call_xml import as_xml
from server.record.exports.table import as_csv
from server.record.sealed import archive_of
from server.record.story import tell
from server.record.verify import Sound, Unsound, verify_record
from server.vocabulary import Language
from tests.record.secret_sitting import VOTERS, Sitting, opened, sitting, up_to_close, whole
from tests.record.sitting import CODES, TITLE, event, question, record_of, sealed


def verdict(of: Sitting) -> str:
    """What is wrong with the record; empty if nothing is."""
    raw = json.dumps(record_of(whole(of)), ensure_ascii=False).encode()
    match verify_record(raw):
        case Sound():
            return ""
        case Unsound(what=what):
            return what


def test_the_record_of_a_secret_ballot_says_who_voted_and_never_what() -> None:
    record = record_of(whole(sitting()))
    raw = json.dumps(record, ensure_ascii=False).encode()
    sound = verify_record(raw)
    assert isinstance(sound, Sound), sound
    assert record["counts"] == {"yes": 2, "no": 0, "abstain": 1}
    assert record["turnout"]["voted"] == 3
    rows = {row["member"]: row for row in record["roll"]}
    assert {row["choice"] for row in rows.values()} == {None}
    voted = [row for row in rows.values() if row["status"] == "voted"]
    assert {row["member"] for row in voted} == set(VOTERS)
    by_number = {row["n"]: row for row in sitting().sealed}
    for row in voted:
        assert row["tracker"] == by_number[row["n"]]["tracker"]
    assert [row["height"] for row in sorted(voted, key=lambda row: row["n"])] == [2, 3, 4]
    assert record["secret"]["opened"] == ["ana", "cy"]
    assert not any("refused" in note for note in sound.not_recomputed)


def _sealed_with(at: int, **changes: Any) -> Callable[[Sitting], Sitting]:
    def change(of: Sitting) -> Sitting:
        rows = [dict(row) for row in of.sealed]
        rows[at] |= changes
        return replace(of, sealed=tuple(rows))

    return change


def _refused_with(**changes: Any) -> Callable[[Sitting], Sitting]:
    return lambda of: replace(of, refusal={**of.refusal, **changes})


_TAKEN = {name: sitting().sealed[0][name] for name in ("text", "tracker")}
"""A ballot whose proofs hold."""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda of: replace(of, signed=("bo",)), "opened with 1 of 2 signatures"),
        (lambda of: replace(of, asked=question(mode="recorded")), "no other ballot has one"),
        (
            lambda of: replace(of, asked={**of.asked, "title": {**TITLE, "en": "Else"}}),
            "does not ask",
        ),
        (
            lambda of: replace(of, changed={"accredited": [{"member": CODES[1], "public": "7"}]}),
            "was not present",
        ),
        (lambda of: replace(of, changed={"needed": 1}), "not those who hold the key"),
        (lambda of: replace(of, n=6), "neither a sealed ballot nor a refused one"),
        (lambda of: replace(of, refused=()), "neither a sealed ballot nor a refused one"),
        (lambda of: replace(of, refused=(2, 3)), "stands among those that count"),
        (_refused_with(**_TAKEN), "was refused whose proofs hold"),
        (_refused_with(text=_TAKEN["text"]), "its tracker is another"),
        (_refused_with(text="{}"), f"the refused ballot of {VOTERS[0]}: "),
        (_refused_with(member=VOTERS[1]), "is not the one that is accredited"),
        (_refused_with(member=CODES[1]), "was refused, who was not accredited"),
        (_sealed_with(1, member=VOTERS[2]), "is not the one that is accredited"),
        (_sealed_with(1, tracker="t"), "its tracker is another"),
        (_sealed_with(1, text="{}"), "sealed ballot 3"),
        (
            lambda of: replace(of, votes={**of.votes, VOTERS[0]: 1}),
            "does not follow from the sealed ballots",
        ),
        (
            lambda of: replace(of, count={"yes": 3, "no": 0, "abstain": 0}),
            "not the one that the scrutineers opened",
        ),
    ],
)
def test_what_does_not_follow_is_found(change: Callable[[Sitting], Sitting], said: str) -> None:
    assert said in verdict(change(sitting()))


def test_a_refusal_without_its_text_is_named_as_unchecked() -> None:
    bare = {name: value for name, value in sitting().refusal.items() if name != "text"}
    sound = verify_record(json.dumps(record_of(whole(replace(sitting(), refusal=bare)))).encode())
    assert isinstance(sound, Sound), sound
    assert any("1 refused ballots failed" in note for note in sound.not_recomputed)


def _turned_away(*rows: tuple[str, str, str], late: bool = False) -> str:
    """The verdict on a record whose journal says that these were turned away."""
    told = [{"member": m, "reason": why, "tracker": tracked} for m, why, tracked in rows]
    events = whole(sitting())
    at = next(n for n, each in enumerate(events) if each.type == "ballot_closed") + late
    events.insert(at, event("sealed_ballots_turned_away", {"turned_away": told}, at=60_100))
    record = record_of(events)
    assert record["secret"]["turned_away"] == told
    match verify_record(json.dumps(record).encode()):
        case Sound():
            return ""
        case Unsound(what=what):
            return what


def test_what_was_turned_away_is_told_and_checked() -> None:
    voter, counted = VOTERS[1], sitting().sealed[1]["tracker"]
    assert "turned_away" not in record_of(whole(sitting()))["secret"]
    forged = (voter, "signature", "t-forged")
    assert _turned_away(forged, (voter, "replayed", counted)) == ""
    assert _turned_away(forged, (voter, "late", "t-late"), late=True) == ""
    assert "called late before" in _turned_away((voter, "late", "t-late"))
    assert "twice for the same reason" in _turned_away(forged, forged)
    assert "not accredited" in _turned_away((CODES[1], "form", "t"))
    assert "counts that was turned away" in _turned_away((voter, "signature", counted))
    assert "stored and refused" in _turned_away((voter, "proof", "t"))


def test_a_void_secret_ballot_stays_sealed() -> None:
    record = record_of([*up_to_close(sitting()), event("ballot_voided", {"reason": "a fault"})])
    assert isinstance(verify_record(json.dumps(record).encode()), Sound)
    assert (record["counts"], record["result"], "tally" in record) == (None, None, False)


def test_a_cancelled_secret_ballot_keeps_its_tally_to_itself() -> None:
    cancelled = event("ballot_cancelled", {"reason": "a fault"})
    record = record_of([*up_to_close(sitting()), *opened(sitting()), cancelled])
    assert isinstance(verify_record(json.dumps(record).encode()), Sound)
    assert record["counts"] is None
    told = json.dumps(record)
    assert sitting().sealed[0]["tracker"] not in told
    assert "decryption_factors" not in told


def test_exports_say_that_somebody_voted_in_secret() -> None:
    record = record_of(whole(sitting()))
    table = list(csv.DictReader(io.StringIO(as_csv(record).decode("utf-8-sig"))))
    assert {(row["status"], row["choice"]) for row in table if row["member"] in VOTERS} == {
        ("voted", "")
    }
    assert {row["tracker"] for row in table if row["member"] in VOTERS} == {
        row["tracker"] for row in sitting().sealed[1:]
    }
    popolo = as_popolo(record, Language.EN)
    assert {each["option"] for each in popolo["votes"] if each["voter_id"] in VOTERS} == {"voted"}
    assert {each["option"]: each["value"] for each in popolo["counts"]} == record["counts"]
    result = fromstring(as_xml(record, Language.EN))[0]  # our own bytes
    numbers = {each.tag: each.get("Number") for each in result}
    assert (numbers["Result.For"], numbers["Result.VotedInSecret"]) == ("2", "3")
    members = [each.get("PersId") for each in result.iter("PoliticalGroup.Member.Name")]
    assert sorted(filter(None, members)) == sorted(CODES)


def test_verify_takes_an_archive_by_itself(tmp_path: Any) -> None:
    entries = [open_entry(entry) for entry in sealed(whole(sitting()))]
    raw = archive_of(tell(entries, "b1").ballot)
    assert raw is not None
    path = tmp_path / "b1.bel"
    path.write_bytes(raw)
    out, err = io.StringIO(), io.StringIO()
    assert verify(str(path), None, None, out, err) == HOLDS
    assert "yes 2, no 0, abstain 1" in out.getvalue()
    path.write_bytes(raw.replace(b'"EndBallots"', b'"EndBal1ots"'))
    assert verify(str(path), None, None, out, err) == WRONG
    assert err.getvalue().startswith("WRONG: ")
