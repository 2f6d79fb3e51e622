"""The hall as a scrutineer's program speaks to it: HTTP, one request at a time.

Rule: what the hall refuses is a value with its code and words; `HallSilent` means that it is not
known whether the request arrived, so every message may be sent again.
"""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, ValidationError

from server.vocabulary import CeremonyStep, Role
from server.wire.http import (
    BallotList,
    LoginResponse,
    Problem,
)
from server.wire.scrutiny import (
    SecrecyInfo,
    SecretResponse,
)

SECONDS: Final = 20
"""How long an answer may take."""

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

Body = TypeVar("Body", bound=BaseModel)


class HallSilent(Exception):
    """The hall did not answer, or answered what is no answer of a hall; the message says what."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The hall does not take it: the status, the stable code, and its words (English)."""

    status: int
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A hall that knows who we are. `token` is secret."""

    url: str
    user: str
    token: str

    def secrecy(self) -> SecrecyInfo | Refused:
        """The scrutineers and the ceremony."""
        return _read(self._ask("GET", "/secrecy"), SecrecyInfo)

    def give(self, ceremony: int, step: CeremonyStep, text: str) -> SecrecyInfo | Refused:
        """Give our message of a step."""
        body = {"ceremony": ceremony, "step": step.value, "text": text}
        return _read(self._ask("POST", "/secrecy/ceremony/messages", body), SecrecyInfo)

    def ballots(self) -> BallotList | Refused:
        """All ballots, in a line each."""
        return _read(self._ask("GET", "/ballots"), BallotList)

    def secret(self, ballot: str) -> SecretResponse | Refused:
        """The texts of a secret ballot, and who has signed and opened it."""
        return _read(self._ask("GET", _path("ballots", ballot, "secret")), SecretResponse)

    def archive(self, ballot: str) -> bytes | Refused:
        """The archive of a closed secret ballot."""
        return self._ask("GET", _path("ballots", ballot, "archive"))

    def sign(self, ballot: str, signature: str) -> bytes | Refused:
        """Give our signature on the list of accredited seats."""
        body = {"signature": signature}
        return self._ask("POST", _path("ballots", ballot, "accreditation"), body)

    def decrypt(self, ballot: str, text: str) -> bytes | Refused:
        """Give our partial decryption."""
        return self._ask("POST", _path("ballots", ballot, "decryptions"), {"text": text})

    def _ask(self, method: str, path: str, body: Any = None) -> bytes | Refused:
        return _ask(self.url, method, path, body, self.token)


def sign_in(url: str, user: str, password: str) -> SignedIn | Refused:
    """Sign in as a scrutineer. May raise HallSilent."""
    answer = _ask(url, "POST", "/login", {"user": user, "password": password}, None)
    signed_in = _read(answer, LoginResponse)
    if isinstance(signed_in, Refused):
        return signed_in
    if signed_in.role is not Role.SCRUTINEER:
        return Refused(403, "forbidden", f"{user} signs in as {signed_in.role.value}")
    return SignedIn(url, user, signed_in.token)


def is_open_to_eavesdroppers(url: str) -> bool:
    """Whether password and token would cross a network in clear."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname not in _LOOPBACK


def _path(*parts: str) -> str:
    return "".join(f"/{quote(part, safe='')}" for part in parts)


def _read(answer: bytes | Refused, model: type[Body]) -> Body | Refused:
    if isinstance(answer, Refused):
        return answer
    try:
        return model.model_validate_json(answer)
    except ValidationError as error:
        raise HallSilent(f"its answer is not that of a hall of this version ({error.title})") from (
            error
        )


def _ask(url: str, method: str, path: str, body: Any, token: str | None) -> bytes | Refused:
    request = urllib.request.Request(f"{url}/api/v1{path}", method=method)  # noqa: S310  # the scheme was checked when the address was given
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
        request.add_header("Idempotency-Key", str(uuid.uuid4()))
    if token is not None:
        request.add_header("Authorization", f"Bearer {token}")
    # The hall is on the hall's own network: a proxy of the machine is none of its business.
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
    )
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as refused:
        return _refused(refused)
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise HallSilent(str(reason)) from error


def _refused(refused: urllib.error.HTTPError) -> Refused:
    with refused:
        try:
            told = Problem.model_validate_json(refused.read())
        except (ValidationError, OSError) as error:
            raise HallSilent(f"HTTP {refused.code} from something that is no hall") from error
    if told.status >= 500:
        raise HallSilent(told.detail)
    return Refused(told.status, told.code, told.detail)
