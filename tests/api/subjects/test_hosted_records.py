"""Records of service at another town's place: whose affair they are, and what is told of them."""

from typing import Any

import pytest

from ledger.api.table import READS
from ledger.operations.callers import Role
from tests.api.clock import Clock
from tests.api.conftest import Call, Client, problem
from tests.api.subjects.test_service_records import ids, record_of, served
from tests.api.village import ANN, BOB, COUNTY, EVE, HILLS, OFFICE, VALLEY, VILLAGE
from tests.api.village_places import CHOIR, COMING

pytestmark = pytest.mark.databases("sqlite")

DECISIONS: tuple[tuple[str, dict[str, Any]], ...] = (("approval", {}), ("decline", {"reason": "absent"}))


@pytest.mark.databases("sqlite", "postgres")
def test_what_a_stranger_served_at_a_coordinator_s_own_shift_is_theirs_to_approve(as_: Call, clock: Clock):
    eve, valley = as_(Role.VOLUNTEER, EVE), as_(Role.COORDINATOR)
    sign_up = eve.record(f"/shifts/{COMING}/sign-ups", {"volunteer": EVE})["events"][0]["sign_up"]
    eve.record(f"/sign-ups/{sign_up}/check-in")
    clock.forward(hours=1, minutes=30)
    reported = eve.record(f"/sign-ups/{sign_up}/check-out")["events"][1]
    record = reported["service"]["record"]
    assert record in ids(valley.read("/service-records", state="reported"))
    assert valley.read(f"/service-records/{record}")["hosted_by"] == VALLEY
    valley.record(f"/service-records/{record}/approval")
    assert eve.read(f"/service-records/{record}")["state"] == "approved"
    valley.record(f"/service-records/{record}/reversal", {"reason": "entered-twice"})
    told = eve.read(f"/service-records/{record}")
    assert (told["state"], told["reason"], told["reversed_by"]) == ("reversed", "entered-twice", OFFICE)


@pytest.mark.parametrize(("what", "body"), DECISIONS)
def test_the_place_is_that_of_the_activity_where_no_host_is_named(as_: Call, what: str, body: dict[str, Any]):
    record = record_of(as_(Role.VOLUNTEER, EVE).record("/service-records", served(EVE, activity=CHOIR)))
    village = as_(Role.COORDINATOR, OFFICE, VILLAGE)
    assert record not in ids(village.read("/service-records"))
    assert problem(village.get(f"/service-records/{record}")) == (404, "not-found")
    assert problem(village.post(f"/service-records/{record}/{what}", body)) == (404, "not-found")
    as_(Role.COORDINATOR).record(f"/service-records/{record}/{what}", body)
    assert as_(Role.COORDINATOR).read(f"/service-records/{record}")["hosted_by"] is None


def test_the_host_that_is_named_goes_before_the_activity(as_: Call):
    eve, valley = as_(Role.VOLUNTEER, EVE), as_(Role.COORDINATOR)
    at_home = record_of(eve.record("/service-records", served(EVE, activity=CHOIR, hosted_by=HILLS)))
    assert at_home not in ids(valley.read("/service-records"))
    assert problem(valley.get(f"/service-records/{at_home}")) == (404, "not-found")
    assert at_home in ids(as_(Role.COORDINATOR, OFFICE, HILLS).read("/service-records"))


def test_a_host_beneath_the_coordinator_s_community_is_within_it(as_: Call):
    record = record_of(as_(Role.VOLUNTEER, EVE).record("/service-records", served(EVE, hosted_by=VILLAGE)))
    for community in (VILLAGE, VALLEY, COUNTY):
        assert record in ids(as_(Role.COORDINATOR, OFFICE, community).read("/service-records"))


