"""Checkpoints that are kept: none goes, comes or changes unseen, and no row beside them stops what goes on."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.exc import DBAPIError

from ledger.audit.bundles import write_bundle
from ledger.audit.checkpoints import Checkpoint, verified_checkpoint
from ledger.audit.notes import VerifierKey, verifier_key
from ledger.audit.proving import prove
from ledger.audit.signing import NotSigned, doubts, latest_note, note_of, notes, notes_before, sign_head
from ledger.audit.verification import verify
from ledger.backup.form import BadBackup
from ledger.backup.reading import Backup
from ledger.backup.writing import Source, write_backup
from ledger.store.migrations import m0003_seals
from ledger.store.schema import CHECKPOINT, CHECKPOINT_SEAL
from tests.audit.conftest import ORIGIN
from tests.projections.book import ANN, BOB, CID, Book

pytestmark = pytest.mark.slow

FAR = 10**9


def signed(book: Book, key: Ed25519PrivateKey) -> str:
    return sign_head(book.ledger.log, book.views.tree, ORIGIN, key)


def fault(book: Book, public: VerifierKey, *outside: str) -> str:
    """What is told of the checkpoints."""
    found = verify(book.ledger.log, book.views.all(), keys=[public], outside=outside)
    return next(one.fault for one in found if one.name == "checkpoints")


def unguarded(book: Book, *statements: str) -> None:
    """Something done to the checkpoints without the triggers, which are back in their places afterwards."""
    if not book.ledger.log.store.embedded:
        tables = ("checkpoint", "checkpoint_seal")
        off, on = (
            [f"ALTER TABLE {table} {how} TRIGGER ALL" for table in tables] for how in ("DISABLE", "ENABLE")
        )
        book.execute(*off, *statements, *on)
        return
    with book.ledger.log.store.snapshot() as connection:
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'checkpoint%'"
        ).all()
    book.execute(
        *(f"DROP TRIGGER {name}" for name, _ in triggers), *statements, *(sql for _, sql in triggers)
    )


def put(book: Book, size: int, note: str) -> None:
    """A row beside the checkpoints, of which the trigger that was there once knew nothing."""
    unguarded(book, f"INSERT INTO checkpoint VALUES ({size}, '{note}')")


@pytest.fixture
def thrice(book: Book, key: Ed25519PrivateKey) -> list[str]:
    """The notes of three checkpoints."""
    kept: list[str] = []
    for volunteer in (ANN, BOB, CID):
        book.register(volunteer)
        kept.append(signed(book, key))
    return kept


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_checkpoint_that_was_taken_away_was_passed_over(
    which: int, book: Book, thrice: list[str], public: VerifierKey
):
    size = verified_checkpoint(thrice[which], [public]).size
    assert fault(book, public) == ""
    unguarded(book, f"DELETE FROM checkpoint WHERE size = {size}")
    assert (
        fault(book, public) == f"the checkpoint of {size} events was taken away: it is sealed, and not there"
    )


def test_a_checkpoint_whose_seal_went_with_it_is_told_by_whoever_kept_it(
    book: Book, thrice: list[str], public: VerifierKey
):
    size = verified_checkpoint(thrice[2], [public]).size
    unguarded(
        book, *(f"DELETE FROM {table} WHERE size = {size}" for table in ("checkpoint", "checkpoint_seal"))
    )
    assert fault(book, public) == ""
    told = f"a checkpoint of {size} events that was kept is not among those that are stored"
    assert fault(book, public, thrice[2]) == told
    assert fault(book, public, *thrice[:2]) == ""


@pytest.mark.usefixtures("thrice")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE checkpoint_seal SET digest = 'x' WHERE number = 3",
        "UPDATE checkpoint_seal SET number = 9 WHERE number = 3",
        "UPDATE checkpoint_seal SET size = size - 1 WHERE number = 3",
        "DELETE FROM checkpoint_seal WHERE number = 3",
        "DELETE FROM checkpoint_seal WHERE number = 2",
        "DELETE FROM checkpoint_seal",
        "INSERT INTO checkpoint_seal SELECT number + 1, size, digest FROM checkpoint_seal WHERE number = 3",
        "UPDATE checkpoint SET note = (SELECT max(note) FROM checkpoint)",
        "UPDATE checkpoint SET size = size + 9 WHERE size = (SELECT max(size) FROM checkpoint)",
        "INSERT INTO checkpoint SELECT size + 9, note FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)",
    ],
)
def test_a_changed_checkpoint_or_seal_is_told(change: str, book: Book, public: VerifierKey):
    unguarded(book, change)
    assert fault(book, public)


@pytest.mark.parametrize("change", ["UPDATE checkpoint_seal SET digest = ''", "DELETE FROM checkpoint_seal"])
def test_nobody_changes_a_seal(change: str, book: Book, key: Ed25519PrivateKey):
    signed(book, key)
    for statement in (change, "INSERT INTO checkpoint_seal VALUES (5, 1, '')"):
        with pytest.raises(DBAPIError):
            book.execute(statement)


def test_a_row_beyond_the_log_barred_signing_for_ever(
    book: Book, key: Ed25519PrivateKey, public: VerifierKey
):
    first = signed(book, key)
    put(book, FAR, "junk")
    # One that is a checkpoint, and not of that size; and one of the right form that somebody else signed.
    put(book, FAR - 1, first)
    put(book, FAR - 2, Checkpoint(ORIGIN, FAR - 2, bytes(32)).signed(Ed25519PrivateKey.generate()))
    book.register(ANN)
    second = signed(book, key)
    assert verified_checkpoint(second, [public]).size == book.position()
    told = doubts(book.ledger.log, ORIGIN, key)
    assert [one.split(":")[0] for one in told] == [
        f"the checkpoint of {size} events that is stored cannot be trusted"
        for size in (FAR - 2, FAR - 1, FAR)
    ]
    assert "cannot be trusted" in fault(book, public)


@pytest.mark.parametrize("size", [2, FAR])
def test_a_stranger_s_checkpoint_is_no_reason_to_sign_nothing(
    size: int, book: Book, key: Ed25519PrivateKey, public: VerifierKey
):
    put(book, size, Checkpoint(ORIGIN, size, bytes(32)).signed(Ed25519PrivateKey.generate()))
    assert verified_checkpoint(signed(book, key), [public]).size == book.position()
    assert len(doubts(book.ledger.log, ORIGIN, key)) == 1


def test_what_cannot_be_examined_keeps_nothing_else_from_it(
    book: Book, thrice: list[str], public: VerifierKey
):
    gone = "" if book.ledger.log.store.embedded else " CASCADE"
    book.execute(f"DROP TABLE checkpoint_seal{gone}", f"DROP TABLE balance{gone}")
    found = verify(book.ledger.log, book.views.all(), keys=[public], outside=thrice)
    faults = {one.name: one.fault for one in found if one.fault}
    assert faults.keys() == {"checkpoints", "view balances", "tables and triggers"}
    assert faults["checkpoints"].startswith("cannot be examined: ")
    assert "the table checkpoint_seal is missing" in faults["tables and triggers"]


def test_a_row_of_the_least_size_ended_the_reading_of_all(
    book: Book, key: Ed25519PrivateKey, public: VerifierKey
):
    put(book, -(2**63), "junk")
    note = signed(book, key)
    told = "the checkpoint of -9223372036854775808 events that is stored cannot be trusted: this is no signed note"
    assert doubts(book.ledger.log, ORIGIN, key) == [told]
    assert fault(book, public, note) == told
    with book.ledger.log.store.snapshot() as connection:
        assert notes(connection) == [note]


def test_no_row_beyond_the_log_is_taken(book: Book, key: Ed25519PrivateKey):
    signed(book, key)
    for size in (FAR, book.position() + 1, 0, 1):
        with pytest.raises(DBAPIError):
            book.execute(f"INSERT INTO checkpoint VALUES ({size}, 'junk')")


def test_a_row_of_just_so_many_events_gives_way_to_the_next_fact(
    book: Book, key: Ed25519PrivateKey, public: VerifierKey
):
    signed(book, key)
    book.register(ANN)
    book.execute(f"INSERT INTO checkpoint VALUES ({book.position()}, 'junk')")
    with pytest.raises(NotSigned, match="the next fact makes room"):
        signed(book, key)
    book.register(BOB)
    assert verified_checkpoint(signed(book, key), [public]).size == book.position()
    assert "cannot be trusted" in fault(book, public)


def test_rows_that_are_no_checkpoints_are_given_to_nobody(book: Book, key: Ed25519PrivateKey):
    kept = [signed(book, key)]
    put(book, 2, "junk")
    put(book, FAR, kept[0])
    book.register(ANN)
    forged = Checkpoint(ORIGIN, book.position(), bytes(32)).signed(Ed25519PrivateKey.generate())
    book.execute(f"INSERT INTO checkpoint VALUES ({book.position()}, '{forged}')")
    with book.ledger.reading(book.views.tree) as (connection, position):
        assert [notes(connection)[0], notes_before(connection, position, 9)[0]] == kept * 2
        assert (note_of(connection, 2), note_of(connection, FAR)) == (None, None)
        # A receipt goes by the last one whose root the tree has.
        assert prove(connection, book.views.tree, [1])[0].receipt.checkpoint == kept[0]
    book.execute("DELETE FROM projection WHERE name = 'teams'")
    with book.ledger.log.store.snapshot() as connection:
        assert latest_note(connection) == forged


def test_a_log_that_is_not_what_was_signed_is_signed_beside_no_bad_row(book: Book, key: Ed25519PrivateKey):
    book.register(ANN)
    signed(book, key)
    put(book, FAR, "junk")
    book.execute("UPDATE tree_node SET hash = (SELECT hash FROM tree_node WHERE number = 2) WHERE number = 1")
    with pytest.raises(NotSigned, match="are not those that were signed"):
        signed(book, key)


def test_what_an_older_release_signed_is_sealed(book: Book, thrice: list[str], public: VerifierKey):
    gone = "DROP TABLE checkpoint_seal" + ("" if book.ledger.log.store.embedded else " CASCADE")
    book.execute(gone, *(() if book.ledger.log.store.embedded else ["DROP FUNCTION timebank_next_seal()"]))
    with book.ledger.log.appending() as connection:
        m0003_seals.apply(connection)
    assert fault(book, public, *thrice) == ""
    with book.ledger.log.store.snapshot() as connection:
        sealed = connection.execute(CHECKPOINT_SEAL.select()).all()
        assert [row.size for row in sealed] == [
            row.size for row in connection.execute(CHECKPOINT.select().order_by(CHECKPOINT.c.size))
        ]
    assert [row.number for row in sealed] == [1, 2, 3]


def test_a_row_that_is_no_checkpoint_keeps_nobody_from_a_backup_or_a_bundle(
    book: Book, thrice: list[str], key: Ed25519PrivateKey, public: VerifierKey, tmp_path: Path
):
    put(book, FAR, "junk")
    put(book, 3, "junk")
    forged = Checkpoint(ORIGIN, 2, bytes(32)).signed(Ed25519PrivateKey.generate())
    put(book, 2, forged)
    log = book.ledger.log
    manifest = write_backup(Source(log, book.ledger.directory, ORIGIN, str(public)), tmp_path / "backup")
    assert manifest.checkpoint == book.position()
    assert [note for note, _ in Backup(tmp_path / "backup").checkpoints()] == thrice
    stranger = verifier_key(ORIGIN, Ed25519PrivateKey.generate().public_key())
    with pytest.raises(BadBackup, match="cannot be trusted"):
        write_backup(Source(log, book.ledger.directory, ORIGIN, str(stranger)), tmp_path / "other")
    assert write_bundle(log, book.views.balances, tmp_path / "bundle").size == book.position()
