"""What every request carries besides its content: its id, its language, its token."""

import re
from random import getrandbits
from typing import Any

from ledger.api.problems import HttpProblem
from ledger.api.tokens import BadToken, Verifier
from ledger.operations.callers import Caller
from ledger.operations.refused import ZH

Headers = dict[bytes, bytes]

KEY = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
POSITION = "Ledger-Position"

_REQUEST_ID = re.compile(rb"(?=[0-9-]*[a-f])[0-9a-f][0-9a-f-]{15,63}\Z")
_SCHEME = b"bearer "
_CHALLENGE = 'Bearer realm="timebank"'
_LANGUAGE = re.compile(r"\s*([a-zA-Z*]{1,8})(?:-[a-zA-Z0-9-]*)?\s*(?:;\s*q=([0-9.]+))?\s*\Z")
_MOST_LANGUAGES = 200


def headers_of(scope: Any) -> Headers:
    """The headers of a request, by their names in lower case; of several with one name the last."""
    return dict(scope["headers"])


def request_id(headers: Headers) -> str:
    """The caller's own id of the request where it has one that can tell nothing of anybody, else a new one.

    It ends up in the log, which may hold no personal data: so it is 16 to 64 hexadecimal digits and dashes, a
    letter among them, as an identity card's number is 18 digits.
    """
    given = headers.get(b"x-request-id")
    if given is not None and _REQUEST_ID.match(given):
        return given.decode()
    # No secret: a cryptographic one would ask the system for each request.
    return f"{getrandbits(128):032x}"


def language(headers: Headers) -> str:
    """`zh` or `en`, whichever the caller likes better; English where it says neither."""
    given = headers.get(b"accept-language")
    if given is None:
        return "en"
    best, weight = "en", 0.0
    for part in given.decode("latin-1")[:_MOST_LANGUAGES].split(","):
        found = _LANGUAGE.match(part)
        if found is None or found[1].lower() not in {"zh", "en"}:
            continue
        try:
            wanted = float(found[2] or 1)
        except ValueError:
            continue
        if wanted > weight:
            best, weight = found[1].lower(), wanted
    return ZH if best == ZH else "en"


def caller(headers: Headers, verifier: Verifier) -> Caller:
    """Who calls; raises a Problem with the challenge that RFC 6750 asks for."""
    given = headers.get(b"authorization", b"")
    begin = len(_SCHEME)
    if given[:begin].lower() != _SCHEME or len(given) == begin:
        raise HttpProblem("unauthenticated", headers={"WWW-Authenticate": _CHALLENGE})
    try:
        return verifier.caller(given[begin:].decode("latin-1").strip())
    except BadToken as error:
        raise HttpProblem(
            "unauthenticated",
            f"The token is not taken: {error}.",
            f"访问令牌未被接受：{error.zh}。",
            headers={"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'},
        ) from None
