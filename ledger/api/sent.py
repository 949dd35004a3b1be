"""An answer to a read as it goes out: with its position and its ETag, or 304 for those who have it."""

import msgspec
from litestar.response.base import ASGIResponse
from msgspec import Struct
from msgspec.structs import replace

from ledger.api.requests import POSITION, Headers
from ledger.operations.answers import Answer, etag_of

JSON = "application/json"
PLAIN = "text/plain"
CACHE = "private, no-cache"
VARY = "Authorization, Accept-Language"

RawHeaders = list[tuple[bytes, bytes]]

_POSITION = POSITION.lower().encode()
_VARY, _CACHE = (b"vary", VARY.encode()), (b"cache-control", CACHE.encode())
_JSON = (b"content-type", JSON.encode())


class Sent(Struct, frozen=True):
    """A response as the server is handed it."""

    status: int
    headers: RawHeaders
    body: bytes

    def response(self) -> ASGIResponse:
        """The same as Litestar is handed it."""
        told = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in self.headers]
        return ASGIResponse(status_code=self.status, headers=told, body=self.body)


def sent(headers: Headers, position: int, answer: Answer) -> Sent:
    """The response with an answer, to a request with such headers: 304 without it where the caller has it already."""
    told = _told_with(position, answer.etag)
    if _has(headers, answer.etag):
        return Sent(304, told, b"")
    content = answer.content
    body = b'{"position":%d%s%s' % (position, b"," if len(content) > len(b"{}") else b"", content[1:])
    told += _JSON, _length(body)
    return Sent(200, told, body)


def sent_in_either_form(headers: Headers, position: int, answer: Answer, field: str) -> Sent:
    """The response with an answer, or with one field of it as plain text where the caller would rather have that."""
    accepted = headers.get(b"accept", b"").decode("latin-1")
    if PLAIN not in accepted or JSON in accepted:
        found = sent(headers, position, answer)
    else:
        text = msgspec.json.decode(answer.content)[field].encode()
        told = _told_with(position, etag_of(text))
        if _has(headers, etag_of(text)):
            found = Sent(304, told, b"")
        else:
            found = Sent(200, [*told, (b"content-type", b"text/plain; charset=utf-8"), _length(text)], text)
    vary = (b"vary", f"Accept, {VARY}".encode())
    return replace(found, headers=[vary if one is _VARY else one for one in found.headers])


def matches(given: bytes, etag: bytes) -> bool:
    """Whether an If-None-Match names an ETag."""
    return given.strip() == b"*" or etag in [one.strip() for one in given.split(b",")]


def _told_with(position: int, etag: bytes) -> RawHeaders:
    return [(b"etag", etag), _VARY, _CACHE, (_POSITION, b"%d" % position)]


def _length(body: bytes) -> tuple[bytes, bytes]:
    return (b"content-length", b"%d" % len(body))


def _has(headers: Headers, etag: bytes) -> bool:
    known = headers.get(b"if-none-match")
    return known is not None and matches(known, etag)
