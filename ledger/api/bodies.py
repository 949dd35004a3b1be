"""Reading a body: JSON, and exactly what the route takes."""

import re
from typing import Any

import msgspec
from litestar import Request

from ledger.api.problems import Fault, Problem, pointer
from ledger.api.requests import Headers

_UNKNOWN = re.compile(r"unknown field (.+)\Z")
_UNFIT = "this is too long, of the wrong form, or holds characters that cannot be seen"


async def body_of(
    request: Request[Any, Any, Any], headers: Headers, decoder: msgspec.json.Decoder[Any]
) -> Any:
    """The body as the decoder's type; raises the Problem that points at what is wrong."""
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind != b"application/json":
        raise Problem("unsupported-media-type")
    return decoded(await request.body(), decoder)


def decoded(raw: bytes | msgspec.Raw, decoder: msgspec.json.Decoder[Any]) -> Any:
    """The content as the decoder's type; raises the Problem that points at what is wrong."""
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError as error:
        raise _invalid(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem(
            "malformed-request", "The body is no JSON that can be read.", "请求内容不是可解析的 JSON。"
        ) from None


def _invalid(error: msgspec.ValidationError) -> Problem:
    reason, _, where = str(error).partition(" - at `$")
    # A pattern tells people nothing.
    reason = _UNFIT if "regex" in reason else reason.replace("`", "")
    at = pointer(where.rstrip("`"))
    unknown = _UNKNOWN.search(reason)
    if unknown is not None:
        at += f"/{unknown[1]}"
    return Problem(
        "invalid-request",
        f"{at or 'The body'}: {reason}",
        f"{at or '请求内容'}：{reason}",
        errors=[Fault(reason, pointer=at)],
    )
