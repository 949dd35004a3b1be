"""What the pages of rules, of words and for contributors name is there: refusals and tests, places, files."""

import ast
import pydoc
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger.domain.commands import InvalidInput, Refusal
from tests.scenario import every

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "rules.md"
GLOSSARY = ROOT / "docs" / "glossary.md"
REFUSALS = {kind.code: kind for kind in every(Refusal)}


class Rule(NamedTuple):
    """A row of the page."""

    sentence: str
    refusal: str
    tests: list[str]


def rules() -> list[Rule]:
    rows = [
        line.strip("|").split("|") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")
    ]
    cells = [[cell.strip() for cell in row] for row in rows]
    return [
        Rule(sentence, refusal.strip("`"), re.findall(r"`([^`]+)`", tests))
        for sentence, _, refusal, tests in cells
        if sentence != "rule" and not sentence.startswith("---")
    ]


@cache
def module(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text("utf-8"))


def source_of(test: str) -> str:
    """The text of the test that `path::name` names."""
    path, name = test.split("::")
    functions = [node for node in module(path).body if isinstance(node, ast.FunctionDef)]
    return next(ast.unparse(function) for function in functions if function.name == name)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.sentence)
def test_every_rule_has_tests_that_are_there_and_meet_its_refusal(rule: Rule):
    assert rule.tests
    assert all(test.startswith("tests/") for test in rule.tests)
    told = "\n".join(source_of(test) for test in rule.tests)
    if rule.refusal:
        kind = REFUSALS[rule.refusal]
        assert kind.__name__ in told or (kind is InvalidInput and "then_malformed" in told)


def test_every_refusal_is_on_the_page_and_no_other():
    assert {rule.refusal for rule in rules()} - {""} == set(REFUSALS)


def test_a_rule_is_a_sentence_and_said_once():
    sentences = [rule.sentence for rule in rules()]
    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) == len(sentences)


PLACES = sorted(set(re.findall(r"`((?:ledger|projections)\.[\w.]+)`", GLOSSARY.read_text("utf-8"))))


@pytest.mark.parametrize("place", PLACES)
def test_every_place_that_the_glossary_names_is_there(place: str):
    assert pydoc.locate(place) is not None


CONTRIBUTING = (ROOT / "docs" / "contributing.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`((?:docs|ledger|projections|tests)/[\w./]+)`", CONTRIBUTING)))
WRITERS = sorted(set(re.findall(r"-m (tests\.\S+)", CONTRIBUTING)))


@pytest.mark.parametrize("file", [one for one in NAMED if not re.search("SUBJECT|VIEW", one)])
def test_every_file_that_contributors_are_told_of_is_there(file: str):
    assert (ROOT / file).exists()


@pytest.mark.parametrize("writer", WRITERS)
def test_every_command_that_writes_files_is_there(writer: str):
    assert (ROOT / f"{writer.replace('.', '/')}.py").exists()


def test_a_word_stands_in_the_glossary_once():
    words = re.findall(r"^\| ([^|]+) \|", GLOSSARY.read_text("utf-8"), re.MULTILINE)
    plain = [word for word in words if word not in ("word", "---")]
    assert len(plain) > 40
    assert len(set(plain)) == len(plain)
