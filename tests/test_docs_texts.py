"""The texts that people read most are in the field's own words: the glossary lists them, and the program says them."""

import re
from pathlib import Path

import pytest

from tests.texts import texts

ROOT = Path(__file__).parents[1]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
LISTED = re.findall(r"^\| ([^|]+) \| ([^|]+) \| `([\w.-]+)` \|$", GLOSSARY, re.MULTILINE)
ENOUGH = 200

SETTLED = {
    "缺席": r"未到(?!期|来|所|签到)|(?<!尚)未到签到",
    "签到记录": "到场",
    "归队记录": "入队",
    "结账": "关账",
    "称号": "试点[·/]示范",
    "管理办法": "(?<!管理)办法",
    "社区管理员": "协调员",
}
"""The word that was settled for one thing, and what is said for it no more."""


def test_enough_texts_are_listed():
    assert len(LISTED) >= ENOUGH
    assert len({place for *_, place in LISTED}) == len(LISTED)


@pytest.mark.parametrize(
    ("chinese", "english", "place"), LISTED, ids=lambda cell: None if " " in cell else cell
)
def test_a_listed_text_is_what_the_program_says(chinese: str, english: str, place: str):
    assert texts()[place] == (english, chinese)


@pytest.mark.parametrize("word", SETTLED)
def test_nothing_is_called_otherwise_than_was_settled(word: str):
    assert word in GLOSSARY
    otherwise = re.compile(SETTLED[word])
    sources = [*(ROOT / "ledger").rglob("*.py"), *(ROOT / "projections").rglob("*.py")]
    said = [(path.name, line) for path in sources for line in path.read_text("utf-8").splitlines()]
    assert [(name, line) for name, line in [*said, ("glossary", GLOSSARY)] if otherwise.search(line)] == []
