"""The built screens, as static files.

Rule: a screen loads nothing from elsewhere, and says so in its Content-Security-Policy; the page
that checks a ballot talks to nobody at all. Hashed assets are cached for good, pages never: a stale
page with a vote on it must not appear.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

SCREENS: Final = ("console", "chair", "display", "kiosk", "check")

SILENT: Final = frozenset({"check"})
"""Screens that keep what they are given to themselves."""

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def _policy(connections: str) -> str:
    return (
        f"default-src 'self'; img-src 'self' data:; connect-src {connections}; "
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


class Screen(StaticFiles):
    """One screen's folder."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(directory=folder / name, html=True)
        self._policy = _policy("'none'" if name in SILENT else "'self' ws: wss:")

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with the hall's headers."""
        response = await super().get_response(path, scope)
        response.headers.update(HEADERS)
        response.headers["Content-Security-Policy"] = self._policy
        hashed = "/assets/" in f"/{path}"
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if hashed else "no-store"
        )
        return response


def screen_routes(folder: Path) -> list[BaseRoute]:
    """The routes of the screens that are built, and a plain word about those that are not."""
    routes: list[BaseRoute] = [
        Route("/", lambda _: RedirectResponse("/console/")),
    ]
    for name in SCREENS:
        if (folder / name / "index.html").is_file():
            routes.append(Mount(f"/{name}", Screen(folder, name)))
        else:
            routes.append(Route(f"/{name}/", _not_built))
    return routes


async def _not_built(_: object) -> Response:
    return PlainTextResponse(
        "This screen is not built. Run `make screens`, then reload.", status_code=503
    )
