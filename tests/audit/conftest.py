"""A book whose head can be signed."""

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.notes import VerifierKey, verifier_key
from tests.projections.book import Book, lay_out, opened

ORIGIN = "timebank"


@pytest.fixture
def book(database_url: str) -> Iterator[Book]:
    with opened(database_url) as book:
        lay_out(book)
        yield book


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture
def public(key: Ed25519PrivateKey) -> VerifierKey:
    return verifier_key(ORIGIN, key.public_key())
