"""What is done to several things at once, and what is named by what it is about, is the same at either door."""

from typing import Any

import pytest

from tests.api.village import ANN, BOB, DAN, HILLS, NUMBERS
from tests.faces.conftest import Asked, Door, Told

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
    """The kinds of the facts of all items, whose answers stand in a body over HTTP."""
    assert told.code is None, told.document
    answers: list[Any] = [item.get("body", item) for item in told.document["items"]]
    return [event["type"] for answer in answers for event in answer["events"]]


@pytest.mark.parametrize("name", SEVERAL)
def test_the_same_facts_follow_at_either_door(door: Door, name: str):
    asked, facts = SEVERAL[name]
    rehearsed = door.do(asked, dry=True)
    assert kinds(rehearsed) == facts
    assert kinds(door.do(asked)) == facts


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
    # Dan has no number to be called by.
    assert item.get("about") == "red_held" or (item["id"], item["name"]) == (
        "red_held",
        f"{DAN}, 茶叶 (red_held)",
    )


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
