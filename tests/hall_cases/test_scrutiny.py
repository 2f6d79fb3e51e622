"""The key ceremony as three people hold it: real messages, wrong ones, and several at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from server.hall.accrediting import Registration, register_credentials
from server.hall.ceremony import Ceremony
from server.hall.desk import BadField, KeyReused
from server.hall.scrutiny import (
    CeremonyRefusal,
    GivenAlready,
    NoCeremony,
    NotAScrutineer,
    SecretBallotOnFloor,
    TooEarly,
    WrongMessage,
    begin,
    give,
)
from server.hall.state import USER_ADDED, HallState, election_key
from server.ports import CommandKey
from server.secrecy.ceremony import read_trustees
from server.secrecy.credential import accreditation_proof, new_credential
from server.vocabulary import CeremonyStep, Command, Disclosure, Mode, Role
from tests.hall_cases.room import OPERATOR, Room, Words
from tests.secrecy.ceremonies import ceremony as drawn
from tests.secrecy.elections import rng

NAMES = ("ada", "bo", "cy")
MADE = drawn(1)
OTHERS = drawn(2)
TEXTS = {
    CeremonyStep.CERTIFICATE: MADE.certificates,
    CeremonyStep.POLYNOMIAL: MADE.dealings,
    CeremonyStep.VOUTPUT: MADE.verification_keys,
}


@pytest.fixture
async def hall(words: Words) -> Room:
    """A hall whose scrutineers are known."""
    room = await Room(words).enter()
    for name in NAMES:
        payload: dict[str, object] = {"user": name, "role": Role.SCRUTINEER.value}
        await room.desk.journal(room.desk.event(USER_ADDED, None, OPERATOR, payload))
    return room


async def begun(hall: Room, reason: str | None = None) -> int:
    state = await begin(hall.desk, OPERATOR, NAMES, reason, None)
    return ceremony_of(state).number


def ceremony_of(state: HallState | CeremonyRefusal) -> Ceremony:
    assert isinstance(state, HallState), state
    assert state.ceremony is not None
    return state.ceremony


async def given(hall: Room, number: int, *steps: CeremonyStep) -> None:
    for step in steps:
        for name, text in zip(NAMES, TEXTS[step], strict=True):
            ceremony_of(await give(hall.desk, name, number, step, text, None))


async def test_three_scrutineers_make_a_key(hall: Room) -> None:
    number = await begun(hall)
    await given(hall, number, *CeremonyStep)
    keys = election_key(hall.desk.ledger.state)
    assert keys is not None
    trustees = read_trustees(keys.trustees)
    assert keys.public_key == trustees.public_key
    assert keys.signature_keys == tuple(str(each) for each in trustees.signing_keys)
    assert keys.scrutineers == NAMES
    finished = await hall.entries("ceremony_finished")
    assert len(finished) == 1
    await hall.restart()
    assert election_key(hall.desk.ledger.state) == keys


async def test_the_last_three_messages_at_once_make_one_key(hall: Room) -> None:
    number = await begun(hall)
    await given(hall, number, CeremonyStep.CERTIFICATE, CeremonyStep.POLYNOMIAL)
    texts = TEXTS[CeremonyStep.VOUTPUT]
    answers = await asyncio.gather(
        *(
            give(hall.desk, name, number, CeremonyStep.VOUTPUT, text, None)
            for name, text in zip(NAMES, texts, strict=True)
        )
    )
    assert all(isinstance(each, HallState) for each in answers)
    assert len(await hall.entries("ceremony_finished")) == 1
    assert election_key(hall.desk.ledger.state) is not None


@pytest.mark.parametrize(
    ("step", "name", "text", "fault"),
    [
        (CeremonyStep.CERTIFICATE, "ada", MADE.certificates[1], "trustee 1 of 3"),
        (CeremonyStep.CERTIFICATE, "bo", MADE.certificates[1][:-1], "not JSON"),
        (CeremonyStep.POLYNOMIAL, "bo", OTHERS.dealings[1], "signature"),
        (CeremonyStep.POLYNOMIAL, "bo", MADE.dealings[0], "signature"),
        (CeremonyStep.VOUTPUT, "cy", MADE.verification_keys[1], "shares make"),
        (CeremonyStep.VOUTPUT, "cy", OTHERS.verification_keys[2], "shares make"),
    ],
)
async def test_a_wrong_message_is_refused_and_its_sender_named(
    hall: Room, step: CeremonyStep, name: str, text: str, fault: str
) -> None:
    number = await begun(hall)
    order = list(CeremonyStep)
    await given(hall, number, *order[: order.index(step)])
    before = hall.desk.ledger.state.head
    refused = await give(hall.desk, name, number, step, text, None)
    assert isinstance(refused, WrongMessage), refused
    assert (refused.scrutineer, refused.step) == (name, step)
    assert fault in refused.fault
    assert hall.desk.ledger.state.head == before
    await given(hall, number, *order[order.index(step) :])
    assert election_key(hall.desk.ledger.state) is not None


async def test_messages_come_in_their_order_and_from_the_three_only(hall: Room) -> None:
    nothing = await give(hall.desk, "ada", 1, CeremonyStep.CERTIFICATE, "{}", None)
    assert nothing == NoCeremony(None)
    number = await begun(hall)
    first = CeremonyStep.CERTIFICATE
    ceremony_of(await give(hall.desk, "ada", number, first, MADE.certificates[0], None))
    early = await give(hall.desk, "ada", number, CeremonyStep.POLYNOMIAL, "{}", None)
    assert early == TooEarly(CeremonyStep.POLYNOMIAL, first, ("bo", "cy"))
    stranger = await give(hall.desk, "eve", number, first, MADE.certificates[0], None)
    assert stranger == NotAScrutineer("eve")
    stale = await give(hall.desk, "bo", number - 1, first, MADE.certificates[1], None)
    assert stale == NoCeremony(number)


async def test_the_same_message_again_is_taken_and_another_is_not(hall: Room) -> None:
    number = await begun(hall)
    step = CeremonyStep.CERTIFICATE
    for _ in range(2):
        ceremony_of(await give(hall.desk, "ada", number, step, MADE.certificates[0], None))
    assert len(await hall.entries("ceremony_message")) == 1
    other = await give(hall.desk, "ada", number, step, OTHERS.certificates[0], None)
    assert other == GivenAlready("ada", step)


async def test_a_ceremony_needs_three_scrutineers(hall: Room) -> None:
    for names, remedy in (
        (("ada", "bo", "bo"), "different"),
        (("ada", "bo"), "different"),
        (("ada", "bo", "dan"), "'dan' is no scrutineer"),
    ):
        refused = await begin(hall.desk, OPERATOR, names, None, None)
        assert isinstance(refused, BadField)
        assert remedy in refused.remedy


async def test_to_begin_again_needs_a_reason_and_drops_the_key(hall: Room) -> None:
    number = await begun(hall)
    await given(hall, number, *CeremonyStep)
    refused = await begin(hall.desk, OPERATOR, NAMES, None, None)
    assert isinstance(refused, BadField)
    assert refused.field == "reason"
    again = await begun(hall, "bo lost the file")
    assert again > number
    assert election_key(hall.desk.ledger.state) is None
    (_, entry) = await hall.entries("ceremony_begun")
    assert entry["reason"] == "bo lost the file"


async def test_a_key_begins_one_ceremony(hall: Room) -> None:
    key = CommandKey("k", OPERATOR, "0" * 64)
    first = ceremony_of(await begin(hall.desk, OPERATOR, NAMES, None, key))
    assert ceremony_of(await begin(hall.desk, OPERATOR, NAMES, None, key)) == first
    other = replace(key, body_hash="1" * 64)
    assert await begin(hall.desk, OPERATOR, NAMES, None, other) == KeyReused()


async def test_keys_stay_while_a_secret_ballot_is_undecided(hall: Room) -> None:
    number = await begun(hall)
    await given(hall, number, *CeremonyStep)
    random = rng(3)
    member = hall.members[0]
    credential = new_credential(random)
    proof = accreditation_proof(credential, hall.desk.ledger.state.hall, member, random)
    await register_credentials(hall.desk, [Registration(member, "s1", credential.public, proof)])
    await hall.box.lease_presence([member], 60_000)
    ballot = await hall.prepare(mode=Mode.SECRET, disclosure=Disclosure.TURNOUT)
    await hall.command(ballot, Command.ANNOUNCE)
    assert await begin(hall.desk, OPERATOR, NAMES, "lost", None) == SecretBallotOnFloor(ballot)
    await hall.command(ballot, Command.CANCEL, reason="a file was lost")
    assert await begun(hall, "lost") > number
