"""A book of each test's own, on either database."""

from collections.abc import Iterator

import pytest

from tests.projections.book import Book, lay_out, opened


@pytest.fixture
def book(database_url: str) -> Iterator[Book]:
    with opened(database_url) as book:
        lay_out(book)
        yield book
