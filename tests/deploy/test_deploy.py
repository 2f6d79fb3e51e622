"""The deployment examples agree with the server that they deploy."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import ConnectionError as RedisConnectionError

from server.adapters.redis_box_settings import refuse_unsafe
from server.adapters.redis_server import find_server
from tests.halls import HallProcess, Operator

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
SCREEN_OWN = {"HEMICYCLE_KIOSK_URL"}
"""What the screen's own unit reads; the server does not know it."""


def wait_for(socket: Path) -> None:
    client = Redis(unix_socket_path=str(socket))
    for _ in range(400):
        try:
            client.ping()
            break
        except RedisConnectionError:
            time.sleep(0.025)
    else:
        raise AssertionError("Redis did not take redis.conf")
    client.close()


@pytest.fixture
def example_redis(tmp_path: Path) -> Iterator[Path]:
    """The socket of a server that runs on the example's settings."""
    socket = tmp_path / "r.sock"
    # The example's directory is that of Debian's package, which this machine need not have.
    example = (DEPLOY / "redis" / "redis.conf").read_text()
    settings = example.replace("dir /var/lib/redis", f"dir {tmp_path}")
    assert settings != example
    (tmp_path / "redis.conf").write_text(settings)
    here = ["--port", "0", "--unixsocket", str(socket)]
    server = subprocess.Popen(
        [find_server(), tmp_path / "redis.conf", *here], stdout=subprocess.DEVNULL
    )
    try:
        wait_for(socket)
        yield socket
    finally:
        server.terminate()
        server.wait()


async def test_the_example_redis_is_one_that_serve_accepts(example_redis: Path) -> None:
    redis = AsyncRedis(unix_socket_path=str(example_redis))
    unsafe = await refuse_unsafe(redis)
    await redis.aclose()
    assert unsafe == ()


def test_every_variable_in_the_examples_is_an_option_of_serve() -> None:
    cli = "".join(path.read_text() for path in (ROOT / "server" / "cli").glob("*.py"))
    known = {f"HEMICYCLE_{name}" for name in re.findall(r'environment\("(\w+)"\)', cli)}
    files = [path for path in DEPLOY.rglob("*") if path.is_file()]
    named = {
        name for path in files for name in re.findall(r"HEMICYCLE_[A-Z_]*[A-Z]", path.read_text())
    }
    assert {"HEMICYCLE_DATA", "HEMICYCLE_REDIS"} <= known
    assert named - known == SCREEN_OWN


def test_the_proxy_in_the_compose_file_differs_in_names_only() -> None:
    def settings(path: Path) -> list[str]:
        lines = [line.strip() for line in path.read_text().splitlines()]
        return [line for line in lines if line and not line.startswith("#")]

    alone = settings(DEPLOY / "nginx" / "hemicycle.conf")
    inside = settings(DEPLOY / "compose" / "nginx.conf")
    names = {
        "server 127.0.0.1:8400;": "server hall:8400;",
        "server_name hall.example;": "server_name _;",
    }
    assert inside == [
        names.get(line, line.replace("/etc/ssl/hall.example/", "/etc/ssl/hall/")) for line in alone
    ]


def test_every_metric_in_the_alerts_is_on_the_metrics_page(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    hall = HallProcess(tmp_path_factory.mktemp("metrics") / "data").start()
    operator = Operator(hall)
    try:
        page = operator.http.get(f"{hall.url}/metrics").text
    finally:
        operator.close()
        hall.stop()
    alerts = (DEPLOY / "prometheus" / "alerts.yml").read_text()
    named = set(re.findall(r"hemicycle_\w+", alerts))
    assert named
    assert named <= set(re.findall(r"^hemicycle_\w+", page, re.MULTILINE))
