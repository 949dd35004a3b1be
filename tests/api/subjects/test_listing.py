"""The list of volunteers, for those who see to them."""

from typing import Any

import pytest

from ledger.application import Ask
from ledger.bootstrap import Ledger
from ledger.domain.communities import MergeCommunity
from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, COUNTY, DAN, EVE, FAY, HILLS, NUMBERS, OFFICE, VALLEY, VILLAGE

pytestmark = pytest.mark.databases("sqlite")

EVERYBODY = [ANN, BOB, DAN, EVE, FAY]


def ids(listed: Any) -> list[str]:
    return [one["id"] for one in listed["items"]]


@pytest.mark.databases("sqlite", "postgres")
def test_volunteers_are_listed_with_where_they_stand(admin: Client, as_: Call):
    told = admin.read("/volunteers")
    assert ids(told) == EVERYBODY
    assert told["items"][0] == {
        "id": ANN,
        "number": NUMBERS[ANN],
        "name": ANN,
        "home": VILLAGE,
        "standing": "active",
        "since": "2020-01-01",
    }
    fay = told["items"][-1]
    assert (fay["number"], fay["name"], fay["standing"]) == (None, None, "suspended")
    for one in told["items"]:
        profile = admin.read(f"/volunteers/{one['id']}")
        assert one == {name: profile[name] for name in one}
    audited = as_(Role.AUDITOR).read("/volunteers")["items"][0]
    assert (audited["number"], audited["name"]) == (NUMBERS[ANN], None)


def test_a_coordinator_is_told_of_those_at_home_in_their_area(as_: Call, admin: Client):
    valley, hills = as_(Role.COORDINATOR), as_(Role.COORDINATOR, OFFICE, HILLS)
    assert ids(valley.read("/volunteers")) == [ANN, BOB, DAN, FAY]
    assert ids(valley.read("/volunteers", community=VILLAGE)) == [ANN]
    assert ids(valley.read("/volunteers", community=HILLS)) == []
    assert ids(valley.read("/volunteers", community=COUNTY)) == [ANN, BOB, DAN, FAY]
    assert ids(hills.read("/volunteers")) == [EVE]
    admin.record(f"/volunteers/{EVE}/move", {"community": VILLAGE})
    assert ids(hills.read("/volunteers")) == []
    assert ids(valley.read("/volunteers", community=VILLAGE)) == [ANN, EVE]


def test_volunteers_are_listed_by_community_with_all_beneath_it(admin: Client):
    assert ids(admin.read("/volunteers", community=VILLAGE)) == [ANN]
    assert ids(admin.read("/volunteers", community=VALLEY)) == [ANN, BOB, DAN, FAY]
    assert ids(admin.read("/volunteers", community=COUNTY)) == EVERYBODY


def test_a_county_beside_another_has_its_own_volunteers_alone(admin: Client):
    other = admin.record("/communities", {"name": "红河县", "level": "county", "parent": None})
    (county,) = other["made"].values()
    assert ids(admin.read("/volunteers", community=county)) == []
    admin.record(f"/volunteers/{EVE}/move", {"community": county})
    assert ids(admin.read("/volunteers", community=county)) == [EVE]
    assert ids(admin.read("/volunteers", community=COUNTY)) == [ANN, BOB, DAN, FAY]


def test_who_lived_where_a_merger_was_is_listed_where_they_belong_now(ledger: Ledger, admin: Client):
    ledger.bank.handle_many([Ask(MergeCommunity(community=HILLS, into=VALLEY), OFFICE)])
    told = admin.read("/volunteers", community=VALLEY)
    assert {one["id"]: one["home"] for one in told["items"]}[EVE] == VALLEY


def test_who_moved_often_is_listed_once(admin: Client):
    for day, community in (("2026-01-01", HILLS), ("2026-02-01", VILLAGE), ("2099-01-01", HILLS)):
        admin.record(f"/volunteers/{BOB}/move", {"community": community, "day": day})
    assert ids(admin.read("/volunteers")) == EVERYBODY
    assert ids(admin.read("/volunteers", community=VILLAGE)) == [ANN, BOB]
    assert admin.read("/volunteers", community=VILLAGE)["items"][1]["since"] == "2020-01-01"


def test_pages_of_volunteers_follow_each_other(as_: Call, admin: Client):
    for who, everybody in ((admin, EVERYBODY), (as_(Role.COORDINATOR), [ANN, BOB, DAN, FAY])):
        first = who.read("/volunteers", limit=3)
        rest = who.read("/volunteers", limit=3, cursor=first["next_cursor"])
        assert ids(first) + ids(rest) == everybody
        assert rest["next_cursor"] is None


def test_volunteers_are_not_told_of_each_other(as_: Call):
    assert problem(as_(Role.VOLUNTEER, ANN).get("/volunteers")) == (403, "forbidden")
