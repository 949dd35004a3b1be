"""Coming to a venue over HTTP, leaving it, and what was forgotten."""

import pytest

from ledger.operations.callers import Role
from tests.api.clock import Clock
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, EVE, HILLS, OFFICE
from tests.api.village_places import CODE, HALL

pytestmark = pytest.mark.databases("sqlite")

CLOCK_INS = f"/venues/{HALL}/clock-ins"


@pytest.mark.databases("sqlite", "postgres")
def test_a_volunteer_clocks_in_by_the_code_and_out_again(as_: Call, clock: Clock):
    eve = as_(Role.VOLUNTEER, EVE)
    [came] = eve.record(CLOCK_INS, {"volunteer": EVE, "code": CODE})["events"]
    assert (came["venue"], came["mode"]) == (HALL, "on-site")
    clock.forward(minutes=45)
    path = f"/visits/{came['visit']}/check-out"
    left, reported = eve.record(path)["events"]
    assert (left["type"], sum(day["minutes"] for day in reported["days"])) == ("volunteer-checked-out", 45)
    assert problem(eve.post(path)) == (409, "visit-over")


def test_a_volunteer_comes_and_goes_for_themselves_only(as_: Call):
    eve = as_(Role.VOLUNTEER, EVE)
    assert problem(eve.post(CLOCK_INS, {"volunteer": BOB, "code": CODE})) == (404, "not-found")
    assert problem(eve.post("/visits/vis_present/check-out")) == (404, "not-found")
    as_(Role.VOLUNTEER, ANN).record("/visits/vis_present/check-out")


def test_a_volunteer_names_the_visit_on_which_they_are(as_: Call, clock: Clock):
    ann, office = as_(Role.VOLUNTEER, ANN), as_(Role.COORDINATOR)
    hills = as_(Role.COORDINATOR, OFFICE, HILLS)
    elsewhere, nobody = (hills.post(f"/visits/{one}/check-out") for one in (ANN, "number:QH404"))
    assert problem(elsewhere) == (404, "not-found")
    assert elsewhere.json()["detail"] == nobody.json()["detail"]
    assert problem(as_(Role.VOLUNTEER, EVE).post("/visits/me/check-out")) == (404, "not-found")
    [left, *_] = ann.record("/visits/me/check-out")["events"]
    assert left["visit"] == "vis_present"
    assert problem(office.post(f"/visits/{ANN}/abandonment", {"reason": "forgotten"})) == (409, "visit-over")


def test_where_it_is_and_where_they_live_both_may_end_a_visit(as_: Call):
    valley, hills = as_(Role.COORDINATOR), as_(Role.COORDINATOR, OFFICE, HILLS)
    assert problem(valley.post(CLOCK_INS, {"volunteer": EVE, "code": CODE})) == (404, "not-found")
    for caller in (valley, hills):
        [came] = hills.record(CLOCK_INS, {"volunteer": EVE, "code": CODE})["events"]
        caller.record(f"/visits/{came['visit']}/abandonment", {"reason": "forgotten"})
    forgotten = {"reason": "forgotten"}
    assert problem(hills.post("/visits/vis_present/abandonment", forgotten)) == (404, "not-found")


def test_a_visit_that_was_abandoned_has_no_end(as_: Call):
    office = as_(Role.COORDINATOR)
    office.record("/visits/vis_present/abandonment", {"reason": "forgotten"})
    assert problem(office.post("/visits/vis_present/check-out")) == (409, "visit-over")


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.AUDITOR])
def test_only_staff_abandon_visits(as_: Call, role):
    caller = as_(role, ANN if role is Role.VOLUNTEER else OFFICE)
    refused = caller.post("/visits/vis_present/abandonment", {"reason": "forgotten"})
    assert problem(refused) == (403, "forbidden")


def test_auditors_clock_nobody_in_or_out(as_: Call):
    auditor = as_(Role.AUDITOR)
    assert problem(auditor.post(CLOCK_INS, {"volunteer": EVE, "code": CODE})) == (403, "forbidden")
    assert problem(auditor.post("/visits/vis_present/check-out")) == (403, "forbidden")


def test_what_is_wrong_with_a_visit_is_told(admin: Client):
    assert problem(admin.post(CLOCK_INS, {"volunteer": EVE, "code": "HALL-2025"})) == (409, "wrong-code")
    assert problem(admin.post(CLOCK_INS, {"volunteer": ANN, "code": CODE})) == (409, "somewhere-else")
    elsewhere = admin.post("/venues/ven_none/clock-ins", {"volunteer": EVE, "code": CODE})
    assert problem(elsewhere) == (404, "unknown-venue")
    assert problem(admin.post("/visits/vis_none/check-out")) == (404, "unknown-visit")
    short = admin.post(CLOCK_INS, {"volunteer": EVE, "code": "x"})
    assert problem(short) == (422, "invalid-request")
    assert short.json()["errors"][0]["pointer"] == "/code"
