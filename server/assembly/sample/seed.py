"""Draft entries for Members that a list does not have yet, from CLDR.

    python -m server.assembly.sample.seed TV SB > draft.toml

Rule: CLDR only seeds. Its names are not those of an international assembly ("Congo - Kinshasa"),
so every entry comes out with `approved = false`, and somebody corrects and approves it by hand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from babel import Locale

from server.assembly.sort_key import sort_key
from server.vocabulary import Language


def draft(code: str) -> str:
    """The entry of one territory as TOML. An unknown code is a `KeyError`."""
    names = {language: Locale(language.value).territories[code] for language in Language}
    keys = {language: sort_key(language, name) for language, name in names.items()}
    return "\n".join(
        (
            "[[members]]",
            f"code = {json.dumps(code)}",
            'region = "…"',
            f"names = {_inline(names)}",
            f"sort = {_inline(keys)}",
            "approved = false",
        )
    )


def _inline(texts: dict[Language, str]) -> str:
    pairs = (
        f"{language} = {json.dumps(text, ensure_ascii=False)}" for language, text in texts.items()
    )
    return "{ " + ", ".join(pairs) + " }"


def main(codes: Sequence[str]) -> int:
    """Write the drafts; say which codes CLDR does not know."""
    unknown = [code for code in codes if code not in Locale("en").territories]
    if unknown or not codes:
        sys.stderr.write(f"give ISO 3166-1 alpha-2 codes; not known: {' '.join(unknown) or '-'}\n")
        return 2
    sys.stdout.write("\n\n".join(draft(code) for code in codes) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
