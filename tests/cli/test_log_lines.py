"""A log in an outage: what is said over and over is said once in a while, with its number."""

from __future__ import annotations

import io
import logging

import pytest

from server.cli.log_lines import MOST_LINES, SECONDS, Unrepeated


class Log:
    """A logger of its own, on a clock that the test moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.written = io.StringIO()
        handler = logging.StreamHandler(self.written)
        handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
        handler.addFilter(Unrepeated(lambda: self.now))
        self.logger = logging.Logger("tests.log_lines")
        self.logger.addHandler(handler)

    def lines(self) -> list[str]:
        return self.written.getvalue().splitlines()


@pytest.fixture
def log() -> Log:
    return Log()


def test_a_line_that_is_repeated_is_counted(log: Log) -> None:
    for _ in range(1000):
        log.logger.warning("presses of %s: %s", "b-1", "no answer")
    assert log.lines() == ["WARNING presses of b-1: no answer"]
    log.now += SECONDS
    log.logger.warning("presses of %s: %s", "b-1", "no answer")
    log.logger.warning("presses of %s: %s", "b-1", "no answer")
    assert log.lines()[1:] == ["WARNING presses of b-1: no answer (999 more times since)"]
    log.now += SECONDS
    log.logger.warning("presses of %s: %s", "b-1", "no answer")
    assert log.lines()[2:] == ["WARNING presses of b-1: no answer (1 more times since)"]


def test_what_differs_is_written(log: Log) -> None:
    log.logger.warning("presses of %s", "b-1")
    log.logger.warning("presses of %s", "b-2")
    log.logger.error("presses of %s", "b-1")
    assert log.lines() == [
        "WARNING presses of b-1",
        "WARNING presses of b-2",
        "ERROR presses of b-1",
    ]


def test_errors_differ_by_what_they_say(log: Log) -> None:
    for error in (KeyError("a"), KeyError("b"), KeyError("b")):
        log.logger.error("it failed", exc_info=error)
    assert [line for line in log.lines() if line.startswith("KeyError")] == [
        "KeyError: 'a'",
        "KeyError: 'b'",
    ]


def test_what_cannot_be_written_goes_no_further(
    log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    """The handler reports it; whoever wrote the line goes on."""
    log.logger.warning("so many: %d", "not a number")
    assert log.lines() == []
    assert "Logging error" in capsys.readouterr().err


def test_what_was_said_long_ago_is_forgotten(log: Log) -> None:
    log.logger.warning("the first")
    for number in range(MOST_LINES):
        log.logger.warning("line %d", number)
    log.logger.warning("the first")
    assert log.lines()[-1] == "WARNING the first"
