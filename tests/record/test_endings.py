"""What the record of a ballot holds, however it ended: the roll's rows, the tally, the result."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from server.record.entry import Event
from server.record.events import open_entry
from server.record.exports.content import rows_of
from server.record.recompute import fault_of_story
from server.record.record import NotFinished, build_record
from server.record.story import tell
from server.record.verify import Sound
from server.rules.count import MotionCount
from server.rules.motion import decide_motion, motion_rule_from_json
from server.vocabulary import Phase
from tests.record.sitting import (
    CHOICES,
    CODES,
    RULE,
    SENTENCE,
    announced,
    certified,
    check,
    checkpointed,
    closed,
    created,
    declared,
    event,
    question,
    record_of,
    sealed,
    voted,
    wrong,
)

RECORD = record_of(certified())


def test_the_roll_has_one_row_a_member_whatever_became_of_it() -> None:
    rows = {row["member"]: (row["status"], row["choice"], row["n"]) for row in RECORD["roll"]}
    assert rows == {
        CODES[0]: ("voted", "yes", 2),
        CODES[1]: ("voted", "yes", 4),
        CODES[2]: ("suspended", None, None),
        CODES[3]: ("voted", "no", 3),
        CODES[4]: ("voted", "abstain", 5),
        CODES[5]: ("not_voted", None, None),
        CODES[6]: ("not_voted", None, None),
    }
    assert RECORD["turnout"] == {"voted": 4, "present": 6, "entitled": 6, "members": 7}
    assert RECORD["counts"] == {"yes": 2, "no": 1, "abstain": 1}
    assert RECORD["result"]["outcome"] == "adopted"
    assert RECORD["end_date"] == "2026-09-21T14:14:20.123Z"


def test_a_correction_is_there_and_changes_no_result() -> None:
    assert RECORD["corrections"][0]["intention"] == "no"
    assert RECORD["roll"][0]["choice"] == "yes"


def test_a_cancelled_ballot_keeps_its_votes_to_itself() -> None:
    record = record_of([*voted(), event("ballot_cancelled", {"reason": "wrong text"})])
    verdict = check(record)
    assert isinstance(verdict, Sound), verdict
    assert "any votes: the ballot was cancelled, so they are withheld" in verdict.not_recomputed
    assert {row["status"] for row in record["roll"]} == {"not_voted", "absent", "suspended"}
    assert record["counts"] is None
    assert record["turnout"] == {"voted": 0, "present": 5, "entitled": 6, "members": 7}
    assert f"press-{CODES[0]}" not in json.dumps(record)


def test_a_void_ballot_keeps_its_tally_and_has_no_result() -> None:
    events = [*certified()[:15], event("ballot_voided", {"reason": "tablets swapped"})]
    record = record_of(events)
    assert isinstance(check(record), Sound)
    assert (record["phase"], record["result"], record["sentence"]) == ("void", None, None)
    assert record["counts"] == {"yes": 2, "no": 1, "abstain": 1}


def test_what_was_adopted_without_a_vote_has_a_record_too() -> None:
    payload = {
        "question": question(mode="consensus"),
        "roll": announced().payload["roll"],
        "members": len(CODES),
        "result": {
            "outcome": "consensus",
            "base": None,
            "needed": None,
            "tied": False,
            "explain": None,
        },
        "counts": None,
        "sentence": SENTENCE,
        "reason": None,
    }
    record = record_of([created(), event("adopted_without_vote", payload)])
    assert isinstance(check(record), Sound)
    assert record["result"]["outcome"] == "consensus"
    assert record["counts"] is None


def test_a_ballot_without_an_end_has_no_record() -> None:
    entries = sealed(voted())
    assert build_record(entries, "b1", checkpointed(entries)) == NotFinished(Phase.CLOSED)


def test_the_roll_is_what_the_changes_of_rights_make_it() -> None:
    events = [created(), *voted()[1:3], *voted()[5:]]  # the right is not restored
    assert "against the changes" in wrong(record_of([*events, declared(CHOICES, present=6)]))


def admitted(code: str = "XK") -> Event:
    names = {"en": code, "fr": code, "es": code, "ar": code}
    member = {
        "code": code, "region": "europe", "names": names, "tile": names, "sort_keys": names,
        "suspended": False, "approved": True,
    }  # fmt: skip
    payload = {"member": member, "seats": [f"{code}-1"], "ballot": "b0", "reason": None}
    return event("member_admitted", payload, None)


def with_rows(told: Event, *codes: str) -> Event:
    """The announcement with these Members behind the others, and its figures."""
    payload: dict[str, Any] = dict(told.payload)
    rows = [
        *payload["roll"],
        *({"member": c, "status": "entitled", "present": True} for c in codes),
    ]
    payload |= {"roll": rows, "members": len(rows)}
    return replace(told, payload=payload)


def test_a_member_admitted_is_on_the_roll_and_the_next_total() -> None:
    before, after = voted()[:5], voted()[6:7]
    roll = with_rows(announced(), "XK")
    votes = {**CHOICES, "XK": "yes"}
    events = [*before, admitted(), voted()[5], *after, roll, *voted()[8:9], closed(votes)]
    count = MotionCount(3, 1, 1, 0, present=7, entitled=7, members=8)
    result = decide_motion(motion_rule_from_json(RULE), count).as_json()
    counts = {"yes": 3, "no": 1, "abstain": 1}
    events.append(
        event("ballot_declared", {"result": result, "counts": counts, "sentence": SENTENCE})
    )
    record = record_of(events)
    sound = check(record)
    assert isinstance(sound, Sound), sound
    assert record["roll"][-1]["choice"] == "yes"
    assert record["turnout"]["members"] == 8
    assert rows_of(record)[-1].region == "europe"


def test_who_was_admitted_before_is_on_the_roll_and_who_withdrew_is_not() -> None:
    before, rest = voted()[:5], [voted()[5], voted()[6]]
    ends = [*voted()[8:9], closed(CHOICES), event("ballot_voided", {"reason": "a fault"})]
    withdrawn = event("member_withdrawn", {"member": CODES[0], "reason": "left"}, None)

    def fault(*events: Event) -> str | None:
        entries = [open_entry(each) for each in sealed([*events])]
        return fault_of_story(entries, tell(entries, "b1"))

    assert "every Member" in str(fault(*before, admitted(), *rest, announced(), *ends))
    assert "every Member" in str(fault(*before, withdrawn, *rest, announced(), *ends))
    assert "every Member" in str(fault(*before, *rest, with_rows(announced(), "XK"), *ends))
    assert fault(*before, *rest, announced(), admitted(), *ends) is None
