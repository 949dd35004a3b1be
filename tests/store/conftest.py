"""A log of each test's own."""

from collections.abc import Iterator

import pytest

from ledger.store.log import Log
from tests.small_bank import migrated


@pytest.fixture
def log(database_url: str) -> Iterator[Log]:
    with migrated(database_url) as log:
        yield log
