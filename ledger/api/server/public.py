"""What anybody may read without a token: content that is the same until the next release."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from litestar import Request
from litestar.response.base import ASGIResponse

from ledger.api.requests import Headers, headers_of, language
from ledger.api.sent import matches
from ledger.operations.words.said import EN, ZH

PUBLIC = {"public": True}
"""What a handler says in its `opt` where nobody need say who they are."""

HTML = "text/html"
FOR_EVER = "public, max-age=31536000, immutable"

_ASK_AGAIN = "public, no-cache"
_ONLY_FROM_HERE = {
    # Images alone may be part of a stylesheet or page.
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def told_in_either(
    request: Request[Any, Any, Any], content: Callable[[str], bytes], media_type: str
) -> ASGIResponse:
    """The response with some content in the language that the address asks for (`?lang=zh`), or else the caller's."""
    headers, asked = headers_of(request.scope), request.query_params.get("lang")
    spoken = asked if asked in (EN, ZH) else language(headers)
    more = {"Vary": "Accept-Language", "Content-Language": spoken}
    return published(headers, content(spoken), media_type, more=more)


def published(
    headers: Headers,
    content: bytes,
    media_type: str,
    *,
    cache: str = _ASK_AGAIN,
    more: Mapping[str, str] | None = None,
) -> ASGIResponse:
    """The response with some content, or 304 for those who have it; a browser loads nothing from elsewhere for it."""
    etag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    told = {**_ONLY_FROM_HERE, **(more or {}), "ETag": etag, "Cache-Control": cache}
    known = headers.get(b"if-none-match")
    if known is not None and matches(known, etag.encode()):
        return ASGIResponse(status_code=304, headers=told)
    return ASGIResponse(body=content, media_type=media_type, headers=told)
