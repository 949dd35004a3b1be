"""The servers that the portal's benchmark asks: ours, or Litestar alone with a constant and no token (`plain`)."""

import os
import sys
from typing import cast

import msgspec
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from litestar import Litestar, get
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp

_CONSTANT = (
    b'{"position":100000,"volunteer":"vol_000000","service_minutes":1200,"credit_minutes":1200,"stars":0}'
)


@get("/constant")
async def constant() -> ASGIResponse:
    """The same bytes for everybody."""
    return ASGIResponse(body=_CONSTANT, media_type="application/json")


def app() -> ASGIApp:
    """Our application, as `timebank serve` serves it."""
    # Here, as the other server has nothing of it and begins sooner without.
    from ledger.api.server.served import application, let_many_take_part
    from ledger.api.server.serving import Served

    made = application(msgspec.json.decode(os.environ["TIMEBANK_SERVED"], type=Served))
    let_many_take_part()
    return made


def plain() -> ASGIApp:
    """Litestar's own, with nothing around it."""
    return cast(ASGIApp, Litestar([constant], openapi_config=None, logging_config=None))


if __name__ == "__main__":
    Server(
        f"benchmarks.parts.portal_served:{sys.argv[1]}",
        factory=True,
        port=int(sys.argv[2]),
        interface=Interfaces.ASGI,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
