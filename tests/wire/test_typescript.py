"""The screens' types are what the wire models give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.vocabulary import Phase, Scene
from server.wire import typescript
from server.wire.close_codes import CloseCode


def test_the_committed_file_is_current() -> None:
    assert typescript.is_current(), f"run {typescript.COMMAND}"


def test_a_changed_file_is_found(tmp_path: Path) -> None:
    stale = tmp_path / "types.ts"
    assert not typescript.is_current(stale)
    stale.write_text(typescript.render().replace("seq: number", "seq: string"), encoding="utf-8")
    assert not typescript.is_current(stale)
    stale.write_text(typescript.render(), encoding="utf-8")
    assert typescript.is_current(stale)


def interface(name: str) -> str:
    found = re.search(rf"export interface {name} {{\n(.*?)}}", typescript.render(), re.DOTALL)
    assert found is not None, name
    return found.group(1)


@pytest.mark.parametrize(
    ("name", "discriminator"),
    [
        ("Hello", "hello"),
        ("Press", "press"),
        ("SetLanguage", "lang"),
        ("Welcome", "welcome"),
        ("DisplayViewFrame", "view"),
        ("Receipt", "receipt"),
        ("Refused", "refused"),
        ("Beat", "beat"),
    ],
)
def test_discriminators_are_required(name: str, discriminator: str) -> None:
    assert f'  type: "{discriminator}";\n' in interface(name)


def test_the_hall_sends_every_field_and_a_client_may_leave_out_defaults() -> None:
    assert "?:" not in interface("DisplayBallot")
    assert "  token?: string;\n" in interface("Hello")
    assert "  ballot: string;\n" in interface("Press")


def test_enumerations_and_codes_are_whole() -> None:
    text = typescript.render()
    phases = ", ".join(f'"{phase.value}"' for phase in Phase)
    scenes = ", ".join(f'"{scene.value}"' for scene in Scene)
    assert f"PHASE_VALUES = [{phases}] as const" in text
    assert f"SCENE_VALUES = [{scenes}] as const" in text
    for code in CloseCode:
        assert f"  {code.name}: {code.value},\n" in text


def test_a_schema_that_has_no_type_is_an_error() -> None:
    with pytest.raises(ValueError, match="add it to _type"):
        typescript._type({"type": "object", "patternProperties": {}})
