"""A secret ballot of the short sitting, from its announcement to its certified result."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from server.ballots.question import question_from_payload
from server.ballots.tellers import tally_payload
from server.record.entry import Event
from server.record.sealed import asked_in_secret, tally_from
from server.rules.count import MotionCount
from server.rules.motion import decide_motion, motion_rule_from_json
from server.secrecy.archive import Decryption
from server.secrecy.ballot import tracker
from server.secrecy.ceremony import read_trustees
from server.secrecy.credential import Credential, credentials_text, new_credential
from server.secrecy.decryption import partial_decryption, read_decryption
from server.secrecy.election import SecretElection, election_text, new_uuid, read_election
from server.secrecy.sealing import marks_of, seal
from server.secrecy.tally import encrypted_tally, open_tally
from server.secrecy.trustee import sign_list
from server.vocabulary import Language
from tests.record.sitting import (
    CODES,
    RULE,
    SENTENCE,
    T0,
    announced,
    created,
    event,
    question,
)
from tests.secrecy.ceremonies import ceremony
from tests.secrecy.elections import rng
from tests.secrecy.forging import unproved

SCRUTINEERS = ("ana", "bo", "cy")
VOTERS = (CODES[0], CODES[3], CODES[4])
ASKED = question(mode="secret", disclosure="turnout")


@dataclass(frozen=True, slots=True)
class Sitting:
    """What the entries are made of; a test replaces a part and sees whether it is found out."""

    election: SecretElection
    credentials: dict[str, Credential]
    sealed: tuple[dict[str, Any], ...]
    n: int
    refused: tuple[int, ...] = (2,)
    refusal: dict[str, Any] = field(default_factory=dict)
    """What the entry of a refused ballot says besides its number."""
    signed: tuple[str, ...] = ("ana", "cy")
    shares: tuple[int, ...] = (1, 3)
    votes: dict[str, int] = field(default_factory=dict)
    """The number of the sealed ballot that counts for each voter."""
    asked: dict[str, Any] = field(default_factory=lambda: ASKED)
    changed: dict[str, Any] = field(default_factory=dict)
    """Changes of the announcement's secret part."""
    count: dict[str, int] | None = None
    """Another count than the one that was opened."""


@cache
def sitting() -> Sitting:
    """Three Members vote, the first one twice; the press between is refused as unproved."""
    random = rng(3)
    asked = asked_in_secret(question_from_payload(ASKED), Language.EN)
    election = read_election(
        election_text(
            uuid=new_uuid(random),
            name="Assembly",
            description="",
            public_key=read_trustees(ceremony().text).public_key,
            question=asked,
        )
    )
    credentials = {member: new_credential(random) for member in VOTERS}
    cast = [(VOTERS[0], 1, 1), (VOTERS[1], 3, 0), (VOTERS[0], 4, 0), (VOTERS[2], 5, 2)]
    sealed = []
    for member, n, chosen in cast:
        text = seal(election, credentials[member], marks_of(asked, [chosen]), random).text
        row = {"member": member, "n": n, "press_id": f"p-{n}", "tracker": tracker(text)}
        sealed.append({**row, "text": text})
    text = seal(election, credentials[VOTERS[0]], marks_of(asked, [1]), random).text
    spoilt = unproved(credentials[VOTERS[0]], text, random)
    refusal = {"member": VOTERS[0], "tracker": tracker(spoilt), "text": spoilt}
    votes = {VOTERS[1]: 3, VOTERS[0]: 4, VOTERS[2]: 5}
    return Sitting(election, credentials, tuple(sealed), n=5, refusal=refusal, votes=votes)


def up_to_close(of: Sitting) -> list[Event]:
    """The entries until the box is closed."""
    random, held = rng(5), ceremony()
    publics = {member: each.public for member, each in of.credentials.items()}
    frozen: dict[str, Any] = {
        "election": of.election.text,
        "trustees": held.text,
        "credentials": credentials_text(list(publics.values())),
        "accredited": [{"member": m, "public": public} for m, public in publics.items()],
        "scrutineers": list(SCRUTINEERS),
        "needed": 2,
        **of.changed,
    }
    told = announced()
    events = [
        created(),
        event("ballot_prepared", {"question": of.asked, "reruns": None}),
        replace(told, payload={**told.payload, "secret": frozen}),
    ]
    for name in of.signed:
        keys = held.keys[SCRUTINEERS.index(name)]
        signature = sign_list(keys, of.election.fingerprint, frozen["credentials"], random)
        payload = {"scrutineer": name, "signature": signature}
        events.append(event("credentials_signed", payload, at=5_000))
    events.append(event("ballot_opened", {"seconds": 30, "incarnation": "i1"}, at=10_000))
    events += [
        event("sealed_ballot_refused", {**of.refusal, "n": n}, at=20_000) for n in of.refused
    ]
    by_number = {row["n"]: row for row in of.sealed}
    votes = [
        {
            "member": member,
            "choice": by_number[n]["tracker"],
            "n": n,
            "press_id": by_number[n]["press_id"],
        }
        for member, n in sorted(of.votes.items(), key=lambda each: each[1])
    ]
    closing = {
        "votes": votes,
        "sealed": list(of.sealed),
        "n": of.n,
        "chain": "c" * 40,
        "incarnation": "i1",
        "closed_at": T0 + 60_123,
        "refusals_hash": None,
    }
    return [*events, event("ballot_closed", closing, at=60_200)]


def opened(of: Sitting) -> list[Event]:
    """The shares of the scrutineers, and the tally that they open."""
    random, held, election = rng(7), ceremony(), of.election
    trustees = read_trustees(held.text)
    tally = encrypted_tally(election, [row["text"] for row in of.sealed])
    shares = [
        Decryption(at, partial_decryption(election, tally, held.share(at), random))
        for at in of.shares
    ]
    factors = {
        each.owner: read_decryption(
            election, tally, trustees.verification_keys[each.owner - 1], each.text
        )
        for each in shares
    }
    found = open_tally(election, trustees, tally, factors)
    count = tally_payload(tally_from(found, tuple(of.asked["choices"])))
    if of.count is not None:
        count["counts"] = of.count
    given = [
        event("tally_decrypted", {"trustee": each.owner, "text": each.text}, at=65_000)
        for each in shares
    ]
    return [*given, event("tally_opened", {"result": found.text, "tally": count}, at=65_000)]


def declared(counts: dict[str, int]) -> list[Event]:
    count = MotionCount(**counts, invalid=0, present=5, entitled=6, members=len(CODES))
    result = decide_motion(motion_rule_from_json(RULE), count).as_json()
    told = {"result": result, "counts": counts, "sentence": SENTENCE}
    return [event("ballot_declared", told, at=70_000), event("ballot_certified", {"by": "op"})]


def whole(of: Sitting) -> list[Event]:
    """Every entry of the ballot."""
    events = [*up_to_close(of), *opened(replace(of, sealed=sitting().sealed))]
    counts: dict[str, int] = dict(events[-1].payload["tally"]["counts"])  # type: ignore[index,arg-type,call-overload]  # the payload of `opened`
    return [*events, *declared(counts)]
