"""Where somebody stands on a board, and whom they are told of beside them."""

import pytest

from ledger.bootstrap import Ledger
from ledger.operations.callers import Role
from ledger.people.directory import Volunteer
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, DAN, EVE, HILLS, NUMBERS, SINGERS, VALLEY

pytestmark = pytest.mark.databases("sqlite")


@pytest.mark.databases("sqlite", "postgres")
def test_a_place_is_told_with_the_next_above_and_below(admin: Client):
    board = admin.read("/leaderboards/volunteers")["items"]
    for query in ({}, {"as_of": "2026-12-01"}, {"known_at": str(admin.read("/ledger")["position"])}):
        found = admin.read(f"/volunteers/{ANN}/place", **query)
        assert [*found["above"], found["own"], *found["below"]] == board, query
        assert (found["equals"], found["members"]) == (0, 3)


def test_a_place_is_of_a_period_and_within_a_community(admin: Client):
    found = admin.read(f"/volunteers/{ANN}/place", within=VALLEY, period="2026")
    assert [one["id"] for one in (*found["above"], found["own"], *found["below"])] == [DAN, ANN]
    for query in ({"within": HILLS}, {"period": "2020"}):
        assert admin.read(f"/volunteers/{ANN}/place", **query)["own"] is None, query
    wrong = admin.get(f"/volunteers/{ANN}/place", within="com_nowhere")
    assert (problem(wrong), wrong.json()["errors"][0]["parameter"]) == ((422, "invalid-request"), "within")
    assert problem(admin.get(f"/volunteers/{ANN}/place", level="town")) == (422, "invalid-request")


def test_who_never_served_has_no_place_and_nobody_is_not_found(admin: Client):
    found = admin.read(f"/volunteers/{BOB}/place")
    del found["position"]
    assert found == {"own": None, "equals": 0, "members": 3, "above": [], "below": []}
    for path in ("/volunteers/vol_nobody/place", "/teams/tea_none/place", "/communities/com_none/place"):
        assert problem(admin.get(path)) == (404, "not-found")


def test_volunteers_are_told_of_others_masked_names_alone(as_: Call, ledger: Ledger):
    people = {EVE: "Eve Lee", ANN: "王秀兰"}
    ledger.directory.put([Volunteer(one, NUMBERS[one], name, "", "", "", "") for one, name in people.items()])
    found = as_(Role.VOLUNTEER, EVE).read("/volunteers/me/place")
    assert found["above"] == [
        {"rank": 1, "id": None, "name": None, "number": None, "minutes": 600},
        {"rank": 2, "id": None, "name": "王*兰", "number": None, "minutes": 120},
    ]
    assert found["own"] == {"rank": 3, "id": EVE, "name": "E** L**", "number": NUMBERS[EVE], "minutes": 60}
    assert as_(Role.VOLUNTEER, ANN).get(f"/volunteers/{EVE}/place").status_code == 404


def test_teams_and_communities_have_places_that_everybody_may_know(as_: Call):
    for caller in (as_(Role.VOLUNTEER, EVE), as_(Role.AUDITOR)):
        team = caller.read(f"/teams/{SINGERS}/place")
        assert (team["own"]["rank"], team["own"]["name"], team["members"]) == (1, "合唱队", 1)
        town = caller.read(f"/communities/{HILLS}/place")
        assert [one["id"] for one in (*town["above"], town["own"])] == [VALLEY, HILLS]
