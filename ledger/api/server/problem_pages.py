"""A page for each problem, and one that lists them: where the `type` of a problem document leads."""

import re
from html import escape
from http import HTTPStatus
from typing import Any

from litestar import Request, get
from litestar.response.base import ASGIResponse

from ledger.api.problems import catalogue, status_of
from ledger.api.requests import headers_of
from ledger.api.server.docs import file
from ledger.api.server.public import HTML, PUBLIC, published, told_in_either
from ledger.operations.refused import ZH, Kind, Problem, refusals
from ledger.operations.words.advice import advice

_DETAIL = re.compile(r"\{\w+\}")
_NAMED = re.compile("`([^`]+)`")
_BOTH = {ZH: (ZH, "en"), "en": ("en", ZH)}
_WORDS = {
    "en": {
        "lang": "en",
        "own": "en",
        "other": ZH,
        "other_lang": "zh-Hans",
        "other_name": "中文",
        "means": "What it means",
        "do": "What to do",
        "all": "All problems",
        "list": "Problems",
    },
    ZH: {
        "lang": "zh-Hans",
        "own": ZH,
        "other": "en",
        "other_lang": "en",
        "other_name": "English",
        "means": "含义",
        "do": "如何处理",
        "all": "全部错误代码",
        "list": "错误代码",
    },
}
_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{page_title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/problems/style.css">
</head>
<body>
<nav><a href="/docs?lang={own}">API</a> <a href="{path}?lang={other}" lang="{other_lang}">{other_name}</a></nav>
{body}
</body>
</html>
"""
_HEADER = '<header><h1>{title}</h1><p class="status">{status}</p></header>'
_SECTION = """<section lang="{lang}">
<h2>{title}</h2>
<h3>{means_word}</h3><p>{means}</p>
<h3>{do_word}</h3><p>{do}</p>
</section>"""
_ITEM = '<li><a href="/problems/{code}?lang={own}"><code>{code}</code></a> {status}<span>{said}</span></li>'


def problem_page(kind: Kind, spoken: str) -> bytes:
    """The page that explains a problem, in both languages with the caller's first."""
    number = status_of(kind.code)
    status = f"HTTP {number} {HTTPStatus(number).phrase}"
    sections = "\n".join(_section(kind, one) for one in _BOTH[spoken])
    more = f'<p><a href="/problems?lang={spoken}">{_WORDS[spoken]["all"]}</a></p>'
    header = _HEADER.format(title=escape(kind.code), status=escape(status))
    return _page(
        spoken, f"/problems/{kind.code}", kind.code, f"{header}\n{sections}\n<footer>{more}</footer>"
    )


def list_page(spoken: str) -> bytes:
    """The page that lists all problems."""
    items = "\n".join(
        _ITEM.format(
            own=spoken,
            code=escape(kind.code),
            status=status_of(kind.code),
            said=_marked_up(_meaning(kind, spoken)),
        )
        for kind in catalogue().values()
    )
    title = _WORDS[spoken]["list"]
    return _page(
        spoken,
        "/problems",
        title,
        f"{_HEADER.format(title=title, status='timebank-ledger')}\n<ul>\n{items}\n</ul>",
    )


def _section(kind: Kind, spoken: str) -> str:
    words = _WORDS[spoken]
    english, chinese = advice(kind)
    return _SECTION.format(
        lang=words["lang"],
        title=_marked_up(kind.title(spoken)),
        means_word=words["means"],
        means=_marked_up(_meaning(kind, spoken)),
        do_word=words["do"],
        do=_marked_up(chinese if spoken == ZH else english),
    )


def _marked_up(text: str) -> str:
    """The text for a page, with what stands between backticks as code."""
    return _NAMED.sub(r"<code>\1</code>", escape(text))


def _meaning(kind: Kind, spoken: str) -> str:
    """What is said when it happens, with dots for what only the case itself can tell."""
    refusal = refusals().get(kind.code)
    if refusal is None:
        return kind.title(spoken)
    return _DETAIL.sub("…", refusal.zh if spoken == ZH else refusal.en)


def _page(spoken: str, path: str, title: str, body: str) -> bytes:
    words = _WORDS[spoken]
    return _PAGE.format(**words, path=path, page_title=escape(title), body=body).encode()


@get("/problems", name="problems", opt=PUBLIC)
async def listed(request: Request[Any, Any, Any]) -> ASGIResponse:
    """All problems."""
    return told_in_either(request, list_page, HTML)


@get("/problems/style.css", name="problems-style", opt=PUBLIC)
async def style(request: Request[Any, Any, Any]) -> ASGIResponse:
    """How the pages look."""
    return published(headers_of(request.scope), file("problems.css"), "text/css")


@get("/problems/{code:str}", name="problem", opt=PUBLIC)
async def explained(request: Request[Any, Any, Any]) -> ASGIResponse:
    """One problem."""
    kind = catalogue().get(request.path_params["code"])
    if kind is None:
        raise Problem("not-found")
    return told_in_either(request, lambda spoken: problem_page(kind, spoken), HTML)


HANDLERS = (listed, style, explained)
