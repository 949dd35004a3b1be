"""What Schemathesis makes of the OpenAPI document: requests of every kind, and answers held to what they promise."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from ledger.api.persons import REPLACEMENT
from ledger.api.several import WRITES_OF_SEVERAL
from ledger.api.signing import SIGNING
from ledger.api.table import READS, WRITES
from tests.sizes import FULL_SIZE

if TYPE_CHECKING:
    from tests.api.contract.promises import Promised

# `promises` is imported by who runs these, as every worker reads every module in: a second for Schemathesis.

WHOLE = FULL_SIZE in os.environ
MARK, EXAMPLES = (pytest.mark.full, 500) if WHOLE else (pytest.mark.slow, 1)
NAMES = [route.name for route in (*READS, *WRITES, *WRITES_OF_SEVERAL, REPLACEMENT, SIGNING)]


@pytest.fixture(scope="module")
def promised(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Promised]":
    from tests.api.contract.promises import promised_in

    with promised_in(tmp_path_factory.mktemp("village"), examples=EXAMPLES, whole=WHOLE) as made:
        yield made


@MARK
@pytest.mark.parametrize("name", NAMES)
def test_an_operation_holds_to_the_document(name: str, promised: "Promised"):
    from tests.api.contract.promises import hold_an_operation

    hold_an_operation(name, promised)
