"""The boundary itself: what is refused, what says come back, and what each side may leave out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from server.vocabulary import Choice, Language, Phase, RefusalReason
from server.wire import http, scrutiny
from server.wire.close_codes import CloseCode, is_transient
from server.wire.messages import (
    KIOSK_SERVER_FRAME,
    SCREEN_FRAME,
    SEAT_FRAME,
    Beat,
    ErrorFrame,
    Hello,
    Receipt,
    Refused,
    Welcome,
)

PRESS_ID = "00000000-0000-4000-8000-000000000001"


def test_each_close_code_says_whether_to_come_back() -> None:
    told = {code.name: is_transient(code) for code in CloseCode}
    assert told == {
        "GOING_AWAY": True,
        "SLOW": True,
        "UNAVAILABLE": True,
        "PROTOCOL": False,
        "UNAUTHORISED": False,
        "FORBIDDEN": False,
        "NO_HELLO": False,
        "REPLACED": False,
        "REVOKED": False,
        "UNSUPPORTED": False,
    }
    assert all(is_transient(code) for code in (1001, 1006, 1011, 1012, 1013))


RECEIPTS = st.builds(
    Receipt,
    press_id=st.just(PRESS_ID),
    ballot=st.text(min_size=1, max_size=64),
    choice=st.sampled_from(Choice),
    code=st.text(max_size=9),
    n=st.integers(1, 2**53 - 1),
    current=st.booleans(),
    server_time=st.integers(0, 2**53 - 1),
    proof=st.text(max_size=64),
)
FRAMES = st.one_of(
    RECEIPTS,
    st.builds(
        Refused,
        press_id=st.just(PRESS_ID),
        reason=st.sampled_from(RefusalReason),
        phase=st.none() | st.sampled_from(Phase),
    ),
    st.builds(Beat, server_time=st.integers(0, 2**53 - 1)),
    st.builds(ErrorFrame, code=st.text(max_size=9), detail=st.text(max_size=40)),
    st.builds(
        Welcome,
        epoch=st.text(max_size=8),
        server_time=st.integers(0, 2**53 - 1),
        hall=st.text(max_size=9),
        version=st.text(max_size=9),
    ),
)


@given(FRAMES)
def test_what_the_hall_sends_comes_back_as_it_was(frame: BaseModel) -> None:
    assert KIOSK_SERVER_FRAME.validate_json(frame.model_dump_json()) == frame


def test_a_hello_has_defaults_for_all_but_the_protocol() -> None:
    frame = SEAT_FRAME.validate_json('{"type":"hello","protocol":1}')
    assert isinstance(frame, Hello)
    assert (frame.token, frame.lang, frame.device, frame.receipt) == ("", Language.EN, "", None)


@pytest.mark.parametrize("kind", ["receipt", "refused", "welcome", "view", "beat", "error"])
def test_a_client_cannot_send_what_only_the_hall_says(kind: str) -> None:
    for frames in (SEAT_FRAME, SCREEN_FRAME):
        with pytest.raises(ValidationError, match="type"):
            frames.validate_json(json.dumps({"type": kind}))


@pytest.mark.parametrize(
    "model",
    [
        model
        for model in (*vars(http).values(), *vars(scrutiny).values())
        if isinstance(model, type) and issubclass(model, http.Request) and model is not http.Request
    ],
)
def test_every_body_refuses_unknown_fields_by_name(model: type[BaseModel]) -> None:
    with pytest.raises(ValidationError) as refused:
        model.model_validate_json('{"surprise": 1}')
    assert ("surprise",) in {error["loc"] for error in refused.value.errors()}


@pytest.mark.parametrize(
    ("model", "body"),
    [
        (http.LoginRequest, {"user": "", "password": "x"}),
        (http.LoginRequest, {"user": "u", "password": "x" * 1001}),
        (http.NewUser, {"user": "u", "password": "short", "role": "operator"}),
        (http.NewUser, {"user": "u", "password": "long enough", "role": "seat"}),
        (http.NewBallot, {"seconds": 4}),
        (http.NewBallot, {"seconds": 86_401}),
        (http.NewBallot, {"title": {"de": "Antrag"}}),
        (http.NewBallot, {"disclosure": "all"}),
        (http.CommandBody, {"seconds": 0}),
        (http.CommandBody, {"reason": ""}),
        (http.CommandBody, {"text": "x" * 4001}),
        (http.SeatTokensRequest, {"members": "some"}),
        (http.SeatTokensRequest, {"members": [""]}),
        (http.PresenceRequest, {"present": True}),
    ],
)
def test_bodies_have_bounds(model: type[BaseModel], body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        model.model_validate_json(json.dumps(body))
