"""Whoever changes a ledger behind its back is found out, if its last checkpoint is kept elsewhere."""

import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.notes import VerifierKey
from ledger.audit.signing import NotSigned, sign_head
from ledger.audit.verification import verify
from tests.audit.conftest import ORIGIN
from tests.projections.book import ANN, BOB, CID, DEE, HERONS, TODAY, Book, lay_out, opened
from tests.projections.running.test_checking import unguarded

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ALL_TAMPERINGS = 1_000
EVENTS = 10_000
PEOPLED = 12
"""Where a book stands that is laid out, but knows nobody."""


def fill(book: Book, events: int) -> None:
    if book.position() < PEOPLED:
        book.register(ANN, team=HERONS)
        book.register(BOB, CID, DEE)
    while (position := book.position()) < events:
        # On one day alone, as it was, a log of 10,000 events was refused: nobody serves more than 24 hours a day.
        first = TODAY - timedelta(days=1 + 2 * (position % 400))
        for volunteer in (ANN, BOB, CID, DEE):
            book.serve(volunteer, 1, 2, on=first)


def faults(book: Book, public: VerifierKey, *outside: str) -> dict[str, str]:
    found = verify(book.ledger.log, book.views.all(), keys=[public], outside=outside)
    return {one.name: one.fault for one in found if one.fault}


def signed(book: Book, key: Ed25519PrivateKey) -> str:
    return sign_head(book.ledger.log, book.views.tree, ORIGIN, key)


@pytest.mark.slow
def test_a_ledger_that_nobody_touched_verifies(book: Book, key: Ed25519PrivateKey, public: VerifierKey):
    assert faults(book, public) == {}
    signed(book, key)
    fill(book, 30)
    note = signed(book, key)
    book.serve(ANN, 5)
    assert faults(book, public, note) == {}
    names = [one.name for one in verify(book.ledger.log, book.views.all(), keys=[public])]
    assert names[:4] == ["bytes and tree", "checkpoints", "laws of the books", "tags"]


def test_a_changed_event_is_told_with_its_place(book: Book, key: Ed25519PrivateKey, public: VerifierKey):
    fill(book, 20)
    signed(book, key)
    unguarded(book).execute(
        "UPDATE event SET data = replace(data, '\"minutes\":2', '\"minutes\":3') WHERE position = 17"
    )
    found = faults(book, public)
    assert (
        found["bytes and tree"] == "event 17 is not what the tree has a leaf of: one of the two was changed"
    )
    assert "are not those that were signed" in found["checkpoints"]


@pytest.mark.slow
@on_sqlite
def test_a_history_written_anew_is_told_by_the_checkpoint_kept_outside(
    book: Book, key: Ed25519PrivateKey, public: VerifierKey, tmp_path: Path
):
    fill(book, 20)
    note = signed(book, key)
    with opened(f"sqlite:///{tmp_path / 'other.db'}") as other:
        lay_out(other)
        fill(other, 20)
        assert faults(other, public) == {}
        assert "are not those that were signed" in faults(other, public, note)["checkpoints"]
    with opened(f"sqlite:///{tmp_path / 'short.db'}") as short:
        lay_out(short)
        assert "some were taken away" in faults(short, public, note)["checkpoints"]


