"""Service records at the counter."""

from datetime import date

import pytest

from ledger.bootstrap import open_for_writing
from ledger.domain.activities import CancelActivity, PublishActivity
from ledger.domain.events import Activity
from ledger.settings import read_settings
from tests.cli.conftest import ANN, BOB, CLERK, Counter

DESCRIBED = ("--activity", "慰问", "--place", "敬老院", "--content", "陪伴", "--unit", "健康队")
WHEN = ("--day", "2026-02-01", "--minutes", 90)


def publish(counter: Counter, activity: str, day: date, *, cancelled: bool = False) -> None:
    with open_for_writing(read_settings(counter.folder, {})) as ledger:
        with ledger.reading(ledger.views.communities) as (connection, _):
            [village] = ledger.views.communities.called(connection, "荷塘村")
        described = Activity(
            id=activity,
            name="观星夜",
            programme="科学风车",
            campaign=None,
            form="on-site",
            audience=None,
            community=village.id,
            venue=None,
            place="村口",
            content="讲解",
            unit="健康队",
            in_charge="per_dora",
        )
        ledger.bank.handle(PublishActivity(activity=described, day=day), by="stf_office")
        if cancelled:
            ledger.bank.handle(CancelActivity(activity=activity, reason="rain"), by="stf_office")


def report(counter: Counter, *more: object, volunteer: str = ANN) -> str:
    fact = counter.fact("record", "report", volunteer, *DESCRIBED, *WHEN, *more)
    return str(fact["service"]["record"])


def test_a_record_is_reported_and_somebody_else_approves_it(counter: Counter):
    record = report(counter)
    assert counter.told("balance", ANN)["service_minutes"] == 0
    assert [one["id"] for one in counter.told("record", "list", "--pending")["items"]] == [record]
    assert counter.refused("record", "approve", record)["code"] == "own-report"

    counter.told("record", "approve", record, "--by", CLERK)

    assert counter.told("balance", ANN)["service_minutes"] == 90
    [one] = counter.told("record", "list", "--volunteer", ANN, "--period", "2026-02")["items"]
    assert (one["state"], one["decided_by"], one["days"]) == (
        "approved",
        CLERK,
        [{"day": "2026-02-01", "minutes": 90}],
    )
    assert counter.told("record", "list", "--period", "2026-03")["items"] == []
    said = counter.run("record", "list").stdout
    assert f"{ANN}        慰问      1 h 30 min  approved" in said


def test_of_several_records_each_is_judged_by_itself(counter: Counter):
    mine, other = report(counter), report(counter, "--by", CLERK, volunteer=BOB)
    approving = ("record", "approve", mine, other, "--by", CLERK)
    would = counter.told(*approving, "--dry-run", code=1)
    told = counter.told(*approving, code=1)
    would, (first, second) = would["items"], told["items"]
    assert [(one["about"], one["status"]) for one in would] == [(mine, 200), (other, 409)]
    assert (would[0]["body"]["dry_run"], "dry_run" in first["body"]) == (True, False)
    assert first["body"]["events"][0]["service"]["record"] == mine
    assert second["body"]["code"] == would[1]["body"]["code"] == "own-report"
    result = counter.run("record", "approve", mine, other)
    assert result.exit_code == 1
    assert "was decided before" in result.stdout
    assert "service approved, position" in result.stdout
    assert f"{BOB}, " in result.stdout
    assert counter.refused("record", "approve", mine, "other", code=2)["code"] == "invalid-input"


def test_a_record_is_declined_or_taken_back(counter: Counter):
    record = report(counter)
    counter.told("record", "decline", record, "--reason", "absent", "--by", CLERK)
    counted = counter.attest(BOB, 30)
    counter.told("record", "reverse", counted, "--reason", "entered-twice")
    states = {one["id"]: one["state"] for one in counter.told("record", "list")["items"]}
    assert states == {record: "declined", counted: "reversed"}
    assert counter.refused("record", "reverse", record, "--reason", "entered-twice")["code"] == "not-approved"


def test_what_was_published_is_not_typed_again(counter: Counter):
    publish(counter, "act_stars", date(2026, 2, 1))
    service = counter.fact("record", "report", ANN, "--activity", "观星夜", *WHEN)["service"]
    assert (service["activity"], service["activity_name"]) == ("act_stars", "观星夜")
    assert (service["place"], service["content"], service["unit"]) == ("村口", "讲解", "健康队")
    assert (service["programme"], service["in_charge"]) == ("科学风车", "per_dora")
    assert service["hosted_by"].startswith("com_")
    assert (service["role"], service["evidence"]) == ("volunteer", "attested")

    other = counter.fact(
        "record", "attest", BOB, "--activity", "act_stars", *WHEN, "--content", "引导", "--role", "guide"
    )["service"]
    assert (other["activity"], other["content"], other["role"]) == ("act_stars", "引导", "guide")


