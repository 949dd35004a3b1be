"""The whole time bank against a plain model of it."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from ledger.domain.commands import Refusal
from tests.machine.commands import COMMANDS
from tests.machine.model import Model
from tests.machine.rules import CounterMachine, ShiftMachine, TimeBankMachine, answers, steps

pytestmark = pytest.mark.slow

QUICK = settings(max_examples=6, stateful_step_count=60)
FULL = {
    TimeBankMachine: settings(max_examples=130, stateful_step_count=140),
    ShiftMachine: settings(max_examples=80, stateful_step_count=140),
    CounterMachine: settings(max_examples=40, stateful_step_count=140),
}
ENOUGH = 20_000
OFTEN, FEW, SOME = 10, 8, 12


def test_the_ledger_answers_as_the_model_says():
    run_state_machine_as_test(TimeBankMachine, settings=QUICK)


def test_the_model_knows_every_command():
    unknown = {kind for kind in COMMANDS if not hasattr(Model, kind)}
    assert not unknown


@pytest.mark.full
def test_the_ledger_answers_as_the_model_says_for_long():
    answers.clear()
    steps.clear()
    for machine, runs in FULL.items():
        run_state_machine_as_test(machine, settings=runs)
    assert steps["commands"] >= ENOUGH, steps
    recorded = {kind: answers[kind, "recorded"] for kind in COMMANDS}
    refused = {
        kind: sum(times for (one, code), times in answers.items() if one == kind and code not in DONE)
        for kind in COMMANDS
    }
    # A walk is random: each command and each reason has its own tests in tests/domain, so a few that it seldom
    # meets are no fault of the ledger.
    assert sum(times >= OFTEN for times in recorded.values()) >= len(COMMANDS) - FEW, recorded
    assert sum(times >= OFTEN for times in refused.values()) >= len(COMMANDS) - FEW, refused
    codes = {kind.code for kind in refusals(Refusal)}
    never = codes - {code for _, code in answers}
    assert len(never) <= SOME, never
    assert sum(times for (_, code), times in answers.items() if code == "replayed") >= OFTEN


DONE = {"recorded", "replayed"}


def refusals(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for beneath in kind.__subclasses__():
        yield beneath
        yield from refusals(beneath)
