"""Who holds a data directory, and which Redis was started in it.

Rule: locks are `flock` locks, which the system releases when their holder dies, however it
dies. `serve` holds one that its Redis does not inherit; its Redis holds another one for as long
as it lives, so that nobody starts a second Redis on the same files.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import stat
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Self

LONGEST_SOCKET_PATH: Final = 100
"""Bytes. The system allows 107 (`sun_path` in unix(7)); Redis binds nothing longer."""


class DirectoryInUse(Exception):
    """Another `serve` works in this data directory."""

    def __init__(self, directory: Path) -> None:
        super().__init__(
            f"another hall server works in {directory}: stop it first, or give another --data"
        )
        self.directory = directory


class FileLock:
    """An exclusive lock on a file, released when it is closed or its holders have died."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path) -> Self | None:
        """The lock, or None if somebody else has it. No child inherits it (close-on-exec)."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return cls(descriptor)

    @property
    def descriptor(self) -> int:
        """What to pass to a child that shall hold the lock, too."""
        return self._descriptor

    def close(self) -> None:
        """Give up our hold; a child that was given the lock keeps it."""
        os.close(self._descriptor)


@dataclass(frozen=True, slots=True)
class RedisRecord:
    """The Redis that was started in a directory.

    It is written before the start (without pid) and again after it, so that a server that dies
    in between still leaves the socket's path. `started` is the process's start time as the
    kernel gives it: a pid alone may belong to somebody else by now.
    """

    socket: str
    pid: int | None = None
    started: int | None = None

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """The record, or None if there is none that can be understood."""
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            return cls(str(fields["socket"]), fields["pid"], fields["started"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    @classmethod
    def prepare(cls, path: Path, socket: Path) -> None:
        """Note where a Redis is about to listen, and clear the place."""
        socket.unlink(missing_ok=True)
        cls(str(socket)).write(path)

    def write(self, path: Path) -> None:
        """Replace the record whole."""
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self)), encoding="utf-8")
        fresh.replace(path)

    def process(self) -> int | None:
        """The pid, if that very process still lives."""
        if self.pid is None or start_time(self.pid) != self.started:
            return None
        return self.pid


def start_time(pid: int) -> int | None:
    """When a process started, in clock ticks since boot (field 22 of proc(5) `stat`).

    None if there is no such process, or only its zombie.
    """
    try:
        stat_line = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The command's name, in parentheses, may itself contain spaces and parentheses.
    state, *fields = stat_line.rpartition(")")[2].split()
    return None if state == "Z" else int(fields[18])


def socket_path(directory: Path, earlier: RedisRecord | None) -> Path:
    """Where the Redis of `directory` listens: in it, or in a short private directory.

    The path that an earlier record names is used again if it is still private.
    """
    inside = directory / "redis.sock"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_PATH:
        return inside
    if earlier is not None and _is_private(Path(earlier.socket).parent):
        return Path(earlier.socket)
    return Path(tempfile.mkdtemp(prefix="hemicycle-")) / "redis.sock"


def forget_socket(directory: Path, socket: Path) -> None:
    """Remove a socket that nobody listens on, and the short directory made for it."""
    socket.unlink(missing_ok=True)
    if socket.parent != directory:
        with contextlib.suppress(OSError):  # somebody put something else there: leave it
            socket.parent.rmdir()


def _is_private(directory: Path) -> bool:
    try:
        found = directory.lstat()
    except OSError:
        return False
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return ours and stat.S_IMODE(found.st_mode) == 0o700
