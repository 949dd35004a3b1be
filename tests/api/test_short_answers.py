"""What is told on the loop is, to the byte, what a thread tells; whatever is unusual is left to the thread."""

from collections.abc import Iterator
from typing import Any

import pytest

from ledger.api import reading, volunteers
from ledger.api.callers import Caller, Role
from ledger.api.metrics import Metrics
from ledger.api.queries import query_of
from ledger.api.sent import Answer
from ledger.api.state import Api, open_api
from ledger.bootstrap import Ledger
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, EVE, FAY, VILLAGE
from tests.small_bank import give

pytestmark = pytest.mark.databases("sqlite")

READS = {read.name: read for read in volunteers.READS}
SHORT = (
    ("getVolunteer", b""),
    ("getBalance", b"as_of=2026-03-01"),
    ("getBalance", b"as_of=2020-01-01"),
    ("listStatementLines", b""),
    ("listStatementLines", b"order=newest"),
    ("listStatementLines", b"limit=1"),
)
LONG = (
    ("getBalance", b"known_at=1"),
    ("listStatementLines", b"period=2026"),
    ("listStatementLines", b"as_of=2026-03-01"),
    ("listStatementLines", b"limit=51"),
)
EVERYBODY = (ANN, BOB, EVE, FAY)
STAFF = tuple(Caller(f"stf_{role.value}", role) for role in (Role.ADMIN, Role.AUDITOR, Role.INTEGRATION))


@pytest.fixture
def api(ledger: Ledger) -> Iterator[Api]:
    opened: Any = open_api(ledger, None, Metrics())  # type: ignore[arg-type]
    yield opened
    opened.close()


def at_once(api: Api, name: str, caller: Caller, who: str, query: bytes, language: str = "en") -> Any:
    read = READS[name]
    asked = query_of(read.query, query)
    return reading.told_here(api, reading.Asked(read, {"volunteer": who}, caller, asked, language))


def on_a_thread(api: Api, name: str, caller: Caller, who: str, query: bytes, language: str) -> Any:
    read = READS[name]
    asked = reading.Asked(read, {"volunteer": who}, caller, query_of(read.query, query), language)
    return reading._tell(api.ledger, asked)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_ways_give_the_same_bytes_whatever_was_written_meanwhile(api: Api, language: str):
    seen = set[Answer]()
    for minutes in (0, 5, 6):
        if minutes:
            api.ledger.bank.handle(give(ANN, BOB, minutes), by="stf_office")
        for who in EVERYBODY:
            for caller in (*STAFF, Caller(who, Role.VOLUNTEER)):
                for name, query in SHORT:
                    told = at_once(api, name, caller, who, query, language)
                    assert told == on_a_thread(api, name, caller, who, query, language)
                    seen.add(told[1])
    assert len(seen) > len(SHORT) * len(EVERYBODY)


def test_what_is_unusual_is_left_to_a_thread(api: Api):
    admin, own = STAFF[0], Caller(ANN, Role.VOLUNTEER)
    for name, query in LONG:
        assert at_once(api, name, admin, ANN, query) is None
    for name, query in SHORT:
        assert at_once(api, name, admin, ANN, query) is not None
        assert at_once(api, name, admin, "vol_nobody", query) is None
        assert at_once(api, name, own, BOB, query) is None
        assert at_once(api, name, own, "me", query) == at_once(api, name, own, ANN, query)
        assert at_once(api, name, Caller("stf_office", Role.COORDINATOR, VILLAGE), ANN, query) is None
        ahead = b"&".join((query, b"min_position=999999")).removeprefix(b"&")
        assert at_once(api, name, admin, ANN, ahead) is None


def test_a_view_that_broke_is_told_of_by_either_way(
    as_: Call, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
):
    admin = as_(Role.ADMIN)
    assert admin.read(f"/volunteers/{ANN}/statement")["items"]

    def broken(*_: object) -> None:
        raise ValueError("oh")

    monkeypatch.setattr(ledger.views.statement, "fold", broken)
    admin.record("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 1})
    assert problem(admin.get(f"/volunteers/{ANN}/statement")) == (503, "store-unavailable")
    assert problem(admin.get(f"/volunteers/{ANN}/balance", as_of="2026-03-01")) == (503, "store-unavailable")


def test_nobody_waits_for_a_thread_for_what_is_short(admin: Client, monkeypatch: pytest.MonkeyPatch):
    async def asked(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("ledger.api.turns.Turns.on_thread", asked)
    for path, query in (("", {}), ("/balance", {"as_of": "2026-03-01"}), ("/statement", {"limit": 50})):
        assert admin.read(f"/volunteers/{ANN}{path}", **query)
