"""Many writes in one request: one commit, an answer for each, and the whole of it once under a key."""

from typing import Any

import pytest

from ledger.api.batches import BATCH
from ledger.api.bodies import MOST_BYTES
from ledger.api.submitting import MOST_TOGETHER
from ledger.operations.callers import Role
from ledger.store.errors import StoreUnavailable
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


def test_a_batch_held_everybody_who_records_until_all_of_it_was_committed(
    admin: Client, ledger: Any, monkeypatch: pytest.MonkeyPatch
):
    sizes: list[int] = []
    submit = ledger.bank.submit

    def counted(asks: Any) -> Any:
        sizes.append(len(asks))
        return submit(asks)

    monkeypatch.setattr(ledger.bank, "submit", counted)
    assert statuses(send(admin, *[gift(1)] * 100)) == [(201, None)] * 100
    assert sum(sizes) == 100
    assert max(sizes) <= MOST_TOGETHER


def test_what_a_commit_that_failed_held_has_failed_and_the_rest_is_told(
    admin: Client, ledger: Any, monkeypatch: pytest.MonkeyPatch
):
    submit, tries = ledger.bank.submit, iter(range(10))

    class Failed:
        def when_told(self, call: Any) -> None:
            call()

        def result(self) -> Any:
            raise StoreUnavailable("the disk is full", "磁盘空间不足")

    monkeypatch.setattr(ledger.bank, "submit", lambda asks: Failed() if next(tries) == 1 else submit(asks))
    count = 2 * MOST_TOGETHER + 1
    first = statuses(send(admin, *[gift(1)] * count, key="k"))
    failed = slice(MOST_TOGETHER, 2 * MOST_TOGETHER)
    assert first[failed] == [(503, "store-unavailable")] * MOST_TOGETHER
    assert {*first[: failed.start], *first[failed.stop :]} == {(201, None)}
    # Sent again with its key, it is recorded once.
    assert statuses(send(admin, *[gift(1)] * count, key="k")) == [(201, None)] * count
    assert credit(admin, ANN) == 120 - count


def test_a_batch_is_recorded_once_under_its_key(admin: Client):
    first = send(admin, gift(10), APPROVAL, key="monday")
    again = send(admin, gift(10), APPROVAL, key="monday")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert credit(admin, ANN) == 110


def test_a_replayed_batch_was_not_marked_where_something_in_it_is_refused(admin: Client):
    items = gift(10), gift(1000), {"to": "/nowhere"}
    first, again = (send(admin, *items, key="monday") for _ in range(2))
    assert (
        statuses(again) == statuses(first) == [(201, None), (409, "not-enough-credits"), (404, "not-found")]
    )
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    refused = send(admin, gift(1000), key="tuesday")
    assert "idempotency-replayed" not in send(admin, gift(1000), key="tuesday").headers
    assert "idempotency-replayed" not in refused.headers


def test_an_integer_of_5000_digits_in_a_batch_was_a_failure_of_ours(admin: Client):
    raw = b'{"items": [{"to": "/transfers", "body": {"giver": "%s", "receiver": "%s", "minutes": %s}}]}'
    for number in (b"1" * 5_000, b"-" + b"1" * 5_000, b"1e" + b"9" * 5_000, b"1." + b"1" * 5_000):
        response = admin.raw("/batches", raw % (ANN.encode(), BOB.encode(), number))
        assert statuses(response) == [(422, "invalid-request")]


GIFT = b'"giver": "%s", "receiver": "%s", "minutes": 1' % (ANN.encode(), BOB.encode())
LARGE = b" " * 1_000


@pytest.mark.parametrize("space", [b"", LARGE])
def test_a_name_twice_is_refused_in_the_item_that_has_it(admin: Client, space: bytes):
    twice, once = b'{%s"minutes": 2, %s}' % (space, GIFT), b"{%s%s}" % (space, GIFT)
    items = b", ".join(b'{"to": "/transfers", "body": %s}' % body for body in (twice, once, once))
    response = admin.raw("/batches", b'{"items": [%s]}' % items)
    assert statuses(response) == [(422, "invalid-request"), (201, None), (201, None)]


@pytest.mark.parametrize(
    "raw",
    [
        b'{"items": [{"to": "/x"}], "items": [{"to": "/transfers", "body": {%s}}]}',
        b'{"items": [{"to": "/nowhere", "to": "/transfers", "body": {%s}}]}',
        b'{"items": [{"to": "/transfers", "body": {}, "body": {%s}}]}',
        # The same text stands before the body, where it is none.
        b'{"items": [{"to": "/x", "to": "/y", "body": {%s}}, {"to": "/x", "body": {"to": "/x", "to": "/y", %s}}]}',
    ],
)
@pytest.mark.parametrize("space", [b"", LARGE])
def test_a_name_twice_around_the_items_refuses_the_batch(admin: Client, raw: bytes, space: bytes):
    response = admin.raw("/batches", raw.replace(b"%s", space + GIFT))
    assert problem(response) == (422, "invalid-request")
    assert "given twice" in response.json()["detail"]
    assert credit(admin, ANN) == 120


def test_a_batch_looks_into_each_body_by_itself(admin: Client):
    """What is cut out of the batch may be the same text at another place."""
    body = b'{"a": "%s"}' % (b"x" * 200)
    items = (
        b'{"to": "/x", "body": [%s, %s]}' % (body, body),
        b'{"to": "/x", "body": %s}' % body,
        b'{"to": "%s", "body": "%s"}' % (b"x" * 200, b"x" * 200),
        b'{"to": "/transfers", "body": {%s%s}}' % (LARGE, GIFT),
    )
    response = admin.raw("/batches", b'{"items": [%s]}' % b", ".join(items))
    assert [status for status, _ in statuses(response)] == [404, 404, 404, 201]


def test_one_write_is_no_longer_in_a_batch_than_alone(admin: Client):
    body = b"{%s, %s}" % (GIFT, b'"reason": "%s"' % (b"x" * MOST_BYTES))
    assert problem(admin.raw("/transfers", body)) == (413, "body-too-large")
    padded = b"{%s%s}" % (GIFT, b" " * (MOST_BYTES - len(GIFT) - 2))
    items = b", ".join(b'{"to": "/transfers", "body": %s}' % one for one in (body, padded))
    response = admin.raw("/batches", b'{"items": [%s]}' % items)
    assert statuses(response) == [(413, "body-too-large"), (201, None)]
    assert admin.raw("/transfers", padded).status_code == 201


def test_names_that_callers_invent_are_not_told_at_length(admin: Client):
    long = b"n" * 30_000
    for raw in (b'{"%s": 1, "%s": 2}' % (long, long), b'{"%s": 1}' % long):
        response = admin.raw("/transfers", raw)
        assert problem(response) == (422, "invalid-request")
        assert len(response.content) < 1_000


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
