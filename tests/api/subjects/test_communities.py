"""The tree of communities over HTTP: what is told of it, and who may change it."""

import pytest

from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, COUNTY, HILLS, VALLEY, VILLAGE

pytestmark = pytest.mark.databases("sqlite")

WEST = {"name": "西桥村", "level": "village", "parent": VALLEY}


@pytest.mark.databases("sqlite", "postgres")
def test_a_community_is_established_renamed_moved_merged_and_closed(admin: Client):
    [event] = admin.record("/communities", WEST)["events"]
    west = event["community"]
    assert admin.read(f"/communities/{west}") == {
        "position": event["position"],
        "id": west,
        **WEST,
        "ended": False,
    }
    admin.record(f"/communities/{west}/name", {"name": "西渡村"})
    admin.record(f"/communities/{west}/parent", {"parent": HILLS})
    moved = admin.read(f"/communities/{west}")
    assert (moved["name"], moved["parent"]) == ("西渡村", HILLS)
    admin.record(f"/communities/{west}/merger", {"into": VILLAGE})
    assert admin.read(f"/communities/{west}")["ended"] is True
    admin.record(f"/communities/{VILLAGE}/closure")
    assert admin.read(f"/communities/{VILLAGE}")["ended"] is True


def test_the_tree_comes_from_its_top_and_without_those_that_ended(admin: Client):
    admin.record(f"/communities/{VILLAGE}/closure")
    assert _ids(admin) == [COUNTY, HILLS, VALLEY]
    assert _ids(admin, ended="true") == [COUNTY, HILLS, VALLEY, VILLAGE]
    assert _ids(admin, parent=COUNTY) == [HILLS, VALLEY]


def test_contributions_are_those_of_a_community_and_of_each_beneath_it(as_: Call):
    items = as_(Role.VOLUNTEER, ANN).read(f"/communities/{COUNTY}/contributions", period="2026")["items"]
    assert [(one["id"], one["service_minutes"], one["people"]) for one in items] == [
        (COUNTY, 780, 3),
        (HILLS, 60, 1),
        (VALLEY, 720, 2),
    ]
    assert (
        as_(Role.VOLUNTEER, ANN).read(f"/communities/{COUNTY}/contributions", period="2025")["items"][0][
            "service_minutes"
        ]
        == 0
    )


def test_every_community_s_contributions_are_told_at_once_and_as_they_were(as_: Call):
    ann = as_(Role.VOLUNTEER, ANN)
    items = ann.read("/contributions", period="2026")["items"]
    assert [(one["id"], one["service_minutes"]) for one in items] == [
        (COUNTY, 780),
        (HILLS, 60),
        (VALLEY, 720),
        (VILLAGE, 120),
    ]
    assert items[0] == ann.read(f"/communities/{COUNTY}/contributions", period="2026")["items"][0]
    before = ann.read("/contributions", as_of="2026-02-28")["items"]
    assert [one["service_minutes"] for one in before] == [0] * 4


def test_a_report_of_all_is_for_those_who_see_to_all(as_: Call):
    for role in (Role.ADMIN, Role.AUDITOR, Role.INTEGRATION):
        found = as_(role).read("/report", period="2026-03")
        assert (found["community"], found["service_minutes"]) == (None, 780)
    for role, actor in ((Role.COORDINATOR, "stf_office"), (Role.VOLUNTEER, ANN)):
        assert problem(as_(role, actor).get("/report")) == (403, "forbidden")


def test_what_was_held_stands_beside_what_was_served(admin: Client):
    turnout = {"day": "2026-03-01", "participants": 30, "materials": 5, "online_reach": 7}
    admin.record("/activities/act_choir/report", {"turnout": turnout})
    [valley, _] = admin.read(f"/communities/{VALLEY}/contributions", period="2026-Q1")["items"]
    assert (valley["held"]["activities"], valley["held"]["participants"]) == (1, 30)


def test_a_report_is_for_auditors_and_for_staff_who_reach_the_community(as_: Call):
    path = f"/communities/{VALLEY}/report"
    for role in (Role.ADMIN, Role.AUDITOR, Role.INTEGRATION, Role.COORDINATOR):
        found = as_(role).read(path, period="2026-03")
        assert (found["volunteers"], found["service_minutes"]) == (4, 720)
    assert problem(as_(Role.COORDINATOR, community=HILLS).get(path)) == (404, "not-found")
    assert problem(as_(Role.VOLUNTEER, ANN).get(path)) == (403, "forbidden")
    wrong = as_(Role.AUDITOR).get(path, period="soon")
    assert wrong.json()["errors"][0]["parameter"] == "period"


def test_a_coordinator_establishes_villages_beneath_their_own_community_only(as_: Call):
    office = as_(Role.COORDINATOR)
    office.record("/communities", WEST)
    assert problem(office.post("/communities", WEST | {"parent": HILLS})) == (404, "not-found")
    top = {"name": "新县", "level": "county"}
    assert problem(office.post("/communities", top)) == (404, "not-found")
    assert problem(office.post("/communities", WEST | {"level": "town", "name": "新镇"})) == (
        409,
        "wrong-level",
    )
    assert problem(office.post(f"/communities/{VILLAGE}/name", {"name": "新村"})) == (403, "forbidden")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/communities", WEST),
        (f"/communities/{VILLAGE}/name", {"name": "新村"}),
        (f"/communities/{VILLAGE}/parent", {"parent": HILLS}),
        (f"/communities/{VALLEY}/merger", {"into": HILLS}),
        (f"/communities/{VILLAGE}/closure", {}),
    ],
)
def test_volunteers_and_auditors_do_not_change_the_tree(as_: Call, path, body):
    for caller in (as_(Role.VOLUNTEER, ANN), as_(Role.AUDITOR)):
        assert problem(caller.post(path, body)) == (403, "forbidden")


def test_the_tree_s_own_rules_are_told(admin: Client):
    assert problem(admin.post(f"/communities/{VALLEY}/closure")) == (409, "community-in-use")
    assert problem(admin.post("/communities", WEST | {"name": "东桥村"})) == (409, "name-taken")
    assert problem(admin.post("/communities/com_none/name", {"name": "新村"})) == (404, "unknown-community")
    assert problem(admin.get("/communities/com_none")) == (404, "not-found")
    assert problem(admin.get("/communities/com_none/contributions")) == (404, "not-found")
    assert problem(admin.get("/communities/com_none/report")) == (404, "not-found")
    unfit = admin.post("/communities", WEST | {"level": "street"})
    assert problem(unfit) == (422, "invalid-request")
    assert unfit.json()["errors"][0]["pointer"] == "/level"


def _ids(client: Client, **query: str) -> list[str]:
    return [one["id"] for one in client.read("/communities", **query)["items"]]


def test_what_lies_beneath_a_community_is_asked_for_by_its_name(admin: Client):
    by_id = admin.read("/communities", parent=VALLEY)["items"]
    assert [one["name"] for one in by_id] == ["东桥村"]
    assert admin.read("/communities", parent="石桥镇")["items"] == by_id
    board = admin.read("/leaderboards/volunteers", within=VALLEY)
    assert board["items"]
    assert admin.read("/leaderboards/volunteers", within="石桥镇") == board
    assert problem(admin.get("/leaderboards/teams", within="无此镇")) == (422, "invalid-request")
