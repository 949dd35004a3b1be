"""What is done to several things in one request: an answer for each, and what stands or falls together."""

from datetime import timedelta
from typing import Any

import pytest

from ledger.operations.callers import Role
from tests.api.clock import Clock
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, DAN, EVE, HEAD, HILLS, OFFICE
from tests.api.village_places import CHOIR, FREED, FULL, IDLE, PRESENT

pytestmark = pytest.mark.databases("sqlite")

WEATHER = {"reason": "weather"}


def told(response: Any) -> list[tuple[str, int, str | None]]:
    return [(item["about"], item["status"], item["body"].get("code")) for item in response.json()["items"]]


def shift(admin: Client, clock: Clock, activity: str, hours: int) -> str:
    begins, ends = (clock() + timedelta(hours=later) for later in (hours, hours + 2))
    body = {"activity": activity, "begins": begins.isoformat(), "ends": ends.isoformat()}
    roles = [{"role": "volunteer", "places": 1}]
    return admin.record("/shifts", {**body, "roles": roles})["made"]["shift"]


@pytest.mark.databases("sqlite", "postgres")
def test_a_volunteer_gives_up_all_that_lies_ahead(as_: Call):
    eve = as_(Role.VOLUNTEER, EVE)
    path = "/volunteers/me/sign-ups/withdrawal"

    rehearsed = eve.post(path, {}, dry_run="true")
    assert (rehearsed.status_code, told(rehearsed)) == (
        200,
        [("sig_waiting", 200, None), ("sig_patient", 200, None)],
    )
    first = eve.post(path, {}, "ill")
    assert (first.status_code, told(first)) == (201, [("sig_waiting", 201, None), ("sig_patient", 201, None)])
    assert first.headers["ledger-position"] == str(HEAD + 2)
    # What is given up already lies ahead no more; so nothing is left for the same key.
    assert (eve.post(path, {}, "ill").status_code, told(eve.post(path, {}, "ill"))) == (200, [])


def test_a_volunteer_is_not_told_who_got_their_place(as_: Call, admin: Client):
    given_up = as_(Role.VOLUNTEER, ANN).post("/volunteers/me/sign-ups/withdrawal", {})
    assert told(given_up) == [("sig_full", 201, None)]
    assert EVE not in given_up.text
    assert admin.read("/sign-ups/sig_waiting")["state"] == "placed"


def test_only_who_reaches_a_volunteer_gives_up_for_them(as_: Call, admin: Client):
    path = f"/volunteers/{EVE}/sign-ups/withdrawal"
    for caller in (as_(Role.VOLUNTEER, ANN), as_(Role.COORDINATOR)):
        assert problem(caller.post(path, {})) == (404, "not-found")
    assert problem(as_(Role.AUDITOR).post(path, {})) == (403, "forbidden")
    assert problem(admin.post("/volunteers/vol_nobody/sign-ups/withdrawal", {})) == (404, "not-found")
    assert len(told(as_(Role.COORDINATOR, OFFICE, HILLS).post(path, {}))) == 2


def test_an_activity_is_called_off_with_its_shifts(admin: Client, clock: Clock):
    shifts = [shift(admin, clock, IDLE, hours) for hours in (20, 24)]
    admin.record(f"/shifts/{shifts[0]}/sign-ups", {"volunteer": BOB})
    path = f"/activities/{IDLE}/shifts/cancellation"

    done = admin.post(path, WEATHER, "storm")

    assert told(done) == [(one, 201, None) for one in (*shifts, IDLE)]
    kinds = [[event["type"] for event in item["body"]["events"]] for item in done.json()["items"]]
    assert kinds == [["shift-cancelled", "sign-up-released"], ["shift-cancelled"], ["activity-cancelled"]]
    again = admin.post(path, WEATHER, "storm")
    assert (told(again), again.headers["idempotency-replayed"]) == ([(IDLE, 201, None)], "true")


def test_nothing_is_called_off_where_a_shift_has_begun(admin: Client):
    stopped = admin.post(f"/activities/{CHOIR}/shifts/cancellation", WEATHER)
    assert stopped.status_code == 200
    found = {about: (status, code) for about, status, code in told(stopped)}
    assert found[PRESENT] == (409, "has-begun")
    assert found[CHOIR] == (409, "shifts-left")
    assert found[FULL] == found[FREED] == (200, None)
    assert all(item["body"]["dry_run"] for item in stopped.json()["items"] if item["status"] == 200)
    assert admin.read("/venues")["position"] == HEAD
    wrong = admin.post(f"/activities/{CHOIR}/shifts/cancellation", {})
    assert (problem(wrong), wrong.json()["errors"][0]["pointer"]) == ((422, "invalid-request"), "/reason")
    assert problem(admin.post("/activities/无此活动/shifts/cancellation", WEATHER)) == (404, "not-found")
    [(_, status, code)] = told(admin.post("/activities/act_none/shifts/cancellation", WEATHER))
    assert (status, code) == (404, "unknown-activity")


def test_what_is_due_is_released_by_those_who_reach_it(as_: Call, admin: Client):
    placed = admin.record("/redemptions", {"offer": "off_tea", "volunteer": DAN})["made"]["redemption"]
    for caller in (as_(Role.VOLUNTEER, DAN), as_(Role.AUDITOR)):
        assert problem(caller.post("/redemptions/expiry", {})) == (403, "forbidden")
    elsewhere = as_(Role.COORDINATOR, OFFICE, "com_village")
    assert told(elsewhere.post("/redemptions/expiry")) == []
    assert told(admin.post("/redemptions/expiry")) == [("red_held", 201, None)]
    # What was placed today is not due.
    assert admin.read(f"/redemptions/{placed}")["state"] == "placed"
    assert told(admin.post("/redemptions/expiry")) == []
