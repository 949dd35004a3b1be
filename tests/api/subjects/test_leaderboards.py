"""Who served most, and who is told whose number."""

from typing import Any

import pytest

from ledger.application import Ask
from ledger.bootstrap import Ledger
from ledger.domain.volunteers import RegisterVolunteer
from ledger.operations.callers import Role
from ledger.people.directory import Volunteer
from projections import leaderboards
from tests.api.conftest import Call, Client, problem
from tests.api.village import (
    A_DAY,
    ANN,
    BOB,
    DAN,
    EVE,
    FAY,
    HILLS,
    LONG_AGO,
    NUMBERS,
    OTHER_OFFICE,
    SINGERS,
    VALLEY,
)
from tests.small_bank import attest

pytestmark = pytest.mark.databases("sqlite")


@pytest.mark.databases("sqlite", "postgres")
def test_a_board_tells_ranks_and_minutes(admin: Client):
    assert admin.read("/leaderboards/volunteers", period="2026-03")["items"] == [
        {"rank": 1, "id": DAN, "name": None, "number": None, "minutes": 600},
        {"rank": 2, "id": ANN, "name": None, "number": NUMBERS[ANN], "minutes": 120},
        {"rank": 3, "id": EVE, "name": None, "number": NUMBERS[EVE], "minutes": 60},
    ]
    assert admin.read("/leaderboards/teams")["items"] == [
        {"rank": 1, "id": SINGERS, "name": "合唱队", "number": None, "minutes": 120}
    ]
    towns = admin.read("/leaderboards/communities", level="town")["items"]
    assert [(one["name"], one["minutes"]) for one in towns] == [("石桥镇", 720), ("云岭镇", 60)]


@pytest.mark.databases("sqlite", "postgres")
def test_a_board_within_a_community_leaves_what_was_served_for_it(admin: Client):
    for within, who in ((VALLEY, [DAN, ANN]), (HILLS, [EVE])):
        found = admin.read("/leaderboards/volunteers", within=within)["items"]
        assert [one["id"] for one in found] == who
    assert admin.read("/leaderboards/teams", within=HILLS)["items"] == []
    [team] = admin.read("/leaderboards/teams", within=VALLEY)["items"]
    assert (team["id"], team["name"], team["minutes"]) == (SINGERS, "合唱队", 120)
    first = admin.read("/leaderboards/volunteers", within=VALLEY, limit=1)
    rest = admin.read("/leaderboards/volunteers", within=VALLEY, limit=1, cursor=first["next_cursor"])
    assert [(one["id"], one["rank"]) for one in (*first["items"], *rest["items"])] == [(DAN, 1), (ANN, 2)]


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.INTEGRATION, Role.COORDINATOR])
def test_staff_and_auditors_are_told_every_number(as_: Call, role):
    items = as_(role).read("/leaderboards/volunteers")["items"]
    assert [one["number"] for one in items] == [None, NUMBERS[ANN], NUMBERS[EVE]]


@pytest.mark.databases("sqlite", "postgres")
def test_a_board_told_volunteers_the_ids_of_all(as_: Call, ledger: Ledger):
    people = {EVE: "Eve Lee", ANN: "王秀兰", FAY: ""}
    ledger.directory.put(
        [Volunteer(one, NUMBERS.get(one, one), name, "", "", "", "") for one, name in people.items()]
    )
    board = as_(Role.VOLUNTEER, EVE).read("/leaderboards/volunteers")
    own = {"rank": 3, "id": EVE, "name": "E** L**", "number": NUMBERS[EVE], "minutes": 60}
    assert board["items"] == [
        {"rank": 1, "id": None, "name": None, "number": None, "minutes": 600},
        {"rank": 2, "id": None, "name": "王*兰", "number": None, "minutes": 120},
        own,
    ]
    assert board["own"] == own


def test_a_board_names_nobody_who_was_erased_or_has_no_name(as_: Call, ledger: Ledger):
    for one, name in ((ANN, "王秀兰"), (DAN, "")):
        ledger.directory.put([Volunteer(one, one, name, "", "", "", "")])
    ledger.directory.erase(ANN)
    board = as_(Role.VOLUNTEER, EVE).read("/leaderboards/volunteers")["items"]
    assert [one["name"] for one in board][:2] == [None, None]


