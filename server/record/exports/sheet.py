"""The record as a printed sheet: PDF/A-3b by Typst, with the signed record inside.

Rule: the same record gives the same bytes: the date is the closing time, and only the fonts that
come with the program are used. Texts from the record are passed as data and never as markup.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typst
from babel.dates import format_datetime

from server.assembly.assembly import Digits
from server.locales.speech import Speech
from server.record.exports.content import (
    Record,
    Row,
    assembly_in,
    candidates_in,
    names_nobody,
    rows_of,
    sorted_for,
    title_in,
    weighed,
)
from server.vocabulary import Choice, Language, Mode, Phase, RollStatus

_HERE: Final = Path(__file__).parent
_TEMPLATE: Final = _HERE / "sheet.typ"
_FONTS: Final = _HERE / "fonts"

_EASTERN_DIGITS: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

_WITHOUT_VOTE: Final = {
    RollStatus.NOT_VOTED: "none",
    RollStatus.ABSENT: "absent",
    RollStatus.SUSPENDED: "suspended",
}
"""The last part of the message ids for Members without a vote."""

_SAID_PHASES: Final = frozenset({Phase.CANCELLED, Phase.VOID})


def as_pdf(record: Record, languages: Sequence[Language], speech: Speech) -> bytes:
    """The sheet in these languages, each beginning on a new page.

    It takes about a second of one core: call it in a thread.
    """
    moment = _moment(record)
    content = typst.compile(
        str(_TEMPLATE),
        root=str(_HERE),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="a-3b",
        timestamp=moment,
        sys_inputs={
            "sheets": json.dumps([sheet_of(record, language, speech) for language in languages]),
            "title": title_in(record, languages[0]),
            "record": json.dumps(record, ensure_ascii=False, separators=(",", ":")),
        },
    )
    if not isinstance(content, bytes):
        raise TypeError("a PDF is one file")
    return content


def sheet_of(record: Record, language: Language, speech: Speech) -> dict[str, Any]:
    """Everything that the template prints in one language, as texts."""
    question = record["question"]
    rows = rows_of(record)
    names = {row.member: row.names[language.value] for row in rows}
    return {
        "lang": language.value,
        "assembly": record["hall"]["name"][language.value],
        "heading": speech.say(language, "sheet-title"),
        "title": title_in(record, language),
        "document": question["document"],
        "mode": speech.say(language, f"mode-{question['mode'].replace('_', '-')}"),
        "test": speech.say(language, "hall-test") if question["test"] else None,
        "phase": _phase(record, language, speech),
        "sentence": (record["sentence"] or {}).get(language.value),
        "closed": speech.say(language, "sheet-closed", {"time": _time(record, language)}),
        "bars": _bars(record, rows, language, speech),
        "head": [speech.say(language, f"sheet-{each}") for each in ("member", "vote", "code")],
        "rows": [
            [_name(row, language), _told(row, record, names, speech, language), row.code or ""]
            for row in sorted_for(rows, language)
            if row.status is not RollStatus.UNNAMED
        ],
        "corrections": [
            _correction(each, rows, language, speech) for each in record["corrections"]
        ],
        "foot": [
            *_foot_of_secret(record, language, speech),
            speech.say(
                language, "sheet-key", {"fingerprint": _isolated(record["hall"]["fingerprint"])}
            ),
            speech.say(
                language,
                "sheet-head",
                {
                    "head": _isolated(record["checkpoint"]["head"]),
                    "size": record["checkpoint"]["size"],
                },
            ),
            speech.say(language, "sheet-attached"),
        ],
    }


def _phase(record: Record, language: Language, speech: Speech) -> str | None:
    """What a reader must see first: that no decision stands. Else None."""
    phase = Phase(record["phase"])
    if phase not in _SAID_PHASES:
        return None
    reason = next((line["reason"] for line in reversed(record["history"]) if line["reason"]), "")
    word = speech.say(language, f"phase-{phase.value}")
    return f"{word} — {reason}" if reason else word


def _bars(
    record: Record, rows: Sequence[Row], language: Language, speech: Speech
) -> list[dict[str, Any]]:
    """Label, number and length of each bar; none for what was adopted without a vote."""
    if record["question"]["mode"] == Mode.CONSENSUS.value or record["counts"] is None:
        return []
    if "election" in record:
        return _paper_bars(record, rows, language, speech)
    statuses = Counter(row.status for row in rows)
    numbers = [(choice.value, record["counts"][choice.value]) for choice in Choice]
    if names_nobody(record):
        numbers.append(("invalid", record["tally"]["invalid"]))
        numbers.append(("none", record["turnout"]["entitled"] - record["turnout"]["voted"]))
        numbers.append(("suspended", statuses[RollStatus.SUSPENDED]))
    else:
        numbers += [(word, statuses[status]) for status, word in _WITHOUT_VOTE.items()]
    longest = max((n for _, n in numbers), default=0) or 1
    return [
        {
            "kind": word,
            "label": speech.say(language, f"count-{word}", {"n": n}),
            "number": _figure(record, n, language),
            "permille": n * 1000 // longest,
        }
        for word, n in numbers
    ]


def _paper_bars(
    record: Record, rows: Sequence[Row], language: Language, speech: Speech
) -> list[dict[str, Any]]:
    """The candidates with their votes, who is elected in another colour, then the other papers."""
    elected = (record["result"] or {}).get("elected", ())
    numbers = [
        ("yes" if each in elected else "suspended", name, record["counts"][each])
        for each, name in candidates_in(record, language).items()
    ]
    numbers.append(("abstain", speech.say(language, "sheet-blank"), record["election"]["blank"]))
    if record["election"]["invalid"]:
        n = record["election"]["invalid"]
        numbers.append(("invalid", speech.say(language, "count-invalid", {"n": n}), n))
    silent = record["turnout"]["entitled"] - record["turnout"]["voted"]
    numbers.append(("none", speech.say(language, "count-none", {"n": silent}), silent))
    longest = max((n for _, _, n in numbers), default=0) or 1
    return [
        {
            "kind": kind,
            "label": label,
            "number": _figure(record, n, language),
            "permille": n * 1000 // longest,
        }
        for kind, label, n in numbers
    ]


def _name(row: Row, language: Language) -> str:
    """A Member, with who voted for it where its delegates are named."""
    name = row.names[language.value]
    return f"{name} ({', '.join(row.delegates)})" if row.delegates else name


def _told(
    row: Row, record: Record, names: Mapping[str, str], speech: Speech, language: Language
) -> str:
    """A Member's vote, what it weighs in this ballot, and which Member cast it for this one."""
    told = _vote(row, record, language, speech)
    labels = {
        part["weight"]: part["label"][language.value]
        for part in record["question"].get("parts", ())
    }
    for weight in weighed(record, [row]):
        figure = _figure(record, row.weights[weight], language)
        told += f" · {labels.get(weight) or weight} {figure}"
    if row.by is not None:
        told += f" · {speech.say(language, 'sheet-by', {'name': names.get(row.by, row.by)})}"
    return told


