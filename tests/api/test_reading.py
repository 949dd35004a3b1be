"""How reads are answered: positions, ETags, languages, pages, and who is let in."""

import asyncio
import base64
from typing import Any

import pytest
from msgspec.structs import replace

from ledger.bootstrap import Ledger, open_for_reading
from ledger.hosting.fair_queue import Turns
from ledger.operations.answers import Answer
from ledger.operations.callers import Role
from ledger.operations.quick.balances import QuickBalances
from ledger.operations.quick.memory import Memory
from ledger.settings import Settings
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, EVE, HEAD, HILLS, NUMBERS, OFFICE
from tests.small_bank import give


def test_a_volunteer_reads_their_own_balance_and_nobody_else_s(as_: Call):
    ann = as_(Role.VOLUNTEER, ANN)
    own = {"volunteer": ANN, "service_minutes": 120, "credit_minutes": 120, "stars": 0, "position": HEAD}
    assert ann.read("/volunteers/me/balance") == ann.read(f"/volunteers/{ANN}/balance") == own
    assert problem(ann.get(f"/volunteers/{BOB}/balance")) == (404, "not-found")
    assert problem(ann.get("/volunteers/vol_nobody/balance")) == (404, "not-found")


def test_a_coordinator_reads_what_belongs_to_their_community(as_: Call):
    office = as_(Role.COORDINATOR)
    assert office.read(f"/volunteers/{ANN}/balance")["service_minutes"] == 120
    assert problem(office.get(f"/volunteers/{EVE}/balance")) == (404, "not-found")
    assert as_(Role.COORDINATOR, OFFICE, HILLS).read(f"/volunteers/{EVE}/balance")["service_minutes"] == 60


def test_a_volunteer_is_named_by_their_number_too(admin: Client):
    assert admin.read(f"/volunteers/number:{NUMBERS[ANN]}/balance")["volunteer"] == ANN
    assert problem(admin.get("/volunteers/number:nobody/balance")) == (404, "not-found")


