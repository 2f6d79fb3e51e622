"""Archives that say what they should not, yet are well written: every hash and link is right.

The writer is its own, so that it also checks the one that it imitates.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from server.secrecy.archive import Contents

Event = tuple[str, Sequence[str]]
"""A type, and the payloads that stand before the event; the last is the one it refers to."""


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def events_of(contents: Contents) -> list[Event]:
    """The events of an archive, to be changed."""
    texts = (contents.election, contents.trustees, contents.credentials)
    names = ("election", "trustees", "credentials")
    setup = compact(dict(zip(names, map(sha256, texts), strict=True)))
    events: list[Event] = [("Setup", (*texts, setup))]
    events += [("Ballot", (each,)) for each in contents.ballots]
    if contents.tally is not None:
        events.append(("EndBallots", ()))
        events.append(("EncryptedTally", (contents.tally.text, contents.tally.sized)))
    for each in contents.decryptions:
        owned = compact({"owner": each.owner, "payload": sha256(each.text)})
        events.append(("PartialDecryption", (each.text, owned)))
    if contents.result is not None:
        events.append(("Result", (contents.result,)))
    return events


def forge(began: int, events: Sequence[Event]) -> bytes:
    """The archive of these events."""
    files = [("BELENIOS", compact({"version": 1, "timestamp": str(began)}))]
    parent: str | None = None
    for height, (kind, payloads) in enumerate(events):
        files += [(f"{sha256(each)}.data.json", each) for each in payloads]
        event = {"parent": parent, "height": height, "type": kind}
        if parent is None:
            del event["parent"]
        if payloads:
            event["payload"] = sha256(payloads[-1])
        parent = sha256(compact(event))
        files.append((f"{parent}.event.json", compact(event)))
    return b"".join(_record(name, text.encode(), began) for name, text in files)


def _record(name: str, body: bytes, at: int) -> bytes:
    def header(check: bytes) -> bytes:
        told = name.encode().ljust(100, b"\0")
        told += b"0000644\0" + b"0000000\0" * 2
        told += b"%011o\0" % len(body) + b"%011o\0" % at
        return (told + check + b"0").ljust(512, b"\0")

    blank = header(b" " * 8)
    padded = body.ljust(-(-len(body) // 512) * 512, b"\0")
    return header(b"%06o\0 " % sum(blank)) + padded
