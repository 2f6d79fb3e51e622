"""Whoever holds the hall's key cannot sign a non-recorded ballot that tells more, or is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.record.entry import Event
from server.record.exports.content import rows_of
from server.record.exports.popolo import as_popolo
from server.record.exports.roll_call_xml import as_xml
from server.record.exports.table import as_csv
from server.record.story import BadStory
from server.record.verify import Sound, verify_record
from server.vocabulary import Language
from tests.record.sitting import CODES, event, record_of
from tests.record.test_recount import declared, opened, verdict

VOTERS = [*CODES[:2], *CODES[3:6]]  # the third is suspended
TALLY = {"counts": {"yes": 3, "no": 1, "abstain": 1}, "ballots": 5, "blank": 0, "invalid": 0}
VOTE = {"member": CODES[0], "choice": "yes", "n": 1, "press_id": "p-1"}
ERASED = event("box_erased", {"replicas": 0}, at=61_000)


def closed(**changes: Any) -> Event:
    payload = {
        **{"votes": [], "voters": VOTERS, "tally": TALLY, "n": 5, "chain": ""},
        **{"incarnation": "i-1", "closed_at": 1, "refusals_hash": None},
    }
    return event("ballot_closed", {**payload, **changes}, at=60_000)


def ballot(end: Event | None = None, *more: Event) -> list[Event]:
    return [*opened("non_recorded"), end or closed(), *more, declared(3, 1, 1)]


def test_voters_and_tally_make_a_sound_record_that_says_no_more() -> None:
    assert verdict(ballot()) == ""
    assert verdict(ballot(None, ERASED)) == ""
    record = record_of(ballot(None, ERASED))
    rows = rows_of(record)
    assert [row.member for row in rows if row.status == "voted"] == VOTERS
    assert {(row.choice, row.n, row.code) for row in rows} == {(None, None, None)}
    assert record["counts"] == TALLY["counts"]
    xml = as_xml(record, Language.EN).decode()
    assert '<Result.For Number="3" />' in xml
    assert '<Result.VotedNotRecorded Number="5">' in xml
    popolo = as_popolo(record, Language.EN)
    assert sorted({vote["option"] for vote in popolo["votes"]}) == ["not voting", "voted"]
    assert "yes" not in as_csv(record).decode("utf-8-sig").split("\r\n", 1)[1]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"voters": VOTERS[:4], "n": 4}, "5 votes are counted, but 4 Members have voted"),
        ({"votes": [VOTE], "n": 1}, "says who voted what"),
        ({"n": 9}, "tells of its presses"),
        ({"chain": "c" * 40}, "tells of its presses"),
        ({"tally": None}, "closed with a tally"),
        ({"tally": {**TALLY, "counts": {"yes": 4, "no": 1, "abstain": 1}}}, "does not add up"),
        ({"tally": {**TALLY, "ballots": 4, "blank": 1}}, "does not add up"),
        ({"tally": {**TALLY, "counts": {"yes": 6, "no": -2, "abstain": 1}}}, "does not add up"),
    ],
)
def test_what_does_not_fit_is_named(changes: dict[str, Any], fault: str) -> None:
    assert fault in verdict(ballot(closed(**changes)))


def test_an_erasure_stands_after_the_end_and_in_no_other_ballot() -> None:
    begun = opened("non_recorded")
    assert "before the ballot was over" in verdict([*begun, ERASED, closed(), declared(3, 1, 1)])
    with pytest.raises(BadStory, match="nothing of ballot b1 was to be erased"):
        record_of([*opened("recorded"), ERASED])


def notes_of(events: list[Event]) -> tuple[str, ...]:
    """What the record of these events leaves to be believed."""
    sound = verify_record(json.dumps(record_of(events), ensure_ascii=False).encode())
    assert isinstance(sound, Sound), sound
    return sound.not_recomputed


def test_of_an_erasure_replicas_and_backups_stay_to_be_believed() -> None:
    told = "that replicas and backups of the box keep nothing: nobody says so"
    assert told in notes_of(ballot(None, ERASED))
    known = event("box_erased", {"replicas": 2}, at=61_000)
    assert f"{told} (there were at least 2 replicas)" in notes_of(ballot(None, known))
    assert not any("replicas" in note for note in notes_of(ballot()))


VOIDED = event("ballot_voided", {"reason": "a fault"}, at=70_000)


@pytest.mark.parametrize("erased", [(), (ERASED,)])
@pytest.mark.parametrize("was_declared", [False, True])
def test_of_a_void_ballot_nobody_is_told_what_was_counted(
    erased: tuple[Event, ...], was_declared: bool
) -> None:
    correction = {"text": "a word", "member": None, "intention": None}
    after = (declared(3, 1, 1), event("ballot_corrected", correction, at=66_000))
    events = [*opened("non_recorded"), closed(), *erased, *(after if was_declared else ()), VOIDED]
    record = record_of(events)
    assert (record["phase"], record["counts"], record["result"]) == ("void", None, None)
    assert "tally" not in record
    held = {json.loads(link["header"])["type"] for link in record["chain"] if "payload" in link}
    assert held.isdisjoint({"ballot_closed", "ballot_declared"})
    assert {row["status"] for row in record["roll"]} == {"not_voted", "absent", "suspended"}
    assert verdict(events) == ""
    assert "what was counted: the ballot is void, so it is withheld" in notes_of(events)
    for written in (as_xml(record, Language.EN).decode(), as_csv(record).decode("utf-8-sig")):
        assert "3" not in [part.strip('"') for part in written.replace(",", " ").split()]


def test_the_tally_of_a_void_recorded_ballot_stays_in_its_record() -> None:
    votes = [
        {"member": member, "choice": "yes", "n": n, "press_id": f"p{n}"}
        for n, member in enumerate(VOTERS, 1)
    ]
    end = {"votes": votes, "n": 5, "chain": "c" * 40, "incarnation": "i-1", "closed_at": 1}
    shut = event("ballot_closed", {**end, "refusals_hash": None}, at=60_000)
    record = record_of([*opened("recorded"), shut, VOIDED])
    assert record["counts"] == {"yes": 5, "no": 0, "abstain": 0}


def test_a_closed_ballot_may_be_erased_and_then_cancelled() -> None:
    end = event("ballot_cancelled", {"reason": "a fault"}, at=70_000)
    assert verdict([*opened("non_recorded"), closed(), ERASED, end]) == ""
