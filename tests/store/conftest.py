"""A log of each test's own."""

from collections.abc import Iterator

import pytest

from ledger.store.log import Log
from tests.postgres import Found
from tests.small_bank import migrate, migrated


@pytest.fixture
def foundation(request: pytest.FixtureRequest) -> Found | None:
    return migrate if "log" in request.fixturenames else None


@pytest.fixture
def log(database_url: str) -> Iterator[Log]:
    with migrated(database_url) as log:
        yield log
