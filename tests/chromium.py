"""The browser of the page tests: the machine's Chromium, Playwright's, or the package manager's.

`python -m tests.chromium` sees that there is one, and says exactly what to run where it cannot.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""No network but to the hall, and no sandbox, since tests may run as root in a container."""


def find() -> Path | None:
    """The browser to use, or None."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    with sync_playwright() as playwright:
        downloaded = Path(playwright.chromium.executable_path)
    return downloaded if downloaded.exists() else None


def install() -> Path | None:
    """Install a browser: by apt-get where we may, else Playwright's own."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("== Installing Chromium (apt-get)", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
        if (found := find()) is not None:
            return found
    print("== Downloading Chromium (playwright)", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return find()


def main() -> int:
    """See that there is a browser; returns the exit status."""
    if find() is None and install() is None:
        print("The page tests need Chromium. Run: sudo apt-get install chromium", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
