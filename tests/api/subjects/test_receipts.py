"""Receipts: what a write made, by name, and where that can be read."""

import re
from typing import Any

import pytest

from ledger.api.locations import PLACES
from ledger.api.routes import PREFIX
from ledger.api.table import READS, WRITES
from ledger.operations.callers import Role
from ledger.operations.outcomes import name_of
from tests.api.asking import Asking
from tests.api.conftest import Call, Client, problem, token
from tests.api.contract.test_examples import path_of
from tests.api.village import ANN, BOB

pytestmark = pytest.mark.databases("sqlite")


@pytest.mark.parametrize(
    "write",
    [write for write in WRITES if write.operation.made and "check-out" not in write.path],
    ids=lambda one: one.name,
)
def test_every_write_tells_the_ids_that_it_made(admin: Client, write: Any):
    answered = admin.post(path_of(write), write.example["body"])
    made, events = answered.json()["made"], answered.json()["events"]
    assert made
    assert set(made) == {
        name_of(path) for path in write.operation.made if path != "place.assignment" or made.get("assignment")
    }
    assert all(f'"{identifier}"' in answered.text.partition('"events"')[2] for identifier in made.values())
    assert events
    where = answered.headers.get("location")
    assert (where is not None) == any(name in PLACES for name in made)
    if where is not None:
        found = admin.read(where.removeprefix(PREFIX))
        assert found["id"] in made.values()


def test_places_are_where_reads_are():
    reads = {read.path for read in READS}
    for name, place in PLACES.items():
        assert any(re.fullmatch(re.escape(place) + rf"\{{{name}\}}", path) for path in reads), name
    made = {name_of(path) for write in WRITES for path in write.operation.made}
    assert set(PLACES) <= made
    for name in made - PLACES.keys():
        assert not any(path.endswith(f"/{{{name}}}") for path in reads), name


def test_a_replay_tells_the_same_ids(admin: Client):
    body = {"giver": ANN, "receiver": BOB, "minutes": 5}
    first, again = (admin.post("/transfers", body, key="gift") for _ in range(2))
    assert first.json()["made"]["transfer"].startswith("tra_")
    assert first.content == again.content
    assert again.headers["idempotency-replayed"] == "true"


def test_a_batch_tells_what_each_write_made(admin: Client):
    body = {"giver": ANN, "receiver": BOB, "minutes": 5}
    items = [{"to": "/transfers", "body": body}, {"to": "/transfers", "body": {**body, "minutes": 1_000_000}}]
    made, refused = admin.record("/batches", {"items": items})["items"]
    assert made["body"]["made"]["transfer"].startswith("tra_")
    assert "made" not in refused["body"]


def test_a_dry_run_has_no_location(admin: Client):
    body = {"community": "com_valley"}
    told = admin.post("/volunteers", body, dry_run="true")
    assert told.status_code == 200, told.text
    assert "location" not in told.headers


def test_what_needs_no_body_is_sent_without_one(as_: Call, client: Asking):
    optional = next(write for write in WRITES if write.name == "closeOffer")
    path = f"{PREFIX}{path_of(optional)}"
    assert not optional.operation.needs_body
    bearer = {"Authorization": f"Bearer {token(Role.ADMIN, 'stf_office')}"}
    response = client.post(path, headers=bearer)
    assert response.status_code == 201, response.text


def test_what_needs_a_body_says_so(client: Asking):
    bearer = {"Authorization": f"Bearer {token(Role.ADMIN, 'stf_office')}"}
    response = client.post(f"{PREFIX}/transfers", headers=bearer)
    assert (response.status_code, response.json()["code"]) == (415, "unsupported-media-type")


def test_what_may_be_null_need_not_be_sent(admin: Client):
    write = next(write for write in WRITES if write.name == "publishActivity")
    body: Any = write.example["body"]
    said = {name: value for name, value in body["activity"].items() if value is not None}
    for name in ("campaign", "programme", "audience", "in_charge", "venue"):
        said.pop(name, None)
    made = admin.record("/activities", {**body, "activity": said})["made"]["activity"]
    assert admin.read(f"/activities/{made}")["campaign"] is None


def test_a_key_is_its_callers_own_and_only_what_is_recorded_uses_it_up(as_: Call, admin: Client):
    body = {"giver": ANN, "receiver": BOB, "minutes": 5}
    assert admin.post("/transfers", {**body, "minutes": 1_000_000}, key="gift").status_code == 409
    recorded = admin.record("/transfers", body, key="gift")
    told = admin.post("/transfers", body, key="gift", dry_run="true")
    assert (told.status_code, told.json()["events"]) == (200, recorded["events"])
    assert problem(admin.post("/transfers", {**body, "minutes": 6}, key="gift")) == (422, "key-reused")
    others = as_(Role.VOLUNTEER, ANN).record("/transfers", body, key="gift")
    assert others["made"] != recorded["made"]
