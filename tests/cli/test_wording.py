"""What the command line prints stands once in words, in English and in Chinese, and nothing is without one of them."""

import ast
import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from msgspec import inspect

from ledger.cli.words.printed import COUNTED_ZH, PRINTED
from ledger.cli.words.printed_faults import EXAMINED_ZH, FAULTS
from ledger.cli.words.printed_heads import HEADS
from ledger.cli.words.printed_tools import PRINTED_BY_TOOLS
from ledger.cli.words.wording import code, counted, examined, fault, field, head, period, printed, spoken
from ledger.domain.events import EVERY_TYPE
from ledger.domain.events.communities import Level
from ledger.domain.events.presence import Mode
from ledger.domain.events.qualifications import AgeBand
from ledger.domain.redemption_state import State
from ledger.domain.volunteer_state import Standing
from ledger.exchange.words.reasons import FILES, ROWS
from ledger.operations.callers import Role
from ledger.operations.catalogue import QUESTIONS
from ledger.operations.words.codes import EVENTS_ZH, code_in_chinese
from ledger.operations.words.heads import HEADS_ZH, head_in_chinese
from ledger.operations.words.said import Said
from ledger.store.codec import type_name
from tests.cli.conftest import Counter

WORDS: Mapping[str, Mapping[str, Said]] = {
    "PRINTED": PRINTED,
    "PRINTED_BY_TOOLS": PRINTED_BY_TOOLS,
    "HEADS": HEADS,
}
IDEOGRAPH = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
UNTITLED = {
    "next_cursor",
    "fingerprint",
    "cause",
    "days",
    "service",
    "coordinates",
    "turnout",
    "rate",
    "limits",
    "roles",
}
"""What is never shown by itself: what holds others, and what a page of answers is for programs."""


@pytest.fixture
def in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


@pytest.mark.parametrize("some", WORDS.values(), ids=WORDS)
def test_each_text_is_there_in_both_languages_with_the_same_placeholders(some: Mapping[str, Said]):
    for name, (english, chinese) in some.items():
        assert english, name
        assert IDEOGRAPH.search(chinese), name
        assert not IDEOGRAPH.search(english), name
        assert placeholders(english) == placeholders(chinese), name


@pytest.mark.parametrize("some", [ROWS, FILES], ids=["ROWS", "FILES"])
def test_each_reason_of_an_import_is_there_in_both_languages(some: Mapping[str, Said]):
    for name, (english, chinese) in some.items():
        assert english, name
        assert IDEOGRAPH.search(chinese), name
        assert placeholders(english) == placeholders(chinese), name


def placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_sentence_has_two_places():
    assert not PRINTED.keys() & PRINTED_BY_TOOLS.keys()


def test_every_kind_of_fact_has_a_chinese_name():
    assert EVENTS_ZH.keys() == {type_name(one) for one in EVERY_TYPE}


def structs(shape: inspect.Type) -> Iterator[inspect.StructType]:
    match shape:
        case inspect.StructType():
            yield shape
            for one in shape.fields:
                yield from structs(one.type)
        case inspect.UnionType():
            for one in shape.types:
                yield from structs(one)
        case inspect.ListType() | inspect.VarTupleType() | inspect.SetType():
            yield from structs(shape.item_type)
        case _:
            pass


def named(shape: type) -> set[str]:
    return {one.encode_name for struct in structs(inspect.type_info(shape)) for one in struct.fields}


def test_every_field_of_a_fact_and_of_an_answer_has_a_chinese_name():
    shown = set[str]().union(*(named(one) for one in EVERY_TYPE))
    shown = shown.union(*(named(question.answers) for question in QUESTIONS)) - UNTITLED
    known = {name.rpartition(".")[2] for name in HEADS_ZH} | {"before", "replaces", "served", "policy"}
    assert shown <= known, shown - known


@pytest.mark.parametrize(
    ("field", "codes"),
    [("level", Level), ("age_band", AgeBand), ("standing", Standing), ("mode", Mode), ("role", Role)],
)
def test_every_code_that_the_ledger_defines_has_a_chinese_word(field: str, codes: type):
    assert all(code_in_chinese(field, one.value) for one in codes)  # type: ignore[attr-defined]


