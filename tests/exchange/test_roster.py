"""The roster, row by row: who becomes a volunteer, and who does not, and for which reason."""

import threading
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from ledger.application import Ask, TimeBank
from ledger.domain.events import TeamAssigned, VolunteerRegistered
from ledger.domain.ids import new_id
from ledger.domain.teams import DisbandTeam
from ledger.domain.volunteers import RegisterVolunteer
from ledger.exchange import roster
from ledger.exchange.importing import BATCH_ROWS
from ledger.exchange.persons import Person
from ledger.exchange.tables import Row, Table
from ledger.operations.doing import outcomes_of
from ledger.operations.registering import Submission
from ledger.people.directory import Volunteer
from ledger.people.enlisting import enlist
from tests.exchange.office import STAFF, Office, log_rows, member, quiet, said, service


def registered(office: Office, number: str) -> VolunteerRegistered:
    [event] = [one for one in office.facts(VolunteerRegistered) if one.volunteer == office.number(number)]
    return event


def home(office: Office, number: str) -> str:
    return office.names()[registered(office, number).community]


def known(office: Office, number: str) -> Volunteer:
    return office.ledger.directory.by_number([number])[number]


# What is recorded.


def test_a_right_row_registers_a_volunteer_in_a_village_and_a_team_from_the_day(office: Office):
    assert said(office.roster(member("SD11", date="2024年2月4日"))) == {"recorded": 1}
    assigned = office.facts(TeamAssigned)[-1]
    assert registered(office, "SD11").on == assigned.on == date(2024, 2, 4)
    assert (home(office, "SD11"), office.names()[assigned.team]) == ("东村", "东队")
    assert (assigned.volunteer, assigned.until) == (office.number("SD11"), None)


def test_name_and_phone_and_the_rest_of_a_person_go_to_the_directory(office: Office):
    office.roster(member("ＳＤ１１", name=" 赵 六 ", phone="１00", sex="男", remark="党员"))
    person = known(office, "SD11")
    assert (person.name, person.phone, person.sex, person.remark) == ("赵 六", "100", "男", "党员")


