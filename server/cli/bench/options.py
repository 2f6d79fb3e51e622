"""The options of `hemicycle bench`. Imports nothing heavy: every command reads them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

ALL: Final = "all"

HELP: Final = {
    "press": "all seats press within one second",
    "fanout": "N screens, and the count changes ten times a second",
    "reconnect": "N seats come back after the server died",
    "board": "a full board of N Members",
    "secret": "the arithmetic of N secret ballots: sealing, admission, proofs, opening",
    ALL: "all of these",
}


def add_bench_options(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands of `bench` and their options."""
    subjects = parser.add_subparsers(dest="subject", required=True, metavar="SUBJECT")
    for name, text in HELP.items():
        one = subjects.add_parser(name, help=text)
        one.add_argument(
            "--seats",
            type=_sizes,
            default=(196,),
            metavar="N,…",
            help="sizes of the hall, or numbers of screens (default 196)",
        )
        one.add_argument(
            "--seconds",
            type=_positive,
            default=None,
            metavar="S",
            help="length of a measured stretch (default: 1 for presses, 5 for views)",
        )
        one.add_argument(
            "--repeat", type=_count, default=3, metavar="K", help="runs; medians are told (3)"
        )
        one.add_argument(
            "--generators", type=_count, default=1, metavar="G", help="load generator processes (1)"
        )
        one.add_argument(
            "--displays",
            type=_whole,
            default=2,
            metavar="D",
            help="hall displays during presses (2)",
        )
        one.add_argument(
            "--consoles", type=_whole, default=1, metavar="C", help="consoles during presses (1)"
        )
        one.add_argument(
            "--rate", type=_positive, default=10.0, metavar="HZ", help="changes a second (10)"
        )
        one.add_argument(
            "--settle", type=_positive, default=1.5, metavar="S", help="rest before a stretch (1.5)"
        )
        one.add_argument(
            "--slow-disk",
            type=_positive,
            default=None,
            metavar="MS",
            help="`press` only: each fsync of Redis takes so much longer (needs strace)",
        )
        one.add_argument(
            "--tls", action="store_true", help="speak TLS with the hall, not with what is bare"
        )
        one.add_argument(
            "--replicas",
            type=_whole,
            default=0,
            metavar="R",
            help="a Redis with so many replicas, which a receipt waits for (0)",
        )
        one.add_argument(
            "--servers",
            type=_count,
            default=1,
            metavar="N",
            help="`press` only: servers of one hall, on one Redis and one --database (1)",
        )
        one.add_argument(
            "--database",
            default=None,
            metavar="URL",
            help="`press` only: an empty PostgreSQL database, which is filled and emptied again",
        )
        one.add_argument("--json", type=Path, default=None, metavar="FILE", help="write JSON here")


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_count(part.strip()) for part in text.split(",")))


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 99_999:
        raise argparse.ArgumentTypeError(f"{text!r}: give a whole number from 1 to 99999")
    return int(text)


def _whole(text: str) -> int:
    return 0 if text == "0" else _count(text)


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 3600:
        raise argparse.ArgumentTypeError(f"{text!r}: give a number above 0")
    return value
