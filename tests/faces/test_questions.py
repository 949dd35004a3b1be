"""What is asked at either door is answered alike: every question of the catalogue, by its example."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click
import pytest

from ledger.api.table import READS
from ledger.cli import main
from ledger.cli.acts.made import Made, words_of
from ledger.operations.question import Question
from tests.api.contract.test_examples import path_of
from tests.cli.conftest import run
from tests.faces.conftest import Counter, Http, Open

BY_ANOTHER_LINE = {}
"""What is typed for a question that a line of another one turns to, where somebody names more or less."""
TOLD_OF_A_CALLER = {"getMe"}
"""Who calls is another at each door."""


def lines(command: click.Command, *above: str) -> Iterator[tuple[tuple[str, ...], Made]]:
    """Every command that is made of an operation, with the words that name it."""
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from lines(one, *above, name)
    elif isinstance(command, Made):
        yield above, command


LINES = {made._line.operation: (words, made) for words, made in lines(main)}


def typed(question: Question) -> tuple[list[str], Mapping[str, Any]]:
    """What is typed for the example of a question, and that of its parameters which can be."""
    if question.name in BY_ANOTHER_LINE:
        return BY_ANOTHER_LINE[question.name]
    words, made = LINES[question.name]
    query: Any = question.example.get("query", {})
    asked, said = [*words], {}
    for word in words_of(made._line):
        field = made._line.fields.get(word.name, word.name)
        if field in question.subject:
            asked.append(str(question.example[field]))
        elif field in query:
            said[field] = query[field]
            asked += (
                [f"--{word.name.replace('_', '-')}", str(query[field])]
                if word.is_option
                else [str(query[field])]
            )
    return asked, said


@pytest.fixture
def doors(open_door: Open) -> tuple[Http, Counter]:
    http, counter = open_door("http"), open_door("counter")
    assert isinstance(http, Http)
    assert isinstance(counter, Counter)
    return http, counter


def test_every_question_is_answered_alike_at_either_door(doors: tuple[Http, Counter]):
    http, counter = doors
    for read in READS:
        words, query = typed(read.operation)
        asked = http.get(path_of(read), **query)
        result = run(*words, "--json", "--data", counter.folder)
        assert result.exit_code == 0, (words, result.stderr)
        told = json.loads(result.stdout)
        assert told.keys() == asked.keys(), read.name
        if read.name not in TOLD_OF_A_CALLER:
            assert told == asked, read.name
