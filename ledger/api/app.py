"""The application: all routes over an open ledger, behind one entrance."""

from collections.abc import Sequence
from typing import Any, cast

from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from ledger.api.batches import BATCH
from ledger.api.entrance import Entrance
from ledger.api.failing import told
from ledger.api.state import Api
from ledger.api.table import READS, WRITES

MOST_BODY_BYTES = 1_000_000


def create_app(api: Api, more: Sequence[HTTPRouteHandler] = ()) -> ASGIApp:
    """The ASGI application that serves a ledger, with handlers of others beside its own."""
    app = Litestar(
        [*(route.handler() for route in (*READS, *WRITES, BATCH)), *more],
        state=State({"api": api}),
        exception_handlers=cast(Any, {Exception: told, HTTPException: told}),
        on_shutdown=[api.balances.close],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=MOST_BODY_BYTES,
    )
    return Entrance(app, api.metrics)
