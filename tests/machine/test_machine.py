"""The whole time bank against a plain model of it."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from ledger.domain.commands import Refusal
from tests.machine.commands import COMMANDS
from tests.machine.model import Model
from tests.machine.rules import TimeBankMachine, answers, steps

pytestmark = pytest.mark.slow

QUICK = settings(max_examples=6, stateful_step_count=60)
FULL = settings(max_examples=240, stateful_step_count=140)
ENOUGH = 20_000
OFTEN = 10


def test_the_ledger_answers_as_the_model_says():
    run_state_machine_as_test(TimeBankMachine, settings=QUICK)


def test_the_model_knows_every_command():
    unknown = {kind for kind in COMMANDS if not hasattr(Model, kind)}
    assert not unknown


@pytest.mark.full
def test_the_ledger_answers_as_the_model_says_for_long():
    answers.clear()
    steps.clear()
    run_state_machine_as_test(TimeBankMachine, settings=FULL)
    assert steps["commands"] >= ENOUGH, steps
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
