"""Offers and what becomes of the redemptions of them, over HTTP."""

from typing import Any

import pytest

from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, DAN, EVE, HILLS, OFFICE, TEA, TOUR, VALLEY, VILLAGE

pytestmark = pytest.mark.databases("sqlite")


def ids(listed: Any) -> list[str]:
    return [one["id"] for one in listed["items"]]


def items(who: Client, offer: str = TEA) -> tuple[int, int, int]:
    found = who.read(f"/offers/{offer}")
    return found["free"], found["held"], found["fulfilled"]


def credit(who: Client, volunteer: str) -> int:
    return who.read(f"/volunteers/{volunteer}/balance")["credit_minutes"]


def redeem(who: Client, volunteer: str, number: int = 1, offer: str = TEA) -> str:
    placed = who.record("/redemptions", {"offer": offer, "volunteer": volunteer, "items": number})
    return placed["events"][0]["redemption"]


@pytest.mark.databases("sqlite", "postgres")
def test_an_offer_is_published_restocked_and_closed(admin: Client):
    body = {"name": "电影票", "kind": "ticket", "price": 60, "stock": 2, "community": VALLEY}
    first, again = (admin.post("/offers", body, "poster") for _ in range(2))
    assert first.content == again.content
    offer = first.json()["events"][0]["offer"]
    assert items(admin, offer) == (2, 0, 0)
    admin.record(f"/offers/{offer}/stock", {"items": 3})
    assert items(admin, offer) == (5, 0, 0)
    admin.record(f"/offers/{offer}/closure")
    assert admin.read(f"/offers/{offer}")["closed"] is True
    assert problem(admin.post(f"/offers/{offer}/stock", {"items": 3})) == (409, "offer-over")
    assert problem(admin.post("/offers", {**body, "price": 61}, "poster")) == (422, "key-reused")


def test_everybody_is_told_of_offers(as_: Call, admin: Client):
    ann = as_(Role.VOLUNTEER, ANN)
    assert ids(ann.read("/offers")) == ids(as_(Role.AUDITOR).read("/offers")) == [TEA, TOUR]
    assert ids(ann.read("/offers", community=VALLEY)) == [TEA, TOUR]
    assert ids(ann.read("/offers", on="2019-12-31")) == []
    admin.record(f"/offers/{TEA}/closure")
    assert ids(ann.read("/offers", on="2026-03-01")) == [TOUR]
    assert ann.read(f"/offers/{TOUR}")["community"] is None
    assert problem(ann.get("/offers/off_none")) == (404, "not-found")
    first = ann.read("/offers", limit=1)
    assert ids(ann.read("/offers", cursor=first["next_cursor"])) == [TOUR]


def test_offers_are_listed_by_community_with_all_beneath_it_and_those_of_the_whole(as_: Call, admin: Client):
    ann = as_(Role.VOLUNTEER, ANN)
    body = {"name": "书", "kind": "goods", "price": 10, "stock": 1, "community": VILLAGE}
    book = admin.record("/offers", body)["events"][0]["offer"]
    assert set(ids(ann.read("/offers", community=VILLAGE))) == {book, TOUR}
    assert set(ids(ann.read("/offers", community=VALLEY))) == {book, TEA, TOUR}
    assert ids(ann.read("/offers", community=HILLS)) == [TOUR]
    dan = as_(Role.VOLUNTEER, DAN)
    # What is listed for everybody can be redeemed by everybody.
    assert dan.post("/redemptions", {"offer": TOUR, "volunteer": DAN}).status_code == 201


def test_an_office_publishes_its_own_offers_alone(as_: Call):
    office, hills = as_(Role.COORDINATOR), as_(Role.COORDINATOR, OFFICE, HILLS)
    body = {"name": "书", "kind": "goods", "price": 10, "stock": 1}
    assert problem(office.post("/offers", body)) == (404, "not-found")
    assert problem(office.post("/offers", {**body, "community": HILLS})) == (404, "not-found")
    assert office.post("/offers", {**body, "community": VALLEY}).status_code == 201
    assert as_(Role.INTEGRATION).post("/offers", body).status_code == 201
    for path, more in ((f"/offers/{TEA}/stock", {"items": 1}), (f"/offers/{TEA}/closure", {})):
        assert problem(hills.post(path, more)) == (404, "not-found")
        assert problem(as_(Role.VOLUNTEER, ANN).post(path, more)) == (403, "forbidden")
        assert problem(as_(Role.AUDITOR).post(path, more)) == (403, "forbidden")
        assert office.post(path, more).status_code == 201
    assert problem(office.post(f"/offers/{TOUR}/closure")) == (404, "not-found")
    assert problem(as_(Role.ADMIN).post("/offers/off_none/closure")) == (404, "unknown-offer")


@pytest.mark.databases("sqlite", "postgres")
def test_minutes_are_held_spent_and_brought_back(as_: Call, admin: Client):
    ann = as_(Role.VOLUNTEER, ANN)
    before = items(admin)
    redemption = redeem(ann, ANN, 3)
    assert ann.read(f"/redemptions/{redemption}")["state"] == "placed"
    assert (credit(ann, "me"), items(admin)) == (30, (before[0] - 3, before[1] + 3, before[2]))
    assert problem(ann.post(f"/redemptions/{redemption}/fulfilment")) == (403, "forbidden")
    admin.record(f"/redemptions/{redemption}/fulfilment")
    assert items(admin) == (before[0] - 3, before[1], before[2] + 3)
    assert problem(ann.post(f"/redemptions/{redemption}/cancellation", {"reason": "changed-mind"})) == (
        409,
        "already-settled",
    )
    admin.record(f"/redemptions/{redemption}/return", {"reason": "damaged"})
    assert (credit(ann, "me"), items(admin)) == (120, before)
    assert ann.read(f"/redemptions/{redemption}")["state"] == "returned"


