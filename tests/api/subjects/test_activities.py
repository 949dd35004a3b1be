"""Activities over HTTP: planned, held, called off."""

from datetime import date, timedelta
from typing import Any

import pytest

from ledger.bootstrap import Ledger
from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, COUNTY, HILLS, VALLEY, VILLAGE
from tests.api.village_places import CHOIR, HALL, IDLE

pytestmark = pytest.mark.databases("sqlite")

HIKE: dict[str, Any] = {
    "name": "登山护林",
    "programme": "护林",
    "campaign": None,
    "form": "on-site",
    "audience": None,
    "community": HILLS,
    "venue": None,
    "place": "云岭",
    "content": "巡护",
    "unit": "云岭镇林站",
    "in_charge": None,
}
TURNOUT = {"day": "2026-03-01", "participants": 30, "materials": 5, "online_reach": 7}


@pytest.mark.databases("sqlite", "postgres")
def test_an_activity_is_announced_described_anew_and_reported(admin: Client):
    [event] = admin.record("/activities", {"activity": HIKE, "day": "2026-02-28"})["events"]
    path = f"/activities/{event['activity']['id']}"
    told = admin.read(path)
    assert {name: told[name] for name in HIKE} == HIKE
    assert (told["day"], told["state"], told["participants"]) == ("2026-02-28", "planned", 0)
    admin.record(f"{path}/description", {"activity": HIKE | {"place": "云岭北坡"}, "day": "2026-03-01"})
    assert (admin.read(path)["place"], admin.read(path)["day"]) == ("云岭北坡", "2026-03-01")
    admin.record(f"{path}/report", {"turnout": TURNOUT})
    held = admin.read(path)
    assert (held["state"], held["participants"], held["materials"], held["online_reach"]) == (
        "held",
        30,
        5,
        7,
    )


