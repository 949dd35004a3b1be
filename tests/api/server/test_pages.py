"""The pages for people: the documentation, and what each problem means. They load nothing from elsewhere."""

import re
from html.parser import HTMLParser

import pytest

from ledger.api.problems import catalogue, status_of
from ledger.api.server.docs import SWAGGER, version
from ledger.operations.callers import Role
from ledger.operations.words.advice import advice
from tests.api.asking import Asking
from tests.api.conftest import problem, token

pytestmark = pytest.mark.databases("sqlite")

CHINESE = {"Accept-Language": "zh-CN"}
VOID = {"meta", "link", "br"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Of a database only the title of a page comes."""
    return sqlite_url


class Tidy(HTMLParser):
    """What a page links to; fails where tags do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.links |= {value or "" for name, value in attrs if name in {"src", "href", "action"}}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def links(text: str) -> set[str]:
    page = Tidy()
    page.feed(text)
    assert page.open == []
    return page.links


@pytest.mark.parametrize("path", ["/docs", "/problems", "/problems/not-found", "/problems/day-full"])
def test_pages_load_nothing_from_elsewhere(client: Asking, path: str):
    response = client.get(path)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["content-security-policy"].startswith("default-src 'self';")
    assert "http://" not in response.text.replace("HTTP ", "")
    assert "https://" not in response.text
    assert 'name="viewport"' in response.text
    for link in links(response.text) - {"data:,"}:
        assert link.startswith("/")
        assert client.get(link).status_code == 200, link
    again = client.get(path, headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_swagger_ui_is_here_whole_and_kept_by_browsers(client: Asking):
    assert re.fullmatch(r"5\.\d+\.\d+", version())
    assert {"swagger-ui-bundle.js", "swagger-ui.css", "LICENSE", "NOTICE"} <= {
        one.name for one in SWAGGER.iterdir()
    }
    for name, kind in (("swagger-ui-bundle.js", "text/javascript"), ("swagger-ui.css", "text/css")):
        response = client.get(f"/docs/{version()}/{name}")
        assert response.content == (SWAGGER / name).read_bytes()
        assert response.headers["content-type"] == f"{kind}; charset=utf-8"
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert 'data-document="/openapi.json?lang=en"' in client.get("/docs").text
    for path in (
        f"/docs/{version()}/nothing.js",
        "/docs/0.0.0/swagger-ui.css",
        f"/docs/{version()}/..%2Fdocs.html",
        f"/docs/{version()}/%00",
    ):
        assert problem(client.get(path)) == (404, "not-found")


def test_stylesheets_load_nothing_from_elsewhere(client: Asking):
    for path in ("/problems/style.css", "/docs/style.css", f"/docs/{version()}/swagger-ui.css"):
        text = client.get(path).text
        assert "@import" not in text
        assert all(place.startswith("data:") for place in re.findall(r'url\(["\']?([^)"\']+)', text))


def test_each_problem_has_a_page_in_both_languages(client: Asking):
    for code, kind in catalogue().items():
        english, chinese = client.get(f"/problems/{code}"), client.get(f"/problems/{code}", headers=CHINESE)
        assert english.headers["vary"] == "Accept-Language"
        assert english.headers["etag"] != chinese.headers["etag"]
        links(english.text)
        for text, first, second in ((english.text, "en", "zh-Hans"), (chinese.text, "zh-Hans", "en")):
            assert f'<html lang="{first}">' in text
            assert text.index(f'<section lang="{first}">') < text.index(f'<section lang="{second}">')
            assert f"HTTP {status_of(kind.code)} " in text
            assert "{" not in text
            assert "`" not in text
            # A template's words that were filled twice, or not at all, would be seen here.
            assert all(advice(kind))


def test_a_problem_page_says_what_the_rule_says(client: Asking):
    text = client.get("/problems/not-enough-credits", headers=CHINESE).text
    assert "余额不足：可用 …，需要 …。" in text
    assert "There are … to spend, and … are wanted." in text
    assert "HTTP 409 Conflict" in text


def test_all_problems_are_listed(client: Asking):
    text = client.get("/problems").text
    assert {f"/problems/{code}?lang=en" for code in catalogue()} <= links(text)
    assert "<title>错误代码</title>" in client.get("/problems", headers=CHINESE).text


@pytest.mark.parametrize(
    ("path", "english", "chinese"),
    [
        ("/docs", "<title>timebank-ledger · API</title>", "<title>志愿服务时间银行账本 · API</title>"),
        ("/problems", "<title>Problems</title>", "<title>错误代码</title>"),
        ("/problems/day-full", ">All problems</a>", ">全部错误代码</a>"),
        ("/openapi.json", '"title":"timebank-ledger"', '"title":"志愿服务时间银行账本"'),
    ],
)
def test_a_page_is_told_in_the_language_of_its_address_or_of_the_caller(
    client: Asking, path: str, english: str, chinese: str
):
    for address, headers, text, spoken in (
        (path, {}, english, "en"),
        (path, CHINESE, chinese, "zh"),
        (f"{path}?lang=en", CHINESE, english, "en"),
        (f"{path}?lang=zh", {}, chinese, "zh"),
        (f"{path}?lang=fr", CHINESE, chinese, "zh"),
    ):
        answer = client.get(address, headers=headers)
        assert (answer.status_code, text in answer.text) == (200, True), address
        assert (answer.headers["vary"], answer.headers["content-language"]) == ("Accept-Language", spoken)
        other = {"en": "zh", "zh": "en"}[spoken]
        assert path == "/openapi.json" or f"{path}?lang={other}" in links(answer.text)
    one, other = (client.get(path, headers=some).headers["etag"] for some in ({}, CHINESE))
    assert one != other


def test_an_unknown_problem_is_one(client: Asking):
    for word in ("no-such-thing", "%3Cscript%3E", "%00", "%FF"):
        assert problem(client.get(f"/problems/{word}")) == (404, "not-found")


def test_the_documentation_bears_the_ledgers_public_name(client: Asking):
    assert "<title>timebank-ledger · API</title>" in client.get("/docs").text
    bearer = {"Authorization": f"Bearer {token(Role.ADMIN, 'stf_office')}"}
    named = client.post("/api/v1/ledger/name", json={"name": "Tea & <b>时间</b>"}, headers=bearer)
    assert named.status_code == 201
    assert "<title>Tea &amp; &lt;b&gt;时间&lt;/b&gt; · API</title>" in client.get("/docs").text
    assert client.get("/api/v1/ledger", headers=bearer).json()["name"] == "Tea & <b>时间</b>"
