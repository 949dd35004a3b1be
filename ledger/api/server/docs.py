"""The pages about the API: the OpenAPI document, and Swagger UI that shows it."""

import asyncio
import contextlib
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from litestar import Request, get
from litestar.response.base import ASGIResponse

from ledger.api.openapi.document import document
from ledger.api.requests import headers_of
from ledger.api.sent import JSON
from ledger.api.server.public import FOR_EVER, HTML, PUBLIC, published, told_in_either
from ledger.api.state import api_of
from ledger.bootstrap import Ledger
from ledger.opening import public_name_now
from ledger.operations.refused import Problem
from ledger.operations.words.document import PAGE
from ledger.operations.words.said import in_language
from ledger.store.errors import StoreError

STATIC = Path(__file__).parent / "static"
SWAGGER = STATIC / "swagger-ui"

_PLACE = re.compile(r"\{(\w+)\}")

_KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    "": "text/plain",
}


@cache
def version() -> str:
    """The version of the Swagger UI that is here."""
    return (SWAGGER / "VERSION").read_text("utf-8").partition("\n")[0]


@cache
def file(name: str) -> bytes:
    """A file of the API's own pages."""
    return (STATIC / name).read_bytes()


@get("/openapi.json", name="openapi", opt=PUBLIC)
async def openapi(request: Request[Any, Any, Any]) -> ASGIResponse:
    """The OpenAPI document."""
    return told_in_either(request, document, JSON)


@get("/docs", name="docs", opt=PUBLIC)
async def page(request: Request[Any, Any, Any]) -> ASGIResponse:
    """Swagger UI with that document, under the ledger's public name."""
    name = await asyncio.to_thread(_public_name, api_of(request.app).ledger)
    return told_in_either(request, lambda language: docs_page(language, name), HTML)


def docs_page(language: str, name: str | None = None) -> bytes:
    """The page in a language, under a ledger's public name if it has one, with a link to the other language."""
    words = {key: in_language(said, language) for key, said in PAGE.items()}
    filled = {**words, "version": version(), **({"title": f"{escape(name)} · API"} if name else {})}
    return _PLACE.sub(lambda found: filled[found[1]], file("docs.html").decode()).encode()


def _public_name(ledger: Ledger) -> str | None:
    # The page is of use also while the database cannot be reached.
    with contextlib.suppress(StoreError):
        return public_name_now(ledger)
    return None


@get("/docs/start.js", name="docs-start", opt=PUBLIC)
async def start(request: Request[Any, Any, Any]) -> ASGIResponse:
    """What starts it."""
    return published(headers_of(request.scope), file("start.js"), _KINDS[".js"])


@get("/docs/style.css", name="docs-style", opt=PUBLIC)
async def style(request: Request[Any, Any, Any]) -> ASGIResponse:
    """How the page looks beside Swagger UI's own style."""
    return published(headers_of(request.scope), file("docs.css"), _KINDS[".css"])


@get("/docs/{release:str}/{name:str}", name="docs-files", opt=PUBLIC)
async def files(request: Request[Any, Any, Any]) -> ASGIResponse:
    """A file of Swagger UI; its address holds the version, so that it never changes."""
    name: str = request.path_params["name"]
    # Compared with what there is: no name that a request holds reaches the file system.
    if request.path_params["release"] != version() or name not in _names():
        raise Problem("not-found")
    kind = _KINDS.get(Path(name).suffix, _KINDS[""])
    return published(headers_of(request.scope), file(f"swagger-ui/{name}"), kind, cache=FOR_EVER)


@cache
def _names() -> frozenset[str]:
    return frozenset(one.name for one in SWAGGER.iterdir())


HANDLERS = (openapi, page, start, style, files)
