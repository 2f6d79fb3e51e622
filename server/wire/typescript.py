"""TypeScript for the screens, written from the wire models: `python -m server.wire.typescript`.

Rule: nothing that travels is typed twice. Enumerations, frames, views, bodies and close codes
come from the Python modules; `--check` fails when the committed file is not what they give.
What the hall sends has every field (the serialization schema); what a client sends may leave out
fields that have a default (the validation schema). Discriminators are always required.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
from collections.abc import Iterator
from enum import Enum, IntEnum, StrEnum
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

from server import vocabulary
from server.wire import close_codes, console_views, http, messages, scrutiny, views

TARGET = Path(__file__).parent / "ts" / "types.ts"
COMMAND = "python -m server.wire.typescript"

OPTIONAL = frozenset(
    {
        "Hello",
        "HeldReceipt",
        "Press",
        "SealedBallot",
        "Accredit",
        "SignalFrame",
        "HandOverFrame",
        "SetLanguage",
        "Problem",
        "Receipt",
    }
)
"""Frames of clients; the receipt, which is of a vote or of a sealed one; and the problem document,
whose members RFC 9457 makes optional."""

Schema = dict[str, Any]
Class = TypeVar("Class")


def render() -> str:
    """The whole file, always the same for the same models."""
    parts = [f"// Written by `{COMMAND}` from server/vocabulary.py and server/wire. Do not edit.\n"]
    parts += [_enumeration(enum) for enum in _classes(vocabulary, StrEnum)]
    parts += [_board()]
    parts += [_codes(enum) for enum in _classes(close_codes, IntEnum)]
    parts += [f"export const PROTOCOL = {messages.PROTOCOL};\n"]
    for module in (views, console_views, messages, http, scrutiny):
        parts += [_interface(model) for model in _classes(module, BaseModel) if model.model_fields]
    parts += [_union(name, members) for name, members in _unions(messages)]
    return "\n".join(parts)


def is_current(target: Path = TARGET) -> bool:
    """Whether the file is what the models give."""
    return target.exists() and target.read_text(encoding="utf-8") == render()


def _classes(module: ModuleType, kind: type[Class]) -> Iterator[type[Class]]:
    """The classes of a kind that a module defines itself, in the order of its text."""
    for value in vars(module).values():
        if (
            inspect.isclass(value)
            and issubclass(value, kind)
            and value.__module__ == module.__name__
        ):
            yield value


def _unions(module: ModuleType) -> Iterator[tuple[str, list[str]]]:
    """The unions of frames that a module names, with the names of their members."""
    for name, value in vars(module).items():
        if get_origin(value) is not Annotated:
            continue
        members = get_args(get_args(value)[0])
        if members and all(inspect.isclass(m) and issubclass(m, BaseModel) for m in members):
            yield name, [member.__name__ for member in members]


def _comment(text: str | None) -> str:
    if not text:
        return ""
    lines = inspect.cleandoc(text).splitlines()
    if len(lines) == 1:
        return f"/** {lines[0]} */\n"
    return "/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */\n"


def _constant(name: str) -> str:
    """`OutcomeKind` → `OUTCOME_KIND`."""
    return "".join(f"_{c}" if c.isupper() and i else c for i, c in enumerate(name)).upper()


def _enumeration(enum: type[Enum]) -> str:
    values = ", ".join(json.dumps(member.value) for member in enum)
    constant = f"{_constant(enum.__name__)}_VALUES"
    return (
        f"{_comment(enum.__doc__)}export const {constant} = [{values}] as const;\n"
        f"export type {enum.__name__} = (typeof {constant})[number];\n"
    )


def _board() -> str:
    marks = ", ".join(f"{c.value}: {json.dumps(m)}" for c, m in vocabulary.BOARD_MARK.items())
    return (
        "/** The characters of a board: one a Member, in the order of `GET /members`. */\n"
        f"export const BOARD_MARK = {{ {marks} }} as const;\n"
        f"export const BOARD_VOTED = {json.dumps(vocabulary.BOARD_VOTED)};\n"
        f"export const BOARD_NOT_VOTED = {json.dumps(vocabulary.BOARD_NOT_VOTED)};\n"
    )


def _codes(enum: type[IntEnum]) -> str:
    rows = "".join(f"  {member.name}: {member.value},\n" for member in enum)
    return f"{_comment(enum.__doc__)}export const {enum.__name__} = {{\n{rows}}} as const;\n"


def _interface(model: type[BaseModel]) -> str:
    name = model.__name__
    loose = name in OPTIONAL or issubclass(model, http.Request)
    mode: JsonSchemaMode = "validation" if loose else "serialization"
    schema = model.model_json_schema(mode=mode, ref_template="{model}")
    required = set(schema.get("required", ())) | {
        key for key, field in schema["properties"].items() if "const" in field
    }
    rows = "".join(
        f"  {key}{'' if key in required else '?'}: {_type(field)};\n"
        for key, field in schema["properties"].items()
    )
    return f"{_comment(model.__doc__)}export interface {name} {{\n{rows}}}\n"


def _union(name: str, members: list[str]) -> str:
    return f"export type {name} = {' | '.join(members)};\n"


def _type(schema: Schema) -> str:
    """One JSON schema as a TypeScript type. An unknown kind of schema is an error, not `any`."""
    match schema:
        case {"$ref": str(name)}:
            return name
        case {"const": value}:
            return json.dumps(value)
        case {"enum": list(values)}:
            return " | ".join(json.dumps(value) for value in values)
        case {"anyOf": list(options)} | {"oneOf": list(options)}:
            return " | ".join(dict.fromkeys(_type(option) for option in options))
        case {"allOf": [only]}:
            return _type(only)
        case {"type": "array", "items": items}:
            item = _type(items)
            return f"({item})[]" if "|" in item else f"{item}[]"
        case {"type": "object", "additionalProperties": True}:
            return "Record<string, unknown>"
        case {"type": "object", "additionalProperties": dict(values)}:
            return f"Record<string, {_type(values)}>"
        case {"type": "integer" | "number"}:
            return "number"
        case {"type": "string" | "boolean" | "null" as plain}:
            return str(plain)
        case _ if not set(schema) - {"title", "description", "default"}:
            return "unknown"
        case _:
            raise ValueError(f"no TypeScript for this schema: {schema}; add it to _type")


def main(arguments: list[str] | None = None) -> int:
    """Write the file, or with `--check` say whether it is current."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 if stale")
    if not parser.parse_args(arguments).check:
        TARGET.write_text(render(), encoding="utf-8")
        return 0
    if is_current():
        return 0
    sys.stderr.write(f"{TARGET.name} is not what the models give: run {COMMAND}\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
