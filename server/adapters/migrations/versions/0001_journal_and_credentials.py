"""The journal, its idempotency keys and high-water marks; users and tokens.

The journal is append-only in the database itself: a trigger refuses to change or delete an
entry, so that a mistaken statement by hand cannot break the chain unnoticed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "entries",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("unique_key", sa.String(255), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("prev_hash"),
        sa.UniqueConstraint("hash"),
        sa.UniqueConstraint("unique_key"),
    )
    op.create_table(
        "commands",
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("actor", sa.String(255), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(255), nullable=True),
        sa.PrimaryKeyConstraint("key", "actor"),
        sa.ForeignKeyConstraint(["seq"], ["entries.seq"]),
    )
    op.create_table(
        "high_water",
        sa.Column("ballot", sa.String(255), nullable=False),
        sa.Column("incarnation", sa.String(255), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("ballot"),
    )
    op.create_table(
        "users",
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index("ix_users_role", "users", ["role"])
    op.create_table(
        "tokens",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("user_name", sa.String(255), nullable=True),
        sa.Column("seat", sa.String(255), nullable=True),
        sa.Column("member", sa.String(255), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("ix_tokens_user_name", "tokens", ["user_name"])
    op.create_index("ix_tokens_seat", "tokens", ["seat"])
    if op.get_context().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER entries_refuse_{deed.lower()} BEFORE {deed} ON entries "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION entries_are_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER entries_refuse_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON entries "
            "FOR EACH STATEMENT EXECUTE FUNCTION entries_are_append_only()"
        )


def downgrade() -> None:
    """Refused: going back would throw the journal away."""
    raise RuntimeError("the first migration has no way back: it would delete the journal")
