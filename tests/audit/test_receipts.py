"""Receipts and checkpoints: what is none is refused with a reason, whatever it holds."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.checkpoints import Checkpoint, read_checkpoint, verified_checkpoint
from ledger.audit.cosignatures import cosign, cosigner_key
from ledger.audit.notes import BadNote, VerifierKey, sign, verifier_key
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


@pytest.mark.parametrize("name", ["other", "timebank.", "timebank\u200b", "\uff54imebank", "Timebank"])
def test_a_receipt_of_one_ledger_that_another_signed_was_taken_with_the_keys_of_both(
    name: str, public: VerifierKey
):
    other = Ed25519PrivateKey.generate()
    both = [public, verifier_key(name, other.public_key())]
    note = sign(ONE.text(), name, other)
    for keys in (both, both[::-1]):
        with pytest.raises(BadReceipt, match="nobody who is trusted"):
            verify_receipt(EventReceipt(0, (), note).text(), DATA, keys)
    with pytest.raises(BadReceipt, match="another log"):
        verify_receipt(EventReceipt(0, (), note).text(), DATA, both[1:])


def test_what_others_put_under_a_checkpoint_counts_for_nothing(
    key: Ed25519PrivateKey, public: VerifierKey, receipt: str
):
    other = Ed25519PrivateKey.generate()
    both = [public, verifier_key("other", other.public_key())]
    # Whatever it is, right or wrong: only who has the ledger's name speaks for it.
    right = sign(ONE.text(), "other", other).rpartition("\n\n")[2]
    wrong = sign("other\n", "other", other).rpartition("\n\n")[2]
    for line in (right, wrong):
        assert verify_receipt(receipt + line, DATA, both) == ONE
        assert verified_checkpoint(ONE.signed(key) + line, both) == ONE
    witness = cosigner_key(ORIGIN, other.public_key())
    cosigned = ONE.text() + "\n" + cosign(ONE.text(), ORIGIN, other, 1)
    with pytest.raises(BadNote, match="nobody who is trusted"):
        verified_checkpoint(cosigned, [witness, public])


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
