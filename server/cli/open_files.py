"""How many connections this process may hold: each is an open file.

Rule: what the system does not allow is not promised. The soft limit is raised as far as needed;
if the hard one is too low, fewer connections are taken, and the log says so.
"""

from __future__ import annotations

import logging
import resource
from typing import Final

log = logging.getLogger("hemicycle.serve")

SPARE: Final = 256
"""Files besides the sockets of seats and screens: stores, logs, requests over HTTP."""


def connections_possible(wanted: int) -> int:
    """How many of so many connections can be held, with the soft limit raised for them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + SPARE
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return wanted
    most = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
    if most < needed:
        log.warning(
            "the system allows %d open files: %d connections are taken, not %d (ulimit -Hn %d)",
            *(most, most - SPARE, wanted, needed),
        )
    return max(1, most - SPARE)
