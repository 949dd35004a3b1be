"""Posts, organisations, designations and training over HTTP."""

from typing import Any

import pytest

from ledger.bootstrap import Ledger
from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import BOB, EVE, HIKERS, HILLS, OFFICE, SINGERS, VALLEY, VILLAGE

pytestmark = pytest.mark.databases("sqlite")

POST = {"volunteer": BOB, "community": VALLEY, "post": "liaison"}
SOCIETY = {"name": "石桥书画社", "kind": "society", "community": VALLEY}
TITLE = {"name": "示范服务队", "team": SINGERS, "granted_by": "县文化馆"}
LESSON: dict[str, Any] = {
    "volunteer": BOB,
    "name": "急救",
    "content": "心肺复苏",
    "minutes": 90,
    "organiser": "县红十字会",
    "day": "2026-03-01",
}
OWN = (
    ("/posts", POST),
    ("/posts/ten_bob/end", {}),
    ("/organisations", SOCIETY),
    ("/organisations/org_opera/attachments", SOCIETY | {"community": VILLAGE}),
    ("/attachments/att_opera/end", {}),
    ("/designations", TITLE),
    ("/designations/des_singers/end", {}),
    ("/training", LESSON),
    ("/training/trn_ann/annulment", {"reason": "mistake"}),
)
"""What the valley's coordinator may do, and nobody's of the hills."""


@pytest.mark.databases("sqlite", "postgres")
def test_what_is_recorded_is_counted_until_it_ends(admin: Client, ledger: Ledger):
    path = f"/communities/{VALLEY}/report"
    tenure = admin.record("/posts", POST)["events"][0]["tenure"]
    attachment = admin.record("/organisations", SOCIETY)["events"][0]["attachment"]
    designation = admin.record("/designations", TITLE)["events"][0]["designation"]
    found = admin.read(path)
    assert found["posts_by_kind"] == {"liaison": 1, "organiser": 1}
    assert found["organisations_by_kind"] == {"society": 2}
    assert found["designations_by_name"] == {"先进服务队": 1, "示范服务队": 1}
    admin.record(f"/posts/{tenure}/end")
    admin.record(f"/attachments/{attachment}/end")
    admin.record(f"/designations/{designation}/end")
    found = admin.read(path)
    assert found["posts_by_kind"] == {"organiser": 1}
    assert found["organisations_by_kind"] == {"society": 1}
    assert found["designations_by_name"] == {"先进服务队": 1}


@pytest.mark.databases("sqlite", "postgres")
def test_training_is_completed_and_annulled(admin: Client, ledger: Ledger):
    [event] = admin.record("/training", LESSON)["events"]
    assert _trained(ledger, BOB) == [("急救", 90)]
    admin.record(f"/training/{event['training']}/annulment", {"reason": "mistake"})
    assert _trained(ledger, BOB) == []


def test_an_organisation_that_is_known_keeps_its_id(admin: Client):
    body = SOCIETY | {"community": HILLS}
    [event] = admin.record("/organisations/org_opera/attachments", body)["events"]
    assert event["organisation"] == "org_opera"
    again = admin.post("/organisations/org_opera/attachments", body)
    assert problem(again) == (409, "already-attached")


def test_an_organisation_is_known_by_its_name(admin: Client):
    society = SOCIETY | {"name": "石桥 票友社", "community": HILLS}
    key = {"Idempotency-Key": "first"}
    first = admin.post("/organisations", society, headers=key)
    assert first.json()["made"]["organisation"] == "org_opera"
    assert admin.post("/organisations", society, headers=key).json() == first.json()
    assert admin.read("/organisations/石桥票友社")["id"] == "org_opera"
    two = admin.post("/attachments/石桥票友社/end", {})
    assert problem(two) == (409, "ambiguous")
    assert {one["id"] for one in two.json()["details"]["candidates"]} == {
        "att_opera",
        first.json()["made"]["attachment"],
    }
    [ended] = admin.record(f"/attachments/石桥票友社@{HILLS}/end")["events"]
    assert ended["attachment"] == first.json()["made"]["attachment"]
    assert problem(admin.post("/attachments/无此社/end", {})) == (404, "not-found")


