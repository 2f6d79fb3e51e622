"""The first place where two JSON values differ.

Rule: types count: 1, true and "1" are three values. The place is given as a path such as
`roll[3].choice`.
"""

from __future__ import annotations

from typing import Any

from server.rules.reading import joined, shown


def first_difference(given: Any, computed: Any, path: str = "") -> str | None:
    """Where `given` departs from what was computed, in words, or None if it does not."""
    if isinstance(given, dict) and isinstance(computed, dict):
        for key, value in computed.items():
            if key not in given:
                return f"{joined(path, key)}: missing; computed {shown(value)}"
            difference = first_difference(given[key], value, joined(path, key))
            if difference is not None:
                return difference
        strange = next((key for key in given if key not in computed), None)
        return None if strange is None else f"{joined(path, shown(strange))}: not part of it"
    if isinstance(given, list) and isinstance(computed, list):
        for at, (one, other) in enumerate(zip(given, computed, strict=False)):
            difference = first_difference(one, other, f"{path}[{at}]")
            if difference is not None:
                return difference
        if len(given) != len(computed):
            return f"{path}: {len(given)} entries; computed {len(computed)}"
        return None
    if type(given) is not type(computed) or given != computed:
        return f"{path}: says {shown(given)}; computed {shown(computed)}"
    return None
