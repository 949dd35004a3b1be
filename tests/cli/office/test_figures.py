"""Balances and statements, and who is meant."""

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.conftest import (
    ANN,
    BOB,
    EXPECTED,
    SHANGHAI,
    Counter,
    County,
    import_people,
    refused,
    run,
    told,
)

NUMBER = "QH2025000017"


def test_a_balance_holds_both_books_and_the_stars(county: County):
    found = county.told("balance", NUMBER)

    served = EXPECTED["minutes_by_number"][NUMBER]
    assert found == {
        "volunteer": found["volunteer"],
        "service_minutes": served,
        "credit_minutes": served,
        "stars": 1,
        "position": county.told("projections", "list")["items"][0]["position"],
    }


@pytest.mark.parametrize("typed", ["ＱＨ２０２５００００１７", " QH2025 000017 "])
def test_a_number_is_read_however_it_is_typed(county: County, typed: str):
    assert county.told("balance", typed) == county.told("balance", NUMBER)


def test_an_id_names_a_volunteer_too(county: County):
    found = county.told("balance", NUMBER)
    assert county.told("balance", found["volunteer"]) == found


@pytest.mark.parametrize("command", ["balance", "statement"])
@pytest.mark.parametrize("nobody", ["QH2025000099", "vol_abc", "", "龚小满"])
def test_nobody_of_the_number_is_an_error_of_usage(county: County, command: str, nobody: str):
    error = refused(command, nobody, "--data", county.folder, code=2)
    assert error["code"] == "not-found"


def test_whoever_is_refused_on_the_roster_is_nobody(county: County):
    assert refused("balance", "QH2025000061", "--data", county.folder, code=2)


def test_a_statement_says_when_it_was_served_and_when_booked(county: County):
    items = county.lines("statement", NUMBER)
    shown = county.said("statement", NUMBER)
    assert shown.startswith(f"Statement of {NUMBER} (vol_")
    assert [item["line"] for item in items] == list(range(1, len(items) + 1))
    assert [item["position"] for item in items] == sorted(item["position"] for item in items)
    assert items[-1]["service_balance"] == sum(item["service_minutes"] for item in items)
    assert items[-1]["service_balance"] == EXPECTED["minutes_by_number"][NUMBER]
    first = items[0]
    assert first["day"].startswith("2025-")
    assert first["at"] >= first["day"]
    assert shown.splitlines()[2].split()[:2] == [
        first["day"],
        datetime.fromisoformat(first["at"]).astimezone(SHANGHAI).date().isoformat(),
    ]
    assert (first["event"], first["by"], first["reason"]) == ("service-attested", "stf_office", None)


def test_a_long_statement_is_told_whole(county: County, monkeypatch: pytest.MonkeyPatch):
    whole, said = county.lines("statement", NUMBER), county.said("statement", NUMBER)
    assert len(whole) > 7
    monkeypatch.setattr("ledger.cli.acts.asking.ITEMS_A_READ", 7)
    assert (county.lines("statement", NUMBER), county.said("statement", NUMBER)) == (whole, said)


def test_a_statement_of_nothing_says_so(fresh: Path):
    import_people(fresh)
    assert told("statement", NUMBER, "--data", fresh)["items"] == []


def test_people_read_numbers_and_names_in_a_statement_and_programs_ids(counter: Counter):
    counter.attest(ANN, 120)
    counter.told("transfer", ANN, BOB, 30)
    counter.told("donate", ANN, "荷塘村", 15)
    shown = [line.split() for line in counter.run("statement", ANN).stdout.splitlines()]
    assert [line[4:6] for line in shown[-2:]] == [
        [f"volunteer:{BOB}", "stf_office"],
        ["pool:荷塘村", "stf_office"],
    ]
    abouts = [line["about"] for line in counter.told("statement", ANN)["items"]]
    assert abouts[0] == "慰问"
    assert [about.partition("_")[0] for about in abouts[1:]] == ["volunteer:vol", "pool:com"]


def test_who_was_erased_is_still_found_by_id(fresh: Path):
    import_people(fresh)
    volunteer = told("balance", NUMBER, "--data", fresh)["volunteer"]
    with sqlite3.connect(fresh / "directory.sqlite") as directory:
        directory.execute("DELETE FROM volunteer WHERE number = ?", (NUMBER,))

    assert told("balance", volunteer, "--data", fresh)["volunteer"] == volunteer
    assert "a volunteer without a number" in run("balance", volunteer, "--data", fresh).stdout
    assert refused("balance", NUMBER, "--data", fresh, code=2)


def test_people_read_hours_and_stars(county: County):
    said = county.said("balance", NUMBER)
    assert f"{EXPECTED['minutes_by_number'][NUMBER] // 60} h" in said
    assert "1 ★" in said
    assert "service attested" in county.said("statement", NUMBER)
