"""What no client should send: it is refused in the API's own words, and never breaks anything."""

import re
from datetime import date
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from msgspec import field

from ledger.api.bodies import MOST_BYTES
from ledger.api.problems import catalogue, status_of
from ledger.api.queries import query_of
from ledger.api.routes import PREFIX
from ledger.api.table import READS, WRITES
from ledger.bootstrap import Ledger
from ledger.operations.callers import Role
from ledger.operations.question import Query
from ledger.operations.refused import Problem
from tests.api.asking import Asking
from tests.api.conftest import Client, problem, token
from tests.api.hostile import GOOD, INJECTION, NO_JSON, TEXT, UNFIT
from tests.api.served import Served
from tests.api.village import ANN, HEAD

ROOT = Path(__file__).parents[3]
JSON = {"Content-Type": "application/json"}
ODD_WORDS = (
    "%00",
    "%FF%FE",
    "%ED%A0%80",
    "%E2%80%AE",
    "x" * 5000,
    "%27%3B%20DROP%20TABLE%20event",
    "..%2F..",
    "%",
)
ODD_QUERIES = (
    "%00",
    "limit=%00",
    "limit=%FF",
    "cursor=%00",
    "cursor=ÿ",
    "min_position=-1",
    "=",
    "a&" * 500,
    "limit=1&limit=2",
)


def told(response: Any) -> tuple[int, str]:
    """Status and code of a problem, which must be one of the catalogue and no failure of ours."""
    status, code = problem(response)
    assert status < 500
    assert status_of(code) == status
    return status, code


@pytest.fixture
def headers() -> dict[str, str]:
    return {"Authorization": f"Bearer {token(Role.ADMIN, 'stf_office')}", **JSON}


@pytest.mark.databases("sqlite")
def test_what_is_no_json_is_malformed(client: Asking, headers: dict[str, str]):
    for name, raw in NO_JSON.items():
        for write in WRITES[:2]:
            response = client.post(PREFIX + filled(write), content=raw, headers=headers)
            if len(raw) > MOST_BYTES:
                assert told(response) == (413, "body-too-large"), name
            else:
                # Where no list is expected, the first bracket of a list is wrong already, and so is a name.
                assert told(response) in {(400, "malformed-request"), (422, "invalid-request")}, name
        assert told(client.post(f"{PREFIX}/batches", content=raw, headers=headers)) in {
            (400, "malformed-request"),
            (422, "invalid-request"),
        }, name
    assert told(client.post(f"{PREFIX}/transfers", content=b"", headers=headers))[0] == 400


@pytest.mark.databases("sqlite")
def test_what_does_not_fit_is_pointed_at(client: Asking, headers: dict[str, str]):
    for name, raw in UNFIT.items():
        response = client.post(f"{PREFIX}/transfers", content=raw, headers=headers)
        assert told(response) == (422, "invalid-request"), name
        assert "pointer" in response.json()["errors"][0], name
    assert client.get(f"{PREFIX}/volunteers/{ANN}/balance", headers=headers).json()["position"] == HEAD


@pytest.mark.databases("sqlite")
def test_only_plain_json_in_utf_8_is_read(client: Asking, headers: dict[str, str]):
    for more in (
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data"},
        {"Content-Type": ""},
        {"Content-Type": "application/json; charset=latin-1"},
        {"Content-Type": "application/json; charset=no-such"},
        {"Content-Type": "application/json; charset"},
        {"Content-Encoding": "gzip"},
        {"Content-Encoding": "nothing-known"},
    ):
        response = client.post(f"{PREFIX}/transfers", content=TEXT, headers={**headers, **more})
        assert told(response) == (415, "unsupported-media-type"), more
    plain = {**headers, "Content-Type": 'Application/JSON ; charset="UTF-8"', "Content-Encoding": "identity"}
    assert client.post(f"{PREFIX}/transfers", content=TEXT, headers=plain).status_code == 201


@pytest.mark.databases("sqlite")
def test_a_body_is_a_million_bytes_at_most(client: Asking, headers: dict[str, str]):
    def chunks():
        for _ in range(20):
            yield b" " * 1_000_000

    for content in (b" " * 1_000_001, chunks()):
        response = client.post(f"{PREFIX}/transfers", content=content, headers=headers)
        assert told(response) == (413, "body-too-large")


def test_odd_words_in_a_path_name_nothing(client: Asking, headers: dict[str, str], ledger: Ledger):
    # What a word may name is looked up alike by all: on PostgreSQL one of them asks for each kind of thing.
    one_of_each = [*{read.parameters: read for read in READS}.values()]
    for word in ODD_WORDS:
        for read in READS if ledger.log.store.embedded else one_of_each:
            for name in read.parameters:
                path = f"{PREFIX}{filled(read, **{name: word})}"
                assert told(client.get(path, headers=headers))[0] in {400, 404}, path
        for prefix in ("number:", "portal:"):
            path = f"{PREFIX}/volunteers/{prefix}{word}/balance"
            assert told(client.get(path, headers=headers))[0] == 404, path


