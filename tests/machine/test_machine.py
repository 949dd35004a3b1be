"""The whole time bank against a plain model of it."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from ledger.domain.commands import Refusal
from tests.machine.commands import COMMANDS
from tests.machine.model import Model
from tests.machine.rules import (
    CounterMachine,
    EvenCounterMachine,
    EvenShiftMachine,
    EvenTimeBankMachine,
    ShiftMachine,
    TimeBankMachine,
    answers,
    steps,
)

pytestmark = pytest.mark.slow

QUICK = settings(max_examples=3, stateful_step_count=60)
FULL = {
    TimeBankMachine: settings(max_examples=20, stateful_step_count=140),
    ShiftMachine: settings(max_examples=15, stateful_step_count=140),
    CounterMachine: settings(max_examples=15, stateful_step_count=140),
    EvenTimeBankMachine: settings(max_examples=66, stateful_step_count=140),
    EvenShiftMachine: settings(max_examples=52, stateful_step_count=140),
    EvenCounterMachine: settings(max_examples=28, stateful_step_count=140),
}
ENOUGH = 20_000
HANDFUL = 5
AT_THE_OPENING = {"open_ledger", "not-open"}
"""A ledger is opened once, and nothing goes before: only the words with which every run begins meet these."""


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
    walked = COMMANDS.keys() - AT_THE_OPENING
    recorded = {kind: answers[kind, "recorded"] for kind in walked}
    assert not too_few(recorded)
    refused = {kind: sum(times for code, times in answers_to(kind) if code not in DONE) for kind in walked}
    assert not too_few(refused)
    codes = {kind.code for kind in refusals(Refusal)}
    never = codes - AT_THE_OPENING - {code for _, code in answers}
    assert not never
    assert sum(times for (_, code), times in answers.items() if code == "replayed") >= HANDFUL


DONE = {"recorded", "replayed"}


def too_few(counts: dict[str, int]) -> dict[str, int]:
    """What was met less than a handful of times."""
    return {kind: times for kind, times in counts.items() if times < HANDFUL}


def answers_to(kind: str) -> Iterator[tuple[str, int]]:
    """How often a command got each answer."""
    return ((outcome, times) for (one, outcome), times in answers.items() if one == kind)


def refusals(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for beneath in kind.__subclasses__():
        yield beneath
        yield from refusals(beneath)
