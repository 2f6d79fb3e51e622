"""`hemicycle verify RECORD`: check a record, and say what was checked or the first thing wrong.
An archive of a secret ballot (`.bel`) is checked by itself.

Rule: nothing but the files that are named is read. Text from a record is printed without control
characters, for a record comes from anywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, TextIO

from server.record.sealed import is_archive
from server.record.verify import Sound, Unsound, verify_record
from server.secrecy.strict import SoundArchive, UnsoundArchive, verify_archive
from server.vocabulary import Choice, OutcomeKind

HOLDS: Final = 0
WRONG: Final = 1

LARGEST_RECORD: Final = 256 * 1024 * 1024
"""Bytes. A sitting of days in a hall of 10,000 stays under a tenth of it."""

_OUTCOMES: Final = {
    OutcomeKind.ADOPTED: "adopted",
    OutcomeKind.NOT_ADOPTED: "not adopted",
    OutcomeKind.TIE: "a tie",
    OutcomeKind.SECOND_VOTE: "a second vote may be taken",
    OutcomeKind.CASTING_VOTE: "the Chair has the casting vote",
    OutcomeKind.NO_QUORUM: "no decision for lack of a quorum",
    OutcomeKind.CONSENSUS: "adopted without a vote",
    OutcomeKind.COUNTED: "counted, decides nothing",
    OutcomeKind.ELECTED: "every place is filled",
    OutcomeKind.NEXT_ROUND: "a further round",
    OutcomeKind.TIE_BALLOT: "a tie: a ballot between those who are tied",
    OutcomeKind.LOTS: "a tie: lots are drawn",
    OutcomeKind.ASK: "a tie: the Chair decides",
}


def verify(path: str, key: str | None, checkpoint: str | None, out: TextIO, err: TextIO) -> int:
    """Check the record at `path`; returns the exit status: 0 if it holds, 1 if anything is wrong.

    `key` is the fingerprint of the hall's key, `checkpoint` the path of a checkpoint (or record)
    that was saved earlier.
    """
    record = _read(path)
    if isinstance(record, str):
        return _refuse(record, err)
    if is_archive(record):
        return _verify_archive(record, out, err)
    saved = None if checkpoint is None else _read(checkpoint)
    if isinstance(saved, str):
        return _refuse(saved, err)
    match verify_record(record, key, saved):
        case Unsound(what):
            print(_plain(f"WRONG: {what}", err), file=err)
            return WRONG
        case Sound() as sound:
            for line in _summary(sound):
                print(_plain(line, out), file=out)
            return HOLDS


def _verify_archive(raw: bytes, out: TextIO, err: TextIO) -> int:
    """Check a secret ballot's archive alone: its arithmetic, not who held the vote."""
    match verify_archive(raw):
        case UnsoundArchive(what):
            print(_plain(f"WRONG: {what}", err), file=err)
            return WRONG
        case SoundArchive(contents=contents, election=election, trustees=trustees, opened=opened):
            result = "not opened yet"
            if opened is not None:
                told = zip(election.question.answers, opened.counts, strict=True)
                result = ", ".join(f"{answer} {n}" for answer, n in told)
                result += f", blank {opened.blank}" if election.question.blank else ""
            for line in (
                f"OK: archive of the election {election.fingerprint}: {election.question.question}",
                f"sealed ballots: {len(contents.ballots)}, all signed and proved",
                f"result: {result}",
                f"key: any {trustees.threshold} of {len(trustees.signing_keys)} trustees"
                + ("" if trustees.bound else ", who did not sign with whom they made it (2.0)"),
                "not checked: who holds which credential; the ballot's record tells that",
            ):
                print(_plain(line, out), file=out)
            return HOLDS


def _read(path: str) -> bytes | str:
    """The file's bytes, or in words why they cannot be had."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST_RECORD + 1)
    except OSError as problem:
        return f"{path}: {problem.strerror}; give the file of a record"
    except ValueError as problem:
        return f"{path!r}: {problem}; give the file of a record"
    if len(content) > LARGEST_RECORD:
        return f"{path}: larger than {LARGEST_RECORD >> 20} MiB; this is not a record"
    return content


def _refuse(why: str, err: TextIO) -> int:
    print(_plain(f"hemicycle verify: {why}", err), file=err)
    return WRONG


def _summary(sound: Sound) -> list[str]:
    portrait = sound.portrait
    checkpoint = sound.checkpoint
    title = _title(portrait["question"]["title"])
    lines = [
        f"OK: ballot {portrait['id']}, {portrait['phase']}: {title}",
        f"taken as: {portrait['question']['mode']}",
        _result(portrait),
        f"roll: {_roll(portrait)}",
        f"signer: {sound.fingerprint}",
        "signer authenticated: this is the key that was given"
        if sound.authenticated
        else "signer not authenticated: compare the fingerprint with the hall's, or give --key",
        f"checkpoint: {checkpoint.size} entries, head {checkpoint.head}, root {checkpoint.root}",
    ]
    if sound.earlier is not None:
        lines.append(f"continues the saved checkpoint of {sound.earlier} entries")
    lines.extend(
        f"countersigned by {each.name} (key not authenticated)"
        for each in checkpoint.countersignatures
    )
    lines.extend(f"not recomputed: {each}" for each in sound.not_recomputed)
    return lines


def _title(title: dict[str, str | None]) -> str:
    return next((text for text in title.values() if text), "without a title")


def _result(portrait: dict[str, object]) -> str:
    match portrait:
        case {"result": {"outcome": outcome, "base": base, "needed": needed}, "counts": counts}:
            said = _OUTCOMES[OutcomeKind(str(outcome))]
            if not isinstance(counts, dict):
                return f"result: {said}"
            needs = "" if base is None else f"; needed {needed} of {base}"
            return f"result: {said}; {_counts(counts)}{needs}"
        case {"counts": dict() as counts}:
            return f"result: none stands; {_counts(counts)}"
        case _:
            return "result: none"


def _counts(counts: dict[str, object]) -> str:
    if Choice.YES.value not in counts:
        return ", ".join(f"{name} {n}" for name, n in counts.items())
    return (
        f"{counts[Choice.YES.value]} in favour, {counts[Choice.NO.value]} against, "
        f"{counts[Choice.ABSTAIN.value]} abstaining"
    )


def _roll(portrait: dict[str, object]) -> str:
    match portrait["turnout"]:
        case {"voted": voted, "present": present, "entitled": entitled, "members": members}:
            return (
                f"{members} Members, {entitled} entitled to vote, {present} present, {voted} voted"
            )
        case _:
            return "not frozen: the ballot was not announced"


def _plain(text: str, stream: TextIO) -> str:
    """The text as this stream can show it, with nothing that moves a terminal's cursor."""
    shown = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
    encoding = stream.encoding or "utf-8"
    return shown.encode(encoding, "backslashreplace").decode(encoding)
