"""The roll as CSV, one row a Member.

Rule: UTF-8 with a byte order mark, since spreadsheets guess wrong without it; CRLF and quotes as
in RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from typing import Final

from server.record.exports.content import Record, Row, paper_in, rows_of
from server.vocabulary import Language

COLUMNS: Final = (
    "ballot",
    "member",
    "region",
    *(f"name_{language.value}" for language in Language),
    "status",
    "choice",
    "n",
    "code",
    "mode",
    "tracker",
)

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def as_csv(record: Record) -> bytes:
    """The CSV file of a record."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    mode = record["question"]["mode"]
    writer.writerows(
        [*_cells(record["id"], row), mode, row.tracker or ""] for row in rows_of(record)
    )
    return text.getvalue().encode("utf-8-sig")


def _cells(ballot: str, row: Row) -> list[str]:
    cells = [
        ballot,
        row.member,
        row.region,
        *(row.names[language.value] for language in Language),
        row.status.value,
        paper_in(row),
        "" if row.n is None else str(row.n),
        row.code or "",
    ]
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
