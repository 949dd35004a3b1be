"""Venues as an office opens, describes and renews them."""

import re
from typing import Any

import pytest

from tests.cli.conftest import Office, run

VILLAGES = ("东桥村", "西桥村", "磨坊村")


def open_gallery(office: Office, village: str = "东桥村", *more: str) -> Any:
    words = ("--kind", "gallery", "--community", village, "--unit", "石桥镇科协")
    return office.told("venue", "open", f"{village}科普画廊", *words, *more)


@pytest.mark.parametrize(
    ("typed", "latitude", "longitude"),
    [
        ("30.123456,120.5", 30_123_456, 120_500_000),
        ("-0.000001，-180", -1, -180_000_000),
        (" +90 , 0.1 ", 90_000_000, 100_000),
    ],
)
def test_a_venue_s_place_is_kept_exactly(office: Office, typed: str, latitude: int, longitude: int):
    [event] = open_gallery(office, "东桥村", "--at", typed, "--crs", "gcj02")["events"]

    assert event["venue"]["coordinates"] == {"latitude": latitude, "longitude": longitude, "crs": "gcj02"}
    [item] = office.told("venue", "list")["items"]
    assert (item["latitude"], item["longitude"], item["crs"]) == (latitude, longitude, "gcj02")


@pytest.mark.parametrize("typed", ["91,0", "0,180.000001", "1.1234567,2", "30", "30,", "1,2,3", "1e2,3"])
def test_what_is_no_place_is_an_error_of_usage(office: Office, typed: str):
    words = ("--kind", "gallery", "--community", "东桥村", "--unit", "科协", "--crs", "wgs84")
    assert "--at" in office.refused("venue", "open", "画廊", *words, "--at", typed, code=2)["message"]


def test_a_place_says_what_it_is_measured_in(office: Office):
    words = ("--kind", "gallery", "--community", "东桥村", "--unit", "科协")
    assert "--crs" in office.refused("venue", "open", "画廊", *words, "--at", "1,2", code=2)["message"]


def test_a_code_made_anew_is_told_once_and_lets_people_in(office: Office):
    opened = open_gallery(office)

    code = opened["code"]
    assert re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{4}(-[2-9A-HJKMNP-TV-Z]{4}){2}", code)
    assert code not in str(opened["events"])
    assert not [file for file in office.folder.iterdir() if code.encode() in file.read_bytes()]
    renewed = office.told("venue", "renew-code", "东桥村科普画廊")["code"]
    assert renewed != code
    clock_in = ("clockin", "QH2025000017", "东桥村科普画廊", "--code")
    assert office.refused(*clock_in, code)["code"] == "wrong-code"
    assert office.told(*clock_in, renewed)["events"][0]["mode"] == "on-site"


def test_people_read_the_code_once_and_no_digest(office: Office):
    said = office.said(
        *("venue", "open", "画廊", "--kind", "gallery", "--community", "东桥村", "--unit", "科协")
    )
    assert "told once" in said
    assert not re.search("[0-9a-f]{64}", said)


@pytest.mark.parametrize("words", [("renew-code", "东桥村科普画廊"), ("open", "画廊", "--kind", "base")])
def test_under_a_key_the_code_is_said(office: Office, words: tuple[str, ...]):
    open_gallery(office)
    more = ("--community", "东桥村", "--unit", "科协") if "open" in words else ()
    asked = ("venue", *words, *more, "--key", "once")

    assert (office.refused(*asked, code=2)["code"], "--code" in office.said(*asked, code=2)) == (
        "invalid-request",
        True,
    )
    first, second = (office.told(*asked, "--code", "ABC-123") for _ in range(2))
    assert ("replayed" in first, second.get("replayed")) == (False, True)
    assert first["events"] == second["events"]
    assert "code" not in first


def test_a_venue_may_have_no_code(office: Office):
    opened = open_gallery(office, "东桥村", "--no-code")
    assert opened["events"][0]["code"] is None
    assert "code" not in opened


def test_a_dry_run_records_nothing_and_tells_no_code(office: Office):
    before = office.head()
    found = open_gallery(office, "东桥村", "--dry-run")
    assert (found["dry_run"], "code" in found) == (True, False)
    assert office.head() == before


def test_what_is_not_named_stays_when_a_venue_is_revised(office: Office):
    [opened] = open_gallery(office, "东桥村", "--at", "30,120", "--crs", "wgs84")["events"]

    [event] = office.told("venue", "revise", "东桥村科普画廊", "--unit", "东桥村委会")["events"]

    assert event["before"] == opened["venue"]
    assert event["venue"] == {**opened["venue"], "unit": "东桥村委会"}
    again = office.refused("venue", "revise", "东桥村科普画廊", "--unit", "东桥村委会")
    assert again["code"] == "nothing-new"


