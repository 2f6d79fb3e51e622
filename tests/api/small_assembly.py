"""An assembly file of nine Members, so that every one of them can be called by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from server.assembly.sample import load_sample

CODES = ("AT", "BR", "CI", "DE", "EG", "FR", "JP", "NA", "SE")
SUSPENDED = "NA"


def write_assembly(
    directory: Path,
    *,
    two_person: tuple[str, ...] = (),
    quorum: bool = False,
    codes: tuple[str, ...] = CODES,
    suspended: str = SUSPENDED,
    agenda: tuple[tuple[str, str, str], ...] = (),
    rulebook: str = "interpol",
    weights: Mapping[str, Mapping[str, int]] | None = None,
    officers: tuple[tuple[str, str], ...] = (),
) -> Path:
    """The file. `suspended` may not vote; France has two seats; a quorum is half of the Members.

    `agenda` lists items by number, kind and decision type; `weights` are those of each Member.
    """
    head = {name: f"Assembly ({name})" for name in ("en", "fr", "es", "ar")}
    lines = ["[assembly]", 'id = "small"', f"name = {_table(head)}", f'rulebook = "{rulebook}"']
    lines += ["[settings]", f"two_person = {json.dumps(list(two_person))}"]
    if quorum:
        lines.append('quorum = { of = [1, 2], at_least = true, of_whom = "members" }')
    known = {member.code: member for member in load_sample().members}
    for code in codes:
        member = known[code]
        lines += [
            "[[members]]",
            f'code = "{code}"',
            f'region = "{member.region}"',
            f"names = {_table(member.names.as_json())}",
            f"sort = {_table(member.sort_keys.as_json())}",
            f"suspended = {'true' if code == suspended else 'false'}",
        ]
        own = (weights or {}).get(code, {})
        if own:
            lines.append("weights = { " + ", ".join(f"{w} = {n}" for w, n in own.items()) + " }")
    for code in (*codes, "FR"):
        number = 2 if f'id = "{code}-1"' in lines else 1
        lines += ["[[seats]]", f'id = "{code}-{number}"', f'member = "{code}"']
    for decision, member_code in officers:
        lines += ["[[officers]]", f'decision = "{decision}"', f'member = "{member_code}"']
    for item, kind, decision in agenda:
        title = {name: f"Item {item} ({name})" for name in ("en", "fr", "es", "ar")}
        lines += ["[[agenda]]", f'number = "{item}"', f"title = {_table(title)}"]
        lines += [f'kind = "{kind}"', f'decision = "{decision}"']
    path = directory / "assembly.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _table(texts: dict[str, str]) -> str:
    return "{ " + ", ".join(f"{key} = {json.dumps(text)}" for key, text in texts.items()) + " }"
