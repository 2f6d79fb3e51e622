"""The stranger's program that checks our secret ballots: `belenios-tool`, a package of Debian.

`python -m tests.belenios` sees that there is one, and says exactly what to run where it cannot.
The program is run in tests only; nothing of the hall needs it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAME = "belenios-tool"


def install() -> None:
    """Install it by apt-get where we may."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"== Installing {NAME} (apt-get)", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", NAME], check=False)


def main() -> int:
    """See that it is there; returns the exit status."""
    if shutil.which(NAME) is None:
        install()
    if shutil.which(NAME) is None:
        print(
            f"The tests of secret ballots need it. Run: sudo apt-get install {NAME}",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
