"""The deployment examples agree with the server that they deploy."""

from __future__ import annotations

import asyncio
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import AuthenticationError
from redis.exceptions import ConnectionError as RedisConnectionError

from server.adapters.redis_box_settings import refuse_unsafe
from server.adapters.redis_server import find_server
from tests.deploy.example import users
from tests.halls import Client, HallProcess, Operator
from tests.traces import erased

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
        except AuthenticationError:
            break  # it answers, to those whom it knows
        except RedisConnectionError:
            time.sleep(0.025)
    else:
        raise AssertionError("Redis did not take redis.conf")
    client.close()


def settings_of_the_example(tmp_path: Path) -> str:
    """The example's directory is that of Debian's package, which this machine need not have."""
    example = (DEPLOY / "redis" / "redis.conf").read_text()
    settings = example.replace("dir /var/lib/redis", f"dir {tmp_path}")
    assert settings != example
    return settings


@contextmanager
def running(settings: str, folder: Path) -> Iterator[Path]:
    """The socket of a server that runs on these settings."""
    socket = folder / "r.sock"
    (folder / "redis.conf").write_text(settings)
    here = ["--port", "0", "--unixsocket", str(socket)]
    server = subprocess.Popen(
        [find_server(), folder / "redis.conf", *here], stdout=subprocess.DEVNULL
    )
    try:
        wait_for(socket)
        yield socket
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def example_redis(tmp_path: Path) -> Iterator[Path]:
    with running(settings_of_the_example(tmp_path), tmp_path) as socket:
        yield socket


async def test_the_example_redis_is_one_that_serve_accepts(example_redis: Path) -> None:
    redis = AsyncRedis(unix_socket_path=str(example_redis))
    unsafe = await refuse_unsafe(redis)
    await redis.aclose()
    assert unsafe == ()


async def pressed(hall: HallProcess, token: str, ballot: str) -> dict[str, Any]:
    """What a seat is told of a press."""
    seat = await Client.open(f"{hall.ws}/kiosk", token)
    await seat.view(lambda view: view["ballot"] is not None)
    told = await seat.press(ballot, "yes")
    await seat.close()
    return told


def test_the_example_user_may_do_all_that_a_hall_asks(tmp_path: Path) -> None:
    """A whole ballot whose box is forgotten afterwards, and what other servers are told."""
    asked = subprocess.run([find_server(), "-v"], capture_output=True, text=True, check=True)
    valkey = re.match(r"Valkey .*\bv=(\d+)\.(\d+)", asked.stdout)
    has_more_logs = valkey is not None and (int(valkey[1]), int(valkey[2])) >= (8, 1)
    more = ("+commandlog|reset",) if has_more_logs else ()
    lines = (settings_of_the_example(tmp_path), *users(*more), "user default off", "")
    settings = "\n".join(lines)
    with running(settings, tmp_path) as socket:
        url = f"unix://hall:HALLS-PASSWORD@{socket}"
        hall = HallProcess(tmp_path / "data", "--redis", url).start()
        try:
            operator = Operator(hall)
            token = operator.tokens(["AF"])["AF"]
            ballot = operator.open(mode="non_recorded", disclosure="turnout")
            assert asyncio.run(pressed(hall, token, ballot))["type"] == "receipt"
            operator.command(ballot, "close")
            operator.command(ballot, "declare")
            erased(operator, ballot)
            operator.close()
        finally:
            hall.stop()
    assert "lacks a right" not in hall.log()


@pytest.mark.parametrize(
    ("without", "named"),
    [
        ("-info", "'info'"),
        ("-config|get", "ACL +config|get"),
        ("-client|kill", "ACL +client|kill"),
        ("resetchannels", "channel"),
        ("resetkeys ~elsewhere", "key"),
        ("-evalsha", "evalsha"),
        ("-publish", "publish"),
    ],
)
def test_a_right_that_the_halls_user_lacks_is_named_at_the_start(
    tmp_path: Path, without: str, named: str
) -> None:
    settings = "\n".join((settings_of_the_example(tmp_path), *users(without), ""))
    with running(settings, tmp_path) as socket:
        hall = HallProcess(tmp_path / "data", "--redis", f"unix://hall:HALLS-PASSWORD@{socket}")
        try:
            with pytest.raises(AssertionError, match="did not start"):
                hall.start()
        finally:
            hall.stop()
    assert named in hall.log().splitlines()[-1]
    assert "Traceback" not in hall.log()


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
