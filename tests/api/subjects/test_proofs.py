"""Receipts over HTTP: whoever has the key verifies them with a program that is not ours."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ledger.audit import verifier
from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, EVE, HEAD, HILLS, OFFICE

pytestmark = pytest.mark.databases("sqlite")

TEXT = {"Accept": "text/plain"}


class Outsider:
    """Somebody with files, the public key and the verifier, and nothing of ours."""

    def __init__(self, folder: Path, key: str) -> None:
        self._folder, self._key = folder, key
        self._program = folder / "timebank_verify.py"
        self._program.write_bytes(Path(verifier.__file__).read_bytes())

    def says(self, event: str, receipt: str) -> str:
        files = self._folder / "event.json", self._folder / "event.tlog-proof"
        for file, text in zip(files, (event, receipt), strict=True):
            file.write_text(text, "utf-8", newline="")
        words = [sys.executable, "-I", self._program, "receipt", *files, self._key]
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
        return done.stdout.strip() or done.stderr.strip()


@pytest.fixture
def outsider(tmp_path: Path, admin: Client) -> Outsider:
    folder = tmp_path / "outside"
    folder.mkdir()
    return Outsider(folder, admin.get("/audit/key", TEXT).text)


def sign(admin: Client) -> None:
    assert admin.post("/audit/checkpoints").status_code == 201


def test_an_auditor_proves_any_event(as_: Call, outsider: Outsider):
    auditor = as_(Role.AUDITOR)
    told = auditor.read(f"/audit/proofs/{HEAD}")
    assert (told["index"], told["size"]) == (HEAD - 1, HEAD)
    assert auditor.get(f"/audit/proofs/{HEAD}", TEXT).text == told["receipt"]
    assert told["receipt"].split("\n")[2 : 2 + len(told["proof"])] == told["proof"]
    yes = f"yes: this is event {HEAD} of the ledger timebank, of {HEAD} events"
    assert outsider.says(told["event"], told["receipt"]) == yes
    assert outsider.says(told["event"].replace(OFFICE, "stf_nobody") + " ", told["receipt"]).startswith("NO:")


def test_a_receipt_may_be_by_an_older_checkpoint(admin: Client, outsider: Outsider):
    admin.record("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 1})
    sign(admin)
    older = admin.read("/audit/proofs/1", size=HEAD)
    newer = admin.read("/audit/proofs/1")
    assert (older["size"], newer["size"]) == (HEAD, HEAD + 1)
    assert outsider.says(older["event"], older["receipt"]).endswith(f"of {HEAD} events")
    assert problem(admin.get(f"/audit/proofs/{HEAD + 1}", size=HEAD)) == (409, "not-signed")
    refused = admin.get("/audit/proofs/1", size=HEAD - 1)
    assert problem(refused) == (422, "invalid-request")
    assert refused.json()["errors"][0]["parameter"] == "size"


def test_there_is_no_proof_of_what_is_not_there(admin: Client):
    for word in (HEAD + 1, "0", "01", "x", "-1", "9" * 30):
        assert problem(admin.get(f"/audit/proofs/{word}")) == (404, "not-found")


def test_a_volunteer_keeps_what_proves_their_record(as_: Call, admin: Client, outsider: Outsider):
    ann = as_(Role.VOLUNTEER, ANN)
    (fact,) = ann.read("/service-records/rec_ann/receipt")["facts"]
    assert json.loads(fact["event"])["service"]["record"] == "rec_ann"
    assert outsider.says(fact["event"], fact["receipt"]).startswith("yes: this is event 13 ")
    assert problem(as_(Role.VOLUNTEER, BOB).get("/service-records/rec_ann/receipt")) == (404, "not-found")
    assert problem(as_(Role.VOLUNTEER, ANN).get("/audit/proofs/13")) == (403, "forbidden")
    assert problem(as_(Role.COORDINATOR, OFFICE, HILLS).get("/service-records/rec_ann/receipt")) == (
        404,
        "not-found",
    )
    assert problem(admin.get("/service-records/rec_nothing/receipt")) == (404, "not-found")


def test_a_record_s_receipt_tells_all_of_its_facts_or_none(admin: Client, outsider: Outsider):
    admin.record("/service-records/rec_bob/approval", {})
    unsigned = admin.get("/service-records/rec_bob/receipt")
    assert problem(unsigned) == (409, "not-signed")
    assert unsigned.json()["details"] == {"signed": HEAD}
    sign(admin)
    counted = admin.read("/service-records/rec_bob/receipt")
    admin.record("/service-records/rec_bob/reversal", {"reason": "entered-twice"})
    assert problem(admin.get("/service-records/rec_bob/receipt")) == (409, "not-signed")
    sign(admin)
    undone = admin.read("/service-records/rec_bob/receipt")
    assert kinds(counted) == ["service-reported", "service-approved"]
    assert kinds(undone) == [*kinds(counted), "service-reversed"]
    for told in (counted, undone):
        for fact in told["facts"]:
            yes = f"yes: this is event {fact['position']} of the ledger timebank, of {told['size']} events"
            assert outsider.says(fact["event"], fact["receipt"]) == yes


def kinds(told: dict[str, Any]) -> list[str]:
    return [json.loads(fact["event"])["type"] for fact in told["facts"]]


def test_a_receipt_of_nobody_s_checkpoint_proves_nothing(as_: Call, admin: Client, tmp_path: Path):
    told = admin.read(f"/audit/proofs/{HEAD}")
    other = Outsider(tmp_path, "timebank+420f2472+AYl7GU+RXlwiPy4jil17dEit2OVIIbIBbcHXQyOnoWGk")
    assert other.says(told["event"], told["receipt"]) == "NO: the checkpoint is not signed with this key"
    assert as_(Role.VOLUNTEER, EVE).read("/audit/head")["size"] == HEAD
