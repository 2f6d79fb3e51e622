"""A record verifies as it was made, and not once anything in it has changed."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from server.record.chain import BrokenLink, links_of, verify_chain
from server.record.checkpoint import countersign
from server.record.entry import Event, Head
from server.record.record import build_record, link_as_json
from server.record.signer import fingerprint, public_key_text
from server.record.verify import Sound, Unsound, verify_record
from tests.record.sitting import (
    CHOICES,
    CODES,
    KEY,
    announced,
    certified,
    check,
    checkpointed,
    closed,
    declared,
    event,
    record_of,
    sealed,
    voted,
    wrong,
)

RECORD = record_of(certified())
RAW = json.dumps(RECORD, ensure_ascii=False).encode()


def test_a_record_as_it_was_made_holds() -> None:
    verdict = check(RECORD)
    assert isinstance(verdict, Sound), verdict
    assert not verdict.authenticated
    assert verdict.checkpoint.size == len(certified())
    assert verdict.not_recomputed[-1] == (
        "the content of 5 entries, withheld but in their place (ballot_prepared 1, "
        "command_refused 1, presence_noted 1, recovered 1, roll_changed 1)"
    )


def test_spaces_and_the_order_of_keys_are_no_data() -> None:
    spaced = json.dumps(RECORD, indent=3, sort_keys=True).encode()
    assert isinstance(verify_record(spaced), Sound)


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a JSON value that holds a plain value."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from places(each, (*path, key))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from places(each, (*path, at))
    else:
        yield path


PLACES = list(places(RECORD))


def changed(value: Any) -> Any:
    """Another value of the same type, as near as it gets."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"
        case _:
            return 0


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_each_value_is_covered(path: tuple[str | int, ...]) -> None:
    record: Any = copy.deepcopy(RECORD)
    inner = record
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = changed(inner[path[-1]])
    assert wrong(record)


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, dict | list):
            yield from objects(each)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_no_key_can_be_added_or_taken_away(data: st.DataObject) -> None:
    record = copy.deepcopy(RECORD)
    target = data.draw(st.sampled_from(list(objects(record))))
    if target and data.draw(st.booleans()):
        del target[data.draw(st.sampled_from(sorted(target)))]
    else:
        target["extra"] = data.draw(st.none() | st.integers() | st.text())
    assert wrong(record)


@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
@settings(max_examples=400, deadline=None)
def test_no_byte_that_carries_data_can_change(at: int, mask: int) -> None:
    forged = bytearray(RAW)
    forged[at] ^= mask
    verdict = verify_record(bytes(forged))
    if isinstance(verdict, Sound):
        # Then the byte was no data: the same JSON value, spelt otherwise.
        assert json.loads(forged) == RECORD
        assert RAW[at : at + 1] in b" "
    else:
        assert verdict.what


@given(st.integers(0, len(RAW)), st.binary(max_size=3))
@settings(max_examples=100, deadline=None)
def test_inserted_bytes_never_bring_it_down(at: int, noise: bytes) -> None:
    verdict = verify_record(RAW[:at] + noise + RAW[at:])
    assert isinstance(verdict, Unsound) or json.loads(RAW[:at] + noise + RAW[at:]) == RECORD


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_entries_cannot_be_dropped_swapped_or_repeated(data: st.DataObject) -> None:
    record = copy.deepcopy(RECORD)
    chain = record["chain"]
    at = data.draw(st.integers(0, len(chain) - 1))
    match data.draw(st.sampled_from(["drop", "swap", "repeat"])):
        case "drop":
            del chain[at]
        case "swap":
            other = data.draw(st.integers(0, len(chain) - 1).filter(lambda each: each != at))
            chain[at], chain[other] = chain[other], chain[at]
        case _:
            chain.insert(at, chain[at])
    assert wrong(record)


def test_the_first_thing_wrong_is_named() -> None:
    record = copy.deepcopy(RECORD)
    record["roll"][3]["choice"] = "yes"
    assert wrong(record) == "roll[3].choice: says 'yes'; computed 'no'"
    record = copy.deepcopy(RECORD)
    record["chain"][13]["payload"] = record["chain"][13]["payload"].replace('"no"', '"yes"')
    assert wrong(record) == (
        "chain, entry 14: the payload is not the one that the header commits to"
    )
    record = copy.deepcopy(RECORD)
    record["checkpoint"]["at"] += 1
    assert wrong(record) == "checkpoint.signature is not the hall's"


def test_a_needed_payload_cannot_be_withheld_nor_another_disclosed() -> None:
    record = copy.deepcopy(RECORD)
    del record["chain"][2]["payload"], record["chain"][2]["nonce"]
    assert wrong(record) == "entry 3 (roll_changed) is withheld; the ballot needs it"
    record = copy.deepcopy(RECORD)
    entry = sealed(certified())[4]
    record["chain"][4] |= {"payload": entry.payload.decode(), "nonce": entry.nonce.hex()}
    assert wrong(record) == "entry 5 (presence_noted) does not belong to this record"


def test_a_journal_sealed_anew_with_another_key_is_another_signer() -> None:
    other = Ed25519PrivateKey.generate()
    entries = sealed(certified(), other)
    record = copy.deepcopy(RECORD)
    record["chain"] = [
        {**old, "header": new.header.decode(), "signature": new.signature.hex()}
        for old, new in zip(record["chain"], entries, strict=True)
    ]
    assert wrong(record) == "chain, entry 1: the signature is not the hall's"
    record["hall"]["public_key"] = public_key_text(other)
    assert wrong(record) == "checkpoint.signature is not the hall's"


