"""Transfers, donations and grants, and the pools between them."""

from typing import Any

import pytest

from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, EVE, FAY, HEAD, HILLS, OFFICE, VALLEY

pytestmark = pytest.mark.databases("sqlite")


def credit(who: Client, volunteer: str) -> int:
    return who.read(f"/volunteers/{volunteer}/balance")["credit_minutes"]


def pool(who: Client, community: str = VALLEY) -> int:
    return who.read(f"/communities/{community}/pool")["credit_minutes"]


@pytest.mark.databases("sqlite", "postgres")
def test_what_is_donated_lies_in_the_pool_and_is_granted_out_of_it(admin: Client):
    assert pool(admin) == 60
    donated = admin.record("/donations", {"giver": ANN, "community": VALLEY, "minutes": 40})
    assert donated["events"][0]["type"] == "credits-donated"
    assert (pool(admin), credit(admin, ANN)) == (100, 80)
    granted = admin.record("/grants", {"community": VALLEY, "receiver": EVE, "minutes": 70})
    assert granted["events"][0]["receiver"] == EVE
    assert (pool(admin), credit(admin, EVE)) == (30, 130)
    assert admin.read(f"/communities/{VALLEY}/pool")["position"] == HEAD + 2


def test_spending_is_refused_as_the_rules_say(admin: Client):
    for path, body, expected in (
        ("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 121}, (409, "not-enough-credits")),
        ("/transfers", {"giver": ANN, "receiver": ANN, "minutes": 1}, (409, "same-account")),
        ("/transfers", {"giver": ANN, "receiver": FAY, "minutes": 1}, (409, "not-in-good-standing")),
        ("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 0}, (422, "invalid-request")),
        ("/donations", {"giver": ANN, "community": "com_nowhere", "minutes": 1}, (404, "unknown-community")),
        ("/grants", {"community": VALLEY, "receiver": ANN, "minutes": 61}, (409, "not-enough-credits")),
        ("/grants", {"community": VALLEY, "receiver": "vol_nobody", "minutes": 1}, (409, "not-registered")),
    ):
        assert problem(admin.post(path, body)) == expected


def test_a_key_gives_the_first_answer_again(admin: Client):
    body = {"giver": ANN, "receiver": BOB, "minutes": 10}
    first, again = (admin.post("/transfers", body, "once") for _ in range(2))
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert credit(admin, ANN) == 110
    assert problem(admin.post("/transfers", {**body, "minutes": 11}, "once")) == (422, "key-reused")


def test_a_rehearsal_moves_nothing(admin: Client):
    body = {"giver": ANN, "receiver": BOB, "minutes": 10}
    response = admin.post("/transfers", body, dry_run="true")
    assert (response.status_code, response.json()["dry_run"]) == (200, True)
    assert credit(admin, ANN) == 120
    refused = admin.post("/transfers", {**body, "minutes": 1000}, dry_run="true")
    assert problem(refused) == (409, "not-enough-credits")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/transfers", {"giver": BOB, "receiver": ANN, "minutes": 1}),
        ("/donations", {"giver": BOB, "community": VALLEY, "minutes": 1}),
    ],
)
def test_a_volunteer_gives_only_their_own(as_: Call, path: str, body: Any):
    ann = as_(Role.VOLUNTEER, ANN)
    assert problem(ann.post(path, body)) == (404, "not-found")
    assert ann.post(
        path, {**body, "giver": ANN, **({"receiver": BOB} if "receiver" in body else {})}
    ).is_success


def test_an_office_grants_out_of_its_own_pool_alone(as_: Call):
    body = {"community": VALLEY, "receiver": ANN, "minutes": 1}
    assert problem(as_(Role.VOLUNTEER, ANN).post("/grants", body)) == (403, "forbidden")
    assert problem(as_(Role.AUDITOR).post("/grants", body)) == (403, "forbidden")
    assert problem(as_(Role.COORDINATOR, OFFICE, HILLS).post("/grants", body)) == (404, "not-found")
    assert as_(Role.COORDINATOR).post("/grants", body).status_code == 201


def test_who_sees_a_pool(as_: Call):
    path = f"/communities/{VALLEY}/pool"
    assert pool(as_(Role.AUDITOR)) == pool(as_(Role.COORDINATOR)) == 60
    assert pool(as_(Role.AUDITOR), HILLS) == 0
    assert problem(as_(Role.COORDINATOR, OFFICE, HILLS).get(path)) == (404, "not-found")
    assert problem(as_(Role.VOLUNTEER, ANN).get(path)) == (403, "forbidden")
    assert problem(as_(Role.ADMIN).get("/communities/com_nowhere/pool")) == (404, "not-found")
