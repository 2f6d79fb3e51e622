"""Every subcommand on a small hall: real processes, real sockets. No figure is judged."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from server.cli.bench import board, fanout, native_server, press, reconnect, secret
from server.cli.bench.figures import Figure, nested

pytestmark = pytest.mark.timeout(400)  # the five subjects are one run, on a busy machine too

SEATS = 20
SHORT = ("--settle", "0.1", "--seconds", "0.5", "--repeat", "1")
SLOW = ("--slow-disk", "3") if shutil.which("strace") else ()
"""Where strace is installed, the disk of this run is a slow one."""

LACKING = native_server.lacking()
ROWS = {each.TITLE: each.ROWS for each in (press, fanout, reconnect, board, secret)}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "server.cli.main", "bench", *arguments]


def processes_of(directory: Path) -> list[int]:
    """Processes that were told to work below a directory, or do (Redis forgets what it heard)."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                environment = (entry / "environ").read_bytes()
                place = (entry / "cwd").readlink()
            except OSError:
                continue  # it has ended, or is not ours
            if f"TMPDIR={directory}".encode() in environment or place.is_relative_to(directory):
                found.append(int(entry.name))
    return found


def ended(directory: Path, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while processes_of(directory) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not processes_of(directory)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any], Path]:
    """`bench all` with two generators: what it printed, its JSON, where it worked."""
    directory = tmp_path_factory.mktemp("b")
    file = directory / "figures.json"
    running = subprocess.Popen(
        command(
            *("all", "--seats", str(SEATS), "--generators", "2", *SHORT, *SLOW),
            *("--json", str(file)),
        ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(directory)},
    )
    try:
        out, progress = running.communicate(timeout=300)
    except subprocess.TimeoutExpired:
        running.terminate()  # it ends what it started
        out, progress = running.communicate()
    assert running.returncode == 0, progress
    return out, json.loads(file.read_text()), directory


@pytest.fixture(scope="module")
def figures(everything: tuple[str, dict[str, Any], Path]) -> dict[str, Any]:
    reports = {each["command"]: each for each in everything[1]["reports"]}
    assert list(reports) == ["press", "fanout", "reconnect", "board", "secret"]
    return {name: each["runs"][0]["figures"] for name, each in reports.items()}


def at(tree: dict[str, Any], name: str) -> Any:
    for part in name.split("."):
        tree = tree[part]
    return tree


def flat(tree: dict[str, Any], before: str = "") -> dict[str, Any]:
    """A tree of figures by their whole names."""
    found: dict[str, Any] = {}
    for name, value in tree.items():
        whole = f"{before}{name}"
        found |= flat(value, f"{whole}.") if isinstance(value, dict) else {whole: value}
    return found


def test_it_tells_machine_and_plan(everything: tuple[str, dict[str, Any], Path]) -> None:
    told = everything[1]
    assert told["machine"]["cpus"] == os.cpu_count()
    assert told["plan"]["generators"] == 2
    assert [run["seats"] for each in told["reports"] for run in each["runs"]] == [SEATS] * 5


@pytest.mark.parametrize("name", ROWS)
def test_each_row_has_its_figure_in_table_and_json(
    name: str, figures: dict[str, Any], everything: tuple[str, dict[str, Any], Path]
) -> None:
    rows: tuple[Figure, ...] = ROWS[name]
    for row in rows:
        if (
            "_tls_" in row.name
            or ("slow_disk" in row.name and not SLOW)
            or ("native" in row.name and LACKING)
        ):
            continue
        if "cpu_to_native" in row.name and row.name not in flat(figures[name]):
            continue  # so few frames took uWebSockets no more than its rest
        assert isinstance(at(figures[name], row.name), int | float), row.name
        assert f"| {row.label}" in everything[0]


def test_every_press_is_receipted_or_refused(figures: dict[str, Any]) -> None:
    burst = figures["press"]
    assert burst["receipted"] + burst["refused"] + burst["unanswered"] == SEATS
    assert burst["unanswered"] == 0
    flood = burst["flood"]
    assert flood["receipted"] + flood["refused"] + flood["unanswered"] == flood["asked"]
    assert flood["asked"] == SEATS * press.MOST_ROUNDS
    assert flood["unanswered"] == 0


@pytest.mark.skipif(not SLOW, reason="strace is not installed here")
def test_on_a_slow_disk_a_call_waits_for_it(figures: dict[str, Any]) -> None:
    told = figures["press"]
    assert told["slow_disk_ms"] == 3
    assert told["bare_call_ms"]["p50"] >= 3
    assert told["press_to_receipt_ms"]["p50"] >= 3


