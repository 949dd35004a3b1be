"""The kinds of string that a fact may hold."""

import unicodedata

import msgspec
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain.spelling import HIDDEN, same_name
from ledger.domain.text import Code, Digest, ExternalId, Label

BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}
MARKS = {"\u061c", "\u200e", "\u200f"}


def is_one(text: str, kind: object) -> bool:
    try:
        return msgspec.convert(text, kind) == text
    except msgspec.ValidationError:
        return False


def forbidden(character: str) -> bool:
    """A control or bidi character, half a character, or one that ends a line."""
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(character) in BIDI
        or character in MARKS
    )


@pytest.mark.parametrize(
    "name",
    ["Mill", "科学风车", "镇江市丹徒区", "Café № 9 (east)", "a", "x" * 200, "张家港 · 社区", "ВМФ", "🎈"],
)
def test_a_label_is_a_name_that_can_be_seen(name: str):
    assert is_one(name, Label)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\u3000",
        "x" * 201,
        "a\tb",
        "a\nb",
        "a\n",
        "NUL\x00",
        "\x85",
        "\u202egreen",
        "half \ud800",
        "\ufffd",
        "a\u00adb",
    ],
)
def test_a_label_holds_nothing_that_cannot_be_seen(name: str):
    assert not is_one(name, Label)


@pytest.mark.slow
def test_no_label_and_no_outside_id_holds_a_control_or_bidi_character():
    every = [chr(point) for point in range(0x110000)]
    assert [hex(ord(one)) for one in every if forbidden(one) and is_one(f"a{one}b", Label)] == []
    assert [hex(ord(one)) for one in every if forbidden(one) and is_one(f"a{one}b", ExternalId)] == []


@pytest.mark.parametrize(
    "filler", ["\u034f", "\u115f", "\u1160", "\u180e", "\u3164", "\uffa0", "\u200b", "\u2060", "\ufeff"]
)
def test_a_label_is_not_made_of_fillers(filler: str):
    """It could be: a community's name of nothing but Hangul fillers shows as empty."""
    assert not is_one(filler, Label)
    assert not is_one(f"Mill{filler}", Label)


@for_all(st.text(max_size=300))
def test_whatever_is_a_label_is_short_and_seen(name: str):
    if is_one(name, Label):
        assert 0 < len(name.strip()) <= len(name) <= 200
        assert not any(map(forbidden, name))
        assert same_name(name) or not HIDDEN.sub("", name).strip()
        assert msgspec.json.decode(msgspec.json.encode(name)) == name


@pytest.mark.parametrize("code", ["a", "guide", "team-leader", "x2", "a" * 40])
def test_a_code_is_a_word_in_kebab_case(code: str):
    assert is_one(code, Code)


@pytest.mark.parametrize(
    "code", ["", "Guide", "2x", "-x", "team leader", "team_leader", "讲解", "a" * 41, "guide\n"]
)
def test_a_code_is_nothing_else(code: str):
    assert not is_one(code, Code)


def test_an_outside_id_is_shorter_than_a_label():
    assert is_one("镇2025-0001", ExternalId)
    assert is_one("x" * 100, ExternalId)
    assert not is_one("x" * 101, ExternalId)


def test_a_digest_is_64_hexadecimal_digits():
    assert is_one("0123456789abcdef" * 4, Digest)
    assert not is_one("0123456789ABCDEF" * 4, Digest)
    assert not is_one("ab" * 31, Digest)


# --- the same name --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling",
    ["Ａ１ 社区（村）", "a1社区(村)", " A1　社区 (村)", "A１社区（村)"],
    ids=["full width", "half", "spaced", "mixed"],
)
def test_a_name_is_the_same_in_full_width_and_half_in_any_case_and_spacing(spelling: str):
    assert same_name(spelling) == same_name("A1社区（村）")


@pytest.mark.parametrize(
    "hidden", ["\ufe00", "\ufe0f", "\u2800", "\u200b", "\u200d", "\u2060", "\u3164", "\U000e0100", "\ufeff"]
)
def test_a_letter_that_shows_nothing_makes_no_other_name(hidden: str):
    """It did: V0001 and V0001 with a variation selector were two people, and two communities looked alike."""
    assert same_name(f"东{hidden}村") == same_name("东村")
    assert same_name(hidden) == ""


def test_names_that_differ_are_not_the_same():
    assert same_name("东村") != same_name("西村")
    assert same_name("后村") != same_name("後村"), "traditional characters are other characters"


def test_an_accent_that_stood_apart_is_part_of_its_letter():
    """It was not: dropping the space left a spelling that was not its own same name."""
    assert same_name("cafe\u00b4") == same_name("Cafe \u0301") == same_name("CAFÉ")


@for_all(st.text())
def test_the_same_name_of_a_same_name_is_itself(name: str):
    assert same_name(same_name(name)) == same_name(name)


@for_all(st.text())
def test_white_space_and_case_are_no_difference(name: str):
    assert same_name(f"  {name}\u3000") == same_name(name)
    assert same_name(name.casefold()) == same_name(unicodedata.normalize("NFKC", name.casefold()))
