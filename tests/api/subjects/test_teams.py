"""Teams over HTTP: their tree, their minutes, and who is in them."""

import pytest

from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, COUNTY, EVE, HIKERS, HILLS, NUMBERS, SINGERS, VALLEY

pytestmark = pytest.mark.databases("sqlite")

DANCERS = {"name": "舞蹈队", "community": VALLEY, "field": "arts"}


@pytest.mark.databases("sqlite", "postgres")
def test_a_team_is_formed_renamed_moved_and_disbanded(admin: Client):
    [event] = admin.record("/teams", DANCERS)["events"]
    path = f"/teams/{event['team']}"
    told = admin.read(path)
    assert {name: told[name] for name in DANCERS} == DANCERS
    assert (told["parent"], told["brand"], told["ended"], told["members"]) == (None, None, False, 0)
    admin.record(f"{path}/name", {"name": "老年舞蹈队"})
    admin.record(f"{path}/parent", {"parent": SINGERS})
    assert (admin.read(path)["name"], admin.read(path)["parent"]) == ("老年舞蹈队", SINGERS)
    assert problem(admin.post(f"/teams/{SINGERS}/disbandment")) == (409, "team-in-use")
    admin.record(f"{path}/disbandment")
    assert admin.read(path)["ended"] is True


def test_teams_are_listed_by_community_and_without_those_disbanded(admin: Client):
    assert _ids(admin) == [HIKERS, SINGERS]
    assert _ids(admin, community=HILLS) == [HIKERS]
    assert _ids(admin, community=COUNTY) == [HIKERS, SINGERS]
    admin.record(f"/teams/{HIKERS}/disbandment")
    assert _ids(admin) == [SINGERS]
    assert _ids(admin, ended="true") == [HIKERS, SINGERS]


def test_a_team_s_minutes_are_its_own_and_those_of_its_subteams(as_: Call, admin: Client):
    admin.record(f"/teams/{SINGERS}/parent", {"parent": HIKERS})
    above = as_(Role.VOLUNTEER, EVE).read(f"/teams/{HIKERS}", period="2026")
    assert (above["service_minutes"], above["service_minutes_with_subteams"]) == (0, 120)
    own = admin.read(f"/teams/{SINGERS}", period="2026-03")
    assert (own["service_minutes"], own["service_minutes_with_subteams"], own["members"]) == (120, 120, 1)
    assert admin.read(f"/teams/{SINGERS}", period="2025")["service_minutes"] == 0


def test_the_figures_of_all_teams_are_told_at_once_or_of_those_beneath_one(as_: Call, admin: Client):
    admin.record(f"/teams/{SINGERS}/parent", {"parent": HIKERS})
    ann = as_(Role.VOLUNTEER, ANN)
    hikers, singers = ann.read("/team-figures", period="2026")["items"]
    assert (hikers["id"], hikers["service_minutes"], hikers["service_minutes_with_subteams"]) == (
        HIKERS,
        0,
        120,
    )
    assert ann.read("/team-figures", team="登山队", period="2026")["items"] == [singers]
    assert ann.read(f"/teams/{SINGERS}", period="2026") == {
        "position": ann.read("/team-figures")["position"],
        **singers,
    }
    [_, before] = ann.read("/team-figures", as_of="2026-02-28")["items"]
    assert before["service_minutes"] == 0
    admin.record(f"/teams/{SINGERS}/disbandment")
    assert _figures(ann) == [HIKERS]
    assert _figures(ann, ended="true") == [HIKERS, SINGERS]
    # What is in the sum is told, though it was disbanded.
    assert _figures(ann, team=HIKERS) == [SINGERS]


@pytest.mark.databases("sqlite", "postgres")
def test_a_volunteer_joins_changes_and_leaves_teams(admin: Client):
    [event] = admin.record("/assignments", {"volunteer": BOB, "place": {"team": SINGERS, "role": "leader"}})[
        "events"
    ]
    [ann, bob] = admin.read(f"/teams/{SINGERS}/members")["items"]
    assert (ann["volunteer"], ann["number"], ann["since"]) == (ANN, NUMBERS[ANN], "2020-01-01")
    assert bob == {
        "assignment": event["assignment"],
        "volunteer": BOB,
        "number": NUMBERS[BOB],
        "role": "leader",
        "since": event["on"],
        "until": None,
        "name": BOB,
        "standing": "active",
    }
    admin.record(f"/volunteers/{BOB}/team", {"place": {"team": HIKERS}})
    assert _members(admin, SINGERS) == [ANN]
    assert _members(admin, HIKERS) == [BOB]
    admin.record("/assignments/asg_ann/end", {"volunteer": ANN})
    assert _members(admin, SINGERS) == []