def test_every_state_has_a_chinese_word():
    states = {
        "act": ("planned", "held", "cancelled"),
        "rec": ("reported", "approved", "declined", "attested", "reversed"),
        "red": tuple(State),
        "sig": ("placed", "waiting", "withdrawn", "released", "no-show"),
        "vis": ("going-on", "over", "abandoned"),
    }
    said = {code_in_chinese("state", one, f"{thing}_a") for thing, some in states.items() for one in some}
    assert None not in said
    assert code_in_chinese("state", "placed", "sig_a") != code_in_chinese("state", "placed", "red_a")


@pytest.mark.usefixtures("in_chinese")
def test_a_chinese_terminal_is_told_numbers_periods_and_codes_as_they_are_written_in_chinese():
    assert counted(1_024, "row") == "1,024 行"
    assert spoken(90) == "1小时30分"
    says = "the account 1 is shown with 1,000 h, and the events say 999 h 59 min"
    assert fault(says) == "账户 1 显示为1,000小时，按事件应为999小时59分"
    assert [period(one) for one in ("2026", "2026-Q2", "2026-09", "all")] == [
        "2026年",
        "2026年第二季度",
        "2026年9月",
        "全部期间",
    ]
    assert code("level", "town") == "镇街"
    # An office's own code stays as it is.
    assert code("kind", "gallery") == "gallery"
    assert printed("recorded", what=counted(2, "fact")) == "已入账：2 个事件。"


def test_an_english_terminal_is_told_fields_by_their_names():
    assert (head("granted_by"), field("days.day"), code("level", "town")) == (
        "Granted by",
        "days day",
        "town",
    )
    assert (counted(1, "fact"), period("2026-Q2"), period("all")) == ("1 fact", "2026-Q2", "all time")


def test_what_was_said_before_is_told_from_what_is_said_now():
    assert head_in_chinese("before.name") == f"原{head_in_chinese('venue.name')}"
    assert head_in_chinese("venues_by_kind.gallery") == "阵地 gallery"


def test_all_that_is_counted_has_a_chinese_measure():
    assert all(IDEOGRAPH.search(measure) for measure in COUNTED_ZH.values())


def texts_of_examinations() -> set[str]:
    """What examinations may tell, as their source holds it, with a brace for whatever changes."""
    root = Path(__file__).parents[2]
    folders = ("ledger/audit", "ledger/audit/words", "ledger/store", "projections/running")
    trees = [
        ast.parse(path.read_text("utf-8")) for folder in folders for path in (root / folder).glob("*.py")
    ]
    found = set[str]()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            found.add("".join(map(str, parts)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(re.sub(r"\{\w+\}", "{}", node.value))
    return found


def test_what_examinations_find_is_told_in_chinese_as_they_tell_it():
    told = texts_of_examinations()
    for english, chinese in FAULTS:
        assert placeholders(english) == placeholders(chinese), english
        assert re.sub(r"\{\w+\}", "{}", english) in told, english
    assert EXAMINED_ZH.keys() - told == {"cosignatures"}


@pytest.mark.usefixtures("in_chinese")
def test_what_an_examination_found_is_told_in_chinese_as_far_as_words_know_it():
    assert fault("it differs from what the log says; `timebank projections rebuild` mends it").startswith(
        "与总账"
    )
    assert fault("event 5 is missing") == "缺少序号 5 的事件"
    assert fault("disk image is malformed") == "disk image is malformed"
    assert (examined("clock"), examined("view balances")) == ("时钟", "视图 balances")


def test_about_told_the_hours_of_each_star_in_a_line_of_its_own_and_in_minutes(counter: Counter):
    assert "policy stars          100 h, 300 h, 600 h, 1,000 h, 1,500 h" in counter.run("about").stdout


@pytest.mark.usefixtures("in_chinese")
def test_about_tells_a_policy_s_minutes_as_durations_in_chinese(counter: Counter):
    told = counter.run("about").stdout
    assert re.findall("星级门槛 +(.*)", told) == ["100小时、300小时、600小时、1,000小时、1,500小时"]
    assert re.findall("最低余额 +(.*)", told) == ["0分钟"]
