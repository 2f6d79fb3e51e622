"""A secret ballot's own part: frozen, signed, sealed, opened, and only then counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.ballots.events import BallotEvent, BrokenHistory, apply
from server.ballots.life import Ballot, closure_of
from server.ballots.secret import TurnedAway, secret_from_payload, secret_payload
from server.ballots.transitions import allowed, usual
from server.vocabulary import Command, Mode, SealedFault
from tests.ballots.lives import LANGUAGES, PAYLOADS, TALLY, after, started

SECRET = {
    "election": "E",
    "trustees": "T",
    "credentials": "C",
    "accredited": [{"member": "AA", "public": "7"}],
    "scrutineers": ["ana", "bo", "cy"],
    "needed": 2,
}
SEALED = [
    {"member": "AA", "n": 1, "press_id": "p-1", "tracker": "t-1", "text": "one"},
    {"member": "AA", "n": 3, "press_id": "p-3", "tracker": "t-3", "text": "three"},
]


def happened(ballot: Ballot, event: BallotEvent, **payload: object) -> Ballot:
    told = {**PAYLOADS[event], **payload}
    return apply(ballot, 99, 99_000, "operator:test", "h", event, told, LANGUAGES)


def announced() -> Ballot:
    ballot = started()
    ballot = replace(ballot, question=replace(ballot.question, mode=Mode.SECRET))
    return happened(ballot, BallotEvent.ANNOUNCED, secret=SECRET)


def closed() -> Ballot:
    ballot = happened(announced(), BallotEvent.OPENED)
    votes = [{"member": "AA", "choice": "t-3", "n": 3, "press_id": "p-3"}]
    return happened(ballot, BallotEvent.CLOSED, votes=votes, sealed=SEALED)


def test_what_is_frozen_at_the_announcement() -> None:
    secret = announced().secret
    assert secret is not None
    assert (secret.election, secret.accredited, secret.began) == ("E", {"AA": "7"}, 99_000)
    assert secret_payload(secret) == SECRET
    assert secret_from_payload({}, 1) is None
    assert [secret.trustee(name) for name in ("ana", "cy", "dan")] == [1, 3, None]


def test_the_list_is_signed_when_enough_scrutineers_have() -> None:
    ballot = announced()
    for name, enough in (("ana", False), ("ana", False), ("cy", True)):
        ballot = happened(ballot, BallotEvent.LIST_SIGNED, scrutineer=name)
        assert ballot.secret is not None
        assert ballot.secret.is_signed is enough


def test_a_closed_secret_ballot_is_not_declared_before_it_is_opened() -> None:
    ballot = closed()
    assert Command.DECLARE not in allowed(ballot)
    assert {Command.CANCEL, Command.VOID} == set(allowed(ballot))
    assert usual(ballot) is None
    ballot = happened(ballot, BallotEvent.SHARE_GIVEN, trustee=2)
    assert Command.DECLARE not in allowed(ballot)
    ballot = happened(ballot, BallotEvent.OPENED_TALLY, tally=TALLY, result="R")
    assert usual(ballot) is Command.DECLARE
    closure = closure_of(ballot)
    assert closure is not None
    assert closure.tally is not None
    assert [each.text for each in closure.sealed] == ["one", "three"]
    assert ballot.secret is not None
    assert ([each.trustee for each in ballot.secret.shares], ballot.secret.result) == ([2], "R")


def test_a_refused_ballot_is_remembered() -> None:
    ballot = happened(happened(announced(), BallotEvent.OPENED), BallotEvent.SEALED_REFUSED, n=4)
    assert ballot.secret is not None
    assert ballot.secret.refused == {4: "AA"}


def test_what_a_seat_sends_ends_nothing_that_waits_for_a_second_person() -> None:
    ballot = happened(happened(announced(), BallotEvent.OPENED), BallotEvent.APPROVAL_ASKED)
    assert ballot.pending is not None
    for event in (BallotEvent.SEALED_REFUSED, BallotEvent.SEALED_TURNED_AWAY):
        assert happened(ballot, event).pending == ballot.pending
    told = happened(ballot, BallotEvent.SEALED_TURNED_AWAY).secret
    assert told is not None
    assert told.turned_away == (TurnedAway("AA", SealedFault.SIGNATURE, "t-9"),)


@pytest.mark.parametrize("event", [BallotEvent.SHARE_GIVEN, BallotEvent.OPENED_TALLY])
def test_nothing_is_opened_before_the_close(event: BallotEvent) -> None:
    with pytest.raises(BrokenHistory):
        happened(happened(announced(), BallotEvent.OPENED), event)


def test_what_is_not_secret_has_no_such_events() -> None:
    with pytest.raises(BrokenHistory):
        after(after(started(), BallotEvent.ANNOUNCED), BallotEvent.LIST_SIGNED)
