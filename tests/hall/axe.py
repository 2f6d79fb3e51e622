"""What axe finds on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # no stubs
from playwright.sync_api import Page


def violations(page: Page, within: str = "") -> list[tuple[str, Sequence[Any]]]:
    """Rule and places."""
    context = {"include": [[within]]} if within else None
    # Of what it finds right it tells one example a rule: all of them take as long as the checks.
    options = {"resultTypes": ["violations"]}
    results = Axe().run(page, context=context, options=options)
    return [
        (found["id"], [node["target"] for node in found["nodes"]])
        for found in results.response["violations"]
    ]
