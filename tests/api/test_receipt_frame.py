"""The bytes of a receipt are those of its model."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.api.receipt_frame import receipt_frame
from server.vocabulary import Choice
from server.wire.messages import Receipt

NAMES = st.text(st.characters(codec="utf-8"), max_size=20)
TOLD: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.sampled_from([{"choice": each.value} for each in Choice]),
    st.lists(NAMES, max_size=4).map(lambda names: {"choice": names}),
    st.builds(lambda tracker, mark: {"tracker": tracker, "signature": mark}, NAMES, NAMES),
)


@given(
    told=TOLD,
    press_id=st.uuids().map(str),
    ballot=NAMES.filter(bool),
    code=NAMES,
    n=st.integers(1, 2**53),
    current=st.booleans(),
    server_time=st.integers(0, 2**53),
    proof=NAMES,
)
def test_the_frame_is_what_the_model_writes(told: dict[str, Any], **said: Any) -> None:
    frame = receipt_frame(**told, **said)
    receipt = Receipt.model_validate_json(frame)
    assert frame == receipt.model_dump_json(exclude_none=True).encode()
    assert receipt == Receipt(**told, **said)
