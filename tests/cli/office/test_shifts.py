"""Shifts and sign-ups: publishing, who gets a place, who falls ill, who did not come."""

from pathlib import Path

import pytest

from ledger.cli.terminal import typed
from ledger.domain.events.shifts import MOST_PLACES
from tests.cli.conftest import Clock, Office, told

CLASS = "智能手机课堂"
ANN, BEN, CARA = "QH2025000017", "QH2025000018", "QH2025000019"


@pytest.fixture
def planned(office: Office, clock: Clock) -> Office:
    """A class today."""
    there = ("--community", "东桥村", "--place", "文化礼堂", "--unit", "科协")
    office.event("activity", "publish", CLASS, "--day", clock.today, *there)
    return office


def publish(office: Office, clock: Clock, *more: str, hours: float = 2) -> str:
    words = ("--begins", clock.local(hours=hours), "--ends", clock.local(hours=hours + 2))
    return office.event("shift", "publish", CLASS, *words, "--places", "guide=1", *more)["shift"]


def test_a_shift_is_typed_by_the_clock_on_the_wall(planned: Office):
    asked = ("shift", "publish", CLASS, "--places", "guide=3", "--places", "usher=2", "--adults-only")
    words = ("--begins", "2026-09-05T09:00", "--ends", "12:00", "--skill", "first-aid")

    event = planned.event(*asked, *words, "--waitlist", "20")

    assert (event["begins"], event["ends"]) == (
        "2026-09-05T01:00:00.000000Z",
        "2026-09-05T04:00:00.000000Z",
    )
    assert event["roles"] == [{"role": "guide", "places": 3}, {"role": "usher", "places": 2}]
    assert (event["waitlist"], event["ages"], event["skills"]) == (20, ["adult"], ["first-aid"])
    abroad = ("--begins", "2026-09-05T09:00+02:00", "--ends", "2026-09-05T08:00Z")
    assert planned.event(*asked, *abroad)["begins"] == "2026-09-05T07:00:00.000000Z"
    said = planned.said("shift", "list", "--from", "2026-09-05", "--days", "1")
    assert "2026-09-05 09:00–12:00" in said
    assert "guide=3, usher=2" in said
    of_it = planned.told("shift", "list", "--activity", CLASS)["items"]
    assert (len(of_it), event["shift"] in {one["id"] for one in of_it}) == (2, True)
    assert planned.refused("shift", "list", "--activity", CLASS, "--days", 2, code=2)["code"] == "usage"


@pytest.mark.parametrize(
    ("begins", "code"),
    [("2026-03-29T02:30", "local-time-skipped"), ("2026-10-25T02:30", "local-time-repeated")],
)
def test_a_time_that_the_clocks_skip_or_repeat_is_refused(tmp_path: Path, begins: str, code: str):
    office = Office(tmp_path / "bank")
    told("init", "--zone", "Europe/Berlin", "--data", office.folder)
    words = ("shift", "publish", CLASS, "--ends", f"{begins[:10]}T06:00", "--places", "guide=1", "--begins")

    error = office.refused(*words, begins, code=2)

    assert error["code"] == code
    if code == "local-time-repeated":
        assert "2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00" in error["message"]
        assert office.refused(*words, f"{begins}+02:00", code=2)["code"] == "unknown-activity"


@pytest.mark.parametrize(
    "typed", ["2026-09-05", "9:00", "tomorrow 9:00", "2026-09-05T25:00", "0001-01-01T00:00"]
)
def test_what_is_no_time_is_an_error_of_usage(planned: Office, typed: str):
    words = ("--begins", typed, "--ends", "2026-09-05T12:00", "--places", "guide=1")
    assert "--begins" in planned.refused("shift", "publish", CLASS, *words, code=2)["message"]


@pytest.mark.parametrize("places", ["guide", "guide=", "=3", " =1", "guide=three", "guide=0", "guide=501"])
def test_what_is_no_place_is_an_error_of_usage(planned: Office, places: str):
    words = ("--begins", "2026-09-05T09:00", "--ends", "12:00", "--places", places)
    assert "--places" in planned.refused("shift", "publish", CLASS, *words, code=2)["message"]


def test_as_many_places_may_be_typed_as_the_ledger_takes():
    assert typed.MOST_PLACES == MOST_PLACES


def test_a_rule_refuses_in_words(planned: Office):
    words = ("--begins", "2026-09-05T09:00", "--ends", "2026-09-05T08:00", "--places", "guide=1")
    assert planned.refused("shift", "publish", CLASS, *words)["message"].startswith(
        "ends: a shift ends after"
    )


def test_whoever_waits_gets_the_place_of_one_who_falls_ill(planned: Office, clock: Clock):
    shift = publish(planned, clock, "--waitlist", "5")
    placed = planned.event("signup", "add", ANN, CLASS, "--key", "ann")
    assert planned.event("signup", "add", BEN, CLASS)["type"] == "volunteer-waitlisted"
    rows = planned.told("shift", "roster", shift)["items"]
    assert [(one["number"], one["state"]) for one in rows] == [(ANN, "placed"), (BEN, "waiting")]
    before = planned.head()
    assert planned.told("signup", "withdraw", ANN, shift, "--dry-run")["dry_run"]
    assert planned.head() == before

    left, promoted = planned.told("signup", "withdraw", ANN, shift, "--key", "ill")["events"]

    assert (left["sign_up"], promoted["type"]) == (placed["sign_up"], "sign-up-promoted")
    again = planned.told("signup", "withdraw", ANN, shift, "--key", "ill")
    assert (again["replayed"], again["events"]) == (True, [left, promoted])
    [item] = planned.told("calendar", BEN)["items"]
    assert (item["state"], item["activity_name"]) == ("placed", CLASS)
    assert clock.local(hours=2).replace("T", " ") in planned.said("calendar", BEN)
    assert planned.refused("signup", "withdraw", ANN, shift)["code"] == "sign-up-ended"


