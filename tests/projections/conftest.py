"""A book of each test's own, on either database."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.postgres import Found
from tests.projections.book import Book, keep_busy_at, lay_out_at, opened


@pytest.fixture
def foundation(request: pytest.FixtureRequest) -> Found | None:
    if "busy_book" in request.fixturenames:
        return keep_busy_at
    return lay_out_at if "book" in request.fixturenames else None


@pytest.fixture
def book(database_url: str) -> Iterator[Book]:
    with opened(database_url) as book:
        yield book


@pytest.fixture
def busy_book(book: Book) -> Book:
    """Somebody has served, so that every view has rows."""
    # Their numbers are taken.
    book.numbers = count(200)
    return book
