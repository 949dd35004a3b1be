"""Back-filled hours, row by row: what is recorded, what is not, and for which reason."""

from datetime import date, datetime
from pathlib import Path

import pytest

from ledger.domain.commands import InvalidInput
from ledger.domain.events import ServiceAttested
from ledger.domain.volunteers import SuspendVolunteer
from ledger.exchange.importing import BATCH_ROWS
from ledger.settings import Settings
from tests.exchange.office import Office, furnish, member, office_at, said, service

MORE_THAN_A_BATCH = BATCH_ROWS + 1


def minutes_of(office: Office, number: str) -> int:
    with office.ledger.reading(office.ledger.views.balances) as (connection, _):
        balance = office.ledger.views.balances.get(connection, office.number(number))
    assert balance is not None
    return balance.service_minutes


# What is recorded.


def test_a_right_row_is_a_service_record_on_its_day(office: Office):
    assert said(office.hours(service("1"))) == {"recorded": 1}
    [event] = office.facts(ServiceAttested)
    volunteer = office.number("SD01")
    [day] = event.days
    assert (event.on, day.day, day.minutes) == (date(2026, 9, 5), date(2026, 9, 5), 120)
    assert (event.by, event.service.evidence, event.service.unit) == ("stf_office", "attested", "东镇科协")
    assert event.service.volunteer == volunteer
    assert (event.service.activity_name, event.service.place) == ("科普讲座", "东村")
    assert (event.service.content, event.service.programme) == ("讲解", "科学风车")
    assert (
        event.service.in_charge in office.ledger.directory.persons([("东镇科协", "李四")], add=False).values()
    )
    assert event.cause.request == "external:office/1"


def test_minutes_count_for_the_place_and_team_of_the_roster_not_of_the_activity(office: Office):
    office.hours(service("1", place="西村"), service("2", volunteer="SD03"))
    first, second = (event.days[0] for event in office.facts(ServiceAttested))
    assert (office.names()[first.community], office.names()[second.community]) == ("东村", "中心村")
    assert first.team is not None
    assert office.names()[first.team] == "东队"
    assert second.team is None


def test_hours_before_registration_count_as_on_its_day(office: Office):
    assert said(office.hours(service("1", volunteer="SD03", date="2025-12-31"))) == {"recorded": 1}


@pytest.mark.parametrize(
    ("place", "host"),
    [("东村", "东村"), (" 东　村 ", "东村"), ("某县", "某县"), ("中心村", None), ("市民广场", None)],
)
def test_a_place_hosts_if_it_names_one_community(office: Office, place: str, host: str | None):
    office.hours(service("1", place=place))
    hosted_by = office.facts(ServiceAttested)[0].service.hosted_by
    assert (None if hosted_by is None else office.names()[hosted_by]) == host


def test_one_name_with_one_day_and_one_place_is_one_activity(office: Office):
    office.hours(
        service("1"),
        service("2", volunteer="SD02", date="2026年9月5日", activity="科普讲座 ", programme=""),
        service("3", activity="科普讲座2"),
        service("4", date="2026-09-06"),
        service("5", place="西村", minutes="3"),
    )
    first, second, *others = (event.service.activity for event in office.facts(ServiceAttested))
    assert first == second
    assert len({first, *others}) == 4


def test_a_line_break_in_a_name_is_a_space(office: Office):
    office.hours(service("1", activity=" 科普讲座\n第1场 "))
    assert office.facts(ServiceAttested)[0].service.activity_name == "科普讲座 第1场"


def test_what_may_be_left_out_is_left_out(office: Office):
    assert said(office.hours(service("1", in_charge="", programme="", name=""))) == {"recorded": 1}
    recorded = office.facts(ServiceAttested)[0].service
    assert (recorded.in_charge, recorded.programme) == (None, None)


