"""A short sitting, sealed as the hall seals it: what the tests of records start from."""

from __future__ import annotations

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.assembly.assembly import Assembly, Digits, Settings
from server.assembly.member import Member
from server.assembly.seat import Seat
from server.assembly.stored import as_json
from server.assembly.texts import Texts
from server.record.checkpoint import Checkpoint
from server.record.entry import GENESIS, Entry, Event, seal_all
from server.record.record import build_record, checkpoint_of
from server.record.signer import public_key_text
from server.record.verify import Sound, Unsound, verify_record
from server.rules.count import MotionCount
from server.rules.motion import decide_motion, motion_rule_from_json
from server.vocabulary import Language

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
T0 = 1_790_000_000_000
RULE: dict[str, Any] = {
    "kind": "motion",
    "majority": {"of": [1, 2], "at_least": False},
    "base": "yes_no",
}
TITLE = {"en": "Budget", "fr": "Budget", "es": "Presupuesto", "ar": "الميزانية"}
SENTENCE = {"en": "Adopted", "fr": "Adopté", "es": "Aprobado", "ar": "اعتُمد"}


NAMES = {
    "AF": ("Afghanistan", "Afghanistan", "Afganistán", "أفغانستان"),
    "CI": ("Côte d'Ivoire", "Côte d'Ivoire", "Côte d'Ivoire", "كوت ديفوار"),
    "DE": ("Germany", "Allemagne", "Alemania", "ألمانيا"),
    "ES": ("Spain", "Espagne", "España", "إسبانيا"),
    "JP": ("Japan", "Japon", "Japón", "اليابان"),
    "PE": ("Peru", "Pérou", "Perú", "بيرو"),
    "ZW": ("Zimbabwe", "Zimbabwe", "Zimbabwe", "زمبابوي"),
}


def small_assembly() -> Assembly:
    """Seven Members, the third without a right to vote."""
    return Assembly(
        id="ga",
        name=Texts(en="Assembly", fr="Assemblée", es="Asamblea", ar="الجمعية"),
        languages=tuple(Language),
        rulebook="interpol",
        members=tuple(
            Member(
                code=code,
                region="europe",
                names=Texts(*names),
                tile=Texts(*names),
                sort_keys=Texts(*names),
                suspended=at == 2,
                approved=True,
            )
            for at, (code, names) in enumerate(NAMES.items())
        ),
        seats=tuple(Seat(f"s-{code}", code) for code in NAMES),
        sittings=(),
        agenda=(),
        settings=Settings(
            quorum=None,
            digits=Digits.LATN,
            display_public=False,
            two_person=frozenset(),
            operator_may_certify=True,
            time_zone="Europe/Paris",
        ),
    )


ASSEMBLY = small_assembly()
CODES = [member.code for member in ASSEMBLY.members]


def question(**changes: Any) -> dict[str, Any]:
    return {
        "title": TITLE,
        "kind": "motion",
        "decision": "ordinary",
        "mode": "recorded",
        "disclosure": "counts",
        "document": "GA-2026-RES-01",
        "item": "4",
        "seconds": 30,
        "auto_close": False,
        "revocable": True,
        "test": False,
        "rule": RULE,
        "choices": ["yes", "no", "abstain"],
        **changes,
    }


def event(kind: str, payload: dict[str, Any], subject: str | None = "b1", at: int = 0) -> Event:
    return Event(kind, subject, "operator:op", T0 + at, payload)


def created() -> Event:
    payload = {
        "hall": "hall-1",
        "assembly": as_json(ASSEMBLY),
        "rulebook": {"name": "interpol"},
        "public_key": public_key_text(KEY),
    }
    return event("hall_created", payload, None)


def announced(**status: str) -> Event:
    """Everybody present but the second Member; the third suspended, unless `status` says else."""
    rows = [
        {
            "member": code,
            "status": status.get(code, "suspended" if at == 2 else "entitled"),
            "present": at != 1,
        }
        for at, code in enumerate(CODES)
    ]
    payload = {
        "roll": rows,
        "members": len(rows),
        "entitled": sum(row["status"] == "entitled" for row in rows),
        "present": sum(row["status"] == "entitled" and bool(row["present"]) for row in rows),
        "override": None,
    }
    return event("ballot_announced", payload)