def test_whoever_falls_ill_gives_up_all_shifts_ahead(planned: Office, clock: Clock):
    first, second = publish(planned, clock), publish(planned, clock, hours=4)
    for shift in (first, second):
        planned.event("signup", "add", ANN, shift)
    ill = ("signup", "withdraw", ANN, "--all", "--key", "ill")
    assert planned.refused("signup", "withdraw", ANN, first, "--all", code=2)
    assert all(one["body"]["dry_run"] for one in planned.told(*ill, "--dry-run")["items"])

    told = planned.told(*ill)["items"]

    assert [one["body"]["events"][0]["shift"] for one in told] == [first, second]
    assert planned.told("calendar", ANN)["items"] == []
    assert "No shift lies ahead." in planned.said("signup", "withdraw", ANN, "--all")


def test_a_shift_is_named_by_its_activity_and_beginning(planned: Office, clock: Clock):
    first, second = publish(planned, clock), publish(planned, clock, hours=4)

    error = planned.refused("signup", "add", ANN, CLASS, code=2)

    assert error["code"] == "ambiguous"
    assert {one["id"] for one in error["candidates"]} == {first, second}
    assert "ACTIVITY@09:30" in error["message"]
    assert planned.event("signup", "add", ANN, f"{CLASS}@{clock.local(hours=4)}")["shift"] == second
    assert f"{CLASS}@{clock.local(hours=4)} ({second})" in planned.said("signup", "withdraw", ANN, second)
    for text in ("shi_abc", f"{CLASS}@{clock.local(hours=3)}"):
        assert planned.refused("shift", "roster", text, code=2)["code"] == "not-found"
        assert text in planned.said("shift", "roster", text, code=2)


def test_of_several_roles_one_is_named(planned: Office, clock: Clock):
    publish(planned, clock, "--places", "usher=2")
    assert planned.refused("signup", "add", ANN, CLASS, code=2)["code"] == "invalid-request"
    assert planned.event("signup", "add", ANN, CLASS, "--role", "usher")["role"] == "usher"


def test_a_coordinator_s_word_gives_a_place_on_a_full_shift(planned: Office, clock: Clock):
    publish(planned, clock)
    planned.event("signup", "add", ANN, CLASS)
    assert planned.refused("signup", "add", BEN, CLASS)["code"] == "shift-full"
    event = planned.event("signup", "place", BEN, CLASS, "--reason", "asked-for")
    assert (event["type"], event["reason"]) == ("volunteer-placed", "asked-for")
    error = planned.refused("signup", "add", BEN, CLASS)
    assert BEN in error["message"]
    assert error["volunteer"].startswith("vol_")


def test_free_places_are_filled(planned: Office, clock: Clock):
    publish(planned, clock, "--waitlist", "1")
    assert planned.refused("shift", "fill", CLASS)["code"] == "nobody-to-promote"


def test_a_no_show_is_noted_and_excused(planned: Office, clock: Clock):
    shift = publish(planned, clock)
    sign_up = planned.event("signup", "add", ANN, shift)["sign_up"]
    assert planned.refused("signup", "no-show", sign_up)["code"] == "shift-not-over"
    clock.later(hours=5)

    assert planned.event("signup", "no-show", ANN, shift)["type"] == "no-show-recorded"
    assert planned.event("signup", "excuse", sign_up, "--reason", "fell-ill")["reason"] == "fell-ill"
    assert planned.refused("signup", "excuse", sign_up, "--reason", "fell-ill")["code"] == "not-a-no-show"


def test_a_cancelled_shift_tells_everybody_who_is_released(planned: Office, clock: Clock):
    shift = publish(planned, clock, "--waitlist", "5")
    for one in (ANN, BEN, CARA):
        planned.event("signup", "add", one, shift)

    said = planned.said("shift", "cancel", shift, "--reason", "weather")

    assert "4 facts" in said
    assert [one in said for one in (ANN, BEN, CARA)] == [True] * 3
    assert len(said.splitlines()) == 6
    assert planned.refused("signup", "add", ANN, shift)["code"] == "shift-called-off"
    assert "cancelled" in planned.said("activity", "show", CLASS)
    assert planned.told("shift", "list")["items"] == []


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("withdraw", "sig_abc"), 1, "unknown-sign-up"),
        (("withdraw", ANN), 2, "usage"),
        (("no-show", ANN, CLASS), 2, "not-found"),
    ],
)
def test_a_sign_up_that_is_not_there_is_told(
    planned: Office, clock: Clock, words: tuple[str, ...], code: int, why: str
):
    publish(planned, clock)
    assert planned.refused("signup", *words, code=code)["code"] == why
