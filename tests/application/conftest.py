"""An open bank of each test's own, with a volunteer who has something to give."""

from collections.abc import Iterator

import pytest

from ledger.application import TimeBank
from ledger.store.log import Log
from tests.postgres import Found
from tests.small_bank import ANN, BOB, STAFF, attest, begin, migrate, migrated, running


@pytest.fixture
def foundation(request: pytest.FixtureRequest) -> Found | None:
    return migrate if "log" in request.fixturenames else None


@pytest.fixture
def log(database_url: str) -> Iterator[Log]:
    with migrated(database_url) as log:
        yield log


@pytest.fixture
def bank(log: Log) -> Iterator[TimeBank]:
    with running(log) as bank:
        begin(bank, ANN, BOB)
        bank.handle(attest(ANN, 100), by=STAFF)
        yield bank
