"""The options of the command line, each also an environment variable `HEMICYCLE_…`."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class WebSockets(StrEnum):
    """Who reads and writes the frames of the sockets."""

    PICOWS = "picows"
    """The fast one."""
    STOCK = "stock"
    """Uvicorn's own, with `websockets`: several times the CPU, nothing but its public parts."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How a hall server runs. None for redis and database means: its own, in `data`."""

    host: str
    port: int
    data: Path
    redis: str | None
    database: str | None
    assembly: Path | None
    public_url: str | None
    signing_key: Path | None
    tls_certificate: Path | None
    tls_key: Path | None
    """None where the certificate's file holds it."""
    wait_replicas: int | None
    websockets: WebSockets
    max_connections: int
    """How many seats and screens at once."""
    proof_workers: int | None
    operator_password: str | None


def environment(name: str) -> str | None:
    """The value of `HEMICYCLE_NAME`, or None where it is unset or empty."""
    return os.environ.get(f"HEMICYCLE_{name}") or None


def add_serve_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `serve`."""
    parser.add_argument(
        "--host",
        default=environment("HOST") or "127.0.0.1",
        help="address to listen on (default 127.0.0.1; HEMICYCLE_HOST)",
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=environment("PORT") or "8400",
        help="port to listen on, 0 for any (default 8400; HEMICYCLE_PORT)",
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=environment("DATA") or "data",
        metavar="DIR",
        help="the hall's data directory (default ./data; HEMICYCLE_DATA)",
    )
    parser.add_argument(
        "--redis",
        default=environment("REDIS"),
        metavar="URL",
        help="a Redis or Valkey of your own, or redis+sentinel://HOST:PORT,…/NAME;"
        " without it, one is run in DIR (HEMICYCLE_REDIS)",
    )
    parser.add_argument(
        "--database",
        default=environment("DATABASE"),
        metavar="URL",
        help="postgresql://… or sqlite:///FILE (default SQLite in DIR; HEMICYCLE_DATABASE)",
    )
    parser.add_argument(
        "--assembly",
        type=Path,
        default=environment("ASSEMBLY"),
        metavar="FILE",
        help="the assembly, for a new DIR (default the sample assembly; HEMICYCLE_ASSEMBLY)",
    )
    parser.add_argument(
        "--public-url",
        default=environment("PUBLIC_URL"),
        metavar="URL",
        help="the address that tablets reach the hall by, for QR codes (HEMICYCLE_PUBLIC_URL)",
    )
    parser.add_argument(
        "--signing-key",
        type=Path,
        default=environment("SIGNING_KEY"),
        metavar="FILE",
        help="the hall's key, the same for all its servers"
        " (default signing-key.pem in DIR; HEMICYCLE_SIGNING_KEY)",
    )
    parser.add_argument(
        "--tls-certificate",
        type=Path,
        default=environment("TLS_CERTIFICATE"),
        metavar="FILE",
        help="speak TLS with this certificate chain (PEM), without a proxy in front;"
        " SIGHUP reads it anew (HEMICYCLE_TLS_CERTIFICATE)",
    )
    parser.add_argument(
        "--tls-key",
        type=Path,
        default=environment("TLS_KEY"),
        metavar="FILE",
        help="its key (PEM, no password; default in the certificate's file; HEMICYCLE_TLS_KEY)",
    )
    parser.add_argument(
        "--wait-replicas",
        type=_count,
        default=environment("WAIT_REPLICAS"),
        metavar="N",
        help="replicas that must have a vote before its receipt"
        " (default 1 with Sentinel, else 0; HEMICYCLE_WAIT_REPLICAS)",
    )
    parser.add_argument(
        "--max-connections",
        type=_some,
        default=environment("MAX_CONNECTIONS") or "20000",
        metavar="N",
        help="seats and screens at once; more are told to come back (HEMICYCLE_MAX_CONNECTIONS)",
    )
    parser.add_argument(
        "--websockets",
        type=WebSockets,
        choices=list(WebSockets),
        default=environment("WEBSOCKETS") or WebSockets.PICOWS,
        help="who reads and writes frames: picows, or the slower stock (HEMICYCLE_WEBSOCKETS)",
    )
    parser.add_argument(
        "--proof-workers",
        type=_some,
        default=environment("PROOF_WORKERS"),
        metavar="N",
        help="processes that check secret ballots (default the cores but one; "
        "HEMICYCLE_PROOF_WORKERS)",
    )


def serve_options(parsed: argparse.Namespace) -> ServeOptions:
    """The options as parsed; the first operator's password comes from the environment only."""
    return ServeOptions(
        host=parsed.host,
        port=parsed.port,
        data=Path(parsed.data),
        redis=parsed.redis,
        database=parsed.database,
        assembly=None if parsed.assembly is None else Path(parsed.assembly),
        public_url=parsed.public_url,
        signing_key=None if parsed.signing_key is None else Path(parsed.signing_key),
        tls_certificate=None if parsed.tls_certificate is None else Path(parsed.tls_certificate),
        tls_key=None if parsed.tls_key is None else Path(parsed.tls_key),
        wait_replicas=parsed.wait_replicas,
        websockets=WebSockets(parsed.websockets),
        max_connections=int(parsed.max_connections),
        proof_workers=None if parsed.proof_workers is None else int(parsed.proof_workers),
        operator_password=environment("OPERATOR_PASSWORD"),
    )


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number: give 0 or more")
    return int(text)


def _some(text: str) -> int:
    if _count(text) == 0:
        raise argparse.ArgumentTypeError("give 1 or more")
    return _count(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 0 to 65535")
    return int(text)
