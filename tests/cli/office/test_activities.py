"""Activities as an office announces, reports and calls them off."""

from typing import Any

import pytest

from tests.cli.conftest import Clock, Office

CLASS = "智能手机课堂"
ASKED = ("activity", "publish", CLASS, "--day", "2026-09-05", "--unit", "石桥镇科协")
THERE = ("--community", "东桥村", "--place", "文化礼堂")


def publish(office: Office, *more: str) -> Any:
    return office.event(*ASKED, *THERE, *more)


def test_an_activity_at_a_venue_is_held_where_the_venue_is(office: Office):
    words = ("--kind", "base", "--community", "东桥村", "--unit", "科协", "--no-code")
    venue = office.event("venue", "open", "科普基地", *words)["venue"]

    event = office.event(*ASKED, "--venue", "科普基地", "--form", "class", "--audience", "elderly")

    activity = event["activity"]
    assert (event["on"], activity["venue"], activity["place"]) == ("2026-09-05", venue["id"], "科普基地")
    assert (activity["community"], activity["content"]) == (venue["community"], CLASS)
    assert (activity["form"], activity["audience"]) == ("class", "elderly")


def test_who_is_in_charge_is_named_to_the_directory_only(office: Office):
    event = publish(office, "--in-charge", "欧阳试")
    assert event["activity"]["in_charge"].startswith("per_")
    stored = [path.read_bytes() for path in office.folder.iterdir() if path.name.startswith("ledger")]
    assert not any("欧阳试".encode() in some for some in stored)
    again = office.event("activity", "revise", CLASS, "--in-charge", "欧阳试", "--place", "村委会")
    assert again["activity"]["in_charge"] == event["activity"]["in_charge"]


def test_in_a_dry_run_nobody_is_added_to_the_directory(office: Office):
    before = office.head()
    publish(office, "--in-charge", "欧阳试", "--dry-run")
    assert office.head() == before
    stored = [path.read_bytes() for path in office.folder.iterdir() if path.name.startswith("directory")]
    assert not any("欧阳试".encode() in some for some in stored)


def test_what_is_not_named_stays_when_an_activity_is_revised(office: Office):
    first = publish(office, "--campaign", "科普月", "--programme", "科普大风车")
    event = office.event("activity", "revise", CLASS, "--day", "2026-09-06", "--form", "show")
    assert event["before"] == first["activity"]
    assert event["activity"] == {**first["activity"], "form": "show"}
    assert event["on"] == "2026-09-06"
    assert office.refused("activity", "revise", CLASS, "--form", "show")["code"] == "nothing-new"


def test_what_came_of_an_activity_is_reported_and_corrected(office: Office, clock: Clock):
    office.event(*ASKED[:3], "--day", clock.today, *ASKED[5:], *THERE)
    office.event("activity", "report", CLASS, "--participants", "40")

    event = office.event("activity", "report", CLASS, "--participants", "42", "--materials", "90")

    assert (event["on"], event["replaces"]["participants"]) == (clock.today, 40)
    shown = office.told("activity", "show", CLASS)
    assert (shown["state"], shown["participants"], shown["materials"]) == ("held", 42, 90)
    assert office.refused("activity", "cancel", CLASS, "--reason", "weather")["code"] == "held-already"


def test_what_has_not_been_held_is_not_reported(office: Office):
    office.event(*ASKED[:3], "--day", "2099-09-05", *ASKED[5:], *THERE)
    assert office.refused("activity", "report", CLASS)["code"] == "future-day"


def with_shifts(office: Office, clock: Clock) -> list[str]:
    office.event(*ASKED[:3], "--day", clock.today, *ASKED[5:], *THERE)
    found: list[str] = []
    for hours in (0, 2, 4):
        words = ("--begins", clock.local(hours=hours), "--ends", clock.local(hours=hours + 2))
        found.append(office.event("shift", "publish", CLASS, *words, "--places", "guide=1")["shift"])
    return found


def test_calling_an_activity_off_calls_its_shifts_off_and_tells_who_is_released(office: Office, clock: Clock):
    shifts = with_shifts(office, clock)
    office.told("signup", "add", "QH2025000017", shifts[0])
    assert office.refused("activity", "cancel", CLASS, "--reason", "weather")["code"] == "shifts-left"
    asked = ("activity", "cancel", CLASS, "--with-shifts", "--reason", "weather", "--key", "storm")
    before = office.head()

    assert "shift cancelled, sign up released" in office.said(*asked, "--dry-run")
    assert office.head() == before
    found = office.told(*asked)
    assert [item["about"] for item in found["items"]][:3] == shifts
    assert [[one["type"] for one in item["body"]["events"]] for item in found["items"]] == [
        ["shift-cancelled", "sign-up-released"],
        ["shift-cancelled"],
        ["shift-cancelled"],
        ["activity-cancelled"],
    ]
    assert office.told("activity", "show", CLASS)["state"] == "cancelled"
    # The shifts are no longer there to be called off.
    assert office.told(*asked) == {"items": found["items"][3:], "replayed": True}


def test_nothing_is_called_off_where_somebody_has_come(office: Office, clock: Clock):
    shifts = with_shifts(office, clock)
    office.told("signup", "add", "QH2025000017", shifts[0])
    office.told("checkin", "QH2025000017", shifts[0])
    before = office.head()

    found = office.told("activity", "cancel", CLASS, "--with-shifts", "--reason", "weather", code=1)

    assert office.head() == before
    codes = [item["body"].get("code") for item in found["items"]]
    assert codes == ["has-begun", None, None, "shifts-left"]
    assert [item["body"].get("dry_run") for item in found["items"]] == [None, True, True, None]


def test_activities_are_listed_by_period_place_and_state(office: Office):
    publish(office)
    assert [one["name"] for one in office.told("activity", "list", "--period", "2026-Q3")["items"]] == [CLASS]
    for words in (("2026-10",), ("2026", "--within", "柳溪镇"), ("2026", "--state", "held")):
        assert office.told("activity", "list", "--period", *words)["items"] == []
    assert CLASS in office.said("activity", "list", "--period", "2026", "--within", "石桥镇")
    assert "文化礼堂" in office.said("activity", "show", CLASS)


def test_a_name_that_two_activities_have_is_refused_with_its_candidates(office: Office):
    first, second = publish(office), publish(office, "--campaign", "科普月")

    error = office.refused("activity", "show", CLASS, code=2)

    assert error["code"] == "ambiguous"
    assert {one["id"] for one in error["candidates"]} == {one["activity"]["id"] for one in (first, second)}
    office.event("activity", "cancel", first["activity"]["id"], "--reason", "weather")
    assert office.told("activity", "show", " 智能手机 课堂")["campaign"] == "科普月"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (ASKED, "usage"),
        ((*ASKED, "--venue", "无此阵地"), "unknown-venue"),
        (("activity", "show", "无此活动"), "not-found"),
    ],
)
def test_what_is_no_request_is_an_error_of_usage(office: Office, words: tuple[str, ...], code: str):
    assert office.refused(*words, code=2)["code"] == code