@pytest.mark.slow
@on_sqlite
def test_two_checkpoints_that_contradict_each_other_are_told(
    book: Book, key: Ed25519PrivateKey, public: VerifierKey, tmp_path: Path
):
    note = signed(book, key)
    with opened(f"sqlite:///{tmp_path / 'other.db'}") as other:
        lay_out(other)
        signed(other, key)
        assert "contradict each other" in faults(other, public, note)["checkpoints"]
    stranger = VerifierKey(ORIGIN, 1, Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    assert "cannot be trusted" in faults(book, stranger)["checkpoints"]


@pytest.mark.parametrize("position", [0, -5])
def test_an_event_before_the_first_was_passed_over(
    position: int, book: Book, key: Ed25519PrivateKey, public: VerifierKey
):
    signed(book, key)
    unguarded(book).execute(
        f"INSERT INTO event SELECT {position}, type, tags, data FROM event WHERE position = 3"
    )
    found = faults(book, public)
    assert (found["bytes and tree"], found["tags"]) == (
        "events stand before the first",
        "events stand before position 1",
    )


def test_tags_that_were_written_otherwise_were_passed_over(book: Book, public: VerifierKey):
    unguarded(book).execute("UPDATE event SET tags = tags || ' ' WHERE position = 3")
    assert faults(book, public)["tags"] == "type or tags of position 3 are not those of its data"


@on_sqlite
@pytest.mark.parametrize("text", ["", "=", "AAAA", "深"])
def test_a_leaf_made_into_no_hash_was_a_traceback(
    text: str, book: Book, key: Ed25519PrivateKey, public: VerifierKey
):
    fill(book, 20)
    signed(book, key)
    book.execute(f"UPDATE tree_node SET hash = '{text}' WHERE level = 0 AND number = 7")
    found = faults(book, public)
    assert found["bytes and tree"] == "event 8 is not what the tree has a leaf of: one of the two was changed"
    book.serve(ANN, 5)
    with pytest.raises(NotSigned):
        signed(book, key)


Tamper = Callable[[random.Random, int], list[str]]


def _altered(chance: random.Random, head: int) -> list[str]:
    at = chance.randint(2, head)
    return [
        f'UPDATE event SET data = replace(data, \'"by":"stf_office"\', \'"by":"stf_officf"\') WHERE position = {at}'
    ]


def _deleted(chance: random.Random, head: int) -> list[str]:
    at = chance.randint(2, head)
    return [f"DELETE FROM event WHERE position = {at}", f"DELETE FROM event_tag WHERE position = {at}"]


def _closed_up(chance: random.Random, head: int) -> list[str]:
    """The hole is filled by those that follow, as far as fifty of them go."""
    at = chance.randint(2, head)
    moved = range(at + 1, min(head, at + 50) + 1)
    return [
        f"DELETE FROM event WHERE position = {at}",
        *(f"UPDATE event SET position = {one - 1} WHERE position = {one}" for one in moved),
    ]


def _inserted(chance: random.Random, head: int) -> list[str]:
    at = chance.randint(2, head)
    return [f"INSERT INTO event SELECT {head + 1}, type, tags, data FROM event WHERE position = {at}"]


def _swapped(chance: random.Random, head: int) -> list[str]:
    one, other = chance.sample(range(2, head + 1), 2)
    return [
        f"UPDATE event SET position = -1 WHERE position = {one}",
        f"UPDATE event SET position = {one} WHERE position = {other}",
        f"UPDATE event SET position = {other} WHERE position = -1",
    ]


def _truncated(chance: random.Random, head: int) -> list[str]:
    keep = chance.randint(2, head - 1)
    return [f"DELETE FROM event WHERE position > {keep}", f"DELETE FROM event_tag WHERE position > {keep}"]


def _untagged(chance: random.Random, head: int) -> list[str]:
    return [f"DELETE FROM event_tag WHERE position = {chance.randint(2, head)}"]


def _tagged(chance: random.Random, head: int) -> list[str]:
    return [
        f"INSERT INTO event_tag VALUES ('volunteer:vol_x{chance.randint(0, 9)}', {chance.randint(2, head)}, 'x')"
    ]


def _bit_of(table: str, column: str, key: str = "") -> Tamper:
    """The lowest bit of one character's code."""

    def tamper(chance: random.Random, head: int) -> list[str]:
        at = chance.randint(12, 40)
        code = f"unicode(substr({column}, {at + 1}, 1))"
        flipped = f"char(({code} | 1) - ({code} & 1))"
        where = f" WHERE {key} = {chance.randint(2, head)}" if key else ""
        return [
            f"UPDATE {table} SET {column} = substr({column}, 1, {at}) || {flipped} || substr({column}, {at + 2}){where}"
        ]

    return tamper


def _view(chance: random.Random, _head: int) -> list[str]:
    return [
        chance.choice(
            [
                "UPDATE balance SET credit_minutes = credit_minutes + 1 WHERE volunteer = 'vol_bob'",
                "UPDATE statement_line SET day = '2020-02-02' WHERE line = 2",
                "UPDATE board SET minutes = minutes - 1 WHERE kind = 'volunteers'",
                "DELETE FROM tree_node WHERE number = 7",
                "UPDATE team SET name = 'Crows' WHERE id = 'tea_herons'",
            ]
        )
    ]


TAMPER: dict[str, Tamper] = {
    "alter": _altered,
    "delete": _deleted,
    "delete and close up": _closed_up,
    "insert": _inserted,
    "swap": _swapped,
    "truncate": _truncated,
    "edit the tag index": _untagged,
    "add to the tag index": _tagged,
    "a bit of an event": _bit_of("event", "data", "position"),
    "a bit of a tag": _bit_of("event", "tags", "position"),
    "a bit of a leaf": _bit_of("tree_node", "hash", "number + 1"),
    "a bit of the checkpoint": _bit_of("checkpoint", "note"),
    "a view's row": _view,
}


@pytest.fixture
def kept(tmp_path: Path, key: Ed25519PrivateKey, request: pytest.FixtureRequest) -> tuple[Path, Path, str]:
    """A ledger's file, an older copy of it, and its last checkpoint."""
    events = EVENTS if request.node.get_closest_marker("full") else 40
    file, old = tmp_path / "ledger.db", tmp_path / "old.db"
    with opened(f"sqlite:///{file}") as book:
        lay_out(book)
        fill(book, events // 2)
        signed(book, key)
    shutil.copy(file, old)
    with opened(f"sqlite:///{file}") as book:
        book.numbers = count(1_000_000)
        fill(book, events)
        note = signed(book, key)
    return file, old, note


def tampered(kept: tuple[Path, Path, str], public: VerifierKey, numbers: range) -> None:
    """Each is found: `verify` is asked until it tells of a fault."""
    file, old, note = kept
    chance = random.Random(numbers.start)
    names = [*TAMPER, "put an old copy back"]
    with opened(f"sqlite:///{file}") as book:
        head = book.position()
    for number in numbers:
        name = names[number % len(names)]
        copy = file.parent / f"copy{number}.db"
        shutil.copy(old if name == "put an old copy back" else file, copy)
        shutil.copy(f"{file}.directory", f"{copy}.directory")
        with opened(f"sqlite:///{copy}") as book:
            if name in TAMPER:
                unguarded(book).execute(*TAMPER[name](chance, head))
            found = verify(book.ledger.log, book.views.all(), keys=[public], outside=[note])
            assert any(one.fault for one in found), (number, name)
        for left in file.parent.glob(f"copy{number}.*"):
            left.unlink()


@pytest.mark.slow
def test_tamperings_are_found(kept: tuple[Path, Path, str], public: VerifierKey):
    tampered(kept, public, range(len(TAMPER) + 1))


@pytest.mark.full
@pytest.mark.parametrize("first", range(0, ALL_TAMPERINGS, 500))
def test_a_thousand_tamperings_are_found(kept: tuple[Path, Path, str], public: VerifierKey, first: int):
    tampered(kept, public, range(first, first + 500))