def test_the_signer_is_authenticated_by_the_fingerprint() -> None:
    mine = fingerprint(public_key_text(KEY))
    for typed in (mine, mine.upper().replace("-", ""), mine.replace("-", " ")):
        verdict = verify_record(RAW, typed)
        assert isinstance(verdict, Sound)
        assert verdict.authenticated
    other = fingerprint(public_key_text(Ed25519PrivateKey.generate()))
    assert verify_record(RAW, other) == Unsound(f"signed by another key: its fingerprint is {mine}")
    assert verify_record(RAW, "ab") == Unsound(
        "--key: a fingerprint is 64 hex digits, in groups or without"
    )


def test_a_saved_checkpoint_is_continued() -> None:
    earlier = record_of(certified()[:15])
    for saved in (earlier, earlier["checkpoint"]):
        verdict = verify_record(RAW, saved=json.dumps(saved).encode())
        assert isinstance(verdict, Sound)
        assert verdict.earlier == 15


def test_a_rewritten_journal_does_not_continue_a_saved_checkpoint() -> None:
    events = certified()
    events[4] = event("presence_noted", {"arrived": [], "left": []}, None)
    saved = record_of(events[:15])["checkpoint"]
    verdict = verify_record(RAW, saved=json.dumps(saved).encode())
    assert isinstance(verdict, Unsound)
    assert "the journal was rewritten" in verdict.what


def test_a_saved_checkpoint_that_is_newer_forged_or_no_checkpoint_is_refused() -> None:
    def verdict(saved: object) -> str:
        found = verify_record(RAW, saved=json.dumps(saved).encode())
        assert isinstance(found, Unsound)
        return found.what

    newer = record_of([*certified(), event("ballot_published", {})])["checkpoint"]
    assert "download the record again" in verdict(newer)
    assert "not the hall's" in verdict({**RECORD["checkpoint"], "at": 1})
    assert "missing; add it" in verdict({})


def test_a_countersignature_is_checked_and_its_name_is_covered() -> None:
    entries = sealed(certified())
    scrutineer = Ed25519PrivateKey.generate()
    record = build_record(entries, "b1", countersign(checkpointed(entries), "Zoë", scrutineer))
    assert isinstance(record, dict)
    assert isinstance(check(record), Sound)
    record["checkpoint"]["countersignatures"][0]["name"] = "Zoe"
    assert wrong(record) == "checkpoint.countersignatures[0] does not hold"


def without(choice_of: str) -> dict[str, str]:
    return {member: choice for member, choice in CHOICES.items() if member != choice_of}


@pytest.mark.parametrize(
    ("events", "what"),
    [
        (
            [*voted()[:-1], closed({**CHOICES, CODES[2]: "yes"})],
            f"{CODES[2]} has a vote, but no right to vote on this roll",
        ),
        (
            [*voted()[:-1], closed({**CHOICES, CODES[4]: "maybe"})],
            f"{CODES[4]} has a vote that the ballot does not offer",
        ),
        (
            [*voted()[:-1], closed(CHOICES, n=3)],
            f"the number of {CODES[1]}'s vote is out of order",
        ),
        (
            [*voted()[:7], announced(**{CODES[2]: "entitled"}), *voted()[8:]],
            f"entry 8: {CODES[2]} is on the roll as entitled, against the changes of voting "
            "rights before",
        ),
    ],
)
def test_a_hall_that_signs_what_does_not_follow_is_caught(events: list[Event], what: str) -> None:
    ended = [*events, event("ballot_voided", {"reason": "fault"})]
    assert wrong(record_of(ended)) == what


def test_a_hall_that_declares_another_count_or_outcome_is_caught() -> None:
    fewer = declared(without(CODES[0]), present=6)
    assert wrong(record_of([*voted(), fewer])).startswith("counts as declared.yes: says 1")
    honest = declared(CHOICES, present=6)
    lying = copy.deepcopy(honest.payload)
    lying["result"]["outcome"] = "not_adopted"  # type: ignore[index,call-overload]  # plain JSON
    told = record_of([*voted(), event("ballot_declared", lying)])
    assert wrong(told).startswith("result as declared.outcome: says 'not_adopted'")


JUNK: list[Any] = [None, True, -1, 2**53 - 1, "", "x", [], [None], {}, {"a": []}]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_values_of_any_shape_that_somebody_signed_are_wrong_and_no_crash(
    data: st.DataObject,
) -> None:
    events = copy.deepcopy(certified())
    at = data.draw(st.integers(0, len(events) - 1))
    inner: Any = events[at].payload
    path = data.draw(st.sampled_from(list(places(inner)) or [()]))
    for step in path[: data.draw(st.integers(0, max(0, len(path) - 1)))]:
        inner = inner[step]
    if inner:
        key = data.draw(st.sampled_from(list(inner) if isinstance(inner, dict) else range(1)))
        inner[key] = data.draw(st.sampled_from(JUNK))
    entries = sealed(events)
    shown = {at for at, link in enumerate(RECORD["chain"]) if "payload" in link}
    record = {
        **RECORD,
        "chain": [
            link_as_json(link if at in shown else replace(link, payload=None, nonce=None))
            for at, link in enumerate(links_of(entries))
        ],
        "checkpoint": checkpointed(entries).as_json(),
    }
    verdict = check(record)
    if isinstance(verdict, Sound):
        assert verdict.portrait == {name: RECORD[name] for name in verdict.portrait}
    else:
        assert verdict.what


def test_a_chain_can_be_checked_from_a_known_head() -> None:
    links = links_of(sealed(certified()))
    opened = verify_chain(links, public_key_text(KEY))
    assert isinstance(opened, tuple)
    again = verify_chain(links[3:], public_key_text(KEY), after=Head(3, opened[2].hash))
    assert again == opened[3:]
    assert verify_chain(links[3:], public_key_text(KEY)) == BrokenLink(
        1, "its header says that it is number 4"
    )