def test_all_that_one_import_records_is_one_batch(office: Office):
    office.hours(service("1"), service("2", volunteer="SD02"))
    office.hours(service("3", date="2026-09-06"))
    first, second, third = (event.cause.batch for event in office.facts(ServiceAttested))
    assert first == second != third


# What is refused, and why.

FAULTS = {
    "date": ["去年", "", "2026-02-30", "2026-11-22", "2099-01-01", "0000-01-01", "20260231"],
    "minutes": ["半天", "", "1,5", "0", "-2", "0分钟", "24.5", "1441分钟", "9223372036854775808", "1.333"],
    "volunteer": ["SD99", "", "SD01;SD02", "S" * 500],
    "record": ["", " \u3000", "J" * 101, "J\u200bZ"],
    "activity": ["", "讲" * 201],
    "place": [""],
    "content": ["\u200b"],
    "unit": [""],
    "in_charge": ["李" * 201],
}


@pytest.mark.parametrize("field", FAULTS)
def test_a_fault_is_told_by_its_field(office: Office, field: str):
    rows = [service(str(number), **{field: text}) for number, text in enumerate(FAULTS[field])]
    assert said(office.hours(*rows, service("right"))) == {
        "recorded": 1,
        "refused": [[number, field] for number, _ in enumerate(rows, 1)],
    }


def test_the_first_fault_is_the_reason(office: Office):
    office.hours(service("full"))
    faults: list[tuple[dict[str, str], str]] = [
        ({"date": "去年", "minutes": "半天", "volunteer": "SD99"}, "date"),
        ({"date": "2099-01-01", "minutes": "25", "volunteer": "SD99"}, "date"),
        ({"minutes": "25", "volunteer": "SD99"}, "minutes"),
        ({"minutes": "半天", "volunteer": "SD99"}, "minutes"),
        ({"volunteer": "SD99", "activity": "", "minutes": "24"}, "volunteer"),
        ({"activity": "", "minutes": "24"}, "activity"),
    ]
    rows = [service(str(number), **fault) for number, (fault, _) in enumerate(faults)]
    reasons = [[number, reason] for number, (_, reason) in enumerate(faults, 1)]
    assert said(office.hours(*rows)) == {"refused": reasons}


def test_a_problem_says_where_it_is_and_what_stands_there(office: Office):
    report = office.hours(service("1"), service("2", minutes="半天"), service("1", minutes="3"))
    refused, conflict = report.problems
    assert (refused.row, refused.line, refused.column, refused.value) == (2, 3, "服务时长（小时）", "半天")
    assert (conflict.row, conflict.column, conflict.value) == (3, "记录编号", "1")
    assert "in whole minutes" in refused.reason


def test_today_has_come_by_the_ledgers_own_clock(templates: Path, tmp_path: Path, settings: Settings):
    # One o'clock on the 21st in Shanghai, still the 20th in London.
    with office_at(settings, tmp_path, now=datetime.fromisoformat("2026-11-20T17:00:00+00:00")) as office:
        furnish(office)
        rows = [service(str(day), date=f"2026-11-{day}") for day in (20, 21, 22)]
        assert said(office.hours(*rows)) == {"recorded": 2, "refused": [[3, "date"]]}


def test_a_volunteer_does_not_attest_their_own_hours(office: Office):
    volunteer = office.number("SD01")
    assert said(office.hours(service("1"), by=volunteer)) == {"refused": [[1, "volunteer"]]}


def test_whoever_was_suspended_on_the_day_did_not_serve(office: Office):
    volunteer = office.number("SD01")
    suspend = SuspendVolunteer(volunteer=volunteer, day=date(2026, 9, 5), reason="inquiry")
    office.ledger.bank.handle(suspend, by="stf_office")
    rows = service("1"), service("2", date="2026-09-04")
    assert said(office.hours(*rows)) == {"recorded": 1, "refused": [[1, "volunteer"]]}


