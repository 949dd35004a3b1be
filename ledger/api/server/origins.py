"""Pages of other origins: a browser lets them ask this server only where the server says so."""

from collections.abc import Collection
from urllib.parse import urlsplit

from ledger.api.requests import KEY, POSITION, REPLAYED, Headers

_SENT = ("Authorization", "Content-Type", KEY, "If-None-Match", "X-Request-Id")
_SHOWN = ("ETag", POSITION, REPLAYED, "Location", "Retry-After", "X-Request-Id")
_METHODS = "GET, HEAD, POST, OPTIONS"
_PREFLIGHT_SECONDS = 600


def is_origin(text: str) -> bool:
    """Whether a text is an origin as browsers send it: scheme, host and perhaps port, in lower case."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    whole = f"{parts.scheme}://{host}{'' if port is None else f':{port}'}"
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and text.isascii() and text == whole


def for_origin(headers: Headers, allowed: Collection[str]) -> list[tuple[bytes, bytes]]:
    """The headers that let the page that sent a request see its answer; none of them where it may not."""
    if not allowed:
        return []
    found = {"Vary": "Origin"}
    origin = headers.get(b"origin", b"").decode("latin-1")
    if origin in allowed:
        found["Access-Control-Allow-Origin"] = origin
        found["Access-Control-Expose-Headers"] = ", ".join(_SHOWN)
        if b"access-control-request-method" in headers:
            found["Access-Control-Allow-Methods"] = _METHODS
            found["Access-Control-Allow-Headers"] = ", ".join(_SENT)
            found["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
    return [(name.lower().encode(), value.encode()) for name, value in found.items()]