def test_of_several_activities_of_a_name_the_one_of_the_day_is_meant(counter: Counter):
    publish(counter, "act_first", date(2026, 2, 1))
    publish(counter, "act_second", date(2026, 3, 1))
    publish(counter, "act_rained", date(2026, 4, 1), cancelled=True)
    service = counter.fact("record", "report", ANN, "--activity", "观星夜", *WHEN)["service"]
    assert service["activity"] == "act_first"
    when = ("--day", "2026-04-01", "--minutes", 9)
    error = counter.refused("record", "report", ANN, "--activity", "观星夜", *when, code=2)
    assert error["code"] == "ambiguous"
    assert [(one["id"], one["day"]) for one in error["candidates"]] == [
        ("act_first", "2026-02-01"),
        ("act_second", "2026-03-01"),
    ]


@pytest.mark.parametrize("activity", ["无此活动", "act_none"])
def test_what_was_never_published_must_be_described(counter: Counter, activity: str):
    error = counter.refused("record", "report", ANN, "--activity", activity, *WHEN, code=2)
    assert error["code"] == "unknown-activity"
    # An id of no activity is no name of one that was never published.
    assert ("say place, content and unit" in error["message"]) == (activity == "无此活动")


def test_an_id_of_no_activity_is_no_name(counter: Counter):
    words = ("record", "report", ANN, *DESCRIBED, *WHEN, "--activity", "act_none")
    assert counter.refused(*words, code=2)["code"] == "unknown-activity"


def test_service_across_midnight_has_two_days(counter: Counter):
    later = ("--day", "2026-02-02", "--minutes", 15)
    fact = counter.fact("record", "attest", ANN, *DESCRIBED, *WHEN, *later)
    assert [(one["day"], one["minutes"]) for one in fact["days"]] == [("2026-02-01", 90), ("2026-02-02", 15)]
    said = counter.run("record", "attest", BOB, *DESCRIBED, *WHEN, *later).stdout
    assert [line.split()[-2:] for line in said.splitlines() if "days minutes" in line] == [
        ["30", "min"],
        ["15", "min"],
    ]
    error = counter.refused("record", "attest", ANN, *DESCRIBED, *WHEN, "--day", "2026-02-02", code=2)
    assert "--minutes" in error["message"]


def test_a_record_entered_twice_by_two_people(counter: Counter):
    first, second = report(counter), report(counter, "--place", "镇敬老院", "--by", CLERK)
    counter.told("record", "approve", first, "--by", CLERK)

    error = counter.refused("record", "approve", second)

    assert (error["code"], error["record"]) == ("looks-the-same", first)
    assert "add `again`" in error["message"]
    assert counter.refused("record", "attest", ANN, *DESCRIBED, *WHEN)["code"] == "looks-the-same"

    fact = counter.fact("record", "approve", second, "--again")

    assert (fact["resembles"], fact["again"]) == (first, True)
    report(counter, volunteer=BOB)


def test_other_minutes_of_the_same_activity_count_with_a_hint(counter: Counter):
    first = counter.fact("record", "attest", ANN, *DESCRIBED, *WHEN)["service"]["record"]
    more = counter.fact("record", "attest", ANN, *DESCRIBED, "--day", "2026-02-01", "--minutes", 30)
    assert more["resembles"] == first


def test_the_same_may_be_entered_once_the_first_was_reversed(counter: Counter):
    first = counter.fact("record", "attest", ANN, *DESCRIBED, *WHEN)["service"]["record"]
    counter.told("record", "reverse", first, "--reason", "mistake")
    assert counter.fact("record", "attest", ANN, *DESCRIBED, *WHEN)


def test_a_record_under_a_key_is_the_same_request_and_no_second_record(counter: Counter):
    words = ("record", "report", ANN, *DESCRIBED, *WHEN, "--key", "a", "--in-charge", "王五")
    first, again = counter.told(*words), counter.told(*words)
    assert ("replayed" in first, again["replayed"]) == (False, True)
    assert first["events"] == again["events"]
    assert "Recorded before" in counter.run(*words).stdout
    assert "王五" not in str(first)


def test_a_dry_run_records_nothing(counter: Counter):
    found = counter.dry("record", "attest", ANN, *DESCRIBED, *WHEN, "--host", "荷塘村", "--in-charge", "王五")
    assert found["events"][0]["service"]["hosted_by"].startswith("com_")
    assert counter.told("record", "list")["items"] == []


def test_a_visit_must_be_there_and_is_evidence(counter: Counter):
    error = counter.refused("record", "report", ANN, *DESCRIBED, *WHEN, "--visit", "vis_none")
    assert error["code"] == "unknown-visit"
    assert counter.refused("record", "report", ANN, *DESCRIBED, *WHEN, "--visit", "none", code=2)


def test_what_is_no_record_is_an_error_of_usage_and_one_that_is_not_there_a_refusal(counter: Counter):
    assert counter.refused("record", "approve", "none", code=2)["code"] == "invalid-input"
    assert counter.refused("record", "approve", "rec_none")["code"] == "unknown-record"
    assert "There are no such records." in counter.run("record", "list").stdout
