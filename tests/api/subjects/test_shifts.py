"""Shifts over HTTP: how full they are, who may sign up, and who sees the roster."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ledger.operations.callers import Role
from tests.api.clock import Clock
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, EVE, HILLS, NUMBERS, OFFICE, VALLEY, VILLAGE
from tests.api.village_places import CHOIR, COMING, FREED, FULL, OVER, PRESENT

pytestmark = pytest.mark.databases("sqlite")

ROLES = [{"role": "guide", "places": 1}, {"role": "helper", "places": 2}]
BY_BEGINNING = [OVER, PRESENT, COMING, FULL, "shi_elsewhere", FREED]


@pytest.mark.databases("sqlite", "postgres")
def test_a_shift_is_published_filled_and_cancelled(admin: Client, clock: Clock):
    [event] = admin.record("/shifts", _shift(clock))["events"]
    path = f"/shifts/{event['shift']}"
    told = admin.read(path)
    assert (told["activity"], told["community"], told["places"]) == (CHOIR, VALLEY, 3)
    assert told["roles"] == [_role("guide", 1), _role("helper", 2)]
    assert (told["activity_name"], told["place"]) == ("合唱排练", "石桥礼堂")
    assert (told["ages"], told["skills"]) == (["adult", "minor-with-consent"], [])
    assert (told["placed"], told["free"], told["waiting"], told["cancelled"]) == (0, 3, 0, False)
    for who in (BOB, EVE):
        admin.record(f"/volunteers/{who}/age-band", {"band": "adult"})
    for who in (BOB, EVE):
        admin.record(f"{path}/sign-ups", {"volunteer": who, "role": "guide"})
    told = admin.read(path)
    assert (told["placed"], told["free"], told["waiting"]) == (1, 2, 1)
    assert told["roles"] == [_role("guide", 1, placed=1, waiting=1), _role("helper", 2)]
    roster = admin.read(f"{path}/roster")["items"]
    assert [(one["volunteer"], one["number"], one["role"], one["state"]) for one in roster] == [
        (BOB, NUMBERS[BOB], "guide", "placed"),
        (EVE, NUMBERS[EVE], "guide", "waiting"),
    ]
    released = admin.record(f"{path}/cancellation", {"reason": "weather"})["events"][1:]
    assert {one["sign_up"] for one in released} == {one["sign_up"] for one in roster}
    told = admin.read(path)
    assert (told["cancelled"], told["placed"], told["free"]) == (True, 0, 0)


@pytest.mark.databases("sqlite", "postgres")
def test_shifts_are_listed_by_beginning_and_by_activity(as_: Call):
    ann = as_(Role.VOLUNTEER, ANN)
    first = ann.read("/shifts", limit=4)
    assert _ids(first) == BY_BEGINNING[:4]
    assert _ids(ann.read("/shifts", limit=4, cursor=first["next_cursor"])) == BY_BEGINNING[4:]
    of_choir = ann.read(f"/activities/{CHOIR}/shifts")
    assert _ids(of_choir) == BY_BEGINNING
    assert [(one["placed"], one["waiting"]) for one in of_choir["items"]] == [
        *((2, 0), (1, 0), (1, 0), (1, 1)),
        *((0, 0), (0, 1)),
    ]


def test_shifts_are_listed_by_days_and_community(admin: Client, clock: Clock):
    assert _ids(admin.read("/shifts", days=3)) == BY_BEGINNING[:4]
    assert _ids(admin.read("/shifts", community=VALLEY)) == BY_BEGINNING
    assert _ids(admin.read("/shifts", community=VILLAGE)) == []
    late = (clock() + timedelta(days=3)).date().isoformat()
    assert _ids(admin.read("/shifts", **{"from": late})) == BY_BEGINNING[4:]
    assert _ids(admin.read("/shifts", **{"from": "9999-12-31", "days": 31})) == []
    assert problem(admin.get("/shifts", days=32)) == (422, "invalid-request")
    admin.record(f"/shifts/{COMING}/cancellation", {"reason": "weather"})
    assert COMING not in _ids(admin.read("/shifts"))
    assert COMING in _ids(admin.read(f"/activities/{CHOIR}/shifts"))


@pytest.mark.databases("sqlite", "postgres")
def test_shifts_are_listed_from_an_instant_on_without_those_that_are_over(admin: Client, clock: Clock):
    now = clock()
    assert _ids(admin.read("/shifts", **{"from": now.isoformat()})) == BY_BEGINNING[1:]
    ends = admin.read(f"/shifts/{COMING}")["ends"]
    assert _ids(admin.read("/shifts", **{"from": ends})) == [PRESENT, *BY_BEGINNING[3:]]
    a_moment_before = (datetime.fromisoformat(ends) - timedelta(microseconds=1)).isoformat()
    assert _ids(admin.read("/shifts", **{"from": a_moment_before})) == BY_BEGINNING[1:]
    assert _ids(admin.read("/shifts", days=1, **{"from": now.isoformat()})) == [PRESENT, COMING]
    for wrong in (
        "soon",
        "2026-02-30",
        "2026-02-01T09:00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59Z",
    ):
        response = admin.get("/shifts", None, **{"from": wrong})
        assert problem(response) == (422, "invalid-request"), wrong
        assert response.json()["errors"][0]["parameter"] == "from"


def test_shifts_are_listed_by_activity_and_by_whether_a_place_is_free(admin: Client):
    assert _ids(admin.read("/shifts", activity=CHOIR)) == BY_BEGINNING
    assert _ids(admin.read("/shifts", activity="act_idle")) == []
    free = admin.read("/shifts", free="true")
    assert _ids(free) == [COMING, "shi_elsewhere", FREED]
    assert all(one["free"] > 0 for one in free["items"])
    admin.record(f"/shifts/{COMING}/sign-ups", {"volunteer": EVE})
    assert COMING not in _ids(admin.read("/shifts", free="true"))


def test_a_shift_with_a_place_more_than_it_has_is_not_less_than_full(admin: Client):
    admin.record(f"/shifts/{FULL}/placements", {"volunteer": BOB, "reason": "experienced"})
    told = admin.read(f"/shifts/{FULL}")
    assert (told["places"], told["placed"], told["free"], told["waiting"]) == (1, 2, 0, 1)


def test_a_volunteer_signs_up_for_themselves_only_and_anywhere(as_: Call):
    eve = as_(Role.VOLUNTEER, EVE)
    path = f"/shifts/{COMING}/sign-ups"
    assert problem(eve.post(path, {"volunteer": ANN})) == (404, "not-found")
    [event] = eve.record(path, {"volunteer": EVE})["events"]
    assert (event["type"], event["volunteer"]) == ("volunteer-signed-up", EVE)
    assert eve.read(f"/sign-ups/{event['sign_up']}")["state"] == "placed"
    again = eve.post(path, {"volunteer": EVE})
    assert problem(again) == (409, "already-signed-up")
    assert again.json()["details"]["sign_up"] == event["sign_up"]


def test_staff_sign_up_whom_they_reach(as_: Call):
    office, hills = as_(Role.COORDINATOR), as_(Role.COORDINATOR, OFFICE, HILLS)
    path = f"/shifts/{COMING}/sign-ups"
    assert problem(office.post(path, {"volunteer": EVE})) == (404, "not-found")
    hills.record(path, {"volunteer": EVE})
    cook = office.post(f"/shifts/{FULL}/sign-ups", {"volunteer": BOB, "role": "cook"})
    assert problem(cook) == (404, "unknown-role")
    waits = as_(Role.INTEGRATION).record(f"/shifts/{FULL}/sign-ups", {"volunteer": BOB})["events"]
    assert [one["type"] for one in waits] == ["volunteer-waitlisted"]


def test_a_coordinator_places_their_volunteers_on_their_shifts(as_: Call):
    path, body = f"/shifts/{FULL}/placements", {"volunteer": BOB, "reason": "experienced"}
    office, hills = as_(Role.COORDINATOR), as_(Role.COORDINATOR, OFFICE, HILLS)
    assert problem(hills.post(path, body)) == (404, "not-found")
    assert problem(hills.post(path, body | {"volunteer": EVE})) == (404, "not-found")
    assert problem(office.post(path, body | {"volunteer": EVE})) == (404, "not-found")
    assert problem(as_(Role.VOLUNTEER, BOB).post(path, body)) == (403, "forbidden")
    office.record(path, body)
    assert office.read(f"/shifts/{FULL}")["placed"] == 2


def test_a_free_place_goes_to_who_waits(as_: Call):
    office = as_(Role.COORDINATOR)
    [event] = office.record(f"/shifts/{FREED}/promotions")["events"]
    assert (event["type"], event["volunteer"]) == ("sign-up-promoted", EVE)
    assert problem(office.post(f"/shifts/{FREED}/promotions")) == (409, "nobody-to-promote")


def test_the_roster_is_for_auditors_and_for_staff_who_reach_the_shift(as_: Call):
    path = f"/shifts/{FULL}/roster"
    for caller in (as_(Role.AUDITOR), as_(Role.INTEGRATION), as_(Role.COORDINATOR)):
        assert [one["sign_up"] for one in caller.read(path)["items"]] == ["sig_full", "sig_waiting"]
    assert problem(as_(Role.COORDINATOR, OFFICE, HILLS).get(path)) == (404, "not-found")
    assert problem(as_(Role.VOLUNTEER, ANN).get(path)) == (403, "forbidden")


def test_a_coordinator_publishes_and_cancels_in_their_community_only(as_: Call, clock: Clock):
    hills = as_(Role.COORDINATOR, OFFICE, HILLS)
    assert problem(hills.post("/shifts", _shift(clock))) == (404, "not-found")
    for path, body in (
        (f"/shifts/{COMING}/cancellation", {"reason": "weather"}),
        (f"/shifts/{FREED}/promotions", {}),
    ):
        assert problem(hills.post(path, body)) == (404, "not-found")
    as_(Role.COORDINATOR).record("/shifts", _shift(clock))


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.AUDITOR])
def test_volunteers_and_auditors_publish_no_shift(as_: Call, clock: Clock, role):
    caller = as_(role, ANN if role is Role.VOLUNTEER else OFFICE)
    assert problem(caller.post("/shifts", _shift(clock))) == (403, "forbidden")
    assert problem(caller.post(f"/shifts/{COMING}/cancellation", {"reason": "weather"})) == (403, "forbidden")


def test_auditors_sign_nobody_up(as_: Call):
    assert problem(as_(Role.AUDITOR).post(f"/shifts/{COMING}/sign-ups", {"volunteer": EVE})) == (
        403,
        "forbidden",
    )


def test_what_is_wrong_with_a_shift_is_told(admin: Client, clock: Clock):
    assert problem(admin.get("/shifts/shi_none")) == (404, "not-found")
    assert problem(admin.get("/shifts/shi_none/roster")) == (404, "not-found")
    assert problem(admin.post("/shifts/shi_none/sign-ups", {"volunteer": EVE})) == (404, "unknown-shift")
    assert problem(admin.post(f"/shifts/{OVER}/sign-ups", {"volunteer": ANN})) == (409, "shift-over")
    assert problem(admin.post(f"/shifts/{PRESENT}/cancellation", {"reason": "weather"})) == (409, "has-begun")
    backwards = _shift(clock)
    backwards["ends"] = backwards["begins"]
    refused = admin.post("/shifts", backwards)
    assert problem(refused) == (422, "invalid-input")
    assert refused.json()["errors"][0]["pointer"] == "/ends"
    nowhere = admin.post("/shifts", _shift(clock) | {"begins": "2030-01-01T09:00:00"})
    assert nowhere.json()["errors"][0]["pointer"] == "/begins"


def _role(role: str, places: int, *, placed: int = 0, waiting: int = 0) -> dict[str, Any]:
    free = places - placed
    return {"role": role, "places": places, "placed": placed, "free": free, "waiting": waiting}


def _shift(clock: Clock) -> dict[str, Any]:
    begins = clock() + timedelta(days=3)
    ends = begins + timedelta(hours=2)
    return {
        "activity": CHOIR,
        "begins": begins.isoformat(),
        "ends": ends.isoformat(),
        "roles": ROLES,
        "waitlist": 1,
        "ages": ["adult", "minor-with-consent"],
    }


def _ids(page: Any) -> list[str]:
    return [one["id"] for one in page["items"]]