def _vote(row: Row, record: Record, language: Language, speech: Speech) -> str:
    if isinstance(row.choice, list):
        names = candidates_in(record, language)
        return ", ".join(names[each] for each in row.choice) or speech.say(language, "sheet-blank")
    if row.status is RollStatus.VOTED and row.choice is None:
        in_secret = record["question"]["mode"] == Mode.SECRET.value
        return speech.say(language, "sheet-voted-in-secret" if in_secret else "sheet-voted")
    word = row.choice if row.status is RollStatus.VOTED else _WITHOUT_VOTE[row.status]
    return speech.say(language, f"choice-{word}")


def _foot_of_secret(record: Record, language: Language, speech: Speech) -> list[str]:
    """Of a secret ballot: which election it is in the archive, and who opened it."""
    secret = record.get("secret")
    if secret is None or not secret["opened"]:
        return []
    figures = {
        "names": ", ".join(secret["opened"]),
        "fingerprint": _isolated(secret["fingerprint"]),
    }
    not_taken = secret["refused"] + len(secret.get("turned_away", ()))
    return [
        speech.say(language, "sheet-opened", figures),
        *([speech.say(language, "sheet-turned-away", {"n": not_taken})] if not_taken else []),
    ]


def _correction(
    correction: dict[str, Any], rows: Sequence[Row], language: Language, speech: Speech
) -> str:
    names = {row.member: row.names[language.value] for row in rows}
    member, intention = correction["member"], correction["intention"]
    parts = [speech.say(language, "sheet-correction")]
    if member is not None:
        parts.append(names.get(member, member))
    parts.append(correction["text"])
    text = " — ".join(parts)
    if intention is None:
        return text
    known = intention in {choice.value for choice in Choice}
    choice = speech.say(language, f"choice-{intention}") if known else intention
    return f"{text} ({speech.say(language, 'sheet-intention', {'choice': choice})})"


def _moment(record: Record) -> datetime:
    """The closing time; for what was never closed, the time of its last event."""
    at = record["closed_at"] or record["history"][-1]["at"]
    return datetime.fromtimestamp(at // 1000, UTC)


def _time(record: Record, language: Language) -> str:
    """The closing time where the assembly meets, with the zone's name."""
    zone, name = _zone(record["hall"]["time_zone"])
    local = _moment(record).astimezone(zone)
    return f"{format_datetime(local, 'd MMMM y, HH:mm:ss', locale=language.value)} ({name})"


def _isolated(text: str) -> str:
    """Digits and hyphens as they are, left to right, in a line of Arabic (UAX #9, isolates)."""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def _zone(name: str) -> tuple[tzinfo, str]:
    try:
        return ZoneInfo(name), name
    except ZoneInfoNotFoundError:
        # A machine without the time zone database; the sheet says which zone it shows.
        return UTC, "UTC"


def _figure(record: Record, n: int, language: Language) -> str:
    """A count in the digits that the assembly has chosen for Arabic."""
    eastern = assembly_in(record).settings.digits is Digits.ARAB
    return str(n).translate(_EASTERN_DIGITS) if eastern and language is Language.AR else str(n)
