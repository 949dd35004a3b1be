"""What is told at the doorstep is, to the byte, what the general way tells; whatever is unusual is left to that."""

import re
from typing import Any

import pytest
from httpx import Response
from hypothesis import given
from hypothesis import strategies as st
from litestar.exceptions import LitestarException

from ledger.api.doorstep import Doorstep
from ledger.api.reading import Read
from ledger.api.routes import PREFIX, Route
from ledger.api.table import READS, WRITES
from ledger.api.ways import Ways
from ledger.bootstrap import Ledger
from ledger.hosting.connections import has_body
from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, application, problem
from tests.api.contract.test_examples import path_of
from tests.api.village import ANN, BOB, EVE
from tests.small_bank import give

BALANCE = f"/volunteers/{ANN}/balance"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the reads that are answered at the doorstep."""
    found, here, elsewhere = list[str](), Doorstep.here, Doorstep.elsewhere
    soon = Doorstep.soon

    def told_here(self: Doorstep, api: Any, knock: Any) -> Any:
        sent = here(self, api, knock)
        found.extend([knock.read.name] if sent else [])
        return sent

    async def told_elsewhere(self: Doorstep, api: Any, knock: Any, scope: Any) -> Any:
        sent = await elsewhere(self, api, knock, scope)
        found.extend([knock.read.name] if sent else [])
        return sent

    async def told_soon(self: Doorstep, api: Any, knock: Any, scope: Any) -> Any:
        sent = await soon(self, api, knock, scope)
        found.extend([knock.read.name] if sent else [])
        return sent

    monkeypatch.setattr(Doorstep, "here", told_here)
    monkeypatch.setattr(Doorstep, "soon", told_soon)
    monkeypatch.setattr(Doorstep, "elsewhere", told_elsewhere)
    return found


def generally(client: Client, path: str, headers: dict[str, str], **query: Any) -> Response:
    """What the general way answers: nothing is looked for at the doorstep of a request with a body."""
    return client.get(path, {**headers, "Content-Length": "0"}, **query)


def as_sent(response: Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    headers = [one for one in response.headers.items() if one[0] != "x-request-id"]
    return response.status_code, response.content, headers


@pytest.mark.slow
@pytest.mark.databases("sqlite")
# What a language changes is the same for any role.
@pytest.mark.parametrize(
    ("role", "language"),
    [
        *((role, "en") for role in Role),
        *(
            pytest.param(role, "zh", marks=[] if role is Role.VOLUNTEER else pytest.mark.full)
            for role in Role
        ),
    ],
)
def test_both_ways_send_the_same(as_: Call, told: list[str], role: Role, language: str):
    send_the_same_both_ways(as_, told, role, language)


# There the doorstep asks for all who are waiting together. Whom it tells what in which words is the same code for both.
@pytest.mark.databases("postgres")
@pytest.mark.parametrize(("role", "language"), [(Role.ADMIN, "zh"), (Role.VOLUNTEER, "en")])
def test_both_ways_send_the_same_from_a_database_elsewhere(
    as_: Call, told: list[str], role: Role, language: str
):
    send_the_same_both_ways(as_, told, role, language)


def send_the_same_both_ways(as_: Call, told: list[str], role: Role, language: str) -> None:
    caller = as_(role, ANN if role is Role.VOLUNTEER else "stf_office")
    headers, asked = {"Accept-Language": language, "X-Request-Id": "a" * 32}, 0
    for read in READS:
        query: Any = read.example.get("query", {})
        first = generally(caller, path_of(read), headers, **query)
        for etag in ({}, {"If-None-Match": first.headers.get("etag", "none")}):
            before = len(told)
            here = caller.get(path_of(read), headers | etag, **query)
            assert as_sent(here) == as_sent(generally(caller, path_of(read), headers | etag, **query)), (
                read.name
            )
            if read.operation.remembered and first.status_code == 200:
                assert told[before:] == [read.name]
                asked += 1
    assert asked > 10


def test_a_balance_is_told_the_same_whatever_was_written(as_: Call, ledger: Ledger, told: list[str]):
    for minutes in (5, 6, 7):
        ledger.bank.handle(give(ANN, BOB, minutes), by="stf_office")
        for who in (ANN, BOB, EVE):
            for caller in (as_(Role.ADMIN), as_(Role.VOLUNTEER, who)):
                path = f"/volunteers/{who}/balance"
                assert as_sent(caller.get(path)) == as_sent(generally(caller, path, {}))
    assert len(told) == 18


def test_who_may_not_ask_is_refused_at_the_doorstep_as_elsewhere(as_: Call, admin: Client, told: list[str]):
    for client, path in (
        (as_(), BALANCE),
        (as_(Role.VOLUNTEER, BOB), BALANCE),
        (as_(Role.COORDINATOR, "stf_office", "com_hills"), BALANCE),
        (admin, "/volunteers/vol_nobody/balance"),
        (admin, "/volunteers/vol_%00/balance"),
        (admin, f"/volunteers/{ANN}/balance/"),
        (admin, f"//volunteers/{ANN}/balance"),
        (as_(Role.VOLUNTEER, ANN), "/checkpoints/latest/nothing"),
    ):
        here, general = client.get(path), generally(client, path, {})
        assert here.status_code == general.status_code
        if here.is_error:
            assert problem(here) == problem(general)
    assert told == []


def test_what_a_caller_asks_while_all_their_places_are_taken_is_refused_at_the_doorstep_too(
    admin: Client, client: Any, told: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ledger.api.crowd.MOST_AT_ONCE", 0)
    assert problem(admin.get(BALANCE)) == (429, "too-many-requests")
    assert told == []


def test_an_answer_is_counted_by_its_route_at_the_doorstep_too(admin: Client, client: Any):
    assert admin.get(BALANCE).status_code == 200
    assert admin.get(BALANCE).headers["x-request-id"]
    figures = client.get("/metrics").text
    assert 'timebank_request_seconds_count{method="GET",route="getBalance",status="200"} 2.0' in figures


def test_the_content_of_an_answer_was_left_out_of_no_get_and_of_every_head(client: Any, admin: Client):
    path, headers = f"/api/v1{BALANCE}", admin._headers
    got, headed = client.get(path, headers=headers), client.head(path, headers=headers)
    assert headed.content == b""
    assert headed.headers["content-length"] == got.headers["content-length"] == str(len(got.content))


def test_only_a_request_without_a_body_is_answered_at_the_doorstep():
    assert has_body([b"host", b"content-length"])
    assert has_body([b"transfer-encoding"])
    assert not has_body([b"host", b"accept"])


ROUTES: tuple[Route, ...] = (*READS, *WRITES)
WORDS = sorted({word for route in ROUTES for word in re.split(r"/", route.path) if word})
segments = st.sampled_from([*WORDS, ANN, "me", "", "2026", "{volunteer}"])


@given(st.lists(segments, min_size=1, max_size=6))
def test_a_path_leads_to_the_same_read_as_litestar_finds(path: list[str]):
    whole = f"{PREFIX}/{'/'.join(path)}"
    found = Ways(ROUTES).of(whole)
    if found is None:
        return
    read, ids = found
    try:
        _, handler, _, parameters, _ = application().app.asgi_router.handle_routing(path=whole, method="GET")
    except LitestarException:
        raise AssertionError(whole) from None
    assert (handler.name, parameters) == (read.name, dict(ids))


@pytest.mark.parametrize("read", READS, ids=lambda read: read.name)
def test_every_read_has_a_way(read: Read):
    found = Ways(ROUTES).of(PREFIX + path_of(read))
    assert found is not None
    assert found[0] is read
