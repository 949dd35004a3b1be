"""Checkpoints over HTTP: signed by the server, told as they are, and held against each other."""

from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import pytest

from ledger.api.server.metrics import Metrics
from ledger.api.state import open_api
from ledger.api.tokens import Verifier
from ledger.audit.checkpoints import Checkpoint, verified_checkpoint
from ledger.audit.notes import read_verifier_key
from ledger.bootstrap import Ledger, open_for_reading
from ledger.operations.callers import Role
from ledger.settings import Settings
from ledger.store.merkle import verify_consistency
from tests.api.asking import Asking
from tests.api.conftest import KEY, TERMS, Call, Client, application, problem, token
from tests.api.village import ANN, BOB, HEAD, OFFICE

pytestmark = pytest.mark.databases("sqlite")

TEXT = {"Accept": "text/plain"}
GIFT = {"giver": ANN, "receiver": BOB, "minutes": 1}


def checkpoint(admin: Client, note: str) -> Checkpoint:
    return verified_checkpoint(note, [read_verifier_key(admin.read("/audit/key")["verifier_key"])])


def sign(admin: Client) -> dict[str, Any]:
    response = admin.post("/audit/checkpoints")
    assert response.status_code == 201, response.text
    assert response.headers["location"] == f"/api/v1/audit/checkpoints/{response.json()['size']}"
    return response.json()


@pytest.mark.databases("sqlite", "postgres")
def test_the_head_is_signed_once_until_something_is_recorded(admin: Client):
    first = sign(admin)
    assert sign(admin) == first
    assert first["size"] == HEAD
    admin.record("/transfers", GIFT)
    second = sign(admin)
    assert second["size"] == HEAD + 1
    assert checkpoint(admin, second["checkpoint"]).size == HEAD + 1
    assert admin.read("/audit/checkpoints")["items"] == [second, first]


@pytest.mark.databases("sqlite", "postgres")
def test_a_row_that_is_no_checkpoint_barred_signing_and_was_no_answer(admin: Client, ledger: Ledger):
    first = sign(admin)
    with ledger.log.store.begin() as connection:
        gone = "" if ledger.log.store.embedded else " ON checkpoint"
        connection.exec_driver_sql(f"DROP TRIGGER checkpoint_insert{gone}")
        connection.exec_driver_sql("INSERT INTO checkpoint VALUES (1000000000, 'junk'), (1, 'junk')")
    assert admin.read("/audit/head")["signed"] == first["size"]
    assert admin.read("/audit/checkpoints/latest")["size"] == first["size"]
    admin.record("/transfers", GIFT)
    second = sign(admin)
    assert admin.read("/audit/checkpoints")["items"] == [second, first]
    for size in (1, 1_000_000_000):
        assert admin.get(f"/audit/checkpoints/{size}").status_code == 404


def test_the_head_is_told_with_how_much_of_it_is_signed(admin: Client):
    admin.record("/transfers", GIFT)
    head = admin.read("/audit/head")
    assert (head["position"], head["size"], head["signed"]) == (HEAD + 1, HEAD + 1, HEAD)
    signed = checkpoint(admin, sign(admin)["checkpoint"])
    assert (signed.origin, signed.root) == (head["origin"], b64decode(head["root"]))


