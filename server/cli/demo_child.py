"""A program of the demonstration: it ends when the demonstration does, however that ends.

Rule: the demonstration ends its programs itself when it can. One that was killed cannot, so each
looks whether its parent is still the one that started it, and ends in its own way when it is not.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from typing import Final

LOOK_SECONDS: Final = 0.5


def program(*arguments: str) -> Sequence[str]:
    """The command line that runs `hemicycle` with these arguments as a child of this process."""
    return (sys.executable, "-m", "server.cli.demo_child", str(os.getpid()), *arguments)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    from server.cli.main import main  # which knows of the demonstration, and that of this

    threading.Thread(target=_end_with, args=(int(sys.argv[1]),), daemon=True).start()
    sys.exit(main(sys.argv[2:]))
