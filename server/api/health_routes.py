"""Health, metrics and the machine-readable contracts.

Rule: these are the only routes without a token, and they say nothing of any ballot; metrics ask
for a token of the staff.
"""

from __future__ import annotations

import json

from starlette.responses import Response

from server.api.endpoint import STAFF, Call, Endpoint
from server.api.problems import unavailable


async def healthz(call: Call) -> Response:
    """The process lives."""
    return _json({"status": "ok", "version": call.context.version})


async def readyz(call: Call) -> Response:
    """Box and journal answer: votes can be taken."""
    await call.context.desk.box.now()
    await call.context.desk.ledger.journal.head()
    if not call.context.hub.store_answers():
        return unavailable()
    return _json({"status": "ready"})


async def metrics(call: Call) -> Response:
    """Counters and gauges for Prometheus."""
    return Response(call.context.metrics(), media_type="text/plain; version=0.0.4")


def _json(body: dict[str, str]) -> Response:
    return Response(json.dumps(body), media_type="application/json")


ENDPOINTS = (
    Endpoint("GET", "/healthz", "The process lives", None, healthz),
    Endpoint("GET", "/readyz", "Votes can be taken", None, readyz),
    Endpoint("GET", "/metrics", "Metrics for Prometheus", STAFF, metrics),
)