def test_a_number_that_somebody_comes_to_have_meanwhile_is_one_volunteer_s(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    before = office.facts(VolunteerRegistered)
    command = RegisterVolunteer(volunteer=new_id("vol"), community=before[0].community)
    asked = Submission(Ask(command, STAFF), Person(number="SD11", name="钱七"))
    told: list[object] = []

    def register() -> None:
        told.extend(outcomes_of(office.ledger, [asked], office.ledger.bank.handle_many, dry_run=False))

    counter = threading.Thread(target=register)

    def write_while_somebody_registers(*words: Any, **more: Any) -> None:
        counter.start()
        counter.join(timeout=0.2)
        enlist(*words, **more)

    monkeypatch.setattr(roster, "enlist", write_while_somebody_registers)
    tally = said(office.roster(member("SD11")))
    counter.join()
    [event] = office.facts(VolunteerRegistered)[len(before) :]
    assert event.volunteer == office.number("SD11")
    assert known(office, "SD11").name == ("张三" if tally == {"recorded": 1} else "钱七")


def test_without_a_village_one_belongs_to_the_town(office: Office):
    office.roster(member("SD11", village=""), member("SD12", town="某县", village=""))
    assert (home(office, "SD11"), home(office, "SD12")) == ("东镇", "某县")


def test_without_a_team_one_belongs_to_none(office: Office):
    office.roster(member("SD11", team=""))
    assert office.number("SD11") not in {event.volunteer for event in office.facts(TeamAssigned)}


def test_of_villages_with_one_name_that_beneath_the_town_is_meant(office: Office):
    office.communities(("东镇", "东镇", "村社区"))
    rows = member("SD11", village="中心村"), member("SD12", village="东镇")
    assert said(office.roster(*rows, member("SD13", town="西镇", village="中心村"))) == {"recorded": 3}
    assert [home(office, number) for number in ("SD11", "SD12", "SD13")] == ["中心村", "东镇", "中心村"]
    assert registered(office, "SD11").community != registered(office, "SD13").community


def test_names_of_places_and_teams_are_compared_after_nfkc(office: Office):
    office.communities(("Ａ区1村", "东镇", "村社区"))
    row = member("SD11", town=" 东\u3000镇", village="a区１村", team="东队 ")
    assert said(office.roster(row)) == {"recorded": 1}


def test_volunteers_may_share_a_name_and_a_phone(office: Office):
    assert said(office.roster(member("SD11"), member("SD12"))) == {"recorded": 2}
    assert office.number("SD11") != office.number("SD12")


# What is refused, and why.

FAULTS = {
    "volunteer": ["", " ", "S" * 101, "SD\x8111", "SD\ufffd", "S\0D"],
    "name": ["", "\u200b", "张\0三", "张" * 201],
    "phone": ["1" * 201],
    "date": ["", "去年", "2026-02-30", "2026-11-22", "0000-01-01"],
    "town": ["", "无此镇", "东村", "中心村"],
    "village": ["无此村", "西村", "东镇"],
    "team": ["无此队"],
}


@pytest.mark.parametrize("field", FAULTS)
def test_a_fault_is_told_by_its_field(office: Office, field: str):
    rows = [member(f"SD{number}", **{field: text}) for number, text in enumerate(FAULTS[field], 100)]
    before = office.ledger.directory.by_number(f"SD{number}" for number in range(100, 120))
    assert said(office.roster(*rows, member("SD11"))) == {
        "recorded": 1,
        "refused": [[number, field] for number, _ in enumerate(rows, 1)],
    }
    assert office.ledger.directory.by_number(f"SD{number}" for number in range(100, 120)) == before == {}


def test_a_problem_says_what_stands_there(office: Office):
    [problem] = office.roster(member("SD11", village="无此村")).problems
    assert (problem.row, problem.line, problem.column, problem.value) == (1, 2, "所属村（社区）", "无此村")


# Seen before.


def test_the_same_said_again_in_any_spelling_changes_nothing(office: Office):
    spellings: list[dict[str, str]] = [
        {},
        {"serial": "2"},
        {"volunteer": "ＳＤ１１"},
        {"date": "2020.5.4"},
        {"date": "２０２０年５月４日"},
        {"phone": "１0012345678"},
        {"village": "东村\u3000"},
        {"一列": ""},
    ]
    again = [member("SD11", **spelling) for spelling in spellings]
    assert said(office.roster(member("SD11"), *again)) == {"recorded": 1, "unchanged": len(again)}
    assert said(office.roster(*again)) == {"unchanged": len(again)}


def test_of_two_people_with_one_number_the_first_stands(office: Office):
    others: list[dict[str, str]] = [
        {"name": "李四", "phone": "10087654321"},
        {"name": "李四"},
        {"phone": "10087654321"},
        {"sex": "男"},
        {"village": "中心村"},
        {"town": "西镇", "village": "西村"},
        {"team": ""},
        {"date": "2020-05-05"},
        {"date": "去年"},
        {"remark": "迁出"},
        {"一列": "有内容"},
    ]
    rows = [member("SD11", **other) for other in others]
    conflicts = list(range(2, len(rows) + 2))
    assert said(office.roster(member("SD11"), *rows)) == {"recorded": 1, "conflict": conflicts}
    before = known(office, "SD11")
    assert said(office.roster(member("SD11"), *rows)) == {"unchanged": 1, "conflict": conflicts}
    assert known(office, "SD11") == before
    assert (before.name, before.phone) == ("张三", "10012345678")
    assert said(office.roster(*rows)) == {"conflict": [number - 1 for number in conflicts]}
    assert known(office, "SD11") == before


@pytest.mark.parametrize("between_them", [0, BATCH_ROWS])
def test_a_refused_number_stays_free_for_a_row_further_down(office: Office, between_them: int):
    others = [member(f"X{number}") for number in range(between_them)]
    rows = [
        member("SD11", village="无此村", name="李四"),
        *others,
        member("SD11"),
        member("SD11", village="无此村"),
    ]
    assert said(office.roster(*rows)) == {
        "recorded": between_them + 1,
        "conflict": [between_them + 3],
        "refused": [[1, "village"]],
    }
    assert known(office, "SD11").name == "张三"


def test_a_refused_number_stays_free_for_a_mended_file(office: Office):
    assert said(office.roster(member("SD11", team="北队"))) == {"refused": [[1, "team"]]}
    office.teams(("北队", "总队", ""))
    assert said(office.roster(member("SD11", team="北队"))) == {"recorded": 1}


def test_the_directory_holds_whom_the_log_recorded_though_another_was_written_first(office: Office):
    desk = office.ledger.desk(by="stf_office", source="office", dry_run=False)
    # After the desk was made: what the import believes to be there is gone when the log decides.
    team = next(one.id for one in desk.teams if one.name == "西队")
    office.ledger.bank.handle(DisbandTeam(team=team), by="stf_office")
    rows = [member("SD11", team="西队", name="李四"), member("SD11")]
    table = Table([Row(number, number + 1, dict(row), {}) for number, row in enumerate(rows, 1)], ())
    assert said(roster.import_roster(desk, table, quiet)) == {"recorded": 1, "refused": [[1, "team"]]}
    assert known(office, "SD11").name == "张三"


# Runs that were cut off, rehearsals, and the forgotten.


def cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next commit fail as if somebody had pulled the plug."""

    def pulled(bank: TimeBank, asks: Iterable[Ask]) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(TimeBank, "handle_many", pulled)


def test_whom_a_cut_off_run_left_in_the_directory_the_next_one_adopts(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    before = log_rows(office.ledger)
    with monkeypatch.context() as plug:
        cut_off(plug)
        with pytest.raises(KeyboardInterrupt):
            office.roster(member("SD11"), member("SD12"))
    orphan = known(office, "SD11")
    assert log_rows(office.ledger) == before
    assert said(office.hours(service("1", volunteer="SD11"))) == {"refused": [[1, "volunteer"]]}
    # What the next file says of somebody whom the log does not know yet is what counts.
    assert said(office.roster(member("SD11", phone="10000000000"), member("SD12"))) == {"recorded": 2}
    assert known(office, "SD11") == orphan._replace(phone="10000000000")
    assert registered(office, "SD11").volunteer == orphan.volunteer
    assert said(office.hours(service("1", volunteer="SD11"))) == {"recorded": 1}


def test_a_rehearsal_knows_a_number_again_in_another_batch(office: Office):
    others = [member(f"X{number}") for number in range(BATCH_ROWS)]
    rows = [member("SD11"), *others, member("SD11", serial="9"), member("SD11", phone="10000000000")]
    expected = {"recorded": BATCH_ROWS + 1, "unchanged": 1, "conflict": [BATCH_ROWS + 3]}
    assert said(office.roster(*rows, dry_run=True)) == expected
    assert office.ledger.directory.by_number(["SD11"]) == {}
    assert said(office.roster(*rows)) == expected


def test_whom_the_directory_forgot_registers_anew(office: Office):
    before = office.number("SD01")
    office.hours(service("1"))
    office.ledger.directory.erase(before)
    assert said(office.roster(member("SD01"))) == {"recorded": 1}
    assert office.number("SD01") != before
    with office.ledger.reading(office.ledger.views.balances) as (connection, _):
        kept = office.ledger.views.balances.get(connection, before)
    assert kept is not None
    assert kept.service_minutes == 120
