"""What operations do and mean is said once, in English and in Chinese, and neither holds the other."""

import pkgutil
import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import pytest

from ledger.operations.words import parts
from ledger.operations.words.fields import FIELDS, OTHERWISE, meaning_of_field
from ledger.operations.words.parameters import PARAMETERS, PARAMETERS_OTHERWISE, meaning_of_parameter
from ledger.operations.words.said import Said, in_language, without_null
from ledger.operations.words.summaries import SUMMARIES

WORDS: Mapping[str, Mapping[Any, Said]] = {
    "SUMMARIES": SUMMARIES,
    "FIELDS": FIELDS,
    "OTHERWISE": OTHERWISE,
    "PARAMETERS": PARAMETERS,
    "PARAMETERS_OTHERWISE": PARAMETERS_OTHERWISE,
}

IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
AS_IT_IS_SENT = re.compile("`[^`]+`")
MASKED_NAME = "王*兰"
LATIN = re.compile("[A-Za-z][A-Za-z0-9+/-]*")
ENGLISH_MARK = re.compile("[,;:?!()]")
SAME_IN_BOTH = {
    *("HTTP", "JSON", "UTC", "IANA", "RFC", "C2SP", "tlog-checkpoint", "tlog-proof", "text/plain"),
    *("base64", "name+id+base64", "null", "true"),
}
"""What has no other name in Chinese."""


@pytest.mark.parametrize("some", WORDS.values(), ids=WORDS)
def test_a_text_is_a_sentence_in_english_and_holds_no_chinese(some: Mapping[Any, Said]):
    for name, (english, _) in some.items():
        assert CHINESE.search(AS_IT_IS_SENT.sub("", english).replace(MASKED_NAME, "")) is None, name
        assert english.strip().endswith("."), name


@pytest.mark.parametrize("some", WORDS.values(), ids=WORDS)
def test_a_text_is_a_sentence_in_chinese_and_holds_no_english(some: Mapping[Any, Said]):
    for name, (_, chinese) in some.items():
        told = AS_IT_IS_SENT.sub("", chinese)
        assert IDEOGRAPH.search(told), name
        assert chinese.endswith("。"), name
        assert {*LATIN.findall(told)} <= SAME_IN_BOTH, name
        assert ENGLISH_MARK.search(told) is None, name


@pytest.mark.parametrize("some", WORDS.values(), ids=WORDS)
def test_what_is_told_as_it_is_sent_is_the_same_in_both_languages(some: Mapping[Any, Said]):
    for name, (english, chinese) in some.items():
        assert {*AS_IT_IS_SENT.findall(english)} == {*AS_IT_IS_SENT.findall(chinese)}, name


@pytest.mark.parametrize("name", ["SUMMARIES", "FIELDS", "OTHERWISE", "TITLES_ZH", "ADVICE"])
def test_no_part_of_the_words_says_again_what_another_says(name: str):
    there = [import_module(one.name) for one in pkgutil.iter_modules(parts.__path__, f"{parts.__name__}.")]
    said = [vars(part)[name] for part in there if name in vars(part)]
    assert sum(map(len, said)) == len(parts.gathered(name)) > 0


def test_a_part_says_nothing_that_nobody_gathers():
    names = {"SUMMARIES", "FIELDS", "OTHERWISE", "TITLES_ZH", "ADVICE"}
    for one in pkgutil.iter_modules(parts.__path__, f"{parts.__name__}."):
        assert names & vars(import_module(one.name)).keys(), one.name


def test_another_language_than_chinese_is_told_english():
    assert [in_language(("yes", "是"), language) for language in ("zh", "en", "fr")] == ["是", "yes", "yes"]


def test_a_meaning_is_told_in_either_language_and_otherwise_where_it_is_another():
    assert meaning_of_field("Offer", "begins", "zh") == "可以兑换的首日。"
    assert meaning_of_field("Shift", "begins", "zh") == "班次的开始时间。"
    assert meaning_of_field("Shift", "begins") == "The instant from which on the shift lasts."
    assert meaning_of_field("Shift", "nothing", "zh") is None
    assert meaning_of_parameter("listOffers", "on", "zh") == "只列出这一天可以兑换的。"
    assert meaning_of_parameter("listPosts", "on", "zh") == "只列出这一天有效的。"
    assert meaning_of_parameter("listPosts", "on") == "Only what holds on this day."


def test_what_is_said_of_null_is_left_out_for_those_who_meet_none():
    assert tuple(without_null(text) for text in FIELDS["into"]) == FIELDS["into"]
    assert [without_null(text) for text in FIELDS["parent"]] == [
        "The id of the one that it stands beneath.",
        "上级的编号。",
    ]
    assert [without_null(text) for text in FIELDS["audience"]] == [
        "Whom the activity is for: a code, such as `elderly`.",
        "活动的受众：代码，如 `elderly`。",
    ]
