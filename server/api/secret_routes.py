"""Secret ballots: what scrutineers sign and open, and the archive that anybody can check.

Rule: nothing here is secret. Scrutineers act for themselves only: the name is that of their token.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from server.api.ballot_routes import answer
from server.api.endpoint import EVERY_ROLE, Call, Endpoint, json_response
from server.api.problems import problem, refusal_problem
from server.ballots.life import Ballot, Cancelled, closure_of, phase_of
from server.ballots.secret import Secret
from server.ballots.transitions import allowed
from server.hall.accrediting import sign_list
from server.hall.desk import UnknownBallot, find
from server.hall.opening import give_share
from server.record.sealed import archive_of
from server.secrecy.election import read_election
from server.vocabulary import Role
from server.wire.http import (
    BallotResponse,
)
from server.wire.scrutiny import (
    AccreditedMember,
    DecryptionRequest,
    ListSignatureRequest,
    SecretResponse,
)

SCRUTINEER = frozenset({Role.SCRUTINEER})

ARCHIVE_TYPE = "application/x-tar"


async def show_secret(call: Call) -> Response:
    """The texts of a secret ballot, and who has signed and opened it."""
    found = await _found(call)
    if isinstance(found, Response):
        return found
    ballot, secret = found
    return json_response(
        SecretResponse(
            ballot=ballot.id,
            phase=phase_of(ballot.state),
            election=secret.election,
            fingerprint=read_election(secret.election).fingerprint,
            trustees=secret.trustees,
            credentials=secret.credentials,
            accredited=[
                AccreditedMember(member=member, public=public)
                for member, public in secret.accredited.items()
            ],
            scrutineers=list(secret.scrutineers),
            needed=secret.needed,
            signed=list(secret.signatures),
            signatures=dict(secret.signatures),
            opened=[secret.scrutineers[each.trustee - 1] for each in secret.shares],
            is_open=secret.result is not None,
        )
    )


async def sign(call: Call) -> Response:
    """A scrutineer signs who may vote."""
    asked = call.body
    assert isinstance(asked, ListSignatureRequest)  # noqa: S101  # the endpoint parsed it
    done = await sign_list(call.context.desk, _name(call), _id(call), asked.signature, call.key())
    return await answer(call, done, "accreditation", 200)


async def decrypt(call: Call) -> Response:
    """A scrutineer gives a partial decryption."""
    asked = call.body
    assert isinstance(asked, DecryptionRequest)  # noqa: S101  # the endpoint parsed it
    done = await give_share(call.context.desk, _name(call), _id(call), asked.text, call.key())
    return await answer(call, done, "decryptions", 200)


async def archive(call: Call) -> Response:
    """The archive of a closed secret ballot."""
    found = await _found(call)
    if isinstance(found, Response):
        return found
    ballot, secret = found
    if isinstance(ballot.state, Cancelled) or closure_of(ballot) is None:
        return problem(
            409,
            "not_allowed_now",
            "There is no archive yet",
            f"The ballot is {phase_of(ballot.state)}; its archive exists once it is closed.",
            phase=phase_of(ballot.state),
            allowed=list(allowed(ballot)),
        )
    raw = await run_in_threadpool(archive_of, ballot)
    name = f"{read_election(secret.election).uuid}.bel"
    return Response(
        raw,
        media_type=ARCHIVE_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _found(call: Call) -> tuple[Ballot, Secret] | Response:
    found = find(await call.context.desk.ledger.catch_up(), _id(call))
    if isinstance(found, UnknownBallot):
        return refusal_problem(found)
    if found.secret is None:
        return problem(
            404,
            "not_secret",
            "Not an announced secret ballot",
            "Only a secret ballot has this, from its announcement on.",
        )
    return found, found.secret


def _id(call: Call) -> str:
    return str(call.request.path_params["id"])


def _name(call: Call) -> str:
    assert call.bearer is not None  # noqa: S101  # the endpoint asks for a token
    return call.bearer.user or ""


ENDPOINTS = (
    Endpoint(
        "GET",
        "/api/v1/ballots/{id}/secret",
        "The texts of a secret ballot, who has signed and who has opened it",
        EVERY_ROLE,
        show_secret,
        gives=SecretResponse,
    ),
    Endpoint(
        "POST",
        "/api/v1/ballots/{id}/accreditation",
        "Sign who may vote in a secret ballot",
        SCRUTINEER,
        sign,
        ListSignatureRequest,
        BallotResponse,
        commands=True,
    ),
    Endpoint(
        "POST",
        "/api/v1/ballots/{id}/decryptions",
        "Give a partial decryption of a closed secret ballot",
        SCRUTINEER,
        decrypt,
        DecryptionRequest,
        BallotResponse,
        commands=True,
    ),
    Endpoint(
        "GET",
        "/api/v1/ballots/{id}/archive",
        "The archive of a secret ballot, for belenios-tool and `hemicycle verify`",
        EVERY_ROLE,
        archive,
    ),
)
