from __future__ import annotations

import pytest

from server.rules.count import MotionCount
from server.rules.quorum import QuorumFinding, QuorumMeasure, measure_quorum, quorum_from_json
from server.rules.reading import Malformed

COUNT = MotionCount(yes=40, no=10, abstain=15, invalid=2, present=98, entitled=190, members=196)


@pytest.mark.parametrize(
    ("quorum", "measured", "needed", "met"),
    [
        ({"measure": "present", "of": [1, 2], "at_least": False, "base": "members"}, 98, 99, False),
        ({"measure": "present", "of": [1, 2], "at_least": True, "base": "members"}, 98, 98, True),
        ({"measure": "present", "of": [1, 2], "at_least": False, "base": "entitled"}, 98, 96, True),
        ({"measure": "cast", "of": [1, 3], "at_least": True, "base": "members"}, 67, 66, True),
        ({"measure": "yes_no", "of": [1, 3], "at_least": True, "base": "entitled"}, 50, 64, False),
        ({"measure": "yes_no", "at_least": 50}, 50, 50, True),
        ({"measure": "cast", "at_least": 68}, 67, 68, False),
        ({"measure": "present", "at_least": 0}, 98, 0, True),
    ],
)
def test_every_shape_is_measured(
    quorum: dict[str, object], measured: int, needed: int, met: bool
) -> None:
    read = quorum_from_json(quorum, "quorum")
    finding = measure_quorum(read, COUNT)
    assert finding == QuorumFinding(QuorumMeasure(str(quorum["measure"])), measured, needed)
    assert finding.met is met
    assert quorum_from_json(read.as_json(), "quorum") == read


@pytest.mark.parametrize(
    ("quorum", "said"),
    [
        ({"measure": "voters", "at_least": 3}, "quorum.measure: expected one of present, cast"),
        ({"measure": "present", "at_least": True}, "quorum.at_least: expected a whole number"),
        ({"measure": "present", "at_least": -1}, "quorum.at_least: expected a whole number"),
        ({"measure": "present", "of": [1, 2], "at_least": 3, "base": "members"}, "true or false"),
        ({"measure": "present", "of": [1, 2], "at_least": True}, "quorum.base: missing"),
        ({"measure": "present", "of": [1, 2], "at_least": True, "base": "cast"}, "quorum.base"),
        ({"measure": "present"}, "quorum.at_least: missing"),
        ("half", "quorum: expected an object"),
    ],
)
def test_error_names_key_and_remedy(quorum: object, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        quorum_from_json(quorum, "quorum")


def test_a_figure_nobody_took_is_no_zero() -> None:
    quorum = quorum_from_json({"measure": "present", "at_least": 3}, "quorum")
    with pytest.raises(Malformed, match='present: missing; the rule takes "present"'):
        measure_quorum(quorum, MotionCount(yes=4, no=1))