def test_who_has_the_answer_already_is_not_told_again(admin: Client):
    first = admin.get(f"/volunteers/{ANN}/balance")
    etag = first.headers["etag"]
    assert etag.startswith('W/"')
    assert first.headers["vary"] == "Authorization, Accept-Language"
    assert first.headers["cache-control"] == "private, no-cache"
    admin.record("/transfers", {"giver": EVE, "receiver": BOB, "minutes": 10})
    again = admin.get(f"/volunteers/{ANN}/balance", {"If-None-Match": f'"x", {etag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert again.headers["ledger-position"] == str(HEAD + 1)
    admin.record("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 10})
    changed = admin.get(f"/volunteers/{ANN}/balance", {"If-None-Match": etag})
    assert (changed.status_code, changed.json()["credit_minutes"]) == (200, 110)


def test_a_page_leads_to_the_next_and_fits_no_other_list(admin: Client):
    for _ in range(3):
        admin.record("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 10})
    first = admin.read(f"/volunteers/{ANN}/statement", limit=3)
    assert [line["line"] for line in first["items"]] == [1, 2, 3]
    rest = admin.read(f"/volunteers/{ANN}/statement", cursor=first["next_cursor"])
    assert [line["line"] for line in rest["items"]] == [4]
    assert rest["next_cursor"] is None
    foreign = admin.get(f"/volunteers/{BOB}/statement", cursor=first["next_cursor"])
    assert problem(foreign) == (422, "invalid-request")
    assert foreign.json()["errors"][0]["parameter"] == "cursor"


def test_a_forged_cursor_is_refused(admin: Client):
    for _ in range(2):
        admin.record("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 10})
    first = admin.read(f"/volunteers/{ANN}/statement", limit=1)
    sealed = base64.urlsafe_b64decode(first["next_cursor"] + "==")

    def ask(after: bytes) -> Any:
        forged = base64.urlsafe_b64encode(sealed[:16] + after).decode().rstrip("=")
        return admin.get(f"/volunteers/{ANN}/statement", limit=1, cursor=forged)

    assert ask(b"1").json()["items"][0]["line"] == 2
    for after in (b"2", b"x", b"9" * 40, "٣٤x".encode(), b"\x00", b"\xff", b"1\n", b" 1", b"1.0", b""):
        assert problem(ask(after)) == (422, "invalid-request")
    assert problem(admin.get(f"/volunteers/{ANN}/statement", cursor="!")) == (422, "invalid-request")


def test_a_read_waits_for_a_position_or_says_that_it_is_not_there(admin: Client, monkeypatch):
    monkeypatch.setattr("ledger.api.answering._LONGEST_WAIT_SECONDS", 0.05)
    assert admin.read(f"/volunteers/{ANN}/balance", min_position=HEAD)["position"] == HEAD
    late = admin.get(f"/volunteers/{ANN}/balance", min_position=HEAD + 1)
    assert problem(late) == (503, "not-there-yet")
    assert late.headers["retry-after"] == "1"


@pytest.mark.databases("sqlite")
def test_what_a_query_may_not_hold_is_named(admin: Client):
    for name, value in (
        ("min_position", 2**63),
        ("min_position", "x"),
        ("limit", 0),
        ("limit", 201),
        ("color", "red"),
    ):
        query: dict[str, Any] = {name: value}
        response = admin.get(f"/volunteers/{ANN}/statement", **query)
        assert problem(response) == (422, "invalid-request")
        assert response.json()["errors"][0]["parameter"]


@pytest.mark.databases("sqlite")
def test_nobody_comes_in_without_a_token(as_: Call, admin: Client):
    for headers in ({}, {"Authorization": "Basic x"}, {"Authorization": "Bearer x.y.z"}):
        response = as_().get(f"/volunteers/{ANN}/balance", headers)
        assert problem(response) == (401, "unauthenticated")
        assert response.headers["www-authenticate"].startswith('Bearer realm="timebank"')


@pytest.mark.databases("sqlite")
def test_problems_are_told_in_the_caller_s_language(admin: Client):
    chinese = admin.get("/nothing", {"Accept-Language": "fr, zh-CN;q=0.9, en;q=0.5"})
    assert problem(chinese) == (404, "not-found")
    assert chinese.json()["title"] == "没有找到"
    assert admin.get("/nothing", {"Accept-Language": "de"}).json()["title"] == "There is nothing here"


def test_whatever_is_remembered_of_a_balance_is_forgotten_with_the_fact_that_touches_it(admin: Client):
    def credits(who: str) -> int:
        return admin.read(f"/volunteers/{who}/balance")["credit_minutes"]

    def lines(who: str) -> int:
        return len(admin.read(f"/volunteers/{who}/statement")["items"])

    before, told = credits(ANN), lines(ANN)
    assert (credits(ANN), lines(ANN)) == (before, told)
    for turn in range(1, 4):
        done = admin.record("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 1})
        assert admin.read(f"/volunteers/{ANN}/balance")["position"] == done["position"]
        assert (credits(ANN), lines(ANN)) == (before - turn, told + turn)


def test_what_many_ask_at_once_is_told_once(ledger: Ledger):
    memory, told = Memory(ledger), list[int]()

    async def tell() -> tuple[int, Answer]:
        await asyncio.sleep(0)
        told.append(1)
        return len(told), Answer(b"{}", b"")

    async def ask() -> list[tuple[int, Answer]]:
        stand = await memory.stand()
        assert stand is not None
        return await asyncio.gather(*(memory.once(question, stand, tell) for question in "aaba"))

    assert [position for position, _ in asyncio.run(ask())] == [1, 1, 2, 1]
    assert asyncio.run(ask())[0][0] == len(told) - 1
    memory.close()


def test_what_everybody_who_asked_has_left_was_told_all_the_same(ledger: Ledger):
    memory, turns, told = Memory(ledger), Turns(), list[str]()

    async def ask() -> None:
        stand, let_go = await memory.stand(), asyncio.Event()
        assert stand is not None

        def asking(question: str) -> asyncio.Task[tuple[int, Answer]]:
            async def answer() -> tuple[int, Answer]:
                told.append(question)
                await let_go.wait()
                return len(told), Answer(b"{}", b"")

            async def tell() -> tuple[int, Answer]:
                return await turns.lasting("stf_ann", answer)

            return asyncio.create_task(memory.once(question, stand, tell))

        first, alone, one, other = (asking(question) for question in ("first", "left", "shared", "shared"))
        await asyncio.sleep(0.01)
        alone.cancel()
        one.cancel()
        await asyncio.wait([alone, one])
        again = asking("again")
        await asyncio.sleep(0.01)
        again.cancel()
        await asyncio.wait([again])
        again = asking("again")
        let_go.set()
        assert [await asked for asked in (first, other, again)] == [
            (n, Answer(b"{}", b"")) for n in (1, 2, 3)
        ]

    asyncio.run(ask())
    assert told == ["first", "shared", "again"]
    assert not memory._asked
    memory.close()


def test_a_view_that_breaks_while_its_figures_are_remembered_is_told_of(
    admin: Client, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
):
    admin.read(f"/volunteers/{ANN}/balance")

    def broken(*_: object) -> None:
        raise ValueError("oh")

    monkeypatch.setattr(ledger.views.balances, "fold", broken)
    admin.record("/transfers", {"giver": EVE, "receiver": BOB, "minutes": 1})
    assert problem(admin.get(f"/volunteers/{ANN}/balance")) == (503, "store-unavailable")


def test_who_only_reads_sees_what_another_process_writes(ledger: Ledger, database_url: str):
    people = database_url if "postgres" in database_url else ledger.log.store.url.database
    beside = people if "://" in str(people) else f"sqlite:///{str(people).replace('ledger.', 'people.')}"
    own = ledger.log.store.url.render_as_string(hide_password=False)
    with open_for_reading(Settings(own, str(beside)), now=ledger.now) as reader:
        balances, memory = QuickBalances(reader), Memory(reader)

        async def seen() -> tuple[Any, Any]:
            return await balances.of(ANN), await memory.stand()

        async def told() -> None:
            before, stand = await seen()
            ledger.bank.handle(give(ANN, BOB, 1), by="stf_office")
            after, then = await seen()
            moved = {"position": before.position + 1, "credit_minutes": before.credit_minutes - 1}
            assert after == replace(before, **moved)
            assert then != stand

        asyncio.run(told())
        balances.close()
        memory.close()


def test_a_statement_is_read_from_either_end(admin: Client):
    for minutes in (10, 11, 12):
        admin.record("/transfers", {"giver": ANN, "receiver": BOB, "minutes": minutes})
    path = f"/volunteers/{ANN}/statement"
    oldest = admin.read(path, order="oldest")["items"]
    assert [line["line"] for line in oldest] == [1, 2, 3, 4]
    assert oldest == admin.read(path)["items"]
    page = admin.read(path, order="newest", limit=3)
    assert page["items"] == oldest[:0:-1]
    rest = admin.read(path, order="newest", limit=3, cursor=page["next_cursor"])
    assert rest["items"] == oldest[:1]
    assert rest["next_cursor"] is None
    assert problem(admin.get(path, order="oldest", cursor=page["next_cursor"])) == (422, "invalid-request")
    assert problem(admin.get(path, order="sideways")) == (422, "invalid-request")


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_a_statement_of_a_period_has_its_days_of_service(admin: Client, order: str):
    admin.record("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 10})
    path = f"/volunteers/{ANN}/statement"
    every = admin.read(path, order=order)["items"]
    for period in ("2026-03", "2026-Q1"):
        found = admin.read(path, order=order, period=period)["items"]
        assert found == [line for line in every if line["day"] == "2026-03-01"] != []
    assert admin.read(path, order=order, period="2019")["items"] == []
    assert problem(admin.get(path, period="march")) == (422, "invalid-request")
