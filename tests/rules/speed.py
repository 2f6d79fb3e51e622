"""How fast the engine and a batch are: `python -m tests.rules.speed [LINES]`.

A command to run by hand; figures depend on the machine, so that no test asserts them.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from server.cli.decide import answers
from server.rules.count import BaseName, MotionCount
from server.rules.majority import TWO_THIRDS
from server.rules.motion import MotionRule, decide_motion

CASES = Path(__file__).parent / "cases.jsonl"


def engine(motions: int) -> float:
    """Return decided motions per second of CPU, the rule and the counts read before."""
    rule = MotionRule(TWO_THIRDS, BaseName.YES_NO)
    counts = [MotionCount(1_000_000 + n, 500_000, 7) for n in range(1_000)]
    begun = time.process_time()
    for n in range(motions):
        decide_motion(rule, counts[n % 1_000])
    return motions / (time.process_time() - begun)


def batch(lines: int) -> float:
    """Return lines per second of CPU, from bytes to bytes, of the motions among the cases."""
    motions = [line for line in CASES.read_bytes().splitlines() if b'"count": {"yes"' in line]
    many = (motions * (lines // len(motions) + 1))[:lines]
    begun = time.process_time()
    answered = sum(well_formed for _, well_formed in answers(many))
    spent = time.process_time() - begun
    if answered != lines:
        raise RuntimeError(f"{lines - answered} of {lines} lines were malformed")
    return lines / spent


def main() -> None:
    """Print both speeds."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sys.stdout.write(f"engine  {engine(lines):>10,.0f} motions/s\n")
    sys.stdout.write(f"batch   {batch(lines):>10,.0f} lines/s\n")


if __name__ == "__main__":
    main()
