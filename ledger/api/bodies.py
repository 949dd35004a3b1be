"""Reading a body: JSON, and exactly what the route takes."""

import json
from typing import Any

import msgspec
from litestar import Request

from ledger.api.problems import MOST_NAME_CHARACTERS, Fault, Problem, pointer, wrong
from ledger.api.requests import Headers
from ledger.api.wording import lacking_or_unknown, worded


async def body_of(
    request: Request[Any, Any, Any],
    headers: Headers,
    decoder: msgspec.json.Decoder[Any],
    *,
    needed: bool = True,
) -> Any:
    """The body as the decoder's type; raises the Problem that points at what is wrong.

    Where it is not `needed`, no body at all is an empty one.
    """
    raw = await request.body()
    if not raw and not needed:
        raw = b"{}"
    elif not _is_plain_json(headers):
        raise Problem("unsupported-media-type")
    return decoded(raw, decoder)


def decoded(raw: bytes | msgspec.Raw, decoder: msgspec.json.Decoder[Any]) -> Any:
    """The content as the decoder's type; raises the Problem that points at what is wrong."""
    try:
        found = decoder.decode(raw)
        _once_each.decode(str(raw, "utf-8"))
    except msgspec.ValidationError as error:
        raise _invalid(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem(
            "malformed-request", "The body is no JSON that can be read.", "请求内容不是可解析的 JSON。"
        ) from None
    return found


def _is_plain_json(headers: Headers) -> bool:
    """Whether a body is said to be JSON in UTF-8, packed in nothing."""
    kind, *parameters = headers.get(b"content-type", b"").lower().split(b";")
    for parameter in parameters:
        name, _, value = parameter.partition(b"=")
        if name.strip() == b"charset" and value.strip(b' \t"') not in {b"utf-8", b"utf8"}:
            return False
    packed = headers.get(b"content-encoding", b"identity").strip().lower()
    return kind.strip() == b"application/json" and packed == b"identity"


def _refuse_twice(pairs: list[tuple[str, Any]]) -> None:
    # Of two values for one name, a proxy may have judged the other one.
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            told = name[:MOST_NAME_CHARACTERS]
            raise wrong(Fault(f"{told} is given twice", f"{told} 重复出现", pointer=""))


_once_each = json.JSONDecoder(object_pairs_hook=_refuse_twice)


def _invalid(error: msgspec.ValidationError) -> Problem:
    message, _, where = str(error).partition(" - at `$")
    at = pointer(where.rstrip("`"))
    name = lacking_or_unknown(message)
    if name is not None:
        at += "/" + name.replace("~", "~0").replace("/", "~1")
    return wrong(Fault(*worded(message), pointer=at))
