"""What the machine must allow before a bench begins.

Rule: a bench that cannot succeed is refused at once, with the remedy.
"""

from __future__ import annotations

import resource

from server.cli.bench.failure import BenchFailed

SPARE = 256
"""Files that a server or generator has open besides its connections."""


def allow_connections(connections: int) -> None:
    """See that a process may hold so many connections, raising the soft limit if it can.

    The limit is inherited by the processes that the bench starts. Raises BenchFailed.
    """
    needed = connections + SPARE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise BenchFailed(
            f"{connections} connections need {needed} open files, the limit is {hard}: "
            f"raise it (ulimit -Hn {needed}, as root) or give fewer --seats"
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