def test_a_time_in_a_post_is_named_by_who_holds_it(as_: Call, admin: Client):
    for where in (VALLEY, HILLS):
        admin.record("/posts", {"volunteer": BOB, "community": where, "post": "cadre"})
    word = f"/posts/{BOB}@cadre"
    assert problem(admin.post(f"{word}/end", {})) == (409, "ambiguous")
    assert problem(as_(Role.COORDINATOR, OFFICE, HILLS).post(f"/posts/{EVE}@cadre/end", {})) == (
        404,
        "not-found",
    )
    # Of two, a coordinator means the one that they reach.
    [left] = as_(Role.COORDINATOR, OFFICE, HILLS).record(f"{word}/end")["events"]
    assert left["community"] == HILLS
    admin.record(f"{word}@{VALLEY}/end")
    assert problem(admin.post(f"{word}/end", {})) == (409, "does-not-hold")


def test_a_title_is_named_with_its_bearer(admin: Client):
    for bearer in ({"team": "tea_singers"}, {"community": VALLEY}):
        admin.record("/designations", {"name": "示范", "granted_by": "青禾县", **bearer})
    assert problem(admin.post("/designations/示范/end", {})) == (409, "ambiguous")
    [ended] = admin.record(f"/designations/示范@{VALLEY}/end")["events"]
    assert ended["community"] == VALLEY
    admin.record("/designations/示范/end")


@pytest.mark.parametrize(("path", "body"), OWN)
def test_a_coordinator_records_what_is_their_community_s(as_: Call, path, body):
    foreign = as_(Role.COORDINATOR, OFFICE, HILLS)
    assert problem(foreign.post(path, body)) == (404, "not-found")
    for caller in (as_(Role.VOLUNTEER, BOB), as_(Role.AUDITOR)):
        assert problem(caller.post(path, body)) == (403, "forbidden")
    as_(Role.COORDINATOR).record(path, body)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/posts", POST | {"volunteer": EVE}),
        ("/posts", POST | {"community": HILLS}),
        ("/organisations", SOCIETY | {"community": HILLS}),
        ("/designations", TITLE | {"team": HIKERS}),
        ("/training", LESSON | {"volunteer": EVE}),
    ],
)
def test_what_is_elsewhere_s_is_not_a_coordinator_s(as_: Call, path, body):
    assert problem(as_(Role.COORDINATOR).post(path, body)) == (404, "not-found")
    as_(Role.INTEGRATION).record(path, body)


def test_a_community_bears_a_title_as_well_as_a_team(as_: Call):
    office = as_(Role.COORDINATOR)
    of_village = {"name": "文明村", "community": VILLAGE, "granted_by": "石桥镇"}
    [event] = office.record("/designations", of_village)["events"]
    office.record(f"/designations/{event['designation']}/end")
    assert problem(office.post("/designations", of_village | {"community": HILLS})) == (404, "not-found")
    neither = office.post("/designations", {"name": "文明村", "granted_by": "石桥镇"})
    assert problem(neither) == (422, "invalid-input")


def test_what_is_wrong_with_an_appointment_is_told(admin: Client):
    for path in ("/posts/ten_none/end", "/attachments/att_none/end", "/designations/des_none/end"):
        assert problem(admin.post(path)) == (409, "does-not-hold")
    assert problem(admin.post("/training/trn_none/annulment", {"reason": "x"})) == (404, "unknown-training")
    assert problem(admin.post("/posts", POST | {"post": "organiser"})) == (409, "post-held")
    assert problem(admin.post("/training", LESSON | {"day": "2199-01-01"})) == (409, "future-day")
    unfit = admin.post("/training", LESSON | {"minutes": "90"})
    assert unfit.json()["errors"][0]["pointer"] == "/minutes"


def _trained(ledger: Ledger, who: str) -> list[tuple[str, int]]:
    with ledger.reading(ledger.views.training) as (connection, _):
        return [(one.name, one.minutes) for one in ledger.views.training.of_volunteer(connection, who)]
