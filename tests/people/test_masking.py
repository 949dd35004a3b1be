"""Names as strangers may see them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.people.masking import MASK, masked

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=8)
WORD = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=1, max_size=8)
ANYTHING = st.text(st.characters(exclude_characters=MASK, categories=None), max_size=20)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("王秀兰", "王*兰"),
        ("欧阳秀兰", "欧**兰"),
        ("王兰", "王*"),
        ("王", "*"),
        ("", ""),
        ("  ", ""),
        (" 王秀兰 ", "王*兰"),
        ("王 秀兰", "王**兰"),
        ("阿依古丽·买买提", "阿******提"),
        ("Ann Lee", "A** L**"),
        ("Ann", "A**"),
        ("Ann B", "A** *"),
        ("A", "*"),
        ("A B", "* *"),
        ("Ann  Lee", "A**  L**"),
        ("E\u0301mile Zola", "É**** Z***"),
        ("x\u0302\u0304y", "x\u0302\u0304*"),
        ("𠮷野家", "𠮷*家"),
        ("\ud842\udfb7野家", "𠮷*家"),
        ("葛\U000e0100西西", "葛\U000e0100*西"),
        ("김민수", "김*수"),
        (unicodedata.normalize("NFD", "김민수"), "김*수"),
        ("王\u200d秀\u200d兰", "王\u200d*兰"),
    ],
)
def test_a_name_keeps_what_is_said_and_no_more(name: str, expected: str):
    assert masked(name) == expected


@given(HAN)
def test_a_chinese_name_keeps_its_first_and_last_character(name: str):
    told = masked(name)
    assert len(told) == len(name)
    assert told[0] == name[0]
    assert told[1:-1] == MASK * (len(name) - 2)
    assert told[-1] == (name[-1] if len(name) > 2 else MASK)


@given(st.lists(WORD, min_size=1, max_size=4))
def test_a_name_in_letters_keeps_the_first_of_each_word(words: list[str]):
    expected = [word[0] + MASK * (len(word) - 1) if len(word) > 1 else MASK for word in words]
    assert masked(" ".join(words)) == " ".join(expected)


@given(ANYTHING)
def test_no_name_is_shown_whole_and_every_name_can_be_told(name: str):
    told = masked(name)
    assert len(told.encode()) <= len(name.encode("utf-8", "surrogatepass")) * 3
    if told:
        assert MASK in told
        assert told != name


@given(ANYTHING)
def test_a_masked_name_is_no_longer_than_the_name(name: str):
    assert len(masked(name)) <= len(unicodedata.normalize("NFC", name))
