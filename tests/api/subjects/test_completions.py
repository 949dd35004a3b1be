"""What a caller leaves out is completed, over HTTP as at a counter."""

import pytest

from ledger.bootstrap import Ledger
from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, DAN, EVE, HILLS, NUMBERS, SINGERS, VALLEY
from tests.api.village_places import CHOIR, HALL

pytestmark = pytest.mark.databases("sqlite")

SHIFT = {"activity": CHOIR, "begins": "2030-05-01T09:00:00+08:00", "ends": "2030-05-01T11:00:00+08:00"}


def shift(admin: Client, *roles: str) -> str:
    wanted = [{"role": role, "places": 1} for role in roles]
    return admin.record("/shifts", {**SHIFT, "roles": wanted, "waitlist": 0})["made"]["shift"]


def test_the_only_role_is_taken(admin: Client, as_: Call):
    one, two = shift(admin, "guide"), shift(admin, "cook", "guide")
    bob = as_(Role.VOLUNTEER, BOB)
    [event] = bob.record(f"/shifts/{one}/sign-ups", {"volunteer": "me"})["events"]
    assert event["role"] == "guide"
    refused = bob.post(f"/shifts/{two}/sign-ups", {"volunteer": "me"})
    assert problem(refused) == (422, "invalid-request")
    assert refused.json()["errors"][0]["pointer"] == "/role"
    assert "cook, guide" in refused.json()["errors"][0]["detail"]
    assert problem(bob.post("/shifts/shi_none/sign-ups", {"volunteer": "me"})) == (404, "unknown-shift")


def test_a_record_says_what_was_published_of_its_activity(admin: Client):
    said = {
        "service": {"volunteer": BOB, "activity": "合唱排练"},
        "days": [{"day": "2026-03-01", "minutes": 30}],
    }
    [event] = admin.record("/service-records/attestations", said)["events"]
    service = event["service"]
    assert (service["activity"], service["activity_name"], service["place"]) == (
        CHOIR,
        "合唱排练",
        "石桥礼堂",
    )
    assert (service["unit"], service["content"], service["hosted_by"]) == ("石桥镇文化站", "演出", VALLEY)
    assert (service["role"], service["evidence"]) == ("volunteer", "attested")


def test_what_a_record_says_itself_goes_before_what_was_published(admin: Client):
    said = {
        "service": {"volunteer": BOB, "activity": CHOIR, "place": "桥头", "role": "guide", "hosted_by": None},
        "days": [{"day": "2026-03-01", "minutes": 30}],
    }
    service = admin.record("/service-records/attestations", said)["events"][0]["service"]
    assert (service["place"], service["role"], service["hosted_by"]) == ("桥头", "guide", None)


def test_a_record_of_what_was_never_published_names_place_content_and_unit(admin: Client):
    days = [{"day": "2026-03-01", "minutes": 30}]
    lacking = {"service": {"volunteer": BOB, "activity": "扫雪", "place": "桥头"}, "days": days}
    refused = admin.post("/service-records/attestations", lacking)
    assert problem(refused) == (404, "unknown-activity")
    assert refused.json()["errors"][0]["pointer"] == "/service/activity"
    whole = {**lacking, "service": {**lacking["service"], "content": "扫雪", "unit": "石桥镇文化站"}}
    service = admin.record("/service-records/attestations", whole)["events"][0]["service"]
    assert (service["activity_name"], service["place"], service["hosted_by"]) == ("扫雪", "桥头", None)
    assert service["activity"].startswith("act_")


def test_who_is_in_charge_is_named_by_staff_and_kept_in_the_directory_alone(admin: Client, as_: Call):
    days = [{"day": "2026-03-01", "minutes": 30}]
    said = {"service": {"volunteer": BOB, "activity": CHOIR, "in_charge": "赵站长"}, "days": days}
    answered = admin.post("/service-records/attestations", said)
    assert answered.status_code == 201
    assert "赵站长" not in answered.text
    person = answered.json()["events"][0]["service"]["in_charge"]
    assert person.startswith("per_")
    again = admin.record(
        "/service-records/attestations", {**said, "days": [{**days[0], "day": "2026-03-02"}]}
    )
    assert again["events"][0]["service"]["in_charge"] == person
    own = {"service": {**said["service"], "volunteer": "me"}, "days": days}
    refused = as_(Role.VOLUNTEER, BOB).post("/service-records", own)
    assert problem(refused) == (422, "invalid-request")


