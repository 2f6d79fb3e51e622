"""The roll as CSV, one row a Member.

Rule: UTF-8 with a byte order mark, since spreadsheets guess wrong without it; CRLF and quotes as
in RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe in front. Who
voted for whom, by which delegate, and what votes weigh has columns where a ballot has it.
"""

from __future__ import annotations

import csv
import io
from typing import Final

from server.record.exports.content import Record, Row, paper_in, rows_of, weights_in
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
    rows = rows_of(record)
    weights = weights_in(rows)
    beside = [name for name in ("by", "delegates") if any(getattr(row, name) for row in rows)]
    writer.writerow([*COLUMNS, *beside, *(_plain(f"weight_{name}") for name in weights)])
    mode = record["question"]["mode"]
    for row in rows:
        told = {"by": row.by or "", "delegates": "; ".join(row.delegates)}
        cells = [*_cells(record["id"], row), mode, row.tracker or ""]
        cells += [_plain(told[name]) for name in beside]
        writer.writerow([*cells, *(row.weights.get(name, 0) for name in weights)])
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
    return [_plain(cell) for cell in cells]


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
