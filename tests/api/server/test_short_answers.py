"""What is short is told to the byte as a thread tells it; whatever is unusual is left to the thread."""

import asyncio
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import msgspec
import pytest

from ledger.api.queries import query_of
from ledger.api.server.metrics import Metrics
from ledger.api.state import Api, open_api
from ledger.bootstrap import Ledger
from ledger.domain.communities import EstablishCommunity, MergeCommunity
from ledger.domain.events import AgeBand, Level
from ledger.domain.qualifications import NoteAgeBand, RecogniseSkill
from ledger.domain.volunteers import SuspendVolunteer
from ledger.operations.answers import Answer, tell
from ledger.operations.asking import Enquiry, _at_once, _in_a_moment, answer_in
from ledger.operations.callers import Caller, Role
from ledger.operations.figures import places
from ledger.operations.people import profiles, volunteers
from ledger.operations.quick.memory import Memory
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, DAN, EVE, FAY, VALLEY, VILLAGE
from tests.small_bank import give

READS = {read.name: read for read in (*places.QUESTIONS, *profiles.QUESTIONS, *volunteers.QUESTIONS)}
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


def asked_for(name: str, caller: Caller, who: str, query: bytes, language: str = "en") -> Enquiry:
    read = READS[name]
    return Enquiry(read, {"volunteer": who}, caller, query_of(read.query, query), language)


def at_once(api: Api, name: str, caller: Caller, who: str, query: bytes, language: str = "en") -> Any:
    """What the doorstep is told."""
    asked = asked_for(name, caller, who, query, language)

    async def together() -> Any:
        stand = await api.memory.stand()
        assert stand is not None
        if api.asks_elsewhere:
            return await api.short.elsewhere(asked, object(), stand)
        return await api.short.here(asked, object())

    return asyncio.run(together())


def test_both_ways_give_the_same_bytes_whatever_was_written_meanwhile(api: Api):
    seen = set[Answer]()
    for minutes in (0, 5, 6):
        if minutes:
            api.ledger.bank.handle(give(ANN, BOB, minutes), by="stf_office")
        for who, language in zip(EVERYBODY, cycle(("en", "zh")), strict=False):
            for caller in (*STAFF, Caller(who, Role.VOLUNTEER)):
                for name, query in SHORT:
                    told = at_once(api, name, caller, who, query, language)
                    # The first of these sees whether the views stand, the second knows it where a file is ours.
                    again = at_once(api, name, caller, who, query, language)
                    assert told == again == tell(api.ledger, asked_for(name, caller, who, query, language))
                    seen.add(told[1])
    assert len(seen) > len(SHORT) * len(EVERYBODY)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("getVolunteer", b""),
        ("listStatementLines", b""),
        ("listStatementLines", b"order=newest&limit=50"),
        ("getBalance", b"as_of=2026-03-01"),
    ],
)
def test_one_query_tells_to_the_byte_what_the_general_way_does(api: Api, name: str, query: bytes):
    callers = [(caller, who) for caller in STAFF for who in (ANN, EVE)]
    asked = [
        asked_for(name, caller, who, query) for caller, who in (*callers, (Caller(ANN, Role.VOLUNTEER), "me"))
    ]
    one_query = api.short._one_query
    told = (
        one_query.told_together(asked) if api.asks_elsewhere else {one: one_query.told(one) for one in asked}
    )
    assert told == {one: tell(api.ledger, one) for one in asked}


def test_a_place_is_told_at_once_to_the_byte_as_in_a_moment(api: Api):
    callers = [(caller, who) for caller in STAFF for who in (ANN, EVE)]
    told = 0
    for period in (b"period=all", b"period=2026", b"period=2026-Q1"):
        for caller, who in (
            *callers,
            (Caller(ANN, Role.VOLUNTEER), "me"),
            (Caller(BOB, Role.VOLUNTEER), BOB),
        ):
            asked = asked_for("getVolunteerPlace", caller, who, period)
            general = _in_a_moment(api.ledger, asked)
            at_once = _at_once(api.ledger, asked)
            assert at_once in (None, general)
            told += at_once is not None
    assert told > len(callers)


@pytest.mark.parametrize(
    ("caller", "who", "query"),
    [
        (STAFF[0], "vol_nobody", b""),
        (Caller(ANN, Role.VOLUNTEER), BOB, b""),
        (Caller("stf_coordinator", Role.COORDINATOR, community=VALLEY), ANN, b""),
        (STAFF[0], ANN, b"period=2026-13"),
        (STAFF[0], ANN, b"as_of=2026-03-01"),
        (STAFF[0], ANN, b"known_at=1"),
        (STAFF[0], ANN, b"within=" + VALLEY.encode()),
        (STAFF[0], ANN, b"min_position=1000000"),
    ],
)
def test_what_is_unusual_about_a_place_is_left_to_a_moment(api: Api, caller: Caller, who: str, query: bytes):
    usual = asked_for("getVolunteerPlace", STAFF[0], ANN, b"")
    tell(api.ledger, usual)
    assert _at_once(api.ledger, usual) is not None
    assert _at_once(api.ledger, asked_for("getVolunteerPlace", caller, who, query)) is None