def closed(choices: dict[str, str], n: int = 9) -> Event:
    votes = [
        {"member": member, "choice": choice, "n": at + 2, "press_id": f"press-{member}"}
        for at, (member, choice) in enumerate(choices.items())
    ]
    payload = {
        "votes": votes,
        "n": n,
        "chain": "c" * 40,
        "incarnation": "i1",
        "closed_at": T0 + 60_123,
        "refusals_hash": None,
    }
    return event("ballot_closed", payload, at=60_200)


def declared(choices: dict[str, str], present: int, entitled: int = 6) -> Event:
    said = list(choices.values())
    counts = {choice: said.count(choice) for choice in ("yes", "no", "abstain")}
    count = MotionCount(**counts, invalid=0, present=present, entitled=entitled, members=len(CODES))
    result = decide_motion(motion_rule_from_json(RULE), count).as_json()
    return event(
        "ballot_declared", {"result": result, "counts": counts, "sentence": SENTENCE}, at=70_000
    )


CHOICES = {CODES[0]: "yes", CODES[3]: "no", CODES[1]: "yes", CODES[4]: "abstain"}
"""The second Member came late and voted; the last two did not vote."""


def voted() -> list[Event]:
    """A ballot from `prepared` to `closed`, with another matter in between."""
    return [
        created(),
        event("recovered", {"epoch": 1, "incarnation": "i1", "reason": "first start"}, None),
        event("roll_changed", {"member": CODES[5], "suspended": True, "reason": "arrears"}, None),
        event("roll_changed", {"member": CODES[5], "suspended": False, "reason": "paid"}, None),
        event("presence_noted", {"arrived": CODES[:3], "left": []}, None),
        event("ballot_prepared", {"question": question(), "reruns": None}),
        event("ballot_prepared", {"question": question(), "reruns": None}, "b2"),
        announced(),
        event("ballot_opened", {"seconds": 30, "incarnation": "i1"}, at=10_000),
        event("ballot_suspended", {"reason": "point of order"}, at=20_000),
        event("ballot_resumed", {"reason": "resumed", "incarnation": "i1"}, at=30_000),
        event("last_call_rung", {}, at=40_000),
        event("roll_changed", {"member": CODES[6], "suspended": True, "reason": "later"}, None),
        closed(CHOICES),
    ]


def certified() -> list[Event]:
    """The same ballot to the end, with a correction."""
    return [
        *voted(),
        declared(CHOICES, present=6),
        event("ballot_certified", {"by": "operator:op"}),
        event(
            "ballot_corrected",
            {"text": "meant to vote no", "member": CODES[0], "intention": "no"},
        ),
        event("command_refused", {"command": "close", "code": "not_allowed_now"}, None),
    ]


def sealed(events: list[Event], key: Ed25519PrivateKey = KEY) -> tuple[Entry, ...]:
    return seal_all(GENESIS, [(each, bytes([at]) * 32) for at, each in enumerate(events)], key)


def checkpointed(entries: tuple[Entry, ...]) -> Checkpoint:
    return checkpoint_of(entries, "hall-1", T0 + 90_000, KEY)


def record_of(events: list[Event], ballot: str = "b1") -> dict[str, Any]:
    """The record of a ballot after these events."""
    entries = sealed(events)
    record = build_record(entries, ballot, checkpointed(entries))
    assert isinstance(record, dict), record
    return record


def check(record: dict[str, Any]) -> Sound | Unsound:
    """What `verify` says of a record."""
    return verify_record(json.dumps(record, ensure_ascii=False).encode())


def wrong(record: dict[str, Any]) -> str:
    """What `verify` finds wrong first; there has to be something."""
    verdict = check(record)
    assert isinstance(verdict, Unsound), verdict
    return verdict.what