def test_a_zero_byte_in_a_number_is_nobodys(tmp_path: Path, settings: Settings):
    with office_at(settings, tmp_path) as office:
        furnish(office)
        rows = service("1", volunteer="SD\0"), service("2", name="\0"), service("3", in_charge="李\0四")
        assert said(office.hours(*rows)) == {"recorded": 1, "refused": [[1, "volunteer"], [3, "in_charge"]]}


@pytest.mark.parametrize("code", ["", "Office", "a/b", "o" * 41])
def test_a_source_is_a_code(office: Office, code: str):
    with pytest.raises(InvalidInput, match="source"):
        office.hours(service("1"), source=code)


# Days of 24 hours.


def test_a_day_takes_24_hours_and_no_more(office: Office):
    rows = [
        service(str(number), minutes=f"{minutes}分钟")
        for number, minutes in enumerate((600, 601, 240, 239, 1))
    ]
    assert said(office.hours(*rows)) == {"recorded": 3, "refused": [[3, "minutes"], [5, "minutes"]]}
    assert minutes_of(office, "SD01") == 1440


def test_a_day_is_full_across_batches_and_files_and_sources(office: Office):
    others = [
        service(
            f"x{number}", volunteer="SD02", date=f"{1950 + number % 50}-{1 + number // 50}-1", minutes="0.1"
        )
        for number in range(MORE_THAN_A_BATCH)
    ]
    report = office.hours(
        service("1", minutes="20"), *others, service("2", minutes="4.5"), service("3", minutes="3")
    )
    assert said(report) == {
        "recorded": MORE_THAN_A_BATCH + 2,
        "refused": [[MORE_THAN_A_BATCH + 2, "minutes"]],
    }
    assert said(office.hours(service("4", minutes="61分钟"))) == {"refused": [[1, "minutes"]]}
    assert said(office.hours(service("4", minutes="60分钟"), source="school")) == {"recorded": 1}
    assert said(office.hours(service("5", minutes="1分钟"))) == {"refused": [[1, "minutes"]]}
    assert minutes_of(office, "SD01") == 1440


def test_each_volunteer_and_each_day_is_full_by_itself(office: Office):
    rows = [service("1"), service("2", volunteer="SD02"), service("3", date="2026-09-06")]
    assert said(office.hours(*({**row, "minutes": "24"} for row in rows))) == {"recorded": 3}


# Seen before.


def test_the_same_said_again_in_any_spelling_changes_nothing(office: Office):
    spellings: list[dict[str, str]] = [
        {"minutes": "120分钟"},
        {"minutes": "2小时"},
        {"minutes": "２．0"},
        {"date": "2026.9.5"},
        {"date": "2026/09/05"},
        {"date": "２０２６年９月５日"},
        {"date": "46270"},
        {"volunteer": "ＳＤ０１"},
        {"record": "１ "},
        {"place": " 东村\u3000"},
        {"name": "张叁"},
        {"name": ""},
        {"新的一列": ""},
    ]
    again = [service("1", **spelling) for spelling in spellings]
    assert said(office.hours(service("1"), *again)) == {"recorded": 1, "unchanged": len(again)}
    assert said(office.hours(*again)) == {"unchanged": len(again)}
    assert minutes_of(office, "SD01") == 120


def test_what_was_recorded_first_stands(office: Office):
    others: list[dict[str, str]] = [
        {"minutes": "3"},
        {"minutes": "半天"},
        {"date": "2026-09-06"},
        {"date": "去年"},
        {"date": "2099-01-01"},
        {"volunteer": "SD02"},
        {"volunteer": "SD99"},
        {"activity": "别的讲座"},
        {"activity": ""},
        {"place": "西村"},
        {"content": "义诊"},
        {"unit": "西镇科协"},
        {"in_charge": "李五"},
        {"in_charge": ""},
        {"programme": ""},
        {"新的一列": "有内容"},
    ]
    rows = [service("1", **other) for other in others]
    conflicts = list(range(2, len(rows) + 2))
    assert said(office.hours(service("1"), *rows, service("1"))) == {
        "recorded": 1,
        "unchanged": 1,
        "conflict": conflicts,
    }
    assert said(office.hours(service("1"), *rows)) == {"unchanged": 1, "conflict": conflicts}
    assert minutes_of(office, "SD01") == 120