@pytest.mark.databases("sqlite", "postgres")
def test_a_record_says_what_was_served_and_what_became_of_it(as_: Call, admin: Client, clock: Clock):
    bob = as_(Role.VOLUNTEER, BOB)
    record = record_of(bob.record("/service-records", served(BOB, role="guide", hosted_by=HILLS)))
    told = bob.read(f"/service-records/{record}")
    assert {name: told[name] for name in ("activity", "place", "content", "role", "unit", "hosted_by")} == {
        "activity": "act_gala",
        "place": "文化馆",
        "content": "慰问",
        "role": "guide",
        "unit": "志愿服务队",
        "hosted_by": HILLS,
    }
    assert told["days"] == [{"day": "2026-03-05", "minutes": 30}]
    assert (told["decided_at"], told["reason"], told["reversed_at"]) == (None, None, None)
    clock.forward(hours=1)
    admin.record(f"/service-records/{record}/decline", {"reason": "no-evidence"})
    declined = bob.read(f"/service-records/{record}")
    assert (declined["state"], declined["decided_by"], declined["reason"]) == (
        "declined",
        OFFICE,
        "no-evidence",
    )
    assert declined["reported_at"] == told["reported_at"] < declined["decided_at"]
    assert bob.read("/volunteers/me/service-records")["items"][0] == {
        name: value for name, value in declined.items() if name != "position"
    }


def test_records_are_asked_for_by_community_volunteer_and_activity(as_: Call, admin: Client):
    path = "/service-records"
    hosted = record_of(admin.record(f"{path}/attestations", served(EVE, hosted_by=VILLAGE)))
    at_choir = record_of(
        admin.record(f"{path}/attestations", served(EVE, activity=CHOIR, activity_name="合唱"))
    )
    assert ids(admin.read(path, community=VILLAGE)) == ["rec_ann", hosted]
    assert set(ids(admin.read(path, community=VALLEY))) == {
        *("rec_ann", "rec_bob", "rec_dan"),
        *(hosted, at_choir),
    }
    assert ids(admin.read(path, activity=CHOIR)) == [at_choir]
    assert set(ids(admin.read(path, volunteer=EVE))) == {"rec_eve", hosted, at_choir}
    assert ids(admin.read(path, volunteer=EVE, community=VILLAGE)) == [hosted]
    village = as_(Role.COORDINATOR, OFFICE, VILLAGE)
    assert ids(village.read(path, community=VALLEY)) == ["rec_ann", hosted]
    assert ids(village.read(path, volunteer=BOB)) == []
    assert set(ids(as_(Role.COORDINATOR).read(path, community=HILLS))) == {hosted, at_choir}


def test_an_unknown_community_is_no_empty_list(admin: Client):
    asked_by_community = [
        read.path for read in READS if "community" in read.operation.query.__struct_fields__
    ]
    assert len(asked_by_community) > 10
    for path in asked_by_community:
        response = admin.get(path, community="com_nowhere")
        assert problem(response) == (422, "invalid-request"), path
        assert response.json()["errors"] == [
            {"detail": "there is no such community", "parameter": "community"}
        ]
        assert admin.get(path, community=COUNTY).status_code == 200


def test_an_unknown_community_is_no_empty_board_or_tree(admin: Client):
    boards = (f"/leaderboards/{by}" for by in ("volunteers", "teams", "communities"))
    for path, name in (*((board, "within") for board in boards), ("/communities", "parent")):
        response = admin.get(path, None, **{name: "com_nowhere"})
        assert problem(response) == (422, "invalid-request"), path
        assert response.json()["errors"][0]["parameter"] == name
        assert admin.get(path, None, **{name: COUNTY}).status_code == 200


def test_ann_is_not_told_of_others_records_at_her_own_place(as_: Call, admin: Client):
    record = record_of(admin.record("/service-records/attestations", served(EVE, hosted_by=VILLAGE)))
    assert problem(as_(Role.VOLUNTEER, ANN).get(f"/service-records/{record}")) == (404, "not-found")


def test_both_where_it_was_served_and_where_they_live_are_told(as_: Call):
    record = record_of(as_(Role.VOLUNTEER, BOB).record("/service-records", served(BOB, hosted_by=HILLS)))
    for community in (VALLEY, HILLS):
        who = as_(Role.COORDINATOR, OFFICE, community)
        assert record in ids(who.read("/service-records", state="reported"))
        assert who.read(f"/service-records/{record}")["volunteer"] == BOB
