"""The tables of what lasts, as the queries see them.

Rule: the tables are made by the migrations, never from here; a test compares the two. Hashes are
hex text, everything that was hashed or signed is kept as the bytes that it was.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, MetaData, String, Table

METADATA: Final = MetaData()

ENTRIES: Final = Table(
    "entries",
    METADATA,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("prev_hash", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("unique_key", String(255), nullable=True, unique=True),
)
"""The journal. `prev_hash` is unique: two entries can never follow the same one."""

COMMANDS: Final = Table(
    "commands",
    METADATA,
    Column("key", String(255), primary_key=True),
    Column("actor", String(255), primary_key=True),
    Column("body_hash", String(64), nullable=False),
    Column("seq", BigInteger, ForeignKey("entries.seq"), nullable=False),
    Column("subject", String(255), nullable=True),
)
"""What was journaled under an Idempotency-Key: `seq` is the last entry of the command."""

HIGH_WATER: Final = Table(
    "high_water",
    METADATA,
    Column("ballot", String(255), primary_key=True),
    Column("incarnation", String(255), nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("chain", String(64), nullable=False),
    Column("revision", BigInteger, nullable=False),
)
"""How far the box of each ballot is known to have been."""

PHOTOS: Final = Table(
    "photos",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("media_type", String(32), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("width", BigInteger, nullable=False),
    Column("height", BigInteger, nullable=False),
)
"""Candidates' photos."""

USERS: Final = Table(
    "users",
    METADATA,
    Column("name", String(255), primary_key=True),
    Column("password_hash", String(255), nullable=False),
    Column("role", String(32), nullable=False, index=True),
)
"""Who signs in with a password."""

TOKENS: Final = Table(
    "tokens",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("role", String(32), nullable=False),
    Column("user_name", String(255), nullable=True, index=True),
    Column("seat", String(255), nullable=True, index=True),
    Column("member", String(255), nullable=True),
    Column("expires_at", BigInteger, nullable=True),
)
"""Who a token speaks for, by the SHA-256 of the token."""