def test_a_slow_disk_without_strace_is_refused_in_words() -> None:
    asked = subprocess.run(
        command("press", "--seats", "2", *SHORT, "--slow-disk", "3"),
        env={**os.environ, "PATH": "/nowhere"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert asked.returncode == 1
    assert "--slow-disk needs strace" in asked.stderr


def test_every_screen_shows_every_change(figures: dict[str, Any]) -> None:
    changes = figures["fanout"]["changes"]
    assert changes == {"asked": 5, "receipted": 5, "missed": 0}
    assert figures["fanout"]["views_per_screen"] >= 1


def test_the_fan_out_is_compared_with_a_native_server(
    figures: dict[str, Any], everything: tuple[str, dict[str, Any], Path]
) -> None:
    if LACKING is not None:
        assert f"uWebSockets is not measured: {LACKING}" in everything[0]
        return
    assert figures["fanout"]["native_broadcast_ms"]["p50"] > 0
    assert figures["fanout"]["ratio"]["display_to_native"] > 0


def test_everybody_comes_back_and_nothing_is_lost(figures: dict[str, Any]) -> None:
    back = figures["reconnect"]
    assert back["receipted"] + back["refused"] + back["unanswered"] == SEATS
    assert (back["back"], back["lost"]) == (SEATS, 0)


def test_the_board_has_a_mark_for_each_member(figures: dict[str, Any]) -> None:
    full = figures["board"]
    assert full["votes"] == SEATS
    assert full["console"]["view_bytes"] > full["display"]["view_bytes"] > SEATS


def test_the_steps_of_a_secret_ballot_add_up(figures: dict[str, Any]) -> None:
    for found in (figures["secret"][name] for name in secret.QUESTIONS):
        steps = found["tally_ms"] + found["share_ms"] + found["open_ms"]
        assert found["result_ms"] == pytest.approx(steps)
        assert found["proved_per_s"] == pytest.approx(1000 / found["proof_ms"])
        # Tables and shared squarings save a good part of the bare arithmetic, on any machine.
        assert found["proof_ratio"] < 0.9
        assert found["seal_ratio"] < 0.6


def test_powers_are_counted_as_the_specification_writes_the_steps() -> None:
    motion, election = (secret.exponentiations(each) for each in secret.QUESTIONS.values())
    # 3 choices with two proofs each, and one proof that exactly one is chosen.
    assert motion == {"seal": 6 + 8 + 12 + 1, "admit": 2, "proof": 28 + 6}
    # 13 choices with two proofs each; whether it is blank or 1 to 4 are chosen; that not both.
    assert election == {"seal": 26 + 30 + 72 + 1, "admit": 2, "proof": 132 + 26}


def test_nothing_is_left_running(everything: tuple[str, dict[str, Any], Path]) -> None:
    directory = everything[2]
    assert ended(directory)
    assert [each.name for each in directory.iterdir()] == ["figures.json"]


def test_a_bench_that_is_told_to_stop_ends_its_processes(tmp_path: Path) -> None:
    running = subprocess.Popen(
        command("press", "--seats", str(SEATS), *SHORT),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert running.stderr is not None
    with running.stderr as progress:
        assert any("seats connect" in line for line in progress)
        assert len(processes_of(tmp_path)) >= 4  # the bench, hall, its Redis, generators
        running.send_signal(signal.SIGTERM)
        progress.read()
    assert running.wait(timeout=40) == 130
    assert ended(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_too_few_open_files_are_said_at_once() -> None:
    limited = f'ulimit -n 300 && exec "{sys.executable}" "$@"'
    done = subprocess.run(
        ["sh", "-c", limited, "sh", *command("press", "--seats", "500")[1:]],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "553 connections need 809 open files, the limit is 300" in done.stderr
    assert "ulimit" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("option", "value"), [("--seats", "0"), ("--seats", "ten"), ("--seconds", "-1")]
)
def test_an_option_out_of_range_is_named(option: str, value: str) -> None:
    done = subprocess.run(
        command("press", f"{option}={value}"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert option in done.stderr
    assert "give a" in done.stderr


def test_two_figures_of_one_name_would_be_told_once() -> None:
    for rows in ROWS.values():
        names = [row.name for row in rows]
        assert len(set(names)) == len(names)
        assert nested(dict.fromkeys(names, 1.0))  # no name is both a figure and a family