@pytest.mark.databases("sqlite", "postgres")
def test_activities_are_listed_by_day_page_by_page(admin: Client):
    for number in range(5):
        day = date(2030, 1, 5) - timedelta(days=number // 2)
        admin.record("/activities", {"activity": HIKE | {"name": f"第{number}次"}, "day": day.isoformat()})
    query: dict[str, Any] = {"from": "2030-01-01", "limit": 2}
    first = admin.read("/activities", **query)
    second = admin.read("/activities", **query, cursor=first["next_cursor"])
    third = admin.read("/activities", **query, cursor=second["next_cursor"])
    days = [[one["day"] for one in page["items"]] for page in (first, second, third)]
    assert days == [["2030-01-03", "2030-01-04"], ["2030-01-04", "2030-01-05"], ["2030-01-05"]]
    assert third["next_cursor"] is None
    assert len({one["id"] for page in (first, second, third) for one in page["items"]}) == 5


def test_activities_are_listed_by_community_and_from_today_unless_said(admin: Client, ledger: Ledger):
    admin.record("/activities", {"activity": HIKE, "day": "2026-02-28"})
    assert _names(admin) == {"合唱排练", "露天电影"}
    assert _names(admin, **{"from": "2026-01-01"}) == {"合唱排练", "露天电影", "登山护林"}
    assert _names(admin, **{"from": "2026-01-01", "until": "2026-03-01"}) == {"登山护林"}
    assert _names(admin, **{"from": "2026-02-28", "until": "2026-02-28"}) == set()
    assert _names(admin, **{"from": "2026-01-01", "community": COUNTY}) == {
        "合唱排练",
        "露天电影",
        "登山护林",
    }
    assert _names(admin, **{"from": "2026-01-01", "community": HILLS}) == {"登山护林"}
    assert _names(admin, community=VILLAGE) == set()
    wrong = admin.get("/activities", until="tomorrow")
    assert problem(wrong) == (422, "invalid-request")
    assert wrong.json()["errors"][0]["parameter"] == "until"


@pytest.mark.databases("sqlite", "postgres")
def test_activities_are_listed_by_period_and_state(admin: Client):
    for day in ("2026-01-31", "2026-02-01", "2026-02-28"):
        admin.record("/activities", {"activity": HIKE | {"name": day}, "day": day})
    assert _names(admin, period="2026-02") == {"2026-02-01", "2026-02-28"}
    assert _names(admin, period="2026-Q1", community=HILLS) == {"2026-01-31", "2026-02-01", "2026-02-28"}
    assert _names(admin, period="2026-02", **{"from": "2026-02-02"}) == {"2026-02-28"}
    assert _names(admin, period="2026-02", until="2026-02-28") == {"2026-02-01"}
    [held] = admin.read("/activities", period="2026-01")["items"]
    admin.record(f"/activities/{held['id']}/report", {"turnout": TURNOUT | {"day": "2026-02-03"}})
    for more in ({}, {"community": HILLS}):
        assert _names(admin, period="2026-Q1", state="held", **more) == {"2026-01-31"}
        assert _names(admin, period="2026-02", state="planned", **more) == {"2026-02-01", "2026-02-28"}
    for wrong in ({"period": "2026-13"}, {"state": "postponed"}):
        assert admin.get("/activities", None, **wrong).json()["errors"][0]["parameter"] in wrong


def test_an_activity_is_called_off_once_it_has_no_shifts(as_: Call):
    office = as_(Role.COORDINATOR)
    reason = {"reason": "weather"}
    assert problem(office.post(f"/activities/{CHOIR}/cancellation", reason)) == (409, "shifts-left")
    office.record(f"/activities/{IDLE}/cancellation", reason)
    assert as_(Role.VOLUNTEER, ANN).read(f"/activities/{IDLE}")["state"] == "cancelled"


def test_a_coordinator_announces_and_reports_what_their_community_hosts(as_: Call):
    office = as_(Role.COORDINATOR)
    office.record("/activities", {"activity": HIKE | {"community": VALLEY}, "day": "2030-01-01"})
    hills = as_(Role.COORDINATOR, community=HILLS)
    own = {"activity": HIKE, "day": "2030-01-01"}
    for caller, path, body in (
        (office, "/activities", own),
        (office, f"/activities/{CHOIR}/description", own),
        (hills, f"/activities/{CHOIR}/description", own),
        (hills, f"/activities/{CHOIR}/report", {"turnout": TURNOUT}),
        (hills, f"/activities/{IDLE}/cancellation", {"reason": "weather"}),
    ):
        assert problem(caller.post(path, body)) == (404, "not-found")


def test_volunteers_and_auditors_announce_nothing(as_: Call):
    for caller in (as_(Role.VOLUNTEER, ANN), as_(Role.AUDITOR)):
        for path, body in (
            ("/activities", {"activity": HIKE, "day": "2030-01-01"}),
            (f"/activities/{CHOIR}/report", {"turnout": TURNOUT}),
            (f"/activities/{IDLE}/cancellation", {"reason": "weather"}),
        ):
            assert problem(caller.post(path, body)) == (403, "forbidden")


def test_what_is_wrong_with_an_activity_is_told(admin: Client):
    assert problem(admin.get("/activities/act_none")) == (404, "not-found")
    assert problem(admin.get("/activities/act_none/shifts")) == (404, "not-found")
    assert problem(admin.post("/activities/act_none/report", {"turnout": TURNOUT})) == (
        404,
        "unknown-activity",
    )
    admin.record(f"/venues/{HALL}/closure")
    closed = {"activity": HIKE | {"venue": HALL}, "day": "2030-01-01"}
    assert problem(admin.post("/activities", closed)) == (404, "unknown-venue")
    future = {"turnout": TURNOUT | {"day": "2199-01-01"}}
    assert problem(admin.post(f"/activities/{CHOIR}/report", future)) == (409, "future-day")
    unfit = admin.post(f"/activities/{CHOIR}/report", {"turnout": TURNOUT | {"participants": -1}})
    assert unfit.json()["errors"][0]["pointer"] == "/turnout/participants"


def _names(client: Client, **query: str) -> set[str]:
    return {one["name"] for one in client.read("/activities", **query)["items"]}
