"""Secret ballots in the hall: who may vote, what is taken, what a crash leaves, who opens it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from server.ballots.life import closure_of
from server.ballots.question import Title
from server.hall.desk import BadField, Done, NotAllowed, NotReady
from server.hall.opening import give_share
from server.hall.prepare import prepare
from server.hall.press import Taken
from server.hall.proving import PATIENCE, Received
from server.hall.standing_for import Nominee
from server.hall.verdict import verdict_of
from server.hall.ways import MOST_CANDIDATES
from server.ports import HeldVote
from server.record.sealed import archive_of
from server.secrecy.ballot import longest, tracker
from server.secrecy.ceremony import read_trustees
from server.secrecy.credential import new_credential
from server.secrecy.election import SecretQuestion, election_text, read_election
from server.secrecy.sealing import marks_of, seal
from server.secrecy.strict import SoundArchive, verify_archive
from server.vocabulary import Command, Disclosure, Kind, Mode, Phase
from server.wire.messages import FRAME_LIMIT
from tests.hall_cases.room import PROPOSAL, Room
from tests.hall_cases.secret_room import SecretRoom, refusals
from tests.secrecy.ceremonies import ceremony
from tests.secrecy.elections import rng
from tests.secrecy.forging import unproved


@pytest.fixture
async def secret(room: Room) -> SecretRoom:
    return await SecretRoom(room).ready()


async def closed(secret: SecretRoom, ballot: str) -> None:
    assert isinstance(await secret.room.ask(ballot, Command.CLOSE), Done)


# --- before it opens


async def test_without_a_key_nothing_is_announced(room: Room) -> None:
    secret = SecretRoom(room)
    ballot = await room.prepare(mode=Mode.SECRET, disclosure=None)
    refused = await room.ask(ballot, Command.ANNOUNCE)
    assert isinstance(refused, NotReady)
    assert refused.code == "no_key"
    await secret.ready(members=())
    refused = await room.ask(ballot, Command.ANNOUNCE)
    assert isinstance(refused, NotReady)
    assert refused.code == "nobody_accredited"


async def test_it_opens_when_two_have_signed_who_may_vote(secret: SecretRoom) -> None:
    ballot = await secret.announced()
    refused = await secret.room.ask(ballot, Command.OPEN)
    assert isinstance(refused, NotReady)
    assert isinstance(await secret.sign(ballot, "ana"), Done)
    assert isinstance(await secret.sign(ballot, "ana"), Done)
    assert isinstance(await secret.room.ask(ballot, Command.OPEN), NotReady)
    assert isinstance(await secret.sign(ballot, "cy"), Done)
    assert (await secret.room.command(ballot, Command.OPEN)).secret is not None
    assert len(await secret.room.entries("credentials_signed", ballot)) == 2


async def test_a_credential_that_is_replaced_counts_from_the_next_announcement(
    secret: SecretRoom,
) -> None:
    ballot = await secret.open()
    member = secret.room.members[0]
    old = secret.credentials[member]
    await secret.accredit([member])
    assert secret.secret(ballot).accredited[member] == old.public
    secret.put(ballot, member, "p-1", secret.ballot_of(ballot, member, 0))
    assert refusals(await secret.answers("p-1")) == ["bad_proof"]
    secret.credentials[member] = old
    await secret.vote(ballot, member, "p-2", 0)


# --- presses


async def test_a_vote_is_received_and_then_receipted(secret: SecretRoom) -> None:
    ballot = await secret.open()
    member = secret.room.members[0]
    text = secret.ballot_of(ballot, member, 0)
    secret.put(ballot, member, "p-1", text)
    received, taken = await secret.answers("p-1")
    assert received == Received(tracker(text), 1)
    assert isinstance(taken, Taken)
    assert (taken.accepted.choice, taken.accepted.current) == (tracker(text), True)
    secret.put(ballot, member, "p-1", text)
    again = (await secret.answers("p-1"))[-1]
    assert isinstance(again, Taken)
    assert (again.accepted.n, again.accepted.repeated) == (1, True)


async def test_a_bad_proof_leaves_the_earlier_ballot_in_force(secret: SecretRoom) -> None:
    ballot = await secret.open()
    member = secret.room.members[0]
    first = await secret.vote(ballot, member, "p-1", 0)
    bad = unproved(secret.credentials[member], secret.ballot_of(ballot, member, 1), secret.random)
    secret.put(ballot, member, "p-2", bad)
    told = await secret.answers("p-2")
    assert isinstance(told[0], Received)
    assert refusals(told) == ["bad_proof"]
    held = await secret.room.box.votes(ballot)
    assert held[member] == HeldVote(first.accepted.choice, 1, "p-1")
    (entry,) = await secret.room.entries("sealed_ballot_refused", ballot)
    kept = {"member": member, "n": 2, "tracker": tracker(bad), "text": bad}
    assert {name: entry[name] for name in kept} == kept
    # The same press again is refused again, and told once in the journal.
    secret.put(ballot, member, "p-2", bad)
    assert refusals(await secret.answers("p-2")) == ["bad_proof"]
    assert len(await secret.room.entries("sealed_ballot_refused", ballot)) == 1
    await closed(secret, ballot)
    closure = closure_of(secret.room.ballot(ballot))
    assert closure is not None
    assert [(vote.member, vote.n) for vote in closure.votes] == [(member, 1)]
    assert [each.n for each in closure.sealed] == [1]


async def test_who_sends_nothing_but_bad_proofs_is_stopped(secret: SecretRoom) -> None:
    ballot = await secret.open()
    member = secret.room.members[0]
    text = secret.ballot_of(ballot, member, 1)
    for at in range(PATIENCE + 1):
        bad = unproved(secret.credentials[member], text, secret.random)
        secret.put(ballot, member, f"p-{at}", bad)
        expected = "bad_proof" if at < PATIENCE else "rate_limited"
        assert refusals(await secret.answers(f"p-{at}")) == [expected]
    assert len(await secret.room.entries("sealed_ballot_refused", ballot)) == PATIENCE
    await secret.vote(ballot, secret.room.members[1], "p-other", 0)


async def test_a_final_vote_that_proved_nothing_may_be_cast_again(secret: SecretRoom) -> None:
    ballot = await secret.open(revocable=False)
    member = secret.room.members[0]
    text = secret.ballot_of(ballot, member, 1)
    secret.put(ballot, member, "p-1", unproved(secret.credentials[member], text, secret.random))
    assert refusals(await secret.answers("p-1")) == ["bad_proof"]
    await secret.vote(ballot, member, "p-2", 0)
    secret.put(ballot, member, "p-3", secret.ballot_of(ballot, member, 1))
    assert refusals(await secret.answers("p-3")) == ["not_revocable"]


async def test_the_newest_press_waits_while_another_is_proved(secret: SecretRoom) -> None:
    ballot = await secret.open()
    member = secret.room.members[0]
    for at in range(3):
        secret.put(ballot, member, f"p-{at}", secret.ballot_of(ballot, member, at))
    first = await secret.answers("p-0")
    assert isinstance(first[-1], Taken)
    assert refusals(secret.told["p-1"]) == ["rate_limited"]
    last = (await secret.answers("p-2"))[-1]
    assert isinstance(last, Taken)
    assert (last.accepted.n, last.accepted.current) == (2, True)


async def test_what_is_no_vote_of_this_ballot_is_refused(secret: SecretRoom) -> None:
    first = await secret.open()
    member, other, late = secret.room.members[0], secret.room.members[1], secret.room.members[2]
    foreign = secret.ballot_of(first, member, 0)
    await secret.vote(first, member, "p-1", 1)
    await closed(secret, first)
    secret.put(first, member, "p-2", secret.ballot_of(first, member, 0))
    assert refusals(await secret.answers("p-2")) == ["closed"]
    await secret.room.command(first, Command.CANCEL, reason="a fault")
    second = await secret.open()
    own = secret.ballot_of(second, member, 0)
    for press_id, whose, text, reason in (
        ("q-1", member, foreign, "bad_proof"),  # of another election
        ("q-2", other, own, "bad_proof"),  # of another Member
        ("q-3", member, own[:-1], "bad_proof"),
        ("q-4", member, "{}", "bad_proof"),
    ):
        secret.put(second, whose, press_id, text)
        assert refusals(await secret.answers(press_id)) == [reason], press_id
    secret.put(second, member, "q-5", own)
    assert isinstance((await secret.answers("q-5"))[-1], Taken)
    secret.put(second, member, "q-6", own)
    assert refusals(await secret.answers("q-6")) == ["bad_choice"]  # a replay of its own ballot
    assert late not in await secret.room.box.votes(second)
    # Each of them is in the journal, once a Member and reason; what was cancelled tells nothing.
    secret.put(second, member, "q-7", "{}")
    await secret.answers("q-7")
    await secret.sealed.journaled()
    assert await secret.room.entries("sealed_ballots_turned_away", first) == []
    (entry,) = await secret.room.entries("sealed_ballots_turned_away", second)
    told = {(row["member"], row["reason"]): row["tracker"] for row in entry["turned_away"]}
    assert told == {
        (member, "election"): tracker(foreign),
        (other, "credential"): tracker(own),
        (member, "form"): tracker(own[:-1]),
        (member, "replayed"): tracker(own),
    }


async def test_a_ballot_that_comes_late_is_journaled_behind_the_close(secret: SecretRoom) -> None:
    ballot = await secret.open()
    member = secret.room.members[0]
    await secret.room.box.close(ballot)  # latched: the closing entry is still to come
    text = secret.ballot_of(ballot, member, 0)
    for press_id in ("p-1", "p-2"):
        secret.put(ballot, member, press_id, text)
        assert refusals(await secret.answers(press_id)) == ["closed"]
    await secret.room.ask(ballot, Command.CLOSE)  # finishes what the latch began
    await secret.sealed.journaled()
    assert secret.room.phase(ballot) is Phase.CLOSED
    (entry,) = await secret.room.entries("sealed_ballots_turned_away", ballot)
    assert entry["turned_away"] == [
        {"member": member, "reason": "late", "tracker": tracker(text)},
    ]
    # Another server, to which the same is sent, adds nothing.
    await secret.restart()
    secret.put(ballot, member, "p-3", text)
    assert refusals(await secret.answers("p-3")) == ["closed"]
    await secret.sealed.journaled()
    assert len(await secret.room.entries("sealed_ballots_turned_away", ballot)) == 1


async def test_who_is_not_accredited_cannot_vote(room: Room) -> None:
    secret = await SecretRoom(room).ready(members=room.members[:2])
    ballot = await secret.open()
    stranger = room.members[3]
    await secret.accredit([stranger])
    secret.put(ballot, stranger, "p-1", secret.ballot_of(ballot, stranger, 0))
    assert refusals(await secret.answers("p-1")) == ["not_accredited"]


# --- crash windows


async def test_a_ballot_that_was_received_before_a_crash_gets_its_receipt(
    secret: SecretRoom,
) -> None:
    ballot = await secret.open()
    member = secret.room.members[0]
    text = secret.ballot_of(ballot, member, 0)
    secret.put(ballot, member, "p-1", text)
    await secret.presses.drained()  # on disk; the server dies before the proof
    await secret.restart()
    secret.put(ballot, member, "p-1", text)
    taken = (await secret.answers("p-1"))[-1]
    assert isinstance(taken, Taken)
    assert (taken.accepted.n, taken.accepted.repeated, taken.accepted.current) == (1, True, True)


async def test_a_close_proves_what_a_crash_left_unproved(secret: SecretRoom) -> None:
    ballot = await secret.open()
    good, bad = secret.room.members[:2]
    secret.put(ballot, good, "p-1", secret.ballot_of(ballot, good, 0))
    spoilt = unproved(secret.credentials[bad], secret.ballot_of(ballot, bad, 0), secret.random)
    secret.put(ballot, bad, "p-2", spoilt)
    await secret.presses.drained()
    await secret.room.box.close(ballot)  # latched, and the server dies before the entry
    await secret.restart()
    assert secret.room.phase(ballot) is Phase.CLOSED
    closure = closure_of(secret.room.ballot(ballot))
    assert closure is not None
    assert [vote.member for vote in closure.votes] == [good]
    refused = await secret.room.entries("sealed_ballot_refused", ballot)
    assert [(entry["member"], entry["n"]) for entry in refused] == [(bad, 2)]
    # The seat that had no answer yet gets it after the close.
    secret.put(ballot, bad, "p-2", spoilt)
    assert refusals(await secret.answers("p-2")) == ["bad_proof"]


async def test_w9_a_refusal_that_died_before_the_box_is_disowned(secret: SecretRoom) -> None:
    ballot = await secret.open()
    member = secret.room.members[0]
    await secret.vote(ballot, member, "p-1", 0)
    bad = unproved(secret.credentials[member], secret.ballot_of(ballot, member, 1), secret.random)
    secret.room.outages.fail("disown")
    secret.put(ballot, member, "p-2", bad)
    assert refusals(await secret.answers("p-2")) == ["unavailable"]
    assert (await secret.room.box.votes(ballot))[member].n == 2
    await secret.restart()
    assert (await secret.room.box.votes(ballot))[member].n == 1


async def test_a_share_that_was_given_before_a_crash_stands(secret: SecretRoom) -> None:
    ballot = await secret.open()
    await secret.vote(ballot, secret.room.members[0], "p-1", 0)
    await closed(secret, ballot)
    assert isinstance(await secret.share(ballot, "cy"), Done)
    await secret.restart()
    assert isinstance(await secret.share(ballot, "cy"), Done)  # its answer was lost
    assert len(await secret.room.entries("tally_decrypted", ballot)) == 1
    assert isinstance(await secret.share(ballot, "ana"), Done)
    (told,) = await secret.room.entries("tally_opened", ballot)
    assert told["tally"]["counts"] == {"yes": 1, "no": 0, "abstain": 0}


# --- opening


async def test_two_of_three_open_the_tally_and_it_is_declared(secret: SecretRoom) -> None:
    ballot = await secret.open()
    for at, member in enumerate(secret.room.members[:4]):
        await secret.vote(ballot, member, f"p-{at}", at % 2)
    await secret.vote(ballot, secret.room.members[0], "p-again", 2)
    await closed(secret, ballot)
    room = secret.room
    assert verdict_of(room.desk.speech, {}, room.ballot(ballot)) is None
    assert isinstance(await room.ask(ballot, Command.DECLARE), NotReady | NotAllowed)
    assert isinstance(await secret.share(ballot, "bo"), Done)
    wrong = await secret_share_of_another(secret, ballot)
    assert isinstance(wrong, BadField)
    assert "cy" in wrong.remedy
    assert isinstance(await secret.share(ballot, "ana"), Done)
    declared = await room.command(ballot, Command.DECLARE)
    raw = archive_of(declared)
    assert raw is not None
    sound = verify_archive(raw)
    assert isinstance(sound, SoundArchive)
    assert sound.opened is not None
    assert sound.opened.counts == (1, 2, 1)


async def secret_share_of_another(secret: SecretRoom, ballot: str) -> object:
    """cy gives what bo made."""
    text = secret.share_text(ballot, "bo")
    return await give_share(secret.room.desk, "cy", ballot, text, None)


async def test_what_is_void_or_cancelled_is_not_opened(secret: SecretRoom) -> None:
    for command in (Command.VOID, Command.CANCEL):
        ballot = await secret.open()
        await secret.vote(ballot, secret.room.members[0], f"p-{command}", 0)
        await closed(secret, ballot)
        text = secret.share_text(ballot, "ana")
        assert isinstance(await secret.share(ballot, "bo"), Done)
        await secret.room.command(ballot, command, reason="a fault")
        assert isinstance(await give_share(secret.room.desk, "ana", ballot, text, None), NotAllowed)
        assert await secret.room.entries("tally_opened", ballot) == []


# --- what can be asked in secret


async def test_a_secret_election_has_as_many_candidates_as_a_frame_can_carry(room: Room) -> None:
    names = tuple(
        Nominee(f"c{at}", Title(*([f"Candidate «{at}»"] * 4)), None)
        for at in range(MOST_CANDIDATES + 1)
    )
    proposal = replace(
        PROPOSAL,
        kind=Kind.ELECTION,
        decision="host_election",
        mode=Mode.SECRET,
        disclosure=None,
        candidates=names,
    )
    refused = await prepare(room.desk, "operator:op", proposal, None)
    assert isinstance(refused, BadField)
    assert (refused.field, "60" in refused.remedy) == ("candidates", True)


def test_the_longest_ballot_fits_into_a_frame() -> None:
    answers = tuple(f"{at}" for at in range(MOST_CANDIDATES))
    asked = SecretQuestion("?", answers, blank=True, min=1, max=MOST_CANDIDATES)
    most = longest(asked)
    # In a frame each quote of the text takes two bytes: fewer than one in twenty characters.
    assert most * 1.05 + 300 < FRAME_LIMIT
    election = read_election(
        election_text(
            uuid="1" * 14,
            name="",
            description="",
            public_key=read_trustees(ceremony().text).public_key,
            question=asked,
        )
    )
    random = rng(1)
    made = seal(election, new_credential(random), marks_of(asked, []), random).text
    assert len(made) < most
    assert len(json.dumps(made)) < 1.05 * len(made)


async def test_a_void_secret_ballot_is_taken_again_in_secret(secret: SecretRoom) -> None:
    first = await secret.open()
    await secret.vote(first, secret.room.members[0], "p-1", 0)
    await closed(secret, first)
    await secret.room.command(first, Command.VOID, reason="a fault")
    again = await secret.room.command(first, Command.RERUN, reason="taken again")
    assert (again.question.mode, again.reruns, again.secret) == (Mode.SECRET, first, None)
    await secret.room.command(again.id, Command.ANNOUNCE)
    assert secret.election(again.id).uuid != secret.election(first).uuid
    # The same ballot is of another election now.
    replayed = closure_of(secret.room.ballot(first))
    assert replayed is not None
    for name in ("ana", "bo"):
        assert isinstance(await secret.sign(again.id, name), Done)
    await secret.room.command(again.id, Command.OPEN)
    secret.put(again.id, secret.room.members[0], "p-2", replayed.sealed[0].text)
    assert refusals(await secret.answers("p-2")) == ["bad_proof"]


async def test_a_recorded_ballot_is_taken_again_in_secret_and_shows_no_more_than_the_turnout(
    secret: SecretRoom,
) -> None:
    recorded = await secret.room.open(disclosure=Disclosure.INDIVIDUAL)
    again = await secret.room.command(
        recorded, Command.RERUN, reason="members ask for it", mode=Mode.SECRET
    )
    assert (again.question.mode, again.question.disclosure) == (Mode.SECRET, Disclosure.TURNOUT)
    assert secret.room.phase(again.id) is Phase.PREPARED
