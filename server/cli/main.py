"""The command line: `hemicycle COMMAND`."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from scrutineer.options import add_scrutineer_options, scrutineer_options
from server.cli.bench.options import add_bench_options
from server.cli.options import add_serve_options, environment, serve_options

WHILE_LOADING: Final = 100_000
"""After so many new objects Python looks for garbage while a server is loaded: that is all kept,
and looking through it again and again, as it does after 700 by default, takes a tenth of a start.
An open hall has rules of its own (`Collecting`)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    parsed = _parser().parse_args(arguments)
    try:
        return _run(parsed)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has left, as `head` does.
        sys.stderr.close()
        return 141


def _run(parsed: argparse.Namespace) -> int:
    # Imported per command: `verify` on a bare machine needs neither Redis nor a terminal library.
    match parsed.command:
        case "serve":
            gc.set_threshold(WHILE_LOADING)
            from server.cli.serve import serve

            return serve(serve_options(parsed))
        case "backup":
            from server.cli.restore import backup

            return backup(serve_options(parsed), parsed.file)
        case "restore":
            from server.cli.restore import restore

            return restore(serve_options(parsed), parsed.reason)
        case "demo":
            from server.cli.demo import demo

            return demo(serve_options(parsed), robots=parsed.robots)
        case "seat":
            from kiosk_client.terminal import run_terminal

            return run_terminal(parsed.url, parsed.token, parsed.lang, parsed.card, parsed.key)
        case "scrutineer":
            from scrutineer.command import scrutineer

            return scrutineer(scrutineer_options(parsed))
        case "decide":
            from server.cli.decide import decide

            return decide(parsed.file, sys.stdout, sys.stderr)
        case "verify":
            from server.cli.verify import verify

            return verify(parsed.record, parsed.key, parsed.checkpoint, sys.stdout, sys.stderr)
        case "check-ballot":
            from server.cli.check_ballot import check_ballot

            return check_ballot(parsed.file, sys.stdout, sys.stderr)
        case "bench":
            from server.cli.bench.command import bench

            return bench(parsed)
        case command:
            raise AssertionError(f"no such command: {command}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hemicycle", description="Real-time in-hall electronic voting for assemblies."
    )
    parser.add_argument("--version", action="version", version=f"hemicycle {version('hemicycle')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="run a hall server")
    add_serve_options(serve)

    backup = commands.add_parser("backup", help="copy the journal's database while the hall works")
    backup.add_argument("file", type=Path, metavar="FILE", help="the copy, which must not exist")
    add_serve_options(backup)

    restore = commands.add_parser("restore", help="go on with a journal that was put back")
    restore.add_argument(
        "--reason", required=True, metavar="TEXT", help="why; it goes into the journal"
    )
    add_serve_options(restore)

    demo = commands.add_parser("demo", help="run a hall with robots in the seats")
    add_serve_options(demo)
    demo.add_argument(
        "--robots",
        type=int,
        default=None,
        metavar="N",
        help="how many seats have a robot (default: all)",
    )

    seat = commands.add_parser("seat", help="a seat in this terminal")
    seat.add_argument(
        "--url",
        default=environment("URL") or "ws://127.0.0.1:8400/ws/v1/kiosk",
        help="the hall's seat socket, or those of its servers with commas between (HEMICYCLE_URL)",
    )
    seat.add_argument(
        "--token",
        default=environment("SEAT_TOKEN"),
        required=environment("SEAT_TOKEN") is None,
        help="the seat's token, from the operator (HEMICYCLE_SEAT_TOKEN)",
    )
    seat.add_argument("--lang", choices=("en", "fr", "es", "ar"), default="en")
    seat.add_argument(
        "--card",
        type=Path,
        metavar="FILE",
        help="the text of the delegation's card, to vote with its key in secret ballots; "
        "its PIN is asked for (HEMICYCLE_CARD_PIN)",
    )
    seat.add_argument(
        "--key",
        metavar="FINGERPRINT",
        help="the fingerprint of the scrutineers' key, as their program shows it: "
        "secret votes are sealed for no other",
    )

    scrutineer = commands.add_parser(
        "scrutineer", help="a scrutineer's side of secret ballots, on a machine of its own"
    )
    add_scrutineer_options(scrutineer)

    decide = commands.add_parser("decide", help="decide cases given as JSON lines")
    decide.add_argument("file", metavar="FILE", help="cases, or - for standard input")

    verify = commands.add_parser("verify", help="check a record from the record alone")
    verify.add_argument("record", metavar="RECORD", help="the JSON record of a ballot")
    verify.add_argument("--key", metavar="FINGERPRINT", help="the hall's key, as it was given out")
    verify.add_argument("--checkpoint", metavar="FILE", help="a checkpoint or record saved earlier")

    check = commands.add_parser("check-ballot", help="check a secret ballot that a seat opened")
    check.add_argument(
        "file", metavar="FILE", help="what the seat revealed, or - for standard input"
    )

    bench = commands.add_parser("bench", help="measure this machine, beside a bare baseline")
    add_bench_options(bench)
    return parser


if __name__ == "__main__":
    sys.exit(main())
