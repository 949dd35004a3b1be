"""A book of each test's own, on either database."""

from collections.abc import Iterator

import pytest

from tests.postgres import Found
from tests.projections.book import Book, lay_out_at, opened


@pytest.fixture
def foundation(request: pytest.FixtureRequest) -> Found | None:
    return lay_out_at if "book" in request.fixturenames else None


@pytest.fixture
def book(database_url: str) -> Iterator[Book]:
    with opened(database_url) as book:
        yield book
