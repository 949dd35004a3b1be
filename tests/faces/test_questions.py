"""What is asked at either door is answered alike: every question of the catalogue, by its example."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from ledger.api.table import READS
from ledger.cli.acts.made import words_of
from ledger.operations.question import Question
from tests.api.contract.test_examples import path_of
from tests.cli.conftest import run
from tests.faces.conftest import Counter, Http, Open
from tests.faces.lines import LINES

BY_ANOTHER_LINE: Mapping[str, tuple[list[str], Mapping[str, Any]]] = {
    "listContributionsOfAll": (["contributions", "--period", "2026"], {"period": "2026"}),
    "getReportOfAll": (["report", "--period", "2026"], {"period": "2026"}),
    "listShiftsOfActivity": (["shift", "list", "--activity", "act_choir"], {}),
    "getVolunteerPlace": (
        ["leaderboard", "--by", "volunteers", "--period", "2026", "--around", "vol_ann"],
        {"period": "2026"},
    ),
    "getTeamPlace": (
        ["leaderboard", "--by", "teams", "--period", "2026", "--around", "tea_singers"],
        {"period": "2026"},
    ),
    "getCommunityPlace": (
        ["leaderboard", "--by", "communities", "--period", "2026", "--around", "com_valley"],
        {"period": "2026"},
    ),
    "listActivities": (
        ["activity", "list", "--period", "all", "--within", "com_valley"],
        {"community": "com_valley"},
    ),
}
"""What is typed for a question to which the line of another one turns."""
BY_A_TOOL = {"getCheckpointKey", "getExplanation"}
"""Whom an operator's tool answers, with what else it looks at: `audit key` and `audit explain`."""
WITHIN = "within"
"""What is typed for a community beneath which things lie."""
KEPT_IN_A_FILE = {"getMonthReport"}
"""What is told at the counter as it is kept, the same to the byte each time: without a position."""
TOLD_OF_A_CALLER = {"getMe"}
"""Who calls is another at each door."""


def typed(question: Question) -> tuple[list[str], Mapping[str, Any]]:
    """What is typed for the example of a question, and that of its parameters which can be."""
    if question.name in BY_ANOTHER_LINE:
        return BY_ANOTHER_LINE[question.name]
    words, made = LINES[question.name]
    query: Any = question.example.get("query", {})
    asked, said = [*words], dict[str, Any]()
    for word in words_of(made._line):
        field = "community" if word.name == WITHIN else made._line.fields.get(word.name, word.name)
        if field in question.subject:
            value = question.example[field]
        elif field in query:
            value = said[field] = query[field]
        else:
            continue
        option = [f"--{word.name.replace('_', '-')}"] if word.is_option else []
        asked += option if value is True else [*option, str(value)]
    return asked, said


@pytest.fixture
def doors(open_door: Open) -> tuple[Http, Counter]:
    http, counter = open_door("http"), open_door("counter")
    assert isinstance(http, Http)
    assert isinstance(counter, Counter)
    return http, counter


def test_every_question_is_answered_alike_at_either_door(doors: tuple[Http, Counter]):
    http, counter = doors
    otherwise: dict[str, Any] = {}
    for read in READS:
        if read.name in BY_A_TOOL:
            continue
        words, query = typed(read.operation)
        answered = http.get(path_of(read), **query)
        result = run(*words, "--json", "--data", counter.folder)
        told: Any = json.loads(result.stdout or result.stderr)
        expected: Any = answered
        if read.name in KEPT_IN_A_FILE:
            del expected["position"]
        if read.name in TOLD_OF_A_CALLER:
            expected, told = expected.keys(), told.keys()
        if told != expected:
            otherwise[read.name] = words, told, expected
    assert otherwise == {}