def test_what_signing_changes_is_not_answered_from_before(admin: Client):
    """To sign moves no position: neither memory nor an ETag may tell of the time before."""
    admin.record("/transfers", GIFT)
    before = {
        path: admin.get(path) for path in ("/audit/head", "/audit/checkpoints", "/audit/checkpoints/latest")
    }
    proof = admin.get(f"/audit/proofs/{HEAD + 1}")
    assert problem(proof) == (409, "not-signed")
    sign(admin)
    for path, first in before.items():
        again = admin.get(path, {"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.headers["ledger-position"]) == (
            200,
            first.headers["ledger-position"],
        )
        assert again.json() != first.json()
    assert admin.get(f"/audit/proofs/{HEAD + 1}").status_code == 200
    known = admin.get("/audit/head")
    assert admin.get("/audit/head", {"If-None-Match": known.headers["etag"]}).status_code == 304


def test_a_checkpoint_is_had_by_its_size_and_as_a_file(admin: Client):
    admin.record("/transfers", GIFT)
    signed = sign(admin)
    told = {**signed, "position": HEAD + 1}
    assert admin.read("/audit/checkpoints/latest") == admin.read(f"/audit/checkpoints/{HEAD + 1}") == told
    file = admin.get("/audit/checkpoints/latest", TEXT)
    assert file.content.decode() == signed["checkpoint"]
    assert file.headers["content-type"] == "text/plain; charset=utf-8"
    assert file.headers["vary"] == "Accept, Authorization, Accept-Language"
    known = {"If-None-Match": file.headers["etag"]}
    assert admin.get("/audit/checkpoints/latest", {**TEXT, **known}).status_code == 304
    assert admin.get("/audit/checkpoints/latest", known).status_code == 200
    either = {"Accept": "application/json, text/plain, */*"}
    assert admin.get("/audit/checkpoints/latest", either).json() == told
    for word in (HEAD - 1, f"0{HEAD}", "last", "0", "-1", "9" * 40, "٥"):
        assert problem(admin.get(f"/audit/checkpoints/{word}")) == (404, "not-found")


def test_checkpoints_come_in_pages_the_newest_first(admin: Client):
    sizes = [sign(admin)["size"] for _ in range(4) if admin.record("/transfers", GIFT)]
    first = admin.read("/audit/checkpoints", limit=2)
    rest = admin.read("/audit/checkpoints", cursor=first["next_cursor"])
    assert [one["size"] for one in (*first["items"], *rest["items"])] == [*sizes[::-1], HEAD]
    assert rest["next_cursor"] is None


@pytest.mark.parametrize(
    ("older", "newer"), [(1, 1), (1, HEAD), (7, 40), (32, HEAD), (HEAD - 1, HEAD), (HEAD, HEAD)]
)
def test_one_log_is_shown_to_begin_a_longer_one(admin: Client, older: int, newer: int):
    told = admin.read("/audit/consistency", **{"from": older, "to": newer})
    proof = [b64decode(one) for one in told["proof"]]
    verify_consistency(older, newer, proof, b64decode(told["from_root"]), b64decode(told["to_root"]))
    assert (told["from"], told["to"]) == (older, newer)


def test_a_parameter_that_is_needed_and_left_out_with_all_others_was_an_internal_error(admin: Client):
    response = admin.get("/audit/consistency")
    assert problem(response) == (422, "invalid-request")
    assert [one["parameter"] for one in response.json()["errors"]] == ["from"]


def test_without_an_end_consistency_is_with_all_there_are(admin: Client):
    told = admin.read("/audit/consistency", **{"from": 5})
    assert (told["to"], told["to_root"]) == (HEAD, admin.read("/audit/head")["root"])


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"from": 0}, "from"),
        ({"from": 2**63}, "from"),
        ({"from": 1, "to": 2**63 - 1}, "to"),
        ({"from": 1, "to": HEAD + 1}, "to"),
        ({"from": 9, "to": 8}, "from"),
        ({"from": "x"}, "from"),
    ],
)
def test_sizes_that_no_tree_has_are_pointed_at(admin: Client, asked: dict[str, Any], parameter: str):
    response = admin.get("/audit/consistency", **asked)
    assert problem(response) == (422, "invalid-request")
    assert [one["parameter"] for one in response.json()["errors"]] == [parameter]


def test_the_key_is_had_as_a_file(admin: Client):
    assert admin.get("/audit/key", TEXT).text == admin.read("/audit/key")["verifier_key"]


def test_only_the_office_signs_and_only_what_it_says(as_: Call, admin: Client):
    for role in set(Role) - {Role.ADMIN}:
        caller = as_(role, ANN if role is Role.VOLUNTEER else OFFICE)
        assert problem(caller.post("/audit/checkpoints")) == (403, "forbidden")
    asked = admin.post("/audit/checkpoints", dry_run="true")
    assert problem(asked) == (422, "invalid-request")
    assert asked.json()["detail"] == "dry_run: signing takes no parameter"
    assert problem(admin.post("/audit/checkpoints", {"size": 3})) == (422, "invalid-request")
    assert admin.post("/audit/checkpoints", {}).status_code == 201


def test_a_log_that_was_changed_is_not_signed(admin: Client, ledger: Ledger):
    admin.record("/transfers", GIFT)
    with ledger.log.store.begin() as connection:
        connection.exec_driver_sql("UPDATE tree_node SET hash = 'AAAA' WHERE number = 3 AND level = 0")
    refused = admin.post("/audit/checkpoints")
    assert problem(refused) == (409, "signing-refused")
    assert "are not those that were signed" in refused.json()["detail"]


@pytest.fixture
def keyless(ledger: Ledger) -> Iterator[Client]:
    """The office, where nobody said where the key is."""
    settings = Settings(ledger.settings.ledger, ledger.settings.directory)
    object.__setattr__(ledger, "settings", settings)
    api = open_api(ledger, Verifier(KEY.public_key(), TERMS), Metrics())
    served = application()
    served.app.state.api = served.api = api
    with Asking(served) as client:
        yield Client(client, token(Role.ADMIN, "stf_office"))
    api.close()


def test_without_a_key_nothing_is_signed(keyless: Client):
    assert problem(keyless.get("/audit/key")) == (503, "no-checkpoint-key")
    assert problem(keyless.post("/audit/checkpoints")) == (503, "no-checkpoint-key")


def test_a_lost_key_is_not_made_anew_by_the_server(admin: Client, ledger: Ledger):
    """A new one could not sign on, and stood where the old one is put back."""
    sign(admin)
    key = ledger.settings.checkpoint_key_file()
    kept = key.read_bytes()
    key.unlink()
    assert problem(admin.post("/audit/checkpoints")) == (503, "no-checkpoint-key")
    assert not key.exists()
    key.write_bytes(kept)
    sign(admin)


def test_a_server_that_only_reads_signs_nothing(ledger: Ledger):
    with open_for_reading(ledger.settings) as looked_at:
        api = open_api(looked_at, Verifier(KEY.public_key(), TERMS), Metrics(), read_only=True)
        served = application()
        served.app.state.api = served.api = api
        with Asking(served) as client:
            reader = Client(client, token(Role.ADMIN, "stf_office"))
            assert problem(reader.post("/audit/checkpoints")) == (503, "read-only")
            assert reader.read("/audit/head")["signed"] == HEAD
        api.close()