@pytest.mark.databases("sqlite", "postgres")
def test_a_volunteer_finds_their_own_place_on_any_page(as_: Call, admin: Client, ledger: Ledger):
    _many_serve(ledger, 3)
    eve = as_(Role.VOLUNTEER, EVE)
    for query in ({}, {"within": HILLS}, {"as_of": "2026-12-01"}, {"period": "2026-03"}):
        every = admin.read("/leaderboards/volunteers", **query)
        rank = next(one["rank"] for one in every["items"] if one["id"] == EVE)
        own = eve.read("/leaderboards/volunteers", limit=1, **query)["own"]
        assert (own["rank"], own["id"], own["minutes"]) == (rank, EVE, 60), query
        assert every["own"] is None
    assert eve.read("/leaderboards/volunteers", within=VALLEY)["own"] is None
    assert eve.read("/leaderboards/volunteers", period="2020")["own"] is None
    assert eve.read("/leaderboards/communities")["own"] is None
    assert as_(Role.VOLUNTEER, BOB).read("/leaderboards/volunteers")["own"] is None


def test_boards_of_what_is_nobody_tell_volunteers_the_same(as_: Call, admin: Client):
    for by in ("teams", "communities"):
        assert as_(Role.VOLUNTEER, EVE).read(f"/leaderboards/{by}") == admin.read(f"/leaderboards/{by}")


def test_ranks_go_on_from_page_to_page(admin: Client, ledger: Ledger):
    _many_serve(ledger, 3)
    pages: list[Any] = []
    more: dict[str, Any] = {}
    while not pages or more["cursor"]:
        pages.append(admin.read("/leaderboards/volunteers", limit=2, **more))
        more = {"cursor": pages[-1]["next_cursor"]}
    assert [len(one["items"]) for one in pages] == [2, 2, 2]
    places = [place for one in pages for place in one["items"]]
    # The three served as long as Eve did.
    assert [place["rank"] for place in places] == [1, 2, 3, 3, 3, 3]
    assert len({place["id"] for place in places}) == 6


@pytest.mark.parametrize("query", [{}, {"within": VALLEY}])
def test_the_first_page_does_not_read_all_members(admin: Client, ledger: Ledger, monkeypatch, query: Any):
    _many_serve(ledger, 60, minutes=lambda index: 700 + index)
    read: list[int] = []
    first_places = leaderboards._first_places

    def counting(ask: Any, *more: Any) -> Any:
        def noting(many: int) -> Any:
            found = ask(many)
            read.append(len(found))
            return found

        return first_places(noting, *more)

    monkeypatch.setattr(leaderboards, "_first_places", counting)
    page = admin.read("/leaderboards/volunteers", limit=3, **query)
    assert [place["minutes"] for place in page["items"]] == [759, 758, 757]
    # One more than are shown, to know whether there are more; and a few who may share its place.
    assert read == [4 + leaderboards._FEW]


def test_what_is_no_board_is_not_found_and_what_is_no_period_is_named(admin: Client):
    assert problem(admin.get("/leaderboards/streets")) == (404, "not-found")
    wrong = admin.get("/leaderboards/volunteers", period="2026-13")
    assert problem(wrong) == (422, "invalid-request")
    assert wrong.json()["errors"][0]["parameter"] == "period"
    assert problem(admin.get("/leaderboards/communities", level="street")) == (422, "invalid-request")


def _many_serve(ledger: Ledger, number: int, minutes: Any = lambda index: 60) -> None:
    who = [f"vol_more{index:03}" for index in range(number)]
    commands = [RegisterVolunteer(volunteer=one, community=VALLEY, day=LONG_AGO) for one in who]
    served = [attest(one, minutes(index), A_DAY, f"rec_more{index:03}") for index, one in enumerate(who)]
    for outcome in ledger.bank.handle_many([Ask(one, OTHER_OFFICE) for one in (*commands, *served)]):
        assert not isinstance(outcome, Exception)