def test_a_column_nobody_asked_for_belongs_to_what_a_row_says(office: Office):
    rows = service("1", 车费="5"), service("1", 车费="５"), service("1", 车费="6"), service("1")
    assert said(office.hours(*rows)) == {"recorded": 1, "unchanged": 1, "conflict": [3, 4]}


def test_an_empty_column_says_as_much_as_none(office: Office):
    assert said(office.hours(service("1"))) == {"recorded": 1}
    assert said(office.hours(service("1", 车费=""))) == {"unchanged": 1}


def test_a_refused_number_stays_free_for_a_row_further_down(office: Office):
    rows = service("1", minutes="半天"), service("1"), service("1", minutes="半天"), service("1")
    assert said(office.hours(*rows)) == {
        "recorded": 1,
        "unchanged": 1,
        "conflict": [3],
        "refused": [[1, "minutes"]],
    }


def test_a_refused_number_stays_free_for_a_mended_file(office: Office):
    rows = [service("1", date="去年"), service("2", volunteer="SD02")]
    assert said(office.hours(*rows)) == {"recorded": 1, "refused": [[1, "date"]]}
    assert said(office.hours(service("1"), rows[1])) == {"recorded": 1, "unchanged": 1}


def test_a_row_that_found_its_day_full_is_recorded_once_it_is_mended(office: Office):
    rows = [service("1", minutes="20"), service("2", minutes="5")]
    assert said(office.hours(*rows)) == {"recorded": 1, "refused": [[2, "minutes"]]}
    assert said(office.hours(rows[0], service("2", minutes="4"))) == {"recorded": 1, "unchanged": 1}


def test_a_roster_that_has_grown_lets_more_rows_in(office: Office):
    rows = [service("1", volunteer="SD77"), service("2")]
    assert said(office.hours(*rows)) == {"recorded": 1, "refused": [[1, "volunteer"]]}
    office.roster(member("SD77"))
    assert said(office.hours(*rows)) == {"recorded": 1, "unchanged": 1}


def test_another_offices_record_is_another_record(office: Office):
    assert said(office.hours(service("1"))) == {"recorded": 1}
    assert said(office.hours(service("1", minutes="3"), source="school")) == {"recorded": 1}
    assert said(office.hours(service("1"), source="school")) == {"conflict": [1]}
    assert minutes_of(office, "SD01") == 300


def test_whom_the_directory_forgot_is_never_counted_twice(office: Office):
    office.hours(service("1"))
    office.ledger.directory.erase(office.number("SD01"))
    # Nobody can tell any more whether the row says the same.
    assert said(office.hours(service("1"))) == {"conflict": [1]}
    assert said(office.hours(service("2"))) == {"refused": [[1, "volunteer"]]}
    office.roster(member("SD01"))
    assert said(office.hours(service("1"))) == {"conflict": [1]}
    assert minutes_of(office, "SD01") == 0


def test_whom_only_the_directory_knows_is_not_on_the_roster(office: Office):
    known = office.ledger.directory.by_number(["SD01"])["SD01"]
    office.ledger.directory.put([known._replace(volunteer="vol_cutoff", number="SD88")])
    assert said(office.hours(service("1", volunteer="SD88"))) == {"refused": [[1, "volunteer"]]}


# Rows that are notes.


def test_notes_among_the_rows_have_no_number(office: Office):
    note = dict.fromkeys(service("1"), "")
    rows = [note | {"record": "小计"}, service("1"), note, service("2", date="去年")]
    assert said(office.hours(*rows)) == {"recorded": 1, "refused": [[2, "date"]]}
