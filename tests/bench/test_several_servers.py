"""The press bench over two servers of one hall, on a real Redis and a real PostgreSQL."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import psycopg
import pytest

from server.adapters.sql_database import open_database
from server.cli.bench import press
from server.cli.bench.empty_database import EmptyDatabase
from server.cli.bench.failure import BenchFailed
from server.cli.bench.press import press_once
from server.cli.bench.stage import HEAD_START, Plan, Stage
from server.cli.bench.votes import answers_of, check_count
from server.cli.main import main
from tests.contracts.sql_stores import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(400)]

SEATS = 20
ELSEWHERE = "postgresql://nobody@127.0.0.1:1/none"


def what_is_in(url: str) -> list[str]:
    """The names of relations and functions of ours in a database."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        )
        return [str(name) for (name,) in rows]


def seats_at(port: int, token: str) -> int:
    """How many seats a server says are connected to it."""
    page = urllib.request.Request(f"http://127.0.0.1:{port}/metrics")
    page.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(page, timeout=20) as answer:
        told = re.search(r"^hemicycle_seats_connected (\S+)$", answer.read().decode(), re.MULTILINE)
    assert told is not None
    return int(float(told[1]))


def test_every_press_at_two_servers_is_receipted(postgres_url: str, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    short = ("--seconds", "0.5", "--repeat", "1", "--settle", "0.1", "--json", str(file))
    asked = ("--servers", "2", "--seats", str(SEATS), "--database", postgres_url)
    done = subprocess.run(
        [sys.executable, "-m", "server.cli.main", "bench", "press", *asked, *short],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "; 2 servers of one hall; on PostgreSQL" in done.stdout
    told = json.loads(file.read_text())
    assert (told["plan"]["servers"], told["plan"]["database"]) == (2, "postgresql")
    assert postgres_url not in file.read_text()
    figures: dict[str, Any] = told["reports"][0]["runs"][0]["figures"]
    assert [figures[name] for name in ("receipted", "refused", "unanswered")] == [SEATS, 0, 0]
    assert set(figures["press_to_display_ms"]) == {"p50", "p99", "max"}
    flood = figures["flood"]
    assert flood["asked"] == SEATS * press.MOST_ROUNDS
    assert flood["receipted"] + flood["refused"] == flood["asked"]
    assert figures["redis_cpu_us_per_press"] > 0
    # What was filled is empty, and nothing is left behind.
    assert what_is_in(postgres_url) == []
    assert list(tmp_path.iterdir()) == [file]


def test_seats_are_at_both_servers_and_the_last_one_shows_all(postgres_url: str) -> None:
    plan = Plan(
        (SEATS,), 0.5, 1, generators=2, displays=2, consoles=1, rate=10, settle=0.1,
        tls=False, replicas=1, servers=2, database=postgres_url,
    )  # fmt: skip
    with Stage(plan, SEATS, lambda _: None) as stage:
        stage.seat_everybody()
        stage.put_up_screens()
        first, last = stage.servers
        assert first is stage.hall
        assert len({*stage.server_pids, stage.redis_pid()}) == 3
        assert [seats_at(each.port, stage.operator.token) for each in (first, last)] == [10, 10]
        ballot = stage.operator.open("counts")
        stage.watcher.begin("seen", voted=SEATS, patience=HEAD_START + 20)
        answers = answers_of(press_once(stage, ballot, seed=1, window=0.5))
        assert sorted(answers.accepted) == list(range(1, SEATS + 1))
        seen = stage.watcher.answer()["shown"]
        assert [screen[-1][0] for screen in seen] == [SEATS] * 3
        check_count(answers, stage.operator.count(ballot))
        stage.leave()


async def test_a_database_is_emptied_of_what_a_hall_made(postgres_url: str) -> None:
    for _ in range(2):
        with EmptyDatabase(postgres_url):
            await (await open_database(postgres_url)).close()
            assert "entries" in what_is_in(postgres_url)
        assert what_is_in(postgres_url) == []


def test_a_database_in_which_there_is_something_is_left_as_it_is(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE VIEW dear AS SELECT 'once' AS once")
        connection.execute("CREATE SCHEMA further")
        connection.execute("CREATE FUNCTION further.note() RETURNS int LANGUAGE sql RETURN 1")
    with (
        pytest.raises(BenchFailed, match=r"something in it \(dear, note\).*createdb"),
        EmptyDatabase(postgres_url),
    ):
        pytest.fail("it was entered")
    assert what_is_in(postgres_url) == ["dear"]


@pytest.mark.parametrize(
    ("asked", "remedy"),
    [
        (("press", "--servers", "2"), r"--servers 2 needs .*--database postgresql://"),
        (("all", "--servers", "2", "--database", ELSEWHERE), r"leave them out of `bench all`"),
        (("fanout", "--database", ELSEWHERE), r"--database are for `bench press`"),
        (("press", "--servers", "2", "--database", "sqlite:////tmp/x"), r"a PostgreSQL, not a"),
        (("press", "--servers", "2", "--database", "mysql://x/y"), r"--database: .* not supported"),
        (("press", "--servers", "2", "--database", ELSEWHERE), r"--database cannot be used: .*:"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    asked: tuple[str, ...], remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", *asked, "--seats", "2"]) == 1
    out, said = capsys.readouterr()
    assert re.search(remedy, said), said
    assert out == ""
