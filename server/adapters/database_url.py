"""The URL of a database, as it is given.

Rule: what cannot be meant is refused in words that say what can, and never repeated: it may hold a
password.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode

from sqlalchemy import exc
from sqlalchemy.engine import URL, make_url

POSTGRES_PORT: Final = 5432


class DatabaseUnfit(Exception):
    """The database cannot be used as it is; the message says what to do about it."""


def database_url(given: str) -> URL:
    """The URL with the driver that this program uses.

    Takes `sqlite:///FILE` and `postgresql://…` with or without a driver's name, and there several
    hosts as libpq does, `HOST:PORT,HOST:PORT`: whichever takes writes is used. Anything else is a
    `DatabaseUnfit` that says so.
    """
    try:
        url = make_url(_with_hosts_apart(given))
    except (exc.ArgumentError, ValueError):
        # The text is not repeated: it may hold a password.
        raise DatabaseUnfit(
            "the database URL cannot be read: use sqlite:///FILE, postgresql://USER@HOST/NAME, "
            "or postgresql://USER@HOST:PORT,HOST:PORT/NAME for a pair"
        ) from None
    match url.drivername:
        case "sqlite" | "sqlite+aiosqlite":
            if url.database in (None, "", ":memory:"):
                raise DatabaseUnfit("SQLite needs a file, as in sqlite:////var/lib/hemicycle/db")
            return url.set(drivername="sqlite+aiosqlite")
        case "postgresql" | "postgres" | "postgresql+psycopg":
            return url.set(drivername="postgresql+psycopg")
        case other:
            raise DatabaseUnfit(
                f"the database {other!r} is not supported: use sqlite:///FILE or postgresql://…"
            )


def _with_hosts_apart(given: str) -> str:
    """The URL as SQLAlchemy reads several hosts, if it names some (libpq, "Connection URIs")."""
    scheme, _, rest = given.partition("://")
    rest, _, options = rest.partition("?")
    authority, _, name = rest.partition("/")
    login, at, hosts = authority.rpartition("@")
    if "," not in hosts:
        return given
    each = [_host_and_port(host) for host in hosts.split(",")]
    told = {
        "target_session_attrs": "read-write",  # of a pair, the standby takes no writes
        **dict(parse_qsl(options)),
        "host": ",".join(host for host, _ in each),
        "port": ",".join(str(port) for _, port in each),
    }
    return f"{scheme}://{login}{at}/{name}?{urlencode(told)}"


def _host_and_port(text: str) -> tuple[str, int]:
    """HOST, HOST:PORT or [IPV6]:PORT. Raises ValueError where the port is no number."""
    host, _, port = text.removeprefix("[").partition("]:" if "]" in text else ":")
    return unquote(host.removesuffix("]")), int(port or POSTGRES_PORT)
