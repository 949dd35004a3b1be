"""One service under two record numbers of a file is asked about, and counts once."""

import pytest

from ledger.domain.commands import InvalidInput
from ledger.domain.events import ServiceAttested
from tests.exchange.office import Office
from tests.exchange.test_hours import minutes_of, said, service


def test_one_service_under_two_record_numbers_was_counted_twice(office: Office):
    report = office.hours(service("1"), service("2", place="西村"))
    [first] = office.facts(ServiceAttested)
    assert said(report) == {"recorded": 1, "refused": [[2, "record"]]}
    assert first.service.record in report.problems[0].reason
    assert report.problems[0].value == "2"
    assert minutes_of(office, "SD01") == 120


def test_another_service_is_recorded_where_its_number_is_named(office: Office):
    rows = service("1"), service("2"), service("３")
    assert said(office.hours(*rows, again=" 2，3 ")) == {"recorded": 3}
    assert [event.again for event in office.facts(ServiceAttested)[1:]] == [True, True]
    # Whatever was said beside the file is no part of what its rows say.
    assert said(office.hours(*rows)) == {"unchanged": 3}


def test_a_number_of_no_row_is_refused_before_anything_is_recorded(office: Office):
    with pytest.raises(InvalidInput, match="no row has the record number 7"):
        office.hours(service("1"), again="7")
    assert not office.facts(ServiceAttested)


@pytest.mark.parametrize("source", ["office", "school"])
def test_what_another_file_brought_is_known(office: Office, source: str):
    office.hours(service("1"))
    assert said(office.hours(service("2"), source=source)) == {"refused": [[1, "record"]]}


def test_a_dry_run_tells_it_too(office: Office):
    assert said(office.hours(service("1"), service("2"), dry_run=True)) == {
        "recorded": 1,
        "refused": [[2, "record"]],
    }
