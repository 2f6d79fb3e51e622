"""The built screens and the Members' flags, as static files.

Rule: a screen loads nothing from elsewhere, and says so in its Content-Security-Policy; the page
that checks a ballot talks to nobody at all. Hashed assets are cached for good, pages never: a stale
page with a vote on it must not appear. Thousands of tablets may come at once, so what the build has
packed is sent as it is to whoever takes that.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
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


FOR_GOOD: Final = "public, max-age=31536000, immutable"
NEVER: Final = "no-store"
FOR_A_DAY: Final = "public, max-age=86400"
"""A flag's address stays when a country changes it."""

_GZIP: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
"""Gzip among the encodings of RFC 9110, section 12.5.3; with a weight of 0 it is not taken."""

FLAGS_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

PACKED: Final = (".js", ".css", ".svg")
"""What the build packs beside the file itself, as `FILE.gz`."""


def _policy(connections: str) -> str:
    return (
        f"default-src 'self'; img-src 'self' data:; connect-src {connections}; "
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


class Folder(StaticFiles):
    """A folder of such files, under this content policy; what has no hash is cached so long."""

    def __init__(self, folder: Path, policy: str, cached: str) -> None:
        super().__init__(directory=folder, html=True)
        self._policy = policy
        self._cached = cached

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with the hall's headers."""
        response = await self._packed(path, scope) or await super().get_response(path, scope)
        response.headers.update(HEADERS)
        response.headers["Content-Security-Policy"] = self._policy
        response.headers["Cache-Control"] = FOR_GOOD if "/assets/" in f"/{path}" else self._cached
        if path.endswith(PACKED):
            response.headers["Vary"] = "Accept-Encoding"
        return response

    async def _packed(self, path: str, scope: Scope) -> Response | None:
        """The file as the build has packed it, if it has and the client takes that."""
        accepted = Headers(scope=scope).get("accept-encoding", "")
        if not path.endswith(PACKED) or not _GZIP.search(accepted):
            return None
        try:
            response = await super().get_response(f"{path}.gz", scope)
        except HTTPException:
            return None  # whatever is wrong with it, the file itself may do
        response.headers["Content-Encoding"] = "gzip"
        return response


def screen_routes(folder: Path) -> list[BaseRoute]:
    """The routes of the screens that are built, and a plain word about those that are not."""
    routes: list[BaseRoute] = [
        Route("/", lambda _: RedirectResponse("/console/")),
    ]
    for name in SCREENS:
        if (folder / name / "index.html").is_file():
            policy = _policy("'none'" if name in SILENT else "'self' ws: wss:")
            routes.append(Mount(f"/{name}", Folder(folder / name, policy, NEVER)))
        else:
            routes.append(Route(f"/{name}/", _not_built))
    if (folder / "flags").is_dir():
        routes.append(Mount("/flags", Folder(folder / "flags", FLAGS_POLICY, FOR_A_DAY)))
    return routes


async def _not_built(_: object) -> Response:
    return PlainTextResponse(
        "This screen is not built. Run `make screens`, then reload.", status_code=503
    )
