"""A request for a WebSocket is read without `websockets` only where that would read the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.api.upgrade import Upgrade

USUAL = {
    "Host": "hall:8000",
    "Upgrade": "websocket",
    "Connection": "keep-alive, Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
    "Origin": "https://hall",
}

PIECES = [
    *("upgrade", "Upgrade", "websocket", "WebSocket", "keep-alive", "close", "h2c", "13", "8", "0"),
    *("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZQ==", "****************************"),
    *(",", " ,", ", ", ";", " ", "\t", "=", '"', "é", "\0", "\x7f", "x" * 30, ""),
]
NAMES = [*USUAL, "Content-Length", "Transfer-Encoding", "Sec-WebSocket-Protocol", "X-More", "b d"]


def request(fields: list[tuple[str, str]], target: str = "/ws/v1/kiosk?a=b") -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return f"GET {target} HTTP/1.1\r\n{lines}\r\n".encode("latin-1")


values = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
changes = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=3)
more = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=2)
left_out = st.sets(st.sampled_from(list(USUAL)), max_size=1)


@settings(max_examples=1_000)
@given(changes, more, left_out, st.sampled_from(["/", "/ws/v1/kiosk?x=%20", "*", "/a b", "/é"]))
def test_what_is_usual_is_taken_by_websockets_and_reads_the_same(
    changed: list[tuple[str, str]], twice: list[tuple[str, str]], without: set[str], target: str
) -> None:
    fields = [(k, v) for k, v in (USUAL | dict(changed)).items() if k not in without]
    data = request([*fields, *twice], target)
    usual = Upgrade.usual(data)
    if usual is not None:
        judged = Upgrade.judged(data)
        assert isinstance(judged, Upgrade)
        assert vars(usual) == vars(judged)


def test_what_clients_send_is_usual() -> None:
    usual = Upgrade.usual(request(list(USUAL.items())))
    assert usual is not None
    assert usual.key == b"dGhlIHNhbXBsZSBub25jZQ=="
    assert vars(usual) == vars(Upgrade.judged(request(list(USUAL.items()))))


@pytest.mark.parametrize(
    "fields",
    [
        {"Sec-WebSocket-Version": "8"},
        {"Sec-WebSocket-Key": "dGhlIHNhbXBsZQ=="},
        {"Upgrade": "websocket, h2c"},
        {"Connection": "keep-alive"},
        {"Content-Length": "3"},
        {"X-Bad": "a\0b"},
    ],
)
def test_what_is_no_good_request_is_not_usual(fields: dict[str, str]) -> None:
    data = request(list((USUAL | fields).items()))
    assert Upgrade.usual(data) is None
    assert not isinstance(Upgrade.judged(data), Upgrade)
