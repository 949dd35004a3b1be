"""A checkpoint is signed only of a log that extends the last one."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ledger.audit import signing
from ledger.audit.checkpoints import verified_checkpoint
from ledger.audit.notes import VerifierKey
from ledger.audit.receipts import BadReceipt, EventReceipt, verify_receipt
from ledger.audit.signing import NotSigned, latest_note, notes, sign_head
from ledger.store.log import between
from ledger.store.merkle import inclusion_proof
from projections.tree import Tree
from tests.audit.conftest import ORIGIN
from tests.projections.book import ANN, BOB, Book
from tests.projections.running.test_checking import unguarded


def signed(book: Book, key: Ed25519PrivateKey) -> str:
    return sign_head(book.ledger.log, book.views.tree, ORIGIN, key)


def test_each_checkpoint_extends_the_one_before(book: Book, key: Ed25519PrivateKey, public: VerifierKey):
    first = signed(book, key)
    assert signed(book, key) == first
    book.register(ANN, BOB)
    second = signed(book, key)
    with book.ledger.reading(book.views.tree) as (connection, position):
        assert notes(connection) == [first, second]
        assert latest_note(connection) == second
        nodes = book.views.tree.look(connection)
        for note in (first, second):
            checkpoint = verified_checkpoint(note, [public])
            assert checkpoint.root == nodes.root(checkpoint.size)
        assert checkpoint.size == position


def test_a_receipt_proves_each_event_and_no_other(book: Book, key: Ed25519PrivateKey, public: VerifierKey):
    book.register(ANN, BOB)
    note = signed(book, key)
    with book.ledger.reading(book.views.tree) as (connection, size):
        nodes = book.views.tree.look(connection)
        for row in between(connection, 0, size):
            proof = inclusion_proof(row.position - 1, size, nodes.subtree)
            receipt = EventReceipt(row.position - 1, tuple(proof), note).text()
            assert verify_receipt(receipt, row.data, [public]).size == size
            with pytest.raises(BadReceipt):
                verify_receipt(receipt, row.data.replace("stf_office", "stf_clerk1"), [public])
            with pytest.raises(BadReceipt):
                verify_receipt(
                    receipt.replace(f"index {row.position - 1}", f"index {row.position}"), row.data, [public]
                )


def test_a_log_that_lost_its_last_events_is_not_signed(book: Book, key: Ed25519PrivateKey):
    book.register(ANN)
    signed(book, key)
    head = book.position()
    unguarded(book).execute(
        f"DELETE FROM event_tag WHERE position = {head}",
        f"DELETE FROM event WHERE position = {head}",
        f"DELETE FROM tree_node WHERE number = {head - 1}",
        f"UPDATE projection SET position = {head - 1}",
    )
    with pytest.raises(NotSigned, match=f"{head} events were signed, and the log has {head - 1}"):
        signed(book, key)


def test_a_log_that_lost_an_event_in_its_middle_was_signed(book: Book, key: Ed25519PrivateKey):
    signed(book, key)
    book.register(ANN, BOB)
    lost = book.position() - 1
    unguarded(book).execute(
        f"DELETE FROM event_tag WHERE position = {lost}", f"DELETE FROM event WHERE position = {lost}"
    )
    with pytest.raises(NotSigned, match=f"to {lost + 1} is there: some were taken away"):
        signed(book, key)


def test_a_tree_that_was_changed_beneath_a_checkpoint_is_not_signed(book: Book, key: Ed25519PrivateKey):
    signed(book, key)
    book.register(ANN)
    book.execute("UPDATE tree_node SET hash = (SELECT hash FROM tree_node WHERE number = 2) WHERE number = 1")
    with pytest.raises(NotSigned, match="are not those that were signed"):
        signed(book, key)


def test_an_event_that_was_changed_since_is_not_signed(book: Book, key: Ed25519PrivateKey):
    signed(book, key)
    book.register(ANN)
    head = book.position()
    unguarded(book).execute(
        f"UPDATE event SET data = replace(data, 'com_mill', 'com_ford') WHERE position = {head}"
    )
    with pytest.raises(NotSigned, match=f"event {head} is not what the tree has a leaf of"):
        signed(book, key)


def test_nobody_waits_while_a_long_log_is_compared(
    book: Book, key: Ed25519PrivateKey, monkeypatch: pytest.MonkeyPatch
):
    """What was recorded before the signing began is compared before the append lock is taken."""
    compared: list[tuple[int, int]] = []
    refuse = signing._refuse_other_bytes

    def noted(connection: Connection, tree: Tree, origin: str, after: int, upto: int) -> None:
        compared.append((after, upto))
        refuse(connection, tree, origin, after, upto)

    monkeypatch.setattr(signing, "_refuse_other_bytes", noted)
    signed(book, key)
    first = book.position()
    book.register(ANN)
    signed(book, key)
    head = book.position()
    assert compared == [(0, first), (first, first), (first, head), (head, head)]


def test_another_key_signs_nothing_further(book: Book, key: Ed25519PrivateKey):
    signed(book, key)
    with pytest.raises(NotSigned, match="not signed with this key"):
        signed(book, Ed25519PrivateKey.generate())


@pytest.mark.parametrize(
    "change",
    ["UPDATE checkpoint SET note = ''", "DELETE FROM checkpoint", "INSERT INTO checkpoint VALUES (1, '')"],
)
def test_nobody_changes_what_was_signed(change: str, book: Book, key: Ed25519PrivateKey):
    signed(book, key)
    with pytest.raises(DBAPIError):
        book.execute(change)
