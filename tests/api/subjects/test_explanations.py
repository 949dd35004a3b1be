"""Explanations over HTTP: whose they are, in pages, and in the caller's language."""

import pytest

from ledger.bootstrap import Ledger
from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, DAN, EVE, HILLS, NUMBERS, OFFICE

pytestmark = pytest.mark.databases("sqlite")


def test_a_volunteer_is_told_where_their_minutes_come_from(as_: Call):
    told = as_(Role.VOLUNTEER, ANN).read("/audit/explanations/me")
    (line,) = told["items"]
    assert (told["volunteer"], told["service_minutes"], told["credit_minutes"]) == (ANN, 120, 120)
    assert (line["thing"], line["by"], line["position"]) == ("rec_ann", "stf_warden", 13)
    assert line["policy"] == {"name": "standard", "version": 1, "served": 1, "credits": 1, "adopted": 2}
    assert told["adds_up"] is True


def test_it_is_told_in_the_caller_s_language(admin: Client):
    path = f"/audit/explanations/{ANN}"
    (line,) = admin.get(path, {"Accept-Language": "zh"}).json()["items"]
    assert line["why"].startswith("stf_warden 认定“重阳节慰问”2小时；")
    assert admin.read(path)["items"][0]["why"].startswith("stf_warden attested 2 h at ")


def test_an_explanation_is_for_whoever_reaches_the_volunteer(as_: Call):
    path = f"/audit/explanations/{ANN}"
    for caller in (as_(Role.AUDITOR), as_(Role.COORDINATOR), as_(Role.INTEGRATION)):
        assert caller.read(f"/audit/explanations/number:{NUMBERS[ANN]}") == caller.read(path)
    for caller in (as_(Role.VOLUNTEER, BOB), as_(Role.COORDINATOR, OFFICE, HILLS)):
        assert problem(caller.get(path)) == (404, "not-found")
    assert problem(as_(Role.AUDITOR).get("/audit/explanations/vol_nobody")) == (404, "not-found")
    assert problem(as_(Role.AUDITOR).get("/audit/explanations/me")) == (404, "not-found")


def test_lines_come_in_pages_that_each_tell_the_whole_sum(admin: Client):
    path = f"/audit/explanations/{DAN}"
    whole = admin.read(path)
    first = admin.read(path, limit=2)
    rest = admin.read(path, cursor=first["next_cursor"])
    assert first["items"] + rest["items"] == whole["items"]
    assert len(whole["items"]) > 2
    balance = admin.read(f"/volunteers/{DAN}/balance")
    for told in (whole, first, rest):
        assert told["adds_up"] is True
        assert told["credit_minutes"] == balance["credit_minutes"] == whole["items"][-1]["credit_balance"]


def test_an_explanation_of_a_day_leaves_later_ones_out(admin: Client):
    path = f"/audit/explanations/{DAN}"
    told = admin.read(path, as_of="2026-03-01")
    assert [line["event"] for line in told["items"]] == ["service-attested"]
    assert (told["credit_minutes"], told["adds_up"]) == (600, True)
    assert admin.read(path, as_of="2026-02-28")["items"] == []
    assert problem(admin.get(path, as_of="May")) == (422, "invalid-request")


def test_a_sum_that_is_not_the_balance_says_so(admin: Client, ledger: Ledger):
    with ledger.log.store.begin() as connection:
        connection.exec_driver_sql(f"UPDATE balance SET service_minutes = 61 WHERE volunteer = '{EVE}'")
    told = admin.read(f"/audit/explanations/{EVE}")
    assert (told["service_minutes"], told["adds_up"]) == (60, False)
