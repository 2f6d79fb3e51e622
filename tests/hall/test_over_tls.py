"""A tablet in a real browser, at a hall that speaks TLS itself."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from server.cli.bench.certificate import write_certificate
from tests.hall.tablets import Tablets
from tests.halls import HallProcess, Operator

pytestmark = pytest.mark.browser


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[HallProcess]:
    file = write_certificate(tmp_path / "hall.pem")
    hall = HallProcess(tmp_path / "data", "--tls-certificate", str(file))
    hall.tls = ssl.create_default_context(cafile=file)
    yield hall.start()
    assert hall.stop() == 0
    assert "Traceback" not in hall.log()


def test_a_vote_is_cast_and_shown(encrypted: HallProcess, browser: Browser) -> None:
    operator, tablets = Operator(encrypted), Tablets(encrypted, browser)
    issued = operator.http.post("/seats/tokens", json={"members": ["FR"]}).json()
    ballot = operator.open(disclosure="counts")
    page = tablets.blank(ignore_https_errors=True)
    requests: list[str] = []
    page.on("websocket", lambda socket: requests.append(socket.url))
    tablets.go(page, issued[0]["token"])
    page.locator("button[data-choice=yes]").click()
    expect(page.locator("[data-lit=yes]")).to_be_visible()
    assert requests == [f"wss://127.0.0.1:{encrypted.port}/ws/v1/kiosk"]
    assert page.evaluate("isSecureContext")
    operator.command(ballot, "close")
    operator.command(ballot, "declare")
    assert operator.ballot(ballot)["view"]["counts"]["yes"] == 1
    assert tablets.errors == []
    tablets.close()
    operator.close()
