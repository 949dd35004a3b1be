"""What Schemathesis makes of the OpenAPI document: requests of every kind, and answers held to what they promise."""

import json
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.pytest.lazy import get_all_tests
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from ledger.api.app import create_app
from ledger.api.callers import Role
from ledger.api.metrics import Metrics
from ledger.api.openapi import document
from ledger.api.persons import REPLACEMENT
from ledger.api.signing import SIGNING
from ledger.api.state import open_api
from ledger.api.table import READS, WRITES
from ledger.api.tokens import Verifier
from tests.api.conftest import KEY, TERMS, token, village
from tests.sizes import FULL_SIZE

MANY = 500
UNHURRIED = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


class Forwarded:
    """The application that a fixture makes, for a document that is read when tests are collected."""

    app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)


served = Forwarded()


@pytest.fixture(scope="module")
def promised() -> BaseSchema:
    """The document as Schemathesis reads it."""
    found = schemathesis.openapi.from_dict(json.loads(document()))
    found.app = served
    return found


@pytest.fixture(scope="module", autouse=True)
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A village of this module's own: whatever is recorded stays."""
    place = tmp_path_factory.mktemp("village")
    urls = f"sqlite:///{place / 'ledger.db'}", f"sqlite:///{place / 'people.db'}"
    with village(*urls) as ledger, pytest.MonkeyPatch.context() as patched:
        patched.setattr("ledger.api.reading._LONGEST_WAIT_SECONDS", 0.0)
        api = open_api(ledger, Verifier(KEY.public_key(), TERMS), Metrics())
        served.app = create_app(api)
        yield
        api.balances.close()


def hold_to_the_document(case: Any) -> None:
    """Send a request, and run every check but these three.

    positive_data_acceptance: a schema tells of one field, and not that a cursor comes from a page before, that 5.0 is
    no whole number to us, or what the rules say to a command. not_a_server_error: only of an answer that says it is
    not there yet, which is what a position beyond the log's end gets. negative_data_rejection: only where what is
    wrong was never sent, as a parameter that is an empty list.
    """
    response = case.call(headers={"Authorization": f"Bearer {token(Role.ADMIN, 'stf_office')}"})
    excluded = [positive_data_acceptance]
    if response.status_code == 503 and response.json()["code"] == "not-there-yet":
        excluded.append(not_a_server_error)
    sent = parse_qs(urlsplit(response.request.url or "").query, keep_blank_values=True)
    if not (case.query or {}).keys() <= sent.keys():
        excluded.append(negative_data_rejection)
    case.validate_response(response, excluded_checks=excluded)


NAMES = [route.name for route in (*READS, *WRITES, REPLACEMENT, SIGNING)]
MARK, EXAMPLES = (pytest.mark.full, MANY) if FULL_SIZE in os.environ else (pytest.mark.slow, 1)


@MARK
@pytest.mark.parametrize("name", NAMES)
def test_an_operation_holds_to_the_document(name: str, promised: BaseSchema):
    # What `schema.parametrize` does as tests are collected, in every process, which takes each of them 11 s and 1 GB.
    few = settings(max_examples=EXAMPLES, suppress_health_check=UNHURRIED)
    [made] = get_all_tests(
        schema=promised.include(operation_id=name),
        test_func=hold_to_the_document,
        settings=few,
        given_kwargs=None,
    )
    assert isinstance(made, Ok)
    _, test = made.ok()
    test()
