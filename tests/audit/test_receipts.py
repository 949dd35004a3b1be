"""Receipts and checkpoints: what is none is refused with a reason, whatever it holds."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.checkpoints import Checkpoint, read_checkpoint, verified_checkpoint
from ledger.audit.notes import BadNote, VerifierKey, sign
from ledger.audit.receipts import BadReceipt, EventReceipt, read_receipt, verify_receipt
from ledger.store.leaves import event_hash
from tests.audit.conftest import ORIGIN

DATA = '{"type":"ledger-opened"}'
ONE = Checkpoint(ORIGIN, 1, event_hash(ORIGIN, 1, DATA))


@pytest.fixture
def receipt(key: Ed25519PrivateKey) -> str:
    return EventReceipt(0, (), ONE.signed(key)).text()


def test_a_log_of_one_event_needs_no_hashes(receipt: str, public: VerifierKey):
    assert verify_receipt(receipt, DATA, [public]) == ONE
    assert verify_receipt(receipt.replace("@v1\n", "@v1\nextra 5L2g\n"), DATA, [public]) == ONE


@pytest.mark.parametrize("root", ["", "AAAA", "\u6df1", "=", "LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm56=="])
def test_a_checkpoint_without_a_root_was_a_traceback(root: str):
    with pytest.raises(BadNote, match="no root"):
        read_checkpoint(f"{ORIGIN}\n1\n{root}\n")


@pytest.mark.parametrize("text", ["", "x\n", "x\n01\nAAAA\n", "x\n-1\nAAAA\n", "\n1\nAAAA\n"])
def test_what_is_no_checkpoint_is_refused(text: str):
    with pytest.raises(BadNote, match="no checkpoint"):
        read_checkpoint(text)


def test_a_checkpoint_of_another_ledger_is_refused(key: Ed25519PrivateKey, public: VerifierKey):
    other = sign(ONE._replace(origin="other").text(), ORIGIN, key)
    with pytest.raises(BadNote, match="another log"):
        verified_checkpoint(other, [public])


@pytest.mark.parametrize("line", ["AAAA", "\u6df1", "=", " "])
def test_a_line_of_a_proof_that_is_no_hash_was_a_traceback(line: str, receipt: str):
    with pytest.raises(BadReceipt, match="no hash"):
        read_receipt(receipt.replace("index 0\n", f"index 0\n{line}\n"))


@pytest.mark.parametrize(
    "head",
    ["", "c2sp.org/tlog-proof@v2\nindex 0", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\nindex 00"],
)
def test_what_is_no_receipt_is_refused(head: str, receipt: str):
    with pytest.raises(BadReceipt, match="no receipt"):
        read_receipt(head + receipt[receipt.index("\n\n") :])
    with pytest.raises(BadReceipt, match="no receipt"):
        read_receipt(head)
