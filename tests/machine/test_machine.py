"""The whole time bank against a plain model of it."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from ledger.domain.commands import Refusal
from tests.machine.rules import TimeBankMachine, answers
from tests.machine.talking import COMMANDS

pytestmark = pytest.mark.slow

QUICK = settings(max_examples=15, stateful_step_count=40)
FULL = settings(max_examples=400, stateful_step_count=60)
OFTEN = 10


def test_the_ledger_answers_as_the_model_says():
    run_state_machine_as_test(TimeBankMachine, settings=QUICK)


@pytest.mark.full
def test_the_ledger_answers_as_the_model_says_for_long():
    answers.clear()
    run_state_machine_as_test(TimeBankMachine, settings=FULL)
    given = sum(answers.values())
    assert given > 5_000
    recorded = {kind: answers[kind, "recorded"] for kind in COMMANDS}
    refused = {
        kind: sum(times for (one, code), times in answers.items() if one == kind and code not in DONE)
        for kind in COMMANDS
    }
    assert min(recorded.values()) >= OFTEN, recorded
    assert min(refused.values()) >= OFTEN, refused
    never = {kind.code for kind in refusals(Refusal)} - {code for _, code in answers}
    # A walk is random: each reason has its own test in tests/domain, so one that it misses is no fault of the ledger.
    assert len(never) <= 1, never
    assert sum(times for (_, code), times in answers.items() if code == "replayed") >= OFTEN


DONE = {"recorded", "replayed"}


def refusals(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for beneath in kind.__subclasses__():
        yield beneath
        yield from refusals(beneath)
