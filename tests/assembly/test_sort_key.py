"""Sort keys: the order of names in four languages."""

from __future__ import annotations

import pytest

from server.assembly.sort_key import sort_key
from server.vocabulary import Language

EN, FR, ES, AR = Language


@pytest.mark.parametrize(
    ("language", "name", "key"),
    [
        (EN, "Gambia (the)", "gambia"),
        (EN, "The Bahamas", "bahamas"),
        (EN, "Thailand", "thailand"),
        (EN, "Netherlands (Kingdom of the)", "netherlands kingdom of the"),
        (FR, "Égypte", "egypte"),
        (FR, "Maroc (le)", "maroc"),
        (FR, "Côte d’Ivoire", "cote d ivoire"),
        (ES, "Líbano (el)", "libano"),
        (ES, "El Salvador", "el salvador"),
        (AR, "الأرجنتين", "ارجنتين"),
        (AR, "ألبانيا", "البانيا"),
        (AR, "عُمان", "عمان"),
        (AR, "الجمهورية الدومينيكية", "جمهوريه دومينيكيه"),
    ],
)
def test_key(language: Language, name: str, key: str) -> None:
    assert sort_key(language, name) == key


def test_spanish_enye_follows_every_n() -> None:
    names = ["Nz", "Ña", "Na", "Oa"]
    ordered = sorted(names, key=lambda name: sort_key(ES, name))
    assert ordered == ["Na", "Nz", "Ña", "Oa"]
