"""The HTTP contract: valid, complete, and what the server really answers."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Mount, Route

from server.api.app import ENDPOINTS
from server.api.openapi import (
    BODIES,
    COMMANDS,
    FIELDS,
    PARAMETERS,
    QUERIES,
    commands_table,
    openapi_document,
)
from server.api.static import SCREENS
from server.assembly.roll import Roll
from server.ballots.life import Ballot, Declared, Open, Result, Step
from server.ballots.question import Question, Title
from server.ballots.transitions import needs
from server.cli.options import ServeOptions, WebSockets
from server.cli.wiring import open_hall
from server.vocabulary import Command, Disclosure, Kind, Mode
from tests.halls import HallProcess, Operator
from tests.own_hall import hall

__all__ = ["hall"]

DOCUMENT = openapi_document(ENDPOINTS, "0.0.0")
NAMES = {f"{endpoint.method} {endpoint.path}" for endpoint in ENDPOINTS}


def faults(answer: Any, operation: dict[str, Any], status: int) -> list[str]:
    """What is wrong with an answer's body by the contract."""
    response = operation["responses"][str(status)]
    if "$ref" in response:
        response = DOCUMENT["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
    (content,) = (body for media, body in response["content"].items() if "json" in media)
    schema = {**content["schema"], "components": DOCUMENT["components"]}
    return [fault.message for fault in Draft202012Validator(schema).iter_errors(answer)]


def test_the_document_is_valid_openapi() -> None:
    assert [fault.message for fault in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


def test_the_validator_sees_a_fault() -> None:
    broken = {**DOCUMENT, "info": {"title": "Hemicycle"}}
    assert list(OpenAPIV31SpecValidator(broken).iter_errors()) != []


async def test_every_route_of_the_application_appears(tmp_path: Path) -> None:
    options = ServeOptions(
        host="127.0.0.1", port=0, data=tmp_path / "data", redis=None, database=None,
        assembly=None, public_url=None, signing_key=None, tls_certificate=None,
        tls_key=None, wait_replicas=0,
        websockets=WebSockets.PICOWS, max_connections=100, proof_workers=1,
        operator_password="long enough",
    )  # fmt: skip
    async with AsyncExitStack() as stack:
        served = await open_hall(options, stack)
        routed = {
            (method.lower(), route.path)
            for route in served.app.http.routes
            if isinstance(route, Route)
            for method in (route.methods or set()) - {"HEAD"}
        }
        mounted = {route.path for route in served.app.http.routes if isinstance(route, Mount)}
        assert set(served.app.sockets) == {"/ws/v1/kiosk", "/ws/v1/display", "/ws/v1/console"}
    described = {
        (method, path)
        for path, item in DOCUMENT["paths"].items()
        for method in item
        if method != "parameters"
    }
    pages = {("get", "/"), *(("get", f"{path}/") for path in _screens())}
    assert routed - pages == described
    assert mounted <= _screens() | {"/flags"}


def _screens() -> set[str]:
    return {f"/{name}" for name in SCREENS}


def test_every_success_says_what_it_carries() -> None:
    silent = {
        f"{endpoint.method} {endpoint.path}"
        for endpoint in ENDPOINTS
        if endpoint.gives is None and endpoint.status != 204
    }
    assert silent == set(BODIES)
    assert set(QUERIES) <= NAMES
    in_paths = {name for each in ENDPOINTS for name in _placeholders(each.path)}
    assert in_paths == set(PARAMETERS)


def _placeholders(path: str) -> set[str]:
    return {part[1:-1] for part in path.split("/") if part.startswith("{")}


def test_each_operation_has_a_name_of_its_own() -> None:
    named = [each.act.__name__ for each in ENDPOINTS]
    assert len(set(named)) == len(named)


def test_health_contracts_and_photos_alone_ask_for_no_token() -> None:
    without_token = {
        path
        for path, item in DOCUMENT["paths"].items()
        for method, operation in item.items()
        if method != "parameters" and operation["security"] == []
    }
    assert without_token == {
        "/healthz", "/readyz", "/openapi.json", "/asyncapi.json", "/api/v1/login",
        "/api/v1/photos/{hash}",
    }  # fmt: skip


def test_every_command_is_in_the_table() -> None:
    table = commands_table()
    described = DOCUMENT["paths"]["/api/v1/ballots/{id}/{command}"]["post"]["description"]
    assert table in described
    assert [row.split("`")[1] for row in table.splitlines()[2:]] == [
        each.value for each in COMMANDS
    ]
    assert set(COMMANDS) == set(Command)


def test_the_fields_that_commands_need_are_those_of_the_life_of_a_ballot() -> None:
    question = Question(
        Title("Motion"), Kind.MOTION, "ordinary", Mode.RECORDED, Disclosure.COUNTS,
        None, None, None, False, True, False, {}, (),
    )  # fmt: skip
    roll = Roll((), 0)
    running = Open(roll, Step(1, Command.OPEN, None, "box"), last_call=False)
    declared = Declared(roll, None, Result({"result": {"outcome": "adopted"}}, ""))
    told = {
        command: tuple(
            field
            for state in (running, declared)
            for field in needs(Ballot("B", question, state, None, None, ()), command)
            if field != "reason"
        )
        for command in Command
    }
    assert {
        command: tuple(dict.fromkeys(fields)) for command, fields in told.items() if fields
    } == dict(FIELDS)


def test_the_server_hands_out_this_contract(hall: HallProcess, operator: Operator) -> None:
    served = operator.http.get(f"{hall.url}/openapi.json")
    assert served.headers["content-type"] == "application/json"
    assert served.json()["paths"] == DOCUMENT["paths"]


@pytest.mark.parametrize(
    "path", ["/api/v1/me", "/api/v1/assembly", "/api/v1/members", "/api/v1/ballots",
             "/api/v1/journal", "/healthz", "/readyz"],
)  # fmt: skip
def test_readings_are_as_the_contract_says(
    hall: HallProcess, operator: Operator, path: str
) -> None:
    operator.prepare()
    answer = operator.http.get(f"{hall.url}{path}")
    assert answer.status_code == 200
    assert faults(answer.json(), DOCUMENT["paths"][path]["get"], 200) == []


def test_a_ballots_answers_are_as_the_contract_says(operator: Operator) -> None:
    tokens = operator.http.post("/seats/tokens", json={"members": ["FR"]})
    assert faults(tokens.json(), DOCUMENT["paths"]["/api/v1/seats/tokens"]["post"], 200) == []
    command = DOCUMENT["paths"]["/api/v1/ballots/{id}/{command}"]["post"]
    ballot = operator.prepare()["id"]
    for name, body in (("announce", {}), ("open", {"seconds": 60}), ("close", {}), ("declare", {})):
        answer = operator.command(ballot, name, **body)
        assert faults(answer, command, 200) == []
    refused = operator.try_command(ballot, "open")
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"
    assert faults(refused.json(), command, 409) == []
    wrong = operator.try_command(ballot, "correct", text=7)
    assert wrong.status_code == 422
    assert faults(wrong.json(), command, 422) == []


def test_the_contract_would_notice_a_wrong_answer() -> None:
    me = DOCUMENT["paths"]["/api/v1/me"]["get"]
    assert faults({"role": "king", "user": None, "seat": None, "member": None}, me, 200) != []
