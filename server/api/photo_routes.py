"""Candidates' photos: the operator uploads them, the screens show them.

Rule: a photo is found by its hash, which only who is shown the candidate learns; so it is served
to whoever asks for the hash, and kept by browsers for good. It can do nothing but be looked at: its
type is the one that its bytes have, and its Content-Security-Policy allows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from server.api.endpoint import OPERATOR, Call, Endpoint, json_response
from server.api.problems import problem, refusal_problem
from server.assembly.photo import MOST_PHOTOS, MediaType, NotAPhoto, read_photo
from server.hall.desk import BadField
from server.wire.http import NewCandidate, PhotoResponse

HEADERS: Final = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_HASH: Final = re.compile("[0-9a-f]{64}")

UPLOAD_TYPES: Final = tuple(each.value for each in MediaType)


async def upload_photo(call: Call) -> Response:
    """Keep a photo: the body is the file."""
    photo = await run_in_threadpool(read_photo, call.raw)
    if isinstance(photo, NotAPhoto):
        return problem(422, "not_a_photo", "This cannot be shown as a photo", f"{photo.why}.")
    digest = await call.context.photos.keep(photo)
    if digest is None:
        full = f"The hall keeps {MOST_PHOTOS} photos, and forgets none: name one of them, or none."
        return problem(409, "too_many_photos", "No further photo is kept", full)
    told = PhotoResponse(
        photo=digest, media_type=photo.media_type.value, width=photo.width, height=photo.height
    )
    return json_response(told, 201)


async def show_photo(call: Call) -> Response:
    """A photo by its hash."""
    digest = str(call.request.path_params["hash"])
    headers = {**HEADERS, "ETag": f'"{digest}"'}
    if not _HASH.fullmatch(digest):
        return _unknown()
    if headers["ETag"] in call.request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)  # the hash says that it is the same
    photo = await call.context.photos.photo(digest)
    if photo is None:
        return _unknown()
    return Response(photo.content, media_type=photo.media_type.value, headers=headers)


def _unknown() -> Response:
    return problem(404, "not_found", "Not found", "There is no photo with this hash.")


async def unknown_photo(call: Call, candidates: Sequence[NewCandidate]) -> Response | None:
    """The refusal of the first candidate whose photo the hall does not have, or None."""
    for n, each in enumerate(candidates):
        if each.photo is not None and not await call.context.photos.has(each.photo):
            remedy = "the hall has no such photo; upload it first, to /api/v1/photos"
            return refusal_problem(BadField(f"candidates[{n}].photo", remedy))
    return None


ENDPOINTS = (
    Endpoint(
        "POST",
        "/api/v1/photos",
        "Upload a candidate's photo: PNG, JPEG or WebP as it is",
        OPERATOR,
        upload_photo,
        gives=PhotoResponse,
        status=201,
    ),
    Endpoint("GET", "/api/v1/photos/{hash}", "A candidate's photo", None, show_photo),
)
