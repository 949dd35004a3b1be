"""The catalogue is whole: whatever the rules let happen can be asked for, and each door has a place for it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ledger.operations
from ledger.api.batches import BATCH
from ledger.api.paths import PATHS
from ledger.api.routes import Route
from ledger.api.table import READS, WRITES
from ledger.domain.commands import Command, DatedCommand, Malformed
from ledger.operations import index
from ledger.operations.catalogue import ACTIONS, APART, INTERNAL, QUESTIONS, SEVERAL
from ledger.operations.index import SUBJECTS, declared
from ledger.operations.operation import Operation
from ledger.operations.refused import refusals
from ledger.operations.words.summaries import SUMMARIES

ROOM = Path(ledger.operations.__file__).parent
DECLARES = re.compile(r"^(QUESTIONS|ACTIONS|SEVERAL) = ", re.M)
OPERATIONS: tuple[Operation, ...] = (*QUESTIONS, *ACTIONS, *SEVERAL, *APART)


BASES = frozenset({DatedCommand, Malformed})
"""What commands share, and what stands for one that cannot be read."""


def commands(kind: type[Command] = Command) -> Iterator[type[Command]]:
    """Every command of the domain, also one that decides as another does."""
    refusals()
    for one in kind.__subclasses__():
        if one.__module__.startswith("ledger.domain.") and not one.__name__.startswith("_"):
            yield one
        yield from commands(one)


def test_every_command_is_an_action_or_named_as_internal():
    asked = {action.command for action in ACTIONS}
    assert not asked & INTERNAL
    assert {*commands()} - BASES == asked | INTERNAL


def test_the_index_tells_in_which_module_each_operation_is_declared():
    found = {subject: " ".join(one.name for one in declared(subject)) for subject in SUBJECTS}
    assert found == SUBJECTS
    files = [path for path in ROOM.rglob("*.py") if DECLARES.search(path.read_text("utf-8"))]
    modules = {".".join(path.relative_to(ROOM).with_suffix("").parts) for path in files}
    assert modules == SUBJECTS.keys()
    assert [*map(index.operation, SUBJECTS["credits.credits"].split())] == [*declared("credits.credits")]


def test_no_two_operations_share_a_name():
    names = [operation.name for operation in OPERATIONS]
    assert len(names) == len({*names})


def test_every_operation_has_a_summary_and_every_summary_an_operation():
    assert {operation.name for operation in OPERATIONS} | {BATCH.name} == SUMMARIES.keys()
    for operation in (*OPERATIONS, BATCH.operation):
        english, chinese = SUMMARIES[operation.name]
        assert operation.summary == operation.summary_in("en") == english
        assert operation.summary_in("zh") == chinese


def test_every_operation_has_a_path_and_every_path_an_operation():
    assert {operation.name for operation in OPERATIONS} | {BATCH.name} == PATHS.keys()


@pytest.mark.parametrize("route", [*READS, *WRITES], ids=lambda route: route.name)
def test_a_path_has_a_place_for_each_thing_that_its_operation_is_about(route: Route):
    assert route.parameters == route.operation.subject


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_an_example_names_all_that_an_operation_is_about(operation: Operation):
    assert {*operation.subject} <= operation.example.keys()
