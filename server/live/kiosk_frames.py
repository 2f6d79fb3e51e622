"""The frames of the seats' views, written for thousands of seats at once.

Rule: a frame says what `KioskProjection.view` says, no more and no less (a test compares them).
What all seats share is written once a turn; each seat costs only its own few fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import orjson
from pydantic import BaseModel

from server.assembly.remembered import remembered
from server.live.kiosk_projection import kiosk_projection
from server.live.snapshot import Snapshot
from server.live.wording import Wording
from server.vocabulary import Language
from server.wire.views import Texts

KioskFrames = Callable[[str, str, Language], bytes]
"""(seat, Member, language) → that seat's frame."""


def kiosk_frames(wording: Wording, snapshot: Snapshot, epoch: str, seq: int) -> KioskFrames:
    """What writes the frame of any seat in this snapshot."""
    projection = kiosk_projection(wording, snapshot)
    names = _written(projection.names)
    head: bytes | None = None
    shared = b""

    def frame(seat: str, member: str, lang: Language) -> bytes:
        nonlocal head, shared
        own, of_ballot = projection.own(seat, member, lang), projection.own_of_ballot(member)
        if head is None:
            view = projection.view(seat, member, lang)
            head = b'{"type":"view","epoch":%b,"seq":%d,"view":%b' % (
                _json(epoch),
                seq,
                view.model_dump_json(exclude={"ballot", *own}).encode()[:-1],
            )
            if projection.ballot is not None:
                shared = projection.ballot.model_dump_json(exclude=set(of_ballot)).encode()
        if member in names:
            own["name"] = names[member]
        ballot = _joined(shared, of_ballot) if shared else b"null"
        return b'%b,"ballot":%b,%b}' % (head, ballot, _json(own)[1:])

    return frame


@remembered
def _written(names: Mapping[str, Texts]) -> dict[str, orjson.Fragment]:
    return {member: orjson.Fragment(name.model_dump_json()) for member, name in names.items()}


def _joined(shared: bytes, own: dict[str, object]) -> bytes:
    """Two objects of JSON, neither of them empty, as one."""
    return b"%b,%b" % (shared[:-1], _json(own)[1:])


def _json(value: object) -> bytes:
    return orjson.dumps(value, default=_plain)


def _plain(model: object) -> object:
    if isinstance(model, BaseModel):
        return model.model_dump(mode="json")
    raise TypeError(f"{type(model)} has no place in a view")
