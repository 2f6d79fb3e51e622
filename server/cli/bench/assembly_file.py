"""An assembly of any size, as the file that `serve --assembly` reads."""

from __future__ import annotations

LANGUAGES = ("en", "fr", "es", "ar")


def member_code(index: int) -> str:
    """The code of the Member with this index, from 0."""
    return f"M{index:05d}"


def assembly_text(members: int) -> str:
    """The TOML of an assembly of so many Members, one seat each, without a quorum."""
    parts = [
        "[assembly]",
        'id = "bench"',
        f"name = {_texts('Bench')}",
        'rulebook = "interpol"',
    ]
    for index in range(members):
        parts += [
            "[[members]]",
            f'code = "{member_code(index)}"',
            'region = "europe"',
            f"names = {_texts(f'Member {index}')}",
        ]
    return "\n".join(parts) + "\n"


def _texts(text: str) -> str:
    return "{ " + ", ".join(f'{language} = "{text}"' for language in LANGUAGES) + " }"
