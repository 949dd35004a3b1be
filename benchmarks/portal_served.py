"""The server that the portal's benchmark asks: ours, with a constant behind the same entrance and the same token."""

import os
from typing import Any

import msgspec
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from litestar import Request, get
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp

from ledger.api.access import Access
from ledger.api.admission import admitted
from ledger.api.callers import Role
from ledger.api.serving import Served, application

ANYBODY = Access(roles=frozenset(Role))
_CONSTANT = (
    b'{"position":100000,"volunteer":"vol_000000","service_minutes":1200,"credit_minutes":1200,"stars":0}'
)


@get("/constant", opt={"public": True})
async def constant(request: Request[Any, Any, Any]) -> ASGIResponse:
    """The same bytes for whoever has a token."""
    admitted(request, ANYBODY)
    return ASGIResponse(body=_CONSTANT, media_type="application/json")


def served() -> Served:
    return msgspec.json.decode(os.environ["TIMEBANK_SERVED"], type=Served)


def app() -> ASGIApp:
    """The application."""
    return application(served(), [constant])


if __name__ == "__main__":
    Server(
        "benchmarks.portal_served:app",
        factory=True,
        port=served().port,
        interface=Interfaces.ASGI,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
