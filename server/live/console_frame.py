"""The frame of the console's view, with the rows of its seats written once.

Rule: it says what `console_view` says, no more and no less (a test compares them).
"""

from __future__ import annotations

from server.live.console_view import view_with
from server.live.seat_lines import seat_lines, written
from server.live.snapshot import Snapshot
from server.live.wording import Wording
from server.wire.messages import ConsoleViewFrame


def console_frame(wording: Wording, snapshot: Snapshot, epoch: str, seq: int) -> bytes:
    """What every console is sent in this snapshot."""
    lines = seat_lines(snapshot)
    view = view_with(wording, snapshot, lines, [])
    frame = ConsoleViewFrame(epoch=epoch, seq=seq, view=view)
    head = frame.model_dump_json(exclude={"view": {"seats"}}).encode()
    # The view is the frame's last field, and an object that is not empty.
    return b'%b,"seats":[%b]}}' % (head[:-2], written(lines))
