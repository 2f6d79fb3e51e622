"""A database of no version, or of an older one, is brought up to date.

Rule: the steps are Alembic's, in `migrations/versions`; all of them succeed or none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection

MIGRATIONS: Final = Path(__file__).parent / "migrations"


class CannotMigrate(Exception):
    """The database is at a step that this program does not know."""


def settings() -> Config:
    """Alembic's settings, which need no file."""
    config = Config()
    # A percent sign in a path would be read as an interpolation.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def migrate(connection: Connection) -> None:
    """Run the steps that are missing, in the connection's transaction. Raises `CannotMigrate`."""
    config = settings()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise CannotMigrate(str(error)) from error
