"""Time and randomness as the hall sees them."""

from __future__ import annotations

import re
import time

from server.adapters.clock import SystemClock
from server.adapters.ids import RandomIds
from server.ports import Clock, Ids

URL_SAFE = re.compile(r"[A-Za-z0-9_-]+")


def test_identities_are_url_safe_and_fresh() -> None:
    ids: Ids = RandomIds()
    ballots = {ids.ballot_id() for _ in range(1000)}
    assert len(ballots) == 1000
    assert all(re.fullmatch(r"b-[A-Za-z0-9_-]{16}", ballot) for ballot in ballots)
    assert URL_SAFE.fullmatch(ids.incarnation())
    assert ids.incarnation() != ids.incarnation()


def test_secrets_are_long_enough() -> None:
    ids: Ids = RandomIds()
    assert len(ids.nonce()) == 32
    assert ids.nonce() != ids.nonce()
    token = ids.token()
    assert URL_SAFE.fullmatch(token)
    assert len(token) * 6 >= 256
    assert token != ids.token()


def test_the_clock_is_the_machine_s() -> None:
    clock: Clock = SystemClock()
    before = time.time()
    assert int(before * 1000) <= clock.now_ms() <= time.time() * 1000 + 1
    first = clock.monotonic()
    assert clock.monotonic() >= first
