"""The application: all routes over an open ledger, behind one entrance."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

from litestar import Litestar, route
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from ledger.api.answering import read_handler
from ledger.api.batches import BATCH
from ledger.api.entrance import Entrance
from ledger.api.exceptions_as_problems import allowed, told
from ledger.api.persons import REPLACEMENT
from ledger.api.server import docs
from ledger.api.server import problem_pages as explained
from ledger.api.server.health import operation_handlers
from ledger.api.several import WRITES_OF_SEVERAL
from ledger.api.signing import SIGNING
from ledger.api.state import Api
from ledger.api.table import READS, WRITES

MOST_BODY_BYTES = 1_000_000

_WRITING = (*WRITES, *WRITES_OF_SEVERAL, BATCH, REPLACEMENT, SIGNING)


def _nothing() -> None:
    pass


def create_app(
    api: Api,
    more: Sequence[HTTPRouteHandler] = (),
    *,
    closing: Callable[[], None] = _nothing,
    origins: Collection[str] = (),
    at_once: Mapping[str, int] = MappingProxyType({}),
) -> Entrance:
    """The ASGI application that serves a ledger, with `more` handlers; `closing` is called at the end.

    Pages of the `origins` may ask it from within a browser. `at_once` tells of some actors how many of their
    requests are answered at a time.
    """
    app = Litestar(
        handlers(more),
        state=State({"api": api}),
        exception_handlers=cast(Any, {Exception: told, HTTPException: told}),
        on_shutdown=[closing],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=MOST_BODY_BYTES,
    )
    return Entrance(app, api, (*READS, *_WRITING), origins, at_once)


def handlers(more: Sequence[HTTPRouteHandler] = ()) -> list[HTTPRouteHandler]:
    """Every route handler there is; each has the route in its `opt`, or says there that it is public."""
    found = [
        *(read_handler(one) for one in READS),
        *(one.handler() for one in _WRITING),
        *operation_handlers(),
        *docs.HANDLERS,
        *explained.HANDLERS,
        *more,
    ]
    methods: dict[str, set[str]] = defaultdict(set)
    for handler in found:
        for path in handler.paths:
            methods[path] |= handler.http_methods
    # First, so that Litestar makes none of its own.
    return [*(_options(path, those) for path, those in methods.items()), *found]


def _options(path: str, methods: Iterable[str]) -> HTTPRouteHandler:
    """What can be done with a path; Litestar's own answer leaves HEAD out."""

    @route(path, http_method="OPTIONS", opt={"public": True})
    async def tell() -> ASGIResponse:
        return ASGIResponse(status_code=204, headers={"Allow": allowed(methods)})

    return tell
