"""Closing months at the command line, their reports, and what came later."""

import json

import pytest

from tests.cli.conftest import ANN, Counter


def test_a_month_is_closed_and_its_report_stays_the_same_to_the_byte(counter: Counter):
    counter.attest(ANN, 60, "2026-02-01")
    fact = counter.fact("period", "close", "2026-02")
    assert (fact["type"], fact["month"]) == ("period-closed", "2026-02")
    (closing,) = counter.told("period", "list")["items"]
    assert (closing["month"], closing["position"], closing["by"]) == ("2026-02", counter.head(), "stf_office")

    as_closed = counter.run("period", "report", "2026-02", "--json").stdout
    counter.attest(ANN, 45, "2026-02-03", "--activity", "回访")
    assert counter.run("period", "report", "2026-02", "--json").stdout == as_closed
    assert json.loads(as_closed)["service_minutes"] == 60
    assert counter.told("period", "report", "2026-02", "--corrected")["service_minutes"] == 105
    (line,) = counter.told("period", "corrections", "2026-02")["items"]
    assert (line["day"], line["service_minutes"], line["position"]) == ("2026-02-03", 45, counter.head())


def test_people_read_reports_and_corrections_in_words(counter: Counter):
    counter.attest(ANN, 60, "2026-02-01")
    assert "No month is closed yet." in counter.run("period", "list").stdout
    counter.told("period", "close", "2026-02")
    assert "Nothing was recorded for 2026-02" in counter.run("period", "corrections", "2026-02").stdout
    counter.attest(ANN, 45, "2026-02-03", "--activity", "回访")
    shown = counter.run("period", "corrections", "2026-02").stdout.splitlines()
    assert shown[-1].split() == [str(counter.head()), "2026-02-03", ANN, "荷塘村", "+45", "min"]
    report = counter.run("period", "report", "2026-02").stdout
    assert [line.split() for line in report.splitlines() if "荷塘村" in line] == [
        ["village", "荷塘村", "柳溪镇", "1", "1", "1", "h", "0", "min"]
    ]
    assert "健康队" in report
    assert "2026-02" in counter.run("period", "list").stdout


def test_a_month_that_is_open_has_no_report_and_is_closed_once(counter: Counter):
    for words in (("report", "2026-02"), ("corrections", "2026-02")):
        assert counter.refused("period", *words, code=2)["code"] == "not-found"
    assert counter.dry("period", "close", "2026-02")["events"]
    counter.told("period", "close", "2026-02")
    assert counter.refused("period", "close", "2026-02")["code"] == "period-already-closed"
    assert counter.refused("period", "close", "9998-01")["code"] == "period-not-over"


@pytest.mark.parametrize("month", ["2026", "2026-Q1", "all", "2026-13", "2026-01-01", "²026-01"])
def test_only_a_month_is_closed(counter: Counter, month: str):
    assert counter.refused("period", "close", month, code=2)["code"] == "not-found"
