from __future__ import annotations

import os
from pathlib import Path

import pytest
from redis import Redis

from server.cli.bench.bare_redis import BareRedis
from server.cli.bench.failure import BenchFailed
from server.cli.bench.press import press_once
from server.cli.bench.replicated_redis import ReplicatedRedis
from server.cli.bench.stage import Plan, Stage
from server.cli.bench.votes import answers_of

PLAN = Plan((5,), 0.5, 1, generators=1, displays=1, consoles=0, rate=10, settle=0.1, replicas=2)


def waits(redis: Path) -> int:
    """How often somebody waited for replicas."""
    with Redis(unix_socket_path=str(redis)) as client:
        told = client.info("commandstats")
    return int(told.get("cmdstat_wait", {"calls": 0})["calls"])


def test_bare_calls_wait_for_replicas(tmp_path: Path) -> None:
    with ReplicatedRedis(tmp_path, 2) as redis:
        BareRedis(redis.socket, 50, 2).measure(calls=20, groups=3, pipelined=1600)
        assert waits(redis.socket) >= 23
        with pytest.raises(BenchFailed, match="did not confirm"):
            BareRedis(redis.socket, 50, 3).measure(calls=1, groups=1, pipelined=1600)
        primary = redis.pid
    with pytest.raises(ProcessLookupError):
        os.kill(primary, 0)


def test_receipts_wait_for_replicas() -> None:
    with Stage(PLAN, 5, lambda _: None) as stage:
        stage.seat_everybody()
        ballot = stage.operator.open("counts")
        before = waits(stage.hall.redis()[0])
        answers = answers_of(press_once(stage, ballot, seed=1, window=0.5))
        assert len(answers.accepted) == 5
        assert waits(stage.hall.redis()[0]) > before
