"""Closed months over HTTP."""

import pytest

from ledger.operations.callers import Role
from tests.api.conftest import Call, Client
from tests.api.test_clocks import attested
from tests.api.village import ANN, DAN, VALLEY

pytestmark = pytest.mark.databases("sqlite")
MONTH = "2026-03"


@pytest.mark.databases("sqlite", "postgres")
def test_a_report_as_closed_stays_and_corrections_are_told(admin: Client):
    (closed,) = admin.record(f"/periods/{MONTH}/closure")["events"]
    assert [one["month"] for one in admin.read("/periods")["items"]] == ["2026-01", MONTH]
    report = admin.read(f"/periods/{MONTH}/report")
    for day in (5, 6):
        attested(admin, 30, f"2026-03-0{day}")

    later = admin.read(f"/periods/{MONTH}/report")
    assert {**report, "position": later["position"]} == later
    assert (later["known_at"], later["format"]) == (closed["position"], "timebank-ledger/month-report/v1")
    corrected = admin.read(f"/periods/{MONTH}/report", corrected="true")
    assert corrected["service_minutes"] == report["service_minutes"] + 60
    first = admin.read(f"/periods/{MONTH}/corrections", limit=1)
    rest = admin.read(f"/periods/{MONTH}/corrections", limit=1, cursor=first["next_cursor"])
    lines = [*first["items"], *rest["items"]]
    assert [(one["day"], one["volunteer"], one["service_minutes"]) for one in lines] == [
        ("2026-03-05", DAN, 30),
        ("2026-03-06", DAN, 30),
    ]
    assert rest["next_cursor"] is None


def test_an_open_month_has_no_report_as_closed(admin: Client):
    for path in ("report", "corrections"):
        assert admin.refused(admin.get(f"/periods/{MONTH}/{path}")) == (404, "not-found")
        assert admin.refused(admin.get(f"/periods/soon/{path}")) == (404, "not-found")
    assert admin.read(f"/periods/{MONTH}/report", corrected="true")["month"] == MONTH
    assert admin.refused(admin.post("/periods/2026-12/closure")) == (409, "period-not-over")
    assert admin.refused(admin.post("/periods/2026-01/closure")) == (409, "period-already-closed")
    assert admin.refused(admin.post("/periods/2026-Q1/closure")) == (404, "not-found")


def test_who_came_late_is_for_those_who_see_everybody(as_: Call):
    for caller in (as_(Role.VOLUNTEER, ANN), as_(Role.COORDINATOR, "stf_valley", VALLEY)):
        assert caller.get("/periods/2026-01/corrections").status_code == 403
        assert caller.get("/periods/2026-01/report").status_code == 200
