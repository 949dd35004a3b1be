"""A thing that has a name is named by it as well as by its id: in a path, in a query and in a body."""

import pytest

from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, EVE, HILLS, NUMBERS, SINGERS, VALLEY, VILLAGE
from tests.api.village_places import CHOIR, COMING, HALL, OVER, PRESENT

pytestmark = pytest.mark.databases("sqlite")

PLACES = [
    (f"/communities/{VALLEY}/pool", "/communities/石桥镇/pool"),
    (f"/teams/{SINGERS}", "/teams/合唱队"),
    (f"/venues/{HALL}", "/venues/石桥礼堂"),
    (f"/activities/{CHOIR}", "/activities/合唱排练"),
    ("/offers/off_tea", "/offers/茶叶"),
]
ZH = {"Accept-Language": "zh"}


@pytest.mark.parametrize(("by_id", "by_name"), PLACES)
def test_a_path_takes_a_name(admin: Client, by_id: str, by_name: str):
    assert admin.read(by_name) == admin.read(by_id)


def test_a_name_is_the_same_in_any_width_and_case_and_with_white_space(admin: Client):
    admin.record("/teams", {"name": "ＡＢＣ 队", "community": VALLEY})
    assert admin.read("/teams/abc队")["name"] == "ＡＢＣ 队"


def test_a_name_of_nothing_is_not_found(admin: Client):
    for path in ("/communities/无名村/pool", "/teams/无名队", "/shifts/合唱排练@25:00", "/activities/无名"):
        assert problem(admin.get(path)) == (404, "not-found")


def test_a_query_takes_a_name(admin: Client):
    by_id = admin.read("/volunteers", community=VALLEY)
    assert admin.read("/volunteers", community="石桥镇") == by_id
    assert admin.read("/service-records", volunteer=f"number:{NUMBERS[BOB]}")["items"]
    refused = admin.get("/volunteers", community="无名镇")
    assert problem(refused) == (422, "invalid-request")
    assert refused.json()["errors"][0]["parameter"] == "community"


def test_pages_of_a_list_go_on_whichever_way_it_was_named(admin: Client):
    first = admin.read("/volunteers", community="石桥镇", limit=1)
    second = admin.read("/volunteers", community=VALLEY, limit=1, cursor=first["next_cursor"])
    assert second["items"][0]["id"] > first["items"][0]["id"]


def test_a_body_takes_a_name_within_a_struct_too(admin: Client):
    [event] = admin.record(f"/volunteers/{BOB}/move", {"community": "东桥村"})["events"]
    assert event["community"] == VILLAGE
    events = admin.record("/assignments", {"volunteer": BOB, "place": {"team": "合唱队"}})["events"]
    assert events[-1]["team"] == SINGERS


def test_a_name_of_nothing_in_a_body_is_pointed_at(admin: Client):
    refused = admin.post(f"/volunteers/{BOB}/move", {"community": "无名村"}, headers=ZH)
    assert problem(refused) == (404, "unknown-community")
    assert refused.json()["errors"] == [{"detail": "没有这个名称或编号的社区（村）", "pointer": "/community"}]


def test_of_several_of_a_name_one_is_named_by_its_id(admin: Client):
    other = admin.record("/communities", {"name": "东桥村", "parent": HILLS})["made"]["community"]
    for refused in (
        admin.get("/communities/东桥村/pool"),
        admin.get("/volunteers", community="东桥村"),
        admin.post(f"/volunteers/{BOB}/move", {"community": "东桥村"}),
    ):
        assert problem(refused) == (409, "ambiguous")
        told = refused.json()["details"]
        assert told["kind"] == "community"
        assert "东桥村" not in refused.json()["detail"]
        assert {(one["id"], one["parent"]) for one in told["candidates"]} == {
            (VILLAGE, "石桥镇"),
            (other, "云岭镇"),
        }


def test_a_shift_is_named_by_its_activity_and_beginning(admin: Client):
    several = admin.get("/shifts/合唱排练")
    assert problem(several) == (409, "ambiguous")
    candidates = {one["id"]: one["word"] for one in several.json()["details"]["candidates"]}
    assert {OVER, PRESENT, COMING} <= candidates.keys()
    assert candidates[COMING].startswith("合唱排练@")
    assert admin.read(f"/shifts/{candidates[COMING]}")["id"] == COMING


def test_a_sign_up_is_named_by_its_volunteer_and_shift(as_: Call, admin: Client):
    assert admin.read(f"/sign-ups/number:{NUMBERS[BOB]}@{COMING}")["id"] == "sig_coming"
    assert as_(Role.VOLUNTEER, BOB).read(f"/sign-ups/me@{COMING}")["id"] == "sig_coming"
    assert problem(admin.get(f"/sign-ups/{EVE}@{COMING}")) == (404, "not-found")


def test_a_name_tells_nobody_of_what_is_out_of_reach(as_: Call):
    coordinator = as_(Role.COORDINATOR)
    for word in ("登山队", "无名队"):
        assert problem(coordinator.post(f"/teams/{word}/name", {"name": "x"})) == (404, "not-found")
    assert problem(as_(Role.VOLUNTEER, ANN).get(f"/sign-ups/{EVE}@{COMING}")) == (404, "not-found")
    assert problem(as_(Role.VOLUNTEER, ANN).get("/sign-ups/sig_nobody")) == (404, "not-found")


def test_a_thing_s_own_id_goes_before_a_name_that_looks_like_one(admin: Client):
    admin.record("/teams", {"name": "tea_hikers", "community": VALLEY})
    assert admin.read("/teams/tea_hikers")["name"] == "登山队"