def test_one_query_tells_all_of_a_profile(api: Api):
    for command in (
        EstablishCommunity(community="com_meadow", name="Meadow", level=Level.VILLAGE, parent=VALLEY),
        MergeCommunity(community=VILLAGE, into="com_meadow"),
        NoteAgeBand(volunteer=ANN, band=AgeBand.ADULT),
        RecogniseSkill(volunteer=ANN, skill="singing"),
        RecogniseSkill(volunteer=ANN, skill="first-aid"),
        SuspendVolunteer(volunteer=ANN, reason="asked"),
    ):
        api.ledger.bank.handle(command, by="stf_office")
    asked = asked_for("getVolunteer", STAFF[0], ANN, b"")
    one_query = api.short._one_query
    told: Any = one_query.told_together([asked])[asked] if api.asks_elsewhere else one_query.told(asked)
    assert told == tell(api.ledger, asked)
    profile = msgspec.json.decode(told[1].content)
    assert profile["home"] == "com_meadow"
    assert (profile["age_band"], profile["skills"]) == ("adult", ["first-aid", "singing"])
    assert profile["standing"] == "suspended"
    assert [one["team"] for one in profile["assignments"]] == ["tea_singers"]


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

    monkeypatch.setattr("ledger.hosting.fair_queue.Turns.on_thread", asked)
    for path, query in (("", {}), ("/balance", {"as_of": "2026-03-01"}), ("/statement", {"limit": 50})):
        assert admin.read(f"/volunteers/{ANN}{path}", **query)


@pytest.mark.databases("sqlite")
def test_what_is_written_while_a_short_answer_is_read_leaves_it_to_a_thread(
    api: Api, monkeypatch: pytest.MonkeyPatch
):
    admin, stand = STAFF[0], api.memory.stand_here()
    assert at_once(api, "listStatementLines", admin, DAN, b"limit=1") is not None
    # What was committed is there to be read before its writer tells of it.
    monkeypatch.setattr(Memory, "stand_here", lambda _: stand)

    def written_meanwhile(*told: Any) -> msgspec.Struct:
        api.ledger.bank.handle(give(ANN, BOB, 1), by="stf_office")
        return answer_in(*told)

    monkeypatch.setattr("ledger.operations.quick.short.answer_in", written_meanwhile)
    assert at_once(api, "listStatementLines", admin, DAN, b"limit=1") is None


@pytest.mark.databases("sqlite")
def test_a_connection_that_fails_as_a_short_answer_is_read_is_let_go(api: Api):
    admin = STAFF[0]
    told = [at_once(api, "listStatementLines", admin, DAN, b"limit=1") for _ in range(2)]
    connection: Any = api.short._connection
    connection.connection.driver_connection.close()
    assert at_once(api, "listStatementLines", admin, DAN, b"limit=1") is None
    assert at_once(api, "listStatementLines", admin, DAN, b"limit=1") == told[0] == told[1]


@pytest.mark.databases("postgres")
def test_where_many_wait_for_short_answers_the_next_has_a_turn_on_a_thread(api: Api):
    async def ask_at_once(many: int) -> list[Any]:
        stand = await api.memory.stand()
        assert stand is not None
        asked = [asked_for("getVolunteer", STAFF[0], ANN, b"") for _ in range(many)]
        return await asyncio.gather(*(api.short.elsewhere(one, object(), stand) for one in asked))

    told = asyncio.run(ask_at_once(200))
    assert len(told) - told.count(None) == 64


@pytest.mark.databases("sqlite")
def test_those_who_ask_in_one_turn_are_all_told_and_whoever_went_is_passed_over(api: Api):
    async def ask_at_once() -> list[Any]:
        asking = [
            asyncio.ensure_future(api.short.here(asked_for("getVolunteer", STAFF[0], who, b""), object()))
            for who in EVERYBODY
        ]
        await asyncio.sleep(0)
        asking[1].cancel()
        return await asyncio.gather(*asking, return_exceptions=True)

    told = asyncio.run(ask_at_once())
    assert isinstance(told.pop(1), asyncio.CancelledError)
    assert len({answer for _, answer in told}) == len(EVERYBODY) - 1
