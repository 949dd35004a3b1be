"""What those who run the server ask it: is it alive, is it ready, what does it count."""

import asyncio
from typing import Any

import msgspec
from litestar import Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from sqlalchemy import Connection

from ledger.api.reading import JSON
from ledger.api.state import Api, api_of
from ledger.store import log
from ledger.store.errors import StoreError
from projections import states

PUBLIC = {"public": True}
_METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def operation_handlers() -> list[HTTPRouteHandler]:
    """The handlers of `/healthz`, `/readyz` and `/metrics`, which ask for no token and tell nothing of anybody."""

    @get("/healthz", name="healthz", opt=PUBLIC)
    async def healthz() -> ASGIResponse:
        return _answer({"status": "alive"})

    @get("/readyz", name="readyz", opt=PUBLIC)
    async def readyz(request: Request[Any, Any, Any]) -> ASGIResponse:
        reasons = await asyncio.to_thread(_unready, api_of(request.app))
        if reasons:
            return _answer({"status": "not ready", "reasons": reasons}, 503)
        return _answer({"status": "ready"})

    @get("/metrics", name="metrics", opt=PUBLIC)
    async def metrics(request: Request[Any, Any, Any]) -> ASGIResponse:
        api = api_of(request.app)
        await asyncio.to_thread(_measure, api)
        return ASGIResponse(body=api.metrics.text(), media_type=_METRICS_TYPE)

    return [healthz, readyz, metrics]


def _unready(api: Api) -> list[str]:
    """Why the server cannot answer all that is asked of it: the store is out of reach, or a view broke or is behind."""
    try:
        with api.ledger.log.store.snapshot() as connection:
            return [
                f"{name}: {'broken' if lag is None else f'{lag} events behind'}"
                for name, lag in _lags(api, connection).items()
                if lag != 0
            ]
    except StoreError:
        return ["the store is out of reach"]


def _measure(api: Api) -> None:
    try:
        with api.ledger.log.store.snapshot() as connection:
            lags = _lags(api, connection)
    except StoreError:
        return
    for name, lag in lags.items():
        api.metrics.lags(name, float("nan") if lag is None else lag)


def _lags(api: Api, connection: Connection) -> dict[str, int | None]:
    """How many events each view is behind; None for one that broke or is of another release."""
    head, known = log.head(connection), states.read(connection)
    found: dict[str, int | None] = {}
    for view in api.ledger.views.all():
        state = known.get(view.name)
        sound = state is not None and state.version == view.version and state.broken_at is None
        found[view.name] = head - state.position if state is not None and sound else None
    return found


def _answer(document: dict[str, Any], status: int = 200) -> ASGIResponse:
    return ASGIResponse(
        body=msgspec.json.encode(document),
        status_code=status,
        media_type=JSON,
        headers={"Cache-Control": "no-store"},
    )
