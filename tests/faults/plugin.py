"""The table of faults at the end of a run, whichever of pytest-xdist's processes injected them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.faults.tally import Tally

KEY = pytest.StashKey[Tally]()
_TOLD = "faults"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[KEY] = Tally()


def pytest_sessionfinish(session: pytest.Session) -> None:
    told: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if told is not None:
        told[_TOLD] = session.config.stash[KEY].as_json()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    told = getattr(node, "workeroutput", {}).get(_TOLD)
    if told is not None:
        node.config.stash[KEY].merge(Tally.from_json(told))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    tally = config.stash[KEY]
    if tally.faults or tally.checked:
        terminalreporter.section("faults injected, and what was checked")
        for line in (*tally.table(), *tally.violations):
            terminalreporter.write_line(line)
