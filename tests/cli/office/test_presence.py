"""Checking in and out at a counter, and what somebody forgot."""

import pytest

from tests.cli.conftest import Clock, Office

CLASS, GALLERY = "智能手机课堂", "东桥村科普画廊"
ANN, BEN = "QH2025000017", "QH2025000018"
CODE = "ABC-123"


@pytest.fixture
def busy(office: Office, clock: Clock) -> Office:
    """A gallery with a code, and a class there of two hours that begins in half an hour, with Ann signed up."""
    place = ("--kind", "gallery", "--community", "东桥村", "--unit", "科协", "--code", CODE)
    office.event("venue", "open", GALLERY, *place)
    office.event("activity", "publish", CLASS, "--day", clock.today, "--venue", GALLERY, "--unit", "科协")
    words = ("--begins", clock.local(minutes=30), "--ends", clock.local(minutes=150), "--places", "guide=2")
    office.event("shift", "publish", CLASS, *words)
    office.event("signup", "add", ANN, CLASS)
    return office


def test_what_was_served_at_a_shift_is_reported_at_check_out(busy: Office, clock: Clock):
    visit = busy.event("checkin", ANN, CLASS)["visit"]
    assert busy.refused("checkin", ANN, CLASS)["code"] == "somewhere-else"
    clock.later(minutes=100)

    out, reported = busy.told("checkout", ANN, "--key", "out")["events"]

    assert (out["visit"], reported["service"]["visit"]) == (visit, visit)
    assert sum(day["minutes"] for day in reported["days"]) in (69, 70)
    again = busy.told("checkout", ANN, "--key", "out")
    assert (again["replayed"], again["events"]) == (True, [out, reported])
    assert busy.refused("checkout", ANN)["code"] == "visit-over"
    [item] = busy.told("visit", "list", ANN)["items"]
    assert (item["minutes"], item["venue"], item["state"]) == (100, None, "over")
    assert all(one in busy.said("visit", "list", ANN) for one in ("1 h 40 min", CLASS))


def test_a_sign_up_s_id_checks_in_too(busy: Office):
    sign_up = busy.told("calendar", ANN)["items"][0]["id"]
    assert busy.event("checkin", sign_up)["sign_up"] == sign_up


@pytest.mark.parametrize("by_id", [True, False])
def test_who_leaves_may_say_which_shift(busy: Office, clock: Clock, by_id: bool):
    came = busy.event("checkin", ANN, CLASS)
    clock.later(minutes=100)
    words = (came["sign_up"],) if by_id else (ANN, CLASS)
    assert busy.told("checkout", *words)["events"][0]["visit"] == came["visit"]


def test_a_dry_run_lets_nobody_in(busy: Office):
    before = busy.head()
    assert busy.told("checkin", ANN, CLASS, "--dry-run")["dry_run"]
    assert busy.head() == before
    assert busy.refused("checkout", ANN, code=2)["code"] == "not-found"


def test_people_clock_in_at_a_venue_by_its_code(busy: Office, clock: Clock):
    assert busy.refused("clockin", BEN, GALLERY, "--code", "WRONG-1")["code"] == "wrong-code"
    assert "--code" in busy.refused("clockin", BEN, GALLERY, "--code", "?", code=2)["message"]
    event = busy.event("clockin", BEN, GALLERY, "--code", CODE, "--online")
    assert event["mode"] == "online"
    clock.later(minutes=45)
    out, reported = busy.told("checkout", BEN)["events"]
    assert reported["service"]["place"] == GALLERY
    assert sum(day["minutes"] for day in reported["days"]) in (44, 45)
    assert out["type"] == "volunteer-checked-out"


def test_a_visit_that_somebody_forgot_to_end_is_abandoned(busy: Office, clock: Clock):
    busy.event("checkin", ANN, CLASS)
    clock.later(hours=30)
    assert busy.refused("checkout", ANN)["code"] == "forgotten-check-out"

    asked = ("visit", "abandon", ANN, "--reason", "forgot", "--key", "forgot")
    event = busy.event(*asked)

    assert (event["type"], event["reason"]) == ("visit-abandoned", "forgot")
    assert busy.told(*asked)["replayed"]
    assert "abandoned" in busy.said("visit", "list", ANN)
    assert busy.refused("visit", "abandon", ANN, "--reason", "forgot")["code"] == "visit-over"


def test_who_was_nowhere_has_nothing_to_end(busy: Office):
    assert busy.refused("visit", "abandon", BEN, "--reason", "forgot", code=2)["code"] == "not-found"
    assert busy.told("visit", "list", BEN)["items"] == []
    assert "Nowhere" in busy.said("visit", "list", BEN, "--from", "2026-09-01", "--days", "366")
    assert "Nothing" in busy.said("calendar", BEN, "--from", "9999-12-01", "--days", "20")


def test_instants_are_local_on_screen_and_utc_for_programs(busy: Office, clock: Clock):
    assert clock.local().replace("T", " ") in busy.said("checkin", ANN, CLASS)
    assert busy.told("visit", "list", ANN)["items"][0]["begun"].endswith("Z")
