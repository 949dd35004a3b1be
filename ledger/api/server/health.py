"""What those who run the server ask it: is it alive, is it ready, what does it count."""

from typing import Any

import msgspec
from litestar import Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from ledger.api.requests import headers_of, language
from ledger.api.sent import JSON
from ledger.api.server.metrics import CONTENT_TYPE
from ledger.api.state import api_of
from ledger.operations.refused import Problem
from ledger.operations.words.said import in_language

PUBLIC = {"public": True}


def operation_handlers() -> list[HTTPRouteHandler]:
    """The handlers of `/healthz`, `/readyz` and `/metrics`, which ask for no token and tell nothing of anybody."""

    @get("/healthz", name="healthz", opt=PUBLIC)
    async def healthz() -> ASGIResponse:
        return _answer({"status": "alive"})

    @get("/readyz", name="readyz", opt=PUBLIC)
    async def readyz(request: Request[Any, Any, Any]) -> ASGIResponse:
        ready = await api_of(request.app).ready.get()
        spoken = language(headers_of(request.scope))
        warnings = [{"code": one.code, "detail": in_language(one.detail, spoken)} for one in ready.warnings]
        more = {"warnings": warnings} if warnings else {}
        if ready.reasons:
            reasons = [in_language(one, spoken) for one in ready.reasons]
            return _answer({"status": "not ready", "reasons": reasons, **more}, 503)
        return _answer({"status": "ready", **more})

    @get("/metrics", name="metrics", opt=PUBLIC)
    async def metrics(request: Request[Any, Any, Any]) -> ASGIResponse:
        api = api_of(request.app)
        if not api.metrics.public:
            raise Problem("not-found")
        # As a media type it would be given its character set once more, which Prometheus takes for none.
        return ASGIResponse(body=await api.figures.get(), headers={"Content-Type": CONTENT_TYPE})

    return [healthz, readyz, metrics]


def _answer(document: dict[str, Any], status: int = 200) -> ASGIResponse:
    return ASGIResponse(
        body=msgspec.json.encode(document),
        status_code=status,
        media_type=JSON,
        headers={"Cache-Control": "no-store", "Vary": "Accept-Language"},
    )
