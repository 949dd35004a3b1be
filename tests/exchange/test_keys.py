"""Whom and what rows mean: numbers that are none, one number in two spellings, names that show nothing."""

from pathlib import Path

import pytest

from ledger.domain.commands import InvalidInput
from ledger.domain.communities import EstablishCommunity
from ledger.domain.events import Level
from ledger.settings import Settings
from tests.exchange.office import Office, member, office_at, said, service

CASES = Path(__file__).parents[1] / "data" / "cases"
DAMAGED, NOBODYS, ERROR = "damaged", "no number of anybody", "a cell with an error"


@pytest.fixture
def based(tmp_path: Path, settings: Settings):
    with office_at(settings, tmp_path) as office:
        for kind in ("communities", "teams", "roster"):
            assert not office.send_file(kind, CASES / f"base-{kind}.csv").problems
        yield office


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("damaged-number-roster.csv", DAMAGED),
        ("damaged-number-roster.xlsx", DAMAGED),
        ("placeholder-number-roster.csv", NOBODYS),
    ],
)
def test_a_number_that_a_spreadsheet_damaged_or_that_is_none_registers_nobody(
    based: Office, file: str, why: str
):
    """It did: 3.30212E+17 and 无 became volunteers, and the next such row was a conflict with a stranger."""
    report = based.send_file("roster", CASES / file)
    assert report.recorded == 0
    assert {field for _, field in report.refused} == {"volunteer"}
    for one in report.problems:
        assert (ERROR if one.value == "#N/A" else why) in one.reason


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    "number", ["1E+17", "3,3e+17", "＃N/A", "#REF!", "无", "null", "-", "——", "0", "000", "待定"]
)
def test_no_row_of_hours_is_of_such_a_number(office: Office, number: str):
    report = office.hours(service("1", volunteer=number))
    assert said(report) == {"refused": [[1, "volunteer"]]}
    assert any(why in report.problems[0].reason for why in (DAMAGED, NOBODYS, ERROR))


@pytest.mark.databases("sqlite")
def test_a_number_that_only_looks_like_one_of_these_is_somebodys(office: Office):
    numbers = ["007", "2024E01", "12E5", "A-1", "无锡01"]
    assert said(office.roster(*(member(one) for one in numbers))) == {"recorded": 5}


def test_one_number_in_another_case_or_with_a_hidden_letter_is_the_same_volunteer(based: Office):
    """It was not: v0001 and V0001 with a variation selector were three people."""
    before = based.ledger.directory.content().volunteers
    assert said(based.send_file("roster", CASES / "number-case-roster.csv")) == {"unchanged": 2}
    assert based.ledger.directory.content().volunteers == before
    assert based.number("v０００1\u200b") == based.number("V0001")


def test_a_new_number_is_one_volunteer_however_it_is_spelt_further_down(office: Office):
    rows = member("sd99"), member("SD99"), member("ＳＤ９９\ufe0f")
    for dry_run in (True, False):
        assert said(office.roster(*rows, dry_run=dry_run)) == {"recorded": 1, "unchanged": 2}
    assert said(office.roster(*rows)) == {"unchanged": 3}
    assert [one.number for one in office.ledger.directory.content().volunteers if one.number == "sd99"] == [
        "sd99"
    ]


def test_hours_of_a_number_in_another_case_are_the_volunteers_and_a_resent_row_says_the_same(office: Office):
    assert said(office.hours(service("1"))) == {"recorded": 1}
    assert said(
        office.hours(
            service("1", volunteer="sd０１\ufe0f"), service("2", volunteer="sd01", date="2026-09-04")
        )
    ) == {
        "recorded": 1,
        "unchanged": 1,
    }


def test_a_number_that_two_have_in_two_spellings_is_neither_ones(office: Office):
    first = office.ledger.directory.by_id([office.number("SD01")])
    office.ledger.directory.put(
        [one._replace(volunteer="vol_double", number="sd01") for one in first.values()]
    )
    report = office.hours(service("1"))
    assert said(report) == {"refused": [[1, "volunteer"]]}
    assert "vol_double" in report.problems[0].reason
    assert said(office.roster(member("SD01"), member("sD01", name="王五"))) == {
        "unchanged": 1,
        "conflict": [2],
    }


def test_no_community_gets_a_name_that_shows_nothing_or_looks_like_anothers(based: Office):
    """Two could: 一村 with a variation selector stood beside 一村, and a braille blank was a community."""
    report = based.send_file("communities", CASES / "invisible-name-communities.csv")
    assert said(report) == {"refused": [[1, "name"], [2, "name"]]}
    town = next(id for id, name in based.names().items() if name == "东镇")
    for name in ("三村\ufe0f", "\u2800", "三\u2800村"):
        establish = EstablishCommunity(community="com_new", name=name, level=Level.VILLAGE, parent=town)
        with pytest.raises(InvalidInput, match="name"):
            based.ledger.bank.handle(establish, by="stf_office")


# Whether a number and a name belong together.


@pytest.mark.parametrize("name", ["王秀兰", "李四", "张"])
def test_hours_of_a_number_with_another_ones_name_are_credited_to_nobody(office: Office, name: str):
    """They were, silently: the number alone was looked at, and a digit mistyped gave a stranger the hours."""
    report = office.hours(service("1", name=name))
    assert said(report) == {"refused": [[1, "name"]]}
    (problem,) = report.problems
    assert "张*" in problem.reason
    assert "张*" in problem.reason_zh
    assert "张三" not in problem.reason + problem.reason_zh
    assert said(office.hours(service("1"))) == {"recorded": 1}


@pytest.mark.databases("sqlite")
def test_a_name_belongs_in_any_spelling(office: Office):
    people = {"SD11": "张丽兰", "SD12": "阿依古丽·买买提", "SD13": "钱锺书", "SD14": "Ann Lee"}
    office.roster(*(member(number, name=name) for number, name in people.items()))
    spelt = [
        ("SD11", "張麗蘭"),
        ("SD11", " 张 丽\u3000兰 "),
        ("SD11", "张丽兰\u200b"),
        ("SD11", ""),
        ("SD12", "阿依古丽•买买提"),
        ("SD13", "錢鍾書"),
        ("SD13", "钱钟书"),
        ("SD14", "ＡＮＮ ＬＥＥ"),
    ]
    rows = [
        service(str(day), volunteer=number, name=name, date=f"2026-08-{day:02}")
        for day, (number, name) in enumerate(spelt, 1)
    ]
    assert said(office.hours(*rows)) == {"recorded": len(rows)}


def test_a_recorded_row_stays_recorded_when_its_volunteer_is_called_otherwise_now(office: Office):
    assert said(office.hours(service("1"))) == {"recorded": 1}
    (known,) = office.ledger.directory.by_id([office.number("SD01")]).values()
    office.ledger.directory.put([known._replace(name="张三丰")])
    assert said(office.hours(service("1"))) == {"unchanged": 1}
    assert said(office.hours(service("2", date="2026-09-04"))) == {"refused": [[1, "name"]]}