def test_odd_queries_are_refused(client: Asking, headers: dict[str, str]):
    for query in ODD_QUERIES:
        response = client.get(f"{PREFIX}/volunteers/{ANN}/statement?{query}", headers=headers)
        assert told(response)[0] in {400, 422}, query
        for write in WRITES[:2]:
            odd = client.post(f"{PREFIX}{filled(write)}?{query}", json=GOOD, headers=headers)
            assert told(odd) == (422, "invalid-request"), query


def test_null_is_no_value_of_a_parameter():
    class Asked(Query, frozen=True, kw_only=True):
        day: date | None = field(default=None, name="on")

    assert query_of(Asked, b"on=2026-03-01") == Asked(day=date(2026, 3, 1))
    assert query_of(Asked, b"min_position=1") == Asked(min_position=1)
    with pytest.raises(Problem) as refused:
        query_of(Asked, b"on=null")
    assert refused.value.errors[0].parameter == "on"


@pytest.mark.databases("sqlite")
def test_odd_headers_are_refused_or_overlooked(client: Asking, headers: dict[str, str]):
    path = f"{PREFIX}/volunteers/{ANN}/balance"
    for token_ in ("Bearer ÿ", "Bearer " + "x" * 9000, "Bearer a.b.c", "ÿ"):
        assert told(client.get(path, headers=raw({"Authorization": token_})))[0] == 401
    for odd in ({"Accept-Language": "ÿ;q=x"}, {"If-None-Match": "ÿ"}, {"X-Request-Id": "ÿ"}):
        assert client.get(path, headers=raw({**headers, **odd})).status_code == 200
    for key in ("", "ÿ", "a" * 201):
        keyed = client.post(
            f"{PREFIX}/transfers", content=TEXT, headers=raw({**headers, "Idempotency-Key": key})
        )
        assert told(keyed) == (422, "invalid-request")


def test_sql_is_a_string_like_any_other(client: Asking, headers: dict[str, str], ledger: Any):
    for write in WRITES:
        body = cast(dict[str, Any], write.example.get("body", {}))
        for name in body:
            response = client.post(
                PREFIX + filled(write),
                json={**body, name: INJECTION},
                headers={**headers, "Idempotency-Key": INJECTION},
            )
            assert response.status_code < 500
    assert client.get(f"{PREFIX}/volunteers/{ANN}/balance", headers=headers).status_code == 200


@pytest.mark.databases("sqlite")
def test_other_methods_are_told_which_there_are(client: Asking, admin: Client):
    for method, path, allowed in (
        ("DELETE", f"{PREFIX}/volunteers/{ANN}/balance", "GET, HEAD, OPTIONS"),
        ("GET", f"{PREFIX}/transfers", "OPTIONS, POST"),
        ("HEAD", f"{PREFIX}/transfers", "OPTIONS, POST"),
        ("BREW", f"{PREFIX}/transfers", "OPTIONS, POST"),
    ):
        response = client.request(method, path)
        assert (response.status_code, response.headers["allow"]) == (405, allowed)
        if method != "HEAD":
            assert told(response) == (405, "method-not-allowed")
        options = client.options(path)
        assert (options.status_code, options.headers["allow"], options.content) == (204, allowed, b"")
    assert told(client.options("/nothing")) == (404, "not-found")


def test_head_says_what_get_would(client: Asking, headers: dict[str, str]):
    path = f"{PREFIX}/volunteers/{ANN}/balance"
    head, got = client.head(path, headers=headers), client.get(path, headers=headers)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", got.headers["etag"])
    assert head.headers["content-length"] == str(len(got.content))
    assert client.head(path).status_code == 401


@pytest.mark.slow
def test_a_real_server_takes_no_more_than_a_body_may_hold(served: Served):
    def chunks():
        for _ in range(20):
            yield b" " * 1_000_000

    headers = {"Authorization": f"Bearer {served.token}", **JSON}
    with httpx.Client(base_url=served.url, headers=headers, trust_env=False) as client:
        try:
            response = client.post(f"{PREFIX}/transfers", content=chunks())
        except httpx.TransportError:
            # It may hang up on who goes on sending.
            pass
        else:
            assert told(response) == (413, "body-too-large")
        for word in ODD_WORDS:
            assert told(client.get(f"{PREFIX}/volunteers/{word}/balance"))[0] in {400, 404}, word
        assert client.post(f"{PREFIX}/transfers", content=TEXT).status_code == 201


def test_every_code_in_the_source_is_in_the_catalogue():
    sources = [*(ROOT / "ledger/domain").rglob("*.py"), *(ROOT / "ledger/store").rglob("*.py")]
    written = {
        code
        for source in sources
        for code in re.findall(
            r'^    code(?:: ClassVar)? = "([a-z-]+)"$', source.read_text("utf-8"), re.MULTILINE
        )
    }
    assert len(written) > 50
    assert written <= set(catalogue())


def raw(headers: dict[str, str]) -> dict[bytes, bytes]:
    """Headers byte by byte, as a client may send what is no ASCII."""
    return {name.encode(): value.encode("latin-1") for name, value in headers.items()}


def filled(route: Any, **instead: str) -> str:
    """A route's path with the words of its example."""
    return route.path.format(**{name: instead.get(name, route.example[name]) for name in route.parameters})
