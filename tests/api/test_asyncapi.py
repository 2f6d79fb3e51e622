"""The sockets' contract: valid, complete, and what the server really sends."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, Draft202012Validator

from server.api.asyncapi import CLOSE_CODES, ERROR_CODES, SOCKETS, asyncapi_document
from server.live.session import BURST, Object, Session
from server.wire.close_codes import CloseCode
from server.wire.messages import FRAME_LIMIT
from tests.halls import Client, HallProcess, Operator
from tests.own_hall import hall

DOCUMENT = asyncapi_document("0.0.0")
SPECIFICATION = (
    Path(__file__).parents[2] / "node_modules" / "@asyncapi" / "specs" / "schemas" / "3.0.0.json"
)

__all__ = ["hall"]
HELLO = '{"type":"hello","protocol":1}'


def faults_of_document(document: dict[str, Any]) -> list[str]:
    """What the AsyncAPI project's own schema finds wrong."""
    assert SPECIFICATION.is_file(), "the front-end packages are missing: run `npm ci`"
    schema = json.loads(SPECIFICATION.read_text(encoding="utf-8"))
    return [fault.message for fault in Draft7Validator(schema).iter_errors(document)]


def faults_of_frame(socket: str, frame: dict[str, Any]) -> list[str]:
    """What is wrong with a frame that the hall sent on a socket, by the contract."""
    said = DOCUMENT["operations"][f"{socket}_says"]["messages"]
    titles = [reference["$ref"].rsplit("/", 1)[1] for reference in said]
    messages = [DOCUMENT["components"]["messages"][title] for title in titles]
    (message,) = (each for each in messages if each["name"] == frame["type"])
    schema = {**message["payload"], "components": DOCUMENT["components"]}
    return [fault.message for fault in Draft202012Validator(schema).iter_errors(frame)]


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(part, list):
        for each in part:
            yield from references(each)


def test_the_document_is_valid_asyncapi() -> None:
    assert faults_of_document(DOCUMENT) == []


def test_the_validator_sees_a_fault() -> None:
    operation = {**DOCUMENT["operations"]["kiosk_hears"], "action": "shout"}
    assert faults_of_document({**DOCUMENT, "operations": {"kiosk_hears": operation}}) != []


def test_every_reference_leads_somewhere() -> None:
    for reference in references(DOCUMENT):
        place = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
        assert place, reference


def test_the_sockets_are_those_of_the_wire() -> None:
    addresses = {channel["address"] for channel in DOCUMENT["channels"].values()}
    assert addresses == {"/ws/v1/kiosk", "/ws/v1/display", "/ws/v1/console"}
    heard = {frame.__name__ for socket in SOCKETS for frame in socket.hears}
    assert heard == {"Hello", "Press", "Accredit", "SignalFrame", "HandOverFrame", "SetLanguage"}


def test_every_close_code_is_told_with_what_to_do() -> None:
    assert set(CLOSE_CODES) == set(CloseCode)
    rows = {row["code"]: row["reconnect"] for row in DOCUMENT["channels"]["kiosk"]["x-close-codes"]}
    assert rows[CloseCode.SLOW] is True
    assert rows[CloseCode.REPLACED] is False


def test_the_error_codes_are_those_that_a_session_gives() -> None:
    def objection(*frames: str | None) -> str:
        session = Session("screen", 0.0)
        acts = [session.hear(frame, 0.0) for frame in frames]
        assert isinstance(acts[-1], Object)
        return acts[-1].error.code

    lang = '{"type":"lang","lang":"fr"}'
    given = {
        objection(None),
        objection("x" * (FRAME_LIMIT + 1)),
        objection("{"),
        objection(lang),
        objection(HELLO, HELLO),
        objection('{"type":"hello","protocol":2}'),
        objection(HELLO, *[lang] * (int(BURST) + 1)),
    }
    # What a seat asks to have journaled is answered by who journals it.
    assert given | {"bad_accreditation", "bad_hand_over"} == set(ERROR_CODES)


def test_the_examples_are_frames_of_their_own_messages() -> None:
    examples = [
        (message, example["payload"])
        for message in DOCUMENT["components"]["messages"].values()
        for example in message.get("examples", ())
    ]
    assert len(examples) >= 5
    for message, payload in examples:
        schema = {**message["payload"], "components": DOCUMENT["components"]}
        assert list(Draft202012Validator(schema).iter_errors(payload)) == []


async def test_the_hall_sends_what_the_contract_says(hall: HallProcess, operator: Operator) -> None:
    served = operator.http.get(f"{hall.url}/asyncapi.json").json()
    assert served["channels"] == DOCUMENT["channels"]
    seat = await Client.open(f"{hall.ws}/kiosk", operator.tokens(["FR"])["FR"], lang="fr")
    display = await Client.open(f"{hall.ws}/display", operator.token)
    console = await Client.open(f"{hall.ws}/console", operator.token)
    ballot = operator.open(disclosure="individual", seconds=60)
    assert (await seat.press(ballot, "yes"))["type"] == "receipt"
    assert (await seat.press(str(uuid.uuid4()), "yes"))["type"] == "refused"
    await seat.send({"type": "vote"})
    await seat.until(lambda frame: frame["type"] == "error")
    operator.command(ballot, "close")
    operator.command(ballot, "declare")

    def declared(view: dict[str, Any]) -> bool:
        return view["ballot"] is not None and view["ballot"]["outcome"] is not None

    for name, client in (("kiosk", seat), ("display", display), ("console", console)):
        await client.view(declared)
        await client.close()
        assert {frame["type"] for frame in client.frames} >= {"welcome", "view"}
        for frame in client.frames:
            assert faults_of_frame(name, frame) == []


def test_the_contract_would_notice_a_wrong_frame() -> None:
    assert faults_of_frame("display", {"type": "beat", "server_time": "noon"}) != []
