"""How Schemathesis holds an operation to the document: what it sends of what it makes up, and what it checks."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.meta import CoverageScenario, TestPhase
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.python._constants.orchestrator import make_constants_value_source
from schemathesis.python.asgi import ASGIClient
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from ledger.api.openapi.document import document
from ledger.api.server.app import create_app
from ledger.api.server.metrics import Metrics
from ledger.api.state import open_api
from ledger.api.tokens import Verifier
from ledger.operations.callers import Role
from tests.api.adapting import InThisThread, OneThread
from tests.api.conftest import KEY, TERMS, token, village

OTHERS = 4
"""How many values of a wrong type most places of a body have beside the first."""
OTHER_METHODS = {"patch", "options"}
"""One that no path has and one that all have, of the seven that each operation is asked with at full size."""
KEY_HEADER = "Idempotency-Key"
QUERY, HEADER = ParameterLocation.QUERY, ParameterLocation.HEADER
SUCCESSES = range(200, 300)
UNHURRIED = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


class Promised(NamedTuple):
    """The document as Schemathesis reads it, and whoever asks for what it promises."""

    schema: BaseSchema
    client: ASGIClient
    kept_out: set[str]
    """The operations that were seen to answer nobody without a token."""
    sent: set[str]
    """What was sent of parameters already, as `repeated` tells it."""
    turns: dict[str, dict[str, int]]
    """How often there was each value of a place so far, as `in_turn` counts them."""
    examples: int
    """How many are made up for each operation beside what it always sends."""
    whole: bool
    """Whether all is sent that was made up, and checked in every way."""


@contextmanager
def promised_in(place: Path, *, examples: int, whole: bool) -> Iterator[Promised]:
    """A village in a folder, and one client, as to make one takes longer than most requests."""
    urls = f"sqlite:///{place / 'ledger.db'}", f"sqlite:///{place / 'people.db'}"
    with (
        village(*urls) as ledger,
        pytest.MonkeyPatch.context() as patched,
        asyncio.Runner(loop_factory=OneThread) as runner,
    ):
        patched.setattr("ledger.api.answering._LONGEST_WAIT_SECONDS", 0.0)
        api = open_api(ledger, Verifier(KEY.public_key(), TERMS), Metrics())
        schema = schemathesis.openapi.from_dict(json.loads(document()))
        schema.app = create_app(api)
        if not whole:
            schema.config.phases.coverage.unexpected_methods = OTHER_METHODS
            # For each operation anew it looks through our code, for constants to try in examples: here there is one.
            schema.config.analysis.constants.enabled = False
        client = ASGIClient(schema.app)
        client.mount("http://", InThisThread(schema.app, runner.get_loop()))
        # Else each request looks in all of the environment for a proxy.
        client.trust_env = False
        # Checks that ask again, without a token, would make a client for each.
        patched.setattr("schemathesis.python.asgi.get_client", lambda *_, **__: nullcontext(client))
        yield Promised(schema, client, set(), set(), {}, examples, whole)
        api.balances.close()


def repeated(case: Any, sent: set[str]) -> bool:
    """Whether an operation had this value of a parameter already, or any operation this header beside its token.

    Schemathesis sends each value twice, alone and with one of every other parameter, and what is no parameter beside
    each of them. Headers but tokens and keys are read before anything looks for an operation.
    """
    told = case.meta.phase.data
    if case.meta.phase.name != TestPhase.COVERAGE or told.parameter_location not in {QUERY, HEADER}:
        return False
    query, headers = dict(case.query or {}), dict(case.headers or {})
    if told.parameter_location == QUERY:
        if told.scenario == CoverageScenario.OBJECT_UNEXPECTED_PROPERTIES:
            what = [case.operation.label, told.scenario]
        else:
            what = [
                case.operation.label,
                {told.parameter: query.get(told.parameter)} if told.parameter else query,
            ]
    elif told.parameter == "Authorization":
        return False
    elif told.parameter == KEY_HEADER or KEY_HEADER in told.description:
        what = [case.operation.label, KEY_HEADER, headers.get(KEY_HEADER)]
    else:
        what = [case.method, told.description, headers]
    key = json.dumps(what, default=repr)
    known = key in sent
    sent.add(key)
    return known


def in_turn(case: Any, turns: dict[str, dict[str, int]]) -> bool:
    """Whether it is the turn of a value of a parameter, as one of a name is read by the same code everywhere.

    The first operation that has a parameter gets every value, and each other one that is right and one that is wrong,
    in turn. Of a body, each place gets two of the five or so values of a wrong type: an object, an array, a text,
    null, false or a number.
    """
    told = case.meta.phase.data
    if (
        case.meta.phase.name != TestPhase.COVERAGE
        or told.scenario == CoverageScenario.OBJECT_UNEXPECTED_PROPERTIES
    ):
        return True
    if told.parameter_location in {QUERY, HEADER} and told.parameter != "Authorization":
        sent = case.query if told.parameter_location == QUERY else case.headers
        names = [told.parameter] if told.parameter else sorted(sent or {})
        place = json.dumps([names, case.meta.is_negative_at(told.parameter_location)])
        values = turns.setdefault(place, {})
        value = json.dumps([(sent or {}).get(name) for name in names], default=repr)
        turn = values.setdefault(value, 0)
        values[value] += 1
        return turn == 0 or turn % len(values) == [*values].index(value)
    if told.scenario != CoverageScenario.INCORRECT_TYPE:
        return True
    place = json.dumps([case.operation.label, told.parameter, told.location, told.description])
    before = turns.setdefault(place, {"": 0})[""]
    turns[place][""] += 1
    return before in {0, 1 + [*turns].index(place) % OTHERS}


def hold_to_the_document(case: Any, promised: Promised, headers: Mapping[str, str]) -> None:
    """Send a request, and run every check but these four.

    positive_data_acceptance: a schema tells of one field, and not that a cursor comes from a page before, that 5.0 is
    no whole number to us, or what the rules say to a command. not_a_server_error: only of an answer that says it is
    not there yet, which is what a position beyond the log's end gets. negative_data_rejection: only where what is
    wrong was never sent, as a parameter that is an empty list. ignored_auth: only where it has looked already, as it
    asks twice more for each answer, and who may ask is settled before what is asked.
    """
    response = case.call(session=promised.client, headers=headers)
    excluded: list[Any] = [positive_data_acceptance]
    if response.status_code == 503 and response.json()["code"] == "not-there-yet":
        excluded.append(not_a_server_error)
    sent = parse_qs(urlsplit(response.request.url or "").query, keep_blank_values=True)
    if not (case.query or {}).keys() <= sent.keys():
        excluded.append(negative_data_rejection)
    label = case.operation.label
    if label in promised.kept_out and not promised.whole:
        excluded.append(ignored_auth)
    case.validate_response(response, excluded_checks=excluded)
    # Where a path was wrong, ignored_auth looks at nothing.
    if response.status_code in SUCCESSES and not case.meta.is_negative_at(ParameterLocation.PATH):
        promised.kept_out.add(label)


def hold_an_operation(name: str, promised: Promised) -> None:
    """Send what is made up for an operation, and hold each answer to the document.

    It is what `schema.parametrize` does as tests are collected, in every process, which takes each of them 11 s and
    1 GB; and one operation after the other is found in the same document, with what was read of that already.
    """
    few = settings(max_examples=promised.examples, suppress_health_check=UNHURRIED)
    headers = {"Authorization": f"Bearer {token(Role.ADMIN, 'stf_office')}"}

    def hold(case: Any) -> None:
        if promised.whole or (not repeated(case, promised.sent) and in_turn(case, promised.turns)):
            hold_to_the_document(case, promised, dict(headers))

    schema: Any = promised.schema
    test = build_operation_test(
        config=schema.config,
        operation=schema.find_operation_by_id(name),
        test_func=hold,
        explicit_settings=few,
        given_kwargs={},
        feedback=FeedbackSources(constants_value_source=make_constants_value_source(schema)),
    )
    test()
