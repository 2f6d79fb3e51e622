"""A connection's conversation: every frame, in every order, and whatever else may arrive."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.live.session import (
    BURST,
    FLOOD,
    PATIENCE,
    Act,
    Greet,
    Object,
    PassOn,
    Raise,
    Session,
    Speak,
    TooFast,
    Vote,
)
from server.vocabulary import Language, Signal
from server.wire.close_codes import CloseCode, is_transient
from server.wire.messages import FRAME_LIMIT

HELLO = {"type": "hello", "protocol": 1, "token": "t"}
PRESS = {
    "type": "press",
    "press_id": "00000000-0000-4000-8000-000000000001",
    "ballot": "b-1",
    "choice": "yes",
}
SIGNAL = {"type": "signal", "signal": "assistance", "on": True}
LANG = {"type": "lang", "lang": "ar"}
HAND_OVER = {"type": "hand_over", "delegate": "Mr Soleil"}

Kind = Literal["seat", "screen"]


def hear(session: Session, frame: Any, now: float = 0.0) -> Act:
    return session.hear(json.dumps(frame), now)


def greeted(kind: Kind = "seat") -> Session:
    session = Session(kind, 0.0)
    assert isinstance(hear(session, HELLO), Greet)
    return session


def objected(act: Act) -> Object:
    assert isinstance(act, Object), act
    assert act.error.detail
    return act


# --- what is understood


def test_a_seat_may_say_five_things() -> None:
    session = Session("seat", 0.0)
    greeting = hear(session, {**HELLO, "lang": "es", "device": "tablet 7"})
    assert isinstance(greeting, Greet)
    assert (greeting.hello.lang, greeting.hello.token) == (Language.ES, "t")
    vote = hear(session, PRESS)
    assert isinstance(vote, Vote)
    assert (vote.press.ballot, vote.press.choice) == ("b-1", "yes")
    raised = hear(session, SIGNAL)
    assert isinstance(raised, Raise)
    assert (raised.signal.signal, raised.signal.on) == (Signal.ASSISTANCE, True)
    passed = hear(session, HAND_OVER)
    assert isinstance(passed, PassOn)
    assert passed.hand_over.delegate == "Mr Soleil"
    spoken = hear(session, LANG)
    assert isinstance(spoken, Speak)
    assert spoken.lang.lang is Language.AR


def test_a_hello_may_present_the_last_receipt() -> None:
    receipt = {"ballot": "b-1", "press_id": PRESS["press_id"], "n": 3, "proof": "p"}
    act = hear(Session("seat", 0.0), {**HELLO, "receipt": receipt})
    assert isinstance(act, Greet)
    assert act.hello.receipt is not None
    assert act.hello.receipt.n == 3


@pytest.mark.parametrize("frame", [PRESS, SIGNAL, HAND_OVER])
def test_a_screen_neither_votes_nor_asks(frame: dict[str, Any]) -> None:
    act = objected(hear(greeted("screen"), frame))
    assert (act.error.code, act.close) == ("malformed", None)


@pytest.mark.parametrize("kind", ["seat", "screen"])
@pytest.mark.parametrize("frame", [PRESS, SIGNAL, HAND_OVER, LANG])
def test_hello_comes_first(frame: dict[str, Any], kind: Kind) -> None:
    act = objected(hear(Session(kind, 0.0), frame))
    if kind == "seat" or frame is LANG:
        assert (act.error.code, act.close) == ("hello_first", CloseCode.PROTOCOL)
    else:
        assert act.error.code == "malformed"


def test_hello_comes_once() -> None:
    session = greeted()
    act = objected(hear(session, HELLO))
    assert (act.error.code, act.close) == ("hello_again", None)
    assert isinstance(hear(session, PRESS), Vote)


@pytest.mark.parametrize("version", [0, 2, -1, 10**12])
def test_another_protocol_is_told_which_is_spoken(version: int) -> None:
    act = objected(hear(Session("seat", 0.0), {**HELLO, "protocol": version}))
    assert (act.error.code, act.close) == ("unsupported_protocol", CloseCode.UNSUPPORTED)
    assert "speak 1" in act.error.detail
    assert not is_transient(CloseCode.UNSUPPORTED)


# --- what is not


@pytest.mark.parametrize(
    ("frame", "field"),
    [
        ({"type": "dance"}, ""),
        ({}, ""),
        ([], ""),
        (None, ""),
        ("hello", ""),
        ({"type": "press"}, "press_id"),
        ({**PRESS, "press_id": "1"}, "press_id"),
        ({**PRESS, "press_id": 1}, "press_id"),
        ({**PRESS, "ballot": ""}, "ballot"),
        ({**PRESS, "ballot": "b" * 65}, "ballot"),
        ({**PRESS, "choice": 1}, "choice"),
        ({**PRESS, "choice": None}, "choice"),
        ({**PRESS, "more": 1}, "more"),
        ({**SIGNAL, "signal": "fire"}, "signal"),
        ({**SIGNAL, "on": "yes"}, "on"),
        ({**HAND_OVER, "delegate": ""}, "delegate"),
        ({**HAND_OVER, "delegate": 1}, "delegate"),
        ({**HAND_OVER, "member": "FR"}, "member"),
        ({**LANG, "lang": "de"}, "lang"),
    ],
)
def test_a_malformed_frame_is_named_by_its_field(frame: Any, field: str) -> None:
    session = greeted()
    act = objected(hear(session, frame))
    assert (act.error.code, act.close) == ("malformed", None)
    assert act.error.detail.startswith(field)
    assert isinstance(hear(session, PRESS), Vote)


@pytest.mark.parametrize(
    ("frame", "field"),
    [
        ({**HELLO, "protocol": "1"}, "protocol"),
        ({**HELLO, "token": None}, "token"),
        ({**HELLO, "token": "t" * 513}, "token"),
        ({**HELLO, "lang": "xx"}, "lang"),
        ({**HELLO, "receipt": {"n": 0}}, "receipt."),
    ],
)
def test_a_malformed_hello_may_be_sent_again(frame: Any, field: str) -> None:
    session = Session("seat", 0.0)
    act = objected(hear(session, frame))
    assert (act.error.code, act.close) == ("malformed", None)
    assert act.error.detail.startswith(field)
    assert isinstance(hear(session, HELLO), Greet)


def test_an_error_does_not_say_the_token_again() -> None:
    secret = "token-that-nobody-may-read-in-a-log"
    for frame in ({**HELLO, "token": secret * 20}, {**HELLO, "token": [secret]}):
        assert secret not in objected(hear(Session("seat", 0.0), frame)).error.detail


def test_repeated_faults_are_told_to_stop() -> None:
    session = greeted()
    closes = [objected(session.hear("{", 0.0)).close for _ in range(PATIENCE)]
    assert closes == [None] * (PATIENCE - 1) + [CloseCode.PROTOCOL]


def test_binary_frames_are_not_spoken() -> None:
    assert objected(greeted().hear(None, 0.0)).error.code == "not_text"


@pytest.mark.parametrize("letter", ["x", "é", "ن", "🗳"])
def test_a_frame_has_a_size_in_bytes(letter: str) -> None:
    """The limit is what travels: an Arabic letter is two bytes, not one."""
    room = FRAME_LIMIT - len(json.dumps({**PRESS, "choice": ""}))
    fits = room // len(letter.encode())
    frame = json.dumps({**PRESS, "choice": letter * fits}, ensure_ascii=False)
    assert isinstance(greeted().hear(frame, 0.0), Vote)
    frame = json.dumps({**PRESS, "choice": letter * (fits + 1)}, ensure_ascii=False)
    assert objected(greeted().hear(frame, 0.0)).error.code == "too_large"


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"type":'])
def test_deep_nesting_is_a_fault_like_another(opening: str) -> None:
    text = opening * (FRAME_LIMIT // len(opening))
    assert objected(greeted().hear(text, 0.0)).error.code == "malformed"


# --- how fast


def test_presses_beyond_the_rate_are_refused_and_taken_again_later() -> None:
    session = greeted()
    acts = [hear(session, PRESS) for _ in range(int(BURST))]
    assert [isinstance(act, Vote) for act in acts] == [True] * (int(BURST) - 1) + [False]
    assert isinstance(acts[-1], TooFast)
    assert isinstance(hear(session, PRESS, 0.05), TooFast)
    assert isinstance(hear(session, PRESS, 1.0), Vote)


@pytest.mark.parametrize("frame", [SIGNAL, HAND_OVER, LANG])
def test_other_frames_beyond_the_rate_are_faults(frame: dict[str, Any]) -> None:
    session = greeted()
    for _ in range(int(BURST) - 1):
        assert not isinstance(hear(session, frame), Object)
    acts = [objected(hear(session, frame)) for _ in range(PATIENCE)]
    assert {act.error.code for act in acts} == {"rate_limited"}
    assert acts[-1].close is CloseCode.PROTOCOL


def test_a_flood_of_presses_is_told_to_stop() -> None:
    """Each refusal costs the hall an answer: who never slows down is closed."""
    session = greeted()
    for _ in range(int(BURST) - 1):
        assert isinstance(hear(session, PRESS), Vote)
    acts = [hear(session, PRESS) for _ in range(FLOOD)]
    assert all(isinstance(act, TooFast) for act in acts[:-1])
    assert objected(acts[-1]).close is CloseCode.PROTOCOL


def test_a_hand_that_drums_is_not_a_flood() -> None:
    session = greeted()
    for n in range(20 * FLOOD):
        assert isinstance(hear(session, PRESS, n / 12), Vote | TooFast)


# --- anything else

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    ["type", "protocol", "token", "lang", "press_id", "ballot", "choice", "signal", "on", "receipt"]
)
VALUES = JSON | st.sampled_from(["hello", "press", "signal", "lang", 1, True, PRESS["press_id"]])
FRAMES = (
    st.binary(max_size=400)
    | st.text(st.characters(), max_size=400)
    | JSON.map(json.dumps)
    | st.dictionaries(FIELDS, VALUES).map(json.dumps)
    | st.sampled_from([HELLO, PRESS, SIGNAL, HAND_OVER, LANG]).map(json.dumps)
    | st.none()
)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["seat", "screen"]),
    st.lists(st.tuples(FRAMES, st.floats(0, 2)), max_size=12),
)
def test_nothing_that_arrives_raises(
    kind: Kind, frames: list[tuple[str | bytes | None, float]]
) -> None:
    session, now, greetings = Session(kind, 0.0), 0.0, 0
    for frame, pause in frames:
        now += pause
        act = session.hear(frame, now)
        assert isinstance(act, Act)
        if isinstance(act, Object):
            assert act.error.detail
        elif isinstance(act, Greet):
            greetings += 1
        else:
            # Nothing is done for who has not said hello, and nothing of a seat's for a screen.
            assert greetings == 1
            assert kind == "seat" or isinstance(act, Speak)
    assert greetings <= 1
