"""Explanations at the command line: what a person reads, and what a program does."""

import sqlite3

import pytest

from tests.cli.conftest import ANN, BOB, CLERK, Counter


@pytest.fixture
def rich(counter: Counter) -> Counter:
    """Ann earned two hours, gave half an hour away, and lost an hour that should never have counted."""
    counter.attest(ANN, 120)
    record = counter.attest(ANN, 60, "2026-02-02")
    counter.told("transfer", ANN, BOB, "30")
    counter.told("record", "reverse", record, "--reason", "entered-twice", "--by", CLERK)
    return counter


def test_each_minute_is_told_with_the_facts_behind_it(rich: Counter):
    said = rich.run("audit", "explain", ANN)
    assert said.exit_code == 0
    title, *lines = said.output.splitlines()
    assert title.startswith(f"Where the minutes of {ANN} (vol_")
    assert (
        lines[0] == "1. 2026-02-01: +2 h of service, +2 h of credits; 2 h of service and 2 h of credits then"
    )
    assert lines[1] == (
        "   stf_office attested 2 h at 慰问: the policy standard, version 1, gives 2 h of credits for it"
        " (1 min for 1 min served)."
    )
    assert lines[2].split() == ["2", "policy", "adopted:", "standard,", "version", "1"]
    assert lines[3].endswith("  service attested by stf_office")
    assert any(line.startswith("   30 min were given to QH2, recorded by stf_office.") for line in lines)
    assert any(line.endswith("service reversed by stf_clerk, entered twice") for line in lines)
    assert lines[-2:] == [
        "4 lines: 2 h of service, 1 h 30 min of credits.",
        "The lines add up to the balance: yes.",
    ]


def test_a_program_gets_every_line(rich: Counter, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ledger.cli.acts.asking.ITEMS_A_READ", 3)
    told = rich.told("audit", "explain", ANN)
    stated = rich.told("statement", ANN)
    assert [one["line"] for one in told["items"]] == [1, 2, 3, 4]
    assert [one["line"] for one in stated["items"]] == [1, 2, 3, 4]
    assert (told["number"], told["position"]) == (ANN, stated["position"])
    assert (told["service_minutes"], told["credit_minutes"], told["adds_up"]) == (120, 90, True)
    assert told["items"][3]["takes_back"] == told["items"][1]["position"]
    assert rich.told("audit", "explain", ANN, "--as-of", "2026-02-01")["credit_minutes"] == 120
    assert rich.refused("audit", "explain", "nobody", code=2)["code"] == "not-found"


def test_who_has_nothing_is_told_so(counter: Counter):
    said = counter.run("audit", "explain", BOB).output.splitlines()
    assert said[1:] == [
        "0 lines: 0 min of service, 0 min of credits.",
        "The lines add up to the balance: yes.",
    ]


def test_lines_that_are_not_the_balance_leave_with_1(rich: Counter):
    with sqlite3.connect(rich.folder / "ledger.sqlite") as connection:
        connection.execute("UPDATE balance SET credit_minutes = 91 WHERE credit_minutes = 90")
    connection.close()
    said = rich.run("audit", "explain", ANN)
    assert said.exit_code == 1
    assert said.output.endswith("NO, which says 2 h of service and 1 h 31 min of credits.\n")
    assert rich.told("audit", "explain", ANN, code=1)["adds_up"] is False
