"""Reading a body: JSON, and exactly what the route takes."""

import contextlib
import gc
import json
from collections.abc import Generator
from typing import Any

import msgspec
from litestar import Request

from ledger.api.problems import HttpProblem
from ledger.api.requests import Headers
from ledger.api.state import api_of
from ledger.operations.callers import Caller
from ledger.operations.days import with_iso_days
from ledger.operations.refused import MOST_NAME_CHARACTERS, Fault, Problem, pointer, wrong
from ledger.operations.words.validation import lacking_or_unknown, worded

MOST_BYTES = 65_536
"""How long the body of one write may be: ten times what the largest command takes."""
_NO_ISO_DAY = "Invalid RFC3339 encoded date "
_QUICKLY_READ_BYTES = 16_384
"""What is longer is read on a thread: the loop answers others meanwhile."""


async def body_of(
    request: Request[Any, Any, Any],
    headers: Headers,
    caller: Caller,
    decoder: msgspec.json.Decoder[Any],
    *,
    needed: bool = True,
) -> Any:
    """The body that a caller sends as the decoder's type; raises the Problem that points at what is wrong.

    Where it is not `needed`, no body at all is an empty one.
    """
    raw = await request.body()
    if not raw and not needed:
        raw = b"{}"
    elif not is_plain_json(headers):
        raise HttpProblem("unsupported-media-type")
    if len(raw) <= _QUICKLY_READ_BYTES:
        return decoded(raw, decoder)
    return await api_of(request.app).threads.on_thread(caller.actor, decoded, raw, decoder)


def decoded(raw: bytes, decoder: msgspec.json.Decoder[Any]) -> Any:
    """The content of one write's body as the decoder's type; raises the Problem that points at what is wrong."""
    if len(raw) > MOST_BYTES:
        raise HttpProblem("body-too-large")
    # What does not fit is looked through no further.
    found = fitted(raw, decoder)
    refuse_twice(raw)
    return found


def refuse_twice(raw: bytes) -> None:
    """Raise the Problem of a name that JSON gives twice in one object, or of JSON that cannot be read."""
    with _uncollected():
        try:
            _once_each.decode(raw.decode())
        except (ValueError, RecursionError):
            raise _malformed() from None


def fitted(raw: bytes, decoder: msgspec.json.Decoder[Any]) -> Any:
    """The content as the decoder's type, the last of several values for one name; raises the Problem of a wrong one."""
    with _uncollected():
        return _fitted(raw, decoder)


def _fitted(raw: bytes, decoder: msgspec.json.Decoder[Any]) -> Any:
    try:
        return _understood(raw, decoder)
    except msgspec.ValidationError as error:
        raise _invalid(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _malformed() from None


def _understood(raw: bytes, decoder: msgspec.json.Decoder[Any]) -> Any:
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError as error:
        if not str(error).startswith(_NO_ISO_DAY):
            raise
    # Only what ISO does not read is looked through for days as people write them.
    return decoder.decode(msgspec.json.encode(with_iso_days(msgspec.json.decode(raw), decoder.type)))


def _malformed() -> Problem:
    return HttpProblem(
        "malformed-request", "The body is no JSON that can be read.", "请求内容不是可解析的 JSON。"
    )


@contextlib.contextmanager
def _uncollected() -> Generator[None]:
    """Leave the garbage collector out: it would look again and again through what a large body holds."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def is_plain_json(headers: Headers) -> bool:
    """Whether a body is said to be JSON in UTF-8, packed in nothing."""
    kind, *parameters = headers.get(b"content-type", b"").lower().split(b";")
    for parameter in parameters:
        name, _, value = parameter.partition(b"=")
        if name.strip() == b"charset" and value.strip(b' \t"') not in {b"utf-8", b"utf8"}:
            return False
    packed = headers.get(b"content-encoding", b"identity").strip().lower()
    return kind.strip() == b"application/json" and packed == b"identity"


def _refuse_pairs(pairs: list[tuple[str, Any]]) -> None:
    # Of two values for one name, a proxy may have judged the other one.
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            told = name[:MOST_NAME_CHARACTERS]
            raise wrong(Fault(f"{told} is given twice", f"{told} 重复出现", pointer=""))
        seen.add(name)


def _as_it_stands(number: str) -> str:
    # What it is worth is asked elsewhere, and Python takes no long ones. A function of ours, so that the loop has its
    # turn in a list of half a million: what is read in C alone lets nobody in.
    return number


_once_each = json.JSONDecoder(
    object_pairs_hook=_refuse_pairs,
    parse_int=_as_it_stands,
    parse_float=_as_it_stands,
    parse_constant=_as_it_stands,
)


def _invalid(error: msgspec.ValidationError) -> Problem:
    message, _, where = str(error).partition(" - at `$")
    at = pointer(where.rstrip("`"))
    name = lacking_or_unknown(message)
    if name is not None:
        at += "/" + name[:MOST_NAME_CHARACTERS].replace("~", "~0").replace("/", "~1")
    return wrong(Fault(*worded(message), pointer=at))