def test_a_volunteer_gives_up_their_own(as_: Call):
    ann = as_(Role.VOLUNTEER, ANN)
    redemption = redeem(ann, ANN)
    assert problem(ann.post("/redemptions/red_held/cancellation", {"reason": "x"})) == (404, "not-found")
    assert problem(ann.post(f"/redemptions/{redemption}/cancellation")) == (422, "invalid-request")
    assert ann.post(f"/redemptions/{redemption}/cancellation", {"reason": "ill"}).status_code == 201
    assert credit(ann, "me") == 120


def test_a_hold_is_released_once_its_time_is_over(admin: Client):
    redemption = redeem(admin, ANN)
    assert problem(admin.post(f"/redemptions/{redemption}/expiry")) == (409, "not-expired-yet")
    before = credit(admin, DAN)
    admin.record("/redemptions/red_held/expiry")
    assert credit(admin, DAN) == before + 30


def test_what_the_rules_refuse(admin: Client):
    body = {"offer": TEA, "volunteer": ANN}
    for more, expected in (
        ({"items": 8}, (409, "out-of-stock")),
        ({"items": 5}, (409, "not-enough-credits")),
        ({"items": 0}, (422, "invalid-request")),
        ({"offer": "off_none"}, (404, "unknown-offer")),
        ({"volunteer": "vol_fay"}, (409, "not-in-good-standing")),
        ({"redemption": "red_mine"}, (422, "invalid-request")),
    ):
        assert problem(admin.post("/redemptions", {**body, **more})) == expected
    assert problem(admin.post("/redemptions/red_none/fulfilment")) == (404, "unknown-redemption")
    assert problem(admin.post("/redemptions/red_held/return", {"reason": "x"})) == (409, "not-fulfilled")


def test_a_rehearsal_holds_nothing(admin: Client):
    before = items(admin)
    response = admin.post("/redemptions", {"offer": TEA, "volunteer": ANN}, "once", dry_run="true")
    assert (response.status_code, response.json()["dry_run"]) == (200, True)
    assert (items(admin), credit(admin, ANN)) == (before, 120)


def test_who_redeems_and_reads_for_whom(as_: Call):
    ann, hills = as_(Role.VOLUNTEER, ANN), as_(Role.COORDINATOR, OFFICE, HILLS)
    assert problem(ann.post("/redemptions", {"offer": TEA, "volunteer": BOB})) == (404, "not-found")
    assert problem(hills.post("/redemptions", {"offer": TEA, "volunteer": BOB})) == (404, "not-found")
    assert problem(ann.get("/redemptions/red_held")) == (404, "not-found")
    assert problem(ann.get("/redemptions")) == (403, "forbidden")
    assert problem(as_(Role.ADMIN).get("/redemptions/red_none")) == (404, "not-found")
    assert problem(as_(Role.AUDITOR).post("/redemptions/red_held/fulfilment")) == (403, "forbidden")
    assert as_(Role.AUDITOR).read("/redemptions/red_held")["volunteer"] == DAN


@pytest.mark.databases("sqlite", "postgres")
def test_both_offices_know_of_what_somebody_from_elsewhere_redeems(as_: Call, admin: Client):
    valley, hills = as_(Role.COORDINATOR), as_(Role.COORDINATOR, OFFICE, HILLS)
    assert ids(hills.read("/redemptions")) == []
    assert ids(valley.read("/redemptions")) == ["red_done", "red_held"]
    tea, tour = redeem(hills, EVE), redeem(admin, ANN, offer=TOUR)
    assert ids(hills.read("/redemptions")) == [tea]
    assert set(ids(valley.read("/redemptions"))) == {"red_done", "red_held", tea, tour}
    assert hills.read(f"/redemptions/{tea}")["id"] == tea
    assert problem(hills.post(f"/redemptions/{tour}/fulfilment")) == (404, "not-found")
    # Who has the goods hands them over.
    assert valley.post(f"/redemptions/{tea}/fulfilment").status_code == 201


def test_redemptions_are_asked_for_by_offer_and_state(as_: Call, admin: Client):
    tour = redeem(admin, ANN, offer=TOUR)
    for who in (admin, as_(Role.COORDINATOR)):
        assert ids(who.read("/redemptions", state="placed", offer=TEA)) == ["red_held"]
        assert ids(who.read("/redemptions", offer=TOUR)) == [tour]
        assert ids(who.read("/redemptions", volunteer=ANN)) == [tour]
        assert ids(who.read("/redemptions", volunteer="number:QH0001", offer=TEA)) == []
        assert ids(who.read("/redemptions", state="fulfilled")) == ["red_done"]
        first = who.read("/redemptions", limit=2)
        assert len(ids(who.read("/redemptions", cursor=first["next_cursor"]))) == 1
    assert problem(admin.get("/redemptions", state="lost")) == (422, "invalid-request")
