"""Books whose head can be signed."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.bundles import write_bundle
from ledger.audit.notes import VerifierKey, verifier_key
from ledger.audit.signing import sign_head
from ledger.domain.credits import DonateCredits, GrantCredits, TransferCredits
from tests.postgres import Found
from tests.projections.book import ANN, BOB, HERONS, MILL, Book, lay_out, lay_out_at, opened
from tests.stories_redemptions import cancel, fulfil, publish, redeem, return_

ORIGIN = "timebank"


@pytest.fixture
def foundation(request: pytest.FixtureRequest) -> Found | None:
    return lay_out_at if "book" in request.fixturenames else None


@pytest.fixture
def book(database_url: str) -> Iterator[Book]:
    with opened(database_url) as book:
        yield book


@pytest.fixture
def busy(book: Book) -> Book:
    keep_busy(book)
    return book


def keep_busy(book: Book) -> None:
    """Let minutes move in every way."""
    book.register(ANN, team=HERONS)
    book.register(BOB)
    book.take_back(book.serve(ANN, 10))
    book.serve(ANN, 300, 30)
    book.tell(
        TransferCredits(transfer="tra_one", giver=ANN, receiver=BOB, minutes=20),
        DonateCredits(donation="don_one", giver=BOB, community=MILL, minutes=15),
        GrantCredits(grant="gra_one", community=MILL, receiver=ANN, minutes=5),
        publish(price=1, stock=9),
        redeem(ANN, 5, "red_first"),
        fulfil("red_first"),
        return_("red_first"),
        redeem(ANN, 2, "red_second"),
        cancel("red_second"),
        redeem(ANN, 3, "red_third"),
        fulfil("red_third"),
        redeem(ANN, 1, "red_fourth"),
    )


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture
def public(key: Ed25519PrivateKey) -> VerifierKey:
    return verifier_key(ORIGIN, key.public_key())


@pytest.fixture
def bundle(busy: Book, key: Ed25519PrivateKey, tmp_path: Path) -> Path:
    return signed_bundle(busy, key, tmp_path / "bundle")


def signed_bundle(book: Book, key: Ed25519PrivateKey, folder: Path) -> Path:
    """What an auditor is given: two checkpoints, and all up to the last."""
    sign_head(book.ledger.log, book.views.tree, ORIGIN, key)
    book.serve(BOB, 45)
    sign_head(book.ledger.log, book.views.tree, ORIGIN, key)
    # What comes after the last checkpoint is no part of the bundle.
    book.serve(BOB, 1)
    write_bundle(book.ledger.log, book.views.balances, folder)
    return folder


class Given(NamedTuple):
    """A bundle of one's own, to be doctored, and the key that it was signed with."""

    folder: Path
    public: VerifierKey


@pytest.fixture(scope="session")
def given_once(tmp_path_factory: pytest.TempPathFactory) -> Given:
    folder, key = tmp_path_factory.mktemp("given"), Ed25519PrivateKey.generate()
    with opened(f"sqlite:///{folder / 'ledger.db'}") as book:
        lay_out(book)
        keep_busy(book)
        signed_bundle(book, key, folder / "bundle")
    return Given(folder / "bundle", verifier_key(ORIGIN, key.public_key()))


@pytest.fixture
def given(given_once: Given, tmp_path: Path) -> Given:
    return given_once._replace(folder=Path(shutil.copytree(given_once.folder, tmp_path / "given")))
