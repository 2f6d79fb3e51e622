from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from server.cli.bench.bare_redis import BareRedis


@pytest.mark.parametrize("own_client", [True, False])
def test_the_bare_script_runs_on_a_real_redis(
    redis_url: str, own_client: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With redis-benchmark, where the machine has it, and with our own pipelined client."""
    if own_client:
        monkeypatch.setenv("PATH", str(tmp_path))
    socket = Path(unquote(redis_url.removeprefix("unix://").partition("?")[0]))
    # It raises if the box did not take the presses as votes.
    told = BareRedis(socket, 50).measure(calls=20, groups=3, pipelined=1600)
    assert set(told) == {
        *(f"bare_call_ms.{each}" for each in ("p50", "p99", "max")),
        *(f"bare_group_ms.{each}" for each in ("p50", "p99", "max")),
        *(f"bare_look_ms.{each}" for each in ("p50", "p99", "max")),
        "bare_single_per_s",
        "bare_grouped_per_s",
        "bare_pipelined_per_s",
    }
    assert min(told.values()) > 0