def test_a_name_was_kept_of_who_is_in_charge_of_what_is_out_of_reach(as_: Call, ledger: Ledger):
    elsewhere = {
        "name": "灯会",
        "community": HILLS,
        "place": "桥头",
        "unit": "云岭镇文化站",
        "in_charge": "赵站长",
    }
    refused = as_(Role.COORDINATOR).post("/activities", {"activity": elsewhere, "day": "2030-02-01"})
    assert problem(refused) == (404, "not-found")
    assert ledger.directory.persons([("云岭镇文化站", "赵站长")], add=False) == {}


def test_a_dry_run_keeps_no_name_of_who_is_in_charge(admin: Client, ledger: Ledger):
    said = {"activity": {"place": "桥头", "in_charge": "赵站长"}}
    assert admin.post(f"/activities/{CHOIR}/description", said, dry_run="true").status_code == 200
    assert ledger.directory.persons([("石桥镇文化站", "赵站长")], add=False) == {}
    [event] = admin.record(f"/activities/{CHOIR}/description", said)["events"]
    known = ledger.directory.persons([("石桥镇文化站", "赵站长")], add=False)
    assert [*known.values()] == [event["activity"]["in_charge"]]


def test_an_activity_is_held_at_its_venue_by_its_venue_s_community(admin: Client):
    said = {"activity": {"name": "灯会", "venue": "石桥礼堂", "unit": "石桥镇文化站"}, "day": "2030-02-01"}
    activity = admin.record("/activities", said)["events"][0]["activity"]
    assert (activity["venue"], activity["place"], activity["community"]) == (HALL, "石桥礼堂", VALLEY)
    assert (activity["form"], activity["content"]) == ("on-site", "灯会")
    nowhere = {"activity": {"name": "灯会", "unit": "石桥镇文化站"}, "day": "2030-02-01"}
    refused = admin.post("/activities", nowhere)
    assert problem(refused) == (422, "invalid-request")
    assert refused.json()["errors"][0]["pointer"] in {"/activity/place", "/activity/community"}


def test_what_is_not_said_of_an_activity_or_a_venue_stays(admin: Client):
    before = admin.read(f"/activities/{CHOIR}")
    admin.record(f"/activities/{CHOIR}/description", {"activity": {"place": "桥头"}})
    after = admin.read(f"/activities/{CHOIR}")
    changed = {name for name in before if before[name] != after[name]}
    assert changed - {"position"} == {"place"}
    admin.record(f"/activities/{CHOIR}/description", {"activity": {"venue": None}, "day": "2030-01-01"})
    assert (admin.read(f"/activities/{CHOIR}")["venue"], admin.read(f"/activities/{CHOIR}")["day"]) == (
        None,
        "2030-01-01",
    )
    admin.record(f"/venues/{HALL}/description", {"venue": {"name": "石桥大礼堂"}})
    assert admin.read("/venues/石桥大礼堂")["unit"] == "石桥镇文化站"


def test_a_new_code_is_told_once(admin: Client):
    told = admin.record(f"/venues/{HALL}/code", {})
    assert len(told["code"]) == len("ABCD-EFGH-JKLM")
    assert told["code"] not in admin.get("/audit/events").text
    refused = admin.post(f"/venues/{HALL}/code", {}, "a-key")
    assert problem(refused) == (422, "invalid-request")
    named = admin.record(f"/venues/{HALL}/code", {"code": "MY-OWN-CODE"}, "a-key")
    assert "code" not in named


def test_a_community_has_the_level_below_its_parent_s(admin: Client):
    [event] = admin.record("/communities", {"name": "西桥村", "parent": "石桥镇"})["events"]
    assert event["level"] == "village"


def test_the_assignment_of_the_day_is_ended(admin: Client, as_: Call):
    word = {"volunteer": f"number:{NUMBERS[ANN]}"}
    [event] = admin.record("/assignments/current/end", word)["events"]
    assert (event["assignment"], event["team"]) == ("asg_ann", SINGERS)
    assert problem(admin.post("/assignments/current/end", {"volunteer": DAN})) == (409, "in-no-team")
    # Of somebody out of reach it is not even told whether they are in a team.
    assert problem(as_(Role.COORDINATOR).post("/assignments/current/end", {"volunteer": EVE})) == (
        404,
        "not-found",
    )
