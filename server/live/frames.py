"""The frames of views, written once for all who are shown the same."""

from __future__ import annotations

from collections.abc import Callable

from server.hall.state import epoch_text
from server.live.console_frame import console_frame
from server.live.kiosk_frames import KioskFrames, kiosk_frames
from server.live.projection import display_view
from server.live.snapshot import Snapshot
from server.live.wording import Wording
from server.vocabulary import Role
from server.wire.messages import DisplayViewFrame


class Frames:
    """Writes the frames of one hall."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._seats: tuple[tuple[object, ...], KioskFrames] | None = None
        """What writes the seats' frames, and the very objects that it was made from."""

    def of_screen(self, snapshot: Snapshot, console: bool, role: Role) -> bytes:
        """What a screen of this kind and role is shown."""
        epoch, seq = epoch_text(snapshot.state), snapshot.revision
        if console:
            return console_frame(self._wording, snapshot, epoch, seq)
        view = display_view(self._wording, snapshot, role)
        return DisplayViewFrame(epoch=epoch, seq=seq, view=view).model_dump_json().encode()

    def of_seats(
        self, made_from: tuple[object, ...], snapshot: Callable[[], Snapshot]
    ) -> KioskFrames:
        """What writes the seats' frames now; thousands that come back at once share it.

        `made_from` is all that a seat's view is made from, the very objects; the snapshot, which
        takes long while seats come in, is asked for when one of them is another.
        """
        known = self._seats
        if known is None or any(a is not b for a, b in zip(known[0], made_from, strict=True)):
            now = snapshot()
            write = kiosk_frames(self._wording, now, epoch_text(now.state), now.revision)
            known = self._seats = (made_from, write)
        return known[1]
