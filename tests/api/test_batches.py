"""Many writes in one request: one commit, an answer for each, and the whole of it once under a key."""

from typing import Any

import pytest

from ledger.api.batches import BATCH
from ledger.api.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, DAN, EVE, HEAD

pytestmark = pytest.mark.databases("sqlite")


def gift(minutes: int, giver: str = ANN, receiver: str = BOB) -> dict[str, Any]:
    return {"to": "/transfers", "body": {"giver": giver, "receiver": receiver, "minutes": minutes}}


APPROVAL = {"to": "/service-records/rec_bob/approval"}


def send(who: Client, *items: dict[str, Any], key: str | None = None, **query: Any) -> Any:
    return who.post("/batches", {"items": list(items)}, key, **query)


def credit(who: Client, volunteer: str) -> int:
    return who.read(f"/volunteers/{volunteer}/balance")["credit_minutes"]


def statuses(response: Any) -> list[tuple[int, str | None]]:
    return [(item["status"], item["body"].get("code")) for item in response.json()["items"]]


@pytest.mark.databases("sqlite", "postgres")
def test_each_item_has_its_own_answer_and_refusals_harm_no_other(admin: Client):
    # The second sees what the first left; Bob can give what the approval brought him.
    response = send(admin, gift(100), gift(100), APPROVAL, gift(80, BOB, EVE), {"to": "/nowhere"})
    assert response.status_code == 201
    assert statuses(response) == [
        (201, None),
        (409, "not-enough-credits"),
        (201, None),
        (201, None),
        (404, "not-found"),
    ]
    items = response.json()["items"]
    assert [items[one]["body"]["position"] for one in (0, 2, 3)] == [HEAD + 1, HEAD + 2, HEAD + 3]
    assert response.headers["ledger-position"] == str(HEAD + 3)
    assert items[1]["body"]["request_id"] == response.headers["x-request-id"]
    assert (credit(admin, ANN), credit(admin, BOB)) == (20, 110)


def test_all_comes_before_the_bank_together(admin: Client, ledger: Any, monkeypatch: pytest.MonkeyPatch):
    sizes: list[int] = []
    submit = ledger.bank.submit

    def counted(asks: Any) -> Any:
        sizes.append(len(asks))
        return submit(asks)

    monkeypatch.setattr(ledger.bank, "submit", counted)
    assert statuses(send(admin, *[gift(1)] * 100)) == [(201, None)] * 100
    assert sizes == [100]


def test_a_batch_is_recorded_once_under_its_key(admin: Client):
    first = send(admin, gift(10), APPROVAL, key="monday")
    again = send(admin, gift(10), APPROVAL, key="monday")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert credit(admin, ANN) == 110


def test_the_same_item_twice_in_a_batch_is_two(admin: Client):
    ids = {
        item["body"]["events"][0]["transfer"]
        for item in send(admin, gift(10), gift(10), key="k").json()["items"]
    }
    assert len(ids) == 2
    assert credit(admin, ANN) == 100


def test_a_key_stands_for_each_item_at_its_place(admin: Client):
    send(admin, gift(10), gift(20), key="monday")
    other = send(admin, gift(10), gift(30), key="monday")
    assert statuses(other) == [(201, None), (422, "key-reused")]
    assert "idempotency-replayed" not in other.headers
    # The key of a single request is another.
    assert admin.post("/transfers", gift(5)["body"], "monday").status_code == 201
    assert credit(admin, ANN) == 85


def test_a_rehearsed_batch_records_nothing(admin: Client):
    response = send(admin, gift(100), gift(100), key="k", dry_run="true")
    assert response.status_code == 200
    assert statuses(response) == [(200, None), (409, "not-enough-credits")]
    assert response.json()["items"][0]["body"]["dry_run"] is True
    assert credit(admin, ANN) == 120
    assert statuses(send(admin, gift(100), key="k")) == [(201, None)]


def test_each_item_asks_who_may_do_it(as_: Call):
    ann = as_(Role.VOLUNTEER, ANN)
    assert statuses(send(ann, gift(10), gift(10, DAN), APPROVAL)) == [
        (201, None),
        (404, "not-found"),
        (403, "forbidden"),
    ]
    office = as_(Role.COORDINATOR)
    assert statuses(send(office, gift(10), gift(10, EVE, ANN))) == [(201, None), (404, "not-found")]
    assert problem(send(as_(Role.AUDITOR), gift(10))) == (403, "forbidden")
    assert problem(send(as_(), gift(10))) == (401, "unauthenticated")


def test_where_nothing_is_recorded_nothing_is_created(admin: Client):
    response = send(admin, gift(1000))
    assert (response.status_code, statuses(response)) == (200, [(409, "not-enough-credits")])
    assert "ledger-position" not in response.headers


def test_what_is_wrong_in_an_item_is_pointed_at_there(admin: Client):
    response = send(admin, gift(0), gift(10))
    assert statuses(response) == [(422, "invalid-request"), (201, None)]
    assert response.json()["items"][0]["body"]["errors"][0]["pointer"] == "/minutes"


@pytest.mark.parametrize("items", [[], [gift(1)] * 501, [{"body": {}}], [{"to": 5}]])
def test_a_batch_holds_one_to_five_hundred_writes(admin: Client, items: list[Any]):
    assert problem(admin.post("/batches", {"items": items})) == (422, "invalid-request")


def test_items_have_no_query_and_no_prefix(admin: Client):
    for to in ("/transfers?dry_run=true", "/api/v1/transfers", "transfers", "/volunteers/vol_ann/balance"):
        assert statuses(send(admin, {**gift(10), "to": to})) == [(404, "not-found")]


def test_its_example_works(admin: Client):
    body: Any = BATCH.example["body"]
    assert statuses(send(admin, *body["items"])) == [(201, None), (201, None)]
