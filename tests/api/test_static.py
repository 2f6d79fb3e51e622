"""The screens' files: found, packed for whoever takes that, and cached as long as they may be."""

from __future__ import annotations

import gzip
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from server.api.static import screen_routes

SCRIPT = b"let seats = [];\n" * 200
FLAG = b"<svg xmlns='http://www.w3.org/2000/svg'/>" * 50


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Screens as the build leaves them."""
    (tmp_path / "kiosk/assets").mkdir(parents=True)
    (tmp_path / "flags").mkdir()
    (tmp_path / "kiosk/index.html").write_text("<!doctype html>")
    for path, content in (("kiosk/assets/index-1.js", SCRIPT), ("flags/fr.svg", FLAG)):
        (tmp_path / path).write_bytes(content)
        (tmp_path / f"{path}.gz").write_bytes(gzip.compress(content))
    return tmp_path


def client(folder: Path, accepts: str = "gzip, deflate") -> httpx.AsyncClient:
    app = Starlette(routes=screen_routes(folder))
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://hall",
        headers={"Accept-Encoding": accepts},
    )


async def test_a_page_is_never_kept(folder: Path) -> None:
    async with client(folder) as hall:
        page = await hall.get("/kiosk/")
        assert page.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
        assert "Content-Encoding" not in page.headers


async def test_a_script_is_packed_and_kept_for_good(folder: Path) -> None:
    async with client(folder) as hall:
        script = await hall.get("/kiosk/assets/index-1.js")
        assert script.content == SCRIPT
        assert script.headers["Content-Encoding"] == "gzip"
        assert int(script.headers["Content-Length"]) < len(SCRIPT) / 10
        assert "javascript" in script.headers["Content-Type"]
        assert script.headers["Vary"] == "Accept-Encoding"
        assert "immutable" in script.headers["Cache-Control"]
        again = {"If-None-Match": script.headers["ETag"]}
        assert (await hall.get("/kiosk/assets/index-1.js", headers=again)).status_code == 304


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br, gzip; q=0.0, deflate"])
async def test_who_takes_nothing_packed_has_the_file_itself(folder: Path, accepted: str) -> None:
    async with client(folder, accepted) as hall:
        script = await hall.get("/kiosk/assets/index-1.js")
        assert script.content == SCRIPT
        assert "Content-Encoding" not in script.headers
        assert script.headers["Vary"] == "Accept-Encoding"


async def test_what_is_not_packed_is_there_all_the_same(folder: Path) -> None:
    (folder / "kiosk/assets/index-1.js.gz").unlink()
    async with client(folder) as hall:
        assert (await hall.get("/kiosk/assets/index-1.js")).content == SCRIPT


async def test_a_flag_is_a_picture_that_can_do_nothing(folder: Path) -> None:
    async with client(folder) as hall:
        flag = await hall.get("/flags/fr.svg")
        assert flag.content == FLAG
        assert flag.headers["Content-Type"] == "image/svg+xml"
        assert flag.headers["Cache-Control"] == "public, max-age=86400"
        assert "default-src 'none'" in flag.headers["Content-Security-Policy"]
        assert (await hall.get("/flags/zz.svg")).status_code == 404


async def test_a_screen_that_is_not_built_says_so(folder: Path) -> None:
    async with client(folder) as hall:
        answer = await hall.get("/display/")
        assert answer.status_code == 503
        assert "make screens" in answer.text