def test_a_member_s_name_is_told_to_who_reaches_the_volunteer(as_: Call, admin: Client):
    admin.record("/assignments", {"volunteer": EVE, "place": {"team": SINGERS}})
    names = {
        role: [one["name"] for one in as_(role).read(f"/teams/{SINGERS}/members")["items"]]
        for role in (Role.ADMIN, Role.COORDINATOR, Role.AUDITOR)
    }
    assert names == {Role.ADMIN: [ANN, EVE], Role.COORDINATOR: [ANN, None], Role.AUDITOR: [None, None]}


def test_members_are_those_of_a_day(admin: Client):
    path = f"/teams/{SINGERS}/members"
    admin.record("/assignments", {"volunteer": BOB, "place": {"team": SINGERS}, "day": "2026-05-01"})
    assert [one["volunteer"] for one in admin.read(path, as_of="2026-04-30")["items"]] == [ANN]
    both = admin.read(path, as_of="2026-05-01")
    assert [one["volunteer"] for one in both["items"]] == [ANN, BOB]
    known = admin.read(path, known_at=both["position"] - 1)
    assert [one["volunteer"] for one in known["items"]] == [ANN]


def test_members_are_told_to_auditors_and_to_staff_who_reach_the_team(as_: Call):
    for role in (Role.AUDITOR, Role.INTEGRATION, Role.COORDINATOR):
        assert _members(as_(role), SINGERS) == [ANN]
    assert problem(as_(Role.COORDINATOR).get(f"/teams/{HIKERS}/members")) == (404, "not-found")
    assert problem(as_(Role.VOLUNTEER, ANN).get(f"/teams/{SINGERS}/members")) == (403, "forbidden")
    assert problem(as_(Role.AUDITOR).get("/teams/tea_none/members")) == (404, "not-found")
    assert problem(as_(Role.VOLUNTEER, ANN).get("/teams/tea_none")) == (404, "not-found")


def test_a_coordinator_forms_and_changes_the_teams_of_their_community(as_: Call):
    office = as_(Role.COORDINATOR)
    office.record("/teams", DANCERS)
    office.record(f"/teams/{SINGERS}/name", {"name": "老年合唱队"})
    office.record("/teams", {"name": "少年合唱队", "community": VALLEY, "parent": SINGERS})
    for path, body in (
        ("/teams", DANCERS | {"community": HILLS}),
        ("/teams", {"name": "巡查队"}),
        ("/teams", {"name": "巡查队", "community": VALLEY, "parent": HIKERS}),
        (f"/teams/{HIKERS}/name", {"name": "徒步队"}),
        (f"/teams/{HIKERS}/disbandment", {}),
        (f"/teams/{SINGERS}/parent", {"parent": HIKERS}),
    ):
        assert problem(office.post(path, body)) == (404, "not-found")


def test_a_coordinator_puts_those_at_home_there_into_teams(as_: Call):
    office = as_(Role.COORDINATOR)
    office.record("/assignments", {"volunteer": BOB, "place": {"team": HIKERS}})
    foreign = {"volunteer": EVE, "place": {"team": SINGERS}}
    assert problem(office.post("/assignments", foreign)) == (404, "not-found")
    assert problem(office.post(f"/volunteers/{EVE}/team", {"place": {"team": SINGERS}})) == (404, "not-found")
    hills = as_(Role.COORDINATOR, community=HILLS)
    assert problem(hills.post("/assignments/asg_ann/end", {"volunteer": ANN})) == (404, "not-found")
    assert problem(hills.post("/assignments/asg_ann/end", {"volunteer": EVE})) == (409, "not-in-that-team")


def test_volunteers_and_auditors_change_no_teams(as_: Call):
    for caller in (as_(Role.VOLUNTEER, ANN), as_(Role.AUDITOR)):
        for path, body in (
            ("/teams", DANCERS),
            (f"/teams/{SINGERS}/name", {"name": "新队"}),
            ("/assignments", {"volunteer": ANN, "place": {"team": SINGERS}}),
            ("/assignments/asg_ann/end", {"volunteer": ANN}),
            (f"/volunteers/{ANN}/team", {"place": {"team": HIKERS}}),
        ):
            assert problem(caller.post(path, body)) == (403, "forbidden")


def test_nobody_is_in_two_teams_or_changes_from_none(admin: Client):
    second = {"volunteer": ANN, "place": {"team": HIKERS}}
    assert problem(admin.post("/assignments", second)) == (409, "already-in-a-team")
    assert problem(admin.post(f"/volunteers/{BOB}/team", {"place": {"team": HIKERS}})) == (409, "in-no-team")


def _ids(client: Client, **query: str) -> list[str]:
    return [one["id"] for one in client.read("/teams", **query)["items"]]


def _members(client: Client, team: str) -> list[str]:
    return [one["volunteer"] for one in client.read(f"/teams/{team}/members")["items"]]


def _figures(caller: Client, **query: str) -> list[str]:
    return [one["id"] for one in caller.read("/team-figures", **query)["items"]]
