"""A ledger with people in it, its backup, and places to restore that to."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.notes import VerifierKey, verifier_key
from ledger.audit.signing import sign_head
from ledger.backup.form import Manifest
from ledger.backup.reading import Backup
from ledger.backup.restoring import Restored, restore
from ledger.backup.writing import Source, write_backup
from ledger.bootstrap import open_place
from ledger.people.directory import Volunteer, new_salt
from ledger.settings import Settings
from tests.postgres import Cluster, Found
from tests.projections.book import ANN, BOB, HERONS, Book, lay_out_at, opened

ORIGIN = "timebank"
PEOPLE = [
    Volunteer(ANN, "SD01", "张三", "10012345678", "女", "党员", new_salt()),
    Volunteer(BOB, "SD02", "李四", "10087654321", "男", 'a "quoted" line\u2028', new_salt()),
]

Backed = Callable[[Path], Manifest]
"""Makes a backup of the book in a folder."""


@pytest.fixture
def foundation(request: pytest.FixtureRequest) -> Found | None:
    return lay_out_at if "book" in request.fixturenames else None


@pytest.fixture
def book(database_url: str) -> Iterator[Book]:
    with opened(database_url) as book:
        settle(book)
        yield book


def settle(book: Book) -> None:
    """People in a county, in the directory as in the log."""
    book.ledger.directory.put(PEOPLE)
    book.ledger.directory.persons([("Office", "王五")], add=True)
    book.register(ANN, team=HERONS)
    book.register(BOB)
    book.serve(ANN, 60, 30)


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture
def public(key: Ed25519PrivateKey) -> VerifierKey:
    return verifier_key(ORIGIN, key.public_key())


@pytest.fixture
def sign(book: Book, key: Ed25519PrivateKey) -> Callable[[], str]:
    return lambda: sign_head(book.ledger.log, book.views.tree, ORIGIN, key)


@pytest.fixture
def back_up(book: Book, public: VerifierKey) -> Backed:
    source = Source(book.ledger.log, book.ledger.directory, ORIGIN, str(public))
    return lambda folder: write_backup(source, folder)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Where there is no ledger: the test runs once with either kind of database there."""
    if request.param == "sqlite":
        yield embedded(tmp_path / "place")
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    with cluster.database() as url:
        yield Settings(url, url)


def embedded(folder: Path) -> Settings:
    folder.mkdir()
    return Settings(f"sqlite:///{folder / 'ledger.sqlite'}", f"sqlite:///{folder / 'directory.sqlite'}")


def restored(folder: Path, place: Settings, **how: Any) -> Restored:
    with open_place(place) as (log, directory):
        return restore(Backup(folder), log, directory, **how)