def test_next_month_s_renewal_of_all_galleries_is_planned_at_once(office: Office):
    galleries = {open_gallery(office, village)["made"]["venue"] for village in VILLAGES}
    asked = ("venue", "update", "--kind", "gallery", "--within", "石桥镇", "--theme", "食品安全")
    before = office.head()

    rehearsed = office.told(*asked, "--day", "2099-12-01", "--dry-run")
    assert all(item["body"]["dry_run"] for item in rehearsed["items"])
    said = office.said(*asked, "--day", "2099-12-01", "--dry-run")
    assert all(f"{one}科普画廊, {one}" in said for one in VILLAGES)
    assert office.head() == before
    found = office.told(*asked, "--day", "2099-12-01", "--key", "december")
    assert {item["about"] for item in found["items"]} == galleries
    assert {event["on"] for item in found["items"] for event in item["body"]["events"]} == {"2099-12-01"}
    again = office.told(*asked, "--day", "2099-12-01", "--key", "december")
    assert again == {**found, "replayed": True}
    assert office.head() == before + len(VILLAGES)


def test_one_venue_that_is_refused_harms_no_other(office: Office):
    for village in VILLAGES:
        open_gallery(office, village)
    office.told("venue", "close", "西桥村科普画廊")

    asked = ("venue", "update", *(f"{one}科普画廊" for one in VILLAGES), "--theme", "防震")
    found = office.told(*asked, code=1)

    assert [item["body"].get("code") for item in found["items"]] == [None, "unknown-venue", None]
    assert "refused: There is no open venue 西桥村科普画廊" in office.said(*asked, code=1)
    assert len(office.told("venue", "list")["items"]) == 2
    assert len(office.told("venue", "list", "--closed", "--kind", "gallery")["items"]) == 3


def test_a_venue_is_named_by_an_unambiguous_name(office: Office):
    for village in VILLAGES[:2]:
        words = ("--kind", "base", "--community", village, "--unit", "科协", "--no-code")
        office.told("venue", "open", "科普（基地）", *words)

    error = office.refused("venue", "close", "科普(基地)", code=2)

    assert error["code"] == "ambiguous"
    assert {one["community"] for one in error["candidates"]} == set(VILLAGES[:2])
    for one in error["candidates"]:
        assert one["id"] in error["message"]
        office.told("venue", "close", one["id"])
    assert office.refused("venue", "close", "无此阵地", code=2)["code"] == "not-found"


@pytest.mark.parametrize(
    "words",
    [
        ("update", "--theme", "防震"),
        ("update", "甲", "--kind", "gallery", "--theme", "防震"),
        ("update", "甲", "--within", "石桥镇", "--theme", "防震"),
        ("update", "--kind", "park", "--theme", "防震"),
        ("open", "画廊", "--kind", "No kind", "--community", "东桥村", "--unit", "科协"),
        ("open", "画廊", "--kind", "base", "--community", "东桥村", "--unit", " "),
        ("open", "画廊", "--kind", "base", "--community", "东桥村", "--unit", "科协", "--code", "短"),
        ("close", "甲", "--day", "2026-02-30"),
    ],
)
def test_what_is_no_request_is_an_error_of_usage(office: Office, words: tuple[str, ...]):
    office.refused("venue", *words, code=2)


def test_a_kind_without_venues_was_told_by_its_code(office: Office):
    asked = ("venue", "update", "--kind", "gallery", "--theme", "防震")
    assert office.refused(*asked, code=2)["message"].endswith("of the kind gallery")
    told = office.refused(*asked, "--within", "石桥镇", "--lang", "zh", code=2)["message"]
    assert told.endswith("石桥镇 没有类别为 画廊 (gallery) 的在用阵地"), told


def test_the_list_shows_what_each_venue_shows(office: Office):
    assert "There are no such venues" in office.said("venue", "list")
    open_gallery(office, "东桥村", "--theme", "防震", "--at", "-1.5,120", "--crs", "bd09")
    said = office.said("venue", "list", "--within", "石桥镇")
    for text in ("东桥村科普画廊", "防震", "-1.500000,120.000000 bd09"):
        assert text in said
    assert run("venue", "list", "--within", "柳溪镇", "--data", office.folder).output.startswith(
        "There are no"
    )


def test_what_means_nothing_is_pointed_at_as_it_is_typed(office: Office):
    for words, where in (
        (("update", "无此阵地", "--theme", "防震"), "'VENUE': there is no venue 无此阵地"),
        (
            ("update", "--kind", "gallery", "--within", "无此镇", "--theme", "防震"),
            "'--within': there is no community 无此镇",
        ),
        (("open", "画廊", "--kind", "base", "--community", "无此村", "--unit", "科协"), "'--community'"),
    ):
        assert where in office.refused("venue", *words, code=2)["message"]
    asked = (
        "venue",
        "open",
        "画廊",
        "--kind",
        "base",
        "--community",
        "东桥村",
        "--unit",
        "科协",
        "--key",
        "k",
    )
    assert "new-code" not in office.refused(*asked, code=2)["message"]
