"""What is done to several things at once, and what is named by what it is about, is the same at either door."""

import copy
import json
from typing import Any

import pytest

from ledger.cli.terminal.failures import REFUSED
from tests.api.village import ANN, BOB, DAN, HILLS, NUMBERS
from tests.api.village_places import CHOIR
from tests.cli.conftest import run
from tests.faces.conftest import DOORS, Asked, Door, Open, Told

ANN_S = NUMBERS[ANN]
OF_ANN = f"number:{ANN_S}"

SEVERAL = {
    "withdrawAllSignUps": (
        Asked(f"/volunteers/{OF_ANN}/sign-ups/withdrawal", {}, ("signup", "withdraw", ANN_S, "--all")),
        ["sign-up-withdrawn", "sign-up-promoted"],
    ),
    "cancelActivityWithShifts": (
        Asked(
            "/activities/露天电影/shifts/cancellation",
            {"reason": "weather"},
            ("activity", "cancel", "露天电影", "--with-shifts", "--reason", "weather"),
        ),
        ["activity-cancelled"],
    ),
    "expireDueRedemptions": (
        Asked("/redemptions/expiry", {}, ("redemption", "expire", "--due")),
        ["redemption-expired"],
    ),
}


def kinds(told: Told) -> list[str]:
    """The kinds of the facts of all items."""
    assert told.code is None, told.document
    return [event["type"] for item in told.document["items"] for event in item["body"]["events"]]


def answer(told: Told) -> Any:
    """An answer without what is each fact's own, and without the id of a request over HTTP."""
    document: Any = copy.deepcopy(told.document)
    for item in document["items"]:
        item["body"].pop("request_id", None)
        for event in item["body"].get("events", ()):
            del event["id"], event["at"], event["cause"]
    return document


@pytest.mark.parametrize("name", SEVERAL)
def test_the_same_facts_follow_at_either_door(door: Door, name: str):
    asked, facts = SEVERAL[name]
    rehearsed = door.do(asked, dry=True)
    assert kinds(rehearsed) == facts
    assert kinds(door.do(asked)) == facts


@pytest.mark.parametrize("dry", [True, False])
@pytest.mark.parametrize("name", SEVERAL)
def test_the_answer_is_the_same_at_either_door(open_door: Open, name: str, dry: bool):
    http, counter = (open_door(kind).do(SEVERAL[name][0], "form-1", dry=dry) for kind in DOORS)
    assert http.document["items"]
    assert answer(counter) == answer(http)
    assert list(counter.document["items"][0]) == list(http.document["items"][0])


def test_what_is_refused_of_several_things_is_told_alike_at_either_door(open_door: Open):
    """The counter told a code and a sentence of its own."""
    asked = Asked(
        f"/activities/{CHOIR}/shifts/cancellation",
        {"reason": "weather"},
        ("activity", "cancel", CHOIR, "--with-shifts", "--reason", "weather"),
    )
    http, counter = open_door("http").do(asked), open_door("counter")
    result = run(*asked.typed, "--json", "--data", counter.folder)
    assert result.exit_code == REFUSED
    assert {item["status"] for item in http.document["items"]} >= {409}
    assert answer(Told(json.loads(result.stdout), None)) == answer(http)


@pytest.mark.parametrize("name", ["withdrawAllSignUps", "expireDueRedemptions"])
def test_what_is_done_is_left_no_more(door: Door, name: str):
    asked, _ = SEVERAL[name]
    door.do(asked)
    assert door.do(asked).document["items"] == []


def test_whom_nobody_knows_gives_nothing_up(door: Door):
    asked = Asked(
        "/volunteers/number:QH404/sign-ups/withdrawal", {}, ("signup", "withdraw", "QH404", "--all")
    )
    assert door.do(asked).code == "not-found"


def test_what_is_due_is_told_with_what_it_is_about(door: Door):
    [item] = door.do(SEVERAL["expireDueRedemptions"][0], dry=True).document["items"]
    assert item["about"] == "red_held"


def test_people_read_whose_redemption_is_due(open_door: Open):
    told = run("redemption", "expire", "--due", "--dry-run", "--data", open_door("counter").folder)
    # Dan has no number to be called by.
    assert f"{DAN}, 茶叶 (red_held)" in told.stdout


NAMED = {
    "leavePost": Asked(
        f"/posts/number:{NUMBERS[BOB]}@organiser/end", {}, ("post", "leave", NUMBERS[BOB], "organiser")
    ),
    "detachOrganisation": Asked(
        "/attachments/石桥 票友社/end", {}, ("organisation", "detach", "石桥 票友社")
    ),
    "endDesignation": Asked(
        "/designations/先进服务队@合唱队/end", {}, ("designation", "end", "先进服务队", "--team", "合唱队")
    ),
    "checkOut": Asked(f"/visits/{OF_ANN}/check-out", {}, ("checkout", ANN_S)),
}


@pytest.mark.parametrize("name", NAMED)
def test_a_thing_is_named_by_what_it_is_about(door: Door, name: str):
    again = f"{name} of what is over"
    assert door.do(NAMED[name]).facts, name
    assert door.do(NAMED[name]).code in {"does-not-hold", "visit-over"}, again


def test_an_organisation_of_a_known_name_is_that_one(door: Door):
    body = {"name": "石桥票友社", "kind": "society", "community": HILLS}
    typed = ("organisation", "attach", body["name"], "--kind", "society", "--community", HILLS)
    assert door.do(Asked("/organisations", body, typed)).fact["organisation"] == "org_opera"
