"""The options of `hemicycle scrutineer`. Imports nothing heavy: every command reads them."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

PASSWORD: Final = ("HEMICYCLE_SCRUTINEER_PASSWORD",)
PASSPHRASE: Final = ("HEMICYCLE_SCRUTINEER_PASSPHRASE",)
OTHER_PASSPHRASE: Final = ("HEMICYCLE_SCRUTINEER_OTHER_PASSPHRASE",)

LEAST_BALLOTS: Final = 3
"""Fewer ballots than this are not opened: their sum would tell single votes."""


class Until(StrEnum):
    """What the program does before it ends by itself."""

    KEY = "key"
    LIST = "list"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class ScrutineerOptions:
    """How the program runs. `action` is `take-part`, `show`, `export` or `import`."""

    action: str
    other: Path | None
    hall: str
    user: str
    file: Path
    lang: str
    yes: bool
    until: Until | None
    least: int


def add_scrutineer_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `scrutineer`."""
    parser.add_argument(
        "action",
        nargs="?",
        default="take-part",
        choices=("take-part", "show", "export", "import"),
        metavar="ACTION",
        help="take-part (default): the ceremony, and every secret ballot of the sitting; "
        "show: what the file holds; export: a copy under another passphrase; import: from a copy",
    )
    parser.add_argument(
        "other", nargs="?", type=Path, metavar="COPY", help="the copy, for export and import"
    )
    parser.add_argument(
        "--hall",
        type=_address,
        default=_environment("HALL") or "http://127.0.0.1:8400",
        metavar="URL",
        help="the hall's address (default http://127.0.0.1:8400; HEMICYCLE_SCRUTINEER_HALL)",
    )
    parser.add_argument(
        "--user",
        default=_environment("USER") or "",
        metavar="NAME",
        help="your name in the hall (HEMICYCLE_SCRUTINEER_USER)",
    )
    parser.add_argument(
        "--file",
        type=Path,
        default=_environment("FILE"),
        metavar="FILE",
        help="your file (default scrutineer-NAME.json here; HEMICYCLE_SCRUTINEER_FILE)",
    )
    parser.add_argument("--lang", choices=("en", "fr", "es", "ar"), default="en")
    parser.add_argument(
        "--yes",
        action="store_true",
        help="ask nothing, answer yes: for rehearsals and tests. Password and passphrase come from "
        "HEMICYCLE_SCRUTINEER_PASSWORD and HEMICYCLE_SCRUTINEER_PASSPHRASE",
    )
    parser.add_argument(
        "--until",
        type=Until,
        choices=tuple(Until),
        default=None,
        metavar="POINT",
        help="end when the key is made (key), a list is signed (list), or a tally is opened "
        "(opening); without it, end with Ctrl-C",
    )
    parser.add_argument(
        "--least",
        type=_least,
        default=LEAST_BALLOTS,
        metavar="N",
        help=f"open no tally of fewer than N ballots ({LEAST_BALLOTS})",
    )


def scrutineer_options(parsed: argparse.Namespace) -> ScrutineerOptions:
    """The options as parsed."""
    user = parsed.user
    file = parsed.file or Path(f"scrutineer-{user or 'me'}.json")
    return ScrutineerOptions(
        action=parsed.action,
        other=parsed.other,
        hall=parsed.hall,
        user=user,
        file=file,
        lang=parsed.lang,
        yes=parsed.yes,
        until=parsed.until,
        least=parsed.least,
    )


def _environment(name: str) -> str | None:
    return os.environ.get(f"HEMICYCLE_SCRUTINEER_{name}") or None


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise argparse.ArgumentTypeError(f"{text!r} is no address: give https://HALL")
    return text.rstrip("/")


def _least(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 2:
        raise argparse.ArgumentTypeError("give a number from 2: one ballot alone is no secret")
    return int(text)
