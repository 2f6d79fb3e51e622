"""What every client of a hall was told, and whether the final record bears it out.

In the manner of Jepsen: clients note what they send and hear (`History`), with the times of one
clock, while the hall under them is killed and cut; afterwards `check` compares it all with the
signed records. The checker knows the contract only: it imports nothing of the hall but `verify`.
"""

from tests.history.check import Report, check
from tests.history.told import History
from tests.history.violations import Violation, Violations

__all__ = ["History", "Report", "Violation", "Violations", "check"]
